"""`cocorico sources import` and `export`: lists of feeds as other readers have them (OPML)."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from monitor.cli.adding import keep, known
from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.cli.naming import Ids
    from monitor.opml import Outline
    from monitor.types import Source

IMPORT_EXAMPLES: Final = examples(
    "cocorico sources import feeds.opml --dry-run", "cocorico sources import feeds.opml --language en"
)
EXPORT_EXAMPLES: Final = examples("cocorico sources export feeds.opml", "cocorico sources export --all")
#: Sources that a table shows; of more, the first and how many there are.
_SHOWN: Final = 30


@dataclass(slots=True)
class Taken:
    """What becomes of a list's outlines."""

    added: list[Source] = field(default_factory=list)
    known: list[tuple[str, str]] = field(default_factory=list)  #: address, and the source that it is
    refused: list[tuple[str, str]] = field(default_factory=list)  #: address, and why
    repeated: int = 0  #: outlines whose address an earlier one has


def import_(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    language: Annotated[str, typer.Option("--language", help="Of those that don't say it, two letters.")] = "fr",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be added, add nothing.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch the feeds of an OPML list, as every reader exports it. What is watched already stays as it is."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import opml
    from monitor.cli.naming import Ids
    from monitor.types import MonitorError

    settings = session.config(sends=False)
    try:
        found = opml.read(file.read_bytes())
    except OSError as error:
        raise MonitorError(f"{file} can't be read: {error.strerror}") from error
    except opml.OpmlError as error:
        raise opml.OpmlError(f"{file}: {error}") from error
    listed, ids = known(settings)
    taken = sort_out(found.outlines, listed, Ids(ids), language=language)
    if not dry_run:
        keep(settings, taken.added)
    if session.json:
        session.dump(_shape(taken, found.broken))
    else:
        _show(session, taken, found.broken, dry_run=dry_run)


def sort_out(outlines: Sequence[Outline], listed: Sequence[Source], ids: Ids, *, language: str) -> Taken:
    """Say which outlines become sources; an address counts once, however it is spelt."""
    from crawler import canonical_url

    there = {canonical_url(source.url): source.id for source in listed}
    taken, seen = Taken(), set[str]()
    for outline in outlines:
        try:
            address = canonical_url(outline.url)
        except ValueError as error:
            taken.refused.append((outline.url, str(error)))
            continue
        if address in seen:
            taken.repeated += 1
        elif address in there:
            taken.known.append((outline.url, there[address]))
        else:
            taken.added.append(_source(outline, ids, language))
        seen.add(address)
    return taken


def _source(outline: Outline, ids: Ids, language: str) -> Source:
    """Make a source of an outline; the outlet is the folder's only when we wrote the list."""
    from crawler import SourceKind
    from monitor.opml import source_values
    from monitor.types import Source

    values = source_values(outline)
    wanted = values.pop("id", "")
    free = re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", wanted) and wanted not in ids.taken
    identifier = wanted if free else ids.free(outline.url)
    ids.taken.add(identifier)
    host = urlsplit(outline.url).hostname or outline.url
    spoken = outline.language if re.fullmatch("[a-z]{2}", outline.language) else language
    name = outline.title or host
    return Source(
        **{"kind": SourceKind.FEED, "outlet": name}
        | values
        | {"id": identifier, "name": name, "url": outline.url, "language": spoken}
    )


def _shape(taken: Taken, broken: str | None) -> dict[str, object]:
    return {
        "added": [{"id": one.id, "name": one.name, "url": one.url} for one in taken.added],
        "known": [{"url": url, "id": identifier} for url, identifier in taken.known],
        "refused": [{"url": url, "reason": reason} for url, reason in taken.refused],
        "repeated": taken.repeated,
        "broken": broken,
    }


def _show(session: Session, taken: Taken, broken: str | None, *, dry_run: bool) -> None:
    from monitor.cli.tables import Rows, cell

    if taken.added:
        rows = Rows(session, *(session.word(name) for name in ("source", "name", "language", "address")))
        for one in taken.added[:_SHOWN]:
            rows.add(cell(one.id, "bold"), cell(one.name), cell(one.language), cell(one.url, "cyan"))
        rows.show()
    if len(taken.added) > _SHOWN:
        session.line(session.word("list.more", count=len(taken.added) - _SHOWN), style="dim")
    for url, reason in taken.refused[:_SHOWN]:
        session.warn(session.word("list.refused", url=url, reason=session.reason(reason)))
    if broken:
        session.warn(session.word("list.broken", why=session.reason(broken)))
    key = "list.would_import" if dry_run else "list.imported"
    counts = {"added": len(taken.added), "known": len(taken.known), "refused": len(taken.refused)}
    session.line(session.word(key, **counts, repeated=taken.repeated), style="green")


def export(
    ctx: typer.Context,
    *,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Those that are off, too.")] = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Write the sources that are watched as an OPML list, which every reader takes."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import opml
    from monitor.types import MonitorError

    listed, _ = known(session.config(sends=False))
    sources = [source for source in listed if source.enabled or every]
    text = opml.write(sources, title="Cocorico")
    if file is None or str(file) == "-":
        session.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MonitorError(f"{file} can't be written: {error.strerror}") from error
    session.line(session.word("list.exported", count=len(sources), file=file), style="green")
