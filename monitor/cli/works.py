"""`cocorico works`: the season ledger."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import begin

if TYPE_CHECKING:
    from monitor.cli.session import Session
    from monitor.decide.naming import Names
    from monitor.store import Tx
    from monitor.telling import Known
    from monitor.vocabulary import Kind
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
    from monitor.cli import ledgers

    found = _found(session, name, limit)
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


def _found(session: Session, name: str | None, limit: int) -> tuple[Work, ...]:
    """Draw up the ledger of the works that are asked for.

    Raises:
        StoreError: there is none of that name.
    """
    from monitor import buyers
    from monitor.classifier.gazetteer import Gazetteer
    from monitor.data import folder
    from monitor.decide import ledger
    from monitor.decide.naming import Names
    from monitor.store import Store

    config, shipped = session.config(sends=False), folder("config")
    names = Names(Gazetteer.load(shipped / "gazetteer.toml").watching(config.watch).aliases())
    with Store.open(config.store.url, check=False) as store, store.read() as tx:
        known = _known(tx, name, names=names, limit=limit)
    groups = buyers.load(shipped)
    return ledger.of(known, now=datetime.now(UTC), groups=groups, naming=names.canonical, day_in=_day)[:limit]


def _day(kind: Kind, sentence: str, at: datetime) -> date | None:
    from monitor.premieres import dated_day

    return dated_day(kind, sentence, told=at.date())


def _known(tx: Tx, name: str | None, *, names: Names, limit: int) -> list[Known]:
    """Give what was told of the works that are asked for, under all their names.

    Raises:
        StoreError: there is none of that name; the message names those that are like it.
    """
    from monitor.decide.lookup import meant
    from monitor.store import StoreError
    from monitor.store import works as rows

    if name is None:
        titles = rows.recent(tx, limit=limit)
    else:
        found = meant(name, rows.titles(tx), naming=names.canonical)
        if not found.titles:
            near = " or ".join(f'"{title}"' for title in found.near)
            hint = f"did you mean {near}?" if near else "`cocorico works` lists those that are"
            raise StoreError(f'nothing is known of a work called "{name}"; {hint}')
        titles = list(found.titles)
    return rows.known(tx, {key for title in titles for key in names.names(title)})
