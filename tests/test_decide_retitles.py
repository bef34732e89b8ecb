"""Articles that say that a work is renamed, and what only sounds like it."""

from __future__ import annotations

import pytest
from tellings import says

from monitor.decide.retitles import retitles, told_as_one
from monitor.types import Document

OLD, NEW = "Le Grand Large", "Haute mer"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("« Le Grand Large » change de titre et devient « Haute mer »", ""),
        (
            "La série change de nom",
            "La série de Canal+ « Le Grand Large » change de nom : elle s'intitulera « Haute mer ».",
        ),
        ("« Haute mer », nouveau titre de la série de Canal+ « Le Grand Large »", ""),
        ("Canal+", "« Le Grand Large », créée par Zoé Lam, a été rebaptisée « Haute mer », a annoncé Canal+."),
        ("Canal+ rebaptise « Le Grand Large »", "La série a été rebaptisée « Haute mer »."),
        ("Canal+ rebaptise sa série « Le Grand Large » en « Haute mer »", ""),
        ("Canal+ Retitles French Series ‘Le Grand Large’ as ‘Haute mer’", ""),
        ("Canal+", "“Le Grand Large,” starring Omar Sy, has been retitled “Haute mer,” Canal+ said."),
        ("‘Le Grand Large’ Is Now Titled ‘Haute mer’", ""),
        ("‘Haute mer’ Is the New Title of Canal+’s ‘Le Grand Large’", ""),
    ],
)
def test_a_new_title(headline: str, text: str) -> None:
    (found,) = retitles(Document(title=headline, text=text))
    assert (found.old, found.new) == (OLD, NEW)


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("« Le Grand Large » devient « le programme le plus vu »", ""),
        ("« Le Grand Large » est désormais rebaptisé « le roi du samedi » par ses fans", ""),
        ("« HPI » devient « High Potential » aux États-Unis", "Le remake de « HPI » est rebaptisé « High Potential »."),
        ("« HPI » est rebaptisée « High Potential » à l'international", ""),
        ("Le spin-off de « HPI » est rebaptisé « Morgane »", ""),
        ("‘Le Grand Large’ Changes Course as ‘Haute mer’ Returns", ""),
        ("Canal+ rebaptise « Le Grand Large »", "« Ovale » et « Haute mer » reviennent."),
        ("« Haute mer », nouveau succès de Canal+ après « Le Grand Large »", ""),
        ("« Le Grand Large » : la chaîne a été rebaptisée « Haute mer »", ""),
        ("« Haute mer » est rebaptisée « Haute mer »", ""),
    ],
)
def test_what_is_no_new_title(headline: str, text: str) -> None:
    assert retitles(Document(title=headline, text=text)) == ()


def test_both_names_are_one_work_with_all_its_people() -> None:
    document = Document(title="« Le Grand Large » est rebaptisée « Haute mer »")
    found = [says(OLD, people=("Zoé Lam",)), says("Ovale"), says(NEW, people=("Ali Ba",))]
    one, other = told_as_one(found, document)
    assert (one.title, one.also, one.people) == (NEW, (OLD,), ("Ali Ba", "Zoé Lam"))
    assert other.title == "Ovale"


def test_a_work_that_is_announced_by_its_old_name_only_goes_by_its_new_one() -> None:
    (one,) = told_as_one([says(OLD)], Document(title="« Le Grand Large » est rebaptisée « Haute mer »"))
    assert (one.title, one.also) == (NEW, (OLD,))


def test_two_works_stay_two() -> None:
    found = (says(OLD), says(NEW))
    assert (
        told_as_one(found, Document(title="« Le Grand Large » et « Haute mer » : Canal+ commande deux séries")) == found
    )
