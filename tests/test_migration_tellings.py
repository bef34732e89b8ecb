"""A store from before stories were folded: what it holds is found and told on by the articles that come."""

from __future__ import annotations

from pathlib import Path

from older import moved
from tellings import says
from test_placing import tell

from monitor.store import Store, stories


def _before(url: str, folder: Path) -> None:
    """Make a store of the version before with one story: what this version keeps, moved there."""
    now = f"sqlite:///{folder / 'now.db'}"
    with Store.open(now) as store, store.write() as tx:
        tell(tx, (0, "gazette", says("Astrid et Raphaëlle"), ""))
    moved(now, url, to="0005")


def test_a_story_from_before_is_found_by_its_title_and_through_a_slip(store_url: str, tmp_path: Path) -> None:
    _before(store_url, tmp_path)
    with Store.open(store_url) as store, store.write() as tx:
        placed = tell(tx, (5, "Le Soir", says("Astrid et Rafaëlle"), ""))
        assert placed.changes == ()
        (story,) = stories.all(tx, 9)
        assert story.outlets == ("gazette", "Le Soir")
        assert story.disputed == ()
