"""The feeds' routes: `/feeds/NAME.atom`, `.rss`, `.json` and `.ics`, where NAME is a subscription, or "all"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from monitor.alerts.text import Language
from monitor.decide.conditions import conditions_of, holds
from monitor.decide.matching import Reading, subject_of
from monitor.feeds import MOST, Place, atom, calendar, feed_of, json_feed, rss
from monitor.store import Store, Tx, latest
from monitor.store.latest import Seen
from monitor.subscribing import Subscription
from monitor.types import Story
from monitor.vocabulary import Kind
from monitor.web.conditional import Ages, etag_of, is_known, validators

ALL: Final = "all"
#: Seconds for which a reader need not ask again. Private: what somebody subscribed to is nobody else's business.
_CACHE: Final = "private, max-age=60"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form of feed."""

    content_type: str
    render: Callable[[Sequence[Story], Place], bytes]
    kind: Kind | None = None  #: only stories of this kind


FORMS: Final[Mapping[str, Form]] = {
    "atom": Form(content_type=atom.CONTENT_TYPE, render=lambda stories, place: atom.render(feed_of(stories, place))),
    "rss": Form(content_type=rss.CONTENT_TYPE, render=lambda stories, place: rss.render(feed_of(stories, place))),
    "json": Form(
        content_type=json_feed.CONTENT_TYPE, render=lambda stories, place: json_feed.render(feed_of(stories, place))
    ),
    "ics": Form(content_type=calendar.CONTENT_TYPE, render=calendar.render, kind=Kind.RELEASE_DATE),
}


def router(
    *, store: Store, subscriptions: Sequence[Subscription], base: str, clock: Callable[[], datetime]
) -> APIRouter:
    """Make the routes.

    Args:
        base: where they are served, such as http://127.0.0.1:8642: feeds name their own address.
    """
    routes = APIRouter(tags=["feeds"])
    named = {subscription.name: subscription for subscription in subscriptions}
    ages = Ages()

    @routes.api_route("/feeds/{name}.{form}", methods=["GET", "HEAD"], response_class=Response)
    def feed(request: Request, name: str, form: str, lang: Language | None = None) -> Response:
        """Give a feed of what a subscription matches, or of everything, newest changes first."""
        chosen = FORMS.get(form)
        if chosen is None or (name != ALL and name not in named):
            known = ", ".join(sorted({ALL, *named}))
            raise HTTPException(404, f"no such feed: there are {known}, each as {', '.join(FORMS)}")
        subscription = None if name == ALL else named[name]
        place = _place(base, name, form, subscription, lang)
        with store.read() as tx:
            stories = _stories(tx, subscription, chosen.kind)
        body = chosen.render(stories, place)
        return _answer(request, body, chosen.content_type, document=place.address, ages=ages, now=clock())

    return routes


def _place(base: str, name: str, form: str, subscription: Subscription | None, lang: Language | None) -> Place:
    own: Language = "en" if subscription is not None and subscription.language == "en" else "fr"
    home = base.rstrip("/")
    asked = f"?lang={lang}" if lang else ""
    return Place(name=name, address=f"{home}/feeds/{name}.{form}{asked}", home=f"{home}/", language=lang or own)


def _stories(tx: Tx, subscription: Subscription | None, kind: Kind | None) -> list[Story]:
    """Find the stories that changed last, of those that a subscription matches: at most as many as a feed has."""
    found: list[Story] = []
    for page in latest.latest(tx, kind=kind):
        found += page if subscription is None else _wanted(tx, page, subscription)
        if len(found) >= MOST:
            break
    return found[:MOST]


def _wanted(tx: Tx, stories: Sequence[Story], subscription: Subscription) -> Iterator[Story]:
    """Choose the stories that a subscription matches as one of their articles tells them."""
    told = latest.seen(tx, [story.id for story in stories])
    conditions = conditions_of(subscription.match)
    for story in stories:
        subjects = (subject_of(story, one.announcement, _reading(one)) for one in told.get(story.id, ()))
        if any(holds(conditions, subject) for subject in subjects):
            yield story


def _reading(seen: Seen) -> Reading:
    return Reading(language=seen.language, outlet=seen.outlet, source=seen.source, headline=seen.headline)


def _answer(request: Request, body: bytes, content_type: str, *, document: str, ages: Ages, now: datetime) -> Response:
    """Send a document, or say that the reader has it."""
    etag = etag_of(body)
    since = ages.since(document, etag, now=now)
    headers = {"Cache-Control": _CACHE, "X-Content-Type-Options": "nosniff", **validators(etag, since)}
    if is_known(request.headers, etag, since):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": content_type})  # the server leaves a HEAD's body out
