"""What somebody answers or says in the first person: announcements that come late, in interviews and portraits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Origin


def told(title: str, text: str, *, language: str = "fr") -> list[tuple[Kind, str | None, int | None]]:
    published = datetime(2024, 6, 1, tzinfo=UTC)
    found = classifier().read(Document(title=title, text=text, language=language, published=published))
    wanted = (a for a in found if a.kind in (Kind.NEW_ORIGINAL, Kind.RENEWAL) and a.origin is not Origin.FOREIGN)
    return [(a.kind, a.title, a.season) for a in wanted]


def announced(text: str, language: str = "fr") -> list[Announcement]:
    return list(classifier().weigh(Document(title="", text=text, language=language)))


def test_what_an_actor_says_that_she_shoots_for_a_channel_is_told() -> None:
    text = (
        "Elle nous reçoit chez elle, un chat sur les genoux. Du théâtre, elle garde le trac. Et la suite ? "
        "« Je tourne en septembre une comédie policière pour France 3, avec Bruno Lescure. » Elle n'en dira pas plus."
    )
    assert told("Estelle Kermarrec : « J'ai toujours envie de jouer »", text) == [(Kind.NEW_ORIGINAL, None, None)]


def test_what_an_actor_would_like_to_shoot_is_not() -> None:
    text = (
        "Elle nous reçoit chez elle, un chat sur les genoux. Du théâtre, elle garde le trac. Et la suite ? "
        "« J'adorerais tourner une comédie policière, mais personne ne m'a rien proposé. »"
    )
    assert told("Estelle Kermarrec : « J'ai toujours envie de jouer »", text) == []


def test_a_title_in_quotes_within_what_is_said_is_one() -> None:
    text = "\"I am writing 'Salt Mothers' for Arte, six hours about midwives, and we roll in May,\" she says."
    found = told("Director Agathe Morvan Talks Fear and Family", text, language="en")
    assert (Kind.NEW_ORIGINAL, "Salt Mothers", None) in found


def test_an_apostrophe_in_what_is_said_opens_no_title() -> None:
    text = "\"They said 'no way, not again' to us, and we're writing a drama for Arte,\" she says."
    assert all(title is None for _, title, _ in told("Director Agathe Morvan Talks Fear", text, language="en"))


@pytest.mark.parametrize(
    "answer",
    [
        "« On y retourne en mars, pour quatre épisodes », a répondu le comédien.",
        "« Nous rempilons au printemps », a répondu le comédien.",
    ],
)
def test_the_answer_in_a_few_words_is_of_the_headlines_work(answer: str) -> None:
    text = f"Invité de la radio, Paul Cluzel a été interrogé sur l'avenir de « Section Nord ». {answer}"
    found = told("« Section Nord » bientôt de retour sur France 3 ? La réponse de Paul Cluzel", text)
    assert [(kind, title) for kind, title, _ in found] == [(Kind.RENEWAL, "Section Nord")]


def test_a_headline_that_asks_is_not_answered_by_a_hope() -> None:
    text = "Interrogé sur l'avenir de « Section Nord », il a souri. « On aimerait y retourner », a répondu le comédien."
    assert told("« Section Nord » bientôt de retour sur France 3 ? La réponse de Paul Cluzel", text) == []


def test_the_channel_in_brackets_after_a_title_leaves_it_one() -> None:
    text = (
        "Mercredi soir, 3,8 millions de téléspectateurs ont vu le dénouement. « France 2 nous a demandé une saison 2 "
        "dès le mois de juin », répond le créateur. L'action reprendra un an plus tard, en Corse, avec deux nouveaux "
        "personnages dont rien ne filtre encore."
    )
    assert (Kind.RENEWAL, "Les Liens défaits", 2) in told("Les Liens défaits (France 2) : ce que l'on sait", text)


@pytest.mark.parametrize(
    "recalled",
    [
        "En 1998, TF1 lui commandait une série sur mesure, « La Belle Équipe ».",
        "Quand la chaîne a renouvelé la série la troisième année, il a acheté sa maison.",
    ],
)
def test_what_a_portrait_recalls_is_no_news(recalled: str) -> None:
    text = f"Portrait d'un acteur qui a tout joué, de « La Belle Équipe » à Tchekhov. {recalled} Il vit à Avignon."
    assert told("Bruno Castellani, l'inoxydable", text) == []


def test_a_story_of_long_ago_is_news_all_the_same() -> None:
    text = (
        "France 2 commande « Les Passeuses », une série en six épisodes. En 1942, une institutrice cache un aviateur."
    )
    assert told("France 2 commande « Les Passeuses »", text) == [(Kind.NEW_ORIGINAL, "Les Passeuses", None)]


def test_a_comma_and_what_it_is_tell_a_title_of_small_words() -> None:
    text = "Un prof en or, la comédie de Sami Rezgui, est reconduite par OCS pour dix épisodes."
    assert told("Fiction : OCS commande dix épisodes", text)[0][1] == "Un prof en or"


def test_who_comes_before_a_comma_is_no_title() -> None:
    text = "Un producteur, la série en poche, est reconduit à la tête de la société."
    assert all(title is None for _, title, _ in told("OCS et les producteurs", text))


def test_works_that_are_dramas_are_works() -> None:
    text = "Le service vient en effet de commander dix épisodes d'un drame hospitalier à la société Folle Avoine."
    found = told("Apple TV+ s'offre un drame hospitalier en langue française", text)
    assert found == [(Kind.NEW_ORIGINAL, None, None)]


def test_a_family_drama_in_the_news_is_none() -> None:
    text = "La police vient en effet de découvrir deux corps. Un drame familial, selon le parquet de Lille."
    assert told("Lille : un drame familial fait deux morts", text) == []


def test_a_second_run_of_screenings_renews_nothing() -> None:
    text = "“Pale Saints,” a French drama, was sold to SBS. A second run of screenings is planned in Budapest."
    assert told("Banijay Sells ‘Pale Saints’", text, language="en") == []


def test_a_namesake_that_is_called_foreign_is_another_work() -> None:
    text = "Apple TV+ a commandé une saison 2 de « Surface », le thriller californien."
    assert told("Les annonces séries de la semaine", text) == []


@pytest.mark.parametrize(
    ("said", "makes"),
    [
        ("M6 a signé en juillet pour six épisodes d'une série sur des convoyeurs.", True),
        ("M6 a signé en juillet pour six ans avec la ligue de rugby.", False),
        ("Le bureau attend pour septembre l'équipe d'un téléfilm de France 3 avec Paul Morvan.", True),
        ("Le bureau attend pour septembre l'équipe de France de rugby.", False),
    ],
)
def test_who_signs_for_episodes_and_whose_crew_is_expected(said: str, makes: bool) -> None:
    found = classifier().statements(Document(title="Portrait", text=said, language="fr"))
    firm = {"act order!", "act shoot!"}
    assert any(one.features & firm for one in found) is makes
