"""`cocorico alerts`: the messages that were owed, and trying them out."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from monitor.cli import preview
from monitor.cli.options import ConfigFile, Data, Json, Lang, State, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.types import Delivery

app = typer.Typer(
    help="List, retry, try out and preview messages.",
    no_args_is_help=True,
    epilog=examples("cocorico alerts list", "cocorico alerts test terminal", "cocorico alerts preview --form digest"),
)


@app.command("list", epilog=examples("cocorico alerts list", "cocorico alerts list --state dead --json"))
def list_(
    ctx: typer.Context,
    *,
    state: Annotated[State | None, typer.Option("--state", help="Only these.", show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most so many, newest first.")] = 50,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List messages: held for their hour, owed, sent, gathered into another one, or dead after their last try."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import shapes
    from monitor.store import Store, deliveries
    from monitor.vocabulary import DeliveryState

    wanted = DeliveryState(state.value) if state else None
    with Store.open(session.config().store.url, check=False) as store, store.read() as tx:
        found = deliveries.listing(tx, state=wanted, limit=limit)
    if session.json:
        session.dump([shapes.delivery(delivery) for delivery in found])
    elif found:
        _table(session, found)
    else:
        session.line(session.word(f"none.{wanted}" if wanted else "no_alerts"))


def _table(session: Session, found: list[Delivery]) -> None:
    from monitor.cli import shapes
    from monitor.cli.tables import Rows, cell, stack

    rows = Rows(session, session.word("id"), session.word("state"), session.word("article"))
    zones = {subscription.name: subscription.zone for subscription in session.config().subscriptions}
    styles = {"held": "cyan", "owed": "yellow", "sent": "green", "gathered": "dim", "dead": "red"}
    for delivery in found:
        rows.add(
            stack(session, cell(delivery.id), cell(shapes.moment(delivery.sent_at or delivery.created_at), "dim")),
            stack(session, cell(session.code("state", delivery.state), styles[delivery.state]), cell(delivery.target)),
            stack(session, *_about(session, delivery, zones.get(delivery.subscription, "UTC"))),
        )
    rows.show()


def _about(session: Session, delivery: Delivery, zone: str) -> Iterator[Text]:
    """Say what a message is about, what it waits for, in its subscription's zone, and what went wrong with it."""
    from zoneinfo import ZoneInfo

    from monitor.cli.tables import cell

    yield cell(delivery.article_url or session.word(f"form.{delivery.form}"))
    if delivery.stories:
        yield cell(f"{session.label(session.code('event', delivery.event))} {', '.join(delivery.stories)}", "dim")
    if delivery.state == "held":
        why = session.word(f"timing.{delivery.timing}")
        hour = f"{delivery.next_try_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
        yield cell(session.word("held_until", time=hour, why=why), "cyan")
    if delivery.gathered_in:
        yield cell(session.word("told_by", message=delivery.gathered_in), "dim")
    if delivery.last_error:
        yield cell(f"{session.reason(delivery.last_error)} (× {delivery.attempts})", "red")


@app.command(epilog=examples("cocorico alerts retry", "cocorico alerts retry d-3f9a0c21b7"))
def retry(
    ctx: typer.Context,
    *,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", show_default=False)] = None,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Owe dead messages again: those named, or all. The daemon sends them."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import queue
    from monitor.queue import JobKind
    from monitor.store import Store, StoreError, deliveries
    from monitor.vocabulary import DeliveryState

    now = datetime.now(UTC)
    with Store.open(session.config().store.url, check=False) as store, store.write() as tx:
        dead = deliveries.listing(tx, state=DeliveryState.DEAD, limit=100_000)
        names = ids or [delivery.id for delivery in dead]
        for name in names:
            if not deliveries.retry(tx, name, now):
                raise StoreError(f"{name} is no dead message; `cocorico alerts list --state dead` lists them")
            queue.revive(tx, kind=JobKind.DELIVER, key=name, due_at=now)
    session.line(session.word("retried", count=len(names)))


@app.command(epilog=examples("cocorico alerts test terminal", "cocorico alerts test phone"))
def test(
    ctx: typer.Context,
    *,
    target: Annotated[str, typer.Argument(metavar="TARGET", show_default=False)],
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Send a made-up message to a target, now."""
    session = begin(ctx, data=data, config=config, lang=lang)
    from monitor import log, sending, writing
    from monitor.alerts import examples as made_up
    from monitor.cli.cards import show_alert
    from monitor.config import ConfigError
    from monitor.types import MonitorError

    settings = session.config()
    targets = {one.name: one for one in settings.targets}
    if target not in targets:
        raise ConfigError((f'there is no target "{target}"; configured are: {", ".join(sorted(targets))}',))
    now = datetime.now(UTC)
    context = made_up.trial(target, session.language, now=now)
    if targets[target].kind == "terminal":
        show_alert(session, context)
        return
    log.setup(settings.log, stream=sys.stderr, run_id="test", secrets=settings.secrets())
    writer = writing.Writer(settings, log.event)
    sent = sending.send(context, targets[target], timeout=settings.delivery.timeout, now=now, write=writer.write)
    if sent.result != "sent":
        raise MonitorError(f"{target}: {sent.result}: {sent.detail}")
    session.line(session.word("test_sent", target=target, detail=sent.detail), style="green")


app.command(epilog=preview.EXAMPLES)(preview.preview)
