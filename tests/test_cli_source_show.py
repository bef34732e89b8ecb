"""`cocorico sources show` and `move`: what people see of one source, and what programs read."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import call
from fakes import a_rejection, a_source, an_article, an_entry

from crawler import Lesson, ListingStatus, SiteReport, Template, host_key
from monitor.decide.notices import Condition
from monitor.rhythm import Rhythm
from monitor.store import Store, checks, entries, notices, pages, sources, templates
from monitor.store.checks import Check
from monitor.vocabulary import Alarm, Outcome

MOVED = "https://lune.example/new.xml"


def a_check(source: str, *, at: datetime, newest: datetime) -> Check:
    """Two of three pages had an article when it was looked at."""
    counts = {"entries": 20, "length": 1_900, "pages": 3, "articles": 2}
    return Check(source_id=source, at=at, status=ListingStatus.OK, newest=newest, error=None, **counts)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a source that has fallen silent, and one that nobody has polled."""
    folder, now = tmp_path_factory.mktemp("show"), datetime.now(UTC)  # the command reads the clock, too
    with Store.open(f"sqlite:///{folder}/cocorico.db") as store, store.write() as tx:
        sources.add(tx, a_source("lune", name="La Lune", notes="robots.txt lets us in."))
        sources.add(tx, a_source("neuve"))
        before = sources.state(tx, "lune")
        assert before is not None
        state = replace(
            before,
            status=ListingStatus.UNCHANGED,
            last_poll_at=now - timedelta(hours=3),
            last_ok_at=now - timedelta(hours=3),
            next_poll_at=now + timedelta(hours=4, minutes=1),
            news_at=now - timedelta(hours=9),
            moved_to=MOVED,
            rhythm=Rhythm(learned_at=now, counts=(30 * 14 / 24,) * 48, hours=(30.0,) * 48),
        )
        sources.polled(tx, "lune", state=state)
        for number in range(30):
            pages.note(
                tx, a_rejection(source="lune") if number % 10 == 0 else an_article(source="lune", text="x" * 2000)
            )
        for number, outcome in enumerate((Outcome.ANNOUNCED, Outcome.NOTHING, None)):
            entry = an_entry(number, source="lune", title=f"Titre {number}")
            entries.add(tx, entry, now=now - timedelta(hours=20 - number), outcome=outcome, reason="parce que")
        checks.keep(tx, [a_check("lune", at=now - timedelta(days=3), newest=now)])
        gone = SiteReport(lesson=Lesson.DROPPED, template=Template())
        templates.learned(tx, host_key(a_source("lune").url), gone, now=now - timedelta(days=4))
        notices.follow(tx, Condition(alarm=Alarm.SOURCE_SILENT, subject="lune", bad_since=now, raised_at=now))
    return folder


def test_a_card_in_french_and_in_english(data: Path) -> None:
    french = call("sources", "show", "lune", "--data", data, "--lang", "fr").out
    assert french.startswith("La Lune (lune)\n")
    assert f"État : déménagée  {MOVED}" in french
    assert "Relevés : le dernier il y a 3 h · toutes les " in french
    assert "Rythme : environ 0.58 nouveautés par heure à cette heure" in french
    assert f"Heures UTC : semaine {'█' * 24}  week-end {'█' * 24}" in french
    assert "Nouveautés : d'habitude 14 par jour, rien depuis 9 h" in french
    assert (
        "Pages : 18 des 20 dernières ont donné un article · 2000 caractères en général · lecture rapide 90%" in french
    )
    assert "Alerte : s'est tue" in french
    assert "Gabarit : abandonné il y a 4 j : son site a peut-être été refait" in french
    assert "Vérifiée : il y a 3 j : à jour, 20 entrées, 2 des 3 pages ont un texte" in french
    assert "Notes : robots.txt lets us in." in french
    rows = [line.split() for line in french.splitlines()[-3:]]
    assert [row[1:] for row in rows] == [
        ["Titre", "2", "en", "attente"],
        ["Titre", "1", "rien", "d'annoncé"],
        ["Titre", "0", "une", "nouvelle", "histoire"],
    ]
    english = call("sources", "show", "lune", "--data", data, "--lang", "en").out
    assert "News: usually 14 a day, none for 9 h" in english


def test_a_source_nobody_has_polled(data: Path) -> None:
    out = call("sources", "show", "neuve", "--data", data, "--lang", "en").out
    assert "State: not polled yet" in out
    unknown = call("sources", "show", "nowhere", "--data", data)
    assert unknown.code == 1
    assert "cocorico sources list" in unknown.err


def test_json_has_what_the_page_promises(data: Path) -> None:
    shown = json.loads(call("sources", "show", "lune", "--json", "--data", data).out)
    assert (shown["status"], shown["moved_to"], shown["usually_a_day"]) == ("moved", MOVED, 14.0)
    seen = datetime.fromisoformat(shown["last_new"])
    assert timedelta(hours=9) <= datetime.now(UTC) - seen < timedelta(hours=10)
    assert shown["pages"]["ends"] == {"fast": pytest.approx(0.9, abs=0.01), "too_short": pytest.approx(0.1, abs=0.01)}
    assert shown["pages"]["typical_length"] == 2000
    assert [one["alarm"] for one in shown["alarms"]] == ["source_silent"]
    assert [one["outcome"] for one in shown["entries"]] == [None, "nothing", "announced"]


def test_a_source_is_moved_to_where_it_went_or_where_one_says(data: Path, tmp_path: Path) -> None:
    data = shutil.copytree(data, tmp_path / "moved")  # the others read what this changes
    assert MOVED in call("sources", "move", "lune", "--data", data).out
    assert json.loads(call("sources", "show", "lune", "--json", "--data", data).out)["url"] == MOVED
    assert "has not moved" in call("sources", "move", "lune", "--data", data, "--lang", "en").out
    assert call("sources", "move", "lune", "not an address", "--data", data).code == 2
    assert "https://there.example/" in call("sources", "move", "lune", "https://there.example/", "--data", data).out
    configured = call("sources", "move", "bfmtv-series", "https://there.example/", "--data", data).out
    assert configured.endswith('[[source]]\nid = "bfmtv-series"\nurl = "https://there.example/"\n')
