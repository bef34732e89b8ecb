"""Figures for Prometheus: right, complete, and with no label that an outlet could make up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import NOON, a_delivery, a_source, an_entry
from prometheus_client.parser import text_string_to_metric_families
from serving import NOW, STORIES, a_config, a_site, keep, served

from monitor import queue
from monitor.decide.hosts import HostState
from monitor.judgement import Verdict, Via
from monitor.loops import Beat
from monitor.queue import JobKind
from monitor.store import Store, deliveries, entries, hosts, sources, verdicts
from monitor.types import SourceState
from monitor.vocabulary import Outcome

Figures = dict[tuple[str, ...], float]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as opened:
        keep(opened, *STORIES)
        fill(opened)
        yield opened


def fill(store: Store) -> None:
    with store.write() as tx:
        known = [a_source("a"), a_source("b"), a_source("c"), a_source("d", enabled=False)]
        sources.sync(tx, known, now=NOON)
        for name, failures in (("a", 0), ("b", 3)):
            state = SourceState(
                id=name, next_poll_at=NOW - timedelta(minutes=10 * failures), last_poll_at=NOON, failures=failures
            )
            sources.polled(tx, name, state=state)
        for n, outcome in enumerate((None, Outcome.NOTHING, Outcome.NOTHING, Outcome.ANNOUNCED)):
            entries.add(tx, an_entry(n), now=NOON, outcome=outcome, reason="x")
        deliveries.owe(tx, a_delivery("d-1"))
        deliveries.owe(tx, a_delivery("d-2", target="mail-of-before"))
        deliveries.sent(tx, "d-2", now=NOON)
        for n, minutes in enumerate((90, 5, -30)):
            due = NOW - timedelta(minutes=minutes)
            queue.enqueue(tx, kind=JobKind.FETCH, key=str(n), host="h", due_at=due)
        for story, verdict in zip(STORIES, (Verdict.RIGHT, Verdict.WRONG, Verdict.WRONG), strict=True):
            verdicts.add(tx, story, verdict, None, now=NOW, via=Via.CLI)


def asked(store: Store, tmp_path: Path, **site: Any) -> tuple[str, Figures]:
    with served(a_site(store, a_config(tmp_path), **site)) as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return answer.text, read(answer.text)


def read(text: str) -> Figures:
    families = text_string_to_metric_families(text)
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in families
        for one in family.samples
    }


def test_jobs_of_hosts_on_hold_are_no_backlog(store: Store, tmp_path: Path) -> None:
    with store.write() as tx:
        hosts.put(tx, HostState(host="h", visited_at=NOON, closed_until=NOW + timedelta(minutes=1)))
        hosts.put(tx, HostState(host="p", visited_at=NOON, pages_until=NOW + timedelta(minutes=1)))
        for kind in (JobKind.FETCH, JobKind.POLL):
            queue.enqueue(tx, kind=kind, key="held", host="p", due_at=NOW - timedelta(minutes=20))
        queue.enqueue(tx, kind=JobKind.FETCH, key="free", host="f", due_at=NOW - timedelta(minutes=10))
    _, found = asked(store, tmp_path)
    assert found["cocorico_jobs_oldest_due_seconds", "fetch"] == 600
    assert found["cocorico_jobs_oldest_due_seconds", "poll"] == 1200


def test_everything_is_counted(store: Store, tmp_path: Path) -> None:
    beats = [Beat(name="crawl", age=2.0, within=60), Beat(name="tick", age=99.0, within=75)]
    _, found = asked(store, tmp_path, pulse=lambda: beats, polls=lambda: 17)
    expected: Figures = {
        ("cocorico_sources", "ok"): 1,
        ("cocorico_sources", "failing"): 1,
        ("cocorico_sources", "new"): 1,
        ("cocorico_sources", "off"): 1,
        ("cocorico_polls_total",): 17,
        ("cocorico_entries", "waiting"): 1,
        ("cocorico_entries", "nothing"): 2,
        ("cocorico_entries", "announced"): 1,
        ("cocorico_entries", "rejected"): 0,
        ("cocorico_stories", "renewal", "confirmed"): 2,
        ("cocorico_stories", "new_original", "confirmed"): 1,
        ("cocorico_stories", "cancellation", "denied"): 0,
        ("cocorico_deliveries", "owed", "terminal"): 1,
        ("cocorico_deliveries", "sent", "other"): 1,
        ("cocorico_deliveries", "dead", "terminal"): 0,
        ("cocorico_jobs", "fetch", "ready"): 3,
        ("cocorico_jobs", "deliver", "dead"): 0,
        ("cocorico_jobs_oldest_due_seconds", "fetch"): 5400,
        ("cocorico_jobs_oldest_due_seconds", "poll"): 0,
        ("cocorico_sources_oldest_due_seconds",): 1800,
        ("cocorico_loop_age_seconds", "crawl"): 2,
        ("cocorico_loop_hanging", "crawl"): 0,
        ("cocorico_loop_hanging", "tick"): 1,
        ("cocorico_verdicts", "renewal", "wrong"): 1,
        ("cocorico_verdicts", "renewal", "right"): 1,
        ("cocorico_verdict_precision", "renewal"): 0.5,
        ("cocorico_verdict_precision", "new_original"): 0.0,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["process_resident_memory_bytes",] > 1_000_000


def test_without_a_daemon_there_are_no_loops_and_no_polls(store: Store, tmp_path: Path) -> None:
    _, found = asked(store, tmp_path)
    assert not [name for name in found if name[0].startswith(("cocorico_loop", "cocorico_polls"))]


def test_what_is_counted_is_documented_and_nothing_else(store: Store, tmp_path: Path) -> None:
    text, found = asked(store, tmp_path, pulse=lambda: [Beat(name="tick", age=0, within=9)], polls=lambda: 1)
    page = (Path(__file__).parents[1] / "docs" / "web.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(cocorico_\w+)`", page))
    assert {name[0] for name in found if name[0].startswith("cocorico_")} == documented
    assert text.count("# HELP cocorico_") == len(documented)


def test_the_number_of_series_does_not_grow_with_what_is_stored(store: Store, tmp_path: Path) -> None:
    _, before = asked(store, tmp_path)
    with store.write() as tx:
        for n in range(50):
            deliveries.owe(tx, a_delivery(f"d-9{n}", target=f"made-up-{n}", article_url=f"https://x.example/{n}"))
    _, after = asked(store, tmp_path)
    assert set(before) == set(after)
    assert after["cocorico_deliveries", "owed", "other"] == 50
    assert len([name for name in after if name[0].startswith("cocorico_")]) < 130


def test_somebody_who_asks_every_second_is_told_what_was_counted(store: Store, tmp_path: Path) -> None:
    seconds = (0, 9, 11, 299, 301, -3600)
    times = iter([NOW + timedelta(seconds=n) for n in seconds])
    site = a_site(store, a_config(tmp_path), clock=lambda: next(times))
    counts = []
    with served(site) as client:
        for n in range(len(seconds)):
            found = read(client.get("/metrics").text)
            counts.append((found["cocorico_entries", "waiting"], found["cocorico_jobs", "fetch", "ready"]))
            with store.write() as tx:
                entries.add(tx, an_entry(100 + n), now=NOON, outcome=None, reason=None)
                queue.enqueue(tx, kind=JobKind.FETCH, key=f"new {n}", host="h", due_at=NOON)
    assert counts == [(1, 3), (1, 3), (1, 5), (1, 6), (5, 6), (6, 8)]


def test_a_store_that_cannot_be_read_is_503(store: Store, tmp_path: Path) -> None:
    with served(a_site(store, a_config(tmp_path))) as client:
        store.close()
        (tmp_path / "cocorico.db").write_bytes(b"no database" * 1000)
        assert client.get("/metrics").status_code == 503


@pytest.mark.parametrize(
    ("host", "status"), [("example.org", 404), ("EXAMPLE.org.:443", 404), ("localhost", 200), ("127.0.0.1:1", 200)]
)
def test_figures_are_not_told_under_the_name_that_others_use(
    store: Store, tmp_path: Path, host: str, status: int
) -> None:
    with served(a_site(store, a_config(tmp_path, public_url="https://example.org/c"))) as client:
        assert client.get("/metrics", headers={"host": host}).status_code == status
        assert ("/metrics" in client.get("/", headers={"host": host}).text) == (status == 200)
