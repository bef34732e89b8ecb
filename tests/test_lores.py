"""The words that tell projects apart are data: a further language is a file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tellings import NOW, RULES, says

from monitor import lores
from monitor.data import folder
from monitor.decide import cues
from monitor.decide.clusters import says_remake, says_rescue
from monitor.decide.lore import Lore, Rules
from monitor.decide.naming import Names
from monitor.decide.projects import about, same_project
from monitor.decide.provenance import origin_said
from monitor.decide.slips import typo
from monitor.decide.translations import Fit, fit
from monitor.telling import Telling, Told
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Origin

GERMAN = """
language = "de"
plain = "entwickelt neue"
without = "ohne"
within = "in"
numbers = "ein zwei drei vier fuenf sechs"
parts = "folgen teile"
films = "film"
series = "serie"
[genres]
thriller = "thriller"
[spelling]
little = "und der"
numbers = "dreizehn"
[subjects]
judge = "richter richterin"
[titles]
keeper = "hüter huter"
lighthouse = "leuchtturm"
[places]
brittany = "bretagne"
[turns]
affair = ["aff[äa]re"]
life = ["um"]
rescue = ["gerettet"]
remake = ["neuverfilmung"]
offshoot = ["ableger"]
shared = ["koproduktion"]
instead = ["und nicht (?:für )?"]
borrowed = ["nach dem"]
[origin]
nouns = ["serie"]
articles = ["eine?"]
french = ["franz[öo]sische"]
foreign = ["d[äa]nische"]
"""


def said(sentence: str, title: str | None = None) -> Announcement:
    return says(title, platforms=("TF1",), evidence=Evidence(sentence=sentence, zone="lead", start=0, end=1))


@pytest.fixture
def german(tmp_path: Path) -> Lore:
    shutil.copytree(folder("config"), tmp_path / "config")
    (tmp_path / "config" / "stories" / "de.toml").write_text(GERMAN, encoding="utf-8")
    return lores.load(tmp_path / "config")


def test_a_third_language_is_a_file(german: Lore) -> None:
    thriller = said("TF1 entwickelt Thriller um eine Richterin, sechs Folgen")
    french = said("TF1 prépare un thriller en 6 épisodes sur une juge")
    assert about(thriller, german) == about(french, german)
    one, other = [
        Told(telling=Telling(outlet="La Lune", url=f"https://x.example/{n}", at=NOW), position=0, announcement=one)
        for n, one in enumerate((thriller, french))
    ]
    assert same_project(one, other, Rules(lore=german))
    assert not about(thriller, RULES.lore).subjects


def test_a_third_language_tells_rescues_remakes_and_countries(german: Lore) -> None:
    assert says_rescue(said("„Ufer“ gerettet"), german)
    assert says_remake(said("Eine Neuverfilmung für TF1"), german)
    assert origin_said(said("Ufer, eine dänische Serie", "Ufer"), german) is Origin.FOREIGN
    assert origin_said(said("Die französische Serie Ufer", "Ufer"), german) is Origin.FRENCH
    assert origin_said(said("Ufer, eine dänische Serie", "Ufer"), RULES.lore) is None


def test_a_third_language_has_words_that_slips_and_translations_are_judged_by(german: Lore) -> None:
    slips = [("nacht und nebelland", "nacht nud nebelland"), ("dreizehn nachte", "dreizehm nachte")]
    assert [typo(*pair, german.spelling) for pair in slips] == [True, False]
    assert typo("dreizehn nachte", "dreizehm nachte", RULES.lore.spelling)
    assert fit("Huter Leuchtturm", "The Lighthouse Keepers", german) is Fit.WHOLE
    assert fit("Huter Leuchtturm", "The Lighthouse Keepers", RULES.lore) is Fit.NOTHING


def test_every_language_has_a_word_for_every_sort_and_subject() -> None:
    lore = lores.load(folder("config"))
    sides = {"juge": "judge", "judge": "judge", "polar": "crime", "detective": "crime", "bretagne": "brittany"}
    assert {word: {**lore.genres, **lore.subjects, **lore.places}[word] for word in sides} == sides
    assert {"TF1", "Arte", "France 2"} <= lore.at_home
    assert lore.at_home.isdisjoint({"Netflix", "RTBF", "BBC"})


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("TF1 Developing Judge Thriller", set()),
        ("TF1 Developing Judge Thriller Set In Lille", {"lille"}),
        ("TF1 prépare un polar en Bretagne", {"brittany"}),
        ("TF1 orders a Brittany-set crime drama", {"brittany"}),
    ],
)
def test_where_a_project_plays(sentence: str, places: set[str]) -> None:
    assert about(said(sentence), RULES.lore).places == places


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Une série en six épisodes", 6),
        ("A six-part drama", 6),
        ("Une mini-série de 4x52 minutes en 4 épisodes", 4),
        ("Deux saisons de six épisodes et huit épisodes", None),
        ("Une série", None),
    ],
)
def test_how_many_episodes_a_project_has(sentence: str, parts: int | None) -> None:
    assert about(said(sentence), RULES.lore).parts == parts


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Canal+ prépare une série sur l'affaire Delorme, dans les Vosges", ["delorme"]),
        ("Canal+ prépare une série sur l'affaire d'Outreau", ["outreau"]),
        ("France 2 prépare un film consacré à l'affaire Dupont de Ligonnès", ["dupont de ligonnes"]),
        ("Canal+ has ordered a series about the Delorme affair", ["delorme"]),
        ("Netflix prépare une série sur la vie de Bernard Marteau", ["bernard marteau"]),
        ("Netflix has ordered a series about Bernard Marteau", ["bernard marteau"]),
        ("Une série de Bernard Marteau, avec Zoé Lam, sur une juge", []),
        ("Une série à voir sur TF1, sur Canal+ et sur France 2", []),
        ("Netflix Orders Series About Paris Attacks", []),  # any word may be a name
    ],
)
def test_whom_or_which_affair_a_project_is_about(sentence: str, named: list[str]) -> None:
    assert about(said(sentence), RULES.lore).named == {frozenset(name.split()) for name in named}


@pytest.mark.parametrize(
    ("title_read", "same"),
    [(None, True), ("La Juge", False)],  # a person gave it the title, or its article did
)
def test_a_title_that_a_person_gave_hides_no_project_from_who_tells_of_it_without(
    title_read: str | None, same: bool
) -> None:
    sentences = ("TF1 prépare une série sur une juge", "TF1 développe une fiction autour d'une magistrate")
    one, other = [
        Told(
            telling=Telling(outlet="La Lune", url=f"https://x.example/{n}", at=NOW), position=0, announcement=said(text)
        )
        for n, text in enumerate(sentences)
    ]
    judged = replace(one, announcement=said(sentences[0], "La Juge"), read=said(sentences[0], title_read))
    assert same_project(judged, other, RULES) is same
    assert same_project(other, judged, RULES) is same
    assert bool(cues.asked(other, names=Names(), groups={}) & cues.kept(judged, groups={}))
    assert bool(cues.asked(judged, names=Names(), groups={}) & cues.kept(other, groups={}))
