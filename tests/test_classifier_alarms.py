"""What speaks of no work must not be read as one: towns, numbers, everyday words, everyday endings. Sentences ours."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.classifier.gazetteer import Gazetteer
from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind


def read(title: str, text: str = "", summary: str = "") -> tuple[Announcement, ...]:
    return classifier().read(Document(title=title, text=text, summary=summary, language="fr"))


def statements(title: str, text: str = "") -> int:
    return len(classifier().statements(Document(title=title, text=text, language="fr")))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        # a town that a series is called after
        ("Marseille : le maire confirme la fermeture de deux piscines", "La ville obtient un sursis."),
        ("Paris s'offre une cure de verdure", "La capitale reprend ses travaux et rempile avec son architecte."),
        # a number that begins a title
        ("Le livret rapporte 10 % de moins", "Le taux de 10 % est reconduit jusqu'en mars."),
        # projects and programmes of politics
        ("Le gouvernement annonce de nouveaux projets", "Deux programmes seront lancés et un troisième est prolongé."),
        ("Euro : la 1ère journée est reportée", "La 1ère place est obtenue par l'Espagne, qui poursuit sa route."),
    ],
)
def test_an_article_without_television_says_nothing_of_works(title: str, text: str) -> None:
    assert statements(title, text) == 0


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("« Marseille » aura une saison 3", Kind.RENEWAL),
        ("Netflix annule la série « Marseille »", Kind.CANCELLATION),
        ("Le Bureau des légendes s'arrête", Kind.CANCELLATION),
        ("Canal+ met fin à « Bellerive » après deux saisons", Kind.CANCELLATION),
    ],
)
def test_one_sign_of_television_is_enough(title: str, kind: Kind) -> None:
    assert kind in {a.kind for a in read(title)}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Un chat filmé par TF1", "« Je voudrais que ça s'arrête », dit sa maîtresse. La vidéo s'arrête là."),
        ("Le club de Bellerive annule son tournoi", "Sur M6, le président Legrand a parlé de la fin de la crise."),
        ("Le musée vend une toile", "« Les Charmes », un film de 1935, a été acheté en avril par la ville."),
    ],
)
def test_what_ends_or_is_bought_is_recorded_of_works_only(title: str, text: str) -> None:
    assert not read(title, text)


def test_a_weak_name_of_a_work_is_no_title_by_itself() -> None:
    facts: dict[str, list[dict[str, object]]] = {
        "works": [{"title": "La Tour des vents", "weak": ["La Tour"], "on": [], "origin": "french"}]
    }
    marks = list(Gazetteer(facts).marks("la tour rouvre", "La Tour rouvre"))
    assert [(m.value, m.strength) for m in marks] == [("La Tour des vents", 1)]


def test_a_number_is_a_weak_name() -> None:
    gazetteer = Gazetteer({"works": [{"title": "1913", "on": [], "origin": "french"}]})
    assert [m.strength for m in gazetteer.marks("en 1913", "En 1913")] == [1]


@pytest.mark.parametrize(
    "title",
    [
        "Plus belle la vie : un comédien placé en garde à vue",
        "Candice Renoir : l'actrice met en garde ses abonnés",
        "Plus belle la vie : le salaire du héros va continuer d'augmenter",
        "Pékin Express : la finaliste remercie ses abonnés",
        "Julie Lescaut : l'actrice vote au second tour",
        "Capitaine Marleau : l'actrice promet trois projets de loi",
    ],
)
def test_everyday_words_of_a_piece_that_names_a_channel_are_no_cues(title: str) -> None:
    said = classifier().statements(Document(title=title, text="", language="fr"))
    assert not {m.group for c in said for m in c.cues} & {"renew", "cancel", "season", "order", "works"}


def test_a_batch_does_not_swallow_the_first_word_of_a_title() -> None:
    title = "Deux anciens comédiens de Plus belle la vie seront présents au salon"
    (reading,) = classifier().statements(Document(title=title, text="", language="fr"))[:1] or (None,)
    assert reading is None or "object more" not in reading.features


@pytest.mark.parametrize(
    ("title", "negated"),
    [
        ("TF1 n'a pas commandé de saison 2 de la série « Bellerive »", True),
        ("TF1 n'a jamais renouvelé la série « Bellerive » pour une saison 2", True),
        ("TF1 commande une saison 2 de la série « Bellerive », pas mal accueillie", False),
    ],
)
def test_a_negation_right_before_the_act_shows(title: str, negated: bool) -> None:
    said = classifier().statements(Document(title=title, text="", language="fr"))
    features = [c.features for c in said if c.title == "Bellerive"]
    assert features
    assert ("negated" in frozenset.union(*features)) is negated


def test_what_was_not_ordered_is_undecided() -> None:
    title = "D'après son patron, aucune nouvelle série n'a été commandée par TF1"
    said = classifier().statements(Document(title=title, text="", language="fr"))
    features = [c.features for c in said if c.kind in ALERTED_KINDS]
    assert features
    assert all("undecided" in f for f in features)


@pytest.mark.parametrize(
    "text",
    [
        "L'animateur quitte TF1 « pour se consacrer à de nouveaux projets », explique la chaîne.",
        "Le présentateur a de nouveaux projets au sein de la rédaction de TF1, annonce la chaîne.",
    ],
)
def test_projects_of_a_person_are_no_works(text: str) -> None:
    assert not [a for a in read("Le présentateur du 13 heures de TF1 s'en va", text) if a.kind in ALERTED_KINDS]
