"""The recipe of docs/classifier.md, followed: a lexicon of some fifty lines, and Spanish articles are read.

Nothing else changes: the gazetteer and the model are those that are shipped.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.classifier import Classifier
from monitor.data import folder
from monitor.learning.labelled import read_corpus
from monitor.learning.places import PAGE
from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Origin

LEXICON = Path(__file__).with_name("lexicon_es.toml")
ARTICLE = """
[[article]]
id = "tr-es-000"
lang = "es"
label = ["renewal"]
title = "Netflix renueva la serie francesa «Marea baja» por una segunda temporada"
text = '''
La plataforma ha renovado «Marea baja», que tendrá una segunda temporada.
'''

[[article.facts]]
kind = "renewal"
title = "Marea baja"
season = 2
platforms = ["Netflix"]
status = "confirmed"
work_type = "series"
quote = '''renueva la serie francesa «Marea baja» por una segunda temporada'''
"""


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Classifier:
    config = tmp_path_factory.mktemp("third") / "config"
    shutil.copytree(folder("config"), config)
    shutil.copy(LEXICON, config / "lexicon" / "es.toml")
    return Classifier.load(config)


def read(classifier: Classifier, title: str, text: str) -> tuple[Announcement, ...]:
    assert classifier.explain(Document(title=title, text=text)).language == "es"
    return classifier.read(Document(title=title, text=text))


def test_a_renewal_is_read_whole(spanish: Classifier) -> None:
    (found,) = read(
        spanish,
        "Netflix renueva la serie francesa «Marea baja» por una segunda temporada",
        "La plataforma ha renovado «Marea baja», la serie francesa de Paul Aubin, que tendrá una segunda temporada.",
    )
    assert (found.kind, found.title, found.season) == (Kind.RENEWAL, "Marea baja", 2)
    assert (found.platforms, found.origin) == (("Netflix",), Origin.FRENCH)


def test_an_order_is_a_new_original(spanish: Classifier) -> None:
    (found,) = read(
        spanish,
        "Canal+ encarga una nueva serie francesa, «El Faro de invierno»",
        "La cadena ha encargado «El Faro de invierno», thriller de ocho episodios creada en Francia.",
    )
    assert (found.kind, found.title, found.platforms) == (Kind.NEW_ORIGINAL, "El Faro de invierno", ("Canal+",))


def test_a_cancellation_is_no_renewal(spanish: Classifier) -> None:
    title = "TF1 cancela «Marea baja»: no tendrá tercera temporada"
    found = read(spanish, title, "La cadena ha cancelado la serie francesa tras dos temporadas.")
    assert {one.kind for one in found} == {Kind.CANCELLATION}


def test_a_series_from_elsewhere_is_foreign(spanish: Classifier) -> None:
    title = "Netflix renueva la serie coreana «La casa del mar» por una tercera temporada"
    found = read(spanish, title, "La serie coreana tendrá una tercera temporada.")
    assert {one.origin for one in found} == {Origin.FOREIGN}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "El ayuntamiento encarga una serie de obras para la nueva temporada",
            "Las obras de la plaza empezarán en marzo, según el alcalde.",
        ),
        (
            "El Barcelona renueva a su portero para la segunda temporada",
            "El club ha renovado al portero por tres años, y el portero vuelve a la portería en la tercera jornada.",
        ),
        (
            "«Marea baja» se estrena el martes en Netflix",
            "La serie francesa ya disponible en España llega a la plataforma con seis episodios.",
        ),
    ],
)
def test_what_only_looks_like_one_announces_nothing(spanish: Classifier, title: str, text: str) -> None:
    assert read(spanish, title, text) == ()


def test_without_its_lexicon_the_language_is_not_read() -> None:
    shipped = Classifier.load(folder("config"))
    assert shipped.read(Document(title="TF1 cancela «Marea baja»", text="La cadena no dice por qué.")) == ()


def test_an_article_in_it_goes_into_the_corpus_like_any_other(spanish: Classifier, tmp_path: Path) -> None:
    (tmp_path / "es.toml").write_text(ARTICLE, encoding="utf-8")
    (article,) = read_corpus(tmp_path)
    assert {one.kind for one in spanish.read(article.document)} == article.label
    assert spanish.statements(article.document), "there is nothing that a model could learn from"


def test_the_recipe_names_what_is_there() -> None:
    recipe = PAGE.read_text(encoding="utf-8").partition("## A third language")[2]
    assert "tests/lexicon_es.toml" in recipe
    for table in ("titles", "sets", "groups.renew", "groups.season", "groups.work.series"):
        assert f"[{table}]" in LEXICON.read_text(encoding="utf-8")
        assert f"`[{table}]`" in recipe
