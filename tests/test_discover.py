"""What a page says of its outlet's listings: link elements, links, and what it is itself."""

from __future__ import annotations

import pytest

from crawler import Candidate, Clue, ListingStatus, Probe, SourceKind
from crawler.spiders.discover import Page, read_page

PROBE = Probe(order="1", source="s", url="https://www.gazette.example/")
HOME = "https://www.gazette.example/"
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title><![CDATA[Les Dunes & co]]></title>'
    "<language>fr-FR</language>{}</channel></rss>"
)
ITEM = "<item><title>La série Les Dunes aura une suite</title><link>/series/les-dunes</link></item>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Dunes</title><entry><title>A second season</title>'
    '<link href="/a/1"/></entry></feed>'
)
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.gazette.example/a</loc></url></urlset>'
INDEX = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
    "<loc>https://www.gazette.example/news.xml</loc></sitemap></sitemapindex>"
)


def read(body: str, *, url: str = HOME) -> Page:
    return read_page(body.encode(), probe=PROBE, base_url=url)


def page(head: str = "", body: str = "<p>Bonjour</p>", *, language: str = "fr") -> str:
    return f"<!doctype html><html lang='{language}'><head><title>Gazette</title>{head}</head><body>{body}</body></html>"


def named(found: Page) -> list[str]:
    return [one.url for one in found.candidates]


def feeds(found: Page) -> dict[str, str]:
    """The candidates' paths, and what they are called."""
    return {one.url.removeprefix("https://www.gazette.example"): one.title for one in found.candidates}


def test_a_feed_is_one_and_says_its_name_and_language() -> None:
    found = read(FEED.format(ITEM))
    assert (found.kind, found.status) == (SourceKind.FEED, ListingStatus.OK)
    assert [entry.title for entry in found.entries] == ["La série Les Dunes aura une suite"]
    assert (found.title, found.language) == ("Les Dunes & co", "fr")


def test_an_atom_feed_says_its_language_in_its_own_manner() -> None:
    found = read(ATOM)
    assert (found.kind, found.title, found.language) == (SourceKind.FEED, "Dunes", "en")


def test_a_feed_without_items_is_a_feed() -> None:
    assert (read(FEED.format("")).kind, read(FEED.format("")).status) == (SourceKind.FEED, ListingStatus.EMPTY)


@pytest.mark.parametrize(("body", "entries"), [(SITEMAP, 1), (INDEX, 0)])
def test_a_sitemap_and_an_index_are_sitemaps(body: str, entries: int) -> None:
    found = read(body)
    assert (found.kind, found.status, len(found.entries)) == (SourceKind.SITEMAP, ListingStatus.OK, entries)


def test_link_elements_name_feeds_and_nothing_else() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="À la une" href="/feed/">'
        '<link rel="Alternate" type="application/atom+xml; charset=utf-8" href="/atom">'
        '<link rel="alternate" type="application/feed+json" href="/f.json">'
        '<link rel="alternate" type="application/rss+xml" title="Commentaires" href="/comments/feed/">'
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?url=x&format=xml">'
        '<link rel="alternate" hreflang="en" href="/en/">'
        '<link rel="stylesheet" type="text/css" href="/rss.css">'
    )
    found = read(page(head))
    assert feeds(found) == {"/feed/": "À la une", "/atom": "", "/f.json": ""}
    assert {one.clue for one in found.candidates} == {Clue.DECLARED}
    assert (found.kind, found.status, found.title, found.language) == (None, ListingStatus.NOT_A_FEED, "Gazette", "fr")


def test_links_that_look_like_feeds_are_candidates_with_the_name_of_their_row() -> None:
    body = (
        "<ul><li>Séries <a href='/series/rss.xml'>RSS</a></li><li><a href='/?feed=rss2'>Tout</a></li>"
        "<li><a href='/flux-rss'>Nos flux RSS</a></li><li><a href='/a-propos'>À propos</a></li>"
        "<li><a href='https://feeds.feedburner.com/gazette'>Feedburner</a></li>"
        "<li><a href='https://www.elsewhere.example/rss.xml'>RSS</a></li><li><a href='/rss.pdf'>RSS</a></li></ul>"
    )
    found = read(page(body=body))
    assert feeds(found) == {
        "/series/rss.xml": "Séries RSS",
        "/?feed=rss2": "Tout",
        "/flux-rss": "Nos flux RSS",
        "https://feeds.feedburner.com/gazette": "Feedburner",
    }
    assert {one.clue for one in found.candidates} == {Clue.LINKED}


