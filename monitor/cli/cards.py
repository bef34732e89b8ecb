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
from monitor.alerts.notices import NoticeView
from monitor.alerts.phrases import kind_word, noun, season_phrase, status_word, untitled
from monitor.alerts.render import subject
from monitor.alerts.story import StoryView
from monitor.alerts.terminal import also, render_terminal, verdicts
from monitor.alerts.text import QUOTES, Language
from monitor.alerts.view import View, build
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
    title = Text(kind_word(item.kind, session.language), style=f"bold {style}")
    return Panel(body, title=title, title_align="left", border_style=style, width=_width(session), padding=(0, 1))


def _plain_card(session: Session, item: Announcement) -> str:
    kind = kind_word(item.kind, session.language)
    sentence = QUOTES[session.language].format(item.evidence.sentence)
    return f"{session.label(kind)} {_name(session, item)}\n  {_facts(session, item).plain}\n  {sentence}"


def _name(session: Session, item: Announcement) -> str:
    """Name the work: "Missions, saison 2"."""
    parts = [item.title or untitled(item.people, session.language)]
    if item.season is not None or item.final:
        parts.append(season_phrase(item.season, final=item.final, language=session.language))
    return printable(", ".join(parts))


def _facts(session: Session, item: Announcement) -> Text:
    """Say platforms, kind of work, origin, certainty, and how sure the reader is."""
    parts = [
        Text(", ".join(item.platforms), style="bold") if item.platforms else None,
        Text(f"{noun(item.work_type, session.language)} · {session.word(f'origin.{item.origin}')}"),
        Text(status_word(item.status, session.language), style=STATUS_STYLES[item.status]),
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


def sentence_text(session: Session, sentence: str) -> Text:
    """Quote a sentence as an outlet wrote it: in quotation marks unless it brings its own."""
    plain = printable(sentence)
    own = any(mark in plain.strip('«»“”" \u00a0') for mark in '«»“”"')
    return Text(plain if own else QUOTES[session.language].format(plain), style="italic")


def show_alert(session: Session, context: DeliveryContext) -> None:
    """Print a message as it appears where the daemon runs, in the subscription's language."""
    language: Language = "fr" if context.delivery.language == "fr" else "en"
    if not session.rich:
        session.line(render_terminal(context, language=language) + "\n")
        return
    view = build(context, language)
    blocks = _notice(view.notice) if view.notice else _stories(view)
    style = KIND_STYLES[context.stories[0].story.kind] if context.stories else STATUS_STYLES[Status(_tone(view))]
    session.out.print(
        Panel(
            Group(*blocks),
            title=Text(subject(context, language), style=f"bold {style}"),
            title_align="left",
            border_style=style,
            width=_width(session),
            padding=(0, 1),
        )
    )


def _tone(view: View) -> str:
    return view.notice.tone if view.notice else view.stories[0].tone


def _notice(view: NoticeView) -> list[RenderableType]:
    lines: list[RenderableType] = [Text(line) for line in view.details]
    return [Text(f"{view.severity} · {view.moment}", style="dim"), *lines, Text(view.advice, style="italic")]


def _stories(view: View) -> list[RenderableType]:
    """Show the stories of an alert above their article; those of a digest in groups, each above its own."""
    why = Text(view.reason, style="dim")
    if view.form != "digest":
        return [*(_story(story, view.language) for story in view.stories), *_source(view.stories[0]), why]
    blocks: list[RenderableType] = []
    for group in view.groups:
        blocks.append(Padding(Text(group.name.upper(), style="bold cyan"), (0, 0, 1, 0)))
        for story in group.stories:
            cue = [Text(story.why, style="dim")] if story.why else []
            blocks.append(_story(story, view.language, *_source(story), *cue))
    return [*blocks, why]


def _source(view: StoryView) -> list[RenderableType]:
    source = " · ".join(part for part in (view.outlet, view.date, view.article) if part)
    return [Text(source, style="dim"), Text(view.link or "", style="dim underline", overflow="fold")]


def _story(view: StoryView, language: Language, *below: RenderableType) -> RenderableType:
    lines: list[RenderableType] = [
        Text.assemble((view.kicker, "dim"), "  ", (view.headline, "bold")),
        Text(view.summary, style=STATUS_STYLES[Status(view.tone)]),
        *(Text(change, style="bold yellow") for change in view.changes),
        *(Text(f"⚠ {dispute}", style="yellow") for dispute in view.disputes),
    ]
    if view.quote:
        lines.append(Padding(Text(view.quote, style="italic"), (0, 0, 0, 2)))
    if view.others:
        lines.append(Text(also(view, language), style="dim"))
    return Padding(Group(*lines, *below, *_verdicts(view, language)), (0, 0, 1, 0))


def _verdicts(view: StoryView, language: Language) -> list[RenderableType]:
    """Give a line for each verdict: its word leads there in terminals that know links, its address in all."""
    styles = ("green", "red")
    return [
        Text.assemble((word, f"{style} link {address}"), "  ", (address, "dim underline"), overflow="fold")
        for style, (word, address) in zip(styles, verdicts(view, language), strict=False)
    ]


def _width(session: Session) -> int:
    return min(session.out.width, _WIDEST)


def outcome_style(outcome: Outcome) -> str:
    """Colour what became of an article: alerts stand out, what was passed over steps back."""
    if outcome in {Outcome.ANNOUNCED, Outcome.UPDATED}:
        return "bold green"
    return "cyan" if outcome in {Outcome.CORROBORATED, Outcome.QUIET} else "dim"


def listing_style(status: str | None) -> str:
    """Colour how a poll went: green is read, yellow is read and odd, magenta keeps us out, red is broken."""
    return _LISTINGS.get(status or "", "red")


_LISTINGS: Final = {
    **dict.fromkeys(("ok", "unchanged"), "green"),
    **dict.fromkeys(("empty", "moved"), "yellow"),
    **dict.fromkeys(("blocked", "consent_wall"), "magenta"),
}
