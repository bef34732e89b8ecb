"""Jobs as orders for the crawler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler import Command, Fetch, Poll, Template, Trail, gate_key, host_key
from monitor.decide import hosts as rules
from monitor.decide import polls
from monitor.decide.hosts import HostState, Reserved
from monitor.pipeline import Pipeline
from monitor.queue import Job, JobKind
from monitor.searches import dated
from monitor.store import StoreError, Tx, entries, hosts, hubs, sources, templates
from monitor.store.values import StoredEntry
from monitor.types import Source, SourceState
from monitor.vocabulary import FetchPolicy


def commands(
    tx: Tx, jobs: Sequence[Job], pipeline: Pipeline, *, now: datetime
) -> list[Command | Exception | str | None]:
    """Put each job as a command; None when there is nothing left to do, an exception when it can't be read.

    A text says why its page is not asked for.
    """
    known = _known(tx, jobs)
    return [_command(tx, job, pipeline, known, now) for job in jobs]


def order_of(job: Job) -> str:
    """Name a job to the crawler; the fence tells an answer to this lease from one to an earlier."""
    return f"{job.id}.{job.fence}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What the orders of some jobs need of the store, read at once."""

    states: Mapping[str, SourceState] = field(default_factory=dict)
    entries: Mapping[int, StoredEntry] = field(default_factory=dict)
    hosts: Mapping[str, HostState] = field(default_factory=dict)
    reserved: Mapping[str, Reserved] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)


def _known(tx: Tx, jobs: Sequence[Job]) -> _Known | None:
    """Read it; None when something of it can't be read: each job is read alone then, and the bad one found."""
    try:
        return _read(tx, jobs)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - told of the job it belongs to
        return None


def _read(tx: Tx, jobs: Sequence[Job]) -> _Known:
    polled = [job.payload for job in jobs if job.kind is JobKind.POLL]
    fetched = [int(job.payload) for job in jobs if job.kind is JobKind.FETCH]
    states = sources.states_of(tx, polled) if polled else {}
    if not fetched:
        return _Known(states=states)
    found = entries.get_all(tx, fetched)
    addresses = [one.entry.listed_url for one in found.values()]
    trails = [job.trail.url for job in jobs if job.trail]
    return _Known(
        states=states,
        entries=found,
        hosts=hosts.get_all(tx, {gate_key(url) for url in (*addresses, *trails)}),
        reserved=hosts.reservations_of(tx, {one.entry.source for one in found.values()}),
        templates=templates.of_hosts(tx, {host_key(url) for url in addresses}),
    )


def _command(
    tx: Tx, job: Job, pipeline: Pipeline, known: _Known | None, now: datetime
) -> Command | Exception | str | None:
    try:
        if job.kind is JobKind.PUSH:
            return _push(tx, job, pipeline, now)
        mine = known or _read(tx, [job])
        if job.kind is JobKind.POLL:
            return _poll(job, pipeline.sources.get(job.payload), mine.states.get(job.payload), now)
        return _fetch(job, pipeline, mine, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - one job that can't be read must not keep back the others
        return error


def _poll(job: Job, source: Source | None, state: SourceState | None, now: datetime) -> Poll | None:
    """Put a poll job as a command; None when the source is gone or off since it was enqueued (fault S17)."""
    if source is None or not source.enabled or state is None:
        return None
    url = dated(source.url, now.date())
    return Poll(
        order=order_of(job),
        source=source.id,
        url=url,
        kind=source.kind,
        language=source.language,
        allow=source.allow,
        deny=source.deny,
        validators=polls.validators_to_send(state, now=now),
        delay=source.delay,
        licence=source.licence,
        trail=job.trail or Trail(url=url),
    )


def _push(tx: Tx, job: Job, pipeline: Pipeline, now: datetime) -> Poll | None:
    """Put what a hub pushed as a poll whose answer is there: the host is not asked, the child reads it."""
    push = hubs.push(tx, int(job.payload))
    if push is None:
        return None
    order = _poll(job, pipeline.sources.get(push.source), sources.state(tx, push.source), now)
    return order and replace(order, pushed=push.body, content_type=push.content_type, trail=None)


def _fetch(job: Job, pipeline: Pipeline, known: _Known, now: datetime) -> Fetch | str | None:
    """Put a fetch job as a command; None when its entry has its outcome already or its source is gone."""
    stored = known.entries.get(int(job.payload))
    source = pipeline.sources.get(stored.entry.source) if stored else None
    if stored is None or stored.outcome is not None or source is None:
        return None
    if source.fetch is FetchPolicy.NEVER:
        return "released by hand, and its pages are not ours to read"
    trail = job.trail or Trail(url=stored.entry.listed_url)
    why = rules.unread(source, known.hosts.get(gate_key(trail.url)), known.reserved.get(source.id), now=now)
    return why or Fetch(
        order=order_of(job),
        entry=stored.entry,
        language=source.language,
        licence=source.licence,
        delay=source.delay,
        template=known.templates.get(host_key(stored.entry.listed_url)),
        trail=trail,
    )
