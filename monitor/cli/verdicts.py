"""`cocorico verdicts`: right or wrong, what was said so far, and what can be learnt from it."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.lessons import lessons
from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.decide.verdicts import Precision
    from monitor.judgement import Judgement
    from monitor.store import Store

app = typer.Typer(
    help="Say what was right and what was wrong, and use it.",
    no_args_is_help=True,
    epilog=examples("cocorico verdicts add s-4c1f0e9b2a77 right", "cocorico verdicts precision"),
)


class Says(StrEnum):
    """The values of `Verdict`, repeated so that help needn't import them."""

    RIGHT = "right"
    WRONG = "wrong"
    TITLE = "title"
    SEASON = "season"
    DUPLICATE = "duplicate"


@app.command(
    epilog=examples(
        "cocorico verdicts add s-4c1f0e9b2a77 wrong",
        'cocorico verdicts add s-4c1f0e9b2a77 title "La Digue des fous"',
        "cocorico verdicts add s-4c1f0e9b2a77 season 3",
        "cocorico verdicts add s-4c1f0e9b2a77 duplicate s-90aa71c3d5e2",
    )
)
def add(
    ctx: typer.Context,
    *,
    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    verdict: Annotated[Says, typer.Argument(metavar="VERDICT", show_default=False)],
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", show_default=False)] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Say that a story is right, or wrong, or has the wrong title or season, or repeats another one.

    VERDICT is right, wrong, title, season or duplicate; VALUE is the right title, the right season, or the other story.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import buyers, heeding, rulebooks
    from monitor.data import folder
    from monitor.judgement import Verdict, Via
    from monitor.store import Store, watched

    settings = session.config(sends=False)
    with Store.open(settings.store.url, check=False) as store:
        with store.write() as tx:
            heeding.judge(
                tx,
                story,
                Verdict(verdict.value),
                value,
                groups=buyers.load(folder("config")),
                subscriptions=settings.subscriptions,
                book=rulebooks.ready(settings, settings.subscriptions, watched.items(tx)),
                now=datetime.now(UTC),
                via=Via.CLI,
            )
        _show_story(session, store, story)


@app.command(epilog=examples("cocorico verdicts undo s-4c1f0e9b2a77"))
def undo(
    ctx: typer.Context,
    *,
    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Take back the last thing that was said of a story."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import buyers, heeding, rulebooks
    from monitor.data import folder
    from monitor.store import Store, StoreError, watched

    settings = session.config(sends=False)
    groups, wanted = buyers.load(folder("config")), settings.subscriptions
    with Store.open(settings.store.url, check=False) as store:
        with store.write() as tx:
            book, now = rulebooks.ready(settings, wanted, watched.items(tx)), datetime.now(UTC)
            if heeding.undo(tx, story, groups=groups, subscriptions=wanted, book=book, now=now) is None:
                raise StoreError(f"nothing that stands was said of {story}; `cocorico verdicts list` shows what was")
        _show_story(session, store, story)


def _show_story(session: Session, store: Store, story_id: str) -> None:
    """Say how a story stands now."""
    from monitor.alerts.phrases import fact
    from monitor.cli import shapes
    from monitor.store import stories

    with store.read() as tx:
        story = stories.get(tx, story_id)
    if story is None:
        return
    if session.json:
        session.dump({**shapes.story(story), "retracted": story.retracted})
        return
    session.line(fact(story, session.language), style="strike dim" if story.retracted else "bold")
    session.line(session.word("verdict.gone" if story.retracted else "verdict.kept"), style="dim")


@app.command("list", epilog=examples("cocorico verdicts list", "cocorico verdicts list --limit 10 --json"))
def list_(
    ctx: typer.Context,
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, latest first.")] = 50,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List what was said, the latest first."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.alerts.phrases import fact
    from monitor.store import Store, stories, verdicts

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        found = verdicts.all(tx, limit=limit)
        named = dict.fromkeys(name for one in found for name in (one.story, *_repeated(one)))
        now = {name: stories.get(tx, name) for name in named}  # one that was merged away is what it became
        told = {name: fact(story, session.language) for name, story in now.items() if story}
    if session.json:
        session.dump([_shape(one) for one in found])
    elif found:
        _table(session, found, told)
    else:
        session.line(session.word("verdict.none"))


def _repeated(one: Judgement) -> tuple[str, ...]:
    """Give the id of the story that another one repeats, where that was said."""
    return (one.value,) if one.value and one.verdict == "duplicate" else ()


def _shape(one: Judgement) -> dict[str, object]:
    from monitor.cli import shapes

    return {
        "story": one.story,
        "verdict": one.verdict.value,
        "value": one.value,
        "at": shapes.moment(one.at),
        "via": one.via.value,
        "who": one.who,
        "kind": one.kind.value,
        "confidence": round(one.confidence, 4),
        "undone_at": shapes.moment(one.undone_at),
    }


def _table(session: Session, found: Sequence[Judgement], told: Mapping[str, str]) -> None:
    from monitor.alerts.catalogue import voice
    from monitor.cli.tables import Rows, cell, stack

    rows = Rows(session, session.word("when"), session.word("verdict"), session.word("story"))
    styles = {"right": "green", "wrong": "red"}
    moment = voice(session.language).moment
    for one in found:
        style = "strike dim" if one.undone_at else styles.get(one.verdict, "yellow")
        below = [*(told.get(name, "") for name in _repeated(one)), one.value or ""]
        if one.undone_at:
            below.append(session.word("verdict.undone", time=moment(one.undone_at)))
        rows.add(
            stack(
                session,
                cell(f"{moment(one.at)} UTC"),
                cell(": ".join(filter(None, (session.word(f"verdict.via.{one.via}"), one.who))), "dim"),
            ),
            stack(
                session,
                cell(session.word(f"verdict.{one.verdict}"), style),
                *(cell(line, "dim") for line in below if line),
            ),
            stack(session, cell(told.get(one.story, "")), cell(one.story, "dim")),
        )
    rows.show()


@app.command(epilog=examples("cocorico verdicts precision", "cocorico verdicts precision --json"))
def precision(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Tell how much of what you judged was right: by kind and month, with 95% intervals."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.decide import verdicts as rules
    from monitor.store import Store, verdicts

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        stands = [(last.kind, last.first_seen, standing) for last, standing in verdicts.standings(tx)]
    counted = rules.precision(stands)
    if session.json:
        session.dump([{"month": month, "kind": kind, **_counts(one)} for (month, kind), one in counted.items()])
    elif counted:
        _precisions(session, counted)
    else:
        session.line(session.word("verdict.none"))


def _counts(one: Precision) -> dict[str, object]:
    return {
        "judged": one.judged,
        "wrong": one.wrong,
        "corrected": one.corrected,
        "duplicates": one.duplicates,
        "precision": None if one.share is None else round(one.share, 4),
        "interval": None if one.interval is None else [round(end, 4) for end in one.interval],
    }


def _precisions(session: Session, counted: Mapping[tuple[str, str], Precision]) -> None:
    from monitor.alerts.phrases import kind_word
    from monitor.cli.tables import Rows, cell
    from monitor.vocabulary import Kind

    names = ("month", "kind", "judged", "wrong", "corrected", "duplicates", "precision", "interval")
    rows = Rows(session, *(session.word(name) for name in names), right=(2, 3, 4, 5, 6, 7))
    for (month, kind), one in sorted(counted.items(), key=lambda item: (item[0][0] or "~", item[0][1] or "~")):
        low, high = one.interval or (0.0, 0.0)
        style = "bold" if not month or not kind else ""
        rows.add(
            cell(month or session.word("all"), style),
            cell(kind_word(Kind(kind), session.language) if kind else session.word("all"), style),
            *(cell(count) for count in (one.judged, one.wrong, one.corrected, one.duplicates)),
            cell(f"{100 * (one.share or 0):.0f} %", style),
            cell(f"{100 * low:.0f}-{100 * high:.0f} %", "dim"),
        )
    rows.show()


@app.command(epilog=examples("cocorico verdicts export", "cocorico verdicts export mine.toml"))
def export(
    ctx: typer.Context,
    *,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", show_default=False)] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Write the judged articles with their labels, in the form of Cocorico's corpus (corpus/README.md).

    Without FILE, or with "-": to standard output. --json, or a name that ends in .jsonl: JSON lines. The texts are the
    outlets' own: they are for your own training, not to be passed on.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.learning import taught

    found = lessons(session)
    lines = session.json or (file is not None and file.suffix == ".jsonl")
    text = (taught.jsonl if lines else taught.toml)(found.records)
    if file is None or str(file) == "-":
        session.write(text)
    else:
        file.write_text(text, encoding="utf-8")
    for url, why in found.left_out:
        session.warn(f"{url}: {why}")
    session.note(session.word("verdict.exported", count=len(found.records)))
