from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.spiders.section import read_section
from crawler.types import Entry, Poll, SourceKind

BASE = "https://www.outlet.fr/series/"

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Séries - Outlet</title></head>
<body class="has-menu page-footer-sticky"><div id="page" class="site-menu-open">
<header><nav class="main"><a href="/series/">Toutes les séries françaises du moment</a>
<a href="/cinema/">Cinéma</a></nav></header>
<div class="breadcrumb"><a href="/">Accueil</a> <a href="/series/">Séries</a></div>
<main><h1>Séries</h1>
<article class="teaser"><a href="/series/la-forge-aura-une-saison-2-sur-france-2-AN-202611200012.html"><img alt=""></a>
 <a class="rubrique" href="/series/france-2/">France 2</a>
 <h2><a href="/series/la-forge-aura-une-saison-2-sur-france-2-AN-202611200012.html?xtor=home">« La Forge » aura une
 saison 2 sur France&nbsp;2</a></h2>
 <time datetime="2026-11-20T13:00:00+01:00">20 novembre</time>
 <p>Le polar ouvrier tourné à Dunkerque revient pour six épisodes, annonce la chaîne.</p>
 <a href="/auteurs/jeanne-roux/">Jeanne Roux, cheffe de la rubrique séries</a></article>
<div class="card"><a href="/series/2026/11/19/tempete-sur-brest"><h3>Tempête sur Brest</h3><p>Court.</p></a></div>
<div class="item"><h3>Canal+ commande une comédie d'espionnage</h3><a href="/series/canal-commande-comedie">Lire la
 suite</a></div>
<ul><li><a href="https://m.outlet.fr/series/un-hopital-dans-la-brume-renouvelee/">Un hôpital dans la brume est
 renouvelée pour une deuxième saison</a></li>
<li><a href="/tag/netflix-la-plateforme-aux-mille-series/">Netflix, la plateforme aux mille séries</a></li>
<li><a href="https://boutique.autre.fr/le-coffret-dvd-de-la-saison-2">Le
 coffret DVD de la saison 2 en promotion</a></li>
<li><a href="/series/?page=2">2</a></li><li><a href="/series/page/3">Page suivante des actualités séries</a></li>
<li><a href="javascript:void(0)">Afficher plus de résultats maintenant</a></li>
<li><a href="/img/affiche-de-la-serie-la-forge.jpg">Affiche de la série La Forge en grand</a></li></ul>
<div class="tags"><a href="/series/dossier-les-meilleures-series-de-2026">Les
meilleures séries de 2026, le dossier</a></div>
</main>
<footer><h3><a href="/mentions-et-conditions-generales-d-utilisation">
Nos conditions générales d'utilisation</a></h3></footer>
</div></body></html>"""


def read(document: str | bytes, *, charset: str | None = None, **fields: object) -> tuple[Entry, ...] | None:
    values = {"order": "o", "source": "outlet", "url": BASE, "kind": SourceKind.SECTION, "language": "fr"} | fields
    body = document.encode() if isinstance(document, str) else document
    return read_section(body, poll=Poll(**values), base_url=BASE, charset=charset)  # type: ignore[arg-type]


def test_articles_are_found_and_nothing_else() -> None:
    found = read(PAGE)
    assert found is not None
    assert [entry.url for entry in found] == [
        "https://www.outlet.fr/series/la-forge-aura-une-saison-2-sur-france-2-AN-202611200012.html",
        "https://www.outlet.fr/series/2026/11/19/tempete-sur-brest",
        "https://www.outlet.fr/series/canal-commande-comedie",
        "https://www.outlet.fr/series/un-hopital-dans-la-brume-renouvelee",
    ]


def test_title_date_and_summary_come_from_the_card() -> None:
    found = read(PAGE)
    assert found is not None
    forge, brest, canal, hospital = found
    assert forge.title == "« La Forge » aura une saison 2 sur France 2"
    assert forge.published == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert forge.summary == "Le polar ouvrier tourné à Dunkerque revient pour six épisodes, annonce la chaîne."
    assert (brest.title, brest.summary) == ("Tempête sur Brest", "")
    assert brest.published == datetime(2026, 11, 18, 23, tzinfo=UTC)
    assert canal.title == "Canal+ commande une comédie d'espionnage"
    assert hospital.title.startswith("Un hôpital dans la brume est renouvelée")
    assert hospital.listed_url == "https://m.outlet.fr/series/un-hopital-dans-la-brume-renouvelee/"
    assert hospital.published is None


def test_patterns_decide_where_given() -> None:
    found = read(PAGE, allow=(r"/series/france-2$",))
    assert found is not None
    assert [entry.title for entry in found] == ["France 2"]
    found = read(PAGE, deny=(r"AN-\d+", r"/2026/"))
    assert found is not None
    assert len(found) == 2


def test_the_base_element_holds() -> None:
    found = read(
        '<html><head><base href="/tv/"></head><body><h2><a href="a-b">Une série de plus ce soir</a></h2></body></html>'
    )
    assert found is not None
    assert [entry.url for entry in found] == ["https://www.outlet.fr/tv/a-b"]


def test_the_charset_is_read_from_the_bytes() -> None:
    found = read(PAGE.replace("utf-8", "iso-8859-1").encode("cp1252"), charset="utf-8")
    assert found is not None
    assert found[0].title.startswith("« La Forge »")


@pytest.mark.parametrize("document", ["", "   ", b"\x00\x00"])
def test_what_holds_no_page_is_none(document: str | bytes) -> None:
    assert read(document) is None


def test_a_page_without_articles_is_empty() -> None:
    assert read("<html><body><nav><a href='/a-b-c-d-e'>Un lien de navigation bien long</a></nav></body></html>") == ()


def test_a_page_of_200_000_links_is_read_quickly() -> None:
    found = read(
        "<html><body>" + "".join(f"<div><a href='/x-y-z-t-{n}'>Un titre assez long {n}</a>" for n in range(200_000))
    )
    assert found is not None
    assert len(found) <= 2_000


@given(st.binary(max_size=200))
def test_any_bytes_never_crash(junk: bytes) -> None:
    for body in (b"<html><body><a href='" + junk + b"'>" + junk + b"</a>", junk):
        found = read(body) or ()
        assert all(urlsplit(entry.url).scheme in {"http", "https"} for entry in found)
        assert len({entry.url for entry in found}) == len(found)
