"""How announcements and alerts look: boxes and colours on a terminal, plain lines anywhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from monitor.alerts.context import DeliveryContext
from monitor.alerts.phrases import listed
from monitor.alerts.render import render_terminal, subject
from monitor.alerts.text import KINDS, NOUNS, QUOTES, SEASON, STATUSES, UNTITLED, Language
from monitor.alerts.view import StoryView, build
from monitor.cli.session import Session, printable
from monitor.types import Announcement
from monitor.vocabulary import Kind, Outcome, Status

KIND_STYLES: Final[Mapping[Kind, str]] = {
    Kind.NEW_ORIGINAL: "cyan",
    Kind.RENEWAL: "green",
    Kind.CANCELLATION: "red",
    Kind.ACQUISITION: "blue",
    Kind.RELEASE_DATE: "magenta",
}
STATUS_STYLES: Final[Mapping[Status, str]] = {
    Status.CONFIRMED: "green",
    Status.IN_DEVELOPMENT: "yellow",
    Status.RUMOURED: "magenta",
    Status.DENIED: "red",
}
_CUE: Final = re.compile(r'"(.+)"')
_WIDEST: Final = 100  #: characters: longer lines are hard to read


def show_announcements(session: Session, items: Sequence[Announcement]) -> None:
    """Print a card an announcement."""
    if not items:
        session.line(session.word("nothing_announced"))
    for item in items:
        if session.rich:
            session.out.print(_card(session, item))
        else:
            session.line(_plain_card(session, item))


def _card(session: Session, item: Announcement) -> RenderableType:
    style = KIND_STYLES[item.kind]
    body = Group(
        Text(_name(session, item), style="bold"),
        _facts(session, item),
        Padding(quote_text(session, item.evidence.sentence, item.evidence.cues), (1, 0, 0, 2)),
    )
    title = Text(KINDS[session.language][item.kind], style=f"bold {style}")
    return Panel(body, title=title, title_align="left", border_style=style, width=_width(session), padding=(0, 1))


def _plain_card(session: Session, item: Announcement) -> str:
    kind = KINDS[session.language][item.kind]
    sentence = QUOTES[session.language].format(item.evidence.sentence)
    return f"{kind}: {_name(session, item)}\n  {_facts(session, item).plain}\n  {sentence}"


def _name(session: Session, item: Announcement) -> str:
    """Name the work: "Missions, saison 2"."""
    parts = [item.title or _untitled(session, item)]
    if item.season is not None or item.final:
        form = ("one" if not item.final else "last") if item.season is not None else "any_last"
        parts.append(SEASON[session.language][form].format(item.season))
    return printable(", ".join(parts))


def _untitled(session: Session, item: Announcement) -> str:
    words = UNTITLED[session.language]
    return (
        f"{words['long']} {words['by'].format(listed(item.people, session.language))}" if item.people else words["long"]
    )


def _facts(session: Session, item: Announcement) -> Text:
    """Say platforms, kind of work, origin, certainty, and how sure the reader is."""
    noun = NOUNS[session.language][item.work_type][0]
    parts = [
        Text(", ".join(item.platforms), style="bold") if item.platforms else None,
        Text(f"{noun} · {session.word(f'origin.{item.origin}')}"),
        Text(STATUSES[session.language][item.status], style=STATUS_STYLES[item.status]),
        Text(session.word("sure", percent=round(100 * item.confidence)), style="dim"),
        Text(session.word(f"zone.{item.evidence.zone}"), style="dim"),
    ]
    return Text(" · ").join(part for part in parts if part is not None)


def quote_text(session: Session, sentence: str, cues: Sequence[str]) -> Text:
    """Quote the sentence that says so, its cues (`renew: "aura une saison 2"`) highlighted."""
    text = Text(QUOTES[session.language].format(printable(sentence)), style="italic")
    words = [found[1] for cue in cues if (found := _CUE.search(cue))]
    text.highlight_words(words, style="bold not italic yellow", case_sensitive=False)
    return text


def show_alert(session: Session, context: DeliveryContext) -> None:
    """Print a message as it appears where the daemon runs, in the subscription's language."""
    language: Language = "fr" if context.delivery.language == "fr" else "en"
    if not session.rich:
        session.line(render_terminal(context, language=language) + "\n")
        return
    view = build(context, language)
    style = KIND_STYLES[context.stories[0].story.kind]
    source = Text(" · ".join(part for part in (view.outlet, view.date, view.article) if part), style="dim")
    link = Text(view.link or "", style="dim underline", overflow="fold")
    blocks: list[RenderableType] = [_story(story) for story in view.stories]
    session.out.print(
        Panel(
            Group(*blocks, source, link),
            title=Text(subject(context, language), style=f"bold {style}"),
            title_align="left",
            border_style=style,
            width=_width(session),
            padding=(0, 1),
        )
    )


def _story(view: StoryView) -> RenderableType:
    lines: list[RenderableType] = [
        Text.assemble((view.kicker, "dim"), "  ", (view.headline, "bold")),
        Text(view.summary, style=STATUS_STYLES[Status(view.tone)]),
        *(Text(change, style="bold yellow") for change in view.changes),
    ]
    if view.quote:
        lines.append(Padding(Text(view.quote, style="italic"), (0, 0, 0, 2)))
    return Padding(Group(*lines), (0, 0, 1, 0))


def _width(session: Session) -> int:
    return min(session.out.width, _WIDEST)


def outcome_style(outcome: Outcome) -> str:
    """Colour what became of an article: alerts stand out, what was passed over steps back."""
    if outcome in {Outcome.ANNOUNCED, Outcome.UPDATED}:
        return "bold green"
    return "cyan" if outcome in {Outcome.CORROBORATED, Outcome.QUIET} else "dim"


def listing_style(status: str | None) -> str:
    """Colour how a poll went."""
    if status in {"ok", "unchanged"}:
        return "green"
    return "yellow" if status in {"empty", "blocked"} else "red"
