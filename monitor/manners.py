"""Keeping what hosts and publishers ask of us: noted with each answer, asked before each page.

What is judged is pure (`decide.hosts`); here it is read and kept, in the unit of the step that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import crawler
from crawler import Listing, Record, Rejected, RejectReason
from monitor.decide import hosts as rules
from monitor.decide.entries import EntryVerdict
from monitor.decide.hosts import HostState, Reserved
from monitor.store import Tx, hosts
from monitor.types import Budget, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """How this node behaves."""

    node: str = ""  #: who visits
    budget: Budget = field(default_factory=Budget)
    log: Callable[..., None] = lambda *_args, **_keys: None

    def note(self, tx: Tx, host: str, record: Record, *, now: datetime) -> None:
        """Keep what an answer says of its host and its source."""
        self.note_all(tx, [(host, record)], now=now)

    def note_all(self, tx: Tx, visits: Sequence[tuple[str, Record]], *, now: datetime) -> None:
        """Keep what answers say, each of them with the host it is of; what a hub pushed was no visit to any."""
        visits = [(host, record) for host, record in visits if not (isinstance(record, Listing) and record.pushed)]
        states = hosts.get_all(tx, {host for host, _ in visits})
        reservations = hosts.reservations_of(tx, {record.source for _, record in visits})
        for host, record in visits:
            before = states.get(host) or HostState(host=host)
            states[host] = rules.after_visit(before, record, node=self.node, budget=self.budget, now=now)
            known = reservations.get(record.source)
            reserved = rules.reservation(known, record, now=now)
            if reserved != known:
                hosts.reserve(tx, record.source, reserved)
            self._tell(before, states[host], known, reserved, record.source)
        hosts.put_all(tx, list(states.values()))

    def _tell(
        self, before: HostState, after: HostState, known: Reserved | None, reserved: Reserved | None, source: str
    ) -> None:
        if after.refusal and after.probe_at != before.probe_at:
            self.log("host_refuses", level="warning", host=after.host, reason=after.detail, again_at=after.probe_at)
        if before.refusal and not after.refusal:
            self.log("host_lets_in", host=after.host, reason="a page, or its listing, was served")
        if reserved and not known:
            self.log("reserved", level="warning", source=source, reason=reserved.evidence, policy=reserved.policy)

    def by_listing(
        self, tx: Tx, source: Source, verdicts: Sequence[EntryVerdict], *, now: datetime
    ) -> tuple[EntryVerdict, ...]:
        """Have those entries read by title and summary whose pages are not to be asked for."""
        if not any(verdict.fetch for verdict in verdicts):
            return tuple(verdicts)
        reserved = hosts.reservation(tx, source.id)
        gates = {crawler.gate_key(verdict.entry.listed_url) for verdict in verdicts if verdict.fetch}
        why = {gate: rules.unread(source, hosts.get(tx, gate), reserved, now=now) for gate in gates}
        return tuple(_by_listing(verdict, why) for verdict in verdicts)


def by_title(rejected: Rejected) -> bool:
    """Tell whether a page was refused, so that its entry is read by title and summary, and not asked for again."""
    return rejected.reason is RejectReason.RESERVED or rules.refusal(rejected) is not None


def _by_listing(verdict: EntryVerdict, why: dict[str, str | None]) -> EntryVerdict:
    reason = why[crawler.gate_key(verdict.entry.listed_url)] if verdict.fetch else None
    return replace(verdict, fetch=False, read_listing=True, reason=reason) if reason else verdict
