"""`cocorico web`: the pages alone, without the daemon."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Lang
from monitor.cli.session import begin

EXAMPLES = ("cocorico web", "cocorico web --port 8643 --data ./data")


def web(
    ctx: typer.Context,
    *,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, metavar="N", help="Listen there; 0: wherever is free.")
    ] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Serve the pages alone, until Ctrl-C: verdicts, feeds, health, metrics. The daemon serves them by itself."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import links, log
    from monitor.cli.run import stoppable
    from monitor.store import Store
    from monitor.web.server import Server
    from monitor.web.site import Site

    settings = session.config()
    if port is not None:
        settings = replace(settings, web=replace(settings.web, port=port))
    log.setup(settings.log, stream=sys.stderr, run_id=log.new_run_id(), secrets=settings.secrets())
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with stoppable(once=False) as stop, Store.open(settings.store.url) as store:
        site = Site(
            store=store,
            config=settings,
            key=links.key(settings.data_dir),
            clock=lambda: datetime.now(UTC),
            log=log.event,
        )
        server = Server(site)
        server.start()
        session.line(session.word("serving", url=server.url), style="bold")
        session.note("   " + session.word("stop_hint"), style="dim")
        while server.alive and not stop.wait(0.5):
            pass
        server.stop()
    session.note(session.word("stopped"))
