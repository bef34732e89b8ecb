"""`cocorico why`: why a subscription told of a story, or why it kept silent."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import begin

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.decide.why import Why
    from monitor.store import Tx
    from monitor.subscribing import Subscription

EXAMPLES = (
    "cocorico why s-4c1f0e9b2a77 french-originals",
    'cocorico why "Les Marées" french-originals',
    "cocorico why https://www.example.org/series/osmosis-saison-2 french-originals",
)


def why(
    ctx: typer.Context,
    *,
    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    subscription: Annotated[str, typer.Argument(metavar="SUBSCRIPTION", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """Tell why a subscription sent a story, or why it did not.

    STORY is an id, the address of an article, or a title. For a silence: the first condition that fails, with what
    the rule wants and what the story has; or that it came too late, waits for its hour, was told already.
    """
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor.cli import reasons
    from monitor.store import Store

    settings = session.config(sends=False)
    wanted = _subscription(settings, subscription)
    with Store.open(settings.store.url, check=False) as store, store.read() as tx:
        found = _why(tx, settings, wanted, story)
    if session.json:
        session.dump([reasons.shape(one) for one in found])
        return
    for one in found:
        reasons.show(session, one, wanted, fresh=settings.news.fresh_days)


def _subscription(settings: Config, name: str) -> Subscription:
    """Find a subscription.

    Raises:
        MonitorError: there is none of that name; the message names the nearest.
    """
    from monitor.config.check import nearest
    from monitor.types import MonitorError

    by_name = {one.name: one for one in settings.subscriptions}
    if name not in by_name:
        hint = nearest(name, by_name) or f"; there are: {', '.join(by_name)}"
        raise MonitorError(f'there is no subscription "{name}"{hint}')
    return by_name[name]


def _why(tx: Tx, settings: Config, wanted: Subscription, name: str) -> list[Why]:
    """Answer for every story that is meant.

    Raises:
        MonitorError: there is none.
    """
    from monitor import rulebooks
    from monitor.decide.trying import scenes
    from monitor.decide.why import why as answer
    from monitor.store import archive, tellings, watched
    from monitor.types import MonitorError

    known = tellings.known(tx, archive.meant(tx, name))
    if not known:
        says = f'no story is known by "{name}": give an id, an article\'s address or a title'
        raise MonitorError(f"{says}; `cocorico stories list` shows those that are")
    book = rulebooks.ready(settings, (wanted,), watched.items(tx))
    answers = []
    for one in known:
        urls = {told.telling.url for told in one.told}
        answers.append(
            answer(
                one,
                book.named(wanted.name),
                book,
                scenes([one], archive.readings(tx, urls), book.groups),
                read=archive.read_at(tx, urls),
                deliveries=archive.messages(tx, one.story.id, wanted.name),
                fresh=timedelta(days=settings.news.fresh_days),
            )
        )
    return answers
