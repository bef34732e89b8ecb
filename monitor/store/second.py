"""What the second reader was asked: its answers, so that nothing is asked twice, and how often it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from monitor.store.base import Tx, changed, insert_into, table
from monitor.store.second_tables import SecondAnswerRow, SecondCountRow


def answer(tx: Tx, question: str) -> Mapping[str, Any] | None:
    """Give the answer kept for a question (its SHA-256); None when it was never answered."""
    return tx.scalar(select(SecondAnswerRow.answer).where(SecondAnswerRow.question == question))


def keep(tx: Tx, question: str, given: Mapping[str, Any], *, now: datetime) -> None:
    """Keep an answer. The first one to a question stays: two nodes may have asked at once."""
    values = {"question": question, "answer": dict(given), "answered_at": now}
    tx.execute(insert_into(tx, SecondAnswerRow).on_conflict_do_nothing(), values)


def count(tx: Tx, now: datetime, *, most: int) -> bool:
    """Count one more question in this month; False, and nothing is counted, when that would be more than `most`."""
    month = _month(now)
    tx.execute(insert_into(tx, SecondCountRow).on_conflict_do_nothing(), {"month": month, "asked": 0})
    counts = table(SecondCountRow)
    less = (counts.c.month == month) & (counts.c.asked < most)
    return bool(changed(tx, update(counts).where(less).values(asked=counts.c.asked + 1)))


def uncount(tx: Tx, now: datetime) -> None:
    """Take back one question of this month: it reached nobody."""
    counts = table(SecondCountRow)
    some = (counts.c.month == _month(now)) & (counts.c.asked > 0)
    tx.execute(update(counts).where(some).values(asked=counts.c.asked - 1))


def counted(tx: Tx, now: datetime) -> int:
    """Tell how many questions were put in this month."""
    return tx.scalar(select(SecondCountRow.asked).where(SecondCountRow.month == _month(now))) or 0


def forget(tx: Tx, *, before: datetime, limit: int) -> int:
    """Delete old answers, at most so many; how many it were."""
    answers = table(SecondAnswerRow)
    old = list(tx.scalars(select(answers.c.question).where(answers.c.answered_at < before).limit(limit)))
    if old:
        tx.execute(delete(answers).where(answers.c.question.in_(old)))
    return len(old)


def _month(now: datetime) -> str:
    return now.strftime("%Y-%m")
