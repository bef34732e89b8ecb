"""Short ways to give a crawler orders, and the limits its tests run under."""

from __future__ import annotations

import itertools
import time
from typing import Any

from crawler import Command, Crawler, Entry, Fetch, Limits, Listing, Poll, Record, Rejected, SourceKind

#: Quick limits for loopback; a test that needs others replaces them.
LIMITS = Limits(delay=0.0, timeout=2.0, deadline=15.0, allow_addresses=("127.0.0.1",))

FEED = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Outlet</title><link>/</link>
<item><title>Une saison 2 pour Missions</title><link>/missions</link><guid>m2</guid>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>La suite est en route.</description></item>
<item><title>Osmosis</title><link>/osmosis</link><guid>o1</guid></item>
</channel></rss>"""

#: Each another one: Trafilatura leaves out what is said twice, and which pages it reads is a matter of their address.
_PARAGRAPHS = "".join(
    f"<p>La chaîne a annoncé {day} la commande {what} de sa série de science-fiction, dont le tournage commencera "
    f"{when} dans les studios {where}.</p>"
    for day, what, when, where in (
        ("vendredi", "d'une deuxième saison", "au printemps prochain", "de la région parisienne"),
        ("samedi", "d'un épisode spécial", "à la fin de l'été", "que loue une société bretonne"),
        ("dimanche", "d'une version longue", "après les fêtes", "du sud de la capitale"),
        ("lundi", "d'un documentaire autour", "dans trois semaines", "où fut tourné le premier film"),
        ("mardi", "d'une bande dessinée tirée", "une fois les décors livrés", "de Montpellier et de Sète"),
        ("mercredi", "d'un concert autour", "quand l'actrice sera libre", "d'une ancienne usine de Roubaix"),
        ("jeudi", "d'un jeu de plateau autour", "avec une équipe réduite", "que la région vient de rénover"),
        ("hier soir", "d'une adaptation radiophonique", "sans attendre le budget", "de la maison de la radio"),
    )
)
ARTICLE = (
    "<!doctype html><html lang='fr'><head><meta charset='utf-8'><title>Une saison 2 pour Missions</title></head>"
    "<body><article><h1>Une saison 2 pour Missions</h1>" + _PARAGRAPHS + "</article></body></html>"
).encode()

_numbers = itertools.count(1)


def poll(url: str, **changes: Any) -> Poll:
    """An order for a feed."""
    given: dict[str, Any] = {"order": f"poll-{next(_numbers)}", "source": "outlet", "kind": SourceKind.FEED}
    return Poll(url=url, language="fr", **(given | changes))


def fetch(url: str, **changes: Any) -> Fetch:
    """An order for a page."""
    entry = Entry(source="outlet", url=url, listed_url=url, title="Une saison 2 pour Missions")
    given: dict[str, Any] = {"order": f"fetch-{next(_numbers)}", "entry": entry, "language": "fr"}
    return Fetch(**(given | changes))


def ask(crawler: Crawler, *commands: Command, within: float = 60.0) -> list[Record]:
    """The records of the commands, in the commands' order."""
    for command in commands:
        crawler.submit(command)
    found: dict[str, Record] = {}
    end = time.monotonic() + within
    while len(found) < len(commands) and time.monotonic() < end:
        for record in crawler.records(end - time.monotonic()):
            assert record.order not in found, "an order was answered twice"
            found[record.order] = record
    missing = [command.order for command in commands if command.order not in found]
    assert not missing, f"not answered within {within} s: {missing}"
    return [found[command.order] for command in commands]


def listing(crawler: Crawler, command: Poll, **changes: Any) -> Listing:
    """The one listing of a poll."""
    (record,) = ask(crawler, command, **changes)
    assert isinstance(record, Listing)
    return record


def rejected(crawler: Crawler, command: Fetch, **changes: Any) -> Rejected:
    """The one rejection of a fetch."""
    (record,) = ask(crawler, command, **changes)
    assert isinstance(record, Rejected), record
    return record
