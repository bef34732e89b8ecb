"""The tables of WebSub."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from monitor.store.columns import closed, identifier
from monitor.store.tables import Base
from monitor.websub import HubState


class HubRow(Base):
    """A subscription at a hub."""

    __tablename__ = "hubs"
    source_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    hub: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(String(128))
    state: Mapped[HubState] = mapped_column(closed(HubState))
    asked_at: Mapped[datetime | None]
    tries: Mapped[int]
    confirmed_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    pushed_at: Mapped[datetime | None]
    error: Mapped[str | None]


class PushRow(Base):
    """What a hub pushed, until its job has read it."""

    __tablename__ = "pushes"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(identifier())
    body: Mapped[str] = mapped_column(Text)  #: base64
    content_type: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
