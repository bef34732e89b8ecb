"""`cocorico eval`: how well articles are read whose announcements are known."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.learning.evaluate import Evaluation

EXAMPLES = (
    "cocorico eval corpus/test",
    "cocorico eval --errors --html report.html articles.jsonl",
)


def evaluate(
    ctx: typer.Context,
    *,
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", show_default=False)],
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold",
            min=0.0,
            max=1.0,
            metavar="P",
            help="How sure an announcement must be to count; as `run` has it unless given.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Show every error, and why it was made.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="REPORT", help="Write a report with curves to this file.", show_default=False),
    ] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Measure how well articles are read whose announcements are known.

    CORPUS is a .jsonl or .toml file of labelled articles, or a folder of them.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    _say(session, corpus.name, _evaluate(session, corpus, threshold), errors=errors, html=html)


def _say(session: Session, corpus: str, found: Evaluation, *, errors: bool, html: Path | None) -> None:
    """Print what was measured, and write the report that was asked for."""
    if html is not None:
        from monitor.learning.report import render

        html.write_text(render(found, corpus=corpus, language=session.language), encoding="utf-8")
    if session.json:
        from monitor.cli.measured import shape

        session.dump(shape(corpus, found))
        return
    from monitor.cli.scores import show

    show(session, corpus, found, errors=errors)
    if html is not None:
        session.line(session.word("report_written", file=html), style="dim")


def _evaluate(session: Session, path: Path, threshold: float | None) -> Evaluation:
    from monitor.cli.jsonl import classifier
    from monitor.cli.progress import bar
    from monitor.learning.evaluate import evaluate as measure
    from monitor.learning.evaluate import read_all
    from monitor.learning.labelled import CorpusError, read_corpus

    corpus = read_corpus(path)
    if not corpus:
        raise CorpusError(f"{path}: there is no article in it")
    reader = classifier(session.config().watch)
    with bar(session, session.word("reading"), total=len(corpus)) as tick:
        reads = read_all(corpus, reader, tick)
    return measure(reads, reader, threshold=reader.floor if threshold is None else threshold)
