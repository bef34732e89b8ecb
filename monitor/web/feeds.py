"""The feeds' routes: `/feeds/NAME.atom`, `.rss`, `.json` and `.ics`, where NAME is a subscription, or "all"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, Request, Response

from monitor.alerts.text import Language
from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rulebook
from monitor.feeds import MOST, Place, atom, calendar, feed_of, json_feed, rss
from monitor.feeds.addresses import ALL, address, is_key
from monitor.feeds.steps import Read
from monitor.secret import Secret
from monitor.store import Store, Tx, latest
from monitor.store.latest import Seen
from monitor.subscribing import Subscription
from monitor.types import Story
from monitor.vocabulary import Kind
from monitor.web.conditional import Ages, etag_of, is_known, validators

#: Seconds for which a reader need not ask again. Private: what somebody subscribed to is nobody else's business.
_CACHE: Final = "private, max-age=60"

_Key = Annotated[str, Query(alias="key", max_length=64)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form of feed."""

    content_type: str
    render: Callable[[Sequence[Story], Place, Read], bytes]
    kinds: tuple[Kind, ...] = ()  #: only stories of these kinds, the first ones first; () for all
    shows: Callable[[Story], object] = lambda _story: True  #: leaves out what this form has no use for


#: Makes a subscription ready to be asked, as things stand in the store.
Ready = Callable[[Tx, Subscription], Rulebook]
FORMS: Final[Mapping[str, Form]] = {
    "atom": Form(content_type=atom.CONTENT_TYPE, render=lambda *what: atom.render(feed_of(*what))),
    "rss": Form(content_type=rss.CONTENT_TYPE, render=lambda *what: rss.render(feed_of(*what))),
    "json": Form(content_type=json_feed.CONTENT_TYPE, render=lambda *what: json_feed.render(feed_of(*what))),
    "ics": Form(
        content_type=calendar.CONTENT_TYPE, render=calendar.render, kinds=calendar.KINDS, shows=calendar.dated_of
    ),
}


def router(
    *,
    store: Store,
    subscriptions: Sequence[Subscription],
    base: str,
    clock: Callable[[], datetime],
    key: Secret | None = None,
    ready: Ready = lambda _tx, subscription: Rulebook([subscription]),
) -> APIRouter:
    """Make the routes.

    Args:
        base: where they are served, such as http://127.0.0.1:8642: feeds name their own address.
        key: what each feed's own key is made from; None where only this machine can ask.
        ready: makes a subscription ready, with the other names of works and the watchlist.
    """
    routes = APIRouter(tags=["feeds"])
    named = {subscription.name: subscription for subscription in subscriptions if not subscription.operations}
    ages = Ages()

    @routes.api_route("/feeds/{name}.{form}", methods=["GET", "HEAD"], response_class=Response)
    def feed(request: Request, name: str, form: str, lang: Language | None = None, given: _Key = "") -> Response:
        """Give a feed of what a subscription matches, or of everything, newest changes first."""
        chosen = FORMS.get(form)
        right = key is None or is_key(key.reveal(), name, given)
        if chosen is None or not right or (name != ALL and name not in named):
            raise HTTPException(404, "no such feed: `cocorico feeds` prints the addresses of those there are")
        subscription = named.get(name) if name != ALL else None
        shown_at = address(base, name, form, key=given if key else "", lang=lang or "")
        language = lang or _language(subscription)
        place = Place(name=name, address=shown_at, home=f"{base.rstrip('/')}/", language=language)
        with store.read() as tx:
            stories = _stories(tx, ready(tx, subscription) if subscription else None, chosen)
            read = latest.read_at(tx, stories)
        body = chosen.render(stories, place, read)
        return _answer(request, body, chosen.content_type, document=place.address, ages=ages, now=clock())

    return routes


def _language(subscription: Subscription | None) -> Language:
    return "en" if subscription is not None and subscription.language == "en" else "fr"


def _stories(tx: Tx, rules: Rulebook | None, form: Form) -> list[Story]:
    """Find the stories that changed last, of those that a subscription matches: at most as many as a feed has."""
    found: list[Story] = []
    for page in _pages(tx, form.kinds):
        shown = [story for story in page if form.shows(story)]
        found += shown if rules is None else _wanted(tx, shown, rules)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _pages(tx: Tx, kinds: Sequence[Kind]) -> Iterator[list[Story]]:
    if not kinds:
        yield from latest.latest(tx)
    for kind in kinds:
        yield from latest.youngest(tx, kind)


def _wanted(tx: Tx, stories: Sequence[Story], rules: Rulebook) -> Iterator[Story]:
    """Choose the stories that a subscription matches as one of their articles tells them."""
    told = latest.seen(tx, [story.id for story in stories])
    for story in stories:
        subjects = (rules.subject(story, one.announcement, _reading(one)) for one in told.get(story.id, ()))
        if any(rules.wanting(subject) for subject in subjects):
            yield story


def _reading(seen: Seen) -> Reading:
    return Reading(
        language=seen.language,
        outlet=seen.outlet,
        source=seen.source,
        headline=seen.headline,
        lead=seen.lead,
        titles=seen.titles,
    )


def _answer(request: Request, body: bytes, content_type: str, *, document: str, ages: Ages, now: datetime) -> Response:
    """Send a document, or say that the reader has it."""
    etag = etag_of(body)
    since = ages.since(document, etag, now=now)
    headers = {"Cache-Control": _CACHE, "X-Content-Type-Options": "nosniff", **validators(etag, since)}
    if is_known(request.headers, etag, since):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": content_type})  # the server leaves a HEAD's body out
