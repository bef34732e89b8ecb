"""Stage 6: statements about one fact become one announcement, and it can say why."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.merge import merge
from monitor.classifier.score import Scored
from monitor.types import Announcement, Document
from monitor.vocabulary import Kind, Prominence, Status


def renewals(title: str, text: str) -> list[Announcement]:
    return [a for a in classifier().read(Document(title=title, text=text)) if a.kind is Kind.RENEWAL]


def test_one_fact_said_three_times_is_one_announcement() -> None:
    text = (
        "TF1 commande une deuxième saison de « Bellerive ». La saison 2 se tournera à Lille. "
        "La série « Bellerive » est renouvelée pour une saison 2."
    )
    assert len(renewals("« Bellerive » renouvelée pour une saison 2 sur TF1", text)) == 1


def test_the_season_that_one_sentence_names_completes_the_other() -> None:
    (found,) = renewals("« Bellerive » renouvelée par TF1", "TF1 commande une saison 4 de « Bellerive ».")
    assert found.season == 4


def test_the_season_before_is_no_announcement_of_its_own() -> None:
    text = "La saison 2 de « Bellerive » a été commandée, la saison 3 de « Bellerive » aussi."
    assert [a.season for a in renewals("TF1 commande une saison 3 de « Bellerive »", text)] == [3]


def test_a_project_is_known_better_than_hearsay() -> None:
    text = "Selon la production, une saison 2 de « Bellerive » est en cours d'écriture."
    (found,) = renewals("« Bellerive » : TF1 aurait commandé une saison 2", text)
    assert found.status is Status.IN_DEVELOPMENT


def test_what_the_headline_leaves_unnamed_the_lead_names() -> None:
    text = "La chaîne a commandé « Bellerive », une série policière."
    found = classifier().read(Document(title="France 2 prépare une nouvelle série policière", text=text))
    assert [(a.title, a.prominence) for a in found] == [("Bellerive", Prominence.HEADLINE)]


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "TF1 prépare une saga",
            "TF1 développe une série française créée par Jeanne Vasseur, encore sans titre.",
            "fr",
        ),
        (
            "TF1 prépare un polar",
            "TF1 développe une série créée par Jeanne Vasseur, un polar dans le Jura encore sans titre.",
            "fr",
        ),
        ("Une comédie en préparation pour M6", "M6 développe une série française signée Jeanne Vasseur.", "fr"),
        (
            "Arte has a French saga in the works",
            "A saga, a French series from creator Jeanne Vasseur that has no title yet, is in development at Arte.",
            "en",
        ),
    ],
)
def test_whose_project_the_headline_leaves_open_the_lead_tells(title: str, text: str, language: str) -> None:
    found = classifier().read(Document(title=title, text=text, language=language))
    assert [(a.title, a.people) for a in found] == [(None, ("Jeanne Vasseur",))]


def test_a_project_of_somebody_elses_stays_another_one() -> None:
    text = "TF1 développe une série créée par Jeanne Vasseur. TF1 développe aussi un film écrit par Paul Aubin."
    found = classifier().read(Document(title="TF1 développe une série créée par Jeanne Vasseur", text=text))
    assert {a.people for a in found} == {("Jeanne Vasseur",), ("Paul Aubin",)}


@pytest.mark.parametrize(
    ("said", "people"), [("signée Jeanne Vasseur", ("Jeanne Vasseur",)), ("signée France Télévisions", ())]
)
def test_who_signs_a_work_is_no_channel(said: str, people: tuple[str, ...]) -> None:
    (found,) = classifier().read(Document(title=f"France 2 développe une série française {said}", text=""))
    assert found.people == people


@pytest.mark.parametrize(
    ("others", "platforms"), [("", ("France 3",)), ("« Rive » part sur Arte, « Dune » sur M6.", ())]
)
def test_a_round_up_lends_none_of_its_many_channels(others: str, platforms: tuple[str, ...]) -> None:
    text = (
        f"Trois nouvelles en bref cette semaine. {'Les équipes ont dîné à Lille. ' * 20}\n"
        "Bonne nouvelle pour les fans : « Bellerive » aura une saison 7 sur la chaîne.\n"
        f"« Le Gué », une série française, a été commandée par France 3.\n{others}"
    )
    said = classifier().statements(Document(title="Ce qu'il ne fallait pas manquer", text=text))
    assert {c.platforms for c in said if c.kind is Kind.RENEWAL and c.title == "Bellerive"} == {platforms}


def test_a_renewal_hides_its_release_date() -> None:
    text = "TF1 commande une saison 2 de « Bellerive ». La saison 2 de « Bellerive » sera diffusée le 3 mars."
    found = classifier().read(Document(title="« Bellerive » renouvelée pour une saison 2 sur TF1", text=text))
    assert [a.kind for a in found] == [Kind.RENEWAL]


def test_the_explanation_tells_what_was_kept_and_what_was_dropped() -> None:
    document = Document(
        title="TF1 commande une saison 2 de « Bellerive »",
        text="Y aura-t-il une saison 2 de « La Digue » ? Rien n'est décidé.",
    )
    explanation = classifier().explain(document)
    assert explanation.announcements == classifier().read(document)
    kept = [reason for reason in explanation.reasons if reason.kept]
    assert [(reason.title, reason.season) for reason in kept] == [("Bellerive", 2)]
    dropped = next(reason for reason in explanation.reasons if reason.title == "La Digue")
    assert ("asked" in dict(dropped.terms), dropped.verdict[:8]) == (True, "dropped,")


def test_the_explanation_reads_like_a_reason() -> None:
    document = Document(title="TF1 commande une saison 2 de « Bellerive »")
    said = str(classifier().explain(document))
    assert "renewal of Bellerive, season 2: announced" in said
    assert "it is ordered, in so many words (“commande une”)" in said
    assert "the headline says it" in said


@pytest.mark.parametrize("title", ["", "Du soleil partout"])
def test_nothing_to_explain(title: str) -> None:
    explanation = classifier().explain(Document(title=title))
    assert (explanation.announcements, explanation.reasons) == ((), ())
    assert "no work in particular" in str(explanation)


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("« Bellerive » renouvelée pour une saison 2", ""),
        ("Le nouveau projet de l'actrice", "Elle sera l'héroïne d'une fiction de la chaîne."),
        ("Netflix se met au vert", ""),
        ("French broadcaster orders second season", ""),
        ("Coup de théâtre", "Le tournage de la série reprend à Sète."),
    ],
)
def test_what_may_hide_an_announcement_is_promising(title: str, summary: str) -> None:
    assert classifier().promising(title, summary)


@pytest.mark.parametrize(
    "title",
    [
        "Le prix du beurre grimpe",
        "Ligue 1 : Lens domine Brest",
        "Météo : grand soleil demain",
        "Budget : le vote reporté",
    ],
)
def test_what_surely_announces_nothing_is_not(title: str) -> None:
    assert not classifier().promising(title, "")


def test_a_title_is_the_same_with_and_without_its_article() -> None:
    text = (
        "Le tournage des Bateliers de Sainte-Marthe commence en mai. "
        "Les Bateliers de Sainte-Marthe, une série en six épisodes commandée par Arte, suivra deux frères."
    )
    document = Document(title="Arte commande une nouvelle série française", text=text, language="fr")
    found = [a.title for a in classifier().read(document) if a.kind is Kind.NEW_ORIGINAL]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("sentence", "works"), [("La série sera tournée en mai.", 1), ("Arte commande aussi un thriller.", 2)]
)
def test_what_was_named_is_no_further_work(sentence: str, works: int) -> None:
    text = (
        "La nouvelle série d'Arte, « Les Bateliers », a été commandée lundi. "
        + "Les équipes techniques ont loué un gymnase du centre, où elles dorment et déjeunent. " * 6
        + sentence
    )
    document = Document(title="Arte commande la série française « Les Bateliers »", text=text, language="fr")
    sure = [
        Scored(candidate=c, confidence=0.9) for c in classifier().statements(document) if c.kind is Kind.NEW_ORIGINAL
    ]
    assert len(merge(sure, threshold=0.5)) == works


def test_a_standfirst_that_opens_the_text_again_tells_of_one_work() -> None:
    said = "La plateforme Netflix prépare une nouvelle série créée en France."
    text = (
        f"{said} {'Les équipes ont dîné à Lille. ' * 20}\n{said}\nNetflix produira « Bellerive », une série française."
    )
    document = Document(title="Netflix prépare « Bellerive », une série française", summary=said, text=text)
    assert [a.title for a in classifier().read(document)] == ["Bellerive"]


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Les saisons 2 et 3 de « Roncières » commandées par TF1", "fr"),
        ("TF1 commande une saison 2 et une saison 3 de « Roncières »", "fr"),
        ("TF1 commande les deuxième et troisième saisons de « Roncières »", "fr"),
        ("« Roncières » : S2 et S3 commandées par TF1", "fr"),
        ("« Roncières » renouvelée pour les saisons deux et trois sur TF1", "fr"),
        ("TF1 orders seasons 2 and 3 of French drama ‘Roncières’", "en"),
        ("French thriller ‘Roncières’ gets S2 & S3 at TF1", "en"),
        ("TF1 renews French drama ‘Roncières’ for second and third seasons", "en"),
    ],
)
def test_two_seasons_told_in_one_breath_are_both_news(headline: str, language: str) -> None:
    said = classifier().read(Document(title=headline, language=language))
    assert [(one.kind, one.season) for one in said] == [(Kind.RENEWAL, 2), (Kind.RENEWAL, 3)]


@pytest.mark.parametrize(
    ("headline", "text", "seasons"),
    [
        ("TF1 renouvelle « Roncières » pour une saison 3", "La saison 2 a été tournée en mars à Sète.", [3]),
        ("Après les saisons 1 et 2, « Roncières » aura une saison 3 sur TF1", "", [3]),
        ("« Roncières » : les saisons 1 et 2 disponibles en replay sur TF1+", "", []),
        ("« Roncières » renouvelée par TF1 pour une saison 2 et six épisodes de plus", "", [2]),
    ],
)
def test_seasons_of_which_only_one_is_news(headline: str, text: str, seasons: list[int]) -> None:
    said = classifier().read(Document(title=headline, text=text, language="fr"))
    assert [one.season for one in said if one.kind is Kind.RENEWAL] == seasons
