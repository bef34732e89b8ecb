"""SIGKILL at random moments of a demo crawl: after each restart every story is in one message, sent or owed.

Fault S18. And of the process that gathers digests: each is there whole or not at all, and once.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

import killable
import pytest
from fakes import NOON, a_change, a_delivery, a_source, a_story
from sqlalchemy import create_engine, text

from monitor import digests
from monitor.data import folder
from monitor.demo.mailbox import Mailbox
from monitor.demo.site import Site
from monitor.store import Store, deliveries, sources, stories
from monitor.subscribing import Deliver, Rhythm, Subscription
from monitor.types import Story
from monitor.vocabulary import DeliveryState

KILLS = 5  #: a round; each has a fresh store, so that there is always something in flight
#: Two rounds take a minute. Ten, the fifty kills of a release, take five: COCORICO_TEST_KILL_ROUNDS=10.
ROUNDS = int(os.environ.get("COCORICO_TEST_KILL_ROUNDS", "2"))
SCRIPT = Path(killable.__file__)


@contextmanager
def daemon(data_dir: Path, site: Site, mailbox: Mailbox) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(data_dir), mailbox.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(killable.sources_to_json(site.sources()) + "\n")
    process.stdin.flush()
    try:
        assert process.stdout.readline() == "started\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def rows(data_dir: Path, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{data_dir / 'cocorico.db'}")
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()


def assert_each_story_is_in_one_message(data_dir: Path) -> None:
    """Every story that opened an alert is in one `new` message of each target, sent or owed."""
    statement = """
        SELECT story_id, target, count(*) FROM delivery_stories JOIN deliveries ON deliveries.id = delivery_id
        WHERE event = 'new' AND state IN ('owed', 'sent') GROUP BY story_id, target
    """
    found = rows(data_dir, statement)
    assert all(count == 1 for _, _, count in found), found
    targets = defaultdict(set)
    for story, target, _ in found:
        targets[story].add(target)
    assert all(names == {"terminal", "mailbox"} for names in targets.values()), targets


def wait_until_quiet(data_dir: Path, *, timeout: float = 60.0) -> None:
    """Wait until every source was read, every entry has its outcome, and every delivery was sent."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        unread = rows(data_dir, "SELECT count(*) FROM sources WHERE last_ok_at IS NULL")[0][0]
        open_entries = rows(data_dir, "SELECT count(*) FROM entries WHERE outcome IS NULL")[0][0]
        owed = rows(data_dir, "SELECT count(*) FROM deliveries WHERE state <> 'sent'")[0][0]
        read = rows(data_dir, "SELECT count(*) FROM entries")[0][0]
        if read and not unread and not open_entries and not owed:
            return
        time.sleep(0.2)
    raise AssertionError(f"after {timeout} s {open_entries} entries are open and {owed} messages owed")


def mails(place: Path) -> list[str]:
    """Give the Message-ID of each mail that arrived; a copy has the same."""
    parser = BytesParser(policy=policy.default)
    return [str(parser.parsebytes(path.read_bytes())["Message-ID"]) for path in sorted(place.glob("*.eml"))]


def told_facts(data_dir: Path) -> set[tuple[object, ...]]:
    """Give the titled facts that were told; which outlet's article told them depends on who came first."""
    statement = """
        SELECT kind, title_key, season FROM stories
        WHERE title IS NOT NULL AND id IN (SELECT story_id FROM delivery_stories)
    """
    return set(rows(data_dir, statement))


