"""How the pages of each source ended: the last ones, and those before them in figures."""

from __future__ import annotations

from sqlalchemy import select, update

from crawler import Article, Rejected, RejectReason
from monitor import pages
from monitor.decide.blindness import ended
from monitor.pages import PageEnd, Pages
from monitor.store.notice_tables import PagesRow
from monitor.store.tables import Tx, insert_into

#: Ends that say something of a site's pages; a missing page, a timeout or a host that says no do not.
_TELLING = frozenset(
    {
        *(RejectReason.TOO_SHORT, RejectReason.CONSENT_WALL, RejectReason.PAYWALL, RejectReason.CHALLENGE),
        *(RejectReason.SOFT_404, RejectReason.NOT_AN_ARTICLE, RejectReason.NOT_HTML, RejectReason.GATED),
    }
)


def note(tx: Tx, record: Article | Rejected) -> None:
    """Note how a page of a source ended; one that says nothing of the others is passed over."""
    if isinstance(record, Article):
        end = PageEnd(how=record.tier, length=0 if record.partial else len(record.text))
    elif record.reason in _TELLING:
        end = PageEnd(how=record.reason)
    else:
        return
    insert = insert_into(tx, PagesRow)
    tx.execute(insert.on_conflict_do_nothing(), {"source_id": record.source, "pages": pages.plain(Pages())})
    mine = PagesRow.source_id == record.source
    before = tx.scalars(select(PagesRow.pages).where(mine).with_for_update()).one()
    tx.execute(update(PagesRow).where(mine).values(pages=pages.plain(ended(pages.read(before), end))))


def of(tx: Tx, source_id: str) -> Pages:
    """Give how the pages of a source ended."""
    return pages.read(tx.scalars(select(PagesRow.pages).where(PagesRow.source_id == source_id)).one_or_none())


def every(tx: Tx) -> dict[str, Pages]:
    """Give how the pages of every source ended."""
    return {row.source_id: pages.read(row.pages) for row in tx.scalars(select(PagesRow))}
