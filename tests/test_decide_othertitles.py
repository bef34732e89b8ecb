"""Other titles that an article gives a work, and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tellings import says

from monitor.decide.othertitles import renamed, with_other_titles
from monitor.types import Document, Evidence

LIGHT, KINGS = "The Lighthouse at the End", "La Nuit des rois"
MADE = "une série créée par Faustin Sabatini que TF1 a commandée l’an dernier"


def also(title: str, text: str, *others: str) -> tuple[str, ...]:
    """Give the other titles of the first of some announced titles."""
    found = [says(title), *map(says, others), says(None)]
    return with_other_titles(found, Document(title=text))[0].also


@pytest.mark.parametrize(
    "text",
    [
        "Netflix Orders French Drama ‘The Lighthouse at the End’ (‘Le Phare du bout’)",
        "Netflix orders The Lighthouse at the End (Le Phare du bout)",
        "It ordered “The Lighthouse at the End” (“Le Phare du bout” in French), a six-part series.",
        "It ordered “The Lighthouse at the End” (French title: “Le Phare du bout”).",
        "“The Lighthouse at the End,” known in France as “Le Phare du bout,” will shoot in May.",
        "It ordered “The Lighthouse at the End”. The French title is “Le Phare du bout”.",
        "« The Lighthouse at the End » (en français « Le Phare du bout »)",
        "It ordered “The Lighthouse at the End”. The series' original title is “Le Phare du bout.”",
        "It ordered “The Lighthouse at the End”. The show, titled “Le Phare du bout” in French, shoots in May.",
        "It ordered “The Lighthouse at the End”, a series known as “Le Phare du bout” in France.",
    ],
)
def test_a_title_in_another_language(text: str) -> None:
    assert also(LIGHT, text) == ("Le Phare du bout",)


@pytest.mark.parametrize(
    "text",
    [
        "TF1 a commandé « La Nuit des rois », anciennement intitulée « Projet K ».",
        "« La Nuit des rois » (ex-« Projet K ») arrive",
        "« La Nuit des rois », dont le titre de travail était « Projet K », arrive",
        "« La Nuit des rois », de Zoé Lam, dont le titre de travail était « Projet K », arrive",
        "« La Nuit des rois » (titre provisoire), aussi connue sous le titre « Projet K »",
        "“La Nuit des rois” (w/t, formerly titled “Projet K”)",
        "“La Nuit des rois,” previously known as “Projet K,” starts filming.",
        "« Projet K » devient « La Nuit des rois »",
        "La série « Projet K », créée par Zoé Lam, s'appellera finalement « La Nuit des rois »",
        "TF1 rebaptise sa série « Projet K » en « La Nuit des rois »",
        f"« Projet K », {MADE}, devient « La Nuit des rois »",
        "« La Nuit des rois » : TF1 rebaptise « Projet K »",
        "TF1 renames ‘Projet K’ to ‘La Nuit des rois’",
    ],
)
def test_a_title_it_had_before_though_the_article_may_announce_both(text: str) -> None:
    assert also(KINGS, text) == ("Projet K",)
    assert also(KINGS, text, "Projet K") == ("Projet K",)


@pytest.mark.parametrize(
    "text",
    [
        "« La Nuit des rois » (Netflix) et « Lupin »",
        "« La Nuit des rois » (« saison 2 »)",
        "« La Nuit des rois » ou « Lupin » ?",
        "« La Nuit des rois » (Le Monde)",
        "« La Nuit des rois », par le créateur de « Lupin »",
        "Après « Lupin », « La Nuit des rois »",
        "« La Nuit des rois » (« Lupin » et « HPI » reviennent aussi)",
        "« La Nuit des rois » (“Lupin” creator George Kay)",
        "« La Nuit des rois » (« un drame familial », dit TF1)",
        "« La Nuit des rois », d'abord annoncée pour mars, puis « Lupin »",
        "« La Nuit des rois » (« La Nuit des rois »)",
        "« La Nuit des rois » (ex-TF1)",
        "Le remake de « Lupin » est rebaptisé « La Nuit des rois »",
        "« La Nuit des rois » (anciennement sur une autre chaîne)",
        "« La Nuit des rois ». Le titre de travail de « Lupin » était court.",
        "« La Nuit des roisins (« Le Phare du bout »), _La Nuit des rois (« Le Phare du bout »)",
    ],
)
def test_what_is_no_other_title(text: str) -> None:
    assert also(KINGS, text) == ()


def test_of_a_slate_what_stands_in_brackets_is_no_other_name_where_it_is_announced_itself() -> None:
    text = "Deux séries : « La Nuit des rois » (« Le Phare du bout »). Le titre original est « Brumes »."
    assert also(KINGS, text, "Le Phare du bout") == ()
    assert also(KINGS, text, "Marées") == ("Le Phare du bout",)
    assert also(KINGS, text) == ("Le Phare du bout", "Brumes")


def test_what_brackets_say_is_the_other_name_is_it_though_the_article_may_announce_both() -> None:
    text = "Netflix a commandé « La Nuit des rois » (« Night of Kings » à l'international)."
    assert also(KINGS, text, "Night of Kings") == ("Night of Kings",)


@pytest.mark.parametrize(
    "text",
    [
        "It ordered “The Lighthouse at the End”, from the novel titled “Le Vieux Phare” in French.",
        "It ordered “The Lighthouse at the End”. The novel's original title is “Le Vieux Phare”.",
        "It ordered “The Lighthouse at the End”. The network, which released “Brumes” in France, shoots in May.",
    ],
)
def test_what_a_work_is_made_from_and_what_else_is_shown_is_no_other_name(text: str) -> None:
    assert also("The Lighthouse at the End", text) == ()


@pytest.mark.parametrize(
    ("sentence", "says_so"),
    [
        (
            f"« Projet K », {MADE}, devient « La Nuit des rois ».",
            True,
        ),
        (
            f"“Projet K”, {MADE}, is now called “La Nuit des rois”.",
            True,
        ),
        ("« Projet K » est en tournage, « Lupin » revient et devient moins sombre que « La Nuit des rois ».", False),
    ],
)
def test_what_a_renamed_work_is_stands_between_its_names_and_no_third_title(sentence: str, says_so: bool) -> None:
    (named,) = with_other_titles([replace(says(KINGS), also=("Projet K",))], Document(title=sentence))
    told = replace(named, evidence=replace(named.evidence, sentence=sentence))
    assert renamed(told) == (("Projet K", KINGS) if says_so else None)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            KINGS,
            "TF1 tourne « La Nuit des rois ». « La Nuit des rois », anciennement « Projet K », est un thriller.",
        ),
        (
            KINGS,
            "TF1 tourne « La Nuit des rois ». Le thriller « Projet K » est rebaptisé « La Nuit des rois ».",
        ),
        (KINGS, "TF1 tourne « La Nuit des rois ».\n« Projet K », désormais intitulée « La Nuit des rois », se tourne."),
        (KINGS, "TF1 is filming “La Nuit des rois”. “Projet K”, now titled “La Nuit des rois”, has six parts."),
        (KINGS, "TF1 is filming “La Nuit des rois”. “Projet K” has been retitled “La Nuit des rois”, TF1 said."),
        (KINGS, "TF1 tourne « La Nuit des rois » (ex-« Projet K »), un thriller de Zoé Lam."),
        (KINGS, "TF1 tourne « La Nuit des rois », d'abord intitulée « Projet K », un thriller."),
        (KINGS, "TF1 is filming “La Nuit des rois” (fka “Projet K”), a thriller."),
        (KINGS, "TF1 is filming “La Nuit des rois” (f.k.a. “Projet K”), a thriller."),
        (KINGS, "TF1 is filming “La Nuit des rois” (working title: “Projet K”), a thriller."),
        (KINGS, "TF1 tourne « La Nuit des rois » (ex-Projet K), un thriller."),
        (KINGS, "TF1 tourne « La Nuit des rois » (anciennement Projet K), un thriller."),
        (KINGS, "TF1 tourne « La Nuit des rois ». Elle portait jusque-là le titre de travail de « Projet K »."),
        ("Projet K", "TF1 tourne « Projet K » à Lille. « Projet K » s'intitule désormais « La Nuit des rois »."),
    ],
)
def test_any_sentence_of_an_article_may_say_that_its_work_was_renamed(title: str, text: str) -> None:
    first = re.split(r"(?<=\.)\s", text)[0]
    told = says(title, evidence=Evidence(sentence=first, zone="lead", start=0, end=len(first)))
    (said,) = with_other_titles((told,), Document(title="TF1", text=text))
    assert renamed(said) == ("Projet K", KINGS)


def test_a_title_in_its_own_language_is_no_renaming() -> None:
    text = "TF1 is filming “La Nuit des rois”. “La Nuit des rois”, originally titled “Night of Kings”, has six parts."
    first = text.partition(" “La")[0]
    told = says(KINGS, evidence=Evidence(sentence=first, zone="lead", start=0, end=len(first)))
    (said,) = with_other_titles((told,), Document(title="TF1", text=text))
    assert said.also == ("Night of Kings",)
    assert renamed(said) is None
