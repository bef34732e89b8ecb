"""`cocorico sources list`: which sources are shown, and what is said of each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command import Done, call

from crawler import ListingStatus, Refusal
from monitor.cli.options import Spoken
from monitor.cli.session import begin
from monitor.cli.source_list import span
from monitor.decide.hosts import HostState, Reserved
from monitor.store import Store, checks, hosts
from monitor.store.checks import Check

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHECK = Check(
    source_id="bfmtv-series",
    at=NOW,
    status=ListingStatus.OK,
    entries=30,
    newest=NOW - timedelta(hours=1),
    length=3_400,
    pages=3,
    articles=2,
    error=None,
)


@pytest.fixture
def place(tmp_path: Path) -> Any:
    def run(*arguments: object) -> Done:
        return call("--data", tmp_path, "sources", "list", *arguments)

    return run


def ids(done: Done) -> list[str]:
    return [one["id"] for one in json.loads(done.out)]


def test_those_that_are_on_are_listed_and_the_others_counted(place: Any) -> None:
    on, off, every = (ids(place("--json", *filter(None, [option]))) for option in ("", "--off", "--all"))
    assert "bfmtv-series" in on
    assert "lemonde-series" in off
    assert sorted([*on, *off]) == sorted(every)
    assert f"{len(off)} more are off" in place().out
    assert "more are off" not in place("--all").out


def test_language_and_topic_narrow_the_list_down(place: Any) -> None:
    found = json.loads(place("--language", "en", "--topic", "trade", "--all", "--json").out)
    assert len(found) > 5
    assert {(one["language"], one["topic"]) for one in found} == {("en", "trade")}
    assert "bfmtv" not in place("--topic", "trade").out
    assert "0 more are off" in place("--topic", "gardening").out


def test_a_line_fits_into_a_hundred_columns(place: Any) -> None:
    assert max(len(line) for line in place("--all").out.splitlines()) <= 100


def test_the_last_check_is_shown_beside(place: Any, tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'cocorico.db'}") as store, store.write() as tx:
        checks.keep(tx, [CHECK])
    known = {one["id"]: one["check"] for one in json.loads(place("--json").out)}
    assert known["premiere"] is None
    assert known["bfmtv-series"] == {
        "at": "2026-11-21T09:00:00Z",
        "status": "ok",
        "entries": 30,
        "newest": "2026-11-21T08:00:00Z",
        "median_length": 3400,
        "pages": 3,
        "articles": 2,
        "error": None,
    }
    assert ": 30, 3400" in next(line for line in place().out.splitlines() if line.startswith("bfmtv-series"))


def test_a_no_is_shown_with_its_reason(place: Any, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    no = HostState(
        host="allocine.fr",
        refusal=Refusal.FORBIDDEN,
        refused_at=now,
        refused_page=True,
        probe_at=now + timedelta(days=1),
        detail="HTTP 403",
    )
    soon = now + timedelta(days=30)
    whole = Reserved(source="premiere", since=now, seen_at=now, until=soon, evidence="the tdm-reservation header")
    some = Reserved(source="cineserie", since=now, seen_at=now, evidence="tdmrep.json")
    with Store.open(f"sqlite:///{tmp_path / 'cocorico.db'}") as store, store.write() as tx:
        hosts.put(tx, no)
        for one in (whole, some):
            hosts.reserve(tx, one.source, one)
    lines = place().out.splitlines()
    pages = {line.split()[0]: line.split()[2] for line in lines if " on " in line}
    assert (pages["allocine-series"], pages["allocine-cine"]) == ("refused", "refused")
    assert (pages["premiere"], pages["cineserie"], pages["bfmtv-series"]) == ("reserved", "reserved", "all")
    assert any(line.startswith("allocine-series: allocine.fr refuses us (forbidden)") for line in lines)
    assert any("premiere: text and data mining is reserved, says the tdm-reservation header" in line for line in lines)
    french = place("--lang", "fr").out.splitlines()
    day = f"{now:%Y-%m-%d}"
    assert any(
        line.startswith(f"allocine-series : allocine.fr nous refuse (interdit) depuis le {day}") for line in french
    )
    assert "cineserie : la fouille de textes est réservée sur certaines de ses pages, dit tdmrep.json" in french
    assert (
        f"premiere : la fouille de textes est réservée, dit l'en-tête tdm-reservation ; redemandé le {soon:%Y-%m-%d}"
        in french
    )
    known = {one["id"]: one for one in json.loads(place("--json").out)}
    assert known["allocine-series"]["refusal"]["how"] == "forbidden"
    assert known["cineserie"]["reservation"]["evidence"] == "tdmrep.json"
    assert known["bfmtv-series"]["refusal"] is known["bfmtv-series"]["reservation"] is None


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=8), "8 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=2), "2 d"),
    ],
)
def test_a_time_is_written_in_its_largest_unit(time: timedelta, said: str) -> None:
    context: Any = type("Context", (), {"obj": None})
    assert span(begin(context, lang=Spoken.EN), time) == said


def test_a_check_takes_the_place_of_the_one_before(store: Store) -> None:
    later = replace(CHECK, at=NOW + timedelta(hours=1), entries=2)
    with store.write() as tx:
        checks.keep(tx, [CHECK])
        checks.keep(tx, [later])
    with store.read() as tx:
        assert checks.last(tx) == {"bfmtv-series": later}
