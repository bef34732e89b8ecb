"""`cocorico sources show` and `move`: how one source does, and where its listing went."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Lang
from monitor.cli.session import begin

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.types import Source, SourceState

MOVE_EXAMPLES: Final = ("cocorico sources move lune-series", "cocorico sources move lune https://lune.example/rss.xml")

Id = Annotated[str, typer.Argument(metavar="ID", show_default=False)]


def move(
    ctx: typer.Context,
    *,
    identifier: Id,
    url: Annotated[str | None, typer.Argument(metavar="[URL]", show_default=False)] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Keep the address that a source has moved to, or give it another. What was read stays known."""
    session = begin(ctx, data=data, config=config, lang=lang)
    settings = session.config()
    source, state = found(settings, identifier)
    target = _address(url) if url else state.moved_to if state else None
    if target is None:
        session.line(session.word("move.stays", id=identifier))
    elif any(own.id == identifier for own in settings.sources):
        session.line(session.word("move.config", id=identifier), style="yellow")
        session.line(f'\n[[source]]\nid = "{identifier}"\nurl = "{target}"')
    else:
        _move(settings, source, target)
        session.line(session.word("move.done", id=identifier, url=target), style="green")


def _address(url: str) -> str:
    from crawler import canonical_url

    try:
        canonical_url(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    return url


def _move(settings: Config, source: Source, url: str) -> None:
    from monitor.store import Store
    from monitor.store import sources as rows

    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        rows.move(tx, source.id, url)


def found(settings: Config, identifier: str) -> tuple[Source, SourceState | None]:
    """Give a source and how it stands.

    Raises:
        MonitorError: there is none of that id.
    """
    from monitor.store import Store
    from monitor.store import sources as rows
    from monitor.types import MonitorError

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        every = {source.id: source for source in (*settings.sources, *rows.user_sources(tx))}
        state = rows.state(tx, identifier)
    if identifier not in every:
        raise MonitorError(f"there is no source {identifier}; `cocorico sources list` lists them")
    return every[identifier], state
