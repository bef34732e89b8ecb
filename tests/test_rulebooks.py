"""Rules made ready outside the daemon know the names, the owners and the watchlist that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tellings import says, told

from monitor import config, rulebooks
from monitor.decide.matching import Reading
from monitor.decide.soundness import findings
from monitor.subscribing import Match, Subscription
from monitor.vocabulary import WatchKind
from monitor.watching import WatchItem

ITEMS = (WatchItem(kind=WatchKind.WORK, name="Osmosis", also=("Osmose",)),)


def subscribed(match: Match) -> Subscription:
    return Subscription(name="a", targets=("terminal",), match=match)


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Match(watchlist=True), True),
        (Match(works=("Osmose",)), True),
        (Match(platforms=("TF1",)), True),
        (Match(works=("Missions",)), False),
    ],
)
def test_names_owners_and_watchlist(tmp_path: Path, match: Match, *, expected: bool) -> None:
    settings = config.load(None, env={}, data_dir=tmp_path)
    book = rulebooks.ready(settings, [subscribed(match)], ITEMS)
    (change,) = told(says("Osmosis", platforms=("TF1+",))).changes
    assert bool(book.wanting(book.subject(change.story, change.announcement, Reading()))) is expected


def test_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "cocorico.toml").write_text('[watch]\nworks = [{ title = "Osmosis", on = ["Ma Chaîne"] }]')
    settings = config.load(None, env={}, data_dir=tmp_path)
    world = rulebooks.world(settings)
    assert {"Netflix", "Ma Chaîne"} <= set(world.platforms)
    assert findings(subscribed(Match(platforms=("Ma Chaine",), languages=("fr",))), world) == ()
    assert findings(subscribed(Match(watchlist=True, outlets=("nobody",))), world) == ()
    empty = config.load(None, env={}, data_dir=tmp_path / "none")
    (flaw,) = findings(subscribed(Match(watchlist=True)), rulebooks.world(empty, items=()))
    assert flaw.never
