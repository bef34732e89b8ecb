"""What is wrong with a corpus is found, and said with file, id, what and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

from monitor.learning.__main__ import main
from monitor.learning.balance import ARTICLES, shortfalls
from monitor.learning.check import Problem, Written, check
from monitor.learning.labelled import Labelled, labelled
from monitor.learning.schema import MANNERS, TAGS, Place, places
from monitor.types import Document

QUOTE = "La chaîne a signé pour une deuxième saison de « Bellerive »"


def fact(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {"kind": "renewal", "title": "Bellerive", "season": 2, "platforms": ["TF1"]}
    made |= {"status": "confirmed", "work_type": "series", "quote": QUOTE}
    return {name: value for name, value in (made | changes).items() if value is not None}


def record(**changes: object) -> dict[str, object]:
    made: dict[str, object] = {"id": "tr-a-001", "lang": "fr", "outlet": "Le Phare", "manner": "people"}
    made |= {"date": date(2024, 3, 12), "difficulty": "hard", "shape": "single", "works": ["Bellerive"]}
    made |= {"label": ["renewal"], "title": "« Bellerive » : c'est signé", "summary": "Les fans respirent."}
    made |= {"text": f"{QUOTE}, dit-on à Lyon.\nLe tournage, lui, attendra le printemps prochain.", "facts": [fact()]}
    return {name: value for name, value in (made | changes).items() if value is not None}


def other(name: str, **changes: object) -> dict[str, object]:
    """Make an article that announces nothing and has no word in common with `record`."""
    made: dict[str, object] = {"label": [], "facts": [], "works": [], "summary": None}
    made |= {"title": "Foire", "text": "Cent vaches défilaient hier sous la pluie battante du bourg."}
    return record(**({"id": name} | made | changes))


def problems(*records: dict[str, object], folder: str = "train", seeds: Iterable[str] = ()) -> list[Problem]:
    written = [Written(file=f"{folder}/x-01.toml", record=one) for one in records]
    return found(written, seeds=seeds)


def found(written: list[Written], *, seeds: Iterable[str] = ()) -> list[Problem]:
    named = {f"number {number}": text for number, text in enumerate(seeds)}
    return list(check(written, seeds=named, platforms=frozenset({"TF1", "Netflix"}), balanced=False).problems)


def said(*records: dict[str, object], folder: str = "train", seeds: Iterable[str] = ()) -> str:
    return "\n".join(map(str, problems(*records, folder=folder, seeds=seeds)))


def test_a_good_article_is_in_order() -> None:
    assert problems(record()) == []


def test_a_problem_says_where_what_and_what_to_do() -> None:
    expected = "train/x-01.toml, tr-a-001: manner of the article is 'loud'; choose one of " + ", ".join(MANNERS)
    assert said(record(manner="loud")) == expected


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"outlet": None}, "the article lacks outlet"),
        ({"colour": "blue"}, "the article has an unknown key, colour"),
        ({"outlet": " "}, "outlet says nothing"),
        ({"text": 7, "facts": [], "label": []}, "text says nothing"),
        ({"summary": 7}, "summary is no text"),
        ({"works": "Bellerive", "facts": [], "label": []}, "works is no list of texts"),
        ({"difficulty": "medium"}, "difficulty of the article is 'medium'"),
        ({"shape": "square"}, "shape of the article is 'square'"),
        ({"date": "2024-03-12"}, "date is '2024-03-12'"),
        ({"date": datetime(2024, 3, 12)}, "date is datetime.datetime(2024, 3, 12"),  # noqa: DTZ001 - as TOML gives it
        ({"lang": "français"}, "lang is 'français'"),
        ({"id": "tr-1"}, "id is 'tr-1'; call it tr-<letter>-<three digits>"),
        ({"id": "te-a-001"}, "id is 'te-a-001'"),
        ({"traps": ["117"]}, "traps has '117'"),
        ({"lookalikes": ["w:nothing"]}, "lookalikes has 'w:nothing'"),
        ({"label": ["renewal", "cancellation"]}, "label has 'cancellation'"),
        ({"also_ok": ["renewal"]}, "also_ok is no list of labels"),
        ({"also_ok": [["cancellation"]]}, "also_ok is no list of labels"),
        ({"facts": ["renewal"]}, "facts are no tables"),
        ({"label": []}, "label is [], the facts say ['renewal']"),
        ({"label": ["new_original", "renewal"]}, "label is ['new_original', 'renewal'], the facts say ['renewal']"),
        ({"facts": [fact(status="denied")]}, "label is ['renewal'], the facts say []"),
        ({"copy_of": "tr-a-009"}, "it is a copy_of 'tr-a-009', which there is not"),
    ],
)
def test_an_article_that_is_not_well_formed(changes: dict[str, object], complaint: str) -> None:
    assert complaint in said(record(**changes))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"platforms": None}, "fact 1 lacks platforms"),
        ({"weight": 3}, "fact 1 has an unknown key, weight"),
        ({"kind": "rumour"}, "kind of fact 1 is 'rumour'"),
        ({"status": "certain"}, "status of fact 1 is 'certain'"),
        ({"work_type": "unknown"}, "work_type of fact 1 is 'unknown'"),
        ({"season": "2"}, "season of fact 1 is '2'"),
        ({"season": True}, "season of fact 1 is True"),
        ({"season": 0}, "season of fact 1 is 0"),
        ({"count": 1}, "count of fact 1 is 1"),
        ({"final": "yes"}, "final of fact 1 is 'yes'"),
        ({"platforms": ["TF One"]}, "platforms of fact 1 are ['TF One']"),
        ({"platforms": "TF1"}, "platforms of fact 1 are 'TF1'"),
        ({"title": "Belle Rive"}, "title of fact 1 is 'Belle Rive', which works lacks"),
        ({"spin_off_of": "La Digue"}, "spin_off_of of fact 1 is 'La Digue', which works lacks"),
        ({"quote": "Elle reviendra"}, "the quote of fact 1 stands nowhere"),
        ({"quote": " "}, "the quote of fact 1 stands nowhere"),
        ({"quote": "« Bellerive »"}, "the quote of fact 1 stands 2 times"),
    ],
)
def test_a_fact_that_is_not_well_formed(changes: dict[str, object], complaint: str) -> None:
    assert complaint in said(record(facts=[fact(**changes)]))


def test_a_quote_has_its_place() -> None:
    document = Document(title="Une saison 2", summary="C'est dit.", text="On le sait. C'est écrit.")
    assert places("C'est écrit", document) == (Place(part="text", start=12, end=23),)
    assert places("C'est", document) == (Place(part="summary", start=0, end=5), Place(part="text", start=12, end=17))


def test_a_file_stands_in_a_split() -> None:
    assert "it is in no split; move the file to train/ or test/" in said(record(), folder="spare")


def test_an_id_is_given_once() -> None:
    assert [p.what for p in problems(record(), other("tr-a-001"))] == ["2 articles have this id"] * 2


def test_a_sentence_is_written_once() -> None:
    sentence = "Le tournage, lui, attendra le printemps prochain."
    spelt = "LE TOURNAGE, lui, attendra le printemps prochain !"
    expected = f"train/x-01.toml, tr-a-002: shares a sentence with tr-a-001: '{spelt}'; "
    assert expected in said(record(), other("tr-a-002", text=f"Rien à voir.\n{spelt}"))
    assert problems(record(text=f"{QUOTE}.\n{sentence}\n{sentence}")) == []  # within one article it is style


def test_a_short_sentence_is_nobodys() -> None:
    short = "Le tournage attendra le printemps."
    assert problems(record(text=f"{QUOTE}.\n{short}"), other("tr-a-002", text=short)) == []


LONG = (
    "Sur le port, les habitants ont vu passer trois camions, puis une grue, et enfin deux cents figurants en costume "
    "de pêcheurs d'avant-guerre, que la mairie avait logés dans l'ancien hospice sans prévenir personne"
)


def test_nearly_the_same_text_is_refused() -> None:
    one, two = (
        other("tr-a-001", text=f"{LONG} hier."),
        other("tr-a-002", text=f"Jeudi, {LONG.replace('trois', 'six')}."),
    )
    assert "is nearly the text of tr-a-001: they share 67%" in said(one, two)


def test_encoded_signs_hide_no_copy() -> None:
    one = other("tr-a-001", text="L'équipe n'a pas voulu d'un cinquième chapitre.")
    two = other("tr-a-002", text="L&rsquo;équipe n&#039;a pas voulu d’un cinquième chapitre.")
    assert "shares a sentence with tr-a-001" in said(one, two)


def test_an_agency_copy_is_marked() -> None:
    one, two = other("tr-a-001", text=f"{LONG}."), other("tr-a-002", text=f"{LONG}.", copy_of="tr-a-001")
    three = other("tr-a-003", text=f"{LONG}.", copy_of="tr-a-001")
    assert problems(one, two, three) == []
    assert {p.id for p in problems(one, two, other("tr-a-003", text=f"{LONG}."))} == {"tr-a-003"}


def test_nothing_is_copied_from_the_seeds() -> None:
    copied = said(other("tr-a-001", text=f"Vu hier.\n{LONG[:60]}."), seeds=[f"Titre\n{LONG[:60]}. Fin."])
    assert "shares a sentence with seed number 0: 'Sur le port" in copied
    assert copied.endswith("write it anew: nothing may be copied from seeds/")
    marked = other("tr-a-002", text=f"{LONG}.", copy_of="seed number 0")
    assert "which there is not" in said(marked, seeds=[LONG])


def leaking(work: str, train: dict[str, object]) -> list[str]:
    test = other("te-a-001", works=[work], text="Une brebis égarée rentre seule au village voisin.")
    written = [Written(file="train/a-01.toml", record=train), Written(file="test/a-01.toml", record=test)]
    return [f"{problem.file} {problem.what}" for problem in found(written)]


@pytest.mark.parametrize(
    ("work", "how"),
    [
        ("bellerive", "lists"),  # whatever its spelling
        ("Les Noyés du lac", "names"),
        ("L'Été à Sète", "names"),
        ("Sept à Sète", "names"),
        ("Marianne", "names"),
        ("HPI", "names"),
    ],
)
def test_no_work_of_the_test_is_known_to_the_training(work: str, how: str) -> None:
    text = f"{QUOTE}.\nAprès Les Noyés du lac, L’ETE A SETE, Sept à Sete, « Marianne » et HPI, elle hésite encore."
    expected = f"test/a-01.toml the test split has {work!r}, which tr-a-001 of the training {how}, too"
    assert leaking(work, record(text=text)) == [expected]


@pytest.mark.parametrize("work", ["Marianne", "Les Noyés du lac", "La Digue", "Été"])
def test_common_words_are_no_leak(work: str) -> None:
    text = f"{QUOTE}.\nMarianne Lopez a vu les noyés du lac, la digue et l'été."
    assert leaking(work, record(text=text)) == []


def articles(count: int, **changes: object) -> list[Labelled]:
    return [labelled(other(f"tr-a-{number:03}", **changes), "here") for number in range(count)]


def complaints(some: list[Labelled]) -> str:
    return "\n".join(fault.what for fault in shortfalls(some))


def test_a_corpus_with_enough_of_everything() -> None:
    long = "Le troupeau avance. " * 101
    assert complaints(articles(ARTICLES, text=long, traps=list(TAGS), lookalikes=list(TAGS))) == ""


@pytest.mark.parametrize(
    ("some", "complaint"),
    [
        (articles(799), "there are 799 articles"),
        (articles(10) + articles(11, label=["renewal"], facts=[fact()]), "only 10 of 21 articles announce nothing"),
        (articles(10) + articles(11, difficulty="easy"), "only 10 of 21 articles of those that announce nothing are"),
        (articles(4) + articles(1, text="x" * 2000), "only 1 of 5 articles have a text of 2000 characters and more"),
        (articles(4, traps=["118"]), "too few articles with each trap: 118 (4), 119 (0), "),
        (articles(5, traps=["118"]), "too few articles with each trap: 119 (0), "),
        (articles(4, lookalikes=["c:20"]), "c:19 (0), c:20 (4)"),
    ],
)
def test_a_corpus_with_too_little_of_something(some: list[Labelled], complaint: str) -> None:
    assert complaint in complaints(some)


def test_an_empty_corpus_has_too_little() -> None:
    assert "there are 0 articles" in complaints([])
    assert check([], seeds={}, platforms=frozenset()).problems != ()


ARTICLE = """
[[article]]
id = "tr-a-001"
lang = "fr"
outlet = "Le Phare"
manner = "loud"
date = 2024-03-12
difficulty = "easy"
shape = "single"
works = []
label = []
title = "Foire"
text = "Cent vaches."
"""


def test_the_command_lists_everything_and_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "a-01.toml").write_text(ARTICLE, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "train/a-01.toml, tr-a-001: manner of the article is 'loud'" in out
    assert "the corpus: there are 0 articles" in out
    (tmp_path / "train" / "a-01.toml").write_text(ARTICLE.replace("loud", "people"), encoding="utf-8")
    main(["check", str(tmp_path)])
    out = capsys.readouterr().out
    assert out.startswith("1 articles\n  split      1 train, 0 test, 0 riddles\n  label      1 neither\n")


@pytest.mark.parametrize("text", ["[[article", "[article]\nid = 1"])
def test_a_file_that_cannot_be_read_is_named(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a-01.toml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 2
    assert "a-01.toml" in capsys.readouterr().err
