"""Noticing how Cocorico itself is, every few minutes, and owing a message to those who asked to hear of it.

Observed outside a transaction, kept in one: conditions, notices, and the messages that tell them, with their jobs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from monitor import owing, standings
from monitor.config.values import Config
from monitor.decide import health, notices, when
from monitor.decide.health import Disk
from monitor.decide.hours import last_slot
from monitor.decide.notices import Condition, Observation
from monitor.decide.silence import HABITS
from monitor.notice import Notice
from monitor.pipeline import Log
from monitor.store import Store, Tx, pages, sources
from monitor.store import health as counted
from monitor.store import notices as kept
from monitor.subscribing import Subscription
from monitor.types import Delivery, Source, SourceState
from monitor.vocabulary import Alarm, DeliveryState, Event, Form, NoticeKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticing:
    """What is watched, and who hears of it."""

    store: Store
    sources: Mapping[str, Source]
    subscriptions: Sequence[Subscription]  #: those with `operations`
    targets: Sequence[str]
    disk: Callable[[], Disk]
    log: Log

    def look(self, now: datetime) -> int:
        """Look at everything once, and owe what there is to tell; how many notices that makes."""
        with self.store.read() as tx:
            followed = {(one.alarm, one.subject) for one in kept.conditions(tx)}
            every = chain(self._of_sources(tx, now), self._of_targets(tx, now), [health.filling(self.disk())])
            # What is good and was never bad leads to nothing, and of tens of thousands of sources that is most.
            seen = [one for one in every if one.bad is not False or (one.alarm, one.subject) in followed]
        with self.store.write() as tx:
            known = kept.conditions(tx)
            found = notices.notice(seen, known, now=now, began=partial(kept.began, tx))
            kept.follow(tx, *(set(found.conditions) - set(known)))
            failing = {one.subject for one in found.conditions if one.alarm is Alarm.TARGET_FAILING and one.raised_at}
            told = [one for one in found.notices if kept.add(tx, one)]
            for subscription in self.subscriptions:
                self._owe(tx, subscription, told, failing, now)
            lives = [one for each in self.subscriptions for one in self._proof_of_life(tx, each, known, failing, now)]
        for one in (*told, *lives):
            facts = one.facts
            self.log("notice", level=_LEVELS.get(one.kind, "info"), kind=one.kind, name=facts.name, reason=facts.reason)
        return len(told) + len(lives)

    def _of_sources(self, tx: Tx, now: datetime) -> Iterator[Observation]:
        mine, unread = [], set()
        for source, state in self._asked(tx):
            mine.append(source)
            if state.failures:
                unread.add(source.id)
            yield health.broken(source, state)
            yield health.gone(source, state)
            yield health.moved(source, state)
            yield health.expiring(source, state, now=now)
            moments = counted.news(tx, source.id, since=now - HABITS) if health.is_doubtful(state) else ()
            yield health.silent(source, state, moments)
        asked = {source.id: source for source in mine}
        for name, ends in pages.every(tx):
            if name in asked:
                yield health.blind(asked[name], ends)
        yield from standings.rebuilt(tx, mine)
        yield from standings.storming(tx, mine)
        yield from standings.refused(tx, mine, unread, now=now)

    def _asked(self, tx: Tx) -> Iterator[tuple[Source, SourceState]]:
        return ((self.sources[one.id], one) for one in sources.states(tx) if one.id in self.sources)

    def _of_targets(self, tx: Tx, now: datetime) -> list[Observation]:
        return [health.failing(state) for state in counted.targets(tx, self.targets, now=now)]

    def _owe(
        self, tx: Tx, subscription: Subscription, told: Sequence[Notice], failing: set[str], now: datetime
    ) -> None:
        for target in notices.reachable(subscription.targets, failing):
            for one in told:
                sent = owing.lately(tx, [subscription.name], now=now).get((subscription.name, target), ())
                owing.owe(tx, [_timed(delivery_of(one, subscription, target, now), subscription, sent, now)])

    def _proof_of_life(
        self, tx: Tx, subscription: Subscription, known: Sequence[Condition], failing: set[str], now: datetime
    ) -> list[Notice]:
        """Say that Cocorico lives, at the hour that was asked for: nothing to wait for, and no day to be full."""
        if subscription.proof_of_life is None:
            return []
        mine = Condition(alarm=Alarm.ALIVE, subject=subscription.name)
        last = next((one for one in known if (one.alarm, one.subject) == (mine.alarm, mine.subject)), None)
        since = last.good_since if last else None
        if since is None:
            kept.follow(tx, replace(mine, good_since=now))
            return []
        slot = last_slot(subscription.proof_of_life, subscription.zone, since=since, until=now)
        if slot is None:
            return []
        kept.follow(tx, replace(mine, good_since=slot))
        one = self._alive(tx, subscription, slot, since)
        if not kept.add(tx, one):
            return []
        for target in notices.reachable(subscription.targets, failing):
            owing.owe(tx, [delivery_of(one, subscription, target, now)])
        return [one]

    def _alive(self, tx: Tx, subscription: Subscription, slot: datetime, since: datetime) -> Notice:
        facts = replace(health.healthy(self._asked(tx), self.sources), since=since, told=counted.told(tx, since=since))
        kind = NoticeKind.PROOF_OF_LIFE
        return Notice(
            id=notices.notice_id(kind, subscription.name, slot),
            kind=kind,
            subject=subscription.name,
            at=slot,
            facts=facts,
        )


def watching(config: Config, store: Store, catalogue: Mapping[str, Source], *, log: Log) -> Noticing:
    """Watch what a configuration names, for those of its subscriptions that ask for it."""
    return Noticing(
        store=store,
        sources=catalogue,
        subscriptions=[one for one in config.subscriptions if one.operations],
        targets=[target.name for target in config.targets],
        disk=lambda: measure(config.data_dir),
        log=log,
    )


def measure(folder: Path) -> Disk:
    """Look how much room there is where the data is."""
    usage = shutil.disk_usage(folder)
    return Disk(path=str(folder), free=usage.free, total=usage.total)


_LEVELS = {
    NoticeKind.SOURCE_BROKEN: "warning",
    NoticeKind.SOURCE_GONE: "warning",
    NoticeKind.SOURCE_SILENT: "warning",
    NoticeKind.SOURCE_BLIND: "warning",
    NoticeKind.SOURCE_STORMS: "warning",
    NoticeKind.SOURCE_REFUSES: "warning",
    NoticeKind.DELIVERIES_FAILING: "error",
    NoticeKind.DISK_FILLING: "error",
}


def delivery_of(notice: Notice, subscription: Subscription, target: str, now: datetime) -> Delivery:
    """Make the message that tells a notice."""
    return Delivery(
        id=notices.delivery_id(notice.id, subscription.name, target),
        form=Form.NOTICE,
        article_url="",
        subscription=subscription.name,
        target=target,
        event=Event.NEW,
        language=subscription.language,
        stories=(),
        notice=notice.id,
        due_at=now,
        next_try_at=now,
        created_at=now,
    )


def _timed(delivery: Delivery, subscription: Subscription, sent: Sequence[datetime], now: datetime) -> Delivery:
    due = when.due(subscription, (), sent, now=now)
    state = DeliveryState.HELD if due.at > now else DeliveryState.OWED
    return replace(delivery, state=state, timing=due.timing, due_at=due.at, next_try_at=due.at)
