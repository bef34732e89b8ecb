"""What was found at an outlet, shown as a table, and which of it is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import typer
from rich.text import Text

from crawler import Article, Rejected
from monitor.cli import shapes
from monitor.cli.finding import Discovery
from monitor.cli.session import Session
from monitor.cli.tables import Rows, cell, stack
from monitor.decide.discovery import Found
from monitor.types import MonitorError, Source

_TITLES = 2  #: newest entries shown of each listing
_UNASKED = 5  #: addresses shown of those nobody looked at
_TITLE_ELSEWHERE = 70  #: characters of a title where no table bounds it
_OTHER_COLUMNS = 64  #: characters that the table's other columns take, at most
_NARROWEST = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A listing that may be taken."""

    found: Found
    watched: str | None  #: the source that it is already


def offer(discovery: Discovery, listed: Sequence[Source]) -> list[Offered]:
    """Say of each listing whether it is watched, or in the catalogue, already."""
    ids = {source.url: source.id for source in listed}
    return [Offered(found=found, watched=ids.get(found.url)) for found in discovery.found]


def show(session: Session, discovery: Discovery, offered: Sequence[Offered]) -> None:
    """Print the listings, the best first, and what the outlet asks."""
    if discovery.title:
        session.line(discovery.title, style="bold")
    names = ("found.number", "kind", "found.where", "entries", "language", "found.why")
    rows = Rows(session, *(session.word(name) for name in names), right=(0, 3))
    for number, one in enumerate(offered, 1):
        found = one.found
        rows.add(
            cell(number, "bold"),
            cell(session.code("sort", found.kind)),
            stack(session, *_where(session, one)),
            cell(len(found.listing.entries)),
            cell(found.language or "?", "" if found.language in {"fr", "en"} else "yellow"),
            stack(session, *(cell(session.word(f"merit.{merit}"), "dim") for merit in found.merits)),
        )
        rows.rule()
    rows.show()
    session.line(*_rights(session, discovery))
    if isinstance(discovery.page, Article):
        session.line(session.word("found.text", length=len(discovery.page.text)), style="dim")
    elif discovery.page and not discovery.reservation:
        why = session.reason(discovery.page.detail) or discovery.page.reason
        session.line(session.word("found.no_text", why=why), style="yellow")
    for why in discovery.refused[:_UNASKED]:
        session.line(session.word("found.refused", why=session.reason(why)), style="yellow")
    if discovery.unasked:
        some = ", ".join(one.title or one.url for one in discovery.unasked[:_UNASKED])
        session.line(session.word("found.unasked", count=len(discovery.unasked), some=some), style="dim")


def _rights(session: Session, discovery: Discovery) -> tuple[str, str]:
    """What robots.txt and the reservation of mining say, and its colour."""
    if discovery.reservation:
        return session.word("found.reserved", evidence=discovery.reservation), "yellow"
    return session.word("found.open"), "dim"


def _where(session: Session, one: Offered) -> list[Text]:
    """The address, what it is called, and its newest entries."""
    lines = [cell(one.found.url, "cyan")]
    if one.found.title:
        lines.append(cell(one.found.title, "bold"))
    if one.watched:
        lines.append(cell(session.word("found.watched", id=one.watched), "yellow"))
    width = max(_NARROWEST, session.out.width - _OTHER_COLUMNS)
    lines += [cell(text, "dim") for text in newest(one.found, width=width)] if session.rich else []
    return lines


def newest(found: Found, *, width: int = _TITLE_ELSEWHERE) -> list[str]:
    """The newest entries, with their day when it is known; undated ones count by their place in the listing."""
    dated = sorted(
        found.listing.entries,
        key=lambda entry: entry.published.timestamp() if entry.published else 0.0,
        reverse=True,
    )
    titled = (entry for entry in dated if entry.title)
    return [
        _clip(f"{entry.published:%d/%m} {entry.title}" if entry.published else f"· {entry.title}", width)
        for entry in islice(titled, _TITLES)
    ]


def _clip(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def choose(session: Session, offered: Sequence[Offered], *, pick: Sequence[int], yes: bool, asking: bool) -> list[int]:
    """Say which to take, as numbers from 1: those picked, those answered, or the best.

    Raises:
        MonitorError: a number is none of them, or is watched already; so is the best, and nobody is there to ask.
    """
    free = [number for number, one in enumerate(offered, 1) if one.watched is None]
    if pick:
        return _checked(list(dict.fromkeys(pick)), free, len(offered))
    if asking and not yes and free:
        return _ask(session, free, len(offered))
    if 1 not in free:
        raise MonitorError(
            f"{offered[0].found.url}, the best there, is known already, as {offered[0].watched}; see --pick"
        )
    if not yes and len(free) > 1 and not session.json:
        session.line(session.word("found.best"))
    return [1]


def _checked(numbers: list[int], free: Sequence[int], count: int) -> list[int]:
    for number in numbers:
        if number > count:
            raise MonitorError(f"there is no number {number}; what was found has 1 to {count}")
        if number not in free:
            raise MonitorError(f"number {number} is known already; take another")
    return numbers


def _ask(session: Session, free: Sequence[int], count: int) -> list[int]:
    """Ask until the answer can be read."""
    while True:
        answer = typer.prompt(session.word("found.which"), default=str(free[0])).strip().lower()
        if answer in {"0", "n", "no", "non", "none", "aucun", "aucune"}:
            return []
        if answer in {"all", "tout", "tous", "toutes"}:
            return list(free)
        numbers = [int(part) for part in re.findall(r"\d+", answer)]
        try:
            if numbers and not re.search(r"[^\d\s,;]", answer):
                return _checked(list(dict.fromkeys(numbers)), free, count)
        except MonitorError as error:
            session.warn(session.reason(str(error)))
        else:
            session.warn(session.word("found.unclear", answer=answer))


def shape(discovery: Discovery, offered: Sequence[Offered], added: Sequence[Source]) -> shapes.Shape:
    """Give it as `--json` shows it."""
    return {
        "title": discovery.title,
        "reservation": discovery.reservation or None,
        "page": _page(discovery.page),
        "found": [_shape(one) for one in offered],
        "unasked": [one.url for one in discovery.unasked],
        "refused": list(discovery.refused),
        "added": [source.id for source in added],
    }


def _shape(one: Offered) -> shapes.Shape:
    return {
        "url": one.found.url,
        "kind": one.found.kind.value,
        "title": one.found.title,
        "clue": one.found.clue.value,
        "entries": len(one.found.listing.entries),
        "newest": shapes.moment(one.found.newest),
        "titles": [entry.title for entry in one.found.listing.entries[:3]],
        "language": one.found.language,
        "merits": [merit.value for merit in one.found.merits],
        "points": one.found.points,
        "watched": one.watched,
    }


def _page(page: Article | Rejected | None) -> shapes.Shape | None:
    if page is None:
        return None
    length = len(page.text) if isinstance(page, Article) else None
    return {"url": page.url, "length": length, "rejected": page.reason.value if isinstance(page, Rejected) else None}
