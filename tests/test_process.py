"""Real children: killed, hung, replaced, orphaned, closed; every order is answered once and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from crawling import FEED, LIMITS, ask, fetch, listing, poll, rejected
from origin import Origin, Page, Seen

from crawler import Article, Crawler, CrawlError, Listing, ListingStatus, Rejected, RejectReason, decode, encode

ROOT = Path(__file__).resolve().parent.parent
#: A pattern over which `re` takes longer than anyone waits, holding the interpreter (P21); and what starts it.
ENDLESS = r"(a|a)*$"
TRAP = FEED.replace(b"/missions", b"/" + b"a" * 60 + b"!")


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    slow = Page(body=FEED, delay=0.3)
    with Origin({"/feed": Page(body=FEED), "/slow": slow, "/trap": Page(body=TRAP), "/hang": Page(delay=30)}) as site:
        yield site


class Log:
    """Keeps what the crawler tells."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, object]]] = []

    def __call__(self, event: str, fields: dict[str, object]) -> None:
        self.events.append((event, fields))

    def names(self) -> list[str]:
        return [event for event, _ in self.events]


def children() -> list[psutil.Process]:
    """This process's crawler children; other tests in it may have left a server or a resource tracker."""
    found = []
    for each in psutil.Process().children():
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended while we looked
            if each.status() != psutil.STATUS_ZOMBIE and "crawler" in each.cmdline():
                found.append(each)
    return found


def pipes() -> set[int]:
    """This process's open pipes."""
    found = set()
    for path in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that lists the folder is gone
            number = int(path.name)
            if stat.S_ISFIFO(os.fstat(number).st_mode):
                found.add(number)
    return found


def eventually(check: Callable[[], bool], within: float = 60.0) -> None:
    end = time.monotonic() + within
    while not check():
        assert time.monotonic() < end, "did not happen in time"
        threading.Event().wait(0.01)


def kill_child_when(check: Callable[[], bool]) -> None:
    eventually(check)
    children()[0].kill()


def test_a_child_killed_in_the_middle_of_an_order_costs_nothing(origin: Origin) -> None:
    """Fault P07."""
    with Crawler(LIMITS) as crawler:
        ask(crawler, poll(origin.url("/feed")))
        slow, waiting = poll(origin.url("/slow")), poll(origin.url("/slow"))
        count = origin.paths().count("/slow")
        threading.Thread(target=kill_child_when, args=(lambda: origin.paths().count("/slow") > count,)).start()
        records = ask(crawler, slow, waiting, poll(origin.url("/feed")))
        assert origin.paths().count("/slow") == count + 3
        assert all(isinstance(record, Listing) and record.status is ListingStatus.OK for record in records)
        assert crawler.pending == 0


def test_a_page_that_hangs_its_child_is_given_up_after_two_and_costs_no_other(origin: Origin) -> None:
    """Fault P07."""
    log = Log()
    with Crawler(replace(LIMITS, deadline=1.0), log=log) as crawler:
        culprit = poll(origin.url("/trap"), allow=(ENDLESS,))
        others = [poll(origin.url("/feed")) for _ in range(5)] + [poll(origin.url("/slow", "localhost"))]
        given, *rest = ask(crawler, culprit, *others)
        assert isinstance(given, Listing)
        assert given.status is ListingStatus.FAILED
        assert "two crawler processes" in str(given.error)
        assert all(isinstance(record, Listing) and record.status is ListingStatus.OK for record in rest)
    assert log.names().count("crawler_child_killed") == 2


def test_a_child_s_memory_is_known_where_the_system_tells_it(origin: Origin) -> None:
    with Crawler(LIMITS) as crawler:
        ask(crawler, poll(origin.url("/feed")))
        served = crawler._lanes[0].children[0].memory
        assert (
            served == pytest.approx(children()[0].memory_info().rss, rel=0.2) or not Path("/proc/self/statm").exists()
        )


def test_a_child_is_replaced_without_losing_an_order(origin: Origin) -> None:
    log = Log()
    with Crawler(replace(LIMITS, replace_after=20), log=log) as crawler:
        ask(crawler, poll(origin.url("/feed")))
        first = children()[0].pid
        commands = [poll(origin.url("/feed", host)) for _ in range(60) for host in ("127.0.0.1", "localhost")]
        records = ask(crawler, *commands)
        assert all(isinstance(record, Listing) and record.status is ListingStatus.OK for record in records)
        eventually(lambda: first not in [each.pid for each in children()])
        ask(crawler, poll(origin.url("/feed")))
        assert len(children()) >= 1
    assert "crawler_child_died" not in log.names()


def test_a_worn_child_gives_back_what_it_has_not_begun(origin: Origin) -> None:
    with Crawler(replace(LIMITS, replace_after=3, delay=0.5)) as crawler:
        commands = [poll(origin.url("/feed")) for _ in range(9)]
        ask(crawler, commands[0])
        first = children()[0].pid
        for command in commands[1:]:
            crawler.submit(command)
        eventually(lambda: first not in [each.pid for each in children()])
        records = crawler.records(0)
        assert len(records) < 8, "it would have served them all before it goes"
        while len(records) < 8:
            records += crawler.records(5)
    assert sorted(record.order for record in records) == sorted(command.order for command in commands[1:])


