"""An article whose very text its site has published before: a second address of it, or a page for whatever is asked.

The same text for entries that the listing announced differently is no article of either: it is what the site serves
when there is nothing (a soft 404, a wall nobody knows yet), which its words alone did not tell (faults F22, P16).
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler import Article, RejectReason, same_site
from monitor.decide.entries import is_known
from monitor.store.articles import Twin
from monitor.store.values import StoredEntry
from monitor.types import Decision
from monitor.vocabulary import Outcome


def decided(article: Article, stored: StoredEntry | None, every: Sequence[Twin]) -> Decision | None:
    """Decide what becomes of an article whose text is known of its site; None when it is new, or another outlet's.

    Args:
        every: all articles with that text.
    """
    twin = next((one for one in every if same_site(one.url, article.url)), None)
    if twin is None:
        return None  # an agency's copy elsewhere corroborates
    if stored is None or article.partial or is_known(stored.entry, title=twin.listed_as, by="guid"):
        return Decision(outcome=Outcome.DUPLICATE, reason=f"the same article as {twin.url}")
    reason = f"{RejectReason.SOFT_404}: the same text as {twin.url}, which was listed under quite another headline"
    return Decision(outcome=Outcome.REJECTED, reason=reason)
