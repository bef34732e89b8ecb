"""`cocorico sources keep`: a listing is gone for good, says its server, and is to be asked for all the same."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.types import Source, SourceState

EXAMPLES: Final = ("cocorico sources keep lune-series",)


def keep(
    ctx: typer.Context,
    *,
    identifier: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Go on asking for a source that is gone for good (HTTP 410), once a day.

    The other answer is `sources remove`, or `[sources] disable` for those of the configuration. When a source that was
    kept answers again, that is told; should it go once more, you are asked anew.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.app import utc_now
    from monitor.cli.source_card import found
    from monitor.decide.health import asks
    from monitor.store import Store
    from monitor.store import sources as rows

    settings, now = session.config(), utc_now()
    source, state = found(settings, identifier)
    asked = state is not None and asks(state)
    if asked:
        with Store.open(settings.store.url, check=False) as store, store.write() as tx:
            rows.keep(tx, source.id, now=now)
    if session.json:
        session.dump({"id": source.id, "kept": asked or kept(state) is not None})
    elif asked:
        session.line(session.word("keep.done", id=source.id), style="green")
    else:
        day = kept(state)
        said = session.word("keep.already", id=source.id, day=day) if day else session.word("keep.there", id=source.id)
        session.line(said, style="dim")


def kept(state: SourceState | None) -> str | None:
    """Give the day since when a source that is gone is kept; None when it is there, or nobody said so."""
    from crawler import ListingStatus
    from monitor.decide.health import keeps

    if state is None or state.kept_at is None or state.status is not ListingStatus.GONE or not keeps(state):
        return None
    return f"{state.kept_at:%Y-%m-%d}"


def question(session: Session, source: Source, *, user_added: bool) -> str:
    """Ask what is to become of a source that is gone, with both answers."""
    drop = f"`cocorico sources remove {source.id}`" if user_added else f'[sources] disable = ["{source.id}"]'
    return session.word("gone.asks", id=source.id, drop=drop)
