"""`cocorico stories`: what was announced, its whole life, and the corrections of a person who knows better."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.types import Story

app = typer.Typer(
    help="List stories, show their lives, merge two that are one, split what is no part of one.",
    no_args_is_help=True,
    epilog=examples("cocorico stories list", "cocorico stories show s-4c1f0e9b2a77"),
)


class KindAsked(StrEnum):
    """What is announced: the values of `Kind`, repeated so that help needn't import them."""

    NEW_ORIGINAL = "new_original"
    RENEWAL = "renewal"
    CANCELLATION = "cancellation"
    ACQUISITION = "acquisition"
    RELEASE_DATE = "release_date"


@app.command("list", epilog=examples("cocorico stories list", "cocorico stories list --kind renewal --days 7 --json"))
def list_(
    ctx: typer.Context,
    *,
    kind: Annotated[KindAsked | None, typer.Option("--kind", help="Only these.", show_default=False)] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, metavar="N", help="Only of the last N days.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, newest first.")] = 50,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List stories: what was announced, since when, and by how many."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import lives, shapes
    from monitor.store import Store, works
    from monitor.vocabulary import Kind

    since = datetime.now(UTC) - timedelta(days=days) if days else None
    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        found = works.newest(tx, kind=Kind(kind.value) if kind else None, since=since, limit=limit)
    if session.json:
        session.dump([{**shapes.story(story), "retracted": story.retracted} for story in found])
    elif found:
        lives.show_all(session, found)
    else:
        session.line(session.word("no_stories"))


@app.command(epilog=examples("cocorico stories show s-4c1f0e9b2a77", "cocorico stories show s-4c1f0e9b2a77 --json"))
def show(
    ctx: typer.Context,
    *,
    story: Annotated[str, typer.Argument(metavar="ID", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Tell a story's whole life: every step with its date, outlet and sentence, its articles, and who heard of it."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import lives
    from monitor.store import Store, StoreError, works

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        life = works.life(tx, story)
    if life is None:
        raise StoreError(f"there is no story {story}; `cocorico stories list` shows those that are")
    if session.json:
        session.dump(lives.shape(life))
    else:
        lives.show(session, life)


@app.command(epilog=examples("cocorico stories merge s-4c1f0e9b2a77 s-0d1e2f3a4b5c"))
def merge(
    ctx: typer.Context,
    *,
    keep: Annotated[str, typer.Argument(metavar="A", show_default=False)],
    gone: Annotated[str, typer.Argument(metavar="B", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Make two stories one, for ever: A, with what was told of B. Nobody is alerted.

    Remembered: articles that tell of either are of the one story from now on. `cocorico stories split` takes an article
    out again, into a story of its own.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.store import Store, ties

    now = datetime.now(UTC)
    with Store.open(session.config(sends=False).store.url, check=False) as store, store.write() as tx:
        merged = ties.merge(tx, keep, gone, now=now, groups=_groups())
    _tell(session, merged, "merged", gone)


@app.command(epilog=examples("cocorico stories split s-4c1f0e9b2a77 https://www.example.org/series/osmosis-saison-2"))
def split(
    ctx: typer.Context,
    *,
    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Take an article out of a story, for ever: what it tells becomes a story of its own. Nobody is alerted.

    Remembered: the two never fall together again. `cocorico stories merge` undoes it. A story that was
    merged away has its id back when the article that had opened it is split off; any other gets a new id.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.store import Store, ties

    now = datetime.now(UTC)
    with Store.open(session.config(sends=False).store.url, check=False) as store, store.write() as tx:
        opened = ties.split(tx, story, url, now=now, groups=_groups())
    _tell(session, opened, "split_off", story)


def _groups() -> Mapping[str, str]:
    from monitor import buyers
    from monitor.data import folder

    return buyers.load(folder("config"))


def _tell(session: Session, story: Story, done: str, other: str) -> None:
    from monitor.alerts.phrases import fact
    from monitor.cli import shapes

    if session.json:
        session.dump(shapes.story(story))
    else:
        session.line(session.word(done, id=story.id, other=other), style="green")
        session.line(fact(story, session.language))
