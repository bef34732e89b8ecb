"""`cocorico sources show`: everything that is known of one source, on a card."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from rich.text import Text

    from monitor.config import Config
    from monitor.decide.hosts import HostState, Reserved
    from monitor.decide.notices import Condition
    from monitor.pages import Pages
    from monitor.rhythm import Bounds
    from monitor.store.checks import Check
    from monitor.store.values import StoredEntry
    from monitor.types import Source, SourceState
    from monitor.websub import Subscribed

EXAMPLES: Final = ("cocorico sources show bfmtv-series", "cocorico sources show bfmtv-series --json")
_ENTRIES: Final = 5
_WIDEST: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of a source."""

    source: Source
    state: SourceState | None
    pages: Pages
    latest: Sequence[StoredEntry]
    alarms: Sequence[Condition]  #: those that were told, and last
    host: HostState | None
    reserved: Reserved | None
    check: Check | None
    dropped: datetime | None  #: when its site's template was dropped last
    bounds: Bounds
    hub: Subscribed | None
    user_added: bool


def show(
    ctx: typer.Context,
    *,
    identifier: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show all that is known of a source: state, habits, last entries, what its pages give, what it asks of us."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.app import utc_now

    known = _known(session.config(), identifier)
    if session.json:
        session.dump(_shape(known))
        return
    lines = list(_lines(session, known, utc_now()))
    if session.rich:
        session.out.print(_panel(session, known, lines))
    else:
        session.line(f"{known.source.name} ({known.source.id})")
        for name, said in lines:
            session.line(f"  {session.label(name)} {said.plain}")
    _show_latest(session, known)


def _known(settings: Config, identifier: str) -> Known:
    from crawler import gate_key, host_key
    from monitor.cli.source_card import found
    from monitor.store import Store, checks, entries, hosts, hubs, notices, pages, templates
    from monitor.store import sources as rows

    source, state = found(settings, identifier)
    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        mine = [one for one in notices.conditions(tx) if one.subject == identifier and one.raised_at]
        return Known(
            source=source,
            state=state,
            pages=pages.of(tx, identifier),
            latest=entries.latest(tx, identifier, limit=_ENTRIES),
            alarms=[one for one in mine if one.alarm.startswith("source_")],
            host=hosts.get(tx, gate_key(source.url)),
            reserved=hosts.reservation(tx, identifier),
            check=checks.last(tx).get(identifier),
            dropped=templates.dropped(tx, host_key(source.url)),
            bounds=settings.crawl.bounds,
            hub=hubs.of(tx, identifier),
            user_added=any(one.id == identifier for one in rows.user_sources(tx)),
        )


def _shape(known: Known) -> dict[str, object]:
    from monitor.cli import rhythms, shapes
    from monitor.decide import silence

    source, state = known.source, known.state
    return {
        **shapes.source(source, state),
        "last_ok": shapes.moment(state.last_ok_at) if state else None,
        "last_new": shapes.moment(state.news_at) if state else None,
        "rhythm": rhythms.shape(rhythms.interval_of(source, state, known.bounds, known.hub)),
        "hours": rhythms.hours(state.rhythm) if state else None,
        "hub": rhythms.hub_shape(known.hub),
        "usually_a_day": round(silence.usually(state.rhythm), 2) if state else 0.0,
        "pages": shapes.pages(known.pages),
        "template_dropped": shapes.moment(known.dropped),
        "alarms": [{"alarm": one.alarm.value, "since": shapes.moment(one.raised_at)} for one in known.alarms],
        "refusal": known.host.refusal.value if known.host and known.host.refusal else None,
        "reserved": known.reserved.evidence if known.reserved else None,
        "checked": {"at": shapes.moment(known.check.at), "status": known.check.status.value} if known.check else None,
        "entries": [shapes.entry(one) for one in known.latest],
    }


def _lines(session: Session, known: Known, now: datetime) -> Iterator[tuple[str, Text]]:
    """Give what is said of a source, line by line: (of what, what)."""
    from monitor.cli.cards import listing_style
    from monitor.cli.source_keep import kept, question
    from monitor.cli.tables import cell
    from monitor.decide.health import asks, standing

    source, state = known.source, known.state
    yield (
        session.word("card.listing"),
        cell(f"{source.url}  {session.code('sort', source.kind)} · {source.language} · fetch = {source.fetch}"),
    )
    status = standing(state) if state else None
    said = session.word(f"listing.{status}") if status else session.word("card.unpolled")
    beside = (session.reason(state.error or "") or state.moved_to or "") if state else ""
    yield session.word("card.state"), cell(f"{said}  {beside}".strip(), listing_style(status) if status else "dim")
    if since := kept(state):
        yield session.word("card.gone"), cell(session.word("gone.kept", day=since), "dim")
    elif state and asks(state):
        yield session.word("card.gone"), cell(question(session, source, user_added=known.user_added), "bold yellow")
    if state is not None and state.last_poll_at is not None:
        yield session.word("card.polled"), cell(_polled(session, known, state, now))
        yield from _rhythm(session, known, state)
        yield session.word("card.habit"), cell(_habit(session, state, now))
    if known.pages.recent:
        yield session.word("card.pages"), cell(_pages(session, known.pages))
    if known.dropped:
        yield (
            session.word("card.template"),
            cell(session.word("card.dropped", span=_span(session, now - known.dropped))),
        )
    for one in known.alarms:
        yield session.word("card.alarm"), cell(session.word(f"alarm.{one.alarm}"), "bold yellow")
    if known.check:
        yield session.word("card.check"), cell(_checked(session, known.check, now))
    yield from _rights(session, known)


def _polled(session: Session, known: Known, state: SourceState, now: datetime) -> str:
    from monitor.cli import rhythms

    interval = rhythms.interval_of(known.source, state, known.bounds, known.hub)
    parts = [session.word("card.ago", span=_span(session, now - (state.last_poll_at or now)))]
    if interval and known.source.enabled:
        parts.append(session.word("card.every", span=_span(session, interval.value)))
        parts.append(session.word("card.next", span=_span(session, max(state.next_poll_at - now, timedelta(0)))))
    asked = state.rhythm.hints.every
    if asked:
        parts.append(session.word("card.asks", span=_span(session, timedelta(seconds=asked))))
    if state.rhythm.hints.hub:
        parts.append(session.word("card.hub", url=state.rhythm.hints.hub))
    return " · ".join(parts)


def _rhythm(session: Session, known: Known, state: SourceState) -> Iterator[tuple[str, Text]]:
    """Say why it is polled as often as it is, and when it publishes."""
    from monitor.cli import rhythms
    from monitor.cli.tables import cell

    if interval := rhythms.interval_of(known.source, state, known.bounds, known.hub):
        yield session.word("card.rhythm"), cell(rhythms.why(session, interval))
    if any(state.rhythm.counts):
        yield session.word("card.clock"), cell(rhythms.bars(session, state.rhythm))


def _habit(session: Session, state: SourceState, now: datetime) -> str:
    """ "d'habitude 14 par jour, rien depuis 9 h"."""
    from monitor.decide.silence import usually

    a_day = usually(state.rhythm)
    shown = f"{a_day:.0f}" if a_day >= 1.5 else f"{a_day:.1f}"
    said = session.word("card.usually", count=shown) if a_day else session.word("card.unknown")
    if state.news_at is None:
        return said
    return f"{said}, {session.word('card.nothing_since', span=_span(session, now - state.news_at))}"


def _pages(session: Session, pages: Pages) -> str:
    from monitor.decide.blindness import shares, typical_length

    good = sum(end.length > 0 for end in pages.recent)
    length = typical_length(pages)
    ends = ", ".join(f"{session.code('how', how)} {share:.0%}" for how, share in list(shares(pages).items())[:4])
    said = session.word("card.yield", good=good, count=len(pages.recent))
    return " · ".join((said, *([session.word("card.length", count=round(length))] if length else []), ends))


def _checked(session: Session, check: Check, now: datetime) -> str:
    return session.word(
        "card.checked",
        span=_span(session, now - check.at),
        status=session.word(f"listing.{check.status}"),
        entries=check.entries,
        articles=check.articles,
        pages=check.pages,
    )


def _rights(session: Session, known: Known) -> Iterator[tuple[str, Text]]:
    from monitor.cli.source_list import evidence
    from monitor.cli.tables import cell

    if known.host and known.host.refusal:
        said = session.word("card.refused", detail=session.reason(known.host.detail))
        yield session.word("card.rights"), cell(said, "magenta")
    if known.reserved:
        by = evidence(session, known.reserved.evidence)
        yield session.word("card.rights"), cell(session.word("card.reserved", by=by), "magenta")
    if known.source.notes:
        yield session.word("card.notes"), cell(known.source.notes, "dim")


def _span(session: Session, span: timedelta) -> str:
    """ "45 min", "9 h", "3 d"."""
    minutes = max(0, round(span / timedelta(minutes=1)))
    if minutes < 120:
        return session.word("card.minutes", count=minutes)
    hours = round(minutes / 60)
    return session.word("card.hours", count=hours) if hours < 48 else session.word("card.days", count=round(hours / 24))


def _panel(session: Session, known: Known, lines: Sequence[tuple[str, Text]]) -> object:
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    from monitor.cli.cards import listing_style
    from monitor.decide.health import standing

    body = Table.grid(padding=(0, 2))
    body.add_column(style="dim", no_wrap=True)
    body.add_column(overflow="fold")
    for name, said in lines:
        body.add_row(Text(name), said)
    status = standing(known.state) if known.state else None
    style = ("yellow" if known.alarms else listing_style(status)) if status else "dim"
    title = Text(f"{known.source.name} ({known.source.id})", style=f"bold {style}")
    return Panel(
        body, title=title, title_align="left", border_style=style, width=min(session.out.width, _WIDEST), padding=(0, 1)
    )


def _show_latest(session: Session, known: Known) -> None:
    from monitor.cli import shapes
    from monitor.cli.cards import outcome_style
    from monitor.cli.tables import Rows, cell

    if not known.latest:
        return
    rows = Rows(session, session.word("when"), session.word("card.entry"), session.word("outcome"))
    for one in known.latest:
        outcome = one.outcome
        rows.add(
            cell(shapes.moment(one.first_seen), "dim"),
            cell(one.entry.title or one.entry.url),
            cell(
                session.code("outcome", outcome) if outcome else session.word("card.waiting"),
                outcome_style(outcome) if outcome else "dim",
            ),
        )
    rows.show()
