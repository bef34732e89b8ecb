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
            name = session.label(session.word(f"check.{finding.check}"))
            session.line(f"{mark} {name} {finding.says}", style=style)
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
        says = session.word("doctor.mistakes", mistakes="; ".join(map(session.reason, error.mistakes)))
        yield Finding(check="config", good=False, says=says)
        return
    config = replace(config, sources=(*_added(config), *config.sources))
    yield Finding(check="config", good=True, says=_config_line(session, config))
    yield _tried(session, "database", lambda: _database(session, config))
    yield _model(session, config)
    yield _clock(session, datetime.now(UTC))
    yield from _network_and_crawler(session, config)
    yield from _targets(session, config)
    yield _disk(session, config.data_dir)


def _tried(session: Session, check: str, look: Callable[[], str]) -> Finding:
    """Turn a look into a finding: what it raises is what is wrong."""
    from crawler import CrawlError
    from monitor.types import MonitorError

    try:
        return Finding(check=check, good=True, says=look())
    except (MonitorError, CrawlError, OSError) as error:
        return Finding(check=check, good=False, says=session.reason(" ".join(str(error).split())))


def _added(config: Config) -> tuple[Source, ...]:
    """What users added by hand; none when the database does not open, which is a finding of its own."""
    from monitor.store import Store, sources
    from monitor.types import MonitorError

    try:
        with Store.open(config.store.url, check=False) as store, store.read() as tx:
            return tuple(sources.user_sources(tx))
    except (MonitorError, OSError):
        return ()


def _config_line(session: Session, config: Config) -> str:
    says = session.word(
        "doctor.config",
        file=config.file or session.word("doctor.shipped"),
        sources=sum(source.enabled for source in config.sources),
        subscriptions=len(config.subscriptions),
    )
    return says + "".join(session.word("doctor.note", warning=session.reason(warning)) for warning in config.warnings)


def _database(session: Session, config: Config) -> str:
    from monitor.store import Store, stories

    with Store.open(config.store.url) as store, store.read() as tx:
        count = len(stories.all(tx, limit=100_000))
        return session.word("doctor.database", url=store.url_shown, count=count)


def _model(session: Session, config: Config) -> Finding:
    """Say which model reads; a personal one that can't be used is worth a look, and no trouble."""
    from monitor import personal

    return Finding(check="model", good=True, says=session.reason(personal.choose(config.data_dir).says))


def _clock(session: Session, now: datetime) -> Finding:
    if now < _EARLIEST:
        return Finding(check="clock", good=False, says=session.word("doctor.clock_wrong", day=f"{now:%Y-%m-%d}"))
    return Finding(check="clock", good=True, says=f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _network_and_crawler(session: Session, config: Config) -> Iterator[Finding]:
    """Poll the first enabled sources of different sites: do children start, and does anybody answer?"""
    from crawler import CrawlError, host_key
    from monitor.cli.checking import check_sources
    from monitor.cli.visiting import beside_daemons
    from monitor.types import MonitorError

    sites = {host_key(source.url): source for source in reversed(config.sources) if source.enabled}
    some = list(sites.values())[-3:]
    try:
        with beside_daemons(config, patience=_PATIENCE) as visits:
            found = check_sources(some, config.crawl.limits, pages=0, visits=visits)
    except MonitorError as error:  # the store: a full disk, say, where no host can be asked for
        yield Finding(check="network", good=False, says=session.reason(str(error)))
        return
    except (CrawlError, OSError) as error:
        yield Finding(
            check="crawler", good=False, says=session.word("doctor.crawler_wrong", error=session.reason(str(error)))
        )
        return
    yield Finding(check="crawler", good=True, says=session.word("doctor.crawler"))
    yield _network(session, found)


def _network(session: Session, found: Sequence[Checked]) -> Finding:
    asked = [one for one in found if one.asked]
    reached = [one for one in asked if one.reached]
    if not asked:
        return Finding(
            check="network", good=True, says=session.word("doctor.network_busy" if found else "doctor.network_off")
        )
    if reached:
        says = session.word("doctor.network", reached=len(reached), asked=len(asked))
        return Finding(check="network", good=True, says=says)
    names, error = ", ".join(one.source.id for one in asked), session.reason(asked[0].error or "")
    return Finding(check="network", good=False, says=session.word("doctor.network_none", names=names, error=error))


def _targets(session: Session, config: Config) -> Iterator[Finding]:
    from monitor.alerts.deliver import check_target

    for target in config.targets:
        problem = check_target(target)
        says = session.reason(problem) if problem else session.word("doctor.target", name=target.name)
        yield Finding(check="targets", good=problem is None, says=says)


def _disk(session: Session, folder: Path) -> Finding:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    key = "doctor.disk_full" if free < _ROOM else "doctor.disk"
    return Finding(check="disk", good=free >= _ROOM, says=session.word(key, free=free // 1024**2, folder=folder))
