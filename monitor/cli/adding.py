"""`cocorico sources add`: what an outlet lists, and which of it to watch."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, Listed, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.cli.finding import Discovery
    from monitor.cli.naming import Named
    from monitor.cli.offering import Offered
    from monitor.config import Config
    from monitor.types import Source

EXAMPLES: Final = examples(
    "cocorico sources add https://www.example.org",
    "cocorico sources add https://www.example.org/feed.xml --name Example",
    "cocorico sources add https://www.example.org/series --kind section --language fr",
)


def add(
    ctx: typer.Context,
    *,
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="As readers know it (default: its own).")] = "",
    identifier: Annotated[str, typer.Option("--id", help="Short name (default: made of the address).")] = "",
    kind: Annotated[
        Listed | None, typer.Option("--kind", help="Taken without asking the site.", show_default=False)
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="Of its articles, two letters (default: as found).", show_default=False)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Take the best without asking.")] = False,
    pick: Annotated[
        list[int] | None, typer.Option("--pick", min=1, metavar="N", help="Take this one; may be repeated.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, metavar="N", help="Feeds to look at.")] = 8,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what is there, add nothing.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Watch an outlet: its feeds, news sitemaps or section page are found, shown, and asked about."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import offering
    from monitor.cli.naming import Ids, Named

    settings = session.config()
    listed, ids = known(settings)
    named = Named(name=name, identifier=identifier, language=language, ids=Ids(ids))
    _check(named, listed, url)
    if kind is not None:
        _store(session, settings, [named.source(url, kind.value)], dry_run=dry_run)
        return
    found = _discover(session, settings, url, language=language or None, most=most)
    offer = offering.offer(found, listed)
    numbers = _picked(session, found, offer, pick=pick or [], yes=yes, dry_run=dry_run)
    sources = [named.of(found, offer[number - 1].found, alone=len(numbers) == 1) for number in numbers]
    _store(session, settings, sources, dry_run=dry_run, shape=partial(offering.shape, found, offer))


def _picked(
    session: Session, found: Discovery, offer: Sequence[Offered], *, pick: Sequence[int], yes: bool, dry_run: bool
) -> list[int]:
    """Show what was found, and say which of it to take, as numbers from 1."""
    from monitor.cli import offering

    if not session.json:
        offering.show(session, found, offer)
    return offering.choose(session, offer, pick=pick, yes=yes, asking=_asks(session, dry_run=dry_run))


def _store(
    session: Session,
    settings: Config,
    sources: Sequence[Source],
    *,
    dry_run: bool,
    shape: Callable[[Sequence[Source]], object] | None = None,
) -> None:
    """Store sources, unless this is only a look, and say so; `shape` says it to programs."""
    kept = [] if dry_run else sources
    keep(settings, kept)
    if session.json and shape is not None:
        session.dump(shape(kept))
    else:
        _say(session, sources, dry_run=dry_run)


def known(settings: Config) -> tuple[list[Source], set[str]]:
    """The sources there are, and the ids that no new one may have."""
    from monitor.store import Store
    from monitor.store import sources as rows

    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        listed = [*settings.sources, *rows.user_sources(tx)]
        return listed, {source.id for source in listed} | {state.id for state in rows.states(tx)}


def _check(named: Named, listed: Sequence[Source], url: str) -> None:
    """Refuse what can't be added, before the site is asked anything.

    Raises:
        typer.BadParameter: the address, the id or the language is none.
        MonitorError: the address is listed already, or the id that was given is one of them.
    """
    from crawler import canonical_url
    from monitor.types import MonitorError

    try:
        canonical_url(url)
        named.check()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    twin = next((source for source in listed if source.url == url), None)
    if twin is not None and twin.enabled:
        raise MonitorError(f"{url} is watched already, as {twin.id}")
    if twin is not None:
        raise MonitorError(f"the configuration has {twin.id}; switch it on under [sources] enable")
    if named.identifier in named.ids.taken:
        raise MonitorError(f"a source {named.identifier!r} exists already; choose another with --id")


def _discover(session: Session, settings: Config, url: str, *, language: str | None, most: int) -> Discovery:
    from crawler import Crawler
    from monitor.app import utc_now
    from monitor.classifier import Classifier
    from monitor.cli.finding import discover
    from monitor.cli.progress import bar
    from monitor.cli.visiting import beside_daemons
    from monitor.data import folder

    limits, promising = settings.crawl.limits, Classifier.load(folder("config")).promising
    with (
        beside_daemons(settings, tell=session) as visits,
        bar(session, session.word("found.looking", url=url), total=None) as advance,
        Crawler(limits) as crawler,
    ):
        return discover(
            url,
            visits(crawler),
            pause=limits.delay,
            language=language,
            most=most,
            promising=promising,
            now=utc_now(),
            advance=advance,
        )


def _asks(session: Session, *, dry_run: bool) -> bool:
    """Whether there is somebody to ask."""
    return session.rich and sys.stdin.isatty() and not dry_run


def keep(settings: Config, sources: Sequence[Source]) -> None:
    """Store sources, all of them or none."""
    from monitor.store import Store
    from monitor.store import sources as rows

    if not sources:
        return
    with Store.open(settings.store.url, check=False) as store, store.write() as tx:
        for source in sources:
            rows.add(tx, source)


def _say(session: Session, sources: Sequence[Source], *, dry_run: bool) -> None:
    if not sources:
        session.line(session.word("found.none_taken"), style="yellow")
    for source in sources:
        key = "would_add" if dry_run else "added"
        session.line(session.word(key, id=source.id, kind=session.code("sort", source.kind)), style="green")
