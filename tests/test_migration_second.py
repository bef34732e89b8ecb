"""A store of the first schema, with what it holds, comes up to the one with the second reader."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fakes import an_announcement, an_article, an_entry
from older import moved
from sqlalchemy import text

from monitor.store import Store, articles, entries, second
from monitor.store.trace import trace
from monitor.types import SecondReading
from monitor.vocabulary import Kind

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
READING = SecondReading(announced=False, kind=Kind.CANCELLATION, title=None, model="small", before=0.6)


def _first_schema(url: str, folder: Path) -> None:
    """Make a store of version 0001 with an article that announces something: what this version keeps, moved there."""
    now = f"sqlite:///{folder / 'now.db'}"
    with Store.open(now) as store, store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=NOW, outcome=None, reason=None)
        articles.add(tx, entry_id, an_article(), [an_announcement()], [None], text_hash="a" * 64)
    moved(now, url, to="0001")


def test_what_is_stored_survives_and_new_answers_find_their_place(store_url: str, tmp_path: Path) -> None:
    _first_schema(store_url, tmp_path)
    with Store.open(store_url) as store:
        with store.read() as tx:
            (before,) = trace(tx, an_entry().url).announcements
            assert before.announcement == an_announcement()
            assert before.announcement.second is None
        with store.write() as tx:
            entry_id = entries.add(tx, an_entry(2), now=NOW, outcome=None, reason=None)
            announced = [an_announcement(second=READING), an_announcement(season=3)]
            articles.add(tx, entry_id, an_article(2), announced, [None, None], text_hash="b" * 64)
            second.keep(tx, "q", {"said": "yes"}, now=NOW)
            second.keep(tx, "q", {"said": "no"}, now=NOW)
        with store.read() as tx:
            kept = [placed.announcement for placed in trace(tx, an_entry(2).url).announcements]
            assert kept == announced
            assert second.answer(tx, "q") == {"said": "yes"}
            nulls = "SELECT count(*) FROM announcements WHERE second IS NULL"
            assert tx.execute(text(nulls)).scalar() == 2
