"""Which sources' pages are not for us, and why; which are made otherwise than before; what is held: for notices."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

import crawler
from monitor.decide import hosts as rules
from monitor.decide.notices import Observation
from monitor.notice import Facts
from monitor.store import Tx, holding, hosts, templates
from monitor.types import Source
from monitor.vocabulary import Alarm, FetchPolicy


def refused(tx: Tx, sources: Iterable[Source], unread: Container[str], *, now: datetime) -> Iterator[Observation]:
    """Judge whether the pages of each source may be read; one of which no page is wanted is not judged.

    Args:
        unread: ids of those whose listing fails. When that is refused, too, there is one thing to tell: that they are
            broken, and why; and nothing of theirs is read in place of their pages.
    """
    asked = [source for source in sources if source.fetch is not FetchPolicy.NEVER]
    why = _refusals(tx, asked, now=now)
    for source in asked:
        facts = Facts(name=source.name, reason=why.get(source.id, ""))
        bad = None if source.id in unread else source.id in why
        yield Observation(alarm=Alarm.SOURCE_REFUSES, subject=source.id, bad=bad, facts=facts)


def rebuilt(tx: Tx, sources: Iterable[Source]) -> Iterator[Observation]:
    """Judge whether each source's pages are made as they were: not while its template is dropped and none learned."""
    lost = templates.lost(tx)
    for source in sources:
        since = lost.get(crawler.host_key(source.url))
        facts = Facts(name=source.name, since=since)
        yield Observation(alarm=Alarm.SOURCE_REBUILT, subject=source.id, bad=since is not None, facts=facts)


def storming(tx: Tx, sources: Iterable[Source]) -> Iterator[Observation]:
    """Judge whether each source listed too much at once: as long as anything of it is held."""
    held = holding.held(tx)
    for source in sources:
        mine = held.get(source.id)
        facts = Facts(name=source.name, waiting=mine.count, since=mine.since) if mine else Facts(name=source.name)
        yield Observation(alarm=Alarm.SOURCE_STORMS, subject=source.id, bad=mine is not None, facts=facts)


def _refusals(tx: Tx, sources: Iterable[Source], *, now: datetime) -> dict[str, str]:
    """Say, by source, what forbids its pages; those that may be read are left out."""
    refusing = {state.host: state for state in hosts.refusing(tx)}
    reserved = hosts.reservations(tx, now=now)
    found = {}
    for source in sources:
        if why := rules.forbids(source, refusing.get(crawler.gate_key(source.url)), reserved.get(source.id), now=now):
            found[source.id] = why
    return found
