"""`cocorico classify`: what one article announces, or each of many."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Jobs, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.types import Document, Watch

EXAMPLES = (
    "cocorico classify article.txt",
    "cocorico classify --explain https://www.example.org/une-saison-2",
    "cocorico classify --jsonl --jobs 0 < articles.jsonl > announcements.jsonl",
)


def classify(
    ctx: typer.Context,
    *,
    source: Annotated[str | None, typer.Argument(metavar="FILE|URL|-", show_default=False)] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read articles as JSON lines, answer in JSON lines.")] = False,
    jobs: Jobs = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Say why, and why the rest is left out.")] = False,
    weights: Annotated[bool, typer.Option("--weights", help="With --explain, show what each sign weighs.")] = False,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Say what an article announces, with the sentence that says so.

    FILE is a text, the headline first, or a saved page. With --jsonl, each line of standard input (or FILE) is
    {"id", "title", "text", "lang"?}, and is answered while the input is still open.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    if jsonl:
        raise typer.Exit(_classify_lines(source, jobs, session.config(sends=False).watch))
    if source is None:
        raise typer.BadParameter("give a file, an address, or - for standard input", param_hint="FILE|URL|-")
    _classify_one(session, source, explain=explain, weights=weights)


def _classify_lines(source: str | None, jobs: int, watch: Watch) -> int:
    if source in {None, "-"}:
        return _answer_lines(sys.stdin.buffer, jobs, watch)
    with Path(str(source)).open("rb") as file:
        return _answer_lines(file, jobs, watch)


def _answer_lines(lines: Iterable[bytes], jobs: int, watch: Watch) -> int:
    """Answer each line at once; 1 when any could not be."""
    from monitor.cli.batch import in_order
    from monitor.cli.jsonl import answers, crashed

    failed = 0
    work = partial(answers, watch=watch)
    for answer in in_order((line for line in lines if line.strip()), work, jobs=jobs, crashed=crashed):
        sys.stdout.write(answer.line + "\n")
        sys.stdout.flush()
        failed += not answer.good
    return 1 if failed else 0


def _classify_one(session: Session, source: str, *, explain: bool, weights: bool) -> None:
    from monitor.cli.inputs import document, is_url
    from monitor.cli.jsonl import classifier

    article = _fetched(session, source) if is_url(source) else document(source)
    if explain:
        _explain(session, source, article, weights=weights)
        return
    found = classifier(session.config(sends=False).watch).read(article)
    if session.json:
        from monitor.cli import shapes

        session.dump({"source": source, "title": article.title, "announcements": shapes.announcements(found)})
        return
    from monitor.cli.cards import show_announcements

    session.line(article.title, style="bold")
    show_announcements(session, found)


def _fetched(session: Session, url: str) -> Document:
    from monitor.cli.inputs import document
    from monitor.cli.visiting import beside_daemons

    settings = session.config(sends=False)
    with beside_daemons(settings, tell=session) as visits:
        return document(url, settings.crawl.limits, visits)


def _explain(session: Session, source: str, article: Document, *, weights: bool) -> None:
    from monitor.cli import second
    from monitor.cli.explain import shape, show
    from monitor.cli.jsonl import classifier

    settings = session.config(sends=False)
    first = classifier(settings.watch)
    explanation = first.explain(article)
    asked = second.opinions(session, settings, first, article)
    if session.json:
        session.dump({**shape(source, article.title, explanation), "second": second.shape(asked)})
        return
    session.line(article.title, style="bold")
    show(session, explanation, weights=weights)
    second.show(session, asked)
