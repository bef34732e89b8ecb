"""`cocorico alerts preview`: what a message looks like, before anybody gets it."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang, examples
from monitor.cli.session import Session, begin

if TYPE_CHECKING:
    from monitor.alerts.context import DeliveryContext
    from monitor.alerts.render import Message
    from monitor.alerts.text import Language
    from monitor.types import Delivery


EXAMPLES = examples(
    "cocorico alerts preview",
    "cocorico alerts preview s-4c1f0e9b2a77 --as mail",
    "cocorico alerts preview s-4c1f0e9b2a77 --subscription french-originals",
    "cocorico alerts preview --form digest --lang fr --html digest.html",
)


class Shape(StrEnum):
    """Which message: the values of `Form`, and an update; repeated so that help needn't import them."""

    ALERT = "alert"
    UPDATE = "update"
    DIGEST = "digest"
    NOTICE = "notice"


class Way(StrEnum):
    """How it is shown."""

    TERMINAL = "terminal"
    MAIL = "mail"
    CHAT = "chat"


def preview(
    ctx: typer.Context,
    *,
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="Its id; without it a made-up one.", show_default=False)
    ] = None,
    subscription: Annotated[
        str | None,
        typer.Option("--subscription", metavar="NAME", help="As this one is told of the story.", show_default=False),
    ] = None,
    form: Annotated[Shape, typer.Option("--form", help="Which sort of message.")] = Shape.ALERT,
    way: Annotated[Way, typer.Option("--as", help="As a terminal, a mail program or a chat shows it.")] = Way.TERMINAL,
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="Written with this template.", show_default=False)
    ] = "",
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write the mail's HTML to this file.", show_default=False),
    ] = None,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Show a message as its reader would see it: of a story by its id, or a made-up one."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    if story is None:
        context = _made_up(session, form)
    else:
        context = _linked(session, _of_story(session, story, form, subscription))
    if lang is not None:  # else in the language of whom it tells
        context = replace(context, delivery=replace(context.delivery, language=session.language))
    _tell(session, context, _written(session, context, template), way, html)


def _written(session: Session, context: DeliveryContext, template: str) -> Message:
    """Write a message as a daemon with these settings writes it, and warn of what its template can't do."""
    from monitor import writing
    from monitor.alerts.render import render

    known = writing.templates(session.config())
    _check(template, known.names())
    language: Language = "fr" if context.delivery.language == "fr" else "en"
    message = render(context, language=language, template=template, templates=known)
    for problem in message.problems:
        session.warn(session.reason(problem))
    return message


def _tell(session: Session, context: DeliveryContext, message: Message, way: Way, html: Path | None) -> None:
    if html is not None:
        html.write_text(message.html, encoding="utf-8")
        session.note(session.word("html_written", file=html))
    if session.json:
        parts = {"subject": message.subject, "text": message.text, "html": message.html}
        session.dump({**parts, "markdown": message.markdown.whole})
    elif html is None or way is not Way.TERMINAL:
        _show(session, context, message, way)


def _made_up(session: Session, form: Shape) -> DeliveryContext:
    from monitor.alerts import examples as made_up

    make = {
        Shape.ALERT: made_up.alert,
        Shape.UPDATE: made_up.update,
        Shape.DIGEST: made_up.digest,
        Shape.NOTICE: made_up.notice,
    }[form]
    return make("preview", session.language, now=datetime.now(UTC))


def _of_story(session: Session, story: str, form: Shape, subscription: str | None) -> DeliveryContext:
    """Gather the message that told of a story, or will; where there is none, make one of what is known of it."""
    from monitor.cli.samples import of_story
    from monitor.store import Store, StoreError, archive, deliveries, stories
    from monitor.types import MonitorError
    from monitor.vocabulary import Form

    if form is Shape.NOTICE:
        raise MonitorError(f"--form {form} has no story of yours in it; leave the story out")
    with Store.open(session.config().store.url, check=False) as store, store.read() as tx:
        found = stories.get(tx, story)
        if found is None:
            raise StoreError(f"there is no story {story}; `cocorico stories list` shows those that are")
        told = [one for one in archive.messages(tx, story, subscription) if _shape(one) is form]
        if told:
            return deliveries.context(tx, told[0].id)
    if form is Shape.UPDATE or subscription:
        raise MonitorError(f"no such message tells of {story}; `cocorico alerts list` shows those that are")
    return of_story(found, language=session.language, form=Form(form.value), now=datetime.now(UTC))


def _linked(session: Session, context: DeliveryContext) -> DeliveryContext:
    """Give its stories the links that a daemon with these settings gives them."""
    from monitor import links

    settings = session.config()
    if not settings.web.enabled:
        return context
    try:
        return links.linked(context, settings.web, links.key(settings.data_dir), datetime.now(UTC))
    except (OSError, links.LinkError) as error:
        session.warn(session.reason(str(error)))
        return context


def _shape(delivery: Delivery) -> Shape:
    from monitor.vocabulary import Event, Form

    update = delivery.form is Form.ALERT and delivery.event is Event.UPDATE
    return Shape.UPDATE if update else Shape(delivery.form.value)


def _check(template: str, known: tuple[str, ...]) -> None:
    from monitor.types import MonitorError

    if template and template not in known:
        raise MonitorError(f"there is no template {template!r}; there are: {', '.join(known)}")


def _show(session: Session, context: DeliveryContext, message: Message, way: Way) -> None:
    from monitor.cli.cards import show_alert

    if way is Way.TERMINAL:
        show_alert(session, context)
    elif way is Way.MAIL:
        session.line(f"Subject: {message.subject}\nMessage-ID: {message.message_id}\nList-Id: {message.list_id}\n")
        session.line(message.text.rstrip())
    else:
        session.line(f"**{message.subject}**\n{message.markdown.whole}")
