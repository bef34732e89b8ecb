"""The self-check: before the first poll, the four seed articles go through everything but the network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import buyers, data, lores
from monitor.classifier import Classifier
from monitor.config import Config
from monitor.replay import Replay, on_terminal, replay
from monitor.saved import saved
from monitor.store import Store
from monitor.subscribing import Subscription
from monitor.types import Story, Watch
from monitor.vocabulary import Kind

#: The seeds, in the order they were published; together they give seven stories in four messages.
SEEDS = ("osmosis", "missions", "anthracite", "amazon")
#: What somebody who subscribed to nothing in particular would hear.
_ANYONE = (Subscription(name="self-check", targets=("terminal",)),)
_NOTHING = Watch()


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfCheck:
    """What replaying the seeds recognised."""

    articles: int = 0
    new_originals: tuple[str | None, ...] = ()  #: titles, None for an untitled project
    renewals: tuple[str | None, ...] = ()
    messages: int = 0
    milliseconds: float = 0.0
    error: str | None = None  #: why it broke off

    @property
    def right(self) -> bool:
        """Whether it found five new originals and two renewals, in four messages."""
        return (len(self.new_originals), len(self.renewals), self.messages) == (5, 2, 4)


def self_check(classifier: Classifier, *, now: datetime) -> SelfCheck:
    """Replay the four seed articles through extraction, classifier and decision, on a store in memory.

    Whatever goes wrong is part of the answer: a daemon that can't read a seed says so, and reads what it can.
    """
    folder = data.folder("seeds") / "articles"
    started = time.perf_counter()
    try:
        result = _replay([folder / name for name in SEEDS], classifier, _ANYONE, timedelta(days=2), now)
    except Exception as error:  # noqa: BLE001 - see above
        return SelfCheck(error=f"{type(error).__name__}: {error}")
    return SelfCheck(
        articles=len(result.articles),
        new_originals=_titles(result.stories, Kind.NEW_ORIGINAL),
        renewals=_titles(result.stories, Kind.RENEWAL),
        messages=len(result.alerts),
        milliseconds=(time.perf_counter() - started) * 1000,
    )


def _titles(stories: Iterable[Story], kind: Kind) -> tuple[str | None, ...]:
    """Give the titles of a kind's stories, oldest story first."""
    found = sorted((story for story in stories if story.kind is kind), key=lambda story: story.first_seen)
    return tuple(story.title for story in found)


def replay_files(
    config: Config,
    classifier: Classifier,
    paths: Iterable[Path],
    *,
    now: datetime,
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Replay:
    """Replay saved articles by this installation's rules; `progress` is told how many bytes were read since.

    What is remembered meanwhile is on disk, and deleted at the end: the news of a year is more than memory holds.
    """
    rules, fresh = on_terminal(config.subscriptions), timedelta(days=config.news.fresh_days)
    with TemporaryDirectory(prefix="cocorico-") as folder, Store.open(f"sqlite:///{folder}/replay.db") as store:
        return _replay(paths, classifier, rules, fresh, now, watch=config.watch, progress=progress, store=store)


def _replay(
    paths: Iterable[Path],
    classifier: Classifier,
    subscriptions: tuple[Subscription, ...],
    fresh: timedelta,
    now: datetime,
    *,
    watch: Watch = _NOTHING,
    progress: Callable[[int], None] = lambda _bytes: None,
    store: Store | None = None,
) -> Replay:
    return replay(
        saved(paths, now=now, progress=progress),
        classifier=classifier,
        subscriptions=subscriptions,
        fresh=fresh,
        groups=buyers.load(data.folder("config")),
        lore=lores.load(data.folder("config")),
        now=now,
        watch=watch,
        store=store,
    )
