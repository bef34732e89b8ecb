"""The table of verdicts: beside `tables`, whose rules hold for it, too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from monitor.judgement import Verdict, Via
from monitor.store.columns import closed, identifier
from monitor.store.tables import Base
from monitor.vocabulary import Kind


class VerdictRow(Base):
    """What a reader said of a story. No foreign key: it outlives a story that is merged into another one."""

    __tablename__ = "verdicts"
    story: Mapped[str] = mapped_column(identifier(), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  #: the order in which it was said, whatever the clock said
    verdict: Mapped[Verdict] = mapped_column(closed(Verdict))
    value: Mapped[str | None]
    before: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(index=True)
    via: Mapped[Via] = mapped_column(closed(Via))
    who: Mapped[str]
    kind: Mapped[Kind] = mapped_column(closed(Kind))
    first_seen: Mapped[datetime]
    confidence: Mapped[float]
    articles: Mapped[tuple[str, ...]]
    undone_at: Mapped[datetime | None]
