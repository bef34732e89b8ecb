"""How the answers of `cocorico why` look: one sentence, then condition by condition what is wanted and what is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text

from monitor.alerts.phrases import fact
from monitor.cli import shapes
from monitor.cli.session import Session
from monitor.cli.tables import Rows, cell
from monitor.decide.conditions import Weighed
from monitor.decide.why import Answer, Why
from monitor.subscribing import Subscription

_GOOD = {Answer.SENT, Answer.GATHERED}
_WAITING = {Answer.OWED, Answer.HELD}
_LONGEST = 60  #: characters of a value that are shown


def show(session: Session, why: Why, subscription: Subscription, *, fresh: int) -> None:
    """Print an answer."""
    session.line(fact(why.story, session.language), style="bold")
    session.line(f"{why.story.id} · {', '.join(why.story.outlets)}", style="dim")
    style = "green" if why.answer in _GOOD else "cyan" if why.answer in _WAITING else "yellow"
    session.line(sentence(session, why, subscription, fresh=fresh), style=style)
    if why.answer is Answer.SENT and why.story.retracted:
        session.line(session.word("why.since_retracted"), style="yellow")
    if why.matched:
        session.line(session.word("why.matched", matched=why.matched), style="dim")
    if why.repeats:
        session.line(session.word("why.repeats", count=why.repeats), style="dim")
    if why.conditions and why.answer not in _GOOD | _WAITING | {Answer.RETRACTED}:
        if why.scene is not None:
            seen = session.word("why.seen", outlet=why.scene.reading.outlet, url=why.scene.url)
            session.line(seen, style="dim")
        _conditions(session, why.conditions)
    session.line("")


def sentence(session: Session, why: Why, subscription: Subscription, *, fresh: int) -> str:
    """Say it in one sentence."""
    values: dict[str, object] = {"subscription": subscription.name, "days": fresh}
    delivery = why.delivery
    if delivery is not None:
        at = delivery.next_try_at if why.answer in _WAITING else delivery.sent_at or delivery.created_at
        values |= {
            "target": delivery.target,
            "time": _time(at, subscription),
            "timing": session.word(f"timing.{delivery.timing}"),
            "message": delivery.gathered_in or "–",
            "error": delivery.last_error or "–",
        }
    if why.answer is Answer.UNMATCHED and why.failed is not None:
        field, failed = _leaf(why.failed)
        values |= {"field": field, "wanted": _values(failed.wanted), "found": _values(failed.found)}
        return session.word("why.none" if failed.field == "none" else "why.unmatched", **values)
    if why.scene is not None:
        values["published"] = _time(why.scene.at, subscription)
    if why.read is not None:
        values["read"] = _time(why.read.at, subscription)
    again = why.answer is Answer.OWED and delivery is not None and delivery.last_error
    return session.word("why.retried" if again else f"why.{why.answer}", **{**_UNKNOWN, **values})


def _leaf(failed: Weighed) -> tuple[str, Weighed]:
    """Find what failed inside of `any` and `all`, where least fails: ("any no. 2 platforms", the condition)."""
    if failed.field == "none" or not failed.inner:
        return failed.field, failed
    failing = [
        (number, [one for one in inner if not one.holds])
        for number, inner in enumerate(failed.inner, start=1)
        if not all(one.holds for one in inner)
    ]
    number, inner = min(failing, key=lambda alternative: len(alternative[1]))
    path, leaf = _leaf(inner[0])
    return f"{failed.field} no. {number} {path}", leaf


#: What stands for what is not known.
_UNKNOWN = dict.fromkeys(("target", "time", "timing", "message", "error", "published", "read"), "–")


def _conditions(session: Session, weighed: Sequence[Weighed]) -> None:
    rows = Rows(session, "", session.word("why.condition"), session.word("why.wants"), session.word("why.has"))
    for depth, one in _flat(weighed, 0):
        rows.add(
            cell("✓" if one.holds else "✗", "green" if one.holds else "bold red"),
            Text("  " * depth + one.field, style="" if one.holds else "bold"),
            cell("" if one.inner else _values(one.wanted)),
            cell("" if one.inner else _values(one.found), "" if one.holds else "red"),
        )
    rows.show()


def _flat(weighed: Sequence[Weighed], depth: int) -> Iterator[tuple[int, Weighed]]:
    """Give conditions with those inside of them below."""
    for one in weighed:
        yield depth, one
        for alternative in one.inner:
            yield from _flat(alternative, depth + 1)


def _values(values: Sequence[str]) -> str:
    said = ", ".join(values) or "–"
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def _time(at: datetime, subscription: Subscription) -> str:
    return at.astimezone(ZoneInfo(subscription.zone)).strftime("%Y-%m-%d %H:%M")


def shape(why: Why) -> shapes.Shape:
    """Give an answer as `--json` shows it."""
    return {
        "story": why.story.id,
        "answer": why.answer.value,
        "matched": why.matched or None,
        "message": shapes.delivery(why.delivery) if why.delivery else None,
        "article": why.scene.url if why.scene else None,
        "read_at": shapes.moment(why.read.at) if why.read else None,
        "repeats": why.repeats,
        "conditions": [_condition(one) for one in why.conditions],
    }


def _condition(one: Weighed) -> shapes.Shape:
    return {
        "field": one.field,
        "holds": one.holds,
        "wanted": list(one.wanted),
        "found": list(one.found),
        "inner": [[_condition(each) for each in alternative] for alternative in one.inner],
    }
