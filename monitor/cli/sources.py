"""`cocorico sources`: which outlets are watched, and how they do."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli import adding, lists, searching, source_keep, source_list, source_release, source_show
from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin
from monitor.cli.source_card import MOVE_EXAMPLES, move

if TYPE_CHECKING:
    from monitor.cli.checking import Checked
    from monitor.config import Config
    from monitor.types import Source

app = typer.Typer(
    help="List, check, add and remove sources.",
    no_args_is_help=True,
    epilog=examples("cocorico sources list", "cocorico sources add https://www.example.org"),
)
app.command("list", epilog=source_list.EXAMPLES)(source_list.list_)
app.command(epilog=adding.EXAMPLES)(adding.add)
app.command(epilog=searching.EXAMPLES)(searching.search)
app.command("import", epilog=lists.IMPORT_EXAMPLES)(lists.import_)
app.command(epilog=lists.EXPORT_EXAMPLES)(lists.export)

app.command("show", epilog=examples(*source_show.EXAMPLES))(source_show.show)
app.command("move", epilog=examples(*MOVE_EXAMPLES))(move)
app.command("keep", epilog=examples(*source_keep.EXAMPLES))(source_keep.keep)
app.command("release", epilog=examples(*source_release.EXAMPLES))(source_release.release)


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
    """Poll sources once and read a few pages of each: do they answer, and is there text?

    What was found is kept, and shown by `sources list`.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    settings = session.config()
    found = _checked(session, settings, _chosen(settings, ids or []), pages=pages)
    if session.json:
        session.dump([one.shape() for one in found])
    else:
        _show_checked(session, found)
    if not all(one.good for one in found):
        raise typer.Exit(1)


def _checked(session: Session, settings: Config, chosen: list[Source], *, pages: int) -> list[Checked]:
    """Check sources, and keep what was found."""
    from monitor.app import utc_now
    from monitor.cli.checking import check_sources
    from monitor.cli.progress import bar
    from monitor.cli.visiting import beside_daemons
    from monitor.store import Store, checks

    with bar(session, session.word("checking"), total=len(chosen)) as advance, beside_daemons(settings) as visits:
        found = check_sources(chosen, settings.crawl.limits, pages=pages, advance=advance, visits=visits)
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        checks.keep(tx, (one.stored(utc_now()) for one in found))
    return found


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
            cell(session.word(f"listing.{one.status}"), listing_style(one.status)),
            cell(one.entries),
            cell(shapes.moment(one.newest) or "–", "dim"),
            cell("–" if one.length is None else one.length),
            cell(session.reason(one.error or ""), "red"),
        )
    rows.show()


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
