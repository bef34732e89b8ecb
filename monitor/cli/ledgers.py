"""How the season ledger looks: as tables for people, as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from rich.text import Text

from monitor.alerts.phrases import day, listed, noun, status_word
from monitor.alerts.text import QUOTES
from monitor.cli import shapes
from monitor.cli.cards import STATUS_STYLES
from monitor.cli.session import Session, printable
from monitor.cli.tables import Rows, cell, stack
from monitor.vocabulary import Milestone, Status
from monitor.works import Known, Season, Told, Work

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
            cell(_day(session, known[0].first.at), "dim"),
            _outlets(session, known[0]),
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
                cell(_day(session, known[0].first.at), "dim"),
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
    renewed = any(one.milestone in {Milestone.RENEWED, Milestone.RESCUED} for one in season.known)
    return session.word("season.some" if renewed else "season.none")


def _milestones(session: Session, known: Sequence[Known]) -> Text:
    """Say what is known, and how certain it is where it is not certain."""
    return stack(session, *(part for one in known for part in _milestone(session, one)))


def _milestone(session: Session, known: Known) -> Iterator[Text]:
    yield cell(session.word(f"milestone.{known.milestone}"), STYLES[known.milestone])
    if known.day is not None:
        yield cell(session.word("on_day", day=_day(session, known.day)))
    if known.status is not Status.CONFIRMED:
        yield cell(status_word(known.status, session.language), STATUS_STYLES[known.status])


def _outlets(session: Session, known: Known) -> Text:
    more = len(known.outlets) - 1
    return stack(
        session,
        cell(known.outlets[0]),
        *([cell(session.word("and_others", count=more), "dim")] if more else []),
    )


def _says(session: Session, known: Sequence[Known]) -> Iterator[Text]:
    """Credit who said so first, quote it, and set beside it who says otherwise."""
    yield cell(", ".join(dict.fromkeys(outlet for one in known for outlet in one.outlets)))
    yield _quote(session, known[0].first)
    yield cell(known[0].first.url, "dim underline")
    for told in dict.fromkeys(against for one in known for against in one.against):
        yield cell(session.word("contradicted", outlet=told.outlet, day=_day(session, told.at)), "bold red")
        yield _quote(session, told)
        yield cell(told.url, "dim underline")


def _quote(session: Session, told: Told) -> Text:
    return Text(QUOTES[session.language].format(printable(told.announcement.evidence.sentence)), style="italic")


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
            {"season": season.number, "disputed": season.disputed, "known": [_known(one) for one in season.known]}
            for season in work.seasons
        ],
    }


def _known(known: Known) -> shapes.Shape:
    return {
        "milestone": known.milestone.value,
        "status": known.status.value,
        "day": known.day.isoformat() if known.day else None,
        "since": shapes.moment(known.first.at),
        **_said(known.first),
        "outlets": list(known.outlets),
        "story": known.story,
        "against": [{"at": shapes.moment(one.at), **_said(one)} for one in known.against],
    }


def _said(told: Told) -> shapes.Shape:
    return {"outlet": told.outlet, "url": told.url, "quote": told.announcement.evidence.sentence}


def table(works: Sequence[Work]) -> str:
    """Write CSV with a heading: a line a fact, and one more for each outlet that says otherwise."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for work in works:
        for season in work.seasons:
            for known in season.known:
                for against in known.against or (None,):
                    writer.writerow([_plain(value) for value in _line(work, season, known, against)])
    return out.getvalue()


def _line(work: Work, season: Season, known: Known, against: Told | None) -> Iterator[object]:
    yield from (work.title, season.number, known.milestone.value, known.status.value, known.day)
    yield from (shapes.moment(known.first.at), *_said(known.first).values(), ", ".join(known.outlets), known.story)
    if against is None:
        yield from ("", "", "", "")
    else:
        yield from (against.outlet, shapes.moment(against.at), against.url, against.announcement.evidence.sentence)


def _plain(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula, whatever an article says (OWASP, CSV injection)."""
    text = "" if value is None else printable(str(value))
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
