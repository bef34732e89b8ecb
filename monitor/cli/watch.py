"""`cocorico watch`: works, people and producers of one's own."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.watching import WatchItem

app = typer.Typer(
    help="Watch works, people and producers: known when read, and matched by `watchlist = true`.",
    no_args_is_help=True,
    epilog=examples("cocorico watch add Missions", "cocorico watch import trakt-list.csv", "cocorico watch list"),
)


class Kind(StrEnum):
    """What may be watched: the values of `WatchKind`, repeated so that help needn't import them."""

    WORK = "work"
    PERSON = "person"
    PRODUCER = "producer"


class Made(StrEnum):
    """Where a work is made: the values of `Origin`."""

    FRENCH = "french"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@app.command(
    epilog=examples(
        "cocorico watch add Missions",
        'cocorico watch add "Plus belle la vie, encore plus belle" --also PBLV --origin french',
        'cocorico watch add "Camille Untel" --kind person',
    )
)
def add(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    kind: Annotated[Kind, typer.Option("--kind", help="What it is.")] = Kind.WORK,
    also: Annotated[
        list[str] | None, typer.Option("--also", metavar="NAME", help="Another name of a work.", show_default=False)
    ] = None,
    origin: Annotated[
        Made | None,
        typer.Option("--origin", help="Where it is made (default: each article tells).", show_default=False),
    ] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch a work, a person or a producer. A running daemon knows it within seconds."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.decide.watchlist import plain_title
    from monitor.vocabulary import Origin, WatchKind
    from monitor.watching import WatchItem

    tidy = plain_title if kind is Kind.WORK else str.strip
    try:
        item = WatchItem(
            kind=WatchKind(kind.value),
            name=tidy(name),
            also=tuple(dict.fromkeys(map(tidy, also or ()))),
            origin=Origin(origin.value) if origin else None,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="NAME") from error
    added = _keep(session, [item])
    word = "watch.added" if added else "watch.known"
    session.line(session.word(word, name=item.name), style="green" if added else "yellow")


@app.command(epilog=examples("cocorico watch remove Missions", 'cocorico watch remove "Camille Untel" --kind person'))
def remove(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only what is this.", show_default=False)] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch something no longer. What the configuration has under `watch` has to be taken out there."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.config.check import nearest
    from monitor.decide.naming import title_key
    from monitor.decide.watchlist import plain_title
    from monitor.store import Store, watched
    from monitor.types import MonitorError
    from monitor.vocabulary import WatchKind

    settings = session.config(sends=False)
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        names = [item.name for item in watched.items(tx)]
        keys = dict.fromkeys((title_key(name), title_key(plain_title(name))))
        removed = sum(watched.remove(tx, WatchKind(kind.value) if kind else None, key) for key in keys)
    if not removed:
        own = settings.watch
        configured = {title_key(one) for one in (*(work.title for work in own.works), *own.people, *own.producers)}
        hint = "; the configuration has it, under [watch]" if title_key(name) in configured else nearest(name, names)
        raise MonitorError(f'"{name}" is not on the watchlist{hint or "; `cocorico watch list` shows what is"}')
    session.line(session.word("watch.removed", name=name), style="green")


@app.command("list", epilog=examples("cocorico watch list", "cocorico watch list --json > watchlist.json"))
def list_(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List what is watched, the configuration's and what was added. `watch import` reads the JSON back."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.decide.watchlist import configured
    from monitor.store import Store, watched

    settings = session.config(sends=False)
    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        items = (*configured(settings.watch), *watched.items(tx))
    if session.json:
        session.dump([_shape(item) for item in items])
    elif not items:
        session.line(session.word("watch.nothing"))
    else:
        _table(session, items)


@app.command(
    "import",
    epilog=examples(
        "cocorico watch import trakt-list.csv",
        "cocorico watch import watchlist.json",
        "curl -s http://localhost:8989/api/v3/series?apikey=KEY | cocorico watch import -",
    ),
)
def import_(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, allow_dash=True)],
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and add nothing.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch all that a list names: a CSV of yours, a Trakt list (CSV, JSON), Sonarr's series (JSON); - is stdin.

    A CSV needs a heading with "name" or "title"; "kind", "also" and "origin" are read when they are there.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.decide.watchlist import ListError, read
    from monitor.types import MonitorError

    try:
        text = (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode("utf-8-sig")
        items = read(text, name=file.name)
    except UnicodeDecodeError as error:
        raise MonitorError(f"{file}: not in UTF-8; save it as UTF-8") from error
    except (OSError, ListError) as error:
        raise MonitorError(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    added = items if dry else _keep(session, items)
    if session.json:
        session.dump({"read": len(items), "added": [_shape(item) for item in added]})
        return
    if added:
        _table(session, added)
    word = "watch.would_import" if dry else "watch.imported"
    session.line(session.word(word, read=len(items), added=len(added)), style="green")


def _keep(session: Session, items: Sequence[WatchItem]) -> list[WatchItem]:
    from monitor.decide.naming import title_key
    from monitor.store import Store, watched

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.write() as tx:
        return watched.add(tx, [(title_key(item.name), item) for item in items], now=datetime.now(UTC))


def _shape(item: WatchItem) -> dict[str, object]:
    from monitor.cli import shapes

    return {
        "kind": item.kind.value,
        "name": item.name,
        "also": list(item.also),
        "origin": item.origin.value if item.origin else None,
        "source": item.source,
        "added_at": shapes.moment(item.added_at),
    }


def _table(session: Session, items: Sequence[WatchItem]) -> None:
    from monitor.cli import shapes
    from monitor.cli.tables import Rows, cell, stack

    rows = Rows(
        session, *(session.word(name) for name in ("watch.kind", "watch.name", "origin", "watch.source", "since"))
    )
    for item in items:
        rows.add(
            cell(session.word(f"watch.{item.kind}"), "cyan"),
            stack(session, cell(item.name, "bold"), *(cell(name, "dim") for name in item.also)),
            cell(session.word(f"origin.{item.origin}") if item.origin else "", "dim"),
            cell(session.word(f"watch.source.{item.source}"), "dim"),
            cell((shapes.moment(item.added_at) or "")[:10], "dim"),
        )
    rows.show()
