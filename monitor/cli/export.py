"""`cocorico export` and `cocorico import`: everything that is stored, as lines of JSON."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

EXAMPLES: Final = ("cocorico export cocorico.ndjson", "cocorico export --since 2026-11-01 - | gzip > november.gz")
IMPORT_EXAMPLES: Final = ("cocorico import cocorico.ndjson", "cocorico import cocorico.ndjson --data ./elsewhere")
_STDOUT: Final = Path("-")


def export(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE|-", show_default=False)] = _STDOUT,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since", metavar="DATE", formats=["%Y-%m-%d"], help="Only what was seen since.", show_default=False
        ),
    ] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Write everything that is stored to FILE (or standard output), one JSON object a line."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor.cli.progress import bar
    from monitor.store import Store, exporting

    day = since.replace(tzinfo=UTC) if since else None
    with (
        Store.open(session.config(sends=False).store.url, check=False) as store,
        store.read() as tx,
        _written(file) as out,
    ):
        total = exporting.count(tx, since=day)
        with bar(session, session.word("exporting"), total=total + 2) as advance:
            for line in exporting.lines(tx, since=day):
                out.write(line)
                advance()
    if file != _STDOUT:
        session.line(session.word("exported", count=total, file=file), style="green")


@contextmanager
def _written(file: Path) -> Iterator[IO[bytes]]:
    """Open a file to write, which is there only once it is whole."""
    if file == _STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = file.with_name(f"{file.name}.part")
    try:
        # Like the database, it says what somebody reads and where they are written to.
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:  # noqa: PTH123
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def import_(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Take in what an export holds and the database doesn't. Doing it twice changes nothing."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli.progress import bar
    from monitor.store import Store, importing

    settings = session.config(sends=False)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with file.open("rb") as lines:
        total = importing.check(lines, name=file.name)
        lines.seek(0)
        with Store.open(settings.store.url) as store, bar(session, session.word("importing"), total=total) as advance:
            done = importing.load(store, lines, name=file.name, progress=advance)
    if session.json:
        session.dump({"added": dict(done.added), "known": dict(done.known)})
    else:
        _table(session, done.added, done.known)


def _table(session: Session, added: Mapping[str, int], known: Mapping[str, int]) -> None:
    from monitor.cli.tables import Rows, cell

    rows = Rows(session, session.word("what"), session.word("added_now"), session.word("known_before"), right=(1, 2))
    for name in dict.fromkeys((*added, *known)):
        rows.add(cell(name), cell(added.get(name, 0), "green"), cell(known.get(name, 0), "dim"))
    rows.show()
