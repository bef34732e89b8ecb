from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.dom import parse_page
from crawler.spiders.article import About, canonical_link, guess_language, read_about
from crawler.spiders.byline import clean_author, clean_title

URL = "https://www.outlet.fr/series/la-forge-saison-2"
TITLE = "« La Forge » aura une saison 2"


def about(head: str = "", body: str = "", *, lang: str = "fr", url: str = URL) -> About:
    page = parse_page(f'<html lang="{lang}"><head>{head}</head><body>{body}<p>x</p></body></html>'.encode())
    assert page is not None
    return read_about(page, final_url=url, language="fr")


def linked(**fields: object) -> str:
    return script(json.dumps({"@type": "NewsArticle", "headline": TITLE} | fields))


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_json_ld_tells_everything() -> None:
    author = [{"@type": "Person", "name": "Jeanne Roux"}, {"@type": "Person", "name": "Outlet"}, {"name": "Ali Ben"}]
    found = about(
        linked(
            datePublished="2026-11-20T13:00:00+01:00",
            author=author,
            description="Six épisodes.",
            isAccessibleForFree=False,
        )
        + '<meta property="og:site_name" content="Outlet">'
    )
    assert found.title == TITLE
    assert found.published == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert found.author == "Jeanne Roux, Ali Ben"
    assert found.summary == "Six épisodes."
    assert found.paywalled
    assert found.is_article
    assert found.language == "fr"


@pytest.mark.parametrize(
    "document",
    [
        {"@graph": [{"@type": "WebPage"}, {"@type": ["Article", "NewsArticle"], "headline": TITLE}]},
        [{"@type": "BreadcrumbList"}, {"@type": "ReportageNewsArticle", "headline": TITLE}],
        {"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": TITLE}},
    ],
)
def test_the_article_is_found_wherever_json_ld_has_it(document: object) -> None:
    assert about(script(json.dumps(document))).title == TITLE


def test_the_article_that_names_this_address_is_preferred() -> None:
    other = {"@type": "NewsArticle", "headline": "Autre chose", "url": "https://www.outlet.fr/series/autre"}
    own = {"@type": "NewsArticle", "headline": TITLE, "mainEntityOfPage": {"@id": URL}}
    assert about(script(json.dumps([other, own]))).title == TITLE


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "La Forge revient", "datePublished": "2026-11-20T12:00Z",}',
        '<!-- {"@type": "NewsArticle", "headline": "La Forge revient", "datePublished": "2026-11-20T12:00Z"} -->',
        '{"@type": "NewsArticle", "headline": "La Forge revient", "datePublished": "2026-11-20T12:00Z", "x": "a\nb"};',
        '{"@type": "NewsArticle", "headline": "La Forge revient","datePublished": "2026-11-20T12:00Z", "d": "un "mot""',
    ],
)
def test_broken_json_ld_is_read_as_far_as_it_goes(text: str) -> None:
    found = about(script(text))
    assert found.title == "La Forge revient"
    assert found.published == datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [("<!--", "-->"), (" // <![CDATA[\n", "\n// ]]> "), ("<![CDATA[", ";]]>"), ("", "\n-->"), ("", ";")],
)
def test_json_ld_is_read_whole_whatever_wraps_it(before: str, after: str) -> None:
    own = {"@type": "Report", "headline": TITLE, "author": {"@type": "Person", "name": "Zoé Lam"}}
    assert about(script(f"{before}{json.dumps(own)}{after}")).author == "Zoé Lam"


@pytest.mark.parametrize("text", ["", "[" * 50_000, '{"@graph": 3}', "null", '{"@type": {"a": 1}}', '[[[["x"]]]]'])
def test_odd_json_ld_is_no_article(text: str) -> None:
    assert not about(script(text)).is_article


def test_meta_tags_and_marks_where_there_is_no_json_ld() -> None:
    head = (
        '<meta property="og:title" content="La Forge revient - Outlet"><meta name="author" content="Par Jeanne Roux">'
    )
    body = '<h1>La Forge revient</h1><p class="chapo">Le polar ouvrier est renouvelé pour six épisodes.</p>'
    found = about(head, body + '<time datetime="2026-11-20T13:00">hier</time>')
    assert (found.title, found.author) == ("La Forge revient", "Jeanne Roux")
    assert found.summary == "Le polar ouvrier est renouvelé pour six épisodes."
    assert found.published == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert (
        about("", '<div class="byline">Harriet Colman <time>2 September 2025</time></div>').author == "Harriet Colman"
    )


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("/series/la-forge", "https://www.outlet.fr/series/la-forge"),
        ("http://outlet.fr/x?utm_source=a", "https://outlet.fr/x"),
        ("https://www.agence.fr/series/la-forge", None),
        ("https://www.outlet.fr/", None),
        ("/series/", None),
        ("http://[::1", None),
    ],
)
def test_canonical_only_when_it_names_a_page_of_the_site(href: str, canonical: str | None) -> None:
    page = parse_page(f'<html><head><link rel="canonical" href="{href}"></head><body>x</body></html>'.encode())
    assert page is not None
    assert canonical_link(page, URL) == canonical


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("La Forge revient - BFMTV", "La Forge revient"),
        ("La Forge revient | AlloCiné", "La Forge revient"),
        ("La Forge revient - Séries - BFMTV", "La Forge revient - Séries"),
        ("AlloCiné : La Forge revient bientôt", "La Forge revient bientôt"),
        ("La Forge - la série qui dérange", "La Forge - la série qui dérange"),
        ("Spider-Man : le retour", "Spider-Man : le retour"),
        ("", ""),
    ],
)
def test_titles_lose_the_outlets_name_only(title: str, clean: str) -> None:
    assert clean_title(title, ("BFMTV", "AlloCiné", "allocine.fr")) == clean


@pytest.mark.parametrize(
    ("names", "author"),
    [
        (["Par Jeanne Roux le 3 mars 2026"], "Jeanne Roux"),
        (["By Ali Ben and Jo Li"], "Ali Ben, Jo Li"),
        (["https://www.facebook.com/outlet"], None),
        (["contact@outlet.fr", "admin", "Outlet"], None),
        (["M. Roux avec AFP"], "M. Roux"),
        ([], None),
    ],
)
def test_bylines_become_names(names: list[str], author: str | None) -> None:
    assert clean_author(names, ("Outlet",)) == author


def test_language_is_guessed_only_when_clear() -> None:
    """Fault P28."""
    assert (
        guess_language("La chaîne a commandé une série pour la rentrée, avec les acteurs du film et des invités.")
        == "fr"
    )
    assert guess_language("The channel has ordered a series for the autumn, with the actors of the film.") == "en"
    assert guess_language("La La Land. The end.") is None
