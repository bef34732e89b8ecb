"""What a webhook is told: a message's facts as JSON, for programs. Pure.

`payload.schema.json` promises its keys. But for the links, which each try signs anew, a delivery's body is the same at
each try as long as its stories are.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Any, Final

from monitor.alerts.clean import safe_link
from monitor.alerts.context import DeliveryContext, StoryContext
from monitor.alerts.phrases import fact
from monitor.alerts.text import Language
from monitor.notice import Notice
from monitor.premieres import day_of
from monitor.types import Change
from monitor.vocabulary import Event, Form

#: What `event` may be.
EVENTS: Final = ("story.new", "story.updated", "digest", "notice")
_BY_EVENT: Final = {Event.NEW: "story.new", Event.UPDATE: "story.updated"}
_BY_FORM: Final = {Form.DIGEST: "digest", Form.NOTICE: "notice"}

Shape = dict[str, Any]


def event_of(context: DeliveryContext) -> str:
    """Name what happened."""
    return _BY_FORM.get(context.form) or _BY_EVENT[context.delivery.event]


def body(context: DeliveryContext) -> bytes:
    """Write a message as a JSON document in UTF-8, on one line."""
    delivery = context.delivery
    language: Language = "en" if delivery.language == "en" else "fr"
    shape = {
        "event": event_of(context),
        "id": delivery.id,
        "created_at": _time(delivery.created_at),
        "subscription": delivery.subscription,
        "subscriptions": list(context.subscriptions),
        "language": language,
        "days": [day.isoformat() for day in context.days] if context.days else None,
        "stories": [_story(told, language) for told in context.stories],
        "notice": _notice(context.notice) if context.notice else None,
    }
    # What UTF-8 can't hold is written as JSON's escape.
    return json.dumps(shape, ensure_ascii=True, separators=(",", ":")).encode()


def _story(told: StoryContext, language: Language) -> Shape:
    story, said = told.story, told.announcement
    return {
        "id": story.id,
        "event": _BY_EVENT[told.event],
        "fact": fact(story, language),
        "kind": story.kind.value,
        "title": story.title,
        "season": story.season,
        "day": out.isoformat() if (out := day_of(story)) else None,
        "final": story.final,
        "work_type": story.work_type.value,
        "platforms": list(story.platforms),
        "people": list(story.people),
        "producers": list(said.producers),
        "origin": story.origin.value,
        "status": story.status.value,
        "prominence": story.prominence.value,
        "confidence": round(story.confidence, 4),
        "first_seen": _time(story.first_seen),
        "outlets": list(story.outlets),
        "disputed": list(story.disputed),
        "changed": list(told.changed),
        "history": [_step(step) for step in story.history],
        "evidence": {"sentence": said.evidence.sentence, "cues": list(said.evidence.cues)},
        "article": {
            "title": told.article.title,
            "url": safe_link(told.article.url),
            "outlet": told.article.outlet,
            "published": _time(told.article.published),
        },
        "matched": told.matched or None,
        "links": {"right": told.links.right, "wrong": told.links.wrong} if told.links else None,
    }


def _step(step: Change) -> Shape:
    return {
        "at": _time(step.at),
        "field": step.field,
        "before": step.before,
        "after": step.after,
        "outlet": step.outlet,
        "url": safe_link(step.url),
        "quote": step.quote,
    }


def _notice(notice: Notice) -> Shape:
    facts = {field.name: getattr(notice.facts, field.name) for field in dataclasses.fields(notice.facts)}
    return {
        "id": notice.id,
        "kind": notice.kind.value,
        "severity": notice.severity.value,
        "subject": notice.subject,
        "at": _time(notice.at),
        "facts": {name: _time(fact) if isinstance(fact, datetime) else fact for name, fact in facts.items()},
    }


def _time(moment: datetime | None) -> str | None:
    """Write a UTC time as 2024-05-17T10:05:00Z."""
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
