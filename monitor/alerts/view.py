"""One message as it is shown: its stories in order, its subject, its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from monitor.alerts.catalogue import Voice, voice
from monitor.alerts.context import DeliveryContext, StoryContext
from monitor.alerts.notices import NoticeView, notice_view
from monitor.alerts.reason import reason
from monitor.alerts.story import StoryView, brief, story_view
from monitor.alerts.text import COLON, Language
from monitor.vocabulary import Event, Form, Kind, Status

#: Stories of an alert told with their sentence; of a longer roundup the others are told by their fact.
_MOST_IN_FULL = 12
#: As many as fit into a mail that big clients show whole, or a few more (`render` looks).
_MOST_STORIES = 60
_KINDS, _STATUSES = tuple(Kind), tuple(Status)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Stories of a digest that belong together."""

    name: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One message as it is shown."""

    language: Language
    form: str  #: "alert", "digest" or "notice"
    update: bool
    subject: str  #: all of it, without the cock
    dated: bool  #: whether its stories need a date each: not when a digest is of one day
    heading: str  #: of a digest: its subject without "Cocorico"
    more: str  #: " +4": stories that the subject does not name
    stories: tuple[StoryView, ...]  #: in the order they are told; none in a notice
    groups: tuple[Group, ...]  #: the stories of a digest
    left_out: int  #: stories beyond those that are told
    notice: NoticeView | None
    reason: str


def build(context: DeliveryContext, language: Language, *, most: int | None = None) -> View:
    """Turn a delivery's context into what is shown; `most` is how many stories, when not as many as is usual."""
    digest = context.form is Form.DIGEST
    most = most or _MOST_STORIES
    order = sorted(context.stories, key=_place) if digest else context.stories
    stories = tuple(story_view(told, language, context.zone) for told in order[:most])
    if not digest:
        told = _each_sentence_once(stories)
        stories = (*told[:_MOST_IN_FULL], *(brief(one) for one in told[_MOST_IN_FULL:]))
    notice = notice_view(context.notice, language, context.zone) if context.notice else None
    return View(
        language=language,
        form=context.form.value,
        update=_is_update(context),
        subject=notice.line if notice else _subject(context, stories[0], voice(language)),
        dated=context.days is None or context.days[0] != context.days[1],
        heading=_heading(context, voice(language)) if digest else "",
        more=f" +{len(context.stories) - 1}" if not digest and len(context.stories) > 1 else "",
        stories=stories,
        groups=_groups(stories) if digest else (),
        left_out=max(0, len(context.stories) - most),
        notice=notice,
        reason=reason(context, language),
    )


def _each_sentence_once(stories: tuple[StoryView, ...]) -> tuple[StoryView, ...]:
    """One sentence of an article may tell a whole slate; nine times it would be noise."""
    first = {one.quote: one for one in reversed(stories)}
    return tuple(one if first[one.quote] is one else replace(one, quote="") for one in stories)


def _is_update(context: DeliveryContext) -> bool:
    return context.form is Form.ALERT and context.delivery.event is Event.UPDATE


def _place(told: StoryContext) -> tuple[bool, int, int]:
    """Where a story stands in a digest: news before updates, by kind, the certain before the rumoured."""
    story = told.story
    update = told.event is Event.UPDATE
    return update, 0 if update else _KINDS.index(story.kind), -_STATUSES.index(story.status)


def _groups(stories: tuple[StoryView, ...]) -> tuple[Group, ...]:
    return tuple(Group(name=name, stories=tuple(own)) for name, own in groupby(stories, key=lambda one: one.group))


def _subject(context: DeliveryContext, lead: StoryView, speech: Voice) -> str:
    if context.form is Form.DIGEST:
        return f"Cocorico · {_heading(context, speech)}"
    return f"{speech.say('Update')}{COLON[speech.language]} {lead.fact}" if _is_update(context) else lead.fact


def _heading(context: DeliveryContext, speech: Voice) -> str:
    """ "7 annonces du 20 novembre", "7 annonces du 14 au 20 novembre"."""
    stories, days = len(context.stories), context.days
    if days is None:
        return speech.count("{n} announcement", "{n} announcements", stories)
    first, last = days
    if first == last:
        return speech.count(
            "{n} announcement of {day}", "{n} announcements of {day}", stories, day=speech.of_year(last)
        )
    same = (first.year, first.month) == (last.year, last.month)
    return speech.count(
        "{n} announcement, {first} to {last}",
        "{n} announcements, {first} to {last}",
        stories,
        first=speech.of_year(first, month=not same),
        last=speech.of_year(last),
    )
