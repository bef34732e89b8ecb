"""How a text comes to speak of a new work: by its name, by its episodes, beside another's season. All ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import Kind

ABOVE = """La comédienne nous attend au fond d'un café de Pau, un carnet ouvert devant elle.
Elle parle de ses parents, de la montagne, du rugby du dimanche et des étés trop courts.
À vingt ans, elle est montée à Paris avec deux valises et une adresse griffonnée sur un ticket.
Le théâtre l'a prise sous son aile, puis les petits rôles sont venus, et un jour les grands.
"""


def document(text: str, title: str = "Rencontre avec une comédienne comblée", summary: str = "") -> Document:
    day = datetime(2024, 5, 2, tzinfo=UTC)
    return Document(title=title, summary=summary, text=text, language="fr", published=day)


def new_titles(given: Document) -> set[str | None]:
    return {c.title for c in classifier().statements(given) if c.kind is Kind.NEW_ORIGINAL}


def features_of(given: Document, title: str) -> set[str]:
    return {f for c in classifier().statements(given) if c.title == title for f in c.features}


def told(given: Document, kind: Kind) -> list[Announcement]:
    return [a for a in classifier().read(given) if a.kind is kind]


@pytest.mark.parametrize(
    "said",
    [
        "Son rêve s'appelle « La Part du lierre ». M6 a signé en avril pour six épisodes.",
        "Il y a aussi « La Part du lierre ». TF1 a passé commande en mars, huit épisodes.",
        "Reste « La Part du lierre ». Le tournage débutera à Tarbes en juin, quatre fois 52 minutes.",
    ],
)
def test_episodes_that_are_ordered_stand_for_the_work_named_before(said: str) -> None:
    found = [c for c in classifier().statements(document(ABOVE + said)) if c.cues and c.cues[0].group == "format"]
    assert [c.title for c in found] == ["La Part du lierre"]


def test_episodes_alone_are_no_work() -> None:
    said = "Elle a vu hier six épisodes d'affilée, et n'a pas dormi. M6 les rediffuse."
    assert new_titles(document(ABOVE + said)) == set()


def test_a_work_that_is_called_something_needs_no_episodes_to_be_one() -> None:
    said = "TF1 a commandé une série, « La Part du lierre ». M6 a signé pour une série de six épisodes."
    anchors = [c.cues[0].group for c in classifier().statements(document(ABOVE + said))]
    assert "format" not in anchors


@pytest.mark.parametrize("how", ["s'appellera", "s'intitule", "porte le titre de"])
def test_who_says_how_a_work_is_called_speaks_of_a_new_one(how: str) -> None:
    said = f"Et puis il y a la télévision : la série {how} « La Part du lierre », pour France 3."
    assert "given its name" in features_of(document(ABOVE + said), "La Part du lierre")


def test_a_title_without_it_is_not_given_its_name() -> None:
    said = "Et puis il y a la télévision, avec la série « La Part du lierre », pour France 3."
    assert "given its name" not in features_of(document(ABOVE + said), "La Part du lierre")


ONE_OF_EACH = "Canal+ annonce une nouveauté et une saison 2"


def test_a_season_beside_a_new_work_is_not_of_that_work() -> None:
    text = (
        "Canal+ a commandé « Lignes de crête », une série en huit épisodes de 52 minutes, tournée cet hiver en Savoie. "
        "La chaîne retrouvera aussi ses pompiers pour une deuxième saison."
    )
    given = document(text, ONE_OF_EACH)
    assert [a.title for a in told(given, Kind.NEW_ORIGINAL)] == ["Lignes de crête"]
    assert all(a.title != "Lignes de crête" for a in told(given, Kind.RENEWAL))


def test_a_season_of_the_one_work_that_goes_on_keeps_its_name() -> None:
    text = "« Lignes de crête », la série savoyarde, sera de retour : Canal+ a commandé huit nouveaux épisodes."
    given = document(text, "Canal+ annonce une saison 2", "La série « Lignes de crête » est renouvelée.")
    assert [a.title for a in told(given, Kind.RENEWAL)] == ["Lignes de crête"]
    assert told(given, Kind.NEW_ORIGINAL) == []


def test_a_work_that_goes_on_is_no_new_one() -> None:
    said = "La comédie « Lignes de crête » est reconduite par TF1 pour dix épisodes de 26 minutes."
    assert "with renew" in features_of(document(ABOVE + said), "Lignes de crête")
    assert told(document(ABOVE + said), Kind.NEW_ORIGINAL) == []
