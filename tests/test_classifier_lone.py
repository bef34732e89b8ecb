"""A headline without an article: what it says plainly is told, and what only sounds so is not. Sentences ours."""

from __future__ import annotations

from functools import cache

import pytest

from monitor.classifier import Classifier
from monitor.classifier.origin import reads_french
from monitor.data import folder
from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin

NEW, ON = Kind.NEW_ORIGINAL, Kind.RENEWAL


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


def alerts(headline: str, *, language: str, summary: str = "") -> list[tuple[Kind, str | None]]:
    read = classifier().read(Document(title=headline, summary=summary, text="", language=language))
    return [(a.kind, a.title) for a in read if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN]


@pytest.mark.parametrize(
    ("language", "headline", "kind", "title"),
    [
        ("fr", "TF1 commande « Les Granges »", NEW, "Les Granges"),
        ("fr", "France 2 : début de tournage de « Bellerive »", NEW, "Bellerive"),
        ("fr", "Arte lance le tournage de « Bellerive »", NEW, "Bellerive"),
        ("fr", "M6 se lance dans le feuilleton quotidien", NEW, None),
        ("fr", "TF1 commande « Bellerive », une série diffusée en mars 2031", NEW, "Bellerive"),
        ("fr", "Lise Armand dans « Bellerive », la prochaine fiction de TF1", NEW, "Bellerive"),
        ("fr", "TF1 prolonge « Bellerive »", ON, "Bellerive"),
        ("fr", "Les Granges : clap de départ pour la saison 2", ON, "Les Granges"),
        ("fr", "Bellerive (Canal+) : la saison 2 en tournage, ce que l'on sait", ON, "Bellerive"),
        ("en", "Cameras roll on France 2’s ‘Bellerive’", NEW, "Bellerive"),
        ("en", "Arte Orders ‘Bellerive,’ Premiering in 2031", NEW, "Bellerive"),
        ("en", "Apple TV+ Lands French-Language Series ‘Bellerive’", NEW, "Bellerive"),
        ("en", "French hit Bellerive gets third season at Netflix", ON, "Bellerive"),
        ("fr", "Arte tourne « Bellerive » à Sète", NEW, "Bellerive"),
        ("fr", "Canal+ s'offre une fresque historique avec « Bellerive »", NEW, "Bellerive"),
        ("fr", "Prime Video annonce « Feux d'été », thriller judiciaire avec Lise Armand", NEW, "Feux d'été"),
        ("en", "Netflix Casts Lise Armand, Hugo Brac in French Series ‘Bellerive’", NEW, "Bellerive"),
        ("en", "HBO Max’s Next French Original Is ‘Bellerive’", NEW, "Bellerive"),
        ("en", "France 2 and RAI Greenlight ‘Bellerive’", NEW, "Bellerive"),
    ],
)
def test_a_headline_alone_is_enough(language: str, headline: str, kind: Kind, title: str | None) -> None:
    assert alerts(headline, language=language) == [(kind, title)]


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("fr", "TF1 commande un sondage sur « Les Granges »"),
        ("fr", "« Bellerive » : TF1 commande un nouveau jeu pour l'access"),
        ("fr", "« Bellerive » : France 3 renouvelle son jeu pour une deuxième saison"),
        ("fr", "TF1 : que vaut « Les Granges », la nouvelle fiction ?"),
        ("fr", "Les Granges : la saison 2 en tournage ?"),
        ("fr", "Bellerive saison 2 (Canal+) : ce que l'on sait"),
        ("fr", "TF1 diffuse « Bellerive », sa nouvelle série, ce soir"),
        ("fr", "Bright Harbor renouvelée pour une saison 2"),
        ("en", "‘Bellerive’ Review: TF1 Shoots Low"),
        ("fr", "Canal+ commande 3 000 décodeurs à un fabricant breton"),
        ("fr", "Canal+ prépare sa rentrée cinéma : tous les films attendus"),
        ("fr", "TF1 commande deux films à un réalisateur inconnu ? L'information démentie"),
    ],
)
def test_what_a_headline_asks_or_what_is_no_series_is_not(language: str, headline: str) -> None:
    assert alerts(headline, language=language) == []


@pytest.mark.parametrize("title", ["Les Granges", "Sous le pont", "L'Étable", "La Meute", "Brûlure", "Nuit d’été"])
def test_a_title_in_french_is_a_sign_of_a_french_work(title: str) -> None:
    assert reads_french(title)


@pytest.mark.parametrize("title", ["Bright Harbor", "La Casa del Lago", "Bellerive", "Gjest"])
def test_a_title_in_no_language_or_another_is_none(title: str) -> None:
    assert not reads_french(title)


def test_an_article_says_itself_what_a_headline_leaves_out() -> None:
    text = "Rien n'est encore écrit. " * 20
    said = classifier().statements(Document(title="TF1 commande « Les Granges »", text=text, language="fr"))
    assert said
    assert not [one for one in said if "the headline says it all" in one.features]
