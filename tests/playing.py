"""Plays story scenarios through the real pipeline, on a real store, with the clock passed.

A fixture says what each article announces, so that the reader's errors are no part of it; an article with a text and
no such statement goes through the real classifier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scenario import Scenario, announcements_of, article_of, name_of, read_at, source_id, url_of
from sqlalchemy import delete, insert, select

from crawler import Entry, SourceKind
from monitor import buyers, digests, lores
from monitor.classifier import Classifier
from monitor.config import load
from monitor.data import folder
from monitor.decide.lore import Lore
from monitor.decide.naming import Names
from monitor.pipeline import Pipeline
from monitor.store import Store, Tx, deliveries, entries, sources, ties
from monitor.store import stories as story_rows
from monitor.store.story_tables import StoryTieRow
from monitor.store.tables import Base, table
from monitor.subscribing import Subscription
from monitor.types import Delivery, Source, Story
from monitor.vocabulary import DeliveryState, Form

#: What a new installation subscribes to, in short.
USUAL = '[[subscriptions]]\nname = "crow"\ntargets = ["terminal"]\n'
FRESH = timedelta(days=2)
_AGES = timedelta(days=36_500)
_WAITING = frozenset({DeliveryState.HELD, DeliveryState.GATHERED})


@dataclass(slots=True)
class Played:
    """What a scenario came to."""

    stories: list[Story] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    tied: list[Any] = field(default_factory=list)  #: what was said by hand, as it is stored


def play(scenario: Scenario, order: Sequence[int] | None = None, *, tied: Sequence[Any] = ()) -> Played:
    """Put a scenario's articles through the pipeline as they were published, or in another order of arrival.

    In another order all arrive after the last was published, a minute apart, and none is too old; nobody corrects
    anything then, but what is given as `tied` was said before.
    """
    store = _store()
    with store.write() as tx:
        for emptied in reversed(Base.metadata.sorted_tables):
            tx.execute(delete(emptied))
        if tied:
            tx.execute(insert(table(StoryTieRow)), [dict(row._mapping) for row in tied])
    return play_on(store, scenario, order)


@cache
def _store() -> Store:
    """Open one store for all that is played, emptied each time: to make a new one takes longer than to play."""
    return Store.memory()


def play_on(store: Store, scenario: Scenario, order: Sequence[int] | None = None) -> Played:
    """Do so on a store that is there, and stays."""
    world = _World(store=store, pipeline=_pipeline(store, scenario, fresh=FRESH if order is None else _AGES))
    if order is None:
        world.live(scenario)
    else:
        latest = max(map(read_at, scenario.articles))
        for number, position in enumerate(order):
            world.put(scenario.articles[position], latest + timedelta(minutes=number))
    with store.read() as tx:
        world.played.stories = story_rows.all(tx, limit=1000)
        world.played.tied = list(tx.execute(select(table(StoryTieRow))))
    return world.played


@dataclass(kw_only=True, slots=True)
class _World:
    store: Store
    pipeline: Pipeline
    played: Played = field(default_factory=Played)
    heard: set[str] = field(default_factory=set)

    def live(self, scenario: Scenario) -> None:
        """Let everything happen at its time."""
        for number, given in enumerate(scenario.articles, start=1):
            now = read_at(given)
            self.wait(now)
            self.put(given, now)
            self.listen()
            for correction in scenario.hand:
                if correction["after"] == number:
                    self.correct(correction, scenario, now)
        if scenario.until is not None:
            self.wait(scenario.until.astimezone(UTC))

    def wait(self, until: datetime) -> None:
        """Let the hours of digests come, up to a time."""
        while (due := self.next_due()) is not None and due <= until:
            digests.gather(self.store, self.pipeline.subscriptions, now=due, log=self.pipeline.log)
            self.listen(due)

    def next_due(self) -> datetime | None:
        """Tell when the next of what is held is due."""
        with self.store.read() as tx:
            held = deliveries.listing(tx, state=DeliveryState.HELD, limit=1000)
        return min((one.next_try_at for one in held), default=None)

    def put(self, given: Mapping[str, Any], now: datetime) -> None:
        """Let one article arrive; an address that was read before is not read again."""
        article = article_of(given, now)
        found = announcements_of(given) if "what" in given else self.pipeline.classify(article)
        with self.store.write() as tx:
            known = entries.by_url(tx, article.url)
            if known is not None and known.outcome is not None:
                self.played.outcomes.append("known")
                return
            url, published = article.url, article.published
            entry = Entry(source=article.source, url=url, listed_url=url, title=article.title, published=published)
            entry_id = entries.add(tx, entry, now=now, outcome=None, reason=None)
            source = self.pipeline.sources[article.source]
            decision = self.pipeline.keep(tx, entry_id, article, source, found, now=now)
            self.played.outcomes.append(decision.outcome.value)

    def correct(self, correction: Mapping[str, Any], scenario: Scenario, now: datetime) -> None:
        """Merge or split as a person does who knows stories by their names: the older one of a name first."""
        groups = self.pipeline.groups
        with self.store.write() as tx:
            named = [(name_of(story), story.id) for story in reversed(story_rows.all(tx, limit=1000))]
            if "split" in correction:
                (story,) = [story for name, story in named if name == correction["split"]]
                url = url_of(scenario.articles[correction["article"] - 1])
                ties.split(tx, story, url, now=now, groups=groups)
            else:
                keep, gone = correction["merge"]
                kept = next(story for name, story in named if name == keep)
                other = next(story for name, story in named if name == gone and story != kept)
                ties.merge(tx, kept, other, now=now, groups=groups)

    def listen(self, at: datetime | None = None) -> None:
        """Send what is owed, and note it, each message with its stories as they are called at the time."""
        with self.store.write() as tx:
            listed = reversed(deliveries.listing(tx, limit=1000))
            new = [one for one in listed if one.id not in self.heard and one.state not in _WAITING]
            self.heard |= {one.id for one in new}
            for one in new:
                self.played.messages.append(_message(tx, one, at or one.next_try_at))
                deliveries.sent(tx, one.id, now=at or one.next_try_at)


def _message(tx: Tx, delivery: Delivery, at: datetime) -> dict[str, Any]:
    what = "digest" if delivery.form is Form.DIGEST else delivery.event.value
    told = [name_of(story) for story in story_rows.by_ids(tx, delivery.stories)]
    return {"to": delivery.subscription, "at": at, what: told}


def _pipeline(store: Store, scenario: Scenario, *, fresh: timedelta) -> Pipeline:
    outlets = {given["by"]: given.get("language", "fr") for given in scenario.articles}
    listed = {source_id(name): _source(name, language) for name, language in outlets.items()}
    with store.write() as tx:
        sources.sync(tx, list(listed.values()), now=datetime(2020, 1, 1, tzinfo=UTC))
    return Pipeline(
        store=store,
        classifier=classifier(),
        sources=listed,
        subscriptions=_subscriptions(scenario.config),
        fresh=fresh,
        groups=_groups(),
        names=_names(),
        lore=_lore(),
    )


@cache
def classifier() -> Classifier:
    """Load the classifier once."""
    return Classifier.load(folder("config"))


@cache
def _groups() -> Mapping[str, str]:
    return buyers.load(folder("config"))


@cache
def _lore() -> Lore:
    return lores.load(folder("config"))


@cache
def _names() -> Names:
    return Names(classifier().names_of_works())


def _source(name: str, language: str) -> Source:
    source = source_id(name)
    return Source(id=source, name=name, url=f"https://{source}.example/feed", kind=SourceKind.FEED, language=language)


@cache
def _subscriptions(config: str) -> tuple[Subscription, ...]:
    """Read subscriptions as a user writes them, or give a new installation's."""
    with TemporaryDirectory() as place:
        file = Path(place) / "cocorico.toml"
        file.write_text(config or USUAL, encoding="utf-8")
        return load(file, env={}, data_dir=Path(place)).subscriptions
