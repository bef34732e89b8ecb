"""`cocorico scorecard`: what was ordered, renewed and cancelled, by platform and year."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.scorecard import YearScore

EXAMPLES: Final = ("cocorico scorecard --html scorecard.html", "cocorico scorecard --year 2026")


def scorecard(
    ctx: typer.Context,
    *,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2999, help="Only this year.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as one HTML page.", show_default=False)
    ] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Count new originals, renewals and cancellations by platform and year, with their sources."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.scorecard import COUNTED, count, render
    from monitor.store import Store, latest

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        found = count((story for kind in COUNTED for story in latest.of_kind(tx, kind)), year=year)
    if html is not None:
        page = render(found, language=session.language, now=datetime.now(UTC))
        html.write_text(page, encoding="utf-8")
    if session.json:
        session.dump([_shape(one) for one in found.years])
        return
    for one in found.years:
        _table(session, one)
    if not found.years:
        session.line(session.word("nothing_to_score"))
    if html is not None:
        session.line(session.word("scorecard_written", file=html), style="green")


def _table(session: Session, year: YearScore) -> None:
    from monitor.cli.tables import Rows, cell
    from monitor.scorecard import COUNTED
    from monitor.scorecard.words import noun, say

    names = [noun(kind, 2, session.language) for kind in COUNTED]
    session.line(str(year.year), style="bold")
    rows = Rows(session, say("platform", session.language), *names, right=(1, 2, 3))
    styles = dict(zip(COUNTED, ("blue", "green", "red"), strict=True))
    for one in year.platforms:
        figures = (cell(one.counts[kind] or "", styles[kind]) for kind in COUNTED)
        rows.add(cell(one.name or say("no_platform", session.language)), *figures)
    rows.add(cell(""), *(cell(year.counts[kind], "bold") for kind in COUNTED))
    rows.show()


def _shape(year: YearScore) -> dict[str, object]:
    from monitor.cli.shapes import story

    return {
        "year": year.year,
        "counts": {kind.value: number for kind, number in year.counts.items()},
        "platforms": [
            {"name": one.name or None, "kept": one.kept} | {kind.value: number for kind, number in one.counts.items()}
            for one in year.platforms
        ],
        "stories": [story(one.story) for one in year.listed],
    }
