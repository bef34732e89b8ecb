"""A simulated week of many outlets, decided as the daemon decides it; `bench/week.py` does it with the whole daemon."""

from __future__ import annotations

import heapq
import statistics
from datetime import timedelta

from bench.week import START, Script, outlets, sources_of
from crawler import Poll
from monitor.decide import polls
from monitor.rhythm import Bounds
from monitor.types import SourceState

DAYS = 7
BOUNDS = Bounds()


def lived_through(count: int) -> Script:
    """Poll each outlet whenever its last poll said so."""
    made = outlets(count, DAYS)
    script = Script(outlets={one.id: one for one in made})
    watched = {source.id: source for source in sources_of(made)}
    states = {name: SourceState(id=name, next_poll_at=START) for name in watched}
    due = [(START, name) for name in watched]
    while due and due[0][0] < START + timedelta(days=DAYS):
        script.now, name = heapq.heappop(due)
        source, state = watched[name], states[name]
        asked = polls.validators_to_send(state, now=script.now)
        listing = script.answer(Poll(order="", source=name, url=source.url, kind=source.kind, validators=asked))
        known = script.outlets[name].times
        new = [entry.published for entry in listing.entries if _is_new(entry.published, state)] if known else []
        states[name] = polls.after_poll(state, source, listing, BOUNDS, now=script.now, new=new)
        heapq.heappush(due, (states[name].next_poll_at, name))
    return script


def _is_new(published: object, state: SourceState) -> bool:
    return state.last_ok_at is None or published is None or published > state.last_ok_at  # type: ignore[operator]


def test_in_a_week_every_outlet_is_asked_within_its_bounds_and_news_is_seen_sooner_than_at_one_interval() -> None:
    script = lived_through(60)
    total, spans = 0, 0.0
    for outlet in script.outlets.values():
        gaps = [60 * (b - a) for a, b in zip(script.polls[outlet.id], script.polls[outlet.id][1:], strict=False)]
        if outlet.status != 200:
            assert 5 <= len(gaps) <= 20, outlet.id  # a dead one is asked ever less, and never given up
            continue
        assert min(gaps) >= 4.99, outlet.id
        if not outlet.flaky:
            assert max(gaps) <= 60 + 1.5 + 0.01, outlet.id
            total, spans = total + len(gaps), spans + sum(gaps)
    assert script.lost == 0
    assert script.unchanged > script.full * 1.3
    assert 60 * statistics.mean(script.delays) < spans / total / 2 * 0.75
