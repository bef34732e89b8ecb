"""The tables of what the second reader was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.base import Base


class SecondAnswerRow(Base):
    """What the second reader answered to a question: it is asked each only once."""

    __tablename__ = "second_answers"
    question: Mapped[str] = mapped_column(String(64), primary_key=True)  #: SHA-256 of all that was asked, and of whom
    answer: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime] = mapped_column(index=True)


class SecondCountRow(Base):
    """Questions put to the second reader in a month."""

    __tablename__ = "second_counts"
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  #: such as 2026-11, in UTC
    asked: Mapped[int]
