"""The fast and the tolerant path give the same items on good feeds of every flavour, and doubt leads to the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from crawler import Poll, SourceKind
from crawler.spiders.feed import read_feed
from crawler.spiders.tolerant import read_broken
from crawler.spiders.wellformed import DoubtError, read_wellformed

SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
FRAMES = {
    "rss 0.91": '<rss version="0.91"><channel><title>t</title><language>fr</language>{}</channel></rss>',
    "rss 2.0": f'<rss version="2.0" {SPACES}><channel><title>t</title>'
    '<atom:link rel="self" href="/rss"/><image><title>i</title><link>/i</link></image>{}<ttl>5</ttl></channel></rss>',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    f"{SPACES}><channel><title>t</title></channel>{{}}</rdf:RDF>",
    "atom": f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" {SPACES}><title>t</title><id>f</id>{{}}</feed>',
    "atom with a prefix": f'<a:feed xmlns:a="http://www.w3.org/2005/Atom" {SPACES}><a:title>t</a:title>{{}}</a:feed>',
}
DATES = [
    *("Fri, 20 Nov 2026 12:00:00 GMT", "Fri, 20 Nov 2026 13:00:00 +0100", "2026-11-20T12:00:00Z", "2026-11-20"),
    *("2026-11-20T13:00:00.123+01:00", "ven., 20 nov. 2026 13:00", "Fri, 20 Nov 2026 24:00:00 CET", "31 Nov 2026", ""),
]
#: What words are made of: no control characters and nothing encoded twice, which is left to the tolerant path.
words = st.lists(st.sampled_from([*"aeiouéàç œ’\u202f&<>\"'5-…日本ж\n", " «\u00a0", " \u00a0» "]), max_size=25).map(
    "".join
)
markup = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br/>", "<a href='/x'>", "</a>", "&amp;", "&nbsp;", "<!-- c -->"])
    | words,
    max_size=8,
).map("".join)
addresses = st.sampled_from(
    [
        "https://www.outlet.fr/a",
        "/b?c=d&e=f",
        "https://www.outlet.fr/é à",
        "tag:outlet.fr,2026:1",
        "n-1",
        "",
        "//x.fr/c",
    ]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One element of an item."""

    name: str
    text: str = ""
    attributes: str = ""
    cdata: bool = False

    def __str__(self) -> str:
        inside = f"<![CDATA[{self.text.replace(']]>', '')}]]>" if self.cdata else escape(self.text)
        return f"<{self.name}{self.attributes}>{inside}</{self.name}>"


def part(
    names: list[str], texts: st.SearchStrategy[str], attributes: tuple[str, ...] = ("",)
) -> st.SearchStrategy[Part]:
    return st.builds(
        Part, name=st.sampled_from(names), text=texts, attributes=st.sampled_from(attributes), cdata=st.booleans()
    )


dates = st.sampled_from(DATES)
types = ("", ' type="html"', ' type="text"')
links = st.builds(
    lambda href, more: f"<link href={quoteattr(href)}{more}/>",
    addresses,
    st.sampled_from(["", ' rel="alternate" type="text/html"', ' rel="self"', ' rel="enclosure" type="audio/mpeg"']),
)
plain_parts = [
    part(["title"], words, types),
    part(["description", "summary"], markup),
    part(["guid", "id"], addresses, ("", ' isPermaLink="false"', ' isPermaLink="true"')),
    part(["pubDate", "published", "updated", "created"], dates),
    part(["category", "author", "comments", "unknown"], words),
    part(["link"], addresses.filter(lambda url: "&" not in url)),
    links,
]
parts = [
    *plain_parts,
    part(["content:encoded", "itunes:summary", "dc:description", "media:description"], markup),
    part(["dc:title", "media:title", "dc:creator", "slash:comments"], words),
    part(["dc:date"], dates),
    st.just("<enclosure url='/a.mp3' type='audio/mpeg' length='1'/>"),
    st.just("<author><name>Jeanne</name><email>j@outlet.fr</email></author>"),
    st.just("<media:content url='/i.jpg' medium='image'><media:credit>x</media:credit></media:content>"),
]


def documents(flavour: str) -> st.SearchStrategy[str]:
    """Well-formed feeds of a flavour, each of its items with any elements in any order."""
    prefix = "a:" if "prefix" in flavour else ""
    name = "entry" if "atom" in flavour else "item"
    inside = st.lists(st.one_of(plain_parts if flavour == "rss 0.91" else parts), max_size=9)
    item = inside.map(lambda found: f"<{prefix}{name}>{''.join(map(str, found))}</{prefix}{name}>\n")
    return st.lists(item, max_size=3).map(lambda items: FRAMES[flavour].format("".join(items)))


