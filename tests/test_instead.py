"""A home page, or a listing, served at an article's address without a redirect is no article of its teasers (F22)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler import Article, Entry, Fetch, Rejected, RejectReason
from crawler.extract import extract_page

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
URL = "https://gazette.example/series/2026/11/20/les-marees-saison-2"
HEADLINE = "OCS renouvelle « Les Marées » pour une deuxième saison"
WORKS = ("La Forge", "Bellerive", "Le Verger", "Tulle 1943", "Les Dunes", "Comptoir", "Volière", "L'Estuaire") * 2
SUMMARY = "À {}, la production numéro {} tourne jusqu'à l'été, et la chaîne ne dit pas encore quand elle la montrera."
NEWS = [
    (f"« {work} » : ce que l'on sait de la suite n° {at}", f"/series/{at}", SUMMARY.format(work.upper(), at))
    for at, work in enumerate(WORKS[:12], start=1)
]
#: The ways in which sites show a teaser: a heading around a link, a link around all, a list, one box for all.
CARDS = (
    "<article class='card'><h2><a href='{url}'>{title}</a></h2><time>il y a 2 h</time><p>{text}</p></article>",
    "<a class='card' href='{url}'><div><h3>{title}</h3><p>{text}</p></div></a>",
    "<li><a href='https://www.gazette.example{url}'><b>{title}</b></a><div>{text}</div></li>",
    "<h3><a href='{url}'>{title}</a></h3><p>{text}</p>",
)
OWN = "<meta property='og:url' content='https://gazette.example/'>"
CANONICAL = "<link rel='canonical' href='https://www.gazette.example'>"


def teasers(card: str, most: int = 12) -> str:
    return "".join(card.format(title=title, url=url, text=text) for title, url, text in NEWS[:most])


def served(body: str, *, head: str = "", title: str = "La Gazette, l'actualité des séries", listed: str = HEADLINE,
           url: str = URL, asked: str = URL) -> Article | Rejected:  # fmt: skip
    """What becomes of a page that came back for the entry of this headline."""
    page = f"<!doctype html><html lang='fr'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    order = Fetch(order="1", entry=Entry(source="s", url=asked, listed_url=asked, title=listed), language="fr")
    return extract_page(
        page.encode(),
        fetch=order,
        final_url=url,
        content_type="text/html",
        charset="utf-8",
        fetched_at=NOW,
        learns=True,
    )


def refused(found: Article | Rejected) -> bool:
    if isinstance(found, Article):
        return False
    assert (found.reason, found.retry) == (RejectReason.SOFT_404, False)
    assert "in place of this one" in found.detail
    return True


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("head", ["", OWN, CANONICAL])
def test_a_home_page_at_an_article_s_address_is_refused_at_once_f22(card: str, head: str) -> None:
    assert refused(served(f"<main><h1>À la une</h1>{teasers(card)}</main>", head=head))


def test_one_that_names_itself_the_home_page_needs_few_teasers_and_may_declare_what_it_likes() -> None:
    body = f"<h1>La Gazette</h1>{teasers(CARDS[0], 5)}<p>{'La Gazette est un journal indépendant. ' * 4}</p>"
    head = f"{OWN}<meta property='og:type' content='article'>"
    assert refused(served(body, head=head))
    assert not refused(served(body, head="<meta property='og:type' content='article'>"))


def test_without_a_headline_in_the_listing_only_a_page_that_says_so_is_the_home_page() -> None:
    body = f"<h1>À la une</h1>{teasers(CARDS[3])}"
    assert refused(served(body, head=CANONICAL, listed=""))
    assert not refused(served(body, listed=""))


TELLING_URL = "https://gazette.example/series/netflix-commande-phare-du-bout-4321.html"


def test_without_a_headline_in_the_listing_the_address_tells_what_was_asked_for() -> None:
    body = f"<h1>À la une</h1>{teasers(CARDS[3])}"
    assert refused(served(body, listed="", url=TELLING_URL, asked=TELLING_URL))
    assert refused(served(body, listed="Séries", url=TELLING_URL, asked=TELLING_URL))
    own = f"<h1>Netflix se commande un « Phare »</h1>{teasers(CARDS[3])}"
    assert not refused(served(own, listed="", url=TELLING_URL, asked=TELLING_URL))
    few = f"<h1>À la une</h1>{teasers(CARDS[3], 6)}"
    assert not refused(served(few, listed="", url=TELLING_URL, asked=TELLING_URL))


@pytest.mark.parametrize("path", ["/a/4321", "/2026/11/20/", "/series/une-suite.html", "/article.php", "/a/%FF-%"])
def test_an_address_without_three_words_tells_nothing(path: str) -> None:
    url = f"https://gazette.example{path}"
    body = f"<h1>À la une</h1>{teasers(CARDS[3])}"
    assert not refused(served(body, listed="", url=url, asked=url))


#: A roundup of the outlet's own articles, under its own headline, and under one that was edited since.
ROUNDUP = (
    "<h1>Dix séries à voir ce week-end, choisies par la rédaction</h1>"
    f"<p>{'Un dimanche de pluie en promesse. ' * 6}</p>"
)


@pytest.mark.parametrize("listed", ["Les dix séries à voir ce week-end", "Que regarder dimanche, sous la pluie ?"])
def test_a_roundup_is_an_article_whatever_its_items_lead_to(listed: str) -> None:
    items = "".join(
        f"<h2><a href='{url}'>{title}</a></h2><p>{text}</p><p>{text} Notre avis en dit plus.</p>"
        for title, url, text in NEWS
    )
    assert not refused(served(ROUNDUP + items, title="Dix séries à voir - La Gazette", listed=listed))


def test_a_live_page_is_an_article_although_each_of_its_posts_has_a_link() -> None:
    posts = "".join(
        f"<div id='p{at}'><h3><a href='#p{at}'>10 h {at:02} : {title}</a></h3><p>{text}</p></div>"
        for at, (title, _, text) in enumerate(NEWS)
    )
    absolute = posts.replace("href='#", f"href='{URL}#")
    for body in (posts, absolute):
        assert not refused(served(f"<h1>En direct : le festival</h1>{body}", listed="Palmarès : « La Forge » sacrée"))


def test_an_article_with_an_edited_headline_and_many_teasers_below_is_one() -> None:
    prose = "".join(f"<p>{text} La chaîne en dit davantage au printemps.</p>" for _, _, text in NEWS)
    body = f"<h1>La suite est signée</h1>{prose}<section><h2>À lire aussi</h2>{teasers(CARDS[0])}</section>"
    assert not refused(served(body, title="La suite est signée - La Gazette"))


def test_a_site_that_calls_all_its_pages_its_home_page_is_read() -> None:
    prose = "".join(f"<p>{text}</p>" for _, _, text in NEWS)
    for head in (OWN, CANONICAL):
        assert not refused(served(f"<h1>{HEADLINE}</h1>{teasers(CARDS[0])}{prose}", head=head, title=HEADLINE))
        assert not refused(served(f"<h1>La suite est signée</h1>{prose}{teasers(CARDS[0], 4)}", head=head))


def test_an_article_declared_by_json_ld_is_one() -> None:
    said = json.dumps({"@type": "NewsArticle", "headline": "Tout autre chose", "datePublished": "2026-11-20"})
    body = f"<h1>Tout autre chose</h1>{teasers(CARDS[3])}"
    assert not refused(served(body, head=f"<script type='application/ld+json'>{said}</script>"))


def test_the_entry_s_headline_may_stand_in_the_heading_alone() -> None:
    assert not refused(served(f"<h1>{HEADLINE}</h1>{teasers(CARDS[3])}"))


def test_two_words_in_common_are_not_a_headline() -> None:
    listed = "L'actualité des séries de la semaine, racontée par notre invité, un comédien lyonnais"
    title = "La Gazette, toute l'actualité des séries françaises, belges, suisses, canadiennes"
    assert refused(served(f"<h1>À la une</h1>{teasers(CARDS[3])}", title=title, listed=listed))


@pytest.mark.parametrize("href", ["http://[::1", "https://ailleurs.example/", "/series/", "/?p=12", ""])
def test_an_address_that_names_no_home_page_is_none(href: str) -> None:
    body = f"<h1>À la une</h1>{teasers(CARDS[0], 5)}"
    assert not refused(served(body, head=f"<link rel='canonical' href='{href}'>", listed="Netflix en dit plus demain"))


def test_a_home_page_that_was_asked_for_is_not_looked_at() -> None:
    found = served(f"<h1>À la une</h1>{teasers(CARDS[0])}", url="https://gazette.example/")
    assert isinstance(found, Rejected)
    assert "redirected to the home page" in found.detail
