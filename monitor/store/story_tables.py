"""The tables that stories are found and tied by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.columns import identifier
from monitor.store.tables import Base


class StoryCueRow(Base):
    """What a story is found by: hashes of its titles, of their halves, of its people (see `decide.cues`)."""

    __tablename__ = "story_cues"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- the key is the whole row
    cue: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    story_id: Mapped[str] = mapped_column(
        identifier(), ForeignKey("stories.id", deferrable=True, initially="DEFERRED"), primary_key=True, index=True
    )


class StoryTieRow(Base):
    """What a person said of two tellings: one fact, or two. Both ways, so that either finds the other."""

    __tablename__ = "story_ties"
    one: Mapped[str] = mapped_column(identifier(), primary_key=True)  #: `decide.naming.mark` of a telling
    other: Mapped[str] = mapped_column(identifier(), primary_key=True)
    other_url: Mapped[str] = mapped_column(Text)  #: the article that the other stands in
    together: Mapped[bool]
    leads: Mapped[bool]  #: the story that the other tells was the one kept: its season counts
    tied_at: Mapped[datetime]
