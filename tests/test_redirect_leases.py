"""Redirects of two machines, seen from the publishers' side: each domain has one visitor at a time, at its pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from audit import FILE, ROBOTS, Wishes, audit
from simweb import Publisher, VirtualLoop, Web
from twomachines import HOUR, work

from crawler import ListingStatus, SourceKind
from monitor.store import Store
from monitor.store import sources as rows

Page = Callable[[str, float], tuple[int, dict[str, str]]]


def to(domain: str) -> Page:
    """Articles that have their page elsewhere."""

    def page(path: str, _at: float) -> tuple[int, dict[str, str]]:
        leads = path.startswith("/a/")
        return (302, {"Location": f"https://www.{domain}/neuf{path}"}) if leads else (200, {})

    return page


def test_a_domain_that_others_redirect_to_has_one_visitor_at_a_time(loop: VirtualLoop, tmp_path: Path) -> None:
    wishes = {"cible.example": Wishes(crawl_delay=20.0), **dict.fromkeys(("un.example", "deux.example"), Wishes())}
    page = to("cible.example")
    publishers = {name: Publisher(domain=name, every=900.0, wishes=one) for name, one in wishes.items()}
    for name in ("un.example", "deux.example"):
        publishers[name].page = page
    web = Web(loop, publishers)
    loop.now = 10 * HOUR  # ten articles are there
    work(tmp_path, web, 13)
    assert [str(one) for one in audit(web.log, wishes)] == []
    read = [line for line in web.log if line.path.startswith("/neuf/")]
    assert len(read) >= 20
    assert {line.host for line in read} == {"cible.example"}
    assert {line.by for line in web.log} == {"one", "two"}


def test_a_slow_host_whose_articles_redirect_within_it_yields_their_pages(loop: VirtualLoop, tmp_path: Path) -> None:
    wishes = {"lent.example": Wishes(crawl_delay=50.0)}
    publisher = Publisher(domain="lent.example", wishes=wishes["lent.example"], page=to("lent.example"))
    web = Web(loop, {"lent.example": publisher})
    loop.now = 24 * HOUR
    work(tmp_path, web, 30)
    assert [str(one) for one in audit(web.log, wishes)] == []
    read = {line.path for line in web.log if line.path.startswith("/neuf/") and line.status == 200}
    assert len(read) >= 3


def test_a_listing_that_redirects_elsewhere_is_read_there_and_has_moved(loop: VirtualLoop, tmp_path: Path) -> None:
    moves = Publisher(domain="un.example", listing=lambda _at: (301, {"Location": "https://www.deux.example/feed"}))
    web = Web(loop, {"un.example": moves, "deux.example": Publisher(domain="deux.example")})
    work(tmp_path, web, 3)
    assert [str(one) for one in audit(web.log, dict.fromkeys(web.publishers, Wishes()))] == []
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.read() as tx:
        state = rows.state(tx, "un")
    assert state is not None
    assert (state.failures, state.moved_to) == (0, "https://www.deux.example/feed")


def wrongs(web: Web, wishes: Mapping[str, Wishes]) -> list[str]:
    """What the auditor finds, when what one machine has read may be known to the other, and files of others be read."""
    found = audit([replace(line, by="") for line in web.log], wishes)
    return [str(one) for one in found if not (one.rule == "robots.txt was not read" and "/of/" in one.line.path)]


def test_what_a_robots_txt_redirects_to_elsewhere_has_one_visitor_at_a_time(loop: VirtualLoop, tmp_path: Path) -> None:
    shared = Wishes(crawl_delay=20.0, disallow=("/a/1",), reserve=("/a/2",), listings=("/feed", "/of/"))
    names = ("un.example", "deux.example", "trois.example")
    wishes = {"cible.example": shared, **dict.fromkeys(names, shared)}
    publishers = {name: Publisher(domain=name, every=900.0, wishes=one) for name, one in wishes.items()}
    for name in names:
        publishers[name].aside = "cible.example"
    web = Web(loop, publishers)
    loop.now = 10 * HOUR
    work(tmp_path, web, 13)
    assert wrongs(web, wishes) == []
    asides = Counter((line.path, line.by) for line in web.log if line.path.startswith("/of/"))
    assert {path for path, _ in asides} == {f"/of/{name}{file}" for name in names for file in (ROBOTS, FILE)}
    assert max(asides.values()) == 1, "each machine asks once a day"
    read = {line.path for line in web.log if line.host in names and line.status == 200 and "/a/" in line.path}
    assert len(read) >= 10
    assert not [path for path in read if path.startswith(("/a/1", "/a/2"))]


def test_the_sitemaps_of_an_index_elsewhere_are_read_under_their_domains_lease(
    loop: VirtualLoop, tmp_path: Path
) -> None:
    names = ("un.example", "deux.example")
    publishers = {name: Publisher(domain=name, kind=SourceKind.SITEMAP) for name in names}
    publishers["un.example"].sitemaps = ("reseau.example", "un.example", "autre.example")
    publishers["deux.example"].sitemaps = ("reseau.example", "reseau.example")
    publishers["reseau.example"] = Publisher(domain="reseau.example", every=900.0, wishes=Wishes(crawl_delay=15.0))
    publishers["autre.example"] = Publisher(domain="autre.example", aside="reseau.example", watched=False)
    listings = ("/feed", "/0/", "/1/", "/2/", "/of/")
    wishes = {name: replace(one.wishes, listings=listings) for name, one in publishers.items()}
    web = Web(loop, publishers)
    loop.now = 10 * HOUR
    work(tmp_path, web, 13)
    assert wrongs(web, wishes) == []
    read = {(line.host, line.path.rpartition("/")[0]) for line in web.log if line.path.startswith("/a")}
    assert read >= {("un.example", "/a0"), ("un.example", "/a1"), ("un.example", "/a2"), ("deux.example", "/a1")}
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.read() as tx:
        states = {one.id: one for one in rows.states(tx)}
    assert (states["un"].failures, states["un"].error, states["un"].moved_to) == (0, None, None)
    assert states["un"].status is ListingStatus.OK
    assert states["deux"].entries_seen >= 2
