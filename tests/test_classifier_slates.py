"""New works in roundups and slates, and what "la série" refers to."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.candidates import Candidate
from monitor.types import Document
from monitor.vocabulary import Kind


def originals(title: str, text: str) -> list[Candidate]:
    document = Document(title=title, text=text, language="fr")
    return [c for c in classifier().statements(document) if c.kind is Kind.NEW_ORIGINAL]


SLATE = "La chaîne a présenté lundi ses nouvelles séries devant la presse, dans une salle du centre de Lille. " * 3
PLAIN = "Les équipes techniques ont loué un gymnase du centre de Lille, où elles dorment et déjeunent chaque jour. " * 5


def test_a_slate_has_each_title_whatever_is_said_of_it() -> None:
    text = f"{SLATE}\n« Les Cordages » suit deux frères. « Gros Œuvre » transpose un conte. « Minuit sel » fera rire."
    found = {
        c.title for c in originals("Arte dévoile trois nouvelles séries", text) if "named in a slate" in c.features
    }
    assert found >= {"Gros Œuvre"}


@pytest.mark.parametrize(
    ("sentence", "title", "feature"),
    [
        ("La série, écrite par Paul Aubin, sera tournée en mai.", "Les Cordages", "noun definite"),
        ("Une série, écrite par Paul Aubin, sera tournée en mai.", None, "noun indefinite"),
        ("Son thriller, écrit par Paul Aubin, sera tourné en mai.", None, "noun its"),
    ],
)
def test_what_a_word_for_a_work_refers_to(sentence: str, title: str | None, feature: str) -> None:
    text = f"{PLAIN}\nLe tournage de « Les Cordages » commence à Lille. {sentence}"
    found = [c for c in originals("Arte tourne à Lille", text) if feature in c.features]
    assert [c.title for c in found] == [title]


def test_how_a_title_is_presented() -> None:
    text = f"{SLATE}\n« Les Cordages » racontera une grève. « Gros Œuvre », six épisodes, est en tournage."
    features = {c.title: c.features for c in originals("Arte dévoile ses nouvelles séries", text)}
    assert "story told" in features["Les Cordages"]
    assert "described by format" in features["Gros Œuvre"]


def test_what_the_headline_leaves_unnamed_the_text_names() -> None:
    text = f"{SLATE}\nArte a commandé « Les Cordages », une série en six épisodes dont le tournage commence en mai."
    document = Document(title="Arte commande une nouvelle série française", text=text, language="fr")
    assert [a.title for a in classifier().read(document) if a.kind is Kind.NEW_ORIGINAL] == ["Les Cordages"]


@pytest.mark.parametrize(
    ("sentence", "feature"),
    [
        ("Aucune nouvelle série n'a été commandée par Arte.", "act denied"),
        ("L'émission « Les Cordages » reviendra dans une nouvelle version, a annoncé Arte.", "called a programme"),
        ("La nouvelle série documentaire d'Arte porte un nom, « Les Cordages ».", "no act"),
    ],
)
def test_what_weakens_a_statement(sentence: str, feature: str) -> None:
    found = originals("Arte prépare sa grille", f"{PLAIN}\n{sentence}")
    assert any(feature in c.features for c in found)


def test_an_order_is_not_denied() -> None:
    found = originals("Arte prépare sa grille", f"{PLAIN}\nArte a commandé une nouvelle série, « Les Cordages ».")
    assert not any(c.features & {"act denied", "called a programme"} for c in found)
    assert any("act order!" in c.features for c in found)


@pytest.mark.parametrize(
    ("headline", "feature", "there"),
    [
        ("Arte commande une nouvelle série française", "front makes a work", True),
        ("Arte : la chaîne change de patron", "front makes a work", False),
        ("Le beau cadeau de Paul Aubin à sa mère", "headline about no work", True),
        ("Arte commande une nouvelle série française", "headline about no work", False),
    ],
)
def test_what_the_front_says(headline: str, feature: str, *, there: bool) -> None:
    found = originals(headline, f"{PLAIN}\nArte a commandé une série, « Les Cordages ».")
    assert found
    assert {feature in c.features for c in found} == {there}


@pytest.mark.parametrize(
    ("headline", "platforms"),
    [
        ("France Télévisions commande une nouvelle série, « Les Cordages », pour France 3", ("France 3",)),
        ("France Télévisions commande une nouvelle série, « Les Cordages »", ("France Télévisions",)),
        ("France 2 et France 3 commandent une nouvelle série, « Les Cordages »", ("France 2", "France 3")),
    ],
)
def test_a_channel_says_more_than_its_group(headline: str, platforms: tuple[str, ...]) -> None:
    (found,) = classifier().read(Document(title=headline, text="", language="fr"))
    assert found.platforms == platforms


def test_who_stands_right_behind_a_title_is_of_it_whatever_title_follows() -> None:
    text = (
        "Netflix a annoncé la commande de trois séries françaises : « Alpha Ville », portée par Omar Sy, "
        "« Bravo Charlie » et « Delta du Rhône »."
    )
    found = {c.title: c.people for c in originals("Netflix : les séries françaises de 2027", text)}
    assert found == {"Alpha Ville": ("Omar Sy",), "Bravo Charlie": (), "Delta du Rhône": ()}


@pytest.mark.parametrize(("work", "sort"), [("le téléfilm", "film"), ("le feuilleton", "series")])
def test_a_film_made_for_television_is_a_film(work: str, sort: str) -> None:
    found = originals("France 2 prépare la rentrée", f"France 2 a commandé {work} « La Crue ».")
    assert {c.work_type for c in found if c.title == "La Crue"} == {sort}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "Netflix a commandé « La Crue », un thriller, pour France 5, et « Le Gué », une comédie, pour France 2.",
            ("France 2",),
        ),
        ("Deux séries sont commandées : pour France 5 « La Crue », et pour France 2 « Le Gué ».", ("France 2",)),
        ("TF1 et M6 ont commandé une série, « Le Gué ».", ("TF1", "M6")),
    ],
)
def test_each_of_several_titles_is_for_its_own_platform(text: str, made: tuple[str, ...]) -> None:
    found = {c.title: c.platforms for c in classifier().read(Document(title="", text=text, language="fr"))}
    assert found["Le Gué"] == made


def test_a_groups_slate_is_the_works_that_it_orders_for_its_channels() -> None:
    text = (
        "France Télévisions a commandé « Eaux mortes », un polar de Julie Dupont, pour France 5, "
        "et « La Cité des ondes », une comédie de Marc Caro, pour France 2."
    )
    read = classifier().read(Document(title="France Télévisions commande deux séries", text=text, language="fr"))
    assert {c.title: c.platforms for c in read} == {"Eaux mortes": ("France 5",), "La Cité des ondes": ("France 2",)}