@given(st.sampled_from(sorted(FRAMES)).flatmap(documents), st.sampled_from([None, "fr", "en"]))
def test_both_paths_read_the_same_items(document: str, language: str | None) -> None:
    tolerant = read_broken(document, language)
    assert tolerant is not None
    try:
        found = list(read_wellformed(document, language))
    except DoubtError:
        reject()
    assert found == list(tolerant)


def test_a_feed_as_outlets_make_them_takes_the_fast_path() -> None:
    item = """<item><title>Une saison 2 pour « Missions »</title><link>https://www.outlet.fr/missions</link>
    <comments>https://www.outlet.fr/missions#respond</comments><dc:creator><![CDATA[Jeanne]]></dc:creator>
    <pubDate>Fri, 20 Nov 2026 12:00:00 +0000</pubDate><guid isPermaLink="false">https://www.outlet.fr/?p=1</guid>
    <description><![CDATA[<p>La suite&#8230;</p>]]></description><content:encoded><![CDATA[<p>La suite.</p>]]>
    </content:encoded><slash:comments>0</slash:comments><media:content url="/i.jpg"><media:credit>x</media:credit>
    </media:content><source url="/s">Autre</source><enclosure url="/a.mp3" type="audio/mpeg" length="1"/></item>"""
    (found,) = read_wellformed(FRAMES["rss 2.0"].format(item), "fr")
    assert (found.title, found.summary) == ("Une saison 2 pour « Missions »", "La suite…")
    assert (found.link, found.guid) == ("https://www.outlet.fr/missions", "https://www.outlet.fr/?p=1")
    assert found.published == datetime(2026, 11, 20, 12, tzinfo=UTC)


ITEM = "<item><title>Un</title><link>/a</link></item>"


@pytest.mark.parametrize(
    "document",
    [
        f"<rss><channel>{ITEM}",
        f"<rss><channel>{ITEM.replace('Un', 'R & B')}</channel></rss>",
        f"<rss><channel>{ITEM.replace('Un', '&eacute;t&eacute;')}</channel></rss>",
        f"<rss><channel>{ITEM.replace('Un', 'Ã©tÃ©')}</channel></rss>",
        f"<rss><channel>{ITEM.replace('Un', 'l' + chr(0x92) + 'été')}</channel></rss>",
        f"<rss><channel>{ITEM.replace('Un', '<b>Un</b>')}</channel></rss>",
        f"<rss><channel xml:base='/b/'>{ITEM}</channel></rss>",
        f"<!DOCTYPE rss><rss><channel>{ITEM}</channel></rss>",
        f"<rss><channel><items>{ITEM}</items></channel></rss>",
        f"<rss>{ITEM}</rss>",
        f"<html><body>{ITEM}</body></html>",
        f"<feed>{ITEM}</feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><owl/></rdf:RDF>",
        f"<rss><channel>{ITEM.replace('</item>', '<link>/?a=b&amp;c;d</link></item>')}</channel></rss>",
        "",
    ],
)
def test_what_is_in_doubt_is_left_to_the_tolerant_path(document: str) -> None:
    with pytest.raises(DoubtError):
        read_wellformed(document, "fr")


def test_a_type_that_is_no_text_is_in_doubt() -> None:
    for element in ("title", "content"):
        entry = f"<entry><{element} type='xhtml'>x</{element}></entry>"
        with pytest.raises(DoubtError):
            read_wellformed(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>", "fr")


@pytest.mark.parametrize(
    ("body", "readable"),
    [
        ('<rss version="2.0"><channel><title>G</title><item><title>La série', None),
        ('<rss version="2.0"><channel><title>G</title>', None),
        ('<rss version="2.0"><channel><title>G & Cie</title></channel></rss>', ()),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', ()),
        ('<rss version="2.0"><channel><title>G & Cie</title></channel>', ()),
    ],
)
def test_a_feed_that_is_cut_short_is_not_an_empty_one(body: str, readable: tuple[()] | None) -> None:
    """F20: nothing of it was read, so nothing is known of what it lists."""
    poll = Poll(order="1", source="s", url="https://gazette.example/feed", kind=SourceKind.FEED)
    feed = read_feed(body.encode(), poll=poll, base_url=poll.url)
    assert feed is not None
    assert feed.readable == readable


def test_a_feed_whose_entries_are_all_denied_is_not_broken() -> None:
    item = "<item><title>x</title><link>https://a.example/sport/1</link>"
    body = f"<rss version='2.0'><channel><title>G & Cie</title>{item}".encode()
    poll = Poll(order="1", source="s", url="https://a.example/feed", kind=SourceKind.FEED, deny=("/sport/",))
    feed = read_feed(body, poll=poll, base_url=poll.url)
    assert feed is not None
    assert feed.readable == ()
