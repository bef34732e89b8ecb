"""News that only looks like ours: cinema films, deals, appointments, presented programmes, sport. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import Kind, Origin


def document(title: str, text: str, language: str = "fr") -> Document:
    return Document(title=title, text=text, summary="", language=language)


def signs(title: str, text: str, language: str = "fr") -> set[str]:
    """What is said of any statement of an article."""
    found = classifier().statements(document(title, text, language))
    return set().union(*(candidate.features for candidate in found))


def origins(title: str, text: str = "", language: str = "fr") -> dict[str | None, Origin]:
    return {c.title: c.origin for c in classifier().statements(document(title, text, language))}


FOR_CINEMAS = [
    ("Clap de début pour « Vent debout », le nouveau film de Lia Marchal", "Il sortira en salles l'an prochain.", "fr"),
    ("« Vent debout », premier long métrage de Lia Marchal, se tourne à Brest", "Vu au marché du film à Cannes.", "fr"),
    ("Lia Marchal shoots feature film 'Headwind'", "A theatrical release is set for May in France.", "en"),
]
NOT_FOR_CINEMAS = [
    ("France 3 tourne le téléfilm « Vent debout » à Brest", "La chaîne le diffusera l'an prochain.", "fr"),
    ("Netflix annonce « Vent debout », un nouveau film", "Lia Marchal, remarquée au cinéma, le réalise.", "fr"),
    ("« Vent debout » : le film de Lia Marchal ne sortira pas en salles", "Prime Video le produit.", "fr"),
    ("Remarquée au cinéma, Lia Marchal tourne « Vent debout », six épisodes pour Arte", "Un film l'a révélée.", "fr"),
]


@pytest.mark.parametrize(("title", "text", "language"), FOR_CINEMAS)
def test_a_film_for_cinemas_is_seen(title: str, text: str, language: str) -> None:
    assert "a film for cinemas" in signs(title, text, language)


@pytest.mark.parametrize(("title", "text", "language"), NOT_FOR_CINEMAS)
def test_a_film_for_a_channel_or_streamer_is_none_for_cinemas(title: str, text: str, language: str) -> None:
    assert "a film for cinemas" not in signs(title, text, language)


def test_cinemas_further_on_say_less() -> None:
    lead = " ".join(["Le film suit une marinière et son père."] * 20)
    found = signs("Début de tournage pour « Vent debout », un film de Lia Marchal", f"{lead}\nIl sortira en salles.")
    assert "a film, cinemas further on" in found
    assert "a film for cinemas" not in found


def test_a_deal_names_no_work() -> None:
    deal = signs("Apple TV+ signe un accord global avec Lia Marchal", "Elle développera une nouvelle série française.")
    assert {"a deal in front", "untitled under a deal"} <= deal
    named = signs("Arte signe un accord exclusif avec Lia Marchal", "La série « Vent debout » est commandée.")
    assert "a deal in front" in named
    order = signs("Arte commande « Vent debout » à Lia Marchal", "Elle développera une série.")
    assert "a deal in front" not in order


def test_a_new_post_names_no_work() -> None:
    text = "Elle aura pour mission de développer des fictions originales."
    assert "untitled with a new post" in signs("Lia Marchal nommée directrice de la fiction de M6", text)
    assert "untitled with a new post" not in signs("M6 développe une fiction avec Lia Marchal", "Elle la tourne.")


@pytest.mark.parametrize(
    ("text", "presented"),
    [
        ("Le jeu qu'il anime depuis janvier sera enregistré en août.", True),
        ("L'émission de débat, que présente Paul Aubry, aura trente numéros.", True),
        ("Le concours culinaire qu'anime Paul Aubry fera halte à Brest.", False),  # contests are works
        ("Les acteurs tourneront en août.", False),
    ],
)
def test_what_somebody_presents_is_a_programme(text: str, presented: bool) -> None:
    found = signs("« Vent debout » : TF1 annonce une deuxième saison", text)
    assert ("somebody presents it" in found) == presented


def test_sport_has_seasons_too() -> None:
    assert "sport in the headline" in signs("Ligue 1 : Canal+ garde trois saisons de plus", "Une série de matchs.")
    assert "sport in the headline" not in signs("Canal+ garde « Vent debout » une saison de plus", "Une série.")


def test_seasons_of_a_league_are_none_of_a_work() -> None:
    found = classifier().read(document("Canal+ s'offre trois saisons supplémentaires de Coupe d'Europe", "Des matchs."))
    assert not [one for one in found if one.kind is Kind.RENEWAL]


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("NBC Renews 'Harbor Light' as TF1 Extends Pact With Studio", "en"),
        ("RAI Greenlights 'Harbor Light'; France's Canal+ in Talks for Rights", "en"),
        ("La BBC commande « Harbor Light », avec Canal+ en coproducteur", "fr"),
    ],
)
def test_what_a_channel_elsewhere_orders_is_made_there(title: str, language: str) -> None:
    assert origins(title, language=language)["Harbor Light"] is Origin.FOREIGN


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("ZDF comes aboard Arte drama 'Harbor Light'", "en"),
        ("La RTBF rejoint France 2 sur « Harbor Light », nouvelle série", "fr"),
        ("France 2 commande « Harbor Light » avec la BBC", "fr"),
    ],
)
def test_who_joins_a_french_channel_does_not_make_it_foreign(title: str, language: str) -> None:
    assert origins(title, language=language)["Harbor Light"] is Origin.FRENCH


@pytest.mark.parametrize(
    "title",
    [
        "M6 transpose en Bretagne la série irlandaise « Harbor Light »",
        "Canal+ commande la version française du thriller israélien « Harbor Light »",
        "TF1 s'empare de la série danoise « Harbor Light »",
    ],
)
def test_a_channels_own_version_is_french(title: str) -> None:
    assert origins(title)["Harbor Light"] is Origin.FRENCH


@pytest.mark.parametrize(
    "title",
    [
        "M6 diffusera en mai la série irlandaise « Harbor Light »",
        "Canal+ achète la série danoise « Harbor Light »",
        "La chaîne américaine NBC transpose la série irlandaise « Harbor Light »",
    ],
)
def test_what_is_only_shown_here_stays_foreign(title: str) -> None:
    assert origins(title).get("Harbor Light", Origin.FOREIGN) is Origin.FOREIGN


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("« Vent debout » : Lia Marchal rempile", True),
        ("« Vent debout » rempile pour une saison", False),
        ("Saison 2 : Vent debout rempile", False),
    ],
)
def test_under_a_title_it_is_somebody_who_goes_on(title: str, person: bool) -> None:
    found = signs(title, "La série « Vent debout » est diffusée sur M6.")
    assert ("somebody under a title" in found) == person


def test_each_statement_of_a_headline_has_its_own_channel() -> None:
    found = origins("'Lighthouse' Pays Off for M6; ITV Orders 'Harbor Light'", language="en")
    assert found["Harbor Light"] is Origin.FOREIGN
    assert origins("'Lighthouse' Pays Off for ITV; M6 Orders 'Harbor Light'", language="en")["Harbor Light"] is (
        Origin.FRENCH
    )


def test_a_channel_abroad_that_makes_its_own_version_of_a_french_series_makes_a_foreign_one() -> None:
    assert origins("La ZDF prépare sa version de la série française « Vent debout »")["Vent debout"] is Origin.FOREIGN


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "Canal+ commande la version française du thriller israélien Sofa",
            "Titre retenu : Marée basse.",
            "Marée basse",
        ),
        (
            "TF1 va adapter « Nachtwind », série allemande",
            "Rebaptisée « Vent debout », elle se tournera.",
            "Vent debout",
        ),
    ],
)
def test_a_channels_own_version_goes_by_its_own_name(title: str, text: str, name: str) -> None:
    named = {c.title for c in classifier().statements(document(title, text)) if c.kind is Kind.NEW_ORIGINAL}
    assert named & {name} and not named & {"Sofa", "Nachtwind"}


def test_without_a_name_of_its_own_it_goes_by_that_of_what_is_adapted() -> None:
    assert "Nachtwind" in origins("TF1 va adapter « Nachtwind », série allemande", "Le tournage débute en mai.")


@pytest.mark.parametrize(
    "text",
    [
        "Paris-based Grand Soleil is making it.\nGrand Soleil, which TF1 set up in 2017, is known for a series.",
        "The production company Grand Soleil makes it.\nGrand Soleil, which TF1 set up in 2017, is known for a series.",
    ],
)
def test_a_companys_name_is_no_title(text: str) -> None:
    found = origins("Arte orders 'The Black Shore'", text, "en")
    assert "Grand Soleil" not in found
    assert "Grand Soleil" in origins("Arte orders 'The Black Shore'", text.rpartition("\n")[2], "en")


def test_a_title_in_quotes_is_one_even_after_the_word_for_a_company() -> None:
    assert "Low Tide" in origins("Disney+ orders France's 'Low Tide', a new drama series", "It shoots in May.", "en")


def test_what_a_series_is_about_is_no_title_of_it() -> None:
    found = origins("Arte Developing Limited Series on 1911 'Mona Lisa' Heist", 'It is titled "The Frame."', "en")
    assert "Mona Lisa" not in found


@pytest.mark.parametrize(
    ("title", "fresh"),
    [
        ("France 3 commande sept nouveaux épisodes de sa série policière", False),
        ("France 3 commande une nouvelle série policière en sept épisodes", True),
    ],
)
def test_new_episodes_make_no_new_series(title: str, fresh: bool) -> None:
    found = [c for c in classifier().statements(document(title, "")) if c.kind is Kind.NEW_ORIGINAL]
    assert any("new!" in c.features for c in found) == fresh


@pytest.mark.parametrize(
    ("title", "sequel"),
    [
        ("« Vent debout » : Canal+ offre un film à la série pour boucler l'histoire", True),
        ("« Vent debout » : Canal+ commande un film à Lia Marchal", False),
    ],
)
def test_a_film_that_ends_a_series_is_called_a_sequel(title: str, sequel: bool) -> None:
    assert ("called a sequel" in signs(title, "")) == sequel


def test_each_work_of_an_international_slate_is_made_where_it_is_said_to_be() -> None:
    text = "Disney+ presented British comedy 'Parlour' and France's 'Low Tide', a thriller shot in Cancale."
    found = origins("Disney+ unveils European slate", text, "en")
    assert found["Parlour"] is Origin.FOREIGN
    assert found["Low Tide"] is Origin.FRENCH


def test_more_years_of_somebody_somewhere_are_no_more_of_a_work() -> None:
    text = "Paul Aubry, de la série « Vent debout », a signé pour une année supplémentaire au sein de la troupe."
    assert not [
        one for one in classifier().read(document("Paul Aubry reste sur TF1", text)) if one.kind is Kind.RENEWAL
    ]