def test_records_can_be_replayed_from_the_file(origin: Origin, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with Crawler(LIMITS, record_to=path) as crawler:
        records = ask(crawler, poll(origin.url("/feed")), fetch(origin.url("/none")))
    assert sorted(map(decode, path.read_bytes().splitlines()), key=str) == sorted(records, key=str)


def test_closing_leaves_no_process_thread_or_open_file(origin: Origin) -> None:
    before = pipes()
    crawler = Crawler(LIMITS, children=2)
    ask(crawler, poll(origin.url("/feed")))
    assert len(children()) == 2
    crawler.submit(poll(origin.url("/hang"), order="hangs"))
    start = time.monotonic()
    crawler.close(2.0)
    assert time.monotonic() - start < 2.5
    assert children() == []
    assert "crawler" not in [thread.name for thread in threading.enumerate()]
    assert pipes() == before
    crawler.close()
    with pytest.raises(CrawlError, match="after the crawler was closed"):
        crawler.submit(poll(origin.url("/feed")))


def test_closing_at_once_is_quick() -> None:
    start = time.monotonic()
    Crawler(LIMITS).close(2.0)
    assert time.monotonic() - start < 2.5
    assert children() == []


def test_submitting_never_waits_for_a_child_that_does_not_read(origin: Origin) -> None:
    with Crawler(LIMITS) as crawler:
        ask(crawler, poll(origin.url("/feed")))
        child = children()[0]
        child.suspend()
        commands = [poll(origin.url(f"/feed?{'x' * 2_000}")) for _ in range(300)]
        start = time.monotonic()
        for command in commands:
            crawler.submit(command)
        assert time.monotonic() - start < 1.0
        assert crawler.pending == 300
        child.resume()
        left = 300
        while left:
            records = crawler.records(10)
            assert records
            left -= len(records)


def test_an_order_name_is_open_once(origin: Origin) -> None:
    with Crawler(LIMITS) as crawler:
        command = poll(origin.url("/slow"))
        crawler.submit(command)
        with pytest.raises(CrawlError, match="still open"):
            crawler.submit(command)
        assert len(crawler.records(10)) == 1
        crawler.submit(command)
        assert len(crawler.records(10)) == 1
        assert crawler.records(0) == []


def test_children_end_with_a_parent_that_is_killed(origin: Origin) -> None:
    script = (
        "import sys, time; sys.path[:0] = sys.argv[1:3]\n"
        "from crawler import Crawler; from crawling import LIMITS, ask, poll\n"
        "import psutil\n"
        "crawler = Crawler(LIMITS); ask(crawler, poll(sys.argv[3]))\n"
        "print(*[each.pid for each in psutil.Process().children()], flush=True); time.sleep(60)\n"
    )
    arguments = [sys.executable, "-c", script, str(ROOT), str(ROOT / "tests"), origin.url("/feed")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        (pid,) = map(int, parent.stdout.readline().split())
        child = psutil.Process(pid)
        assert child.is_running()
        parent.send_signal(signal.SIGKILL)
    assert child.wait(5) is None or not child.is_running()


def test_a_child_opens_no_port_and_sees_no_secret(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCORICO__SECRET", "canary")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with Crawler(LIMITS) as crawler:
        assert listing(crawler, poll(origin.url("/feed"))).status is ListingStatus.OK
        (child,) = children()
        assert [each for each in child.net_connections() if each.status == psutil.CONN_LISTEN] == []
        assert "canary" not in str(child.environ())
        assert "HTTP_PROXY" not in child.environ()
        assert os.getpgid(child.pid) == child.pid != os.getpgid(0)


def test_a_child_that_cannot_start_does_not_keep_orders_waiting(origin: Origin) -> None:
    log = Log()
    with Crawler(replace(LIMITS, allow_addresses=("localhost",)), log=log) as crawler:
        record = rejected(crawler, fetch(origin.url("/feed")))
        assert record.reason is RejectReason.CRASHED
        assert "allow_addresses" in record.detail
    assert any("allow_addresses" in str(fields) for _, fields in log.events)


def test_memory_of_a_child_is_bounded(origin: Origin) -> None:
    with Crawler(replace(LIMITS, memory_bytes=3 * 1024**3)) as crawler:
        assert listing(crawler, poll(origin.url("/feed"))).status is ListingStatus.OK
        (child,) = children()
        assert psutil.Process(child.pid).rlimit(psutil.RLIMIT_AS)[0] == 3 * 1024**3


def test_a_feed_and_its_pages_end_to_end_over_two_children() -> None:
    from crawling import ARTICLE  # noqa: PLC0415

    def page(_seen: Seen) -> Page:
        return Page(body=ARTICLE, headers={"Content-Type": "text/html; charset=utf-8"})

    with (
        Origin({"/feed": Page(body=FEED), "/missions": page, "/osmosis": page}) as site,
        Crawler(LIMITS, children=2) as crawler,
    ):
        found = listing(crawler, poll(site.url("/feed")))
        assert [entry.title for entry in found.entries] == ["Une saison 2 pour Missions", "Osmosis"]
        orders = [replace(fetch(entry.listed_url), entry=entry) for entry in found.entries]
        records = ask(crawler, *orders)
        assert not [record for record in records if isinstance(record, Rejected)]
        for record, entry in zip(records, found.entries, strict=True):
            assert isinstance(record, Article)
            assert record.url == entry.url
            assert "deuxième saison" in record.text


def test_a_child_that_hangs_ends_even_when_nobody_is_there_to_kill_it(origin: Origin) -> None:
    command = [sys.executable, "-m", "crawler"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin
        trap = poll(origin.url("/trap"), allow=(ENDLESS,))
        child.stdin.write(f"{encode(replace(LIMITS, deadline=0.5))}\n{encode(trap)}\n".encode())
        child.stdin.flush()
        assert child.wait(10) == -signal.SIGALRM
