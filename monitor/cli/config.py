"""`cocorico config`: what is configured, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin, to_json

if TYPE_CHECKING:
    from monitor.config import Config

app = typer.Typer(
    help="Show and check the configuration.",
    no_args_is_help=True,
    epilog=examples("cocorico config show", "cocorico config check"),
)


@app.command(epilog=examples("cocorico config show", "cocorico config show --json --config ./cocorico.toml"))
def show(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show every setting and where it comes from: the shipped defaults, your file, or the environment."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli.tables import Rows, cell  # noqa: PLC0415 - `cocorico --help` must not wait for it

    shown = session.config().show()
    if session.json:
        session.dump(shown)
        return
    rows = Rows(session, session.word("setting"), session.word("from"), session.word("value"))
    for key, value, origin in settings(shown):
        rows.add(
            cell(key, "bold"),
            cell(session.code("from", origin), "dim" if origin == "default" else "green"),
            cell(value),
        )
    rows.show()


def settings(shown: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str, str]]:
    """Flatten what `Config.show` gives: (dotted key, value as JSON, origin)."""
    for key, value in shown.items():
        if isinstance(value, Mapping) and set(value) == {"value", "origin"}:
            yield path + key, to_json(value["value"]), str(value["origin"])
        elif isinstance(value, Mapping):
            yield from settings(value, f"{path}{key}.")


@app.command(epilog=examples("cocorico config check", "cocorico config check --config ./cocorico.toml"))
def check(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Check the configuration; every mistake is reported at once, with its place."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.config import ConfigError  # noqa: PLC0415 - `cocorico --help` must not wait for it

    try:
        good = _whole(session)
    except ConfigError as error:
        if not session.json:
            raise
        session.dump({"good": False, "mistakes": list(error.mistakes), "warnings": []})
        raise typer.Exit(1) from error
    warnings = [*good.warnings, *_of_rules(session, good)]
    if session.json:
        session.dump({"good": True, "mistakes": [], "warnings": warnings})
        return
    for warning in warnings:
        session.warn(session.reason(warning))
    session.line(session.word("config_good", file=good.file or session.word("shipped")), style="green")


def _whole(session: Session) -> Config:
    """Give the configuration, its templates tried too.

    Raises:
        ConfigError: with every mistake.
    """
    from monitor.config import ConfigError  # noqa: PLC0415 - `cocorico --help` must not wait for it
    from monitor.writing import faults  # noqa: PLC0415 - nor for this

    config = session.config()
    wrong = faults(config)
    if wrong:
        raise ConfigError(wrong)
    return config


def _of_rules(session: Session, config: Config) -> Iterator[str]:
    """Point out rules that can never match, or match everything, as far as the configuration alone tells."""
    from monitor import rulebooks  # noqa: PLC0415 - `cocorico --help` must not wait for it
    from monitor.cli.trials import flaw_line  # noqa: PLC0415
    from monitor.decide.soundness import findings  # noqa: PLC0415

    world = rulebooks.world(config)
    for subscription in config.subscriptions:
        for flaw in findings(subscription, world):
            yield f"{subscription.name}: {flaw_line(session, flaw)}"
