"""`cocorico doctor`: is everything the daemon needs in order? One line each, and what to do when it is not."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.cli.checking import Checked
    from monitor.config import Config
    from monitor.types import Source

EXAMPLES = ("cocorico doctor", "cocorico doctor --json --data ./data")

#: Less room than this, in bytes, is a warning while everything still works: a full disk stops the daemon's writing.
_ROOM: Final = 500 * 1024 * 1024
#: How long a host that a daemon visits is waited for.
_PATIENCE: Final = timedelta(seconds=30)
#: No clock is right that shows a time before this version was made.
_EARLIEST: Final = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """How one thing is."""

    check: str
    good: bool
    says: str  #: what was found, and when it is not good what to do


def doctor(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Check configuration, database, model, clock, network, targets, disk, crawler; exit 1 when anything is wrong."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    findings = []
    for finding in examine(session):
        findings.append(finding)
        if not session.json:
            mark, style = ("✓", "green") if finding.good else ("✗", "bold red")
            session.line(f"{mark} {session.word(f'check.{finding.check}')}: {finding.says}", style=style)
    if session.json:
        session.dump([{"check": one.check, "good": one.good, "says": one.says} for one in findings])
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def examine(session: Session) -> Iterator[Finding]:
    """Examine everything that can be; without a configuration that is right, only that."""
    from monitor.config import ConfigError

    try:
        config = session.config()
    except ConfigError as error:
        says = "; ".join(error.mistakes)
        yield Finding(check="config", good=False, says=f"{says}; correct it, then run `cocorico config check`")
        return
    config = replace(config, sources=(*_added(config), *config.sources))
    yield Finding(check="config", good=True, says=_config_line(config))
    yield _tried("database", lambda: _database(config))
    yield _model(config)
    yield _clock(datetime.now(UTC))
    yield from _network_and_crawler(config)
    yield from _targets(config)
    yield _disk(config.data_dir)


def _tried(check: str, look: Callable[[], str]) -> Finding:
    """Turn a look into a finding: what it raises is what is wrong."""
    from crawler import CrawlError
    from monitor.types import MonitorError

    try:
        return Finding(check=check, good=True, says=look())
    except (MonitorError, CrawlError, OSError) as error:
        return Finding(check=check, good=False, says=" ".join(str(error).split()))


def _added(config: Config) -> tuple[Source, ...]:
    """What users added by hand; none when the database does not open, which is a finding of its own."""
    from monitor.store import Store, sources
    from monitor.types import MonitorError

    try:
        with Store.open(config.store.url, check=False) as store, store.read() as tx:
            return tuple(sources.user_sources(tx))
    except (MonitorError, OSError):
        return ()


def _config_line(config: Config) -> str:
    count = sum(source.enabled for source in config.sources)
    says = f"{config.file or 'shipped defaults'}, {count} sources, {len(config.subscriptions)} subscriptions"
    return says + "".join(f"; note: {warning}" for warning in config.warnings)


def _database(config: Config) -> str:
    from monitor.store import Store, stories

    with Store.open(config.store.url) as store, store.read() as tx:
        count = len(stories.all(tx, limit=100_000))
        return f"{store.url_shown}, healthy, {count} stories"


def _model(config: Config) -> Finding:
    """Say which model reads; a personal one that can't be used is worth a look, and no trouble."""
    from monitor import personal

    return Finding(check="model", good=True, says=personal.choose(config.data_dir).says)


def _clock(now: datetime) -> Finding:
    if now < _EARLIEST:
        return Finding(check="clock", good=False, says=f"shows {now:%Y-%m-%d}; set it, or switch NTP on")
    return Finding(check="clock", good=True, says=f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _network_and_crawler(config: Config) -> Iterator[Finding]:
    """Poll the first enabled sources of different sites: do children start, and does anybody answer?"""
    from crawler import CrawlError, host_key
    from monitor.cli.checking import check_sources
    from monitor.cli.visiting import beside_daemons

    sites = {host_key(source.url): source for source in reversed(config.sources) if source.enabled}
    some = list(sites.values())[-3:]
    try:
        with beside_daemons(config, patience=_PATIENCE) as visits:
            found = check_sources(some, config.crawl.limits, pages=0, visits=visits)
    except (CrawlError, OSError) as error:
        yield Finding(check="crawler", good=False, says=f"{error}; install Cocorico again")
        return
    yield Finding(check="crawler", good=True, says="starts and answers")
    yield _network(found)


def _network(found: Sequence[Checked]) -> Finding:
    asked = [one for one in found if one.asked]
    reached = [one for one in asked if one.status != "failed"]
    if asked and not reached:
        names = ", ".join(one.source.id for one in asked)
        says = f"none of {names} could be reached ({asked[0].error}); check the connection, a proxy or a firewall"
        return Finding(check="network", good=False, says=says)
    busy = (
        "none of the sources tried was free: the daemon visits them" if found else "no source is on, so none was asked"
    )
    return Finding(check="network", good=True, says=f"{len(reached)} of {len(asked)} sources answer" if asked else busy)


def _targets(config: Config) -> Iterator[Finding]:
    from monitor.alerts.deliver import check_target

    for target in config.targets:
        problem = check_target(target)
        says = problem or f"target {target.name}: `cocorico alerts test {target.name}` tries it"
        yield Finding(check="targets", good=problem is None, says=says)


def _disk(folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    says = f"{free // 1024**2} MiB free for {folder}"
    if free < _ROOM:
        return Finding(check="disk", good=False, says=f"only {says}; make room, or choose another folder with --data")
    return Finding(check="disk", good=True, says=says)
