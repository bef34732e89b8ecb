"""`cocorico sources`: which outlets are watched, and how they do."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, Listed, examples
from monitor.cli.session import Session, begin
from monitor.cli.source_card import MOVE_EXAMPLES, move

if TYPE_CHECKING:
    from monitor.cli.checking import Checked
    from monitor.config import Config
    from monitor.rhythm import Bounds
    from monitor.types import Source, SourceState

app = typer.Typer(
    help="List, check, add and remove sources.",
    no_args_is_help=True,
    epilog=examples("cocorico sources list", "cocorico sources check"),
)

app.command("move", epilog=examples(*MOVE_EXAMPLES))(move)


@app.command("list", epilog=examples("cocorico sources list", "cocorico sources list --json"))
def list_(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List every source: the catalogue's, those of your file, and those you added."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.store import Store
    from monitor.store import sources as rows

    settings = session.config()
    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        known = {state.id: state for state in rows.states(tx)}
        added = rows.user_sources(tx)
    every = (*settings.sources, *added)
    if session.json:
        session.dump([_shape(source, known.get(source.id), settings.crawl.bounds) for source in every])
    else:
        _table(session, every, known)


def _shape(source: Source, state: SourceState | None, bounds: Bounds) -> dict[str, object]:
    from monitor.cli import rhythms, shapes
    from monitor.decide.health import standing

    status = standing(state) if state else None
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "kind": source.kind.value,
        "language": source.language,
        "enabled": source.enabled,
        "status": status.value if status else None,
        "moved_to": state.moved_to if state else None,
        "last_poll": shapes.moment(state.last_poll_at) if state else None,
        "next_poll": shapes.moment(state.next_poll_at) if state and source.enabled else None,
        "rhythm": rhythms.shape(rhythms.interval_of(source, state, bounds)),
        "failures": state.failures if state else 0,
        "error": state.error if state else None,
    }


def _table(session: Session, every: tuple[Source, ...], known: dict[str, SourceState]) -> None:
    from monitor.cli import shapes
    from monitor.cli.cards import listing_style
    from monitor.cli.tables import Rows, cell
    from monitor.decide.health import standing

    names = ("source", "name", "kind", "language", "state", "status", "last_poll", "error")
    rows = Rows(session, *(session.word(name) for name in names))
    for source in every:
        state = known.get(source.id)
        status = standing(state) if state else None
        rows.add(
            cell(source.id, "bold" if source.enabled else "dim"),
            cell(source.name, "" if source.enabled else "dim"),
            cell(source.kind),
            cell(source.language),
            cell(session.word("on" if source.enabled else "off"), "green" if source.enabled else "dim"),
            cell(session.word(f"listing.{status}") if status else "", listing_style(status)),
            cell((state and shapes.moment(state.last_poll_at)) or session.word("never"), "dim"),
            cell(state.error or (state.moved_to and f"→ {state.moved_to}") if state else "", "red"),
        )
    rows.show()


@app.command(epilog=examples("cocorico sources check", "cocorico sources check bfmtv-series --pages 1"))
def check(
    ctx: typer.Context,
    *,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", show_default=False)] = None,
    pages: Annotated[int, typer.Option("--pages", min=0, metavar="N", help="Pages to read of each source.")] = 3,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Poll sources once and read a few pages of each: do they answer, and is there text? Nothing is stored."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli.checking import check_sources
    from monitor.cli.progress import bar

    settings = session.config()
    chosen = _chosen(settings, ids or [])
    with bar(session, session.word("checking"), total=len(chosen)) as advance:
        found = check_sources(chosen, settings.crawl.limits, pages=pages, advance=advance)
    if session.json:
        session.dump([one.shape() for one in found])
    else:
        _show_checked(session, found)
    if not all(one.good for one in found):
        raise typer.Exit(1)


def _chosen(settings: Config, ids: list[str]) -> list[Source]:
    """Give the sources of these ids, or all that are on."""
    from monitor.store import Store
    from monitor.store import sources as rows
    from monitor.types import MonitorError

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        every = {source.id: source for source in (*settings.sources, *rows.user_sources(tx))}
    unknown = [name for name in ids if name not in every]
    if unknown:
        raise MonitorError(f"there is no source {', '.join(unknown)}; `cocorico sources list` lists them")
    return [every[name] for name in ids] if ids else [source for source in every.values() if source.enabled]


def _show_checked(session: Session, found: list[Checked]) -> None:
    from monitor.cli import shapes
    from monitor.cli.cards import listing_style
    from monitor.cli.tables import Rows, cell

    names = ("source", "status", "entries", "newest", "length", "error")
    rows = Rows(session, *(session.word(name) for name in names), right=(2, 4))
    for one in found:
        rows.add(
            cell(one.source.id, "bold"),
            cell(one.status, listing_style(one.status)),
            cell(one.entries),
            cell(shapes.moment(one.newest) or "–", "dim"),
            cell("–" if one.length is None else one.length),
            cell(one.error, "red"),
        )
    rows.show()


@app.command(
    epilog=examples(
        "cocorico sources add https://www.example.org/feed.xml",
        "cocorico sources add https://www.example.org/series --kind section --language fr",
    )
)
def add(
    ctx: typer.Context,
    *,
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="As readers know it (default: the host).")] = "",
    identifier: Annotated[str, typer.Option("--id", help="Short name (default: made of the address).")] = "",
    kind: Annotated[
        Listed | None, typer.Option("--kind", help="Taken without asking the site.", show_default=False)
    ] = None,
    language: Annotated[str, typer.Option("--language", help="Of its articles, two letters.")] = "fr",
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch a feed, a sitemap or a section page; what it is, is found by polling it once."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.cli.checking import new_source
    from monitor.store import Store
    from monitor.store import sources as rows

    settings = session.config()
    taken = _taken(settings, url, identifier)
    try:
        source = new_source(
            url,
            name=name,
            identifier=identifier,
            kind=kind.value if kind else None,
            language=language,
            limits=settings.crawl.limits,
            taken=taken,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        rows.add(tx, source)
    session.line(session.word("added", id=source.id, kind=source.kind), style="green")


def _taken(settings: Config, url: str, identifier: str) -> set[str]:
    """The ids that no new source may have.

    Raises:
        MonitorError: the address is listed already, or the id that was given is one of them.
    """
    from monitor.store import Store
    from monitor.store import sources as rows
    from monitor.types import MonitorError

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        listed = (*settings.sources, *rows.user_sources(tx))
        taken = {source.id for source in listed} | {state.id for state in rows.states(tx)}
    twin = next((source for source in listed if source.url == url), None)
    if twin is not None and twin.enabled:
        raise MonitorError(f"{url} is watched already, as {twin.id}")
    if twin is not None:
        raise MonitorError(f"the configuration has {twin.id}; switch it on under [sources] enable")
    if identifier in taken:
        raise MonitorError(f"a source {identifier!r} exists already; choose another with --id")
    return taken


@app.command(epilog=examples("cocorico sources remove www-example-org"))
def remove(
    ctx: typer.Context,
    *,
    identifier: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Stop watching a source that you added. What was read stays."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.store import Store
    from monitor.store import sources as rows
    from monitor.types import MonitorError

    settings = session.config()
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        removed = rows.remove(tx, identifier)
    if not removed:
        configured = any(source.id == identifier for source in settings.sources)
        hint = "switch it off under [sources] disable" if configured else "`cocorico sources list` lists them"
        raise MonitorError(f"{identifier} was not added by hand: {hint}")
    session.line(session.word("removed", id=identifier), style="green")
