from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.body import MAX_TEXT
from crawler.extract import extract_page
from crawler.types import Article, Entry, Fetch, Rejected, RejectReason, Tier

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
URL = "https://www.outlet.fr/series/la-forge-saison-2"
BODY = [
    "France 2 a confirmé jeudi la commande d'une deuxième saison de « La Forge », le polar ouvrier tourné à Dunkerque.",
    "Les six nouveaux épisodes seront écrits par Lise Amar, qui avait déjà créé la série avec la société Belleroche.",
    "Le tournage débutera au printemps dans les Hauts-de-France, pour une diffusion attendue à l'automne suivant.",
]
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>« La Forge » aura une saison 2 - Outlet</title>
<meta property="og:site_name" content="Outlet"><meta property="og:type" content="article">
<meta property="og:title" content="« La Forge » aura une saison 2">
<meta name="description" content="Six épisodes commandés.">
<meta property="article:published_time" content="2026-11-20T13:00:00+01:00">
<link rel="canonical" href="{URL}"></head><body>
<div id="cookie-banner"><p>En poursuivant votre navigation sur ce site, vous
acceptez l'utilisation de cookies.</p></div>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/films">Films</a></li></ul></nav>
<article><h1>« La Forge » aura une saison 2</h1><p>Par Jeanne Roux</p><p>Publié le 20 novembre 2026 à 13h00</p>
<figure><img src="a.jpg"><figcaption>Lise Amar à Lille. © Outlet</figcaption></figure>
<p>{BODY[0]}</p><p>À lire aussi : <a href="/b">« Tempête sur Brest », le tournage a commencé</a></p>
<p>{BODY[1]}</p><p>{BODY[2]}</p><div class="share"><p>Partager sur Facebook</p></div>
<div class="newsletter"><p>Inscrivez-vous à notre newsletter séries</p></div></article>
<section id="comments"><h2>2 commentaires</h2>
<p>Vivement la suite, j'avais adoré la première saison de ce polar !</p></section>
<footer><p>Mentions légales</p></footer></body></html>"""


def extract(page: str | bytes, *, title: str = "", summary: str = "", **fields: object) -> Article | Rejected:
    entry = Entry(source="outlet", url=URL, listed_url=f"{URL}?xtor=1", title=title, summary=summary)
    given_fields = {"final_url": URL, "content_type": "text/html", "charset": None} | fields
    body = page if isinstance(page, bytes) else page.encode()
    return extract_page(
        body,
        fetch=Fetch(order="o1", entry=entry, language="fr"),
        fetched_at=NOW,
        **given_fields,  # type: ignore[arg-type]
    )


def test_an_article_comes_back_whole_and_clean() -> None:
    got = extract(PAGE)
    assert isinstance(got, Article)
    assert got.text.split("\n") == BODY
    assert (got.title, got.summary) == ("« La Forge » aura une saison 2", "Six épisodes commandés.")
    assert (got.language, got.tier, got.partial) == ("fr", Tier.COLUMN, False)
    assert (got.url, got.listed_url, got.order, got.source) == (URL, f"{URL}?xtor=1", "o1", "outlet")
    assert got.published == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert 0.4 < got.quality <= 1


def test_a_date_from_the_future_gives_way_to_the_listings() -> None:
    got = extract(PAGE.replace("2026-11-20T13", "2027-11-20T13"))
    assert isinstance(got, Article)
    assert got.published is None


STUB = (
    "<html><head><title>Enquête à Dunkerque</title></head><body><article><h1>Enquête à Dunkerque</h1>"
    "<p>Le producteur raconte.</p><div>La suite de cet article est réservée aux abonnés.</div></article></body></html>"
)


def test_a_paywalled_page_falls_back_to_the_listing() -> None:
    got = extract(STUB, title="« La Forge » aura une saison 2", summary="France 2 signe six épisodes.")
    assert isinstance(got, Article)
    assert (got.partial, got.tier) == (True, Tier.LISTING)
    assert (got.title, got.text) == ("« La Forge » aura une saison 2", "France 2 signe six épisodes.")


def test_a_paywalled_page_without_listing_is_refused() -> None:
    got = extract(STUB)
    assert isinstance(got, Rejected)
    assert got.reason is RejectReason.PAYWALL


@pytest.mark.parametrize(
    ("page", "fields", "reason"),
    [
        (b"%PDF-1.7 ...", {"content_type": "text/html"}, RejectReason.NOT_HTML),
        (b"\x89PNG\r\n", {"content_type": "image/png"}, RejectReason.NOT_HTML),
        (b'{"a": 1}', {"content_type": "application/json"}, RejectReason.NOT_HTML),
        (b"<?xml version='1.0'?><rss><channel/></rss>", {"content_type": "text/html"}, RejectReason.NOT_HTML),
        (b"", {}, RejectReason.NOT_HTML),
        (
            "<html><title>Just a moment...</title><body><noscript>Enable JavaScript</noscript></body></html>",
            {},
            RejectReason.CHALLENGE,
        ),
        (
            "<html><title>Page introuvable</title><body><p>Cette page n'existe plus.</p></body></html>",
            {},
            RejectReason.SOFT_404,
        ),
        (PAGE, {"final_url": "https://www.outlet.fr/"}, RejectReason.SOFT_404),
        ("<html><title>Vidéo</title><body><p>La bande-annonce.</p></body></html>", {}, RejectReason.TOO_SHORT),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(
    page: str | bytes, fields: dict[str, object], reason: RejectReason
) -> None:
    got = extract(page, **fields)  # type: ignore[arg-type]
    assert isinstance(got, Rejected)
    assert got.reason is reason
    assert got.detail


HOSTILE = {
    "200,000 paragraphs": "<p>mot " * 200_000,
    "200,000 links": "<a href='/x'>mot</a> " * 200_000,
    "200,000 cells": "<table>" + "<tr><td>mot" * 200_000,
    "deep": "<div>" * 100_000,
    "unclosed scripts": "<script>" * 200_000,
    "huge span": "<table><tr><td colspan=9999999999999999>x</table>",
    "metas": "<meta name='a' content='b'>" * 100_000,
    "breaks": "mot<br>" * 100_000,
    "headers in one another": "<header>" * 100_000,
    "boxes of one name": '<div class="comments-related-x">mot ' * 100_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pages_end_in_time(kind: str) -> None:
    """Faults P05, P09."""
    started = time.process_time()
    extract(f"<html><head><title>x</title></head><body>{HOSTILE[kind]}</body></html>")
    assert time.process_time() - started < 10


def test_an_article_too_long_for_any_column_is_cut_p12() -> None:
    longer = "".join(f"<p>{number}. {BODY[1]}</p>" for number in range(2 * MAX_TEXT // len(BODY[1])))
    got = extract(PAGE.replace(f"<p>{BODY[1]}</p>", longer))
    assert isinstance(got, Article)
    assert 0.9 * MAX_TEXT < len(got.text) <= MAX_TEXT
    assert got.text.startswith(BODY[0])


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_record(junk: bytes) -> None:
    for page in (junk, b"<html><body><p>" + junk, PAGE.encode()[:900] + junk):
        assert isinstance(extract(page), Article | Rejected)
