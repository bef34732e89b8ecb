"""`cocorico rules`: try subscriptions on what is stored, before saving them. Nothing is sent and nothing is stored."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import begin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.cli.trials import Past, Trial
    from monitor.config import Config
    from monitor.decide.trying import Alert
    from monitor.store import Tx

app = typer.Typer(
    help="Try subscriptions on what is stored, before you save them.",
    no_args_is_help=True,
    epilog=examples("cocorico rules check", "cocorico rules diff new.toml", "cocorico rules presets"),
)
Days = Annotated[int, typer.Option("--days", min=1, max=3650, metavar="N", help="How far to look back.")]


@app.command(epilog=examples("cocorico rules check", "cocorico rules check --days 30 --config new.toml"))
def check(
    ctx: typer.Context,
    *,
    days: Days = 14,
    samples: Annotated[int, typer.Option("--samples", min=0, metavar="N", help="Alerts to show of each rule.")] = 3,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show what each rule would have sent in the last days, and point out rules that can never match, or match all.

    Exit code 1 when a rule can never match.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import rulebooks
    from monitor.cli import trials

    settings = session.config(sends=False)
    now = datetime.now(UTC)
    past = _past(settings, settings, now=now, days=days)
    world = rulebooks.world(settings, outlets=past.outlets, items=past.watched)
    found = trials.try_all(settings, past, world=world)
    if session.json:
        session.dump([trials.shape(one, samples=samples) for one in found])
    else:
        trials.show(session, found, past, days=days, samples=samples)
    if any(flaw.never for one in found for flaw in one.flaws):
        raise typer.Exit(1)


@app.command(epilog=examples("cocorico rules diff new.toml", "cocorico rules diff new.toml --days 30 --json"))
def diff(
    ctx: typer.Context,
    *,
    new: Annotated[Path, typer.Argument(metavar="NEW.toml", show_default=False)],
    days: Days = 14,
    samples: Annotated[int, typer.Option("--samples", min=0, metavar="N", help="Alerts to show of each change.")] = 5,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show which alerts a new configuration gains and loses against today's, on what is stored."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import trials
    from monitor.decide.trying import compared

    today = session.config(sends=False)
    other = replace(session, config_file=new).config(sends=False)
    past = _past(today, other, now=datetime.now(UTC), days=days)
    before, after = trials.try_all(today, past), trials.try_all(other, past)
    names = list(dict.fromkeys(one.subscription.name for one in (*before, *after)))
    found = compared(_alerts(before), _alerts(after), names)
    if session.json:
        session.dump([trials.difference(one, samples=samples) for one in found])
    else:
        trials.show_differences(session, found, known=({one.subscription.name for one in before}), samples=samples)


@app.command(epilog=examples("cocorico rules presets", "cocorico rules presets --json"))
def presets(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List the ready-made subscriptions: what each sends, and what it sets."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import trials
    from monitor.config import presets as shipped

    if session.json:
        session.dump([{"name": name, **keys} for name, keys in shipped().items()])
    else:
        trials.show_presets(session, shipped())


def _alerts(found: Sequence[Trial]) -> list[Alert]:
    return [alert for one in found for alert in one.alerts]


def _past(today: Config, other: Config, *, now: datetime, days: int) -> Past:
    """Play back the stored past, once for all configurations: names of works are today's."""
    from monitor import buyers
    from monitor.cli.trials import Past
    from monitor.data import folder
    from monitor.decide.trying import scenes
    from monitor.store import Store, archive, watched

    since = now - timedelta(days=days)
    groups = buyers.load(folder("config"))
    with Store.open(today.store.url, check=False) as store, store.read() as tx:
        known = archive.since(tx, since)
        urls = {told.telling.url for one in known for told in one.told}
        played = scenes(known, archive.readings(tx, urls), groups)
        items = watched.items(tx)
        outlets = _outlets(tx, other)
    scenes_since = [one for one in played if one.at >= since]
    return Past(scenes=scenes_since, watched=items, outlets=outlets, now=now)


def _outlets(tx: Tx, settings: Config) -> frozenset[str]:
    """Give every outlet that a rule may name, by name and by the ids of its sources."""
    from monitor.store import sources as rows

    every = (*settings.sources, *rows.user_sources(tx))
    return frozenset(name for source in every for name in (source.id, source.name, source.outlet) if name)
