"""Whose work it is, in both directions: places, people, neighbours and buyers that say little. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin


def surest(title: str, text: str, *, language: str, work: str | None = None) -> Announcement:
    """Of what is said of a work, or of any, whatever the model thinks of it."""
    said = classifier().weigh(Document(title=title, text=text, language=language))
    mine = (a for a in said if a.kind in ALERTED_KINDS and (work is None or a.title == work))
    return max(mine, key=lambda a: a.confidence)


def alerts(title: str, text: str, *, language: str) -> list[tuple[str | None, Kind]]:
    """Tell of which French works, or works of nobody knows where, something is announced."""
    read = classifier().read(Document(title=title, text=text, language=language))
    return [(a.title, a.kind) for a in read if a.kind in ALERTED_KINDS and a.origin is not Origin.FOREIGN]


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "fr",
            "« Prairie » aura une saison 2, et elle sera tournée en France",
            "La série d'espionnage britannique s'installe à Nice. Netflix a commandé six épisodes.",
        ),
        (
            "fr",
            "« Prairie » aura une saison 2 sur Apple TV+",
            "Le western américain est tourné en Camargue, avec la Française Anne Roux.",
        ),
        (
            "en",
            "Prime Video Orders Submarine Thriller 'Prairie'; French Director Paul Roux to Helm",
            "The eight-parter comes from U.S. writer Dana Holt. The Los Angeles team will shoot it in Belfast.",
        ),
        (
            "en",
            "Netflix goes straight to series on heist drama 'Prairie'",
            "The Seoul team has ordered eight episodes of Prairie. One will be shot in the French capital.",
        ),
        (
            "en",
            "Paramount+ Hands Series Order to Paris-Set Spy Drama ‘Prairie’",
            "The Los Angeles studio behind it will claim the French tax rebate. A British writer wrote the pilot.",
        ),
    ],
)
def test_where_it_is_shot_and_who_takes_part_proves_nothing(language: str, title: str, text: str) -> None:
    assert surest(title, text, language=language).origin is not Origin.FRENCH


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("fr", "« Prairie », série française de Netflix, aura une saison 2", "Le tournage aura lieu à Londres."),
        ("fr", "TF1 commande « Prairie », avec l'Américaine Dana Holt", "La série sera tournée au Canada."),
        ("fr", "La chaîne a annoncé à Rome qu'elle préparait une série", "France 2 en a passé commande."),
        (
            "en",
            "Netflix Sets French Thriller 'Prairie' With British Star Dana Holt",
            "Shooting starts in London in May.",
        ),
        ("en", "ADN backs French anime series 'Prairie'", "A Tokyo outfit supplies key animation."),
    ],
)
def test_a_french_work_goes_abroad(language: str, title: str, text: str) -> None:
    assert surest(title, text, language=language).origin is Origin.FRENCH


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("L'espagnole Cendre noire aura une saison 3 sur Netflix", "Cendre noire"),
        ("Sur Netflix, l'italienne Cendre noire aura une saison 3", "Cendre noire"),
    ],
)
def test_a_nationality_before_a_title_is_no_part_of_it(title: str, work: str) -> None:
    said = surest(title, "", language="fr", work=work)
    assert (said.title, said.origin) == (work, Origin.FOREIGN)


def test_a_country_before_a_title_is_no_part_of_it() -> None:
    said = surest("Netflix shows its slate", "Spain's Casa Brava, a six-part epic, is ordered.", language="en")
    assert (said.title, said.origin) == ("Casa Brava", Origin.FOREIGN)


def test_a_french_work_in_an_article_about_a_foreign_one() -> None:
    title = "Netflix renouvelle la série américaine « Harrow » pour une saison 4"
    text = "L'annonce est tombée jeudi, à la surprise de personne.\n\nLe service avait le choix. " * 4
    text += "\nLe groupe a aussi commandé une série française, « Les Nuits du golfe », en huit épisodes."
    assert ("Les Nuits du golfe", Kind.NEW_ORIGINAL) in alerts(title, text, language="fr")
    assert not alerts(title, text.replace("française", "italienne"), language="fr")


def test_who_beats_another_and_goes_on() -> None:
    title = "Netflix : « Harrow » devance « Les Nuits du golfe » et décroche une saison 6"
    assert surest(title, "", language="fr").title == "Harrow"
    title = "Netflix : « Harrow » s'arrête, « Les Nuits du golfe » décroche une saison 6"
    assert surest(title, "", language="fr").title == "Les Nuits du golfe"


@pytest.mark.parametrize("channel", ["NRK", "SVT", "RTVE", "JTBC", "PBS"])
def test_a_channel_of_another_country_orders(channel: str) -> None:
    assert surest(f"{channel} commande « Prairie », une série policière", "", language="fr").origin is Origin.FOREIGN


def test_what_is_shot_is_on_no_concert_tour() -> None:
    text = "TF1 l'a annoncé. « Prairie » aura une saison 2, qui sera tournée à Nantes."
    assert ("Prairie", Kind.RENEWAL) in alerts("« Prairie » aura une saison 2, tournée à Nantes", text, language="fr")


def test_a_play_that_goes_on_is_no_series() -> None:
    text = "Le Grand Rond reconduit la pièce « Prairie » pour une troisième saison. La troupe répète depuis octobre."
    assert not alerts("Théâtre : « Prairie » pour une troisième saison", text, language="fr")
    text = "France 3 reconduit la série « Prairie » pour une troisième saison."
    assert alerts("« Prairie » pour une troisième saison", text, language="fr") == [("Prairie", Kind.RENEWAL)]


def test_a_remake_elsewhere_of_a_french_work() -> None:
    title, text = "Sky Italia to Remake ‘Call My Agent!’", "The Italian group will produce a local version of the show."
    assert not alerts(title, text, language="en")


@pytest.mark.parametrize(
    ("language", "title", "work"),
    [
        ("en", "TF1 Orders ‘Sealed Lips,’ Remake of Danish Series ‘Gjest’", "Sealed Lips"),
        ("en", "France Télévisions to Remake Israeli Hit Drama", None),
        ("fr", "M6 commande « Silence d'hiver », remake d'une série danoise", "Silence d'hiver"),
    ],
)
def test_what_a_french_channel_has_remade_is_french_and_its_source_no_news(
    language: str, title: str, work: str | None
) -> None:
    assert alerts(title, "", language=language) == [(work, Kind.NEW_ORIGINAL)]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "La RAI commande « La Dottoressa », remake d'une série française"),
        ("fr", "« Bellerive » : la série de France 2 bientôt adaptée en Italie"),
        ("en", "RAI Orders ‘La Dottoressa,’ Remake of French Series ‘Bellerive’"),
        ("en", "ITV Orders Local Remake of TF1’s ‘Bellerive’"),
    ],
)
def test_what_is_remade_abroad_is_not_french_for_its_source(language: str, title: str) -> None:
    assert alerts(title, "", language=language) == []
