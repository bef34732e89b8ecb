"""`cocorico extract`: what the crawler's extraction makes of pages."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Jobs, Json, Lang
from monitor.cli.session import Session, begin, printable

if TYPE_CHECKING:
    from monitor.cli.inputs import Page
    from monitor.config import Config

EXAMPLES = (
    "cocorico extract page.html",
    "cocorico extract --jobs 0 saved-pages/ > articles.jsonl",
    "cocorico extract https://www.example.org/une-saison-2",
)
#: Pages a process takes at once: extraction is slow enough that handing over costs nothing beside it.
_CHUNK = 4


def extract(
    ctx: typer.Context,
    *,
    pages: Annotated[list[str], typer.Argument(metavar="PATH|URL...", show_default=False)],
    as_json: Json = False,
    jobs: Jobs = 1,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show what is left of pages when their boilerplate is gone, or why they yield no article.

    Files may be gzipped, folders are searched for pages. Anywhere but on a terminal: one line of JSON a page, in order.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli.inputs import is_url

    settings = session.config() if any(is_url(name) for name in pages) else None
    missing = 0
    for page in _extracted(session, pages, settings, jobs):
        missing += page.missing
        _show(session, page)
    if missing:
        raise typer.Exit(1)


def _extracted(session: Session, names: Sequence[str], settings: Config | None, jobs: int) -> Iterator[Page]:
    """Extract pages in order, files and addresses side by side."""
    from monitor.cli.batch import in_order
    from monitor.cli.inputs import crashed, is_url, read_pages, walk

    found = list(walk(names))
    read = in_order((name for name in found if not is_url(name)), read_pages, jobs=jobs, crashed=crashed, chunk=_CHUNK)
    fetched = _fetched(session, [name for name in found if is_url(name)], settings) if settings else iter(())
    for name in found:
        yield next(fetched if is_url(name) else read)


def _fetched(session: Session, urls: Sequence[str], settings: Config) -> Iterator[Page]:
    from monitor.cli.inputs import fetch_pages
    from monitor.cli.visiting import beside_daemons

    with beside_daemons(settings, tell=session) as visits:
        yield from fetch_pages(urls, settings.crawl.limits, visits)


def _show(session: Session, page: Page) -> None:
    from crawler import Rejected
    from monitor.cli import shapes
    from monitor.cli.inputs import is_url

    record = page.record
    if not session.rich:
        session.dump_line(shapes.page(page.path, record, url=page.url))
        if isinstance(record, Rejected) and record.detail and is_url(page.path):
            session.warn(session.reason(record.detail))
        return
    if isinstance(record, Rejected):
        why = session.reason(record.detail) or record.reason
        session.line(session.word("not_an_article", path=page.path, reason=why), style="yellow")
        return
    session.line(record.title, style="bold")
    facts = (record.author, shapes.moment(record.published), record.language, record.tier.value, page.url)
    session.line(" · ".join(fact for fact in facts if fact), style="dim")
    session.line(printable(record.text) + "\n")
