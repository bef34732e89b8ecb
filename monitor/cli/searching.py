"""`cocorico sources search`: a search service's results as a source."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Final

import typer

from monitor.cli.adding import keep, known
from monitor.cli.options import ConfigFile, Data, Lang, examples
from monitor.cli.session import begin

EXAMPLES: Final = examples(
    "cocorico sources search gdelt '\"série française\" (renouvelée OR commandée)'",
    "cocorico sources search google-news '\"French series\" renewed' --language en --dry-run",
)


class Searched(StrEnum):
    """The values of `searches.Service`, repeated so that help needn't import them."""

    GDELT = "gdelt"
    GOOGLE_NEWS = "google-news"
    MEDIACLOUD = "mediacloud"


def search(
    ctx: typer.Context,
    *,
    service: Annotated[Searched, typer.Argument(metavar="SERVICE", show_default=False)],
    query: Annotated[str, typer.Argument(metavar="QUERY", show_default=False)],
    language: Annotated[str, typer.Option("--language", help="Of the articles: fr or en.")] = "fr",
    identifier: Annotated[str, typer.Option("--id", help="Short name (default: made of the service's).")] = "",
    collection: Annotated[
        int | None,
        typer.Option("--collection", metavar="N", help="Of Media Cloud: outlets to search.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show its address, add nothing.")] = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch what a search service finds: gdelt, mediacloud or google-news. See docs/sources.md for what each allows."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import searches
    from monitor.cli.naming import Ids
    from monitor.types import MonitorError

    settings = session.config()
    listed, ids = known(settings)
    wanted = searches.Service(service.value)
    made = searches.source(wanted, query, language=language, identifier="x", collection=collection)
    twin = next((one for one in listed if one.url == made.url), None)
    if twin is not None:
        raise MonitorError(f"this search is watched already, as {twin.id}")
    if identifier in ids:
        raise MonitorError(f"a source {identifier!r} exists already; choose another with --id")
    made = replace(made, id=identifier or Ids(ids).named(f"{service.value}-search"))
    session.line(made.url, style="cyan")
    session.line(session.word(f"search.{service.value}"), style="dim")
    keep(settings, [] if dry_run else [made])
    session.line(
        session.word("would_add" if dry_run else "added", id=made.id, kind=session.code("sort", made.kind)),
        style="green",
    )
