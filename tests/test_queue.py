"""The queue: a job is done once, by one runner, and wears out when it kills its runners."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from crawler import Trail
from monitor import queue
from monitor.queue import Job, JobKind
from monitor.store import Store, Tx, jobs

LEASE = timedelta(seconds=60)


def test_a_key_is_owed_once_even_after_it_was_done(store: Store, now: datetime) -> None:
    with store.write() as tx:
        assert _enqueue(tx, "1", now=now)
        assert not _enqueue(tx, "1", now=now)
        assert queue.enqueue(tx, kind=JobKind.POLL, key="1", host="other", due_at=now)
        (job,) = _claim(tx, now)
        assert queue.done(tx, job, now=now)
        assert not _enqueue(tx, "1", now=now)


def test_a_claim_gives_what_is_due_longest_waiting_first(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "late", host="a", now=now - timedelta(seconds=1))
        _enqueue(tx, "later", host="b", now=now + timedelta(seconds=1))
        _enqueue(tx, "early", host="c", now=now - timedelta(seconds=2), payload='{"n":1}')
        first, second = _claim(tx, now)
        assert _claim(tx, now) == []
        assert [job.key for job in _claim(tx, now + timedelta(seconds=1))] == ["later"]
    assert first == Job(
        id=3,
        kind=JobKind.FETCH,
        key="early",
        host="c",
        due_at=now - timedelta(seconds=2),
        attempts=1,
        fence=1,
        payload='{"n":1}',
    )
    assert second.key == "late"


def test_a_claim_takes_only_the_kinds_and_the_number_asked_for(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for n in range(5):
            _enqueue(tx, str(n), host=f"h{n}", now=now)
        queue.enqueue(tx, kind=JobKind.DELIVER, key="d", host="mail", due_at=now)
        assert len(_claim(tx, now, limit=2)) == 2
        assert [job.key for job in _claim(tx, now, kinds=[JobKind.DELIVER, JobKind.POLL])] == ["d"]
        assert len(_claim(tx, now, kinds=list(JobKind))) == 3


@pytest.mark.parametrize("per_host", [1, 2])
def test_a_host_runs_no_more_than_it_may_whoever_runs_it(store: Store, now: datetime, per_host: int) -> None:
    with store.write() as tx:
        for n in range(5):
            _enqueue(tx, f"a{n}", host="a", now=now + timedelta(milliseconds=n))
            _enqueue(tx, f"b{n}", host="b", now=now + timedelta(milliseconds=n))
        later = now + timedelta(seconds=1)
        taken = _claim(tx, later, per_host=per_host)
        assert Counter(job.host for job in taken) == {"a": per_host, "b": per_host}
        assert _claim(tx, later, per_host=per_host, owner="other") == []
        queue.enqueue(tx, kind=JobKind.POLL, key="p", host="a", due_at=now)
        assert _claim(tx, later, per_host=per_host, kinds=list(JobKind)) == []
        assert queue.done(tx, taken[0], now=later)
        assert [job.host for job in _claim(tx, later, per_host=per_host)] == [taken[0].host]


def test_hosts_can_be_left_alone_and_no_host_has_no_limit(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for n in range(3):
            _enqueue(tx, f"a{n}", host="a", now=now)
            _enqueue(tx, f"free{n}", host="", now=now)
        assert [job.host for job in _claim(tx, now, exclude_hosts={"a"})] == ["", "", ""]
        assert [job.host for job in _claim(tx, now)] == ["a"]


def test_a_lease_that_ran_out_passes_to_another_and_the_first_runner_is_told(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "1", now=now)
        (first,) = _claim(tx, now)
        assert _claim(tx, now + LEASE - timedelta(seconds=1)) == []
        (second,) = _claim(tx, now + LEASE, owner="other")
        assert (second.attempts, second.fence) == (2, 2)
        assert not queue.done(tx, first, now=now)
        assert not queue.retry(tx, first, due_at=now, error="x")
        assert not queue.dead(tx, first, error="x", now=now)
        assert queue.done(tx, second, now=now)
        assert not queue.done(tx, second, now=now)


def test_a_retry_waits_for_its_time_and_keeps_its_count(store: Store, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    with store.write() as tx:
        _enqueue(tx, "1", now=now)
        (job,) = _claim(tx, now)
        assert queue.retry(tx, job, due_at=later, error="503")
        assert _claim(tx, now) == []
        (again,) = _claim(tx, later)
        assert (again.attempts, again.fence, again.due_at) == (2, 2, later)


def test_a_job_that_is_passed_on_is_another_hosts_and_knows_where_to_go(store: Store, now: datetime) -> None:
    trail = Trail(url="https://www.ailleurs.example/neuf", hops=2, moved=False)
    with store.write() as tx:
        _enqueue(tx, "1", host="renvoi.example", now=now)
        _enqueue(tx, "2", host="ailleurs.example", now=now)
        first, second = _claim(tx, now)
        assert queue.pass_on(tx, first, trail, due_at=now)
        assert not queue.pass_on(tx, first, trail, due_at=now), "it is nobody's now"
        assert _claim(tx, now) == [], "that host has a visitor"
        queue.end(tx, second, now)
        (again,) = _claim(tx, now)
    assert (again.key, again.host, again.trail, again.fence) == ("1", "ailleurs.example", trail, 2)


def test_a_dead_job_stays_dead_until_revived(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "1", now=now)
        (job,) = _claim(tx, now)
        assert not queue.revive(tx, kind=JobKind.FETCH, key="1", due_at=now)
        assert queue.dead(tx, job, error="550", now=now)
        assert _claim(tx, now + timedelta(days=9)) == []
        assert queue.counts(tx, now).dead == 1
        assert queue.revive(tx, kind=JobKind.FETCH, key="1", due_at=now)
        (again,) = _claim(tx, now)
        assert (again.attempts, again.fence) == (1, 2)


def test_a_former_selfs_jobs_are_free_at_once_and_only_those(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "1", host="a", now=now)
        _enqueue(tx, "2", host="b", now=now)
        (mine,) = _claim(tx, now, limit=1, owner="me")
        _claim(tx, now, limit=1, owner="other")
        assert queue.release(tx, owner="me") == 1
        assert not queue.done(tx, mine, now=now)
        (again,) = _claim(tx, now, owner="me")
        assert (again.key, again.attempts, again.fence) == (mine.key, 2, 2)


def test_a_job_that_kills_its_runner_wears_out(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "poison", now=now)
    for attempt in range(1, 6):
        with store.write() as tx:
            (job,) = _claim(tx, now)
        assert job.attempts == attempt  # stored before it runs: the runner below never says anything
        with store.write() as tx:
            queue.release(tx, owner="me")


def test_what_was_done_for_a_lost_job_can_be_dropped_with_it(store: Store, now: datetime) -> None:
    with store.write() as tx:
        _enqueue(tx, "1", now=now)
        (job,) = _claim(tx, now)
    with pytest.raises(LookupError), store.write() as tx:
        _enqueue(tx, "caused by 1", now=now)
        queue.done(tx, job, now=now)
        raise LookupError
    with store.write() as tx:
        assert _enqueue(tx, "caused by 1", now=now)
        assert queue.done(tx, job, now=now)


def test_ten_tarpits_among_500_hosts_hold_one_place_each_and_delay_nobody_s14(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for host in range(500):
            for n in range(20 if host < 10 else 2):  # the slow ones owe most, and have been due for longest
                due = now - timedelta(hours=1 if host < 10 else 0)
                queue.enqueue(tx, kind=JobKind.FETCH, key=f"{host}/{n}", host=f"h{host}", due_at=due)
        ended: Counter[str] = Counter()
        held: Counter[str] = Counter()
        for _ in range(980 // (16 - 10) + 1):  # sixteen places, of which the slow ones may keep ten
            for job in _claim(tx, now, limit=16 - held.total()):
                if int(job.host[1:]) < 10:
                    held[job.host] += 1  # never comes back
                else:
                    assert queue.done(tx, job, now=now)
                    ended[job.host] += 1
    assert set(held.values()) == {1}
    assert len(held) == 10
    assert ended == {f"h{host}": 2 for host in range(10, 500)}


def test_counts_tell_how_the_queue_stands(store: Store, now: datetime) -> None:
    with store.write() as tx:
        assert queue.counts(tx, now) == queue.QueueCounts(ready=0, leased=0, dead=0, oldest_due=None)
        for n in range(4):
            _enqueue(tx, str(n), host=f"h{n}", now=now + timedelta(hours=n))
        _claim(tx, now)
        late = now + timedelta(hours=2)
        counts = queue.counts(tx, late)
    assert counts == queue.QueueCounts(ready=3, leased=1, dead=0, oldest_due=now + timedelta(hours=1))


def test_finished_jobs_are_forgotten_after_a_time(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for n in range(3):
            _enqueue(tx, str(n), host=f"h{n}", now=now)
        done, dead, running = _claim(tx, now)
        queue.done(tx, done, now=now)
        queue.dead(tx, dead, error="x", now=now + timedelta(days=2))
        assert queue.prune(tx, before=now + timedelta(days=1)) == 1
        assert queue.prune(tx, before=now + timedelta(days=3)) == 1
        assert queue.prune(tx, before=now + timedelta(days=3)) == 0
        assert not _enqueue(tx, running.key, now=now)
        assert _enqueue(tx, done.key, now=now)


def test_no_two_claims_at_once_take_one_job(store: Store, now: datetime) -> None:
    """Fault D13."""
    with store.write() as tx:
        for n in range(60):
            _enqueue(tx, str(n), host=f"h{n % 20}", now=now)

    def take(owner: str) -> list[int]:
        taken: list[int] = []
        while True:
            with store.write() as tx:
                found = _claim(tx, now, limit=3, owner=owner, per_host=3)
            if not found:
                return taken
            taken += [job.id for job in found]

    with ThreadPoolExecutor(8) as pool:
        taken = [job_id for some in pool.map(take, "abcdefgh") for job_id in some]
    assert sorted(taken) == list(range(1, 61))


@pytest.mark.parametrize("per_host", [1, 2])
def test_a_host_with_more_jobs_than_a_claim_looks_at_keeps_nobody_waiting(
    store: Store, now: datetime, per_host: int
) -> None:
    with store.write() as tx:
        for number in range(300):
            assert _enqueue(tx, f"busy-{number}", now=now - timedelta(hours=1), host="busy")
        for number in range(3):
            assert _enqueue(tx, f"other-{number}", now=now, host=f"other-{number}")
        taken = _claim(tx, now, per_host=per_host)
    others = ["other-0", "other-1", "other-2"]
    assert [job.key for job in taken] == [*(f"busy-{number}" for number in range(per_host)), *others]


def test_a_claim_reads_the_jobs_in_the_order_they_are_due_from_the_index(now: datetime) -> None:
    with Store.memory() as store, store.read() as tx:
        connection = tx.connection()
        compiled = jobs._OLDEST.query.compile(connection)
        given = {"kind": "fetch", "now": str(now), "owner": "me", "limit": 256}
        values = tuple(given.get(name, compiled.params[name]) for name in compiled.positiontup or ())
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)]
    assert any("ix_jobs_state_kind_due_at" in step for step in steps)
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN")]


def test_a_claim_finds_its_hosts_through_the_index(now: datetime) -> None:
    with Store.memory() as store, store.read() as tx:
        connection = tx.connection()
        compiled = str(jobs._HOSTS.compile(connection))
        given = ("fetch", "fetch", "fetch", *[str(now)] * 3, "fetch", str(now), "me")
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", given)
        steps = [row[3] for row in plan]
    assert not [step for step in steps if step.startswith(("SCAN jobs", "SCAN known"))]
    assert any("ix_jobs_state_kind_host_due_at" in step for step in steps)


def _enqueue(tx: Tx, key: str, *, now: datetime, host: str = "h", payload: str = "") -> bool:
    return queue.enqueue(tx, kind=JobKind.FETCH, key=key, host=host, due_at=now, payload=payload)


def _claim(
    tx: Tx,
    now: datetime,
    *,
    kinds: list[JobKind] | None = None,
    limit: int = 20,
    owner: str = "me",
    per_host: int = 1,
    exclude_hosts: set[str] | None = None,
) -> list[Job]:
    return queue.claim(
        tx,
        kinds=kinds or [JobKind.FETCH],
        limit=limit,
        now=now,
        lease=LEASE,
        owner=owner,
        per_host=per_host,
        exclude_hosts=exclude_hosts or set(),
    )
