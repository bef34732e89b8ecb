"""What waits behind a message on its way is sent too, before anybody calls the work done."""

from __future__ import annotations

import threading

from desk import Desk, at
from fakes import an_announcement

from monitor.store import Store
from monitor.subscribing import Subscription


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
