"""`cocorico run`: the daemon."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.alerts.context import DeliveryContext
    from monitor.app import Monitor, Report
    from monitor.classifier import Classifier
    from monitor.config import Config

EXAMPLES = (
    "cocorico run",
    "cocorico run --data ./data --config ./cocorico.toml",
    "cocorico run --once --json",
)


def run(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="Do what is due, to its end, then exit.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch the sources and alert, until Ctrl-C.

    Alerts for the terminal go to standard output, logs to standard error. --once ends with a table of what happened;
    with --json that is a report for programs, and without --once each alert is a line of JSON.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    watch(session, session.config(), once=once)


def watch(session: Session, config: Config, *, once: bool, classifier: Classifier | None = None) -> None:
    """Run the daemon on a configuration, once or until it is stopped.

    Raises:
        StoreError: the store can't be opened, or another Cocorico uses the data folder.
    """
    from monitor import log
    from monitor.app import Monitor

    log.setup(config.log, stream=sys.stderr, run_id=log.new_run_id(), secrets=config.secrets())
    teller = _teller(session, once=once)
    with stoppable(once=once) as stop, Monitor.open(config, terminal=teller, classifier=classifier) as monitor:
        _banner(session, monitor, once=once)
        _self_check(session, monitor)
        if once:
            _once(session, monitor)
        else:
            _until_stopped(monitor, stop)
    if not once:
        session.note(session.word("stopped"))


def _teller(session: Session, *, once: bool) -> Callable[[DeliveryContext], None]:
    """Give what prints an alert: as a block, or for programs as a line, or beside the report that is the output."""
    from monitor.cli import shapes
    from monitor.cli.cards import show_alert

    if session.json and not once:
        return lambda context: session.dump_line(shapes.alert(context))
    place = replace(session, out=session.err, json=False) if session.json else session
    return lambda context: show_alert(place, context)


def _banner(session: Session, monitor: Monitor, *, once: bool) -> None:
    from monitor import personal

    values = {
        "sources": sum(source.enabled for source in monitor.catalogue.values()),
        "targets": ", ".join(target.name for target in monitor.config.targets),
        "store": monitor.store.url_shown,
    }
    session.note("🐓 " + session.word("banner", **values), style="bold")
    if (monitor.config.data_dir / personal.ABOUT_FILE).exists():
        session.note("   " + session.word("model_in_use", model=session.reason(monitor.model.says)), style="dim")
    if not once:
        session.note("   " + session.word("stop_hint"), style="dim")


def _self_check(session: Session, monitor: Monitor) -> None:
    from monitor.selfcheck import self_check

    if not monitor.config.daemon.self_check:
        return
    check = self_check(monitor.classifier, now=monitor.clock())
    if check.error:
        session.warn("✗ " + session.word("self_check_failed", error=check.error))
        return
    values = {
        "new": _titles(session, check.new_originals),
        "renewed": _titles(session, check.renewals),
        "ms": round(check.milliseconds),
    }
    line = session.word("self_check", **values)
    session.note(f"{'✓' if check.right else '✗'} {line}", style="green" if check.right else "red")


def _titles(session: Session, titles: tuple[str | None, ...]) -> str:
    named = [title for title in titles if title]
    untitled = len(titles) - len(named)
    return (
        f"{len(titles)} ({', '.join([*named, *([session.word('some_untitled', count=untitled)] if untitled else [])])})"
    )


def _until_stopped(monitor: Monitor, stop: threading.Event) -> None:
    from monitor.systemd import Notifier

    monitor.run(stop, notifier=Notifier.from_environment(os.environ))


def _once(session: Session, monitor: Monitor) -> None:
    report = monitor.once()
    if session.json:
        session.dump(_shape(report))
    else:
        _show(session, report)


@contextmanager
def stoppable(*, once: bool) -> Iterator[threading.Event]:
    """Turn SIGTERM, and for the daemon Ctrl-C, into an event; what comes a second time ends it at once."""
    stop = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        if once or stop.is_set():
            _interrupt()
        stop.set()

    former = {one: signal.signal(one, asked) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for one, handler in former.items():
            signal.signal(one, handler)


def _interrupt() -> NoReturn:
    raise KeyboardInterrupt


def _shape(report: Report) -> dict[str, object]:
    from monitor.cli import shapes

    listings = [
        {
            "source": one.source,
            "status": one.status,
            "entries": one.listed,
            "fetches": one.fetches,
            "skipped": one.skipped,
        }
        for one in report.tally.listings.values()
    ]
    changes = [change for decision in report.tally.decisions for change in decision.changes]
    return {
        "listings": listings,
        "outcomes": dict(report.tally.outcomes),
        "stories": [shapes.story(change.story) for change in changes],
        "messages": dict(report.sends),
        "left": {"ready": report.left.ready, "leased": report.left.leased, "dead": report.left.dead},
    }


def _show(session: Session, report: Report) -> None:
    from monitor.cli.tables import Rows, cell

    listings = list(report.tally.listings.values())
    if not listings and not report.tally.outcomes and not report.sends:
        session.line(session.word("nothing_due"))
        return
    rows = Rows(session, session.word("what"), session.word("how_many"), right=(1,))
    read = Counter(str(one.status) for one in listings)
    counted = (
        ("listings_read", "listing", read),
        ("articles_read", "outcome", report.tally.outcomes),
        ("messages_sent", "result", report.sends),
    )
    for line, name, counts in counted:
        for key, count in sorted(counts.items()):
            rows.add(cell(session.word(line, what=session.word(f"{name}.{key}"))), cell(count))
    rows.add(cell(session.word("left_for_later")), cell(report.left.ready + report.left.leased))
    rows.show()
