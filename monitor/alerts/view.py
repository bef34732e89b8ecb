"""What the templates show, ready to print: every string is cleaned, every word is in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.alerts.clean import clean, safe_link
from monitor.alerts.context import DeliveryContext, StoryContext
from monitor.alerts.phrases import day, fact, headline, listed, names, quoted
from monitor.alerts.text import COLON, FIELDS, KINDS, NOUNS, QUOTES, SEASON, SEMICOLON, STATUSES, WORDS, Language
from monitor.types import Change
from monitor.vocabulary import Event, Kind, Status, WorkType

#: Stories told in full; a roundup of forty is still one short message.
_MOST_STORIES = 12
_QUOTED_CUE = re.compile(r'"(.+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryView:
    """One story as it is shown."""

    kicker: str  #: above the title: "Nouvelle série", "Mise à jour · Renouvellement · saison 2"
    deck: str  #: below a minor story's title: "Renouvellement · saison 2 · OCS et AMC"
    headline: str  #: the title in quotes, or what an untitled project has
    fact: str  #: the whole fact in one line
    facts: tuple[tuple[str, str], ...]  #: label and value
    summary: str  #: the facts without labels, on one line
    status: str  #: in words
    tone: str  #: the status as a style name
    quote: str  #: the evidence, in quotation marks
    others: str  #: outlets that have it too
    changes: tuple[str, ...]  #: "Certitude : rumeur → confirmé"


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One message as it is shown."""

    language: Language
    update: bool
    stories: tuple[StoryView, ...]
    left_out: int  #: stories beyond the most that are told
    article: str
    outlet: str
    date: str
    link: str | None
    reason: str


def build(context: DeliveryContext, language: Language) -> View:
    """Turn a delivery's context into what is shown."""
    article = context.stories[0].article
    return View(
        language=language,
        update=context.delivery.event is Event.UPDATE,
        stories=tuple(_story(told, language) for told in context.stories[:_MOST_STORIES]),
        left_out=max(0, len(context.stories) - _MOST_STORIES),
        article=clean(article.title, limit=200),
        outlet=clean(article.outlet, limit=60),
        date=day(article.published, language) if article.published else "",
        link=safe_link(article.url),
        reason=_reason(context, language),
    )


def _story(told: StoryContext, language: Language) -> StoryView:
    sentence = clean(told.announcement.evidence.sentence, limit=420)
    places = listed(names(told.story.platforms), language) if told.story.title else ""
    others = names(tuple(name for name in told.story.outlets if name != told.article.outlet), most=5)
    return StoryView(
        kicker=_kicker(told, language),
        deck=" · ".join(part for part in (_kicker(told, language), places) if part),
        headline=headline(told.story, language),
        fact=fact(told.story, language),
        facts=_facts(told, language),
        summary=_summary(told, language),
        status=STATUSES[language][told.story.status],
        tone=told.story.status.value,
        quote=_quote(sentence, language) if sentence else "",
        others=listed(others, language),
        changes=_changes(told, language) if told.event is Event.UPDATE else (),
    )


def _quote(sentence: str, language: Language) -> str:
    """In quotation marks, unless it brings its own somewhere inside."""
    bare = sentence.strip('«»“”" \u00a0')
    return sentence if any(mark in bare for mark in '«»“”"') else QUOTES[language].format(bare)


def _kicker(told: StoryContext, language: Language) -> str:
    kind = KINDS[language][told.story.kind]
    if told.story.kind is Kind.NEW_ORIGINAL:
        kind = " ".join(NOUNS[language][told.story.work_type][1].replace("{}", "").split())
    update = (WORDS[language]["update"],) if told.event is Event.UPDATE else ()
    return " · ".join([*update, kind, *_season(told, language)])


def _season(told: StoryContext, language: Language) -> tuple[str, ...]:
    season = told.story.season
    return (SEASON[language]["bare"].format(season),) if season is not None else ()


def _summary(told: StoryContext, language: Language) -> str:
    story = told.story
    noun = NOUNS[language][story.work_type][0] if story.work_type is not WorkType.UNKNOWN else ""
    known = (listed(names(story.platforms), language), listed(names(story.people), language)) if story.title else ()
    parts = (noun, *_season(told, language), *known, STATUSES[language][story.status])
    return " · ".join(part for part in parts if part)


def _facts(told: StoryContext, language: Language) -> tuple[tuple[str, str], ...]:
    words, story = WORDS[language], told.story
    season = str(story.season) if story.season is not None else ""
    places = names(story.platforms, most=6)
    noun = NOUNS[language][story.work_type][0] if story.work_type is not WorkType.UNKNOWN else ""
    rows = (
        (words["type"], noun),
        (words["season"], words["last_season"].format(season) if season and story.final else season),
        (words["platforms"] if len(places) > 1 else words["platform"], listed(places, language)),
        (words["people"], listed(names(story.people), language)),
        (words["producers"], listed(names(told.announcement.producers), language)),
        (words["certainty"], STATUSES[language][story.status]),
    )
    return tuple((label, value) for label, value in rows if value)


def _changes(told: StoryContext, language: Language) -> tuple[str, ...]:
    lines = []
    for field in told.changed:
        steps = [change for change in told.story.history if change.field == field]
        here = [change for change in steps if change.url == told.article.url] or steps
        if field in FIELDS[language] and here:
            lines.append(f"{FIELDS[language][field]}{COLON[language]} {_step(here[-1], language)}")
    return tuple(lines)


def _step(change: Change, language: Language) -> str:
    before, after = (_value(change.field, value, language) for value in (change.before, change.after))
    return f"{before} → {after}" if before else after


def _value(field: str, value: str | None, language: Language) -> str:
    if not value:
        return ""
    known = {"status": _by_value(STATUSES[language]), "kind": _by_value(KINDS[language])}.get(field, {})
    return quoted(value, language) if field == "title" else known.get(value, clean(value, limit=80))


def _by_value(words: Mapping[Status, str] | Mapping[Kind, str]) -> dict[str, str]:
    return {key.value: word for key, word in words.items()}


def _reason(context: DeliveryContext, language: Language) -> str:
    words = WORDS[language]
    cues = []
    for cue in context.stories[0].announcement.evidence.cues[:4]:
        found = _QUOTED_CUE.search(cue)
        cues.append(quoted(found.group(1) if found else cue, language))
    why = f"{words['why']} {quoted(context.delivery.subscription, language)}"
    found_by = f"{SEMICOLON[language]} {words['cues']}{COLON[language]} {', '.join(cues)}" if cues else ""
    return f"{why}{found_by}."
