"""`cocorico trace`: what happened to one address."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.store import Trace
    from monitor.store.values import Placed
    from monitor.types import Source
    from monitor.vocabulary import Kind

EXAMPLES = ("cocorico trace https://www.example.org/series/osmosis-saison-2",)


def trace(
    ctx: typer.Context,
    *,
    url: Annotated[str, typer.Argument(metavar="URL", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Tell what happened to an address, step by step.

    Which listing had it, when it was fetched or why not, what was read in it, which story, which messages. For an
    address that was never seen: where it would have been dropped.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from crawler import canonical_url
    from monitor.store import Store
    from monitor.store import sources as source_rows
    from monitor.store.trace import trace as read_trace

    try:
        address = canonical_url(url)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    settings = session.config(sends=False)
    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        found = read_trace(tx, address)
        added = source_rows.user_sources(tx)
    would = [] if found.entry else list(would_drop(address, (*settings.sources, *added)))
    if session.json:
        session.dump(_shape(found, would))
    else:
        _show(session, found, would)


def would_drop(url: str, sources: tuple[Source, ...]) -> Iterator[str]:
    """Say, for an address never seen, where it would have been dropped: one line a source of its site."""
    import re

    from crawler import same_site

    nearby = [source for source in sources if same_site(source.url, url)]
    if not nearby:
        yield "no source is on this site: add one with `cocorico sources add`"
    for source in nearby:
        if not source.enabled:
            yield f"{source.id}: is switched off"
        elif any(re.search(pattern, url) for pattern in source.deny):
            yield f"{source.id}: matches one of its deny patterns"
        elif source.allow and not any(re.search(pattern, url) for pattern in source.allow):
            yield f"{source.id}: matches none of its allow patterns"
        else:
            yield f"{source.id}: would be read, but its listing never had it"


def _shape(found: Trace, would: list[str]) -> dict[str, object]:
    from monitor.cli import shapes

    entry = found.entry
    return {
        "url": found.url,
        "seen": entry is not None,
        "outcome": entry.outcome.value if entry and entry.outcome else None,
        "reason": entry.reason if entry else None,
        "would_drop": would,
        "sightings": [{"source": one.source, "at": shapes.moment(one.first_at)} for one in found.sightings],
        "jobs": [
            {"kind": job.kind, "state": job.state, "attempts": job.attempts, "error": job.error} for job in found.jobs
        ],
        "title": found.article.title if found.article else None,
        "announcements": [_announcement(placed) for placed in found.announcements],
        "stories": [shapes.story(story) for story in found.stories],
        "deliveries": [shapes.delivery(delivery) for delivery in found.deliveries],
    }


def _announcement(placed: Placed) -> dict[str, object]:
    from monitor.cli import second, shapes

    item = placed.announcement
    return {**shapes.announcement(item), "story": placed.story, "second": second.answer(item.second)}


def _show(session: Session, found: Trace, would: list[str]) -> None:
    session.line(found.url, style="bold")
    if found.entry is None:
        session.line(session.word("trace.unknown"), style="yellow")
        session.line(session.label(session.word("trace.would")))
        for line in would:
            session.line(f"  {session.reason(line)}")
        return
    from monitor.cli.tables import Rows, cell

    rows = Rows(session, "", session.word("when"), session.word("what"))
    for step, at, what in _steps(session, found):
        rows.add(cell(session.word(f"trace.{step}"), "bold"), cell(at, "dim"), cell(what))
    rows.show()


def _steps(session: Session, found: Trace) -> Iterator[tuple[str, str | None, str]]:
    """Give (step, time, what happened) from the listing to the messages."""
    from monitor.alerts.phrases import fact
    from monitor.cli import second, shapes

    for sighting in found.sightings:
        yield "listed", shapes.moment(sighting.first_at), sighting.source
    for job in found.jobs:
        if job.kind == "deliver":
            continue  # the messages below say it better
        told = f"{session.label(session.code('job', job.kind))} {session.code('job', job.state)}, {job.attempts} ×" + (
            f", {session.reason(job.error)}" if job.error else ""
        )
        yield "queued", shapes.moment(job.ended_at or job.due_at), told
    if found.article is not None:
        article = found.article
        how = session.code("how", article.tier)
        length = session.word("trace.length", count=len(article.text))
        yield "fetched", shapes.moment(article.fetched_at), f"{article.title} ({length}, {how})"
    for placed in found.announcements:
        item = placed.announcement
        name = item.title or session.word("untitled")
        yield (
            "read",
            None,
            f"{session.label(_kind(session, item.kind))} {name} → {placed.story}: {item.evidence.sentence}",
        )
        if item.second is not None:
            yield "second", None, second.told(session, item, item.second)
    for story in found.stories:
        yield "story", shapes.moment(story.first_seen), f"{story.id}: {fact(story, session.language)}"
    for delivery in found.deliveries:
        state = session.code("state", delivery.state)
        told = f"{delivery.subscription} → {delivery.target}: {state} {session.reason(delivery.last_error or '')}"
        yield "delivery", shapes.moment(delivery.sent_at or delivery.created_at), told.strip()
    yield from _ends(session, found)


def _kind(session: Session, kind: Kind) -> str:
    """Say what is announced: in English as programs know it."""
    from monitor.alerts.phrases import kind_word

    return kind if session.language == "en" else kind_word(kind, session.language)


def _ends(session: Session, found: Trace) -> Iterator[tuple[str, str | None, str]]:
    """Give that an entry is held, or what became of it in the end."""
    from monitor.cli import shapes

    entry = found.entry
    why = session.reason(entry.reason or "") if entry else ""
    if entry is not None and entry.outcome is None and entry.held_at is not None:
        yield "held", shapes.moment(entry.held_at), why
    if entry is not None and entry.outcome is not None:
        yield (
            "outcome",
            shapes.moment(entry.settled_at),
            f"{session.label(session.code('outcome', entry.outcome))} {why}",
        )
