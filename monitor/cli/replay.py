"""`cocorico replay`: what would have been alerted. Never sends."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.replay import Replay

EXAMPLES = (
    "cocorico replay article.txt page.html",
    "cocorico replay --json saved-articles/",
    "cocorico replay archive/ news-20261120.warc.gz",
)


#: More articles than these are not listed one by one, save those that announce something.
_MANY = 200


def replay(
    ctx: typer.Context,
    *,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Put saved articles through reading and deciding, and show what would have been alerted.

    Texts, pages, recorded streams (.jsonl), web archives (.warc.gz: the daemon's own or anybody's) and folders of them,
    each judged as of its publication, a page of an archive as of when it was fetched. Nothing is sent, and nothing is
    remembered.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli.jsonl import classifier
    from monitor.cli.progress import reading
    from monitor.saved import files
    from monitor.selfcheck import replay_files

    settings = session.config(sends=False)
    size = sum(file.stat().st_size for path in paths for file in files(path))
    with reading(session, session.word("replaying"), size=size) as progress:
        result = replay_files(settings, classifier(settings.watch), paths, now=datetime.now(UTC), progress=progress)
    if session.json:
        session.dump(_shape(result))
    else:
        _show(session, result)


def _shape(result: Replay) -> dict[str, object]:
    from monitor.cli import shapes

    articles = [
        {
            "path": one.path,
            "outcome": one.outcome.value,
            "reason": one.reason,
            "announcements": shapes.announcements(one.announcements),
        }
        for one in result.articles
    ]
    return {
        "articles": articles,
        "stories": [shapes.story(story) for story in result.stories],
        "alerts": [shapes.alert(alert) for alert in result.alerts],
    }


def _show(session: Session, result: Replay) -> None:
    """Show each article's outcome; of many articles, those that announce something, and how many the others are."""
    from monitor.cli.cards import outcome_style, show_alert
    from monitor.cli.tables import Rows, cell

    rows = Rows(session, session.word("article"), session.word("outcome"), session.word("reason"))
    many = len(result.articles) > _MANY
    listed = [one for one in result.articles if not many or one.announcements]
    for one in listed:
        rows.add(
            cell(one.path),
            cell(session.code("outcome", one.outcome), outcome_style(one.outcome)),
            cell(session.reason(one.reason)),
        )
    if listed:
        rows.show()
    if many:
        outcomes = Counter(one.outcome.value for one in result.articles)
        session.line(
            ", ".join(f"{session.code('outcome', outcome)} {count:,}" for outcome, count in outcomes.most_common()),
            style="dim",
        )
    session.line("")
    session.line(session.word("would_alert" if result.alerts else "no_alert"), style="bold")
    for alert in result.alerts:
        show_alert(session, alert)
    counts = {"articles": len(result.articles), "stories": len(result.stories), "alerts": len(result.alerts)}
    session.line(session.word("replayed", **counts), style="dim")
