"""Feeds as outlets make them, and the fourteen kinds of broken ones, made the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

#: Of the entry that each broken feed has.
TITLE, LINK, MOMENT = "Été rouge renouvelée", "https://outlet.example/a", datetime(2026, 11, 20, 12, tzinfo=UTC)

_TEXT = (
    "La chaîne prépare une nouvelle saison de sa série policière tournée à Marseille, avec la même équipe d’auteurs et"
    " une distribution élargie pour six épisodes inédits attendus au printemps sur la plateforme « Lumen »"
)
_WORDS = _TEXT.split()
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
)
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_ITEM = (
    f"<item><title>{TITLE}</title><link>{LINK}</link><category>R</category>"
    "<pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate></item>"
)
_PLAIN = f'{_HEAD}<rss version="2.0"><channel><title>Séries</title>{_ITEM}</channel></rss>'
_BARE = _PLAIN.removeprefix(_HEAD)
_RDF = (
    f'{_HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>Séries</title></channel>'
    f'<item rdf:about="{LINK}"><title>{TITLE}</title><link>{LINK}</link><dc:date>2026-11-20T12:00:00Z</dc:date>'
    "</item></rdf:RDF>"
)
#: The kinds of performance.md, each with one entry.
BROKEN: dict[str, bytes] = {
    "leading whitespace": f"\n\n   {_PLAIN}".encode(),
    "byte order mark": b"\xef\xbb\xbf" + _PLAIN.encode(),
    "undeclared entity": _PLAIN.replace("Été", "&Eacute;t&eacute;").encode(),
    "bare ampersand": _PLAIN.replace(">R<", ">R & B<").encode(),
    "truncated": _PLAIN[: _PLAIN.index("</item>")].encode(),
    "Windows-1252 said to be UTF-8": _PLAIN.encode("cp1252"),
    "ISO 8859-1": _PLAIN.replace("utf-8", "ISO-8859-1").encode("latin-1"),
    "control characters": _PLAIN.replace("rouge", "rou\x08ge").encode(),
    "undeclared prefix": _PLAIN.replace("</item>", "<media:thumb url='x'/></item>").encode(),
    "junk before the XML": f"<!-- cache hit -->\nWarning: x\n{_BARE}".encode(),
    "UTF-16": _PLAIN.replace("utf-8", "utf-16").encode("utf-16"),
    "French month names": _PLAIN.replace("Fri, 20 Nov 2026 12:00:00 GMT", "ven., 20 nov. 2026 13:00:00").encode(),
    "unclosed HTML": _PLAIN.replace("</item>", "<description><p>Un<br>deux</description></item>").encode(),
    "RDF": _RDF.encode(),
}


def rss(seed: int, items: int = 30) -> bytes:
    """An RSS 2.0 feed of about 22 kB in the manner of WordPress, which most outlets' feeds have."""
    made = "\n".join(_item(seed * items + number) for number in range(items))
    channel = (
        '<title>Séries</title><atom:link href="https://www.outlet.example/feed" rel="self" type="application/rss+xml"/>'
        "<link>https://www.outlet.example</link><description>Les séries</description><language>fr-FR</language>"
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>"
    )
    return f'{_HEAD}<rss version="2.0" {_SPACES}>\n<channel>{channel}\n{made}</channel></rss>'.encode()


def atom(seed: int, items: int = 30) -> bytes:
    """An Atom feed of about 18 kB."""
    made = "\n".join(_entry(seed * items + number) for number in range(items))
    address = "https://www.outlet.example/"
    head = f'<title>Séries</title><id>{address}</id><link rel="self" href="{address}a"/>'
    return f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">\n{head}\n{made}</feed>'.encode()


def _item(number: int) -> str:
    link = f"https://www.outlet.example/series/{number}-une-nouvelle-saison"
    return (
        f"<item><title>{_sentence(number, 8)}</title><link>{link}?utm_source=rss&amp;utm_medium=feed</link>"
        f"<comments>{link}#respond</comments><dc:creator><![CDATA[Jeanne Martin]]></dc:creator>"
        f"<pubDate>{format_datetime(_moment(number))}</pubDate>"
        "<category><![CDATA[Séries]]></category><category><![CDATA[Polar]]></category>"
        f'<guid isPermaLink="false">https://www.outlet.example/?p={1000 + number}</guid>'
        f'<description><![CDATA[<p>{_sentence(number, 16)}.</p><p><a href="{link}">Lire la suite</a></p>]]>'
        f"</description><slash:comments>{number % 7}</slash:comments></item>"
    )


def _entry(number: int) -> str:
    link = f"https://www.outlet.example/series/{number}-une-nouvelle-saison"
    moment = f"{_moment(number):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'<entry><title type="html">{_sentence(number, 8)}</title>'
        f'<link rel="alternate" type="text/html" href="{link}"/>'
        f"<id>{link}</id><published>{moment}</published><updated>{moment}</updated>"
        "<author><name>Jeanne Martin</name></author>"
        f'<summary type="html">&lt;p&gt;{_sentence(number, 20)}.&lt;/p&gt;</summary></entry>'
    )


def _moment(number: int) -> datetime:
    return MOMENT - timedelta(minutes=37 * number)


def _sentence(seed: int, words: int) -> str:
    return " ".join(_WORDS[(seed * 13 + 7 * place) % len(_WORDS)] for place in range(words))
