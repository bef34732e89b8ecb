"""The main column of a page: what belongs to it, and when it is not sure."""

from __future__ import annotations

import pytest

from crawler.blocks import read_layout
from crawler.column import Column, read_column
from crawler.dom import parse_page

ARTICLE = [
    "La chaîne a commandé une saison de plus à la société Belleroche, qui tournera au printemps sur le port de Sète.",
    "Les auteurs promettent huit épisodes de cinquante minutes, et le retour du commissaire que l'on disait mort.",
    "Le diffuseur n'a pas donné de date, mais la production parle de l'automne, une fois le montage terminé.",
    "Les décors ont été gardés depuis l'été dernier dans un entrepôt de la ville, dit la régisseuse des lieux.",
]
BODY = "".join(f"<p>{text}</p>" for text in ARTICLE)
OTHER = (
    "Une tout autre histoire que celle-ci, avec assez de mots pour passer pour un paragraphe de l'article, ou presque."
)


def column(body: str) -> Column:
    page = parse_page(f"<html><body>{body}</body></html>".encode())
    assert page is not None
    return read_column(read_layout(page.body))


def test_the_article_is_found_between_menus_and_footers() -> None:
    got = column(
        "<header><ul><li><a href='/'>Accueil</a></li><li><a href='/s'>Séries</a></li></ul></header>"
        f"<div class='page'><div class='txt'>{BODY}</div></div><footer><p>{OTHER}</p></footer>"
    )
    assert got.sure
    assert got.text.split("\n") == ARTICLE
    assert got.prose == got.directly == sum(map(len, ARTICLE))


@pytest.mark.parametrize(
    "furniture",
    [
        f"<div class='cookie-banner'><p>{OTHER}</p></div>",
        f"<div id='comments'><p>{OTHER}</p></div>",
        f"<section class='related-articles'><p>{OTHER}</p></section>",
        f"<div class='a-lire-aussi'><p>{OTHER}</p></div>",
        f"<aside><p>{OTHER}</p></aside>",
        f"<nav><p>{OTHER}</p></nav>",
        f"<form><p>{OTHER}</p></form>",
        f"<noscript><p>{OTHER}</p></noscript>",
        f"<p><a href='/b'>{OTHER}</a></p>",
        "<div>Jeanne Roux</div>",
        "<h2>À suivre</h2>",
    ],
)
def test_what_is_not_the_articles_stays_out(furniture: str) -> None:
    assert column(f"<article>{BODY}{furniture}</article>").text.split("\n") == ARTICLE


@pytest.mark.parametrize("name", ["has-sidebar content", "share-page", "main-with-menu menu"])
def test_a_wrapper_with_a_telling_name_is_no_reason_to_lose_the_article(name: str) -> None:
    assert column(f"<div class='{name}'>{BODY}</div>").text.split("\n") == ARTICLE


def test_the_standfirst_above_the_column_is_the_articles() -> None:
    head = f"<header><h1>Sète retrouve son commissaire</h1><p class='intro'>{OTHER}</p></header>"
    assert column(f"<article>{head}<div>{BODY}{BODY}</div></article>").text.split("\n") == [OTHER, *ARTICLE, *ARTICLE]


def test_lists_tables_and_headings_within_the_article_are_kept() -> None:
    got = column(
        f"<article>{BODY}<h2>La distribution</h2><ul><li>Lise Amar</li></ul><table><tr><td>Épisodes</td><td>8</td></tr>"
        f"</table>{BODY}</article>"
    )
    assert got.text.split("\n") == [*ARTICLE, "La distribution", "Lise Amar", "Épisodes", "8", *ARTICLE]


def test_line_breaks_part_paragraphs_and_links_within_them_do_not() -> None:
    got = column(
        f"<div>{ARTICLE[0]}<br><br>{ARTICLE[1]} Voir <a href='/f'>la <b>fiche</b></a>.<!-- x --><br>{ARTICLE[2]}</div>"
    )
    assert got.text.split("\n") == [ARTICLE[0], f"{ARTICLE[1]} Voir la fiche.", ARTICLE[2]]


def test_a_page_of_many_stories_is_not_sure() -> None:
    cards = "".join(f"<div><div><div><p>{text}</p></div></div></div>" for text in [*ARTICLE, OTHER])
    assert not column(cards).sure


def test_a_short_page_is_not_sure() -> None:
    assert not column(f"<p>{OTHER}</p>").sure


def test_most_of_the_prose_elsewhere_is_not_sure() -> None:
    others = f"<div class='teaser'>{BODY}</div>" * 4
    assert not column(f"<div class='a'>{BODY}</div>{others}").sure


def test_an_empty_page_has_an_empty_column() -> None:
    assert column("") == Column(text="", sure=False, prose=0, directly=0)
