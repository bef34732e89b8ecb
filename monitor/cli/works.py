"""`cocorico works`: the season ledger."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.store import Tx
    from monitor.works import Work

EXAMPLES = ("cocorico works", "cocorico works Missions", 'cocorico works "Plan cœur" --json', "cocorico works --csv")


def works(
    ctx: typer.Context,
    *,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", show_default=False)] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a line a fact, for spreadsheets.")] = False,
    as_json: Json = False,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, newest first.")] = 50,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Tell what is known of each work, season by season: since when, and from whom.

    Without a NAME: the works of the latest news. With one: everything known of it, with the sentences that say so.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import buyers
    from monitor.cli import ledgers
    from monitor.data import folder
    from monitor.store import Store

    groups = buyers.load(folder("config"))
    with Store.open(session.config().store.url, check=False) as store, store.read() as tx:
        found = _found(tx, name, limit=limit, groups=groups, now=datetime.now(UTC))
    if session.json:
        session.dump([ledgers.shape(work) for work in found])
    elif as_csv:
        session.write(ledgers.table(found))
    elif not found:
        session.line(session.word("no_works"))
    elif name is None:
        ledgers.show_all(session, found)
    else:
        for work in found:
            ledgers.show(session, work)


def _found(tx: Tx, name: str | None, *, limit: int, groups: Mapping[str, str], now: datetime) -> Sequence[Work]:
    """Draw up the ledger of the works that are asked for.

    Raises:
        StoreError: there is none of that name; the message names those that are like it.
    """
    from monitor.decide import ledger
    from monitor.decide.stories import title_key
    from monitor.store import works as rows

    keys = rows.recent_keys(tx, limit=limit) if name is None else _keys(tx, name)
    stories = rows.stories_of(tx, keys)
    told = rows.told(tx, [story.id for story in stories])
    return ledger.of(stories, told, now=now, groups=groups, naming=title_key)[:limit]


def _keys(tx: Tx, name: str) -> set[str]:
    from monitor.decide.lookup import meant
    from monitor.decide.stories import title_key
    from monitor.store import StoreError
    from monitor.store import works as rows

    found = meant(name, rows.titles(tx), naming=title_key)
    if not found.titles:
        near = " or ".join(f'"{title}"' for title in found.near)
        hint = f"did you mean {near}?" if near else "`cocorico works` lists those that are"
        raise StoreError(f'nothing is known of a work called "{name}"; {hint}')
    return {title_key(title) for title in found.titles}
