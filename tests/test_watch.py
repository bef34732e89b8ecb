"""The user's own works and people are known at once: from the configuration to what is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import call
from fakeweb import Clock, FakeWeb

from crawler import Limits
from monitor import config
from monitor.app import Monitor
from monitor.classifier import Classifier
from monitor.classifier.gazetteer import Gazetteer
from monitor.config import Config, ConfigError, CrawlConfig, StoreConfig
from monitor.data import folder
from monitor.types import Announcement, Document, Watch, WatchedWork
from monitor.vocabulary import Kind, Origin

GAZETTEER = Gazetteer.load(folder("config") / "gazetteer.toml")
WATCH = Watch(
    works=(WatchedWork(title="On ira au phare"), WatchedWork(title="Demain"), WatchedWork(title="Zorglub")),
    people=("Zep",),
)
PLAIN, WATCHING = Classifier.load(folder("config")), Classifier.load(folder("config"), watch=WATCH)


def read(classifier: Classifier, title: str, text: str = "") -> list[Announcement]:
    return list(classifier.read(Document(title=title, text=text, language="fr")))


def watched(tmp_path: Path, text: str, **env: str) -> Watch:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path, env=env, data_dir=tmp_path).watch


# ---- What is read ----


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("On ira au phare : France 2 commande une saison 2", "On ira au phare"),
        ("France 2 renouvelle On ira au phare pour une deuxième saison", "On ira au phare"),
        ("La saison 3 de Demain est commandée par France 2", "Demain"),
    ],
)
def test_an_unquoted_title_nobody_knew_is_read(headline: str, title: str) -> None:
    assert title not in {one.title for one in read(PLAIN, headline)}
    (one,) = read(WATCHING, headline)
    assert (one.title, one.kind, one.origin) == (title, Kind.RENEWAL, Origin.FRENCH)


@pytest.mark.parametrize(
    "headline",
    [
        "Demain, France 2 fête la saison des vendanges",
        "Demain sera un autre jour pour la saison 2",
        "Il faudra attendre demain pour la saison 2 commandée par TF1",
    ],
)
def test_an_everyday_word_needs_a_sign(headline: str) -> None:
    assert "Demain" not in {one.title for one in read(WATCHING, headline)}


def test_whether_a_title_is_an_everyday_word_can_be_said() -> None:
    sure = GAZETTEER.watching(Watch(works=(WatchedWork(title="Demain", ambiguous=False),)))
    assert [(m.value, m.strength) for m in sure.marks("demain revient", "Demain revient")] == [("Demain", 3)]
    found = GAZETTEER.watching(WATCH)
    assert [(m.value, m.strength) for m in found.marks("demain revient", "Demain revient")] == [("Demain", 1)]


def test_a_person_is_known_as_creator_and_speaks_for_france() -> None:
    text = "La plateforme a commandé une nouvelle série créée par Zep."
    unknown = read(PLAIN, "Netflix commande une série", text)
    assert {(one.people, one.origin) for one in unknown} <= {((), Origin.UNKNOWN)}
    found = read(WATCHING, "Netflix commande une série", text)
    assert ("Zep",) in {one.people for one in found}
    assert {one.origin for one in found} == {Origin.FRENCH}


def test_a_watched_name_makes_an_article_worth_fetching() -> None:
    assert not PLAIN.promising("On ira au phare", "Elle revient.")
    assert WATCHING.promising("On ira au phare", "Elle revient.")


# ---- Beside the gazetteer's own ----


def test_a_known_work_is_extended_and_keeps_its_facts() -> None:
    before = GAZETTEER.works["HPI"]
    found = GAZETTEER.watching(Watch(works=(WatchedWork(title="hpi", also=("Morgane",), on=("canal plus",)),)))
    assert found.known_as("Morgane") == found.works["HPI"]
    after = found.works["HPI"]
    assert (after.seasons, after.year, after.origin, after.ambiguous) == (
        *(before.seasons, before.year, before.origin, before.ambiguous),
    )
    assert after.platforms == (*before.platforms, "Canal+")
    assert set(found.works) == set(GAZETTEER.works)
    assert GAZETTEER.known_as("Morgane") is None  # the former one is as it was


def test_only_what_is_stated_replaces_the_gazetteers() -> None:
    foreign = next(work for work in GAZETTEER.works.values() if work.origin is Origin.FOREIGN and not work.ambiguous)
    for origin, after in ((None, Origin.FOREIGN), (Origin.FRENCH, Origin.FRENCH), (Origin.UNKNOWN, Origin.UNKNOWN)):
        watch = Watch(works=(WatchedWork(title=foreign.title, origin=origin),))
        assert GAZETTEER.watching(watch).works[foreign.title].origin is after


def test_a_work_only_the_user_knows_is_french_unless_said() -> None:
    works = (WatchedWork(title="Zorglub", also=("Zorg",)), WatchedWork(title="Bulgroz", origin=Origin.UNKNOWN))
    found = GAZETTEER.watching(Watch(works=works)).works
    assert (found["Zorglub"].origin, found["Zorglub"].ambiguous) == (Origin.FRENCH, True)
    assert found["Bulgroz"].origin is Origin.UNKNOWN


def test_watching_nothing_changes_nothing() -> None:
    assert GAZETTEER.watching(Watch()) is GAZETTEER


# ---- Configuration and commands ----


def test_works_are_titles_or_tables(tmp_path: Path) -> None:
    text = """
    [watch]
    works = [" Zorglub ", { title = "La Digue", also = ["Digue"], origin = "unknown", on = ["Arte"], ambiguous = true }]
    people = ["Zep"]
    """
    assert watched(tmp_path, text) == Watch(
        works=(
            WatchedWork(title="Zorglub"),
            WatchedWork(title="La Digue", also=("Digue",), origin=Origin.UNKNOWN, on=("Arte",), ambiguous=True),
        ),
        people=("Zep",),
    )
    assert watched(tmp_path, "") == Watch()
    assert watched(tmp_path, "", COCORICO__WATCH__PEOPLE="Zep, Zazie").people == ("Zep", "Zazie")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("works = 3", "[watch] works: must be a list, not 3"),
        ("works = [3]", "[watch] works no. 1: must be a title in quotes, or a table such as { title ="),
        ('works = ["a", " "]', '[watch] works no. 2: " " must be a title in quotes, or a table'),
        ("works = [{ also = [] }]", '[watch] works no. 1: "title" is missing'),
        ('works = [{ titel = "a", title = "b" }]', 'works no. 1 titel: unknown key; did you mean "title"?'),
        (
            'works = [{ title = "a", origin = "franch" }]',
            'origin: "franch" is not one of french, foreign, unknown; did',
        ),
        ('works = [{ title = "..." }]', 'works no. 1 title: "..." must be a name with a letter or a digit in it'),
        ('works = ["Zorglub", { title = "zorglub" }]', '[watch] works: "zorglub" is there twice'),
        ('people = [""]', '[watch] people no. 1: "" must be a name with a letter or a digit in it'),
        ('peopel = ["Zep"]', '[watch] peopel: unknown key; did you mean "people"?'),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        watched(tmp_path, f"[watch]\n{text}")
    (line,) = caught.value.mistakes
    assert line.startswith("mine.toml:2: [watch]")
    assert says in line


ARTICLE = "On ira au phare : France 2 commande une saison 2\n\nTournage au printemps.\n"


def settings(tmp_path: Path) -> Path:
    path = tmp_path / "cocorico.toml"
    path.write_text('[watch]\nworks = ["On ira au phare"]\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("explain", [(), ("--explain",)])
def test_classify_knows_what_is_watched(tmp_path: Path, explain: tuple[str, ...]) -> None:
    def titles(*arguments: object) -> list[str]:
        done = call(
            "--data", tmp_path / "none", "classify", "-", "--json", *explain, *arguments, stdin=ARTICLE.encode()
        )
        return [one["title"] for one in json.loads(done.out)["announcements"]]

    assert "On ira au phare" not in titles()
    assert titles("--config", settings(tmp_path)) == ["On ira au phare"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_so_do_the_processes_that_read_many(tmp_path: Path, jobs: int) -> None:
    line = json.dumps({"id": 1, "title": "On ira au phare : France 2 commande une saison 2", "text": ""})
    done = call(
        *("--data", tmp_path, "classify", "--jsonl", "--jobs", jobs, "--config", settings(tmp_path)),
        stdin=f"{line}\n".encode(),
    )
    assert [one["title"] for one in json.loads(done.out)["announcements"]] == ["On ira au phare"]


def test_so_does_replay(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    done = call("--data", tmp_path, "replay", "--json", "--config", settings(tmp_path), article)
    assert [story["title"] for story in json.loads(done.out)["stories"]] == ["On ira au phare"]


def test_so_does_the_daemon(tmp_path: Path) -> None:
    clock = Clock()
    settings = Config(
        data_dir=tmp_path,
        store=StoreConfig(url=f"sqlite:///{tmp_path / 'c.db'}"),
        crawl=CrawlConfig(limits=Limits()),
        watch=WATCH,
    )
    with Monitor(settings, crawler=FakeWeb(clock=clock), terminal=lambda _: None, clock=clock) as monitor:
        (one,) = read(monitor.classifier, "On ira au phare : France 2 commande une saison 2")
    assert one.title == "On ira au phare"
