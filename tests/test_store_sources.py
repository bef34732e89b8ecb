"""Sources in the store: what is due, and what a poll leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fakes import a_source

from crawler import ListingStatus, Validators
from monitor import queue
from monitor.queue import JobKind
from monitor.store import Store, StoreError, Tx, sources
from monitor.vocabulary import FetchPolicy


def test_new_sources_are_due_at_once_and_apart(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source(f"s{n}") for n in range(20)], now=now)
    with store.read() as tx:
        due = sources.due(tx, now=now, limit=100)
        times = {state.next_poll_at for state in sources.states(tx)}
    assert len(due) == 20
    assert len(times) > 10
    assert all(now - timedelta(seconds=5) < at <= now for at in times)


def test_due_is_longest_overdue_first_and_limited(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source("a"), a_source("b"), a_source("c")], now=now)
        for minutes, source in enumerate(("c", "a", "b")):
            _poll_at(tx, source, now + timedelta(minutes=minutes))
        assert sources.due(tx, now=now + timedelta(minutes=1), limit=5) == ["c", "a"]
        assert sources.due(tx, now=now + timedelta(hours=1), limit=2) == ["c", "a"]


def test_a_source_that_is_being_polled_is_not_due(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source("allo"), a_source("allo-2")], now=now)
        assert queue.enqueue(tx, kind=JobKind.POLL, key="allo@2026-03-14T09:26", host="h", due_at=now)
        assert sources.due(tx, now=now, limit=5) == ["allo-2"]
        assert sources.due(tx, now=now, limit=1) == ["allo-2"]
        (job,) = queue.claim(
            tx, kinds=[JobKind.POLL], limit=1, now=now, lease=timedelta(seconds=60), owner="me", per_host=1
        )
        assert sources.due(tx, now=now, limit=5) == ["allo-2"]
        assert queue.done(tx, job, now=now)
        assert set(sources.due(tx, now=now, limit=5)) == {"allo", "allo-2"}


def test_a_source_that_moves_keeps_what_it_listed_and_forgets_how_to_ask(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source("configured")], now=now)
        sources.add(tx, a_source("mine"))
        before = sources.state(tx, "mine")
        assert before is not None
        known = Validators(etag='"x"', body_hash="ab")
        after = replace(before, validators=known, validators_at=now, baseline_at=now, moved_to="https://new.example/f")
        sources.polled(tx, "mine", state=after)
        sources.move(tx, "mine", "https://new.example/f")
        (mine,) = sources.user_sources(tx)
        assert mine == replace(a_source("mine"), url="https://new.example/f")
        moved = replace(after, validators=Validators(), validators_at=None, moved_to=None)
        assert sources.state(tx, "mine") == moved
        with pytest.raises(StoreError, match="configuration"):
            sources.move(tx, "configured", "https://new.example/f")


def test_what_a_poll_leads_to_is_read_back(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=now)
        before = sources.state(tx, "gazette")
        assert before is not None
        after = replace(
            before,
            validators=Validators(etag='"x"', last_modified="yesterday", body_hash="ab"),
            validators_at=now,
            baseline_at=now,
            next_poll_at=now + timedelta(minutes=15),
            last_poll_at=now,
            last_ok_at=now,
            status=ListingStatus.UNCHANGED,
            failures=3,
            error="times out",
            entries_seen=40,
        )
        sources.polled(tx, "gazette", state=after)
    with store.read() as tx:
        assert sources.state(tx, "gazette") == after
        assert sources.due(tx, now=now, limit=5) == []
        assert sources.state(tx, "nobody") is None


def test_polling_an_unknown_source_is_refused(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=now)
        state = sources.state(tx, "gazette")
        assert state is not None
        with pytest.raises(StoreError, match="'nobody' is not stored"):
            sources.polled(tx, "nobody", state=state)


def test_a_source_no_longer_configured_is_disabled_and_keeps_its_state(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source("old"), a_source("new")], now=now)
        _poll_at(tx, "old", now - timedelta(days=1))
        sources.sync(tx, [a_source("new")], now=now)
        assert sources.due(tx, now=now, limit=5) == ["new"]
        sources.sync(tx, [a_source("new"), a_source("old")], now=now)
        assert sources.due(tx, now=now, limit=5)[0] == "old"


def test_a_source_under_a_new_url_starts_afresh_and_another_change_does_not(store: Store, now: datetime) -> None:
    later = now + timedelta(hours=1)
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=now)
        state = sources.state(tx, "gazette")
        assert state is not None
        polled = replace(state, baseline_at=now, validators=Validators(etag="x"), next_poll_at=later)
        sources.polled(tx, "gazette", state=polled)
        sources.sync(tx, [a_source(name="La Gazette")], now=now)
        assert sources.state(tx, "gazette") == polled
        sources.sync(tx, [a_source(url="https://gazette.example/rss")], now=now)
        moved = sources.state(tx, "gazette")
    assert moved is not None
    assert (moved.baseline_at, moved.validators, moved.next_poll_at) == (None, Validators(), now)


def test_sources_added_by_hand_survive_a_sync_and_can_be_removed(store: Store, now: datetime) -> None:
    mine = a_source(
        "mine",
        allow=("/series/",),
        deny=("/live/",),
        fetch=FetchPolicy.PROMISING,
        interval=timedelta(minutes=7),
        delay=3.5,
    )
    with store.write() as tx:
        sources.sync(tx, [a_source("theirs")], now=now)
        sources.add(tx, mine)
        sources.sync(tx, [a_source("theirs")], now=now)
        assert sources.user_sources(tx) == [mine]
        assert sources.due(tx, now=now, limit=5) == ["mine", "theirs"]
        with pytest.raises(StoreError, match="'mine' exists already"):
            sources.add(tx, mine)
        assert not sources.remove(tx, "theirs")
        assert sources.remove(tx, "mine")
        assert not sources.remove(tx, "mine")
        assert sources.user_sources(tx) == []
        assert sources.due(tx, now=now, limit=5) == ["theirs"]
        sources.add(tx, mine)
        assert sources.due(tx, now=now, limit=5) == ["mine", "theirs"]


def _poll_at(tx: Tx, source: str, at: datetime) -> None:
    state = sources.state(tx, source)
    assert state is not None
    sources.polled(tx, source, state=replace(state, next_poll_at=at))
