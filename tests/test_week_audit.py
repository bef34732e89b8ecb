"""A week of politeness, audited from the publishers' side; and the auditor itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import shipped
from audit import DAY, Line, Wishes, audit, share_unchanged
from simweb import BEGIN, Machine, Publisher, VirtualLoop, Web, limits

from crawler import SourceKind
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.rhythm import Bounds
from monitor.types import Source

HOUR = 3_600.0


def reserved_header(_path: str, _at: float) -> tuple[int, dict[str, str]]:
    return 200, {"TDM-Reservation": "1"}


def refuses_on_two_days(_path: str, at: float) -> tuple[int, dict[str, str]]:
    return (403, {}) if 2 * DAY < at < 4 * DAY else (200, {})


def busy_at_noon(at: float) -> tuple[int, dict[str, str]]:
    return (429, {"Retry-After": "5400"}) if 12 * HOUR < at % DAY < 14.5 * HOUR else (200, {})


def busy_pages(_path: str, at: float) -> tuple[int, dict[str, str]]:
    return (503, {"Retry-After": "7201"}) if 6 * HOUR < at % DAY < 7 * HOUR else (200, {})


def robots_down_on_a_day(at: float) -> int:
    return 503 if 3 * DAY < at < 3.7 * DAY else 200


def moves_some(path: str, _at: float) -> tuple[int, dict[str, str]]:
    moved = path.startswith("/a/") and path.endswith(("1", "4", "7"))
    return (301, {"Location": f"https://www.regles.example/neuf{path}"}) if moved else (200, {})


PUBLISHERS = (
    Publisher(domain="calme.example"),
    Publisher(
        domain="regles.example",
        every=4 * HOUR,
        wishes=Wishes(disallow=("/prive",), crawl_delay=25.0),
        path=lambda number: f"/prive/{number}" if number % 3 == 0 else f"/a/{number}",
        robots=robots_down_on_a_day,
        page=moves_some,
    ),
    Publisher(
        domain="fichier.example",
        wishes=Wishes(reserve=("/a/1", "/a/2")),
    ),
    Publisher(domain="entete.example", page=reserved_header),
    Publisher(domain="mur.example", every=3 * HOUR, page=refuses_on_two_days),
    Publisher(domain="midi.example", every=5 * HOUR, listing=busy_at_noon, page=busy_pages),
)
WISHES = {publisher.domain: publisher.wishes for publisher in PUBLISHERS}


def sources() -> Iterator[Source]:
    for publisher in PUBLISHERS:
        name = publisher.domain.partition(".")[0]
        for host, path in (("www", "/feed"), ("feeds", "/feed/series")):
            if host == "www" or name in {"calme", "regles"}:
                yield Source(
                    id=f"{name}-{host}",
                    name=name,
                    url=f"https://{host}.{publisher.domain}{path}",
                    kind=SourceKind.FEED,
                    language="fr",
                    interval=timedelta(hours=1),
                )


@pytest.fixture
def web(loop: VirtualLoop) -> Web:
    return Web(loop, {publisher.domain: publisher for publisher in PUBLISHERS})


Node = tuple[Monitor, Machine]


@pytest.fixture
def nodes(tmp_path: Path, web: Web) -> Iterator[list[Node]]:
    """Two machines on one store, both of which watch all sources."""
    classifier = shipped.classifier()
    made: list[Node] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        config = Config(
            data_dir=tmp_path / name,
            store=StoreConfig(url=f"sqlite:///{tmp_path}/cocorico.db"),
            crawl=CrawlConfig(
                limits=limits(),
                bounds=Bounds(fastest=timedelta(minutes=30), slowest=timedelta(hours=2)),
            ),
            sources=tuple(sources()),
        )
        machine = Machine(name, web, limits())
        monitor = Monitor(
            config,
            crawler=machine,
            terminal=lambda _context: None,
            clock=web.loop.clock,
            logger=lambda *_args, **_keys: None,
            classifier=classifier,
        )
        made.append((monitor, machine))
    yield made
    for monitor, _ in made:
        monitor.close()


def live(web: Web, nodes: list[Node], until: float) -> None:
    """Let both machines work; short steps while there is something to do, long ones otherwise."""
    loop, worked = web.loop, False
    while loop.now < until:
        order = nodes if int(loop.now) % 2 else nodes[::-1]
        if not worked:
            for monitor, _ in order:
                monitor.tick(loop.clock())
        done = [monitor.crawling.step(0) or monitor.crawling.busy for monitor, _ in order]
        worked = any(done)
        loop.pass_time(7.0 if worked else 1201.0)


@pytest.mark.slow
def test_a_week_of_two_machines_gives_no_publisher_cause_for_complaint(web: Web, nodes: list[Node]) -> None:
    """F14, F16, F33, O10 to O13: nothing against robots.txt, Crawl-delay, Retry-After, a reservation or a refusal."""
    live(web, nodes, 7 * DAY)
    lines = web.log
    assert [str(one) for one in audit(lines, WISHES)] == []
    assert share_unchanged(lines) >= 0.95
    # And it was no idle week: everything that could go wrong was met.
    assert {line.by for line in lines} == {"one", "two"}
    assert all(machine.replaced >= 3 for _, machine in nodes)
    statuses = Counter((line.host, line.status) for line in lines)
    assert statuses["calme.example", 304] > 7 * 12
    assert statuses["mur.example", 403] == 2, "the first, and the probe a day later"
    assert statuses["midi.example", 429] >= 5
    pages = Counter(line.host for line in lines if line.path.startswith("/a/"))
    assert pages["calme.example"] >= 25
    assert pages["regles.example"] >= 20
    assert sum(line.path.startswith("/neuf/") for line in lines) >= 5, "redirects were followed"
    assert pages["entete.example"] == 1, "it says so on its first page"
    assert pages["fichier.example"] >= 5
    robots = Counter((line.host, line.by) for line in lines if line.path == "/robots.txt" and line.status == 200)
    assert max(robots.values()) <= 2 * 8, "once a day, a host name and a machine"


# The auditor: each rule finds what breaks it, and only that.

KEPT = [
    Line(host="h", path="/robots.txt", at=0.0, end=1.0, status=200),
    Line(host="h", path="/feed", at=11.0, end=12.0, status=200),
    Line(host="h", path="/.well-known/tdmrep.json", at=22.0, end=23.0, status=404),
    Line(host="h", path="/a", at=33.0, end=34.0, status=200),
]
ASKED = Wishes(disallow=("/private",), crawl_delay=10.0, reserve=("/kept",))

Break = Callable[[list[Line]], list[Line]]


def then(**fields: object) -> Break:
    line = replace(KEPT[-1], at=50.0, end=51.0)
    return lambda lines: [*lines, replace(line, **fields)]  # type: ignore[arg-type]


def change(number: int, **fields: object) -> Break:
    return lambda lines: [replace(line, **fields) if line is lines[number] else line for line in lines]  # type: ignore[arg-type]


def both(first: Break, second: Break) -> Break:
    return lambda lines: second(first(lines))


@pytest.mark.parametrize(
    ("spoil", "rules"),
    [
        (lambda lines: lines, []),
        (then(path="/private/x"), ["robots.txt disallows it"]),
        (then(at=40.0), ["crawl-delay"]),
        (then(at=33.5), ["crawl-delay", "two at once"]),
        (then(path="/kept/x"), ["mining is reserved"]),
        (both(change(3, reserved=True), then()), ["mining is reserved"]),
        (both(change(3, reserved=True), then(path="/feed")), []),
        (both(change(1, retry_after=30.0), then()), ["Retry-After", "tdmrep.json asked in the rest"]),
        (both(change(3, retry_after=15.0), then()), []),
        (both(change(3, retry_after=17.0), then()), ["Retry-After"]),
        (both(change(3, status=403), then()), ["the host refuses us"]),
        (both(change(3, status=403), then(at=34.0 + DAY, end=DAY + 35)), []),
        (both(change(3, status=403), then(path="/feed")), []),
        (then(at=2 * DAY, end=2 * DAY + 1), ["robots.txt was not read"]),
        (then(by="another"), ["robots.txt was not read"]),
        (lambda lines: lines[1:], ["robots.txt was not read"] * 3),
        (lambda lines: [*lines[:2], *lines[3:]], ["tdmrep.json was not read"]),
    ],
)
def test_the_auditor_sees_what_breaks_a_rule(spoil: Break, rules: list[str]) -> None:
    found = sorted(one.rule for one in audit(spoil(KEPT), {"h": ASKED}))
    if "tdmrep.json asked in the rest" in rules:
        rules = ["Retry-After"] * 2
    assert found == sorted(rules)


def test_the_auditor_counts_unchanged_answers() -> None:
    polls = [replace(KEPT[1], unchanged=True, status=304)] * 19
    assert share_unchanged([*polls, KEPT[1], replace(KEPT[1], unchanged=True)]) == 0.95
    assert share_unchanged([]) == 1.0
    assert BEGIN.tzinfo
