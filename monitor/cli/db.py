"""`cocorico db`: the database's schema, and copies of it."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Lang, examples
from monitor.cli.session import begin

app = typer.Typer(
    help="Upgrade, back up and restore the database.",
    no_args_is_help=True,
    epilog=examples("cocorico db upgrade", "cocorico db backup /backups/cocorico.db"),
)
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]


@app.command(epilog=examples("cocorico db upgrade"))
def upgrade(ctx: typer.Context, *, data: Data = None, config: ConfigFile = None, lang: Lang = None) -> None:
    """Bring the database to this version's schema, as every start does."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.store import Store

    with Store.open(session.config().store.url) as store:
        session.line(session.word("upgraded", store=store.url_shown), style="green")


@app.command(epilog=examples("cocorico db backup /backups/cocorico.db"))
def backup(ctx: typer.Context, *, file: File, data: Data = None, config: ConfigFile = None, lang: Lang = None) -> None:
    """Save the database to FILE as it is at this moment, also while the daemon runs."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.store import Store

    with Store.open(session.config().store.url) as store:
        store.backup(file)
    session.line(session.word("backed_up", file=file), style="green")


@app.command(epilog=examples("cocorico db restore /backups/cocorico.db"))
def restore(ctx: typer.Context, *, file: File, data: Data = None, config: ConfigFile = None, lang: Lang = None) -> None:
    """Put a backup in the place of the database, which is kept beside it. The daemon must not run."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import store

    settings = session.config()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    kept = store.restore(file, url=settings.store.url, data_dir=settings.data_dir)
    session.line(session.word("restored", file=file), style="green")
    if kept is not None:
        session.line(session.word("kept_before", file=kept), style="dim")
