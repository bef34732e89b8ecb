"""What `cocorico sources check` found, the last time for each source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from crawler import ListingStatus, check_utc
from monitor.store.columns import closed, identifier
from monitor.store.tables import Base, Tx, insert_into, table


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """How a source did when it was asked by hand."""

    source_id: str
    at: datetime
    status: ListingStatus
    entries: int
    newest: datetime | None  #: of the entries' dates
    length: int | None  #: median of the extracted texts' lengths, in characters; None when no page was read
    pages: int  #: that were asked for
    articles: int  #: of them that yielded text
    error: str | None  #: one line for people

    def __post_init__(self) -> None:
        check_utc(self.at)
        check_utc(self.newest)


class CheckRow(Base):
    """The last check of a source; no foreign key, since a source need not have been polled."""

    __tablename__ = "checks"
    source_id: Mapped[str] = mapped_column(identifier(), primary_key=True)
    at: Mapped[datetime]
    status: Mapped[ListingStatus] = mapped_column(closed(ListingStatus))
    entries: Mapped[int]
    newest: Mapped[datetime | None]
    length: Mapped[int | None]
    pages: Mapped[int]
    articles: Mapped[int]
    error: Mapped[str | None]


_FIELDS = tuple(field.name for field in fields(Check))


def keep(tx: Tx, checks: Iterable[Check]) -> None:
    """Keep checks, each in the place of the source's last one."""
    for check in checks:
        values = asdict(check)
        statement = insert_into(tx, CheckRow)
        others = {name: statement.excluded[name] for name in _FIELDS if name != "source_id"}
        tx.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=others), values)


def last(tx: Tx) -> dict[str, Check]:
    """Give the last check of each source that had one, by its id."""
    return {
        row.source_id: Check(**{name: getattr(row, name) for name in _FIELDS})
        for row in tx.scalars(select(CheckRow).order_by(table(CheckRow).c.source_id))
    }
