"""What is said outright, by a channel and without a doubt, is surer than its parts."""

from __future__ import annotations

import pytest
from shipped import classifier

from monitor.types import Document

FRONT, BODY = "said outright", "said outright further on"


def marked(title: str, text: str = "", language: str = "fr") -> set[tuple[str, str | None]]:
    said = classifier().statements(Document(title=title, text=text, language=language))
    return {(c.kind.value, c.title) for c in said if c.features & {FRONT, BODY}}


@pytest.mark.parametrize(
    ("title", "language", "kind"),
    [
        ("France 2 commande « Bellerive », une nouvelle série policière", "fr", "new_original"),
        ("Arte has ordered “Bellerive,” a new French crime series", "en", "new_original"),
        ("TF1 renouvelle « Bellerive » pour une saison 3", "fr", "renewal"),
        ("Canal+ has renewed “Bellerive” for a second season", "en", "renewal"),
        ("TF1 reconduit « Bellerive »", "fr", "renewal"),
        ("Canal+ Re-ups ‘Bellerive’", "en", "renewal"),
    ],
)
def test_who_does_what_with_which_work_is_said_outright(title: str, language: str, kind: str) -> None:
    assert (kind, "Bellerive") in marked(title, language=language)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("France 2 a-t-elle commandé « Bellerive », une série policière ?", "fr"),
        ("« Bellerive » : TF1 pourrait-elle renouveler la série pour une saison 3 ?", "fr"),
        ("TF1 n'a pas renouvelé « Bellerive » pour une saison 3", "fr"),
        ("Will Canal+ renew “Bellerive” for a second season?", "en"),
    ],
)
def test_what_is_asked_or_denied_is_not(title: str, language: str) -> None:
    assert marked(title, language=language) == set()


@pytest.mark.parametrize(
    ("title", "language"), [("TF1 reconduit « Bellerive »", "fr"), ("Canal+ Re-ups ‘Bellerive’", "en")]
)
def test_a_headline_alone_renews_without_a_season(title: str, language: str) -> None:
    found = classifier().read(Document(title=title, text="", language=language))
    assert [(a.kind.value, a.title, a.season) for a in found] == [("renewal", "Bellerive", None)]


def test_a_plain_order_in_the_headline_is_told_whatever_the_text_lacks() -> None:
    document = Document(title="France 2 commande « Bellerive », une nouvelle série policière", text="")
    assert [(a.kind.value, a.title, a.confidence > 0.7) for a in classifier().read(document)] == [
        ("new_original", "Bellerive", True)
    ]


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("TF1 commande une saison 2 de « Bellerive », diffusée à l'automne 2031", "fr"),
        ("Canal+ Orders Second Season of ‘Bellerive,’ Airing in 2031", "en"),
    ],
)
def test_what_a_channel_orders_is_no_less_ordered_for_its_date(title: str, language: str) -> None:
    found = classifier().read(Document(title=title, text="", language=language))
    assert [(a.kind.value, a.title, a.season) for a in found] == [("renewal", "Bellerive", 2)]


@pytest.mark.parametrize(
    "title",
    [
        "« Bellerive », série que TF1 diffuse, a commandé nos nuits : la saison 2 revient",
        "TF1 : la direction commande un audit, la saison 2 de « Bellerive » revient",
        "La saison 2 de « Bellerive » revient sur TF1, qui commande aussi un jeu",
    ],
)
def test_a_channel_that_orders_something_else_does_nothing_with_the_work(title: str) -> None:
    said = classifier().statements(Document(title=title, text="", language="fr"))
    assert said
    assert not [c for c in said if "the channel does it" in c.features]


@pytest.mark.parametrize(
    ("title", "television"),
    [
        ("Le tournage de la saison 2 de Bellerive commence à Nice", True),
        ("La saison 2 de Bellerive est commandée", False),
    ],
)
def test_a_season_that_is_shot_is_one_of_television(title: str, television: bool) -> None:
    said = classifier().statements(Document(title=title, text="On aime la série.", language="fr"))
    features = [c.features for c in said if c.title == "Bellerive" and c.kind.value == "renewal"]
    assert features
    assert all(("no television" not in one) is television for one in features)
