"""Which listings are looked at first, and which is the best."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler import Candidate, Clue, Entry, Listing, ListingStatus, SourceKind
from monitor.decide import discovery
from monitor.decide.discovery import Found, Merit

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SITE = "https://www.gazette.example"


def candidate(path: str, title: str = "", *, kind: SourceKind = SourceKind.FEED, clue: Clue = Clue.LINKED) -> Candidate:
    return Candidate(url=SITE + path, kind=kind, clue=clue, title=title)


def listing(*titles: str, age: timedelta | None = timedelta(hours=1), url: str = "") -> Listing:
    published = None if age is None else NOW - age
    entries = tuple(
        Entry(source="s", url=f"{SITE}/{url}{n}", listed_url=f"{SITE}/{url}{n}", title=title, published=published)
        for n, title in enumerate(titles)
    )
    return Listing(order="1", source="s", status=ListingStatus.OK, fetched_at=NOW, entries=entries)


def found(path: str = "/feed", *, of: Listing | None = None, **fields: Any) -> Found:
    given = {"kind": SourceKind.FEED, "clue": Clue.DECLARED, "language": "fr"} | fields
    return Found(url=SITE + path, listing=of or listing("Une", "Deux"), **given)


def merits(one: Found, *, promising: bool = False) -> set[Merit]:
    return set(discovery.merits(one, promising=lambda _title, _summary: promising, now=NOW))


def test_of_thirty_feeds_those_about_series_and_screens_are_asked_first() -> None:
    sections = [
        "Une",
        "Monde",
        "Politique",
        "Sport",
        "Football",
        "Rugby",
        "Tennis",
        "Économie",
        "Bourse",
        "Santé",
        "Sciences",
        "Auto",
        "Cuisine",
        "Voyages",
    ]
    sections += [
        "Météo",
        "Opinions",
        "Podcasts",
        "Livres",
        "Musique",
        "Mode",
        "Beauté",
        "Jeux",
        "Horoscope",
        "Emploi",
        "Régions",
        "Local",
    ]
    others = [candidate(f"/rss/{n}.xml", name) for n, name in enumerate(sections)]
    wanted = [candidate("/rss/culture.xml"), candidate("/rss/27.xml", "Séries TV"), candidate("/rss/cin%C3%A9ma.xml")]
    order = discovery.to_ask([*others, *wanted, candidate("/rss/t%C3%A9l%C3%A9.xml")], SourceKind.FEED)
    assert len(order) == 30
    assert {one.url.rpartition("/")[2] for one in order[:2]} == {"27.xml", "t%C3%A9l%C3%A9.xml"}
    assert {one.url.rpartition("/")[2] for one in order[2:4]} == {"culture.xml", "cin%C3%A9ma.xml"}
    assert order[4].title == "Une", "what speaks of nothing comes before what speaks of something else"


def test_a_link_element_goes_before_a_link() -> None:
    one, other = candidate("/a.xml"), candidate("/b.xml", clue=Clue.DECLARED)
    assert discovery.to_ask([one, other], SourceKind.FEED) == [other, one]


def test_news_sitemaps_go_first_and_those_of_pictures_never() -> None:
    paths = ("/sitemap-images.xml", "/sitemap.xml", "/sitemap-news.xml", "/tags.xml", "/news-videos.xml")
    order = discovery.to_ask([candidate(path, kind=SourceKind.SITEMAP) for path in paths], SourceKind.SITEMAP)
    assert [one.url.removeprefix(SITE) for one in order] == ["/sitemap-news.xml", "/news-videos.xml", "/sitemap.xml"]


def test_the_host_says_nothing_about_one_listing_of_it() -> None:
    assert discovery.topic("https://www.series.example/sport/rss.xml", "") == (Merit.OTHER,)


def test_the_usual_places_start_with_the_sections_own() -> None:
    places = [one.url for one in discovery.usual(f"{SITE}/series/", SourceKind.FEED)]
    assert places[:2] == [f"{SITE}/series/feed/", f"{SITE}/feed/"]
    assert discovery.usual(SITE, SourceKind.SITEMAP)[0].url == f"{SITE}/sitemap-news.xml"


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("fr", ("La série est renouvelée pour une saison", "Le tournage des Dunes, avec les acteurs du film")),
        ("en", ("The series is back for a second season", "Filming of the drama with its cast has begun")),
        ("de", ("Die Serie wird nach der Pause mit einer neuen Staffel", "Das Drama ist für den Herbst und nicht")),
        ("es", ("La serie tendrá una nueva temporada en el otoño", "Los actores de la serie y su director, por fin")),
        ("it", ("La serie avrà una seconda stagione per il pubblico", "Gli attori della serie sono nel cast di Roma")),
        ("pt", ("A série não terá uma temporada em Lisboa", "O elenco dos filmes e as novas séries do canal em maio")),
        ("nl", ("De serie krijgt een tweede seizoen en het is niet", "Het drama van de zender met een nieuwe cast")),
    ],
)
def test_the_small_words_tell_the_language_whatever_is_declared(language: str, titles: tuple[str, ...]) -> None:
    assert discovery.language_of(listing(*titles), declared="xx") == language


def test_where_words_are_few_the_declaration_counts() -> None:
    assert discovery.language_of(listing("Dunes", "Phare"), declared="fr") == "fr"
    assert discovery.language_of(listing("Dunes"), declared=None) is None


def test_every_merit_has_its_reason() -> None:
    assert merits(found("/series/feed"), promising=True) == {Merit.SERIES, Merit.HINTS, Merit.FEED, Merit.DATED}
    assert merits(found("/culture.xml")) == {Merit.SCREEN, Merit.FEED, Merit.DATED}
    assert merits(found("/sport.xml", of=listing("x", age=None))) == {Merit.OTHER, Merit.FEED}
    assert merits(found("/f", of=listing("x", age=timedelta(days=46)))) == {Merit.FEED, Merit.DATED, Merit.ASLEEP}
    assert merits(found("/f", of=listing("x", age=timedelta(days=44)))) == {Merit.FEED, Merit.DATED}
    assert merits(found("/f", language="de")) == {Merit.FEED, Merit.DATED, Merit.FOREIGN}
    assert merits(found("/n.xml", kind=SourceKind.SITEMAP)) == {Merit.NEWS_SITEMAP, Merit.DATED}
    assert merits(found("/n.xml", kind=SourceKind.SITEMAP, of=listing("", age=None))) == set()
    assert merits(found("/a", kind=SourceKind.SECTION)) == {Merit.FEW, Merit.DATED}
    assert set(discovery.POINTS) == set(Merit)


def test_the_better_of_two_formats_of_one_listing_is_kept() -> None:
    rss = found("/rss", merits=(Merit.FEED, Merit.DATED))
    atom = found("/atom", merits=(Merit.FEED,))
    other = found("/series", of=listing("Trois", url="s"), merits=(Merit.SERIES,))
    assert discovery.ranked([atom, rss, other]) == [other, rss]


def test_a_section_and_a_feed_with_the_same_entries_are_both_offered() -> None:
    feed, section = found("/rss", merits=(Merit.FEED,)), found("/", kind=SourceKind.SECTION)
    assert discovery.ranked([section, feed]) == [feed, section]
