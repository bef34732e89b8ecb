"""How stories look: one a line, or one with its whole life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from monitor.alerts.catalogue import voice
from monitor.alerts.phrases import correction, day, fact, field_word, status_word
from monitor.alerts.text import FIELDS
from monitor.cli import shapes
from monitor.cli.cards import KIND_STYLES, STATUS_STYLES, sentence_text
from monitor.cli.session import Session
from monitor.cli.tables import Rows, cell, stack
from monitor.decide.verdicts import CORRECTED
from monitor.store.values import Life
from monitor.types import Change, Delivery, Story
from monitor.vocabulary import Status


def show_all(session: Session, stories: Sequence[Story]) -> None:
    """Print a line a story."""
    word = session.word
    rows = Rows(session, word("id"), word("story"), word("since"), word("from_whom"))
    for story in stories:
        rows.add(
            cell(story.id, "dim"),
            stack(
                session,
                cell(fact(story, session.language), KIND_STYLES[story.kind]),
                *_disputed(session, story),
                *_retracted(session, story),
            ),
            cell(day(story.first_seen, session.language), "dim"),
            cell(", ".join(story.outlets)),
        )
    rows.show()


def show(session: Session, life: Life) -> None:
    """Print a story's whole life: what it is, its steps, its articles, and who heard of it."""
    story = life.story
    session.line(fact(story, session.language), style=f"bold {KIND_STYLES[story.kind]}")
    session.line(" · ".join(_facts(session, story)), style="dim")
    for line in (*_disputed(session, story), *_retracted(session, story)):
        session.line(line.plain, style="bold red")
    _steps(session, story)
    _articles(session, life)
    _messages(session, life.deliveries)


def _facts(session: Session, story: Story) -> Iterator[str]:
    yield story.id
    yield status_word(story.status, session.language)
    yield session.word(f"origin.{story.origin}")
    yield session.word("sure", percent=round(100 * story.confidence))
    if story.people:
        yield ", ".join(story.people)


def _disputed(session: Session, story: Story) -> list[Text]:
    if not story.disputed:
        return []
    names = [_field(session, name).lower() for name in story.disputed]
    return [cell(session.word("disputed", fields=", ".join(names)), "bold red")]


def _retracted(session: Session, story: Story) -> list[Text]:
    return [cell(session.word("retracted"), "bold red")] if story.retracted else []


def _steps(session: Session, story: Story) -> None:
    word = session.word
    rows = Rows(session, word("when"), word("what"), word("source"), word("sentence"))
    for step in story.history:
        rows.add(
            cell(day(step.at, session.language), "dim"),
            _step(session, step),
            cell(session.word("reader") if step.field == CORRECTED else step.outlet),
            sentence_text(session, step.quote) if step.quote else cell(""),
        )
    rows.show()


def _step(session: Session, step: Change) -> Text:
    """Say what changed: "certainty: rumoured → confirmed"."""
    if step.field == CORRECTED:
        before, after = (correction(value or "", session.language) for value in (step.before, step.after))
        was = cell(f"{before} → " if before else "", "dim")
        return Text.assemble(cell(session.word("step.corrected"), "bold"), " ", was, cell(after))
    if step.field in {"opened", "corroborated", "cancelled", "rescued"}:
        style = {"opened": "cyan", "cancelled": "red", "rescued": "bold green"}.get(step.field, "dim")
        return cell(session.word(f"step.{step.field}"), style)
    name = _field(session, step.field)
    if step.after is None:
        return cell(name)
    before = f"{_value(session, step.field, step.before)} → " if step.before else ""
    style = STATUS_STYLES[Status(step.after)] if step.field == "status" else "yellow"
    return Text.assemble(cell(f"{name} "), cell(before, "dim"), cell(_value(session, step.field, step.after), style))


def _field(session: Session, field: str) -> str:
    return field_word(field, session.language) if field in FIELDS else field


def _value(session: Session, field: str, value: str | None) -> str:
    if field == "date" and value:
        return voice(session.language).dated(value)
    return status_word(Status(value), session.language) if field == "status" and value else value or ""


def _articles(session: Session, life: Life) -> None:
    word = session.word
    rows = Rows(session, word("when"), word("source"), word("certainty"), word("article"))
    for told in life.told:
        status = told.announcement.status
        rows.add(
            cell(day(told.telling.at, session.language), "dim"),
            cell(told.telling.outlet),
            cell(status_word(status, session.language), STATUS_STYLES[status]),
            cell(told.telling.url, "underline"),
        )
    rows.show()


def _messages(session: Session, deliveries: Sequence[Delivery]) -> None:
    if not deliveries:
        session.line(session.word("nobody_heard"))
        return
    word = session.word
    rows = Rows(session, word("messages"), word("when"), word("what"), word("state"))
    for one in deliveries:
        rows.add(
            cell(f"{one.subscription} → {one.target}"),
            cell(f"{voice(session.language).moment(one.sent_at or one.next_try_at)} UTC", "dim"),
            cell(word(f"event.{one.event}")),
            cell(word(f"state.{one.state}")),
        )
    rows.show()


def shape(life: Life) -> shapes.Shape:
    """Give a story's life as `--json` shows it."""
    return {
        **shapes.story(life.story),
        "people": list(life.story.people),
        "final": life.story.final,
        "disputed": list(life.story.disputed),
        "retracted": life.story.retracted,
        "history": [
            {
                "at": shapes.moment(step.at),
                "field": step.field,
                "before": step.before,
                "after": step.after,
                "outlet": step.outlet,
                "url": step.url,
                "quote": step.quote,
            }
            for step in life.story.history
        ],
        "articles": [
            {
                "at": shapes.moment(told.telling.at),
                "outlet": told.telling.outlet,
                "url": told.telling.url,
                **shapes.announcement(told.announcement),
            }
            for told in life.told
        ],
        "messages": [shapes.delivery(one) for one in life.deliveries],
    }
