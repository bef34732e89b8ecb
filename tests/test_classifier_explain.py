"""What is read is explained in words, in English and in French, that need no knowledge of code."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from command import call
from shipped import classifier

from monitor.classifier import Explanation
from monitor.classifier.explain import Fate, Reason, because, nothing, points, verdict
from monitor.classifier.meaning import contradicts
from monitor.classifier.reasons import ACTS, BLOCKING, GROUPS, Language, is_named, phrase
from monitor.classifier.wording import ALONE
from monitor.data import folder
from monitor.learning.training import PRIOR
from monitor.types import Document

LANGUAGES: tuple[Language, Language] = ("en", "fr")
MODELS = (folder("config") / "model.json", PRIOR)


def explained(title: str, text: str = "", *, summary: str = "") -> Explanation:
    published = datetime(2024, 5, 2, tzinfo=UTC)
    document = Document(title=title, text=text, summary=summary, language="fr", published=published)
    return classifier().explain(document)


def reason(
    terms: dict[str, float],
    *,
    sentence: str = "Une saison 2",
    cues: tuple[str, ...] = (),
    fate: Fate = "unsure",
    confidence: float = 0.1,
    zone: str = "headline",
) -> Reason:
    return Reason(
        kind="renewal",
        title="La Digue",
        season=2,
        sentence=sentence,
        zone=zone,
        cues=cues,
        terms=tuple(sorted(terms.items(), key=lambda term: -abs(term[1]))),
        confidence=confidence,
        fate=fate,
    )


def weighed() -> set[str]:
    tables = (json.loads(path.read_text(encoding="utf-8"))["kinds"].values() for path in MODELS)
    return {name for kinds in tables for table in kinds for name in table["weights"]}


# ---- Words for every feature ----


def test_every_feature_that_weighs_has_words() -> None:
    assert sorted(name for name in weighed() if not is_named(name)) == [], "add them to monitor/classifier/reasons.py"


def test_so_has_every_feature_of_the_seeds() -> None:
    documents = []
    for path in sorted((folder("seeds") / "articles").glob("*/article.txt")):
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        language = tomllib.loads((path.parent / "meta.toml").read_text(encoding="utf-8")).get("language")
        documents.append(Document(title=title, text=text, language=language))
    features = {name for each in documents for one in classifier().statements(each) for name in one.features}
    assert len(features) > 200
    assert sorted(name for name in features if not is_named(name)) == [], "add them to monitor/classifier/reasons.py"


def test_words_are_there_in_both_languages_and_of_no_code() -> None:
    for phrases in (*ALONE.values(), *GROUPS.values(), *ACTS.values()):
        english, french = phrases
        assert english != french
        assert not re.search(r"[{}_]|\bwork\.", english + french)
    assert set(BLOCKING) <= set(ALONE)


@pytest.mark.parametrize(
    ("feature", "english", "french"),
    [
        ("asked", "it is a question", "c'est une question"),
        ("act order!", "it is ordered, in so many words", "c'est commandé, noir sur blanc"),
        ("act order~", "it is ordered, perhaps", "c'est commandé, peut-être"),
        ("headline work.series", "in the headline: a series", "dans le titre\u00a0: une série"),
        ("described by maker", "right after the title: who writes or directs", None),
        ("with some.thing new!", "with some thing new", "with some thing new"),  # readable, though nobody wrote it
    ],
)
def test_a_feature_becomes_a_phrase(feature: str, english: str, french: str | None) -> None:
    assert phrase(feature, "en") == english
    assert french in (None, phrase(feature, "fr"))
    assert is_named(feature) == (french != english)


# ---- For and against ----


def test_each_sign_stands_on_its_side_the_most_telling_first() -> None:
    found = points(
        reason({"asked": -2.0, "act renew!": 1.0, "zone headline": 1.5, "aside": -0.5, "roundup": 0.01}), "en"
    )
    assert found.speaking_for == ("the headline says it", "it is renewed, in so many words")
    assert found.against == ("it is a question", "it is said in an aside")


def test_signs_that_say_the_same_weigh_together() -> None:
    found = points(reason({"object season": 1.0, "anchor season!": 0.4, "titled": 1.2}), "en")
    assert found.speaking_for == ("it names a numbered season", "the work is named")


def test_the_words_a_sign_was_read_in_are_quoted() -> None:
    found = points(
        reason({"act renew!": 1.0, "object season": 0.5}, cues=('renew: "rempile"', 'season: "saison 2"')), "fr"
    )
    assert found.speaking_for == (
        "c'est reconduit, noir sur blanc (“rempile”)",
        "on y nomme une saison numérotée (“saison 2”)",
    )


def test_single_words_are_taken_together_as_the_sentence_writes_them() -> None:
    terms = {"word officia": 0.4, "word saison": 0.3, "word reve": -0.2, "word absent": 0.9, "titled": 1.0}
    one = reason(terms, sentence="La chaîne Officialise une saison et en rêve")
    found = points(one, "en")
    assert found.speaking_for == ("the words around it: “Officialise”, “saison”", "the work is named")
    assert found.against == ("the words around it: “rêve”",)


# ---- What became of it, and why ----


@pytest.mark.parametrize(
    ("terms", "sentence", "english", "french"),
    [
        ({"asked": -2.0, "zone body": -3.0}, "Une suite ?", "it is a question", "c'est une question"),
        ({"asked": -2.0, "headline asks": -2.5}, "Une suite ?", "it is a question", "c'est une question"),
        ({"wished": -1.0}, "", "it is a wish", "c'est un souhait"),
        ({"recalled": -1.0}, "Commandée en 2019", "recalled from 2019", "un rappel de 2019"),
        ({"recalled": -1.0}, "Commandée jadis", "it is recalled, not news", "c'est un rappel, pas une nouvelle"),
        ({"known foreign work": -1.0}, "", "about a foreign series", "à propos d'une série étrangère"),
        ({"zone body": -1.0, "act renew": 0.7}, "", "only the body of the article says it", None),
        ({"zone body": -0.2, "act renew": 0.7}, "", "too little speaks for it", "trop peu de choses le disent"),
        ({"titled": 1.0, "zone body": -0.2}, "", "nothing is said to be ordered, made or renewed", None),
    ],
)
def test_why_it_is_dropped(terms: dict[str, float], sentence: str, english: str, french: str | None) -> None:
    one = reason(terms, sentence=sentence)
    assert because(one, "en") == english
    assert one.verdict == f"dropped, only 10% sure: {english}"
    if french:
        assert verdict(one, "fr") == f"écarté, sûr à 10\u00a0% seulement\u00a0: {french}"


def test_the_two_weightiest_grounds_are_told() -> None:
    one = reason({"wished": -1.0, "asked": -2.0, "recalled": -0.5, "zone body": -4.0})
    assert because(one, "en") == "it is a question; it is a wish"
    assert because(one, "fr") == "c'est une question\u00a0; c'est un souhait"


def test_what_a_surer_sentence_says_is_told_apart_from_what_is_doubted() -> None:
    assert verdict(reason({}, fate="again", confidence=0.9), "fr") == "la même chose, redite"
    assert "another sentence" in reason({}, fate="covered", confidence=0.9).verdict


@pytest.mark.parametrize(
    ("headline", "english", "french"),
    [
        ("Netflix renouvelle Squid Game pour une saison 4", "the work is foreign", "l'œuvre est étrangère"),
        ("TF1 annule HPI : la série n'aura pas de saison 6", "it is an ending", "c'est un arrêt"),
    ],
)
def test_an_announcement_nobody_is_alerted_of_says_so(headline: str, english: str, french: str) -> None:
    (kept,) = (one for one in explained(headline).reasons if one.kept)
    assert f"; but {english}: alerts leave that out" in verdict(kept, "en")
    assert f"mais {french}\u00a0: pas d'alerte" in verdict(kept, "fr")


def test_what_is_announced_has_its_announcement() -> None:
    found = explained("HPI : une saison 6 commandée par TF1", "La chaîne l'a confirmé.")
    (kept,) = (one for one in found.reasons if one.kept)
    assert (kept.announcement,) == found.announcements
    assert kept.verdict.startswith("announced, ")
    assert "; but" not in kept.verdict
    assert nothing(found, "en") is None


@pytest.mark.parametrize(
    ("title", "text", "english", "french"),
    [
        ("Météo", "Il pleut.", "It speaks of no series, film or platform.", "Il ne parle d'aucune série"),
        ("Netflix fête ses abonnés", "", "It speaks of television, but no sentence", "Il parle de télévision, mais"),
        ("Une saison 7 pour HPI ?", "", "Closest: “Une saison 7 pour HPI ?” but it is a question.", "Au plus près"),
    ],
)
def test_why_an_article_announces_nothing(title: str, text: str, english: str, french: str) -> None:
    found = explained(title, text)
    assert (nothing(found, "en") or "").startswith(english)
    assert (nothing(found, "fr") or "").startswith(french)
    assert english in str(found)


def test_the_closest_is_the_headline_when_nothing_is_close() -> None:
    body, head = reason({}, sentence="Ailleurs.", confidence=0.1, zone="body"), reason({}, confidence=0.05)
    told = [
        nothing(Explanation(language="fr", topic=None, announcements=(), reasons=(first, head)), "en") or ""
        for first in (body, reason({}, sentence="Ailleurs.", confidence=0.45, zone="body"))
    ]
    assert told[0].startswith("Closest: “Une saison 2” but")
    assert told[1].startswith("Closest: “Ailleurs” but")


def test_an_explanation_reads_as_text() -> None:
    shown = str(explained("HPI : une saison 6 commandée par TF1", "Les fans rêvent d'une saison 7 ?"))
    assert "Read as fr; about HPI; 1 announced." in shown
    assert "renewal of HPI, season 6: announced" in shown
    assert "for: " in shown


# ---- On the command line ----

ARTICLE = "HPI : une saison 6 commandée par TF1\n\nTF1 a commandé une saison 6 de HPI. Une saison 7 ?.\n".encode()


@pytest.mark.parametrize(("language", "words"), [("en", ("For ", "announced, ")), ("fr", ("Pour ", "retenu, sûr à"))])
def test_the_command_speaks_its_readers_language(language: Language, words: tuple[str, ...]) -> None:
    shown = call("classify", "--explain", "--lang", language, "-", stdin=ARTICLE).out
    other = "Pour " if language == "en" else "announced"
    assert all(word in shown for word in words)
    assert other not in shown
    assert "act order" not in shown


def test_weights_are_shown_when_asked_for() -> None:
    shown = call("classify", "--explain", "--weights", "-", stdin=ARTICLE).out
    assert re.search(r"act order! \+\d\.\d", shown)


def test_what_is_announced_is_not_shown_as_left_out() -> None:
    shown = call("classify", "--explain", "--lang", "en", "-", stdin=ARTICLE).out
    head, _, rest = shown.partition("What else could have been announced")
    assert "HPI, season 6" in head
    assert "season 6" not in rest


def test_nothing_is_explained_in_one_line() -> None:
    shown = call("classify", "--explain", "--lang", "fr", "-", stdin="Météo\n\nIl pleut.\n".encode()).out
    assert "Il ne parle d'aucune série, d'aucun film, d'aucune plateforme." in shown
    assert "aurait pu" not in shown


# ---- No reason against its own meaning ----


@pytest.mark.parametrize(
    ("feature", "weight", "kind", "told"),
    [
        ("anchor title", -0.9, "renewal", False),  # "it names a title" speaks against nothing
        ("anchor title", 0.4, "renewal", True),
        ("with season", -0.5, "new_original", True),  # a season beside it: no new work
        ("with season", 0.3, "renewal", True),
        ("with season", -0.3, "renewal", False),
        ("headline order", -0.3, "renewal", False),
        ("neighbour release", -0.4, "new_original", True),
        ("with clause", 0.5, "renewal", False),  # that there is another statement says nothing
        ("beside a topic", 0.8, "new_original", False),
        ("sort vague series", 0.2, "new_original", True),
        ("act order!", 1.2, "new_original", True),
    ],
)
def test_what_weighs_the_other_way_than_it_means_is_no_reason(
    feature: str, weight: float, kind: str, told: bool
) -> None:
    assert contradicts(feature, weight, kind) is not told


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_is_told_that_its_meaning_contradicts(language: Language) -> None:
    odd = points(reason({"anchor title": -0.9, "recalled": -1.1, "with clause": 0.5, "act renew!": 2.0}), language)
    assert odd.against == (phrase("recalled", language),)
    assert odd.speaking_for == (phrase("act renew!", language),)


def test_every_feature_that_the_corpus_alone_teaches_is_told_as_it_is_meant() -> None:
    kinds = json.loads((folder("config") / "model.json").read_text(encoding="utf-8"))["kinds"]
    for kind in ("new_original", "renewal"):
        for name, weight in kinds[kind]["weights"].items():
            if contradicts(name, weight, kind):
                told = points(replace(reason({name: weight}), kind=kind), "en")
                assert not told.speaking_for, name
                assert not told.against, name
