"""What the second reader says of an article, for `classify --explain`, and how its answers are shown."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli import shapes
from monitor.cli.session import Session
from monitor.types import Announcement, Document, SecondReading

if TYPE_CHECKING:
    from monitor.classifier import Classifier
    from monitor.config import Config


def opinions(session: Session, settings: Config, first: Classifier, article: Document) -> tuple[Announcement, ...]:
    """Ask the second reader about what is doubtful in an article; nothing when none is configured.

    It is the daemon's own: with its answers kept, and within its cap. Why it isn't asked is told on standard error.
    """
    if not settings.second_reader.url:
        return ()
    from monitor.second.asking import SecondReader
    from monitor.store import Store

    def tell(_event: str, **keys: object) -> None:
        session.note(session.word("second.silent", reason=keys["reason"]))

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with Store.open(settings.store.url, check=False) as store:
        reader = SecondReader(settings.second_reader, store, first, log=tell)
        read = reader.read(reader.weigh(article), now=datetime.now(UTC))
    return tuple(item for item in read if item.second is not None)


def told(session: Session, item: Announcement, reading: SecondReading) -> str:
    """Say in a line what the second reader answered, and what became of the confidence."""
    return session.word(
        "second.yes" if reading.announced else "second.no",
        model=reading.model,
        before=round(100 * reading.before),
        after=round(100 * item.confidence),
    )


def show(session: Session, items: Sequence[Announcement]) -> None:
    """Print what the second reader answered about each announcement it was asked about."""
    from monitor.alerts.phrases import kind_word

    for item in items:
        if item.second is not None:
            name = item.title or session.word("untitled")
            head = f"{session.label(session.word('second'))} {kind_word(item.kind, session.language)}, {name}"
            session.line(f"{head}\n  {told(session, item, item.second)}")


def shape(items: Sequence[Announcement]) -> list[shapes.Shape]:
    """Give each announcement that the second reader was asked about, with its answer, as `--json` shows it."""
    return [{**shapes.announcement(item), "second": answer(item.second)} for item in items]


def answer(reading: SecondReading | None) -> shapes.Shape | None:
    """Give what the second reader answered; null when it wasn't asked or gave no answer."""
    if reading is None:
        return None
    return {
        "announced": reading.announced,
        "kind": reading.kind.value if reading.kind else None,
        "title": reading.title,
        "model": reading.model,
        "before": round(reading.before, 4),
    }
