"""What is said when many sources have the same trouble at once, or its end: a cable that is pulled breaks forty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.alerts.text import mark
from monitor.vocabulary import NoticeKind

#: What is the matter: how many they are, and the names of the first.
TOGETHER: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.SOURCE_BROKEN: mark("{n} sources can no longer be read: {name}"),
    NoticeKind.SOURCE_RECOVERED: mark("{n} sources can be read again: {name}"),
    NoticeKind.SOURCE_GONE: mark("{n} sources are gone for good, say their servers: {name}"),
    NoticeKind.SOURCE_SILENT: mark("{n} sources have fallen silent: {name}"),
    NoticeKind.SOURCE_SPEAKS: mark("{n} sources publish again: {name}"),
    NoticeKind.SOURCE_BLIND: mark("The pages of {n} sources no longer yield their text: {name}"),
    NoticeKind.SOURCE_SEES: mark("The pages of {n} sources yield their text again: {name}"),
    NoticeKind.SOURCE_REBUILT: mark("The pages of {n} sources are no longer made as before: {name}"),
    NoticeKind.SOURCE_RELEARNED: mark("The make of the pages of {n} sources is known again: {name}"),
    NoticeKind.SOURCE_MOVED: mark("{n} sources have moved: {name}"),
    NoticeKind.SOURCE_STORMS: mark("{n} sources list far more at once than they ever do: {name}"),
    NoticeKind.SOURCE_EXPIRES: mark("The certificates of {n} sources are about to run out: {name}"),
    NoticeKind.SOURCE_REFUSES: mark("{n} sources do not want their pages read: {name}"),
    NoticeKind.SOURCE_ADMITS: mark("The pages of {n} sources may be read again: {name}"),
}

#: What to do, where each has its own reason.
ADVICE: Final = mark(
    "`cocorico sources list` shows how each stands, `cocorico sources show ID` all that is known of one."
)
