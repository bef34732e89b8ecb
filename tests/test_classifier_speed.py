"""How much work reading takes, counted and not timed, and that what is passed over early says nothing."""

from __future__ import annotations

import sys
from itertools import islice, product
from pathlib import Path

import pytest
from shipped import classifier

from bench.classify import CORPUS, MADE, articles, baseline, memory, ratio, table
from bench.classify import Row as BenchRow
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Phrasebook
from monitor.classifier.television import TELLING, first_look
from monitor.classifier.text import LONGEST_TEXT, Prose
from monitor.data import folder
from monitor.learning.labelled import read_corpus
from monitor.types import Document

OF_TELEVISION = (
    "TF1 commande une saison 2 de « La Digue », sa série policière. Le tournage reprendra en mars à Dunkerque. "
    "Selon la chaîne, Awa Sissoko est de retour. Les habitants attendent la suite des travaux de la place. "
)
OF_TOWNS = "Les habitants du quartier attendent la fin des travaux de la place, que la mairie a votés en mai. "


def calls(document: Document) -> int:
    """Count the functions called while an article is read by a reader that is at work already."""
    classifier().read(Document(title="Une série", text=OF_TELEVISION + OF_TOWNS))  # loads, and looks the words up
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        classifier().read(document)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("sentences", [OF_TELEVISION, OF_TOWNS])
def test_work_grows_with_length_and_no_faster(sentences: str) -> None:
    documents = [Document(title="Un projet", text=sentences * times) for times in (20, 40, 80)]
    classifier().read(documents[-1])  # the words are looked up once
    few, more, many = map(calls, documents)
    assert many - more < 2.2 * (more - few)


def titles(count: int) -> list[str]:
    """Make titles of two words, none like another."""
    ends = ["bar", "col", "dun", "fer", "gal", "lin", "mar", "nef", "pol", "rey"]
    return [f"{(first + last).title()} {(last + first).title()}" for first, last in product(ends, repeat=2)][:count]


@pytest.mark.parametrize(
    "line", ["« {} », une série.\n", "TF1 commande « {} », une nouvelle série.\n", "« {} » aura une saison 2.\n"]
)
def test_a_long_slate_is_read_line_by_line(line: str) -> None:
    """Each of a thousand titles was compared with each: that took twice as long as reading them."""
    lines = [line.format(f"{one} {other}") for one in ("Azur", "Brume", "Clair", "Dune") for other in titles(100)]
    documents = [Document(title="TF1 dévoile ses séries", text="".join(lines[:count])) for count in (100, 200, 400)]
    few, more, many = map(calls, documents)
    assert many - more < 2.2 * (more - few)


@pytest.mark.parametrize("sentence", ["saison 2 " * 160, "Lupin saison 2, " * 90])
def test_a_sentence_that_says_one_thing_again_and_again_takes_the_work_of_some_others(sentence: str) -> None:
    as_long = OF_TELEVISION * (len(sentence) // len(OF_TELEVISION))
    said, usual = (calls(Document(title="TF1 prépare une série", text=text)) for text in (sentence, as_long))
    assert said < 20 * usual


def test_no_more_than_a_hundred_thousand_characters_are_read() -> None:
    long, longer = (Document(title="Un projet", text=OF_TOWNS * times) for times in (1_200, 6_000))
    assert calls(longer) < 1.05 * calls(long)


def test_an_article_that_speaks_of_no_television_takes_less_than_a_quarter_of_the_work() -> None:
    assert 4 * calls(Document(title="Un projet", text=OF_TOWNS * 20)) < calls(
        Document(title="Une série", text=OF_TOWNS * 20)
    )


@pytest.mark.parametrize("cue", ["Une série de vols", "Une comédie musicale", "L'étape de 24 kilomètres"])
def test_a_word_that_means_something_else_has_no_more_than_its_sentence_read(cue: str) -> None:
    text = f"{cue} inquiète la commune. " + OF_TOWNS * 20
    assert 3 * calls(Document(title="Un projet", text=text)) < calls(Document(title="Une série", text=text))


def test_a_sentence_that_tells_is_not_read_twice() -> None:
    config, document = folder("config"), Document(title="Un projet", text=OF_TOWNS * 3 + OF_TELEVISION)
    lexicon, gazetteer = Lexicon.load(config / "lexicon" / "fr.toml"), Gazetteer.load(config / "gazetteer.toml")
    seen = first_look(Prose(document), lexicon, lexicon.book.only(TELLING), gazetteer)
    assert seen is not None and list(seen) == [4]
    assert seen[4].has("platform", "work.series")


def test_nothing_is_passed_over_that_speaks_of_television() -> None:
    for article in islice(read_corpus(CORPUS), 0, None, 4):
        explained = classifier().explain(article.document)
        assert classifier().read(article.document) == explained.announcements, article.id


@pytest.mark.parametrize("title", ["TF1 renouvelle « dix pour cent »", "« dix pour cent » aura une saison 5"])
def test_known_works_in_quotes_are_seen_in_small_letters_too(title: str) -> None:
    document = Document(title=title, text="")
    assert classifier().read(document) == classifier().explain(document).announcements


def test_a_book_forgets_words_before_they_grow_many() -> None:
    book = Phrasebook(sets={}, numbers=[], ordinals=[])
    book.add("renew", ["renouvel*"])
    for start in range(0, 120_000, 1_000):
        list(book.marks(" ".join(f"mot{number}" for number in range(start, start + 1_000))))
    assert len(book._known) <= 50_000
    assert [mark.group for mark in book.marks("elle est renouvelee")] == ["renew"]


def test_a_phrase_learnt_later_is_found_in_words_met_before() -> None:
    book = Phrasebook(sets={}, numbers=["un", "deux"], ordinals=[])
    assert not list(book.marks("deux saisons"))
    book.add("season", ["<n> saisons", "deux .. saisons"])
    assert {mark.value for mark in book.marks("deux saisons")} == {"deux", "deux saisons"}
    assert [mark.value for mark in book.marks("deux autres saisons")] == ["deux autres saisons"]


def test_bench_articles_have_their_length() -> None:
    made = articles([Document(title="Un", text="abc"), Document(title="Deux", text="")], 10, 3)
    assert [(document.title, len(document.text)) for document in made] == [("Un", 10)] * 3
    assert baseline(Document(title="TF1 prépare la saison 2", text=""))


def test_bench_tells_what_memory_is_held_and_how_often_extraction_takes_as_long() -> None:
    assert [done for done, size in memory(20, steps=2) if size > 10] == [10, 20]
    row = BenchRow(length=2_500, sort="mix", side="classifier", p50=500.0, p95=600.0, p99=700.0)
    assert ratio([row], 10_000.0) == 20
    shown = table([row], {1: 900.0}, {"trafilatura": 10_000.0, "ours": 6_000.0}, {"one sign": 0.2})
    assert "20.0 times" in shown and "12.0 times" in shown and "one sign, said again: 0.2 times" in shown
    assert {len(text) for text in MADE.values()} == {LONGEST_TEXT}
    assert Path(CORPUS).is_dir()


def test_numbers_are_not_remembered_one_by_one() -> None:
    """What a number begins is one object for all: with one of 26 kB for each, a daemon grew from week to week."""
    book = Phrasebook(sets={}, numbers=["un", "deux"], ordinals=[])
    book.add("asked", ["<n> épisodes", "<n> saisons de plus"])
    assert len({id(book.begun(str(number))) for number in range(100, 600)}) == 1
    assert [mark.group for mark in book.marks("et 321 episodes")] == ["asked"]
