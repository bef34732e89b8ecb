"""The tables of what Cocorico notices of itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.columns import closed, identifier
from monitor.store.tables import Base
from monitor.vocabulary import Alarm, NoticeKind


class NoticeRow(Base):
    """Something that was noticed of Cocorico itself, for ever: its id is what makes it be told once."""

    __tablename__ = "notices"
    id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(closed(NoticeKind))
    subject: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]


class ConditionRow(Base):
    """Something that is watched, and how it has been: what tells a passing trouble from one worth a notice."""

    __tablename__ = "conditions"
    alarm: Mapped[Alarm] = mapped_column(closed(Alarm), primary_key=True)
    subject: Mapped[str] = mapped_column(identifier(), primary_key=True)
    bad_since: Mapped[datetime | None]
    good_since: Mapped[datetime | None]
    raised_at: Mapped[datetime | None]


class PagesRow(Base):
    """How the pages of a source ended, lately and before: what tells that a site was rebuilt."""

    __tablename__ = "source_pages"
    source_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    pages: Mapped[dict[str, Any]]  #: see `monitor.pages`
