"""`cocorico sources release`: what is held of a source that listed far more at once than it ever does."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import begin

EXAMPLES: Final = ("cocorico sources release lune-series", "cocorico sources release lune-series --skip")


def release(
    ctx: typer.Context,
    *,
    identifier: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    skip: Annotated[bool, typer.Option("--skip", help="Pass over it instead.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Have the entries read that were held back, because a source listed far more at once than it ever does.

    What is too old by now to be news alerts nobody, as always.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import releasing
    from monitor.app import utc_now
    from monitor.cli.source_card import found
    from monitor.store import Store

    settings = session.config()
    source, _ = found(settings, identifier)
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        count = (releasing.skip if skip else releasing.release)(tx, source.id, now=utc_now())
    if session.json:
        session.dump({"id": source.id, "entries": count, "skipped": skip})
        return
    key = "nothing" if not count else "skipped" if skip else "read"
    session.line(session.word(f"release.{key}", id=source.id, count=count), style="green" if count else "dim")
