"""`cocorico demo`: everything at work, without a network."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Lang
from monitor.cli.session import begin

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.types import Source

EXAMPLES = ("cocorico demo", "cocorico demo --once --data ./demo-data")
#: The seeds' oldest article is of January 2017, and the demo shows them all as today's: what came out since, such as
#: Osmosis itself, must not be known.
KNOWN_UNTIL: Final = 2016
#: Seconds over which the demo's outlets publish their articles: there is something to watch.
_DRIP: Final = 60.0


def demo(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="Read what is there, then exit.")] = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch a news site made of the seed articles: real crawling, real reading, alerts here and by e-mail.

    Nothing leaves this machine. Each e-mail is written to a file, which is named.
    """
    place = data or (ctx.obj.data if ctx.obj else None) or Path(tempfile.mkdtemp(prefix="cocorico-demo-"))
    session = begin(ctx, data=place.absolute(), config=config, lang=lang)
    from monitor.classifier import Classifier
    from monitor.cli.run import watch
    from monitor.data import folder
    from monitor.demo.mailbox import Mailbox
    from monitor.demo.site import Site

    with ExitStack() as stack:
        drip = 0.0 if once else _DRIP
        site = stack.enter_context(Site.start(folder("seeds"), now=datetime.now(UTC), drip=drip))
        mailbox = stack.enter_context(
            Mailbox.start(
                place.absolute() / "mail",
                on_message=lambda path: session.note(session.word("mailed", file=path), style="magenta"),
            )
        )
        for source in site.sources():
            session.note(f"   {source.name}: {source.url}", style="dim")
        config_here = demo_config(session.config(), site.sources(), mailbox.url, once=once)
        watch(session, config_here, once=once, classifier=Classifier.load(folder("config"), known_until=KNOWN_UNTIL))


def demo_config(config: Config, sources: tuple[Source, ...], mailbox: str, *, once: bool) -> Config:
    """Point a configuration at the demo: its sources alone, the terminal and its mailbox alone, on loopback.

    `once` reads one host after the other, in the order of their listings, so that each run tells the same: of two
    articles on one story that are there together, the one read first is the one whose message tells it.
    """
    from monitor.config import TERMINAL, Secret, Target

    limits = replace(config.crawl.limits, allow_addresses=("127.0.0.0/8",), delay=0.0)
    limits = replace(limits, concurrency=1) if once else limits
    targets = (
        Target(name=TERMINAL, kind="terminal"),
        Target(name="mailbox", kind="apprise", url=Secret(mailbox)),
    )
    names = tuple(target.name for target in targets)
    return replace(
        config,
        crawl=replace(config.crawl, limits=limits),
        daemon=replace(config.daemon, tick=timedelta(seconds=1)),
        log=replace(config.log, level="warning"),
        web=replace(config.web, enabled=False),  # a daemon of yours may have its port
        sources=sources,
        # a demo plays a day in seconds
        subscriptions=tuple(replace(one, targets=names, max_per_hour=None) for one in config.subscriptions),
        targets=targets,
    )
