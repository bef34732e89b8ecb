"""The watchlist: lists of other programs as they write them, kept once, known to what is read and to the rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from command import call

from monitor.decide.naming import title_key
from monitor.decide.watchlist import ListError, configured, merged, read, taught
from monitor.store import Store, watched
from monitor.types import Watch, WatchedWork
from monitor.vocabulary import Origin, WatchKind
from monitor.watching import WatchItem

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TRAKT_HEADING = (
    "rank,listed_at,type,title,year,trakt_id,imdb_id,tmdb_id,tvdb_id,url,released,runtime,season_number,"
    "season_trakt_id,season_tmdb_id,season_tvdb_id,episode_number,episode_title,episode_released,episode_trakt_id,"
    "episode_imdb_id,episode_tmdb_id,episode_tvdb_id,genres"
)
TRAKT_CSV = f"""{TRAKT_HEADING}
1,2026-03-01T10:00:00Z,show,La Digue des fous,2024,1,tt1,2,3,https://trakt.example/1,2024,52,,,,,,,,,,,,drama
2,2026-03-01T10:00:00Z,episode,"Phares, et balises",2025,4,tt4,5,6,https://t.example/4,2025,52,2,,,,3,Le Feu,,,,,,drama
3,2026-03-01T10:00:00Z,person,Camille Untel,,7,,,,https://trakt.example/7,,,,,,,,,,,,,,
4,2026-03-01T10:00:00Z,season,La Digue des fous,2024,1,tt1,2,3,https://trakt.example/1,2024,52,1,,,,,,,,,,,drama
"""
TRAKT_JSON: list[dict[str, Any]] = [
    {
        "rank": 1,
        "id": 101,
        "listed_at": "2026-03-01T10:00:00.000Z",
        "type": "show",
        "show": {"title": "La Digue des fous (FR)", "year": 2024, "ids": {"trakt": 1, "slug": "la-digue"}},
    },
    {"type": "episode", "episode": {"season": 1, "number": 2, "title": "Le Feu"}, "show": {"title": "Phares"}},
    {"type": "person", "person": {"name": "Camille Untel", "ids": {"trakt": 7}}},
    {"listed_at": "2026-03-01T10:00:00.000Z", "movie": {"title": "Un film", "year": 2026}},
]
SONARR: list[dict[str, Any]] = [
    {
        "title": "Les Marées (2025)",
        "alternateTitles": [{"title": "The Tides", "seasonNumber": -1}, {"title": "Les Marees"}, {"title": ""}],
        "sortTitle": "marees 2025",
        "status": "continuing",
        "network": "ARTE",
        "originalLanguage": {"id": 2, "name": "French"},
        "year": 2025,
        "tvdbId": 9,
    },
    {"title": "Somewhere Else", "originalLanguage": {"id": 1, "name": "English"}, "tvdbId": 10},
]


def plain(items: list[WatchItem]) -> list[tuple[str, str]]:
    return [(item.kind.value, item.name) for item in items]


@pytest.mark.parametrize(
    ("text", "expected", "source"),
    [
        ("name\nMissions\n\nOsmosis\nMISSIONS !\n", [("work", "Missions"), ("work", "Osmosis")], "csv"),
        (
            "\ufeffKind;Name\nperson;Camille Untel\nproducteur;Ma Prod\n",
            [("person", "Camille Untel"), ("producer", "Ma Prod")],
            "csv",
        ),
        ("Titre;Année\nMissions;2024\n", [("work", "Missions")], "csv"),
        ("Nom\nMissions\n", [("work", "Missions")], "csv"),
        ("title,type\nMissions,series\n", [("work", "Missions")], "csv"),
        (
            "name,kind\nLes Marées (2025),\nGhosts (FR),\n(1984),\nCamille (2001),person\n",
            [("work", "Les Marées"), ("work", "Ghosts"), ("work", "(1984)"), ("person", "Camille (2001)")],
            "csv",
        ),
        (
            TRAKT_CSV,
            [("work", "La Digue des fous"), ("work", "Phares, et balises"), ("person", "Camille Untel")],
            "trakt",
        ),
        (
            json.dumps(TRAKT_JSON),
            [("work", "La Digue des fous"), ("work", "Phares"), ("person", "Camille Untel"), ("work", "Un film")],
            "trakt",
        ),
        (json.dumps({"name": "a list", "items": TRAKT_JSON[:1]}), [("work", "La Digue des fous")], "trakt"),
        (json.dumps(SONARR), [("work", "Les Marées"), ("work", "Somewhere Else")], "sonarr"),
        (json.dumps(SONARR[1]), [("work", "Somewhere Else")], "sonarr"),
        ('[{"kind": "producer", "name": "Ma Prod"}]', [("producer", "Ma Prod")], "csv"),
    ],
)
def test_lists_as_programs_write_them(text: str, expected: list[tuple[str, str]], source: str) -> None:
    found = read(text)
    assert plain(found) == expected
    assert {item.source for item in found} == {source}


def test_other_names_and_origins_come_along() -> None:
    first, other = read(json.dumps(SONARR))
    assert (first.also, first.origin) == (("The Tides",), Origin.FRENCH)
    assert (other.also, other.origin) == ((), None)
    (own,) = read("name,also,origin\nPlus belle la vie,PBLV | Plus belle,french\n")
    assert (own.also, own.origin) == (("PBLV", "Plus belle"), Origin.FRENCH)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", 'the first line must be a heading with "name" or "title"'),
        ("Missions\nOsmosis\n", 'the first line must be a heading with "name" or "title"'),
        ("name\n", "the list names no work, person or producer"),
        ("name,kind\nMissions,novel\n", 'line 2: "novel" is none of work, person, producer'),
        ("[", "this is no JSON"),
        ("[1]", "item 1 must be an object"),
        ('[{"type": "season", "movie": {"title": "a"}}]', 'item 1 says that it is "season" and has no such part'),
        ('[{"type": "list", "name": "a"}]', 'item 1: "list" is none of work, person, producer'),
        (f"{'[' * 100_000}", "this is no JSON"),
    ],
)
def test_what_is_no_list_is_refused_with_the_place(text: str, says: str) -> None:
    with pytest.raises(ListError) as caught:
        read(text)
    assert str(caught.value).startswith(says)


def test_what_a_file_is_called_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ListError, match="this is no JSON"):
        read('"title": "Missions"', name="watchlist.json")
    with pytest.raises(ListError, match=r"a list in JSON begins with \[ or \{"):
        read('"title": "Missions"', name="-")
    with pytest.raises(ListError, match="this is a web page"):
        read("<!doctype html><title>Log in</title>", name="series.json")


def test_a_year_is_left_out_wherever_the_title_comes_from() -> None:
    own = Watch(works=(WatchedWork(title="Les Marées (2025)", also=("The Tides (FR)",)),))
    stored = [WatchItem(kind=WatchKind.WORK, name="Ghosts (FR)", also=("Fantômes (2025)",), source="csv")]
    assert [(work.title, work.also) for work in merged(own, stored).works] == [
        ("Les Marées", ("The Tides",)),
        ("Ghosts", ("Fantômes",)),
    ]


def test_the_configuration_counts_and_nothing_is_there_twice() -> None:
    own = Watch(works=(WatchedWork(title="Missions", also=("Mission Mars",)),), people=("Camille Untel",))
    items = [
        WatchItem(kind=WatchKind.WORK, name="MISSIONS"),
        WatchItem(kind=WatchKind.WORK, name="Osmosis", also=("Osmose", "Mission Mars")),
        WatchItem(kind=WatchKind.PERSON, name="Camille Untel"),
        WatchItem(kind=WatchKind.PERSON, name="Tom Nobody", source="trakt"),
        WatchItem(kind=WatchKind.PRODUCER, name="Ma Prod"),
    ]
    found = merged(own, items)
    assert found.works == (own.works[0], WatchedWork(title="Osmosis", also=("Osmose",), listed=True))
    assert (found.people, found.producers) == (("Camille Untel", "Tom Nobody"), ("Ma Prod",))
    assert taught(own, items).people == ("Camille Untel",)  # who is on a list need not make French works
    assert taught(own, items).works == found.works
    assert [item.name for item in configured(found)] == [
        *("Missions", "Osmosis", "Camille Untel", "Tom Nobody", "Ma Prod"),
    ]


def test_items_are_kept_once(store: Store) -> None:
    def keyed(*items: WatchItem) -> list[tuple[str, WatchItem]]:
        return [(title_key(item.name), item) for item in items]

    work = WatchItem(kind=WatchKind.WORK, name="Missions", also=("Mission Mars",), origin=Origin.FRENCH, source="csv")
    person = WatchItem(kind=WatchKind.PERSON, name="Missions")
    with store.write() as tx:
        assert watched.add(tx, keyed(work, person, work), now=NOW) == [work, person]
        assert watched.add(tx, keyed(WatchItem(kind=WatchKind.WORK, name="Les Missions")), now=NOW) == []
    with store.read() as tx:
        kept = watched.items(tx)
    assert [(item.kind, item.name, item.also, item.origin, item.added_at) for item in kept] == [
        (WatchKind.PERSON, "Missions", (), None, NOW),
        (WatchKind.WORK, "Missions", ("Mission Mars",), Origin.FRENCH, NOW),
    ]
    with store.write() as tx:
        assert watched.remove(tx, WatchKind.PRODUCER, title_key("missions")) == 0
        assert watched.remove(tx, WatchKind.PERSON, title_key("missions")) == 1
        assert watched.remove(tx, None, title_key("Missions")) == 1
        assert watched.items(tx) == ()


def test_add_list_and_remove(tmp_path: Path) -> None:
    at = ("--data", tmp_path)
    assert "watched yet" in call("watch", "list", *at).out
    assert call("watch", "add", "Les Marées", "--also", "The Tides", *at).out.startswith("Watching Les Marées")
    assert "already" in call("watch", "add", "Les Marées (2025)", *at).out
    assert call("watch", "add", "Ghosts (FR)", *at).out.startswith("Watching Ghosts;")
    assert call("watch", "remove", "Ghosts (FR)", *at).code == 0
    assert call("watch", "add", "LES MAREES", *at).out == "LES MAREES is on the watchlist already.\n"
    assert call("watch", "add", "Camille Untel", "--kind", "person", "--lang", "fr", *at).out.startswith("Camille")
    listed = json.loads(call("watch", "list", "--json", *at).out)
    assert [(one["kind"], one["name"], one["source"]) for one in listed] == [
        ("person", "Camille Untel", "hand"),
        ("work", "Les Marées", "hand"),
    ]
    shown = call("watch", "list", "--lang", "fr", *at).out
    assert "œuvre" in shown
    assert "The Tides" in shown
    refused = call("watch", "remove", "Les Maries", *at)
    assert refused.code == 1
    assert '"Les Maries" is not on the watchlist; did you mean "Les Marées"?' in refused.err
    assert call("watch", "remove", "les marées", *at).out == "les marées is watched no longer.\n"
    assert call("watch", "add", "...", *at).code == 2


def test_a_list_comes_in_once_and_goes_out_again(tmp_path: Path) -> None:
    at = ("--data", tmp_path)
    file = tmp_path / "sonarr.json"
    file.write_text(json.dumps(SONARR), encoding="utf-8")
    assert "Nothing was added" in call("watch", "import", file, "--dry-run", *at).out
    assert "Read: 2. Added: 2" in call("watch", "import", file, *at).out
    assert json.loads(call("watch", "import", file, "--json", *at).out) == {"read": 2, "added": []}
    out = call("watch", "list", "--json", *at).out
    other = tmp_path / "other"
    assert "Added: 2" in call("watch", "import", "-", "--data", other, stdin=out.encode()).out
    again = json.loads(call("watch", "list", "--json", "--data", other).out)
    assert [(one["name"], one["also"], one["origin"]) for one in again] == [
        ("Les Marées", ["The Tides"], "french"),
        ("Somewhere Else", [], None),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\xff\xfe", "not in UTF-8"), (b"[", "this is no JSON"), (None, "No such file or directory")],
)
def test_a_file_that_is_no_list(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "list"
    if content is not None:
        file.write_bytes(content)
    done = call("watch", "import", file, "--data", tmp_path)
    assert done.code == 1
    assert f"{file}: " in done.err
    assert says in done.err


def test_what_the_configuration_has_is_taken_out_there(tmp_path: Path) -> None:
    (tmp_path / "cocorico.toml").write_text('[watch]\nworks = ["Missions"]\nproducers = ["Ma Prod"]\n')
    assert [one["source"] for one in json.loads(call("watch", "list", "--json", "--data", tmp_path).out)] == [
        "configuration",
        "configuration",
    ]
    refused = call("watch", "remove", "Missions", "--data", tmp_path)
    assert "the configuration has it, under [watch]" in refused.err