def test_a_link_element_outranks_a_link_to_the_same_address() -> None:
    head = "<link rel=alternate type=application/rss+xml href=https://www.gazette.example/feed>"
    found = read(page(head, "<a href='/feed/'>RSS</a>"))
    assert [one.clue for one in found.candidates] == [Clue.DECLARED]


def test_a_page_with_articles_is_a_section() -> None:
    cards = "".join(
        f"<article><h2><a href='/series/une-nouvelle-serie-pour-la-{n}e-saison-{n}4321'>Une série de plus, la {n}e"
        "</a></h2></article>"
        for n in range(1, 7)
    )
    found = read(page(body=f"<main>{cards}</main>"), url="https://www.gazette.example/series/")
    assert (found.kind, found.status, len(found.entries)) == (SourceKind.SECTION, ListingStatus.OK, 6)


def test_robots_txt_names_sitemaps_each_once() -> None:
    lines = "User-agent: *\nDisallow: /x\nSitemap: /sitemap.xml\nsitemap:https://www.gazette.example/sitemap.xml\n"
    found = read(f"{lines}Sitemap: mailto:x\n Site-Map : https://cdn.example/s.xml.gz # old", url=f"{HOME}robots.txt")
    assert found.candidates == (
        Candidate(url=HOME + "sitemap.xml", kind=SourceKind.SITEMAP, clue=Clue.ROBOTS),
        Candidate(url="https://cdn.example/s.xml.gz", kind=SourceKind.SITEMAP, clue=Clue.ROBOTS),
    )


@pytest.mark.parametrize("body", ["", "not a page", "<a href='http://[::1'>rss</a>", "{}", "\x00\x01"])
def test_rubbish_is_nothing(body: str) -> None:
    found = read(body)
    assert (found.kind, found.entries, found.candidates) == (None, (), ())


def test_relative_links_are_the_bases() -> None:
    head = '<base href="/media/"><link rel="alternate" type="application/rss+xml" href="flux/series.xml">'
    found = read(page(head, '<a href="tele.rss">Télé</a>'), url=f"{HOME}a/b/")
    assert list(feeds(found)) == ["/media/flux/series.xml", "/media/tele.rss"]


def test_link_headers_name_feeds_as_well() -> None:
    links = (
        '</wp-json/>; rel="https://api.w.org/", </rss2>; rel="alternate"; type="application/rss+xml"; title="Séries",'
        ' </a,b.css>; rel=preload; type="text/css", </fr>; rel=alternate; hreflang=fr'
    )
    found = read_page(page().encode(), probe=PROBE, base_url=HOME, links=links)
    assert feeds(found) == {"/rss2": "Séries"}


def test_comments_are_no_feed_however_they_are_named() -> None:
    links = "".join(f'<a href="{one}">RSS</a>' for one in ("/?feed=comments-rss2", "/feed/?withcomments=1", "/feed/"))
    assert list(feeds(read(page(body=links)))) == ["/feed/"]


def test_a_link_that_is_a_picture_is_called_what_the_picture_is() -> None:
    assert list(feeds(read(page(body='<a href="/rubrique/9.xml"><img src="/i.png" alt="RSS"></a>')))) == [
        "/rubrique/9.xml"
    ]


def test_a_feed_elsewhere_is_taken_where_the_outlet_has_none_and_it_is_called_one() -> None:
    body = (
        '<a href="https://flux-hote.example/rss/gazette.xml">Flux RSS</a><a href="https://autre.example/rss/2.xml">Là'
        '</a><a href="https://autre.example/a-propos">Flux RSS</a>'
    )
    assert named(read(page(body=body))) == ["https://flux-hote.example/rss/gazette.xml"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_page_that_is_only_a_head_is_read(charset: str) -> None:
    link = '<link rel="alternate" type="application/feed+json" href="/f.json">'
    text = f"<html><head><title>Télé</title>{link}</head></html>"
    found = read_page(text.encode(charset), probe=PROBE, base_url=HOME)
    assert (list(feeds(found)), found.title) == (["/f.json"], "Télé")
