"""What waits behind a message on its way is sent too, before anybody calls the work done; once it is wrong, no more."""

from __future__ import annotations

import threading
from datetime import timedelta

from desk import Desk, at
from fakes import an_announcement

from monitor.judgement import Verdict, Via
from monitor.store import Store, deliveries, judging
from monitor.subscribing import Subscription
from monitor.vocabulary import DeliveryState


def test_the_work_is_not_done_while_a_message_waits_behind_one_on_its_way(store: Store) -> None:
    """`run --once` ended with 49 messages owed when a slow one ended between two looks at what is due."""
    desk = Desk(store, Subscription(name="mine", targets=("phone",)), now=at("2026-03-14 12:00"))
    arrived = threading.Event()
    desk.fails = lambda _context: not arrived.wait(10)
    for title in ("Les Marées", "Le Phare"):
        desk.say(an_announcement(title=title, people=()))
    assert desk.work.step() == 1
    assert desk.work.step() == 0  # one message at a time a target
    arrived.set()
    desk.work.wait(10)
    assert desk.work.busy
    desk.go()
    assert [titles for _time, _form, titles in desk.heard] == [["Les Marées"], ["Le Phare"]]


def test_a_message_that_waits_is_not_sent_once_a_reader_has_called_its_story_wrong(store: Store) -> None:
    desk = Desk(store, Subscription(name="mine", targets=("phone",)), now=at("2026-03-14 12:00"))
    desk.fails = lambda _context: True
    both = desk.say(an_announcement(title="Les Marées", people=()), an_announcement(title="Le Phare", people=()))
    alone = desk.say(an_announcement(title="La Digue", people=()))
    desk.go()
    wrong = [both.changes[0].story.id, alone.changes[0].story.id]
    with store.write() as tx:
        for story in wrong:
            judging.judge(tx, story, Verdict.WRONG, None, groups={}, now=desk.now, via=Via.CLI)
    desk.fails = lambda _context: False
    desk.go(desk.now + timedelta(hours=1))
    assert [titles for _time, _form, titles in desk.heard] == [["Le Phare"]]
    with store.read() as tx:
        states = sorted(one.state for one in deliveries.listing(tx, limit=9))
    assert states == [DeliveryState.GATHERED, DeliveryState.SENT]
