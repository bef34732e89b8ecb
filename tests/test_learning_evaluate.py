"""The classifier is asked for all it considered, and what it says is counted as the labels say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from shipped import classifier

from monitor.classifier import FAINT
from monitor.classifier.score import Model
from monitor.data import folder
from monitor.learning.evaluate import Read, announced_in_front, evaluate, read_all
from monitor.learning.labelled import CorpusError, Fact, Labelled, read_corpus
from monitor.learning.measure import Counts
from monitor.types import Announcement, Document, Evidence
from monitor.vocabulary import Kind, Status, WorkType

SEEDS = sorted((folder("seeds") / "articles").glob("*/article.txt"))


@cache
def floor() -> float:
    return Model.load(folder("config") / "model.json").floor


def seed(path: Path) -> Document:
    return Document(title=path.read_text(encoding="utf-8").partition("\n")[0], text=path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.parent.name)
def test_weighing_begins_with_what_is_read(path: Path) -> None:
    read, weighed = classifier().read(seed(path)), classifier().weigh(seed(path))
    assert weighed[: len(read)] == read
    assert all(one.confidence < floor() for one in weighed[len(read) :])


def test_weighing_tells_of_what_is_too_unsure_to_be_read() -> None:
    unsure = [one for path in SEEDS for one in classifier().weigh(seed(path)) if one.confidence < floor()]
    assert min(one.confidence for one in unsure) < FAINT
    assert max(one.confidence for one in unsure) > FAINT


def corpus(tmp_path: Path, content: str, name: str = "corpus.jsonl") -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[1, 2]", "corpus.jsonl, line 1: an article is a table"),
        ('\n"text"', "corpus.jsonl, line 2: an article is a table"),
        ('{"id": "a"}', "line 1 (a): lacks 'title'"),
        ("{", "corpus.jsonl: Expecting"),
    ],
)
def test_a_record_that_is_none_is_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(CorpusError) as error:
        read_corpus(corpus(tmp_path, content))
    assert says in str(error.value)


def test_other_ends_of_lines_within_a_record_are_text(tmp_path: Path) -> None:
    line = '{"id": "a", "lang": "fr", "title": "Un\u2028deux\x85trois", "text": "", "label": [], "facts": []}'
    (article,) = read_corpus(corpus(tmp_path, "\ufeff" + line + "\r\n"))
    assert article.document.title == "Un\u2028deux\x85trois"


def fact(title: str, **changes: Any) -> Fact:
    given: dict[str, Any] = {
        "kind": Kind.RENEWAL,
        "platforms": (),
        "season": 2,
        "status": Status.CONFIRMED,
        "work_type": WorkType.SERIES,
    }
    return Fact(title=title, **{**given, **changes})


def labelled(number: int, *facts: Fact, **changes: Any) -> Labelled:
    given: dict[str, Any] = {
        "document": Document(title=f"Article {number}", language="fr"),
        "label": frozenset(fact.kind for fact in facts if fact.status is not Status.DENIED),
        "also_ok": (),
        "text_kind": "corpus",
        "language": "fr",
        "difficulty": "easy",
        "shape": "single",
    }
    return Labelled(id=str(number), facts=facts, **{**given, **changes})


def announced(title: str, *, confidence: float = 0.8, season: int = 2, kind: Kind = Kind.RENEWAL) -> Announcement:
    evidence = Evidence(sentence="", zone="headline", start=0, end=0)
    return Announcement(kind=kind, title=title, season=season, confidence=confidence, evidence=evidence)


def some_reads() -> list[Read]:
    """Forty articles, some right, some wrong in every way."""
    right = [Read(article=labelled(n, fact("La Digue")), weighed=(announced("La Digue"),)) for n in range(20)]
    season = [Read(article=labelled(n, fact("Le Port")), weighed=(announced("Le Port", season=3),)) for n in (20, 21)]
    missed = [Read(article=labelled(n, fact("La Digue")), weighed=()) for n in range(22, 27)]
    false = [Read(article=labelled(n), weighed=(announced("La Digue"),)) for n in range(27, 30)]
    return right + season + missed + false + [Read(article=labelled(n), weighed=()) for n in range(30, 40)]


def test_the_same_readings_give_the_same_evaluation() -> None:
    first, again, other = (evaluate(some_reads(), classifier(), seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.total.kinds[Kind.RENEWAL].f1 != other.total.kinds[Kind.RENEWAL].f1
    assert first.total.kinds[Kind.RENEWAL].counts == Counts(right=22, false=3, missed=5)


def test_errors_of_the_label_come_first() -> None:
    mistakes = evaluate(some_reads(), classifier()).mistakes
    assert [one.wrong_label for one in mistakes] == [True] * 8 + [False] * 2
    assert [one.article.id for one in mistakes] == [*map(str, range(22, 30)), "20", "21"]


@pytest.mark.parametrize(
    ("place", "changes", "found"),
    [
        ({"title": "Une saison 2 !"}, {}, {Kind.RENEWAL}),
        ({"title": "", "summary": "Une saison 2 !"}, {}, {Kind.RENEWAL}),
        ({"title": "", "text": "x" * 419 + "Une saison 2 !"}, {}, {Kind.RENEWAL}),
        ({"title": "", "text": "x" * 420 + "Une saison 2 !"}, {}, set()),
        ({"title": "Une saison 2 !"}, {"status": Status.DENIED}, set()),
        ({"title": "Une saison 2 !"}, {"kind": Kind.CANCELLATION}, set()),
        ({"title": "Une saison 2 !"}, {"quote": None}, set()),
    ],
)
def test_what_stands_in_front(place: dict[str, Any], changes: dict[str, Any], found: set[Kind]) -> None:
    given = {"quote": "Une saison 2", **changes}
    article = labelled(1, fact("La Digue", **given), document=Document(**place), label=frozenset({Kind.RENEWAL}))
    assert announced_in_front(article) == found


def test_a_label_that_would_do_takes_its_facts_along() -> None:
    free = labelled(1, fact("La Digue"), also_ok=(frozenset(), frozenset({Kind.NEW_ORIGINAL})))
    silent = evaluate([Read(article=free, weighed=())], classifier())
    assert (silent.facts["both"].announced, silent.mistakes) == (0, ())
    other = evaluate([Read(article=free, weighed=(announced("La Digue", kind=Kind.NEW_ORIGINAL),))], classifier())
    assert (other.facts["both"].announced, other.facts["both"].read, other.mistakes) == (0, 0, ())


def test_progress_is_told_article_by_article() -> None:
    ticks: list[int] = []
    reads = read_all([labelled(n) for n in range(3)], classifier(), lambda: ticks.append(len(ticks)))
    assert (len(reads), ticks) == (3, [0, 1, 2])


def test_a_work_or_a_platform_by_another_name_is_the_same() -> None:
    stated = fact("Call My Agent!", kind=Kind.RENEWAL, season=5, platforms=("Max",))
    text = "HBO Max a commandé une saison 5 de « Dix pour cent »."
    article = labelled(1, stated, document=Document(title="« Dix pour cent » aura une saison 5", text=text))
    (read,) = read_all([article], classifier(), lambda: None)
    (named,) = read.article.facts
    assert (named.title, named.platforms) == ("Dix pour cent", ("HBO Max",))
    assert {one.title for one in read.counted(0.5)} == {"Dix pour cent"}
