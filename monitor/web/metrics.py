"""`/metrics`: figures in the form of Prometheus. prometheus_client's only home, with a registry of our own.

Every label takes its values from a closed vocabulary or from the configuration, so that nothing an outlet writes can
make a new series. docs/web.md lists them all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from crawler import ListingStatus
from monitor.decide.verdicts import precision
from monitor.judgement import Standing, Verdict
from monitor.queue import JobKind
from monitor.store import verdicts
from monitor.store.figures import Figures, entries, every_outcome, figures
from monitor.vocabulary import DeliveryState, Kind, Status
from monitor.web.guard import is_public
from monitor.web.site import Site

#: What was counted this lately is not counted again: somebody may ask every second. Entries take longest to count.
_KEPT: Final = timedelta(seconds=10)
_ENTRIES_KEPT: Final = timedelta(minutes=5)
#: Targets that are no longer configured.
_OTHER: Final = "other"
_JOB_STATES: Final = ("ready", "leased", "dead", "done")


def router(site: Site) -> APIRouter:
    """Make the route."""
    routes = APIRouter()
    registry = CollectorRegistry()
    registry.register(Figured(site))
    ProcessCollector(registry=registry)

    @routes.api_route("/metrics", methods=["GET", "HEAD"])
    def metrics(request: Request) -> Response:
        if is_public(request.headers["host"], site.config.web):
            raise HTTPException(404)
        return Response(generate_latest(registry), headers={"content-type": CONTENT_TYPE_LATEST})

    return routes


class Figured(Collector):
    """Gives the figures when they are asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._counted: dict[str, tuple[datetime, list[Metric]]] = {}

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: the store need not be read to start."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Give each figure, counted anew when the last count is old."""
        now = self._site.clock()
        with self._lock:
            entries = self._kept("entries", now, _ENTRIES_KEPT, lambda: _entries(self._site))
            others = self._kept("others", now, _KEPT, lambda: _stored(self._site, now))
        yield from (*_process(self._site), *entries, *others)

    def _kept(
        self, name: str, now: datetime, kept: timedelta, count: Callable[[], Iterator[Metric]]
    ) -> Sequence[Metric]:
        counted = self._counted.get(name)
        if counted is None or not timedelta() <= now - counted[0] < kept:
            counted = self._counted[name] = (now, list(count()))
        return counted[1]


def _process(site: Site) -> Iterator[Metric]:
    """Give what this process knows of itself."""
    if site.polls is not None:
        yield CounterMetricFamily("cocorico_polls", "Listings polled since the start.", value=site.polls())
    if site.pulse is not None:
        ages = _gauge("cocorico_loop_age_seconds", "Time since a loop last came round.", "loop")
        hanging = _gauge("cocorico_loop_hanging", "1 when a loop has not come round in time.", "loop")
        for beat in site.pulse():
            ages.add_metric([beat.name], beat.age)
            hanging.add_metric([beat.name], 0.0 if beat.good else 1.0)
        yield from (ages, hanging)


def _entries(site: Site) -> Iterator[Metric]:
    with site.store.read() as tx:
        found = entries(tx)
    counts = _gauge("cocorico_entries", "Entries of listings, by what became of them.", "outcome")
    for outcome in every_outcome():
        counts.add_metric([outcome], found.get(outcome, 0))
    yield counts


def _stored(site: Site, now: datetime) -> Iterator[Metric]:
    """Give what is stored."""
    with site.store.read() as tx:
        found = figures(tx, now=now)
        stands = verdicts.standings(tx)
    yield from _counts(found, [target.name for target in site.config.targets], now)
    yield from _verdicts([(last.kind, last.first_seen, standing) for last, standing in stands])


def _counts(found: Figures, targets: list[str], now: datetime) -> Iterator[Metric]:
    sources = _gauge("cocorico_sources", "Sources, by how they stand.", "state")
    for state, count in found.sources.items():
        sources.add_metric([state], count)
    listings = _gauge("cocorico_listings", "Sources that were polled, by what their listing is.", "status")
    for listing in ListingStatus:
        listings.add_metric([listing], found.listings.get(listing, 0))
    stories = _gauge("cocorico_stories", "Stories, by what they announce and how sure it is.", "kind", "status")
    for kind in Kind:
        for status in Status:
            stories.add_metric([kind, status], found.stories.get((kind, status), 0))
    overdue = _gauge("cocorico_sources_oldest_due_seconds", "How long the source that waits longest has been due.")
    overdue.add_metric([], max(0.0, (now - found.oldest_poll).total_seconds()) if found.oldest_poll else 0.0)
    yield from (sources, listings, overdue, stories, _deliveries(found, targets), *_jobs(found, now))


def _deliveries(found: Figures, targets: list[str]) -> Metric:
    counts = {(target, state): 0 for target in (*targets, _OTHER) for state in DeliveryState}
    for (target, state), count in found.deliveries.items():
        counts[target if target in targets else _OTHER, state] += count
    deliveries = _gauge("cocorico_deliveries", "Messages, by target and how they stand.", "target", "state")
    for (target, state), count in counts.items():
        deliveries.add_metric([target, state], count)
    return deliveries


def _jobs(found: Figures, now: datetime) -> Iterator[Metric]:
    jobs = _gauge("cocorico_jobs", "Jobs; done ones are kept for a month.", "kind", "state")
    oldest = _gauge(
        "cocorico_jobs_oldest_due_seconds", "How long the oldest job that is due and may be done has waited.", "kind"
    )
    for kind in JobKind:
        for state in _JOB_STATES:
            jobs.add_metric([kind, state], found.jobs.get((kind, state), 0))
        due = found.oldest_due.get(kind)
        oldest.add_metric([kind], max(0.0, (now - due).total_seconds()) if due else 0.0)
    yield from (jobs, oldest)


def _verdicts(stands: list[tuple[Kind, datetime, Standing]]) -> Iterator[Metric]:
    said = _gauge("cocorico_verdicts", "Stories that readers judged, by the last thing said.", "kind", "verdict")
    for kind in Kind:
        for verdict in Verdict:
            count = sum(one is kind and standing.verdict is verdict for one, _, standing in stands)
            said.add_metric([kind, verdict], count)
    shares = _gauge("cocorico_verdict_precision", "Share of the judged stories that was announced.", "kind")
    for (month, name), counted in precision(stands).items():
        if not month and name and counted.share is not None:
            shares.add_metric([name], counted.share)
    yield from (said, shares)


def _gauge(name: str, says: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, labels=labels)
