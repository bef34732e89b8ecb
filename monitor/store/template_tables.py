"""The table of what is known of how sites make their pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from crawler import Lesson
from monitor.store.columns import closed, identifier
from monitor.store.tables import Base


class TemplateRow(Base):
    """What the pages of a host taught: where their text stands, and how the last page that changed it fared."""

    __tablename__ = "templates"
    host: Mapped[str] = mapped_column(identifier(), primary_key=True)
    template: Mapped[dict[str, Any]]
    lesson: Mapped[Lesson] = mapped_column(closed(Lesson))  #: of the last page that changed it
    reason: Mapped[str]
    changed_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]  #: when one was dropped last: the site may have been redesigned then
