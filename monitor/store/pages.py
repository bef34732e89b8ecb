"""How the pages of each source ended: the last ones, and those before them in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, select

from crawler import Article, Rejected, RejectReason
from monitor import pages
from monitor.decide.blindness import ended
from monitor.pages import PageEnd, Pages
from monitor.store.hot import Hot, HotWrite
from monitor.store.notice_tables import PagesRow
from monitor.store.tables import Tx, replaced_in, table

#: Ends that say something of a site's pages; a missing page, a timeout or a host that says no do not.
_TELLING = frozenset(
    {
        *(RejectReason.TOO_SHORT, RejectReason.CONSENT_WALL, RejectReason.PAYWALL, RejectReason.CHALLENGE),
        *(RejectReason.SOFT_404, RejectReason.NOT_AN_ARTICLE, RejectReason.NOT_HTML, RejectReason.GATED),
    }
)


def note(tx: Tx, record: Article | Rejected) -> None:
    """Note how a page of a source ended; one that says nothing of the others is passed over."""
    note_all(tx, [record])


def note_all(tx: Tx, records: Sequence[Article | Rejected]) -> None:
    """Note how pages ended, in their order."""
    ends = [(record.source, end) for record in records if (end := _end(record))]
    if not ends:
        return
    found = _GIVEN.rows(tx, sources=sorted({source for source, _ in ends}))
    after = {row.source_id: pages.read(row.pages) for row in found}
    for source, end in ends:
        after[source] = ended(after.get(source, Pages()), end)
    _NOTE.run(tx, [{"source_id": source, "pages": pages.plain(known)} for source, known in after.items()])


def _end(record: Article | Rejected) -> PageEnd | None:
    if isinstance(record, Article):
        return PageEnd(how=record.tier, length=0 if record.partial else len(record.text))
    return PageEnd(how=record.reason) if record.reason in _TELLING else None


#: Made once: each page asks the one and runs the other.
_NOTE = HotWrite(replaced_in(PagesRow, ("source_id",), ("source_id", "pages")))
_GIVEN = Hot(select(table(PagesRow)).where(table(PagesRow).c.source_id.in_(bindparam("sources", expanding=True))))


def of(tx: Tx, source_id: str) -> Pages:
    """Give how the pages of a source ended."""
    return pages.read(tx.scalars(select(PagesRow.pages).where(PagesRow.source_id == source_id)).one_or_none())


def every(tx: Tx) -> Iterator[tuple[str, Pages]]:
    """Give how the pages of every source ended, one after the other: there may be tens of thousands."""
    return ((row.source_id, pages.read(row.pages)) for row in tx.execute(_EVERY))


_EVERY = select(table(PagesRow)).execution_options(yield_per=500)
