"""How the season ledger looks: as tables for people, as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from rich.text import Text

from monitor.alerts.phrases import day, listed, noun, status_word
from monitor.cli import shapes
from monitor.cli.cards import STATUS_STYLES, sentence_text
from monitor.cli.session import Session, printable
from monitor.cli.tables import Rows, cell, stack
from monitor.telling import Told
from monitor.vocabulary import Milestone, Status
from monitor.works import Fact, Season, Work

STYLES = {
    Milestone.ORDERED: "cyan",
    Milestone.RENEWED: "green",
    Milestone.RESCUED: "bold green",
    Milestone.FILMING: "yellow",
    Milestone.LAST: "magenta",
    Milestone.DATED: "blue",
    Milestone.OUT: "bold blue",
    Milestone.CANCELLED: "red",
}
COLUMNS = (
    *("work", "season", "milestone", "status", "day", "since", "outlet", "url", "quote", "outlets", "story"),
    *("against_outlet", "against_at", "against_url", "against_quote"),
)


def show_all(session: Session, works: Sequence[Work]) -> None:
    """Print a line a work: where it runs, which seasons are known, what was said last."""
    word = session.word
    rows = Rows(session, word("work"), word("season"), word("latest"), word("since"), word("from_whom"), right=[1])
    for work in works:
        if work.latest is None:
            continue
        season, known = work.latest
        rows.add(
            stack(session, cell(work.title, "bold"), cell(", ".join(work.platforms), "dim")),
            cell(_number(session, season)),
            _milestones(session, known),
            cell(_day(session, known[0].first.telling.at), "dim"),
            _outlets(known[0]),
        )
    rows.show()


def show(session: Session, work: Work) -> None:
    """Print everything known of a work."""
    session.line(work.title, style="bold")
    session.line(" · ".join(_facts(session, work)), style="dim")
    word = session.word
    rows = Rows(session, word("season"), word("what"), word("since"), word("from_whom"), right=[0])
    for season in work.seasons:
        for position, known in enumerate(season.told):
            rows.add(
                cell(_number(session, season) if position == 0 or not session.rich else ""),
                _milestones(session, known),
                cell(_day(session, known[0].first.telling.at), "dim"),
                stack(session, *_says(session, known)),
            )
        rows.rule()
    rows.show()
    session.line("")


def _facts(session: Session, work: Work) -> Iterator[str]:
    yield f"{noun(work.work_type, session.language)}, {session.word(f'origin.{work.origin}')}"
    if work.platforms:
        yield ", ".join(work.platforms)
    if work.people:
        yield listed(work.people, session.language)
    if work.also:
        yield session.word("also_known", names=", ".join(work.also))


def _number(session: Session, season: Season) -> str:
    if season.number is not None:
        return str(season.number)
    renewed = any(one.milestone in {Milestone.RENEWED, Milestone.RESCUED} for one in season.facts)
    return session.word("season.some" if renewed else "season.none")


def _milestones(session: Session, known: Sequence[Fact]) -> Text:
    """Say what is known, and how certain it is where it is not certain."""
    return stack(session, *(part for one in known for part in _milestone(session, one)))


def _milestone(session: Session, known: Fact) -> Iterator[Text]:
    yield cell(session.word(f"milestone.{known.milestone}"), STYLES[known.milestone])
    if known.day is not None:
        when = "out_on" if known.milestone is Milestone.OUT else "on_day"
        yield cell(session.word(when, day=_day(session, known.day)))
    if known.status is not Status.CONFIRMED:
        yield cell(status_word(known.status, session.language), STATUS_STYLES[known.status])


def _outlets(known: Fact) -> Text:
    more = len(known.outlets) - 1
    return Text.assemble(cell(known.outlets[0]), cell(f" +{more}" if more else "", "dim"))


def _says(session: Session, known: Sequence[Fact]) -> Iterator[Text]:
    """Credit who said so first, quote it, and set beside it who says otherwise."""
    yield cell(", ".join(dict.fromkeys(outlet for one in known for outlet in one.outlets)))
    yield sentence_text(session, known[0].first.announcement.evidence.sentence)
    yield cell(known[0].first.telling.url, "dim underline")
    for told in dict.fromkeys(against for one in known for against in one.against):
        yield cell(
            session.word("contradicted", outlet=told.telling.outlet, day=_day(session, told.telling.at)), "bold red"
        )
        yield sentence_text(session, told.announcement.evidence.sentence)
        yield cell(told.telling.url, "dim underline")


def _day(session: Session, value: datetime | date) -> str:
    return day(datetime(value.year, value.month, value.day, tzinfo=UTC), session.language)


def shape(work: Work) -> shapes.Shape:
    """Give a work as `--json` shows it."""
    return {
        "title": work.title,
        "also": list(work.also),
        "platforms": list(work.platforms),
        "people": list(work.people),
        "origin": work.origin.value,
        "work_type": work.work_type.value,
        "stories": list(work.stories),
        "seasons": [
            {"season": season.number, "disputed": season.disputed, "known": [_known(one) for one in season.facts]}
            for season in work.seasons
        ],
    }


def _known(known: Fact) -> shapes.Shape:
    return {
        "milestone": known.milestone.value,
        "status": known.status.value,
        "day": known.day.isoformat() if known.day else None,
        "since": shapes.moment(known.first.telling.at),
        **_said(known.first),
        "outlets": list(known.outlets),
        "story": known.story,
        "against": [{"at": shapes.moment(one.telling.at), **_said(one)} for one in known.against],
    }


def _said(told: Told) -> shapes.Shape:
    return {"outlet": told.telling.outlet, "url": told.telling.url, "quote": told.announcement.evidence.sentence}


def table(works: Sequence[Work]) -> str:
    """Write CSV with a heading: a line a fact, and one more for each outlet that says otherwise."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for work in works:
        for season in work.seasons:
            for fact in season.facts:
                for against in fact.against or (None,):
                    writer.writerow([_plain(value) for value in _line(work, season, fact, against)])
    return out.getvalue()


def _line(work: Work, season: Season, fact: Fact, against: Told | None) -> Iterator[object]:
    yield from (work.title, season.number, fact.milestone.value, fact.status.value, fact.day)
    yield shapes.moment(fact.first.telling.at)
    yield from (*_said(fact.first).values(), ", ".join(fact.outlets), fact.story)
    if against is None:
        yield from ("", "", "", "")
    else:
        outlet, url, quote = _said(against).values()
        yield from (outlet, shapes.moment(against.telling.at), url, quote)


def _plain(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula, whatever an article says (OWASP, CSV injection)."""
    text = "" if value is None else printable(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
