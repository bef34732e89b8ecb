"""Entries in the store: one row a URL for ever, and one outcome each."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fakes import NOON, an_article, an_entry
from sqlalchemy.exc import StatementError

from monitor.decide.entries import EntryVerdict
from monitor.store import AlreadySettledError, Store, StoreError, articles, entries, prune
from monitor.vocabulary import Outcome


def test_an_entry_is_read_back_as_it_was(store: Store, now: datetime) -> None:
    entry = an_entry(title="L’Été – “œuvre” 🐓", published=now)
    with store.write() as tx:
        entry_id = entries.add(tx, entry, now=now, outcome=None, reason=None, quiet=True)
    with store.read() as tx:
        stored = entries.get(tx, entry_id)
        assert entries.by_url(tx, entry.url) == stored
        assert entries.get(tx, entry_id + 1) is None
    assert stored is not None
    assert stored.entry == entry
    assert (stored.first_seen, stored.outcome, stored.reason, stored.quiet) == (now, None, None, True)
    assert stored.first_seen.tzinfo is UTC


def test_an_entry_added_again_stays_as_it_was(store: Store, now: datetime) -> None:
    with store.write() as tx:
        first = entries.add(tx, an_entry(), now=now, outcome=Outcome.SKIPPED, reason="stale")
        again = entries.add(
            tx, an_entry(source="other", title="Autre"), now=now + timedelta(days=1), outcome=None, reason=None
        )
        stored = entries.get(tx, first)
        sightings = entries.trace(tx, an_entry().url).sightings
    assert again == first
    assert stored is not None
    assert (stored.entry.title, stored.outcome, stored.first_seen) == ("Titre 1", Outcome.SKIPPED, now)
    assert [sighting.source for sighting in sightings] == ["gazette", "other"]


def test_known_by_url_whatever_the_source_and_by_guid_within_it(store: Store, now: datetime) -> None:
    with store.write() as tx:
        first = entries.add(tx, an_entry(1), now=now, outcome=None, reason=None)
        second = entries.add(tx, an_entry(2), now=now, outcome=Outcome.NOTHING, reason="x")
        moved = an_entry(3, guid="guid-2")
        same_guid_elsewhere = an_entry(4, guid="guid-1", source="other")
        known = entries.known(tx, [an_entry(1, source="other", guid=None), moved, same_guid_elsewhere, an_entry(5)])
    assert set(known) == {an_entry(1).url, moved.url}
    assert (known[an_entry(1).url].id, known[an_entry(1).url].by) == (first, "url")
    by_guid = known[moved.url]
    assert (by_guid.id, by_guid.by, by_guid.url, by_guid.title) == (second, "guid", an_entry(2).url, "Titre 2")
    assert by_guid.outcome is Outcome.NOTHING


def test_the_guid_a_second_source_gave_is_known_there(store: Store, now: datetime) -> None:
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(1), now=now, outcome=None, reason=None)
        entries.sighted(tx, {entry_id: "o-1"}, "other", now=now)
        entries.sighted(tx, {entry_id: None}, "other", now=now + timedelta(hours=1))
        known = entries.known(tx, [an_entry(9, source="other", guid="o-1")])
        (_, other) = entries.trace(tx, an_entry(1).url).sightings
    assert known[an_entry(9).url].id == entry_id
    assert (other.first_at, other.last_at) == (now, now + timedelta(hours=1))


def test_a_guid_as_long_as_a_page_is_known_again(store: Store, now: datetime) -> None:
    long = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(100))
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(1, guid=long), now=now, outcome=None, reason=None)
        known = entries.known(tx, [an_entry(2, guid=long), an_entry(3, guid=long[:-1])])
    assert {url: found.id for url, found in known.items()} == {an_entry(2).url: entry_id}


def test_a_listing_of_two_thousand_is_looked_up(store: Store, now: datetime) -> None:
    listing = [an_entry(n) for n in range(2_000)]
    with store.write() as tx:
        for entry in listing[::100]:
            entries.add(tx, entry, now=now, outcome=None, reason=None)
        assert len(entries.known(tx, listing)) == 20


def test_an_entry_has_exactly_one_outcome(store: Store, now: datetime) -> None:
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=now, outcome=None, reason=None)
        entries.settle(tx, entry_id, outcome=Outcome.NOTHING, reason="a review", now=now)
        entries.settle(tx, entry_id, outcome=Outcome.NOTHING, reason="again", now=now)
        with pytest.raises(AlreadySettledError, match="is nothing already and can't become announced"):
            entries.settle(tx, entry_id, outcome=Outcome.ANNOUNCED, reason="news", now=now)
        stored = entries.get(tx, entry_id)
        with pytest.raises(StoreError, match="entry 99 is not in the store"):
            entries.settle(tx, 99, outcome=Outcome.NOTHING, reason="", now=now)
    assert stored is not None
    assert (stored.outcome, stored.reason, stored.settled_at) == (Outcome.NOTHING, "a review", now)


def test_times_of_any_zone_come_back_in_utc_and_naive_ones_are_refused(store: Store, now: datetime) -> None:
    paris = now.astimezone(timezone(timedelta(hours=1)))
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=paris, outcome=None, reason=None)
        stored = entries.get(tx, entry_id)
        assert stored is not None
        assert stored.first_seen == now
        assert stored.first_seen.tzinfo is UTC
    with pytest.raises(StatementError, match="naive datetime"), store.write() as tx:
        entries.add(tx, an_entry(2), now=now.replace(tzinfo=None), outcome=None, reason=None)


def test_text_no_database_holds_is_cleaned(store: Store, now: datetime) -> None:
    """Fault P11."""
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(title="Un\0 titre \ud800cassé"), now=now, outcome=None, reason=None)
        stored = entries.get(tx, entry_id)
    assert stored is not None
    assert stored.entry.title == "Un titre cassé"


def test_retention_empties_texts_and_what_was_seen_stays_seen(store: Store, now: datetime) -> None:
    """Fault D09."""
    with store.write() as tx:
        for n, fetched in ((1, NOON), (2, NOON + timedelta(days=400))):
            entry_id = entries.add(tx, an_entry(n), now=now, outcome=None, reason=None)
            articles.add(tx, entry_id, an_article(n, fetched_at=fetched), [], [], text_hash=f"hash-{n}")
        assert prune.prune(tx, before=NOON + timedelta(days=1)) == 1
        assert prune.prune(tx, before=NOON + timedelta(days=1)) == 0
        old, young = (entries.trace(tx, an_entry(n).url).article for n in (1, 2))
        assert old is not None
        assert young is not None
        assert (old.text, young.text) == ("", an_article(2).text)
        assert entries.by_url(tx, an_entry(1).url) is not None
        assert articles.twins(tx, ["hash-1"]) == {"hash-1": [(an_entry(1).url, an_entry(1).title)]}


def test_what_a_listing_has_is_kept_at_once_as_each_would_be_alone(store: Store, now: datetime) -> None:
    with store.write() as tx:
        before = entries.add(tx, an_entry(1), now=now, outcome=None, reason=None)
    found = [
        EntryVerdict(entry=an_entry(2), fetch=True),
        EntryVerdict(entry=an_entry(1, guid="other")),
        EntryVerdict(entry=an_entry(3, guid=None), quiet=True, outcome=Outcome.SKIPPED, reason="not promising"),
        EntryVerdict(entry=an_entry(2, title="again")),
    ]
    with store.write() as tx:
        ids = entries.add_all(tx, "gazette", found, now=now + timedelta(hours=1))
        assert entries.add_all(tx, "gazette", [], now=now) == []
    with store.read() as tx:
        stored = entries.get_all(tx, ids)
        known = entries.known(tx, [an_entry(9, guid="other")])
    assert ids[1] == before
    assert ids[3] == ids[0]
    assert [stored[one].entry.title for one in ids[:3]] == ["Titre 2", "Titre 1", "Titre 3"]
    assert (stored[ids[2]].outcome, stored[ids[2]].quiet) == (Outcome.SKIPPED, True)
    assert stored[ids[2]].settled_at == now + timedelta(hours=1)
    assert [one.id for one in known.values()] == [before]
