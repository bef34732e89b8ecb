"""The tables of hosts: how each stands with us, and whose publisher reserves mining."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from crawler import Refusal
from monitor.store.columns import closed, identifier
from monitor.store.tables import Base


class HostRow(Base):
    """A host as `decide.hosts.HostState` has it. The claim of jobs looks here, so that all nodes keep one pace."""

    __tablename__ = "hosts"
    host: Mapped[str] = mapped_column(Text, primary_key=True)
    visited_at: Mapped[datetime | None]
    visited_by: Mapped[str]
    rest_until: Mapped[datetime | None]
    closed_until: Mapped[datetime | None]
    pages_until: Mapped[datetime | None]
    limited: Mapped[int]
    refusal: Mapped[Refusal | None] = mapped_column(closed(Refusal), index=True)
    refused_at: Mapped[datetime | None]
    refused_page: Mapped[bool]
    detail: Mapped[str]
    strikes: Mapped[int]
    probe_at: Mapped[datetime | None]
    hour: Mapped[datetime | None]
    in_hour: Mapped[int]
    day: Mapped[datetime | None]
    in_day: Mapped[int]


class ReservationRow(Base):
    """A source whose publisher reserves text and data mining."""

    __tablename__ = "reservations"
    source: Mapped[str] = mapped_column(identifier(), primary_key=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    until: Mapped[datetime | None]
    evidence: Mapped[str]
    policy: Mapped[str | None]
