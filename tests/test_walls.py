"""Walls are never read as news, and news are never taken for walls (F22, F23, P13, P14).

`walls/walls.toml` has walls in the manner of those who sell or build them. The other way round: articles of our corpus,
put into pages that ask for consent and for subscriptions all around them.
"""

from __future__ import annotations

import html
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from crawling import fetch

from crawler import Article, Rejected, RejectReason
from crawler.extract import extract_page
from monitor.learning.labelled import Labelled, read_corpus
from monitor.learning.places import CORPUS

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TEASERS = (
    ("La Forge de retour au printemps", "La fiction de France 3 retrouve son commissaire, et la Loire en crue."),
    ("Notre avis sur « Bellerive »", "Un premier épisode qui prend son temps, et il a raison."),
    ("Audiences : le foot devant tout le monde", "Six millions de téléspectateurs pour les Bleus mardi soir."),
    ("Tides: what to know before the finale", "The island has one secret left, and it is a good one."),
    ("Ten shows to watch this weekend", "From a slow-burning thriller to the return of an old friend."),
)
MENU = ("Accueil", "Séries", "Films", "Audiences", "Vidéos", "Newsletters", "S'abonner", "Se connecter")
FOOTER = ("Mentions légales", "Gestion des cookies", "Politique de confidentialité", "Nous contacter", "Plan du site")


def in_site(inner: str) -> str:
    """A news site's page: menus above, teasers beside, a footer below."""
    links = "".join(f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(MENU))
    cards = "".join(
        f'<div class="card"><a href="/t{number}"><h3>{title}</h3></a><p>{summary}</p></div>'
        for number, (title, summary) in enumerate(TEASERS)
    )
    ends = "".join(f'<a href="/f{number}">{text}</a> ' for number, text in enumerate(FOOTER))
    return (
        f"<header><nav><ul>{links}</ul></nav></header><main>{inner}</main>"
        f"<aside><h2>À la une</h2>{cards}</aside><footer>{ends}</footer>"
    )


def page(title: str, body: str, head: str = "") -> bytes:
    top = f"<!doctype html><html><head><title>{html.escape(title)}</title>{head}</head>"
    return f"{top}<body>{body}</body></html>".encode()


@cache
def walls() -> tuple[dict[str, Any], ...]:
    text = (Path(__file__).parent / "walls" / "walls.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["wall"])


def read(body: bytes, title: str = "") -> Article | Rejected:
    """What becomes of a page; the listing had no title to fall back to unless one is given."""
    order = fetch("https://courrier.example/series/marees-saison-2")
    entry = type(order.entry)(source="s", url=order.entry.url, listed_url=order.entry.listed_url, title=title)
    order = type(order)(order="1", entry=entry, language="fr")
    return extract_page(
        body, fetch=order, final_url=entry.url, content_type="text/html", charset="utf-8", fetched_at=NOW
    )


def of_wall(wall: dict[str, Any]) -> Article | Rejected:
    return read(page(wall["title"], in_site(wall["html"]) if wall.get("shell") else wall["html"]))


def test_there_are_walls_of_every_sort_in_both_languages() -> None:
    assert len(walls()) >= 60
    for reason in ("consent_wall", "challenge", "paywall", "soft_404", "gated", "unavailable"):
        manners = [wall["manner"] for wall in walls() if wall["reason"] == reason]
        assert min(sum(name.endswith(end) for name in manners) for end in (" fr", " en")) >= 3, reason


@pytest.mark.parametrize("wall", walls(), ids=lambda wall: wall["manner"].replace(" ", "-"))
def test_a_wall_is_never_read_as_news_and_called_by_its_name(wall: dict[str, Any]) -> None:
    """F22, F23, P13, P14."""
    found = of_wall(wall)
    assert isinstance(found, Rejected), found.text
    assert found.reason is RejectReason(wall["reason"]), found.detail


def test_of_a_paywalled_page_what_the_listing_says_may_be_read() -> None:
    wall = next(wall for wall in walls() if wall["reason"] == "paywall")
    found = read(page(wall["title"], in_site(wall["html"])), "Dans les coulisses des « Marées »")
    assert isinstance(found, Article)
    assert (found.partial, found.title) == (True, "Dans les coulisses des « Marées »")


BANNER = (
    "<div id='cmp'><p>Avec nos 412 partenaires, nous utilisons des cookies et traceurs. Accepter, refuser, paramétrer "
    "votre consentement.</p><button>Tout accepter</button></div>"
)
OFFER = "<div class='offer'><p>Abonnez-vous pour 1 euro et lisez tous nos articles réservés aux abonnés.</p></div>"


def of_article(article: Labelled) -> bytes:
    said = "".join(f"<p>{html.escape(line)}</p>" for line in article.document.text.split("\n") if line.strip())
    summary = f"<p class='chapo'>{html.escape(article.document.summary)}</p>"
    inner = f"<article><h1>{html.escape(article.document.title)}</h1>{summary}{said}</article>{OFFER}"
    return page(f"{article.document.title} | Le Courrier", BANNER + in_site(inner))


def test_articles_are_not_taken_for_walls_whatever_stands_around_them() -> None:
    articles = [one for split in ("train", "test", "riddles") for one in read_corpus(CORPUS / split)]
    full = sorted((one for one in articles if len(one.document.text) > 300), key=lambda one: len(one.document.text))
    chosen = [*full[:150], *full[150::5]]  # short ones are most like walls
    walled = [(one.id, found.reason) for one in chosen if isinstance(found := read(of_article(one)), Rejected)]
    assert len(chosen) > 350
    assert len(walled) <= 0.005 * len(chosen), walled
