"""SIGKILL at random moments of a demo crawl: after each restart every story is in one message, sent or owed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path

import killable
import pytest
from sqlalchemy import create_engine, text

from monitor.data import folder
from monitor.demo.mailbox import Mailbox
from monitor.demo.site import Site

KILLS, ROUNDS = 5, 10  #: fifty in all; a fresh store each round, so that there is always something in flight
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
    """Wait until every entry has its outcome and every delivery was sent."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        open_entries = rows(data_dir, "SELECT count(*) FROM entries WHERE outcome IS NULL")[0][0]
        owed = rows(data_dir, "SELECT count(*) FROM deliveries WHERE state <> 'sent'")[0][0]
        read = rows(data_dir, "SELECT count(*) FROM entries")[0][0]
        if read and not open_entries and not owed:
            return
        time.sleep(0.2)
    raise AssertionError(f"after {timeout} s {open_entries} entries are open and {owed} messages owed")


def mails(place: Path) -> list[tuple[str, str]]:
    """Give (Message-ID, subject) of each mail that arrived."""
    parser = BytesParser(policy=policy.default)
    parsed = [parser.parsebytes(path.read_bytes()) for path in sorted(place.glob("*.eml"))]
    return [(str(mail["Message-ID"]), str(mail["Subject"])) for mail in parsed]


@pytest.mark.slow
def test_fifty_kills_lose_nothing_and_owe_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20261120)  # noqa: S311 - moments to kill at, the same in each run
    copies: Counter[str] = Counter()
    subjects: list[set[str]] = []
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
            assert len({message_id for message_id, _ in arrived}) == sent
            copies.update(Counter(message_id for message_id, _ in arrived).values())
            subjects.append({subject for _, subject in arrived})
    assert all(found == subjects[0] for found in subjects), "a kill changed what is told"
    assert subjects[0]
