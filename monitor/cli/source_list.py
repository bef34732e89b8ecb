"""`cocorico sources list`: which outlets are watched, how they do, and what was found when they were checked."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from rich.text import Text

    from monitor.config import Config
    from monitor.decide.hosts import HostState, Reserved
    from monitor.rhythm import Bounds
    from monitor.store.checks import Check
    from monitor.types import Source, SourceState
    from monitor.websub import Subscribed

EXAMPLES: Final = examples(
    "cocorico sources list", "cocorico sources list --topic series --language fr", "cocorico sources list --off --json"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A source, how its polls go, and how its last check went."""

    source: Source
    state: SourceState | None
    check: Check | None
    host: HostState | None  #: how its domain stands with us, when that refuses us
    reserved: Reserved | None  #: what its publisher reserves
    hub: Subscribed | None = None  #: that tells of its news
    user_added: bool = False

    def unread(self, now: datetime) -> str | None:
        """Which words say why its pages are not read for now, whatever the configuration says; None: they are."""
        from monitor.decide.hosts import barred

        if self.reserved and self.reserved.until is None and not self.source.licence:
            return "unread.some"
        bar = barred(self.source, self.host, self.reserved, now=now)
        return f"unread.{bar}" if bar else None


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

    settings, now = session.config(), utc_now()
    found = [
        one
        for one in listed(settings, now=now)
        if language in {"", one.source.language} and topic in {"", one.source.topic}
    ]
    shown = [one for one in found if every or one.source.enabled is not off]
    if session.json:
        session.dump([shape(one, settings.crawl.bounds) for one in shown])
        return
    if shown:
        _table(session, shown, settings.crawl.bounds, now=now)
    hidden = sum(not one.source.enabled for one in found) if not (every or off) else 0
    if hidden or not shown:
        session.line(session.word("sources.hidden", count=hidden), style="dim")


def listed(settings: Config, *, now: datetime) -> list[Listed]:
    """Give every source with all that is known of it, in the catalogue's order."""
    from crawler import gate_key
    from monitor.store import Store, checks, hosts, hubs
    from monitor.store import sources as rows

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        states = {state.id: state for state in rows.states(tx)}
        checked, reserved = checks.last(tx), hosts.reservations(tx, now=now)
        refusing = {state.host: state for state in hosts.refusing(tx)}
        subscribed = {one.topic.source: one for one in hubs.all(tx)}
        added = rows.user_sources(tx)
    return [
        Listed(
            source=one,
            state=states.get(one.id),
            check=checked.get(one.id),
            host=refusing.get(gate_key(one.url)),
            reserved=reserved.get(one.id),
            hub=subscribed.get(one.id),
            user_added=one in added,
        )
        for one in (*settings.sources, *added)
    ]


def shape(one: Listed, bounds: Bounds) -> dict[str, object]:
    """Give a source as `--json` shows it."""
    from monitor.cli import rhythms, shapes

    return {
        **shapes.source(one.source, one.state),
        "rhythm": rhythms.shape(rhythms.interval_of(one.source, one.state, bounds, one.hub)),
        "refusal": _refusal(one.host) if one.host else None,
        "reservation": _reservation(one.reserved) if one.reserved else None,
        "check": check_shape(one.check) if one.check else None,
    }


def _refusal(host: HostState) -> dict[str, object]:
    from monitor.cli import shapes

    said = host.refusal.value if host.refusal else None
    return {
        "host": host.host,
        "how": said,
        "since": shapes.moment(host.refused_at),
        "asked_again": shapes.moment(host.probe_at),
        "detail": host.detail,
    }


def _reservation(reserved: Reserved) -> dict[str, object]:
    from monitor.cli import shapes

    return {
        "evidence": reserved.evidence,
        "policy": reserved.policy,
        "since": shapes.moment(reserved.since),
        "asked_again": shapes.moment(reserved.until),
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
        interval = rhythms.interval_of(source, state, bounds, one.hub)
        last = state.last_poll_at if state else None
        rows.add(
            cell(source.id, "bold" if source.enabled else "dim"),
            cell(source.language),
            _pages(session, one, now),
            _status(session, one),
            cell(session.word("never") if last is None else span(session, now - last), "dim"),
            cell(span(session, state.next_poll_at - now) if state and source.enabled else "–", "dim"),
            cell(span(session, interval.value if interval else source.interval), "" if interval else "dim"),
            _checked(session, one.check, now),
        )
    rows.show()
    for one in shown:
        for said in _open(session, one, now) if one.source.enabled else ():
            session.line(said, style="yellow")


def _open(session: Session, one: Listed, now: datetime) -> Iterator[str]:
    """What somebody should know of a source, or say: why its pages are not read; what becomes of it, if it is gone."""
    from monitor.cli.source_keep import question
    from monitor.decide.health import asks

    if key := one.unread(now):
        yield session.word("sources.unread", id=one.source.id, why=_why(session, key, one))
    if one.state and asks(one.state):
        yield question(session, one.source, user_added=one.user_added)


def _why(session: Session, key: str, one: Listed) -> str:
    """Why its pages are not read, who says so, and when one is asked for again."""
    if key == "unread.refused" and one.host:
        how = session.word(f"refusal.{one.host.refusal}")
        days = {"since": f"{one.host.refused_at:%Y-%m-%d}", "again": f"{one.host.probe_at:%Y-%m-%d}"}
        return session.word(key, host=one.host.host, how=how, **days)
    said, until = (one.reserved.evidence, one.reserved.until) if one.reserved else ("", None)
    return session.word(key, evidence=evidence(session, said), again=f"{until:%Y-%m-%d}" if until else "")


def evidence(session: Session, said: str) -> str:
    """Name where a publisher reserves its rights; a file by its name."""
    from monitor.cli.words import WORDS

    key = f"evidence.{said}"
    return session.word(key) if key in WORDS else said


def _pages(session: Session, one: Listed, now: datetime) -> Text:
    """Which of its pages are read: what the configuration says, or what keeps us out."""
    from monitor.cli.tables import cell

    if key := one.unread(now):
        return cell(session.word("fetch.refused" if key == "unread.refused" else "fetch.reserved"), "magenta")
    return cell(session.word(f"fetch.{one.source.fetch}"), "yellow" if one.source.fetch == "never" else "dim")


def _status(session: Session, one: Listed) -> Text:
    """How its last poll went, or that it is off; what was wrong beside."""
    from monitor.cli.cards import listing_style
    from monitor.cli.source_keep import kept
    from monitor.cli.tables import cell, stack
    from monitor.decide.health import standing

    if not one.source.enabled:
        return cell(session.word("off"), "dim")
    status = standing(one.state) if one.state else None
    if one.state is None or status is None:
        return cell(session.word("on"), "dim")
    said = cell(session.word(f"listing.{status}"), listing_style(status))
    since = kept(one.state)
    wrong = session.reason(one.state.error or "") or (f"→ {one.state.moved_to}" if one.state.moved_to else "")
    wrong = session.word("gone.kept", day=since) if since else wrong
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
