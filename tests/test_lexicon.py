"""The lexicons as shipped, and what the loader refuses."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from monitor.classifier.lexicon import GROUPS, Lexicon, LexiconError, tell
from monitor.classifier.phrases import Phrasebook, PhraseError
from monitor.classifier.text import fold
from monitor.data import folder

FILES = sorted((folder("config") / "lexicon").glob("*.toml"))
SMALL = """
language = "xx"
common = "o a"
numbers = ["un", "dois"]
ordinals = ["primeira", "segunda"]
[titles]
joins = "de"
articles = "o a"
ands = "e"
stops = "foi"
names = "ana"
generic = "série"
starts = "o a"
places = "lisboa"
speakers = "eu"
case = "sentence"
[sets]
be = "é|foi"
[groups.renew]
strong = ["{be} renovada"]
[groups.season]
strong = ["<nth> temporada", "temporada <n>"]
"""


def lexicon(text: str, tmp_path: Path) -> Lexicon:
    path = tmp_path / "xx.toml"
    path.write_text(text, encoding="utf-8")
    return Lexicon.load(path)


def found(text: str, phrases: list[str], *, sets: dict[str, str] | None = None) -> list[str]:
    book = Phrasebook(sets=sets or {}, numbers=["un", "deux"], ordinals=["première", "deuxième"])
    book.add("g", phrases)
    return [mark.value for mark in book.marks(fold(text))]


@pytest.mark.parametrize("phrases", [["annonc* une suite", "annonce"], ["annonce", "annonc* une suite"]])
def test_a_word_and_a_stem_of_it_are_found_in_whatever_order_they_are_listed(phrases: list[str]) -> None:
    assert set(found("On annonce une suite", phrases)) == {"annonce une suite", "annonce"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2e saison", "2e"),
        ("2 ème saison", "2 eme"),
        ("Deuxième saison", "deuxieme"),
        ("2 saisons", "2"),
        ("20e", None),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, value: str | None) -> None:
    assert found(text, ["<nth> saison", "<n> saisons"]) == ([value] if value else [])


def test_a_book_of_some_groups_leaves_the_whole_one_as_it_is() -> None:
    book = Phrasebook(sets={}, numbers=["un"], ordinals=["première"])
    book.add("renew", ["renouvel*", "une suite"])
    book.add("other", ["une pause", "renouvelé", "annonc*"])
    text = fold("Annonce : renouvelé, une suite, une pause")
    assert [mark.group for mark in book.only({"renew"}).marks(text)] == ["renew", "renew"]
    assert len(list(book.marks(text))) == 5


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_shipped_lexicon_loads_and_uses_every_group(path: Path) -> None:
    assert Lexicon.load(path).language == path.stem
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["groups"]
    assert {name.split(".")[0] for name in GROUPS} == set(groups)


def test_there_is_french_and_english() -> None:
    assert [path.stem for path in FILES] == ["en", "fr"]


def test_a_third_language_is_a_file(tmp_path: Path) -> None:
    marks = list(lexicon(SMALL, tmp_path).book.marks(fold("A série foi renovada: segunda temporada")))
    assert [(m.group, m.value) for m in marks] == [("renew", "foi renovada"), ("season", "segunda")]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("renouvelé|renouvelée pour", "X est RENOUVELEE pour l'été", ["renouvelee pour"]),
        ("commande* une suite", "Elles commandent une suite", ["commandent une suite"]),
        ("aura bien? une suite", "X aura bien une suite, Y aura une suite", ["aura bien une suite", "aura une suite"]),
        ("feu vert .. pour", "le feu vert du groupe pour lui", ["feu vert du groupe pour"]),
        ("feu vert .. pour", "le feu vert a été donné hier matin par eux pour lui", []),
        ("feu vert .. pour", "le feu vert. Voilà pour lui", []),
        ("saison <n>", "la saison 12 et la saison deux", ["12", "deux"]),
        ("<nth> saison", "la 3e saison, la deuxième saison", ["3e", "deuxieme"]),
        ("série de", "la mini-série de", []),
        ("saison", "les saisonniers", []),
        ("l'arrêt d'", "l’arrêt d’une série", ["l'arret d'"]),
        ("nouvel œuvre", "un nouvel oeuvre", []),
        ("nouvelle œuvre", "une nouvelle œuvre", ["nouvelle œuvre"]),
    ],
)
def test_the_signs_in_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(text, [phrase]) == expected


def test_a_set_of_words_stands_for_each() -> None:
    assert found("elle est née, il fut né", ["{be} né|née"], sets={"be": "est|fut"}) == ["est nee", "fut ne"]


@pytest.mark.parametrize("phrase", ["le? chat", "chat noir?", ".. chat", "la* chose", "{no} chat", ""])
def test_a_phrase_that_cannot_be_found_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        found("chat", [phrase])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[groups.renew]", "[groups.renwe]", "unknown group"),
        ('strong = ["{be}', 'stronk = ["{be}', "unknown list"),
        ("{be} renovada", "{bee} renovada", "set that the lexicon does not have"),
        ('language = "xx"', "", "language"),
        ('be = "é|foi"', 'be = "é|foi a"', "holds words"),
        ('joins = "de"', 'joins = ["de"]', "one string"),
    ],
)
def test_a_wrong_lexicon_says_what_is_wrong(old: str, new: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=says) as caught:
        lexicon(SMALL.replace(old, new), tmp_path)
    assert "xx.toml" in str(caught.value)


def test_the_language_is_told_by_its_little_words() -> None:
    lexicons = {path.stem: Lexicon.load(path) for path in FILES}
    assert tell(lexicons, language=None, sample="La série de la chaîne est dans une impasse").language == "fr"
    assert tell(lexicons, language=None, sample="The series of the channel is in a bind").language == "en"
    assert tell(lexicons, language="en-GB", sample="La série de la chaîne").language == "en"
    assert tell(lexicons, language="pt", sample="The series of the channel").language == "en"
