"""Stories and deliveries in the store: candidates, history, "once", and what a message is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from fakes import NOON, a_change, a_delivery, a_source, a_story, an_announcement, an_article, an_entry
from sqlalchemy import update

from monitor import queue
from monitor.queue import JobKind
from monitor.store import Store, StoreError, Tx, articles, deliveries, entries, runs, sources, stories
from monitor.store.tables import ArticleRow
from monitor.telling import Telling
from monitor.types import Delivery, Story
from monitor.vocabulary import DeliveryState, Event, Outcome, Status


def test_a_story_is_read_back_and_replaced_with_its_history_appended(store: Store) -> None:
    opened = a_story()
    joined = a_change(field="corroborated", outlet="Écho", url="https://echo.example/1", at=NOON + timedelta(hours=1))
    later = replace(opened, status=Status.RUMOURED, outlets=("Gazette", "Écho"), history=(*opened.history, joined))
    with store.write() as tx:
        stories.save(tx, opened, article_url=opened.first_url)
        assert stories.get(tx, opened.id) == opened
        stories.save(tx, later, article_url=joined.url)
        stories.save(tx, later, article_url=joined.url)
    with store.read() as tx:
        assert stories.get(tx, opened.id) == later
        assert stories.get(tx, "s-unknown") is None


def test_a_life_told_anew_replaces_the_steps_that_differ(store: Store) -> None:
    first, late, last = (a_change(field="corroborated", outlet=outlet) for outlet in ("A", "B", "C"))
    with store.write() as tx:
        stories.save(tx, a_story(history=(a_change(), first, last)))
        stories.save(tx, a_story(history=(a_change(), first, late, last)))
        assert stories.get(tx, a_story().id) == a_story(history=(a_change(), first, late, last))
        stories.save(tx, a_story(history=(a_change(),)))
        assert stories.get(tx, a_story().id) == a_story()


def test_all_stories_newest_first(store: Store) -> None:
    with store.write() as tx:
        for n in range(4):
            stories.save(tx, a_story(f"s-{n}", first_seen=NOON + timedelta(days=n)), article_url="u")
        assert [story.id for story in stories.all(tx, limit=2)] == ["s-3", "s-2"]
        assert [story.id for story in stories.all(tx, limit=9, since=NOON + timedelta(days=2))] == ["s-3", "s-2"]


def test_a_delivery_is_owed_once_by_its_id_and_by_its_cause(store: Store) -> None:
    delivery = a_delivery()
    with store.write() as tx:
        stories.save(tx, a_story(), article_url="u")
        assert deliveries.owe(tx, delivery)
        assert not deliveries.owe(tx, delivery)
        assert not deliveries.owe(tx, replace(delivery, id="d-other-id-same-cause"))
        assert deliveries.owe(tx, replace(delivery, id="d-2", event=Event.UPDATE))
        assert deliveries.get(tx, "d-1") == delivery
        assert deliveries.get(tx, "d-other-id-same-cause") is None
        assert deliveries.told(tx, ["s-000000000001"]) == {("s-000000000001", "french-originals", "terminal")}
        assert deliveries.told(tx, []) == set()


def test_how_tries_went_is_kept(store: Store, now: datetime) -> None:
    again = now + timedelta(minutes=5)
    with store.write() as tx:
        stories.save(tx, a_story(), article_url="u")
        deliveries.owe(tx, a_delivery())
        deliveries.failed(tx, "d-1", error="421", next_try_at=again, now=now)
        first = deliveries.get(tx, "d-1")
        deliveries.failed(tx, "d-1", error="550", next_try_at=None, now=now)
        second = deliveries.get(tx, "d-1")
        assert deliveries.retry(tx, "d-1", now)
        assert not deliveries.retry(tx, "d-1", now)
        deliveries.sent(tx, "d-1", now=again)
        deliveries.failed(tx, "d-1", error="a zombie", next_try_at=None, now=now)
        third = deliveries.get(tx, "d-1")
        assert deliveries.listing(tx, state=DeliveryState.DEAD, limit=5) == []
        assert deliveries.listing(tx, limit=5) == [third]
    assert first == replace(a_delivery(), attempts=1, last_error="421", next_try_at=again)
    assert second == replace(a_delivery(), attempts=2, last_error="550", next_try_at=now, state=DeliveryState.DEAD)
    assert third == replace(a_delivery(), attempts=3, state=DeliveryState.SENT, sent_at=again, next_try_at=now)


def test_a_message_is_made_of_its_stories_and_the_article(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source(outlet="La Gazette")], now=now)
        _keep(tx, 1, now, [a_story("s-a"), a_story("s-b", title="Le Phare")], a_delivery(stories=("s-b", "s-a")))
        context = deliveries.context(tx, "d-1")
    assert context.delivery == a_delivery(stories=("s-b", "s-a"))
    assert [one.story.id for one in context.stories] == ["s-b", "s-a"]
    assert [one.announcement.title for one in context.stories] == ["Le Phare", "Les Marées"]
    assert [(one.event, one.changed) for one in context.stories] == [(Event.NEW, ()), (Event.NEW, ())]
    article = context.stories[0].article
    assert (article.title, article.url, article.outlet) == ("Titre 1", an_entry().url, "La Gazette")
    assert (article.published, context.thread, article.out) == (NOON, None, None)


def test_a_message_has_the_day_that_its_article_names_beside_the_sentence(store: Store, now: datetime) -> None:
    with store.write() as tx:
        sources.sync(tx, [a_source()], now=now)
        _keep(tx, 1, now, [a_story("s-a")], a_delivery(stories=("s-a",)))
        said = "« Les Marées » aura une saison 2. La saison 2 sera diffusée le 3 mars 2027."
        tx.execute(update(ArticleRow).values(text=said))
        (told,) = deliveries.context(tx, "d-1").stories
    assert told.article.out == date(2027, 3, 3)


def test_an_update_says_what_changed_and_lands_under_the_first_message(store: Store, now: datetime) -> None:
    url = an_entry(2).url
    step = a_change(field="status", before="rumoured", after="confirmed", url=url)
    with store.write() as tx:
        _keep(tx, 1, now, [a_story("s-a"), a_story("s-b")], a_delivery("d-1", stories=("s-b", "s-a")))
        known = a_story("s-a", history=(a_change(), step))
        fresh = a_story("s-c", history=(a_change(url=url),))
        update = a_delivery("d-2", stories=("s-a", "s-c"), article_url=url, created_at=now - timedelta(days=9))
        _keep(tx, 2, now, [known, fresh], update)
        _keep(tx, 3, now, [known], a_delivery("d-3", stories=("s-a",), article_url=an_entry(3).url, target="mail"))
        context = deliveries.context(tx, "d-2")
        elsewhere = deliveries.context(tx, "d-3")
    assert [(one.event, one.changed) for one in context.stories] == [(Event.UPDATE, ("status",)), (Event.NEW, ())]
    assert context.thread == "d-1"
    assert context.stories[0].article.outlet == "gazette"
    assert elsewhere.thread is None
    assert elsewhere.stories[0].event is Event.NEW


def test_what_each_story_met_is_kept_with_the_message(store: Store, now: datetime) -> None:
    met = (("s-b", 'works: "Missions"'),)
    with store.write() as tx:
        _keep(tx, 1, now, [a_story("s-a"), a_story("s-b")], a_delivery(stories=("s-b", "s-a"), matched=met))
        kept = deliveries.get(tx, "d-1")
        context = deliveries.context(tx, "d-1")
    assert kept is not None
    assert kept.matched == met
    assert [one.matched for one in context.stories] == ['works: "Missions"', ""]


def test_a_message_says_what_outlets_contradict_each_other_on(store: Store, now: datetime) -> None:
    story = a_story("s-a", disputed=("status",))
    with store.write() as tx:
        sources.sync(tx, [a_source(), a_source("autre")], now=now)
        _keep(tx, 1, now, [story], a_delivery("d-1", stories=("s-a",)))
        telling = Telling(outlet="Le Matin", url=an_article(2).url, at=NOON)
        denial = an_announcement(title=story.title, status=Status.DENIED)
        other = entries.add(tx, an_entry(2, source="autre"), now=now, outcome=None, reason=None)
        articles.add(tx, other, an_article(2, source="autre"), [denial], ["s-a"], text_hash="hash-2", telling=telling)
        context = deliveries.context(tx, "d-1")
    claims = [(claim.field, claim.value, claim.outlet) for claim in context.stories[0].claims]
    assert claims == [("status", "confirmed", "gazette"), ("status", "denied", "Le Matin")]


def test_a_message_about_nothing_stored_is_refused(store: Store) -> None:
    with store.write() as tx:
        with pytest.raises(StoreError, match="'d-9' is not in the store"):
            deliveries.context(tx, "d-9")
        stories.save(tx, a_story(), article_url="u")
        deliveries.owe(tx, a_delivery())
        with pytest.raises(StoreError, match="d-1: its article"):
            deliveries.context(tx, "d-1")


def test_a_trace_tells_everything_of_a_url(store: Store, now: datetime) -> None:
    with store.write() as tx:
        entry_id = _keep(tx, 1, now, [a_story("s-a")], a_delivery(stories=("s-a",)))
        queue.enqueue(tx, kind=JobKind.FETCH, key=str(entry_id), host="h", due_at=now)
        queue.enqueue(tx, kind=JobKind.DELIVER, key="d-1", host="terminal", due_at=now)
        queue.enqueue(tx, kind=JobKind.DELIVER, key="d-2", host="terminal", due_at=now)
    with store.read() as tx:
        trace = entries.trace(tx, an_entry().url)
        assert entries.trace(tx, an_entry().listed_url).entry == trace.entry
        unknown = entries.trace(tx, "https://gazette.example/never")
    assert trace.entry is not None
    assert trace.entry.outcome is Outcome.ANNOUNCED
    assert [sighting.source for sighting in trace.sightings] == ["gazette"]
    assert trace.article == an_article()
    assert [(placed.announcement, placed.story) for placed in trace.announcements] == [(an_announcement(), "s-a")]
    assert trace.stories == (a_story("s-a"),)
    assert trace.deliveries == (a_delivery(stories=("s-a",)),)
    assert [(job.kind, job.key, job.state) for job in trace.jobs] == [
        ("fetch", "1", "ready"),
        ("deliver", "d-1", "ready"),
    ]
    assert (unknown.entry, unknown.stories) == (None, ())


def test_a_page_that_names_another_address_is_traced_by_both(store: Store, now: datetime) -> None:
    canonical = "https://gazette.example/canonical"
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=now, outcome=None, reason=None)
        articles.add(tx, entry_id, an_article(url=canonical), [], [], text_hash="h")
        assert articles.known_urls(tx, [canonical, an_entry().url]) == {canonical}
        assert articles.twins(tx, ["h", "g"]) == {"h": [(canonical, an_entry().title)]}
        assert entries.trace(tx, canonical).entry == entries.trace(tx, an_entry().url).entry


def test_an_announcement_needs_a_place_and_its_story_may_come_later(store: Store, now: datetime) -> None:
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(), now=now, outcome=None, reason=None)
        articles.add(tx, entry_id, an_article(), [an_announcement()], ["s-a"], text_hash="h")
        stories.save(tx, a_story("s-a"), article_url=an_article().url)
    with pytest.raises(ValueError, match="zip"), store.write() as tx:
        entry_id = entries.add(tx, an_entry(2), now=now, outcome=None, reason=None)
        articles.add(tx, entry_id, an_article(2), [an_announcement()], [], text_hash="g")


def test_runs_are_kept_newest_first(store: Store, now: datetime) -> None:
    with store.write() as tx:
        for n in range(3):
            start = now + timedelta(minutes=n)
            runs.record(tx, job="prune", started_at=start, ended_at=start, error=None if n else "disk")
        recent = runs.recent(tx, limit=2)
        first = runs.recent(tx, limit=9)[-1]
    assert [run.started_at for run in recent] == [now + timedelta(minutes=2), now + timedelta(minutes=1)]
    assert (first.job, first.error) == ("prune", "disk")


def _keep(tx: Tx, n: int, now: datetime, told: list[Story], delivery: Delivery) -> int:
    """Do what keeping an article does."""
    article = an_article(n)
    entry_id = entries.add(tx, an_entry(n), now=now, outcome=None, reason=None)
    for story in told:
        stories.save(tx, story, article_url=article.url)
    found = [an_announcement(title=story.title) for story in told]
    articles.add(tx, entry_id, article, found, [story.id for story in told], text_hash=f"hash-{n}")
    entries.settle(tx, entry_id, outcome=Outcome.ANNOUNCED, reason="opens a story", now=now)
    assert deliveries.owe(tx, delivery)
    return entry_id


def _ids(found: list[Story]) -> set[str]:
    return {story.id for story in found}
