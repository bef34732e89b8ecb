"""What is news and what is recalled, by the article's own date. Every sentence is ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shipped import classifier

from monitor.types import Document
from monitor.vocabulary import ALERTED_KINDS


def signs(title: str, *, year: int = 2024, language: str = "fr") -> frozenset[str]:
    """Of the statement with the most signs about a further season or a new work."""
    document = Document(title=title, text="", language=language, published=datetime(year, 5, 2, tzinfo=UTC))
    said = [c for c in classifier().statements(document) if c.kind in ALERTED_KINDS]
    return max((c.features for c in said), key=len)


@pytest.mark.parametrize(
    "title",
    [
        "La série « Bellerive », commandée en 2019 par TF1, attend toujours",
        "La saison 2 de la série « Bellerive », renouvelée il y a trois ans",
        "L'an dernier, TF1 commandait une saison 2 de la série « Bellerive »",
        "TF1 avait commandé une saison 2 de la série « Bellerive »",
    ],
)
def test_what_was_done_then_is_recalled(title: str) -> None:
    assert "recalled" in signs(title)


@pytest.mark.parametrize(
    "title",
    [
        "TF1 commande « Bellerive », une série sur un naufrage en 1978",
        "« Bellerive », série lancée l'an dernier, aura une saison 2 sur TF1",
        "TF1 a annoncé qu'elle avait commandé une saison 2 de la série « Bellerive »",
        "La série « Bellerive » aura une saison 2 sur TF1, a-t-on appris mardi",
        "TF1 lance le tournage de la saison 2 de la série « Bellerive »",
        "La saison 2 de la série « Bellerive » de TF1 sera tournée en 2025",
        "« Bellerive », série de TF1 : le tournage de la saison 2 a commencé",
    ],
)
def test_a_past_that_is_not_the_act_s_leaves_it_news(title: str) -> None:
    assert "recalled" not in signs(title)


def test_a_year_is_past_by_the_article_s_date() -> None:
    title = "La série « Bellerive », commandée en 2019 par TF1"
    assert "recalled" in signs(title, year=2022)
    assert "recalled" not in signs(title, year=2019)


def test_years_before_a_work_came_out_its_name_says_nothing() -> None:
    title = "La série « HPI » aura une saison 2 sur TF1"
    assert "known french work" in signs(title, year=2022)
    assert "known french work" not in signs(title, year=2014)


def test_english_dates() -> None:
    assert "recalled" in signs("TF1 renewed 'Bellerive' for season 2 last year", language="en")
    assert "recalled" not in signs("TF1 renews last year's hit drama 'Bellerive' for season 2", language="en")
