"""The seeds as full pages, through extraction, reading, deciding and keeping: what is told, once, and to whom."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from command import call

import crawler
from crawler import Article
from monitor import buyers, lores
from monitor.classifier import Classifier
from monitor.data import folder
from monitor.replay import Replay, on_terminal, replay
from monitor.saved import ReplayError, saved
from monitor.selfcheck import SEEDS, self_check
from monitor.store import Store
from monitor.subscribing import Match, Subscription
from monitor.types import Story
from monitor.vocabulary import ALERTED_KINDS, Kind, Outcome, Prominence, Status

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ARTICLES = folder("seeds") / "articles"
GIVEN = [ARTICLES / name for name in SEEDS]
OURS = sorted(path.parent for path in ARTICLES.glob("*/expected.toml") if path.parent.name not in SEEDS)


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


ONE = (Subscription(name="french-originals", targets=("terminal",)),)


def replayed(
    paths: Iterable[Path], store: Store | None = None, *, subscriptions: Sequence[Subscription] = ONE
) -> Replay:
    return replay(
        saved(paths, now=NOW),
        classifier=classifier(),
        subscriptions=subscriptions,
        fresh=timedelta(days=2),
        groups=buyers.load(folder("config")),
        lore=lores.load(folder("config")),
        now=NOW,
        store=store,
    )


@pytest.fixture(scope="module", params=["page.html", "article.txt"])
def four(request: pytest.FixtureRequest) -> Replay:
    return replayed(path / request.param for path in GIVEN)


def alerted(stories: Iterable[Story]) -> list[Story]:
    return [story for story in stories if story.kind in ALERTED_KINDS]


def test_the_four_seeds_give_seven_stories_and_four_messages(four: Replay) -> None:
    kinds = Counter(story.kind for story in alerted(four.stories))
    assert kinds == {Kind.NEW_ORIGINAL: 5, Kind.RENEWAL: 2}
    assert [Path(one.path).parent.name for one in four.articles] == list(SEEDS)
    assert [one.outcome for one in four.articles] == [Outcome.ANNOUNCED] * 4
    assert len(four.alerts) == 4


def test_a_message_lists_all_its_article_opens_and_the_headline_first(four: Replay) -> None:
    heard = [[(one.story.title, one.story.season) for one in alert.stories] for alert in four.alerts]
    assert heard[:3] == [[("Osmosis", None)], [("Missions", 2)], [("Anthracite", 2)]]
    assert heard[3][0] == (None, None)
    assert {title for title, _ in heard[3][1:]} == {"The Eddy", "Huge in France", None}
    assert four.alerts[3].stories[0].announcement.prominence is Prominence.HEADLINE
    saglio = [one.story.people for one in four.alerts[3].stories[1:] if one.story.title is None]
    assert saglio == [("Noémie Saglio",)]


def test_what_is_said_of_each_is_exact(four: Replay) -> None:
    facts = {
        (story.title, story.season): (set(story.platforms), story.status, story.prominence)
        for story in alerted(four.stories)
        if story.title
    }
    assert facts == {
        ("Osmosis", None): ({"Netflix"}, Status.CONFIRMED, Prominence.HEADLINE),
        ("Missions", 2): ({"AMC", "OCS"}, Status.CONFIRMED, Prominence.HEADLINE),
        ("Anthracite", 2): ({"Netflix"}, Status.IN_DEVELOPMENT, Prominence.HEADLINE),
        ("The Eddy", None): ({"Netflix"}, Status.CONFIRMED, Prominence.BODY),
        ("Huge in France", None): ({"Netflix"}, Status.CONFIRMED, Prominence.BODY),
    }


def test_osmosis_in_the_fourth_article_joins_the_story_of_the_first(four: Replay) -> None:
    (osmosis,) = [story for story in four.stories if story.title == "Osmosis"]
    assert osmosis.outlets == ("bfmtv", "depeche")
    assert [step.field for step in osmosis.history] == ["opened", "corroborated"]


def test_what_is_not_an_announcement_is_told_to_nobody(four: Replay) -> None:
    told = {one.story.title for alert in four.alerts for one in alert.stories}
    assert told.isdisjoint({"Marseille", "Blockbuster", "Zone Blanche"})
    recorded = {(story.title, story.kind) for story in four.stories}
    assert ("Missions", Kind.ACQUISITION) in recorded
    assert ("Marseille", Kind.RELEASE_DATE) in recorded


def test_a_second_replay_on_the_same_store_owes_nothing() -> None:
    with Store.memory() as store:
        assert len(replayed(GIVEN, store).alerts) == 4
        again = replayed(GIVEN, store)
        assert again.alerts == ()
        assert {one.outcome for one in again.articles} == {Outcome.DUPLICATE}


def test_subscriptions_that_write_alike_share_a_message_as_they_do_in_the_daemon() -> None:
    match = Match(kinds=frozenset({Kind.RENEWAL}))
    rules = on_terminal(
        (
            Subscription(name="all", targets=("phone",)),
            Subscription(name="renewals", targets=("phone", "mail"), match=match),
            Subscription(name="in English", targets=("phone",), language="en"),
        )
    )
    found = replayed(GIVEN, subscriptions=rules)
    assert [alert.subscriptions for alert in found.alerts] == [
        ("all",),
        ("in English",),
        ("all", "renewals"),
        ("in English",),
        ("all", "renewals"),
        ("in English",),
        ("all",),
        ("in English",),
    ]


@pytest.mark.parametrize("name", SEEDS)
def test_no_boilerplate_reaches_the_classifier(name: str) -> None:
    (one,) = saved([ARTICLES / name / "page.html"], now=NOW)
    assert isinstance(one.record, Article)
    text = f"{one.record.title}\n{one.record.summary}\n{one.record.text}".lower()
    for rubbish in ("cookie", "date 2024-05", "© ocs", "à lire aussi", "filtrer par", "newsletter", "commentaires"):
        assert rubbish not in text


def test_nine_tenths_of_our_own_pages_come_out_as_they_should() -> None:
    wrong = [path.name for path in OURS if not as_expected(path)]
    assert len(OURS) >= 30
    assert len(wrong) <= len(OURS) // 10, f"not as expected: {', '.join(wrong)}"


def as_expected(path: Path) -> bool:
    truth = tomllib.loads((path / "expected.toml").read_text(encoding="utf-8"))
    result = replayed([path])
    (one,) = result.articles
    told = {
        (item.story.kind.value, item.story.title, item.story.season)
        for alert in result.alerts
        for item in alert.stories
    }
    must = {
        (table["kind"], table.get("title"), table.get("season"))
        for table in truth.get("announcement", [])
        if table["alerted"] and not table.get("optional")
    }
    may = {
        (kind, table.get("title"), table.get("season"))
        for table in truth.get("announcement", [])
        for kind in (table["kind"], *table.get("also_kind", []))
    }
    right = one.outcome in {truth["outcome"], *truth.get("also_ok", [])}
    return right and must <= told and told <= must | may


def test_a_saved_record_stream_is_replayed(tmp_path: Path) -> None:
    records = [one.record for one in saved([*GIVEN], now=NOW)]
    stream = tmp_path / "crawl.jsonl"
    stream.write_text("".join(crawler.encode(record) + "\n" for record in records), encoding="utf-8")
    assert len(replayed([stream]).alerts) == 4


def test_the_self_check_recognises_the_seeds() -> None:
    check = self_check(classifier(), now=NOW)
    assert check.right, check
    assert check.renewals == ("Missions", "Anthracite")


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match=r"nowhere\.txt: no such file or folder"):
        replayed([tmp_path / "nowhere.txt"])


def test_an_empty_file_is_rejected_and_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = replayed([tmp_path, *GIVEN[:1]])
    assert [one.outcome for one in result.articles] == [Outcome.REJECTED, Outcome.ANNOUNCED]


def test_a_replay_goes_by_the_watchlist(tmp_path: Path) -> None:
    article, config = tmp_path / "article.txt", tmp_path / "cocorico.toml"
    sentence = "France 2 a commandé « La Crue », une série réalisée par Pauline Chabot."
    article.write_text(f"France 2 commande « La Crue »\n\n{sentence}\n", encoding="utf-8")
    rule = '[[subscriptions]]\nname = "mine"\ntargets = ["terminal"]\nmatch = { watchlist = true }\n'
    config.write_text(f'[watch]\npeople = ["Pauline Chabot"]\n\n{rule}', encoding="utf-8")
    done = call("replay", "--json", article, "--config", config, "--data", tmp_path)
    assert (done.code, [one["outcome"] for one in json.loads(done.out)["articles"]]) == (0, ["announced"])
