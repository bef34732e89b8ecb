"""Our side of the whole: the real `Monitor` over the benches' outlets, one tick to its end.

    python -m bench.whole --core 0 --children 1 --articles 360 --data FOLDER FEED...

Production settings, except: no pause between two pages of a host, loopback may be visited, no logs. Messages are put
into words and thrown away. It prints {"articles": n, "seconds": s, "cpu_seconds": s, "outcomes": {}, "sends": {}}.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.cores import Stopwatch, pin
from crawler import Limits, SourceKind
from monitor import config as configs
from monitor.alerts import examples
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import render
from monitor.app import Monitor
from monitor.config import Config
from monitor.store import sources
from monitor.tally import Tally
from monitor.types import Source


def limits(base: Limits) -> Limits:
    """What a child may do here."""
    return replace(base, delay=0.0, allow_addresses=("127.0.0.0/8",))


def configuration(folder: Path, feeds: list[str], children: int) -> Config:
    """The default configuration over these feeds."""
    config = configs.load(None, env={}, data_dir=folder)
    crawl = replace(config.crawl, limits=limits(config.crawl.limits), children=children)
    return replace(config, crawl=crawl, sources=tuple(source(f"outlet-{at}", url) for at, url in enumerate(feeds)))


def source(name: str, url: str) -> Source:
    """An outlet of the benches."""
    return Source(id=name, name=name, url=url, kind=SourceKind.FEED, language="fr")


def run(folder: Path, feeds: list[str], children: int, articles: int) -> dict[str, Any]:
    """Start with feeds that list nothing, so that all processes are up; add the others; one tick to its end."""
    empty = [feed.removesuffix("feed") + "empty" for feed in feeds]
    with Monitor.open(configuration(folder, empty, children), terminal=_tell, logger=_quiet) as monitor:
        monitor.once()
        for example in examples.all_forms("fr", now=monitor.clock()):  # templates are compiled once
            _tell(example)
        with monitor.store.write() as tx:
            for number, feed in enumerate(feeds):
                sources.add(tx, source(f"added-{number}", feed))
        lap = _Lap(articles)
        report = monitor.once(lap.progress)
    outcomes = {str(outcome): count for outcome, count in report.tally.outcomes.items()}
    return {"articles": sum(outcomes.values()), "outcomes": outcomes, "sends": dict(report.sends)} | lap.spent


class _Lap:
    """Takes the time when the last article has its outcome; messages may still be on their way."""

    def __init__(self, articles: int) -> None:
        self._articles = articles
        self._watch = Stopwatch()
        self.spent: dict[str, float] = {}

    def progress(self, tally: Tally) -> None:
        """Look at what is done so far."""
        if not self.spent and sum(tally.outcomes.values()) >= self._articles:
            self.spent = self._watch.read()


def _tell(context: DeliveryContext) -> None:
    render(context, language="fr")


def _quiet(event: str, **keys: object) -> None:
    """Logs cost their reader's terminal, not the pipeline."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Cocorico over the benches' outlets.")
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--articles", type=int, required=True, help="the clock stops when so many have their outcome")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("feeds", nargs="+")
    options = parser.parse_args()
    pin(options.core)
    print(json.dumps(run(options.data, options.feeds, options.children, options.articles)))


if __name__ == "__main__":
    main()
