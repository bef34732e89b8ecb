"""Two machines on one store that watch every publisher of a simulated web."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shipped import classifier
from simweb import Machine, Web, limits

from crawler import SourceKind
from monitor.app import Monitor
from monitor.config import Config, CrawlConfig, StoreConfig
from monitor.types import Source

HOUR = 3_600.0


def source(domain: str, kind: SourceKind = SourceKind.FEED) -> Source:
    """The listing of a publisher."""
    name = domain.partition(".")[0]
    url = f"https://www.{domain}/feed"
    return Source(id=name, name=name, url=url, kind=kind, language="fr", interval=timedelta(hours=1))


def machine_of(folder: Path, name: str, web: Web) -> Monitor:
    """One machine that watches every publisher."""
    (folder / name).mkdir()
    config = Config(
        data_dir=folder / name,
        store=StoreConfig(url=f"sqlite:///{folder}/cocorico.db"),
        crawl=CrawlConfig(limits=limits()),
        sources=tuple(source(one.domain, one.kind) for one in web.publishers.values() if one.watched),
    )
    return Monitor(
        config,
        crawler=Machine(name, web, limits()),
        terminal=lambda _context: None,
        clock=web.loop.clock,
        logger=lambda *_args, **_keys: None,
        classifier=classifier(),
    )


def work(folder: Path, web: Web, hours: float) -> None:
    """Let two machines on one store watch every publisher for so long."""
    monitors = [machine_of(folder, name, web) for name in ("one", "two")]
    worked = False
    while web.loop.now < hours * HOUR:
        monitors.reverse()
        if not worked:
            for monitor in monitors:
                monitor.tick(web.loop.clock())
        done = [monitor.crawling.step(0) or monitor.crawling.busy for monitor in monitors]
        worked = any(done)
        web.loop.pass_time(7.0 if worked else 601.0)
    for monitor in monitors:
        monitor.close()
