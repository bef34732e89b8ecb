"""`cocorico sources list`: which outlets are watched, how they do, and what was found when they were checked."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from rich.text import Text

    from monitor.config import Config
    from monitor.rhythm import Bounds
    from monitor.store.checks import Check
    from monitor.types import Source, SourceState

EXAMPLES: Final = examples(
    "cocorico sources list", "cocorico sources list --topic series --language fr", "cocorico sources list --off --json"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A source, how its polls go, and how its last check went."""

    source: Source
    state: SourceState | None
    check: Check | None


def list_(
    ctx: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are off, too.")] = False,
    off: Annotated[bool, typer.Option("--off", help="Only those that are off.")] = False,
    language: Annotated[str, typer.Option("--language", help="Only those in this one, two letters.")] = "",
    topic: Annotated[str, typer.Option("--topic", help="Only those about this: series, cinema, tv, ...")] = "",
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List the sources that are watched: the catalogue's, those of your file, and those you added."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.app import utc_now

    settings = session.config()
    found = [
        one for one in _listed(settings) if language in {"", one.source.language} and topic in {"", one.source.topic}
    ]
    shown = [one for one in found if every or one.source.enabled is not off]
    if session.json:
        session.dump([_shape(one, settings.crawl.bounds) for one in shown])
        return
    if shown:
        _table(session, shown, settings.crawl.bounds, now=utc_now())
    hidden = sum(not one.source.enabled for one in found) if not (every or off) else 0
    if hidden or not shown:
        session.line(session.word("sources.hidden", count=hidden), style="dim")


def _listed(settings: Config) -> list[Listed]:
    from monitor.store import Store, checks
    from monitor.store import sources as rows

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        states = {state.id: state for state in rows.states(tx)}
        checked = checks.last(tx)
        every = (*settings.sources, *rows.user_sources(tx))
    return [Listed(source=one, state=states.get(one.id), check=checked.get(one.id)) for one in every]


def _shape(one: Listed, bounds: Bounds) -> dict[str, object]:
    from monitor.cli import rhythms, shapes
    from monitor.decide.health import standing

    source, state = one.source, one.state
    status = standing(state) if state else None
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "kind": source.kind.value,
        "language": source.language,
        "topic": source.topic or None,
        "enabled": source.enabled,
        "fetch": source.fetch.value,
        "notes": source.notes or None,
        "status": status.value if status else None,
        "moved_to": state.moved_to if state else None,
        "last_poll": shapes.moment(state.last_poll_at) if state else None,
        "next_poll": shapes.moment(state.next_poll_at) if state and source.enabled else None,
        "rhythm": rhythms.shape(rhythms.interval_of(source, state, bounds)),
        "failures": state.failures if state else 0,
        "error": state.error if state else None,
        "check": check_shape(one.check) if one.check else None,
    }


def check_shape(check: Check) -> dict[str, object]:
    """Give what a check found as `--json` shows it."""
    from monitor.cli import shapes

    return {
        "at": shapes.moment(check.at),
        "status": check.status.value,
        "entries": check.entries,
        "newest": shapes.moment(check.newest),
        "median_length": check.length,
        "pages": check.pages,
        "articles": check.articles,
        "error": check.error,
    }


def _table(session: Session, shown: Sequence[Listed], bounds: Bounds, *, now: datetime) -> None:
    from monitor.cli import rhythms
    from monitor.cli.tables import Rows, cell

    names = ("source", "lang", "pages", "status", "last", "next", "every", "checked")
    rows = Rows(session, *(session.word(name) for name in names), right=(4, 5, 6))
    for one in shown:
        source, state = one.source, one.state
        interval = rhythms.interval_of(source, state, bounds)
        last = state.last_poll_at if state else None
        rows.add(
            cell(source.id, "bold" if source.enabled else "dim"),
            cell(source.language),
            cell(session.word(f"fetch.{source.fetch}"), "yellow" if source.fetch == "never" else "dim"),
            _status(session, one),
            cell(session.word("never") if last is None else span(session, now - last), "dim"),
            cell(span(session, state.next_poll_at - now) if state and source.enabled else "–", "dim"),
            cell(span(session, interval.value if interval else source.interval), "" if interval else "dim"),
            _checked(session, one.check, now),
        )
    rows.show()


def _status(session: Session, one: Listed) -> Text:
    """How its last poll went, or that it is off; what was wrong beside."""
    from monitor.cli.cards import listing_style
    from monitor.cli.tables import cell, stack
    from monitor.decide.health import standing

    if not one.source.enabled:
        return cell(session.word("off"), "dim")
    status = standing(one.state) if one.state else None
    if one.state is None or status is None:
        return cell(session.word("on"), "dim")
    said = cell(session.word(f"listing.{status}"), listing_style(status))
    wrong = one.state.error or (f"→ {one.state.moved_to}" if one.state.moved_to else "")
    return stack(session, said, cell(wrong, "red")) if wrong else said


def _checked(session: Session, check: Check | None, now: datetime) -> Text:
    """How long ago, and with what result: entries, and the length of the texts behind them."""
    from monitor.cli.cards import listing_style
    from monitor.cli.tables import cell

    if check is None:
        return cell("–", "dim")
    ago = span(session, now - check.at)
    if check.status not in {"ok", "unchanged"}:
        return cell(f"{ago}: {session.word(f'listing.{check.status}')}", listing_style(check.status))
    good = check.pages == 0 or check.articles > 0
    length = "" if check.length is None else f", {check.length}"
    return cell(f"{ago}: {check.entries}{length}", "green" if good else "red")


def span(session: Session, time: timedelta) -> str:
    """Write a time in its largest unit: "8 min", "3 h", "2 d"; what is over by now is "now"."""
    seconds = time.total_seconds()
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f} {session.word(f'unit.{unit}')}"
    return session.word("unit.now") if seconds <= 0 else f"{seconds:.0f} s"