@pytest.mark.slow
def test_kills_lose_nothing_and_owe_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261120)  # noqa: S311 - moments to kill at, the same in each run
    facts: list[set[tuple[object, ...]]] = []
    with Site.start(folder("seeds"), now=datetime.now(UTC)) as site:
        for number in range(ROUNDS):
            place = tmp_path / str(number)
            place.mkdir()
            with Mailbox.start(place / "mail") as mailbox:
                for _ in range(KILLS):
                    with daemon(place, site, mailbox):
                        time.sleep(chance.uniform(0.0, 2.5))
                    assert_each_story_is_in_one_message(place)
                with daemon(place, site, mailbox):
                    time.sleep(1.5)
                    wait_until_quiet(place)
            assert_each_story_is_in_one_message(place)
            arrived = mails(place / "mail")
            sent = rows(place, "SELECT count(*) FROM deliveries WHERE target = 'mailbox'")[0][0]
            assert len(set(arrived)) == sent
            facts.append(told_facts(place))
    assert all(found == facts[0] for found in facts), "a kill changed what is told"
    assert facts[0]


#: What the digests tell that have a job.
TOLD = """
    SELECT subscription, count(*), count(DISTINCT story_id) FROM delivery_stories
    JOIN deliveries ON deliveries.id = delivery_id JOIN jobs ON jobs.key = deliveries.id
    WHERE form = 'digest' AND jobs.state = 'ready' GROUP BY subscription
"""
DIGESTS = "SELECT id FROM deliveries WHERE form = 'digest'"
READERS, EACH = 60, 4  #: who has a digest due, and how many messages each of them holds
SUBSCRIPTIONS = [
    Subscription(name=f"r-{number}", targets=("mailbox",), deliver=Deliver(rhythm=Rhythm.DAILY))
    for number in range(READERS)
]


def hold(data_dir: Path) -> None:
    """Have every reader's messages wait for an hour that has come."""
    told = [a_held(number) for number in range(EACH)]
    held = {"state": DeliveryState.HELD, "target": "mailbox"}
    with Store.open(f"sqlite:///{data_dir}/cocorico.db") as store, store.write() as tx:
        sources.sync(tx, [a_source()], now=NOON)
        for story in told:
            stories.save(tx, story)
        for reader in SUBSCRIPTIONS:
            for story in told:
                owed = a_delivery(
                    f"{reader.name}-{story.id}",
                    article_url=story.first_url,
                    subscription=reader.name,
                    stories=(story.id,),
                    **held,
                )
                assert deliveries.owe(tx, owed)


def a_held(number: int) -> Story:
    url = f"https://gazette.example/articles/{number}"
    return a_story(f"s-{number}", title=f"Le Phare {number}", first_url=url, history=(a_change(url=url),))


def gather(data_dir: Path) -> None:
    with Store.open(f"sqlite:///{data_dir}/cocorico.db") as store:
        digests.gather(store, SUBSCRIPTIONS, now=NOON, log=lambda *_args, **_keys: None)


def gathered(data_dir: Path) -> int:
    """Count the readers whose digest is there; every one of them has all of it, once, and its job."""
    forms: dict[object, list[tuple[object, ...]]] = defaultdict(list)
    for reader, *state in rows(data_dir, "SELECT subscription, form, state FROM deliveries ORDER BY 1, 2, 3"):
        forms[reader].append(tuple(state))
    told = {reader: tuple(counts) for reader, *counts in rows(data_dir, TOLD)}
    waits, gone = [("alert", "held")] * EACH, [*[("alert", "gathered")] * EACH, ("digest", "owed")]
    assert len(forms) == READERS
    for reader, found in forms.items():
        assert (found, told.get(reader)) in [(waits, None), (gone, (EACH, EACH))], (found, told.get(reader))
    return len(told)


def test_a_digest_is_there_whole_or_not_at_all_wherever_its_gathering_is_killed(tmp_path: Path) -> None:
    hold(tmp_path)
    counts = [0]
    for share in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        child = multiprocessing.get_context("fork").Process(target=gather, args=(tmp_path,))
        child.start()
        while child.is_alive() and len(rows(tmp_path, DIGESTS)) < share * READERS:
            pass  # the more of them are made, the later it is killed, in the middle of the next one
        child.kill()
        child.join()
        counts.append(gathered(tmp_path))
    assert 0 < counts[1] < counts[-1] < READERS, counts
    assert counts == sorted(counts)
    gather(tmp_path)
    assert gathered(tmp_path) == READERS
