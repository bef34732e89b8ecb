"""What Cocorico tells of its own operation: which source broke, whether messages arrive, that it is alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crawler import check_utc
from monitor.vocabulary import NoticeKind, Severity

_SEVERITY = {
    NoticeKind.SOURCE_BROKEN: Severity.WARNING,
    NoticeKind.SOURCE_RECOVERED: Severity.GOOD,
    NoticeKind.SOURCE_GONE: Severity.WARNING,
    NoticeKind.SOURCE_SILENT: Severity.WARNING,
    NoticeKind.SOURCE_SPEAKS: Severity.GOOD,
    NoticeKind.SOURCE_BLIND: Severity.WARNING,
    NoticeKind.SOURCE_SEES: Severity.GOOD,
    NoticeKind.SOURCE_REFUSES: Severity.WARNING,
    NoticeKind.SOURCE_ADMITS: Severity.GOOD,
    NoticeKind.SOURCE_REBUILT: Severity.INFO,
    NoticeKind.SOURCE_RELEARNED: Severity.GOOD,
    NoticeKind.SOURCE_MOVED: Severity.INFO,
    NoticeKind.SOURCE_STORMS: Severity.WARNING,
    NoticeKind.SOURCE_EXPIRES: Severity.INFO,
    NoticeKind.DELIVERIES_FAILING: Severity.URGENT,
    NoticeKind.DELIVERIES_RECOVERED: Severity.GOOD,
    NoticeKind.DISK_FILLING: Severity.URGENT,
    NoticeKind.PROOF_OF_LIFE: Severity.INFO,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a notice can say; each kind uses those that it names, and the rest stay as they are."""

    name: str = ""  #: of sources: as readers know the outlet; of targets: as the configuration calls it
    reason: str = ""  #: source_broken, deliveries_failing: what goes wrong, one line, without secrets
    since: datetime | None = None  #: when it began: the first failure, the last entry; source_expires: when it will
    waiting: int = 0  #: deliveries_*: messages owed (failing), or sent late (recovered); source_storms: entries held
    free: int = 0  #: disk_filling: bytes
    address: str = ""  #: source_moved: the new one
    usually: float = 0.0  #: source_silent: entries a day; source_blind: by its `measure`
    lately: float = 0.0  #: source_blind: the same, of its last pages
    measure: str = ""  #: source_blind: "share" of its pages that yield an article, 0 to 1; "length" in characters
    path: str = ""  #: disk_filling: the folder whose disk it is
    healthy: int = 0  #: proof_of_life: sources that answer as they should
    sources: int = 0  #: proof_of_life: sources in all
    together: int = 0  #: source_*: how many are told of at once, where they are many; `name` has the first
    told: int = 0  #: proof_of_life: messages sent since the last one

    def __post_init__(self) -> None:
        check_utc(self.since)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to be told once."""

    id: str  #: made of kind, subject and when it began, so that it is told once
    kind: NoticeKind
    subject: str = ""  #: a source's id or a target's name; empty when it concerns the whole
    at: datetime  #: when it was noticed
    facts: Facts = Facts()

    def __post_init__(self) -> None:
        check_utc(self.at)

    @property
    def severity(self) -> Severity:
        """How much it wants of its reader."""
        return _SEVERITY[self.kind]
