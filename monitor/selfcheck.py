"""The self-check: before the first poll, the four seed articles go through everything but the network."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from monitor import buyers, data
from monitor.classifier import Classifier
from monitor.config import Config
from monitor.replay import Replay, on_terminal, replay, saved
from monitor.types import ALERTED_KINDS, Kind

#: The seeds, in the order they were published; together they give seven stories in four messages.
SEEDS = ("osmosis", "missions", "anthracite", "amazon")


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfCheck:
    """What replaying the seeds recognised."""

    articles: int
    new_originals: int
    renewals: int
    milliseconds: float
    right: bool  #: five new originals and two renewals in four messages

    def line(self) -> str:
        """Say it in one line."""
        mark = "✓" if self.right else "✗"
        return (
            f"{mark} self-check: {self.articles} seed articles, {self.new_originals} new originals and "
            f"{self.renewals} renewals recognised in {self.milliseconds:.0f} ms"
        )


def self_check(config: Config, classifier: Classifier, *, now: datetime) -> SelfCheck:
    """Replay the four seed articles through extraction, classifier and decision, on a store in memory."""
    folder = data.folder("seeds") / "articles"
    paths = [folder / name for name in SEEDS]
    started = time.perf_counter()
    result = replay_files(config, classifier, paths, now=now)
    elapsed = (time.perf_counter() - started) * 1000
    alerted = [story for story in result.stories if story.kind in ALERTED_KINDS]
    found = {kind: sum(story.kind is kind for story in alerted) for kind in ALERTED_KINDS}
    return SelfCheck(
        articles=len(result.articles),
        new_originals=found[Kind.NEW_ORIGINAL],
        renewals=found[Kind.RENEWAL],
        milliseconds=elapsed,
        right=(found[Kind.NEW_ORIGINAL], found[Kind.RENEWAL], len(result.alerts)) == (5, 2, 4),
    )


def replay_files(config: Config, classifier: Classifier, paths: Iterable[Path], *, now: datetime) -> Replay:
    """Replay saved articles by this installation's rules."""
    return replay(
        saved(paths, now=now),
        classifier=classifier,
        subscriptions=on_terminal(config.subscriptions),
        fresh=timedelta(days=config.news.fresh_days),
        groups=buyers.load(data.folder("config")),
        now=now,
    )
