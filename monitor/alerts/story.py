"""One story as a message shows it: every string is cleaned, every word is in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.alerts.catalogue import Voice, voice
from monitor.alerts.clean import clean, safe_link
from monitor.alerts.context import StoryContext
from monitor.alerts.phrases import (
    fact,
    having,
    headline,
    kind_word,
    names,
    new_noun,
    noun,
    premiere,
    quoted,
    season_name,
    status_word,
)
from monitor.alerts.reason import met
from monitor.alerts.text import COLON, FIELDS, GROUPS, KINDS, QUOTES, STATUSES, TURNS, UPDATES, Language
from monitor.types import Change
from monitor.vocabulary import Event, Kind, Status, WorkType

#: A word is no longer than this: "xxxx…" without end would push a mail's table wider than any screen.
_LONGEST_WORD = 40
#: A turn looks like the certainty that has its colour.
_TURNED = {"cancelled": Status.DENIED, "rescued": Status.CONFIRMED}


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryView:
    """One story as it is shown."""

    group: str  #: what it stands under in a digest: "Renouvellements"
    kicker: str  #: above the title: "Nouvelle série", "Mise à jour · Renouvellement · saison 2"
    deck: str  #: below a minor story's title: "Renouvellement · saison 2 · OCS et AMC"
    brief: str  #: below its title in a group of its kind: "série · saison 2 · OCS et AMC"
    headline: str  #: the title in quotes, or what an untitled project has
    fact: str  #: the whole fact in one line
    bare: str  #: the same without its platforms
    facts: tuple[tuple[str, str], ...]  #: label and value
    summary: str  #: the facts without labels, on one line
    status: str  #: in words
    tone: str  #: the status as a style name
    quote: str  #: the evidence, in quotation marks
    others: str  #: outlets that have it too
    changes: tuple[str, ...]  #: "Certitude : rumeur → confirmé"
    disputes: tuple[str, ...]  #: "Saison : 2 (BFMTV), 3 (Le Film Hebdo)"
    article: str  #: its title
    outlet: str
    date: str
    link: str | None  #: None: the article's address is not safe to click
    right: str | None  #: where to say that it is right; None without such a page
    wrong: str | None
    why: str  #: what of the subscription it met, and by which words it was found


def story_view(told: StoryContext, language: Language, zone: str) -> StoryView:
    """Turn one story into what is shown."""
    speech, story, article = voice(language), told.story, told.article
    sentence = clean(told.announcement.evidence.sentence, limit=420, word=_LONGEST_WORD)
    update = told.event is Event.UPDATE
    turn = turn_of(told)
    return StoryView(
        group=speech.say(UPDATES if update else GROUPS[story.kind]),
        kicker=_kicker(told, speech),
        deck=_deck(told, speech),
        brief=_deck(told, speech, update=False) if update else _summary(told, speech).rpartition(" · ")[0],
        headline=headline(story, language),
        fact=fact(story, language, turn),
        bare=fact(replace(story, platforms=()), language, turn),
        facts=_facts(told, speech),
        summary=_summary(told, speech),
        status=_certainty(told, speech),
        tone=_TURNED.get(turn, story.status).value,
        quote=_quote(sentence, language) if sentence else "",
        others=_others(told, speech),
        changes=_changes(told, speech) if update else (),
        disputes=_disputes(told, speech),
        article=clean(article.title, limit=200, word=_LONGEST_WORD),
        outlet=clean(article.outlet, limit=60),
        date=speech.day(article.published, zone) if article.published else "",
        link=safe_link(article.url),
        right=safe_link(told.links.right) if told.links else None,
        wrong=safe_link(told.links.wrong) if told.links else None,
        why=met(told, speech),
    )


def brief(story: StoryView) -> StoryView:
    """Keep of a story its fact, what changed, and its links."""
    return replace(story, quote="", others="", why="", facts=())


def turn_of(told: StoryContext) -> str:
    """What another story of the work has made of this one, "cancelled" or "rescued"; empty when nothing has."""
    turns = [field for field in told.changed if field in TURNS]
    return turns[-1] if turns and told.event is Event.UPDATE else ""


def _certainty(told: StoryContext, speech: Voice) -> str:
    turn = turn_of(told)
    return speech.say(FIELDS[turn]).lower() if turn else status_word(told.story.status, speech.language)


def _quote(sentence: str, language: Language) -> str:
    """In quotation marks, unless it brings its own somewhere inside."""
    bare = sentence.strip('«»“”" \u00a0')
    return sentence if any(mark in bare for mark in '«»“”"') else QUOTES[language].format(bare)


def _kicker(told: StoryContext, speech: Voice, *, update: bool = True) -> str:
    story = told.story
    kind = kind_word(story.kind, speech.language)
    if story.kind is Kind.NEW_ORIGINAL:
        kind = new_noun(story.work_type, speech.language)
    first = (speech.say("Update"),) if update and told.event is Event.UPDATE else ()
    return " · ".join([*first, kind, *_season(told, speech)])


def _deck(told: StoryContext, speech: Voice, *, update: bool = True) -> str:
    places = speech.listed(names(told.story.platforms)) if told.story.title else ""
    return " · ".join(part for part in (_kicker(told, speech, update=update), places) if part)


def _season(told: StoryContext, speech: Voice) -> tuple[str, ...]:
    season = told.story.season
    return (season_name(season, speech.language),) if season is not None else ()


def _summary(told: StoryContext, speech: Voice) -> str:
    story = told.story
    kind = noun(story.work_type, speech.language) if story.work_type is not WorkType.UNKNOWN else ""
    who = names((*story.people, *_stars(told)))
    known = (speech.listed(names(story.platforms)), speech.listed(who)) if story.title else ()
    parts = (kind, *_season(told, speech), _premiere(told, speech), *known, _certainty(told, speech))
    return " · ".join(part for part in parts if part)


def _facts(told: StoryContext, speech: Voice) -> tuple[tuple[str, str], ...]:
    story = told.story
    places, makers = names(story.platforms, most=6), names(told.announcement.producers)
    rows = (
        (speech.say("Type"), noun(story.work_type, speech.language) if story.work_type is not WorkType.UNKNOWN else ""),
        (speech.say("Season"), _season_fact(told, speech)),
        (speech.say("Platforms") if len(places) > 1 else speech.say("Platform"), speech.listed(places)),
        (speech.say_in("label", "Out on"), _premiere(told, speech)),
        (speech.say_in("label", "By"), speech.listed(names(story.people))),
        (speech.say_in("label", "With"), speech.listed(names(_stars(told)))),
        (speech.say("Producers") if len(makers) > 1 else speech.say("Producer"), speech.listed(makers)),
        (speech.say("Certainty"), _certainty(told, speech)),
    )
    return tuple((label, value) for label, value in rows if value)


def _stars(told: StoryContext) -> tuple[str, ...]:
    """Who plays in it, as far as they are not among those who make it."""
    return tuple(name for name in told.announcement.stars if name not in told.story.people)


def _premiere(told: StoryContext, speech: Voice) -> str:
    return premiere(told.story, speech.language, beside=told.article.out)


def _season_fact(told: StoryContext, speech: Voice) -> str:
    season = told.story.season
    if season is None:
        return ""
    return speech.say("{season}, its last", season=season) if told.story.final else str(season)


def _others(told: StoryContext, speech: Voice) -> str:
    """Outlets that have it too: five by name, the rest counted."""
    rest = names(tuple(name for name in having(told.story) if name != told.article.outlet), most=1000)
    shown = list(rest[:5])
    if len(rest) > len(shown):
        shown.append(speech.count("{n} other", "{n} others", len(rest) - len(shown)))
    return speech.listed(shown)


def _changes(told: StoryContext, speech: Voice) -> tuple[str, ...]:
    lines = []
    for field in told.changed:
        steps = [change for change in told.story.history if change.field == field]
        here = [change for change in steps if change.url == told.article.url] or steps
        if field in FIELDS and here:
            step = _step(here[-1], speech)
            lines.append(speech.say(FIELDS[field]) + (f"{COLON[speech.language]} {step}" if step else ""))
    return tuple(lines)


def _step(change: Change, speech: Voice) -> str:
    before, after = (_value(change.field, value, speech) for value in (change.before, change.after))
    return f"{before} → {after}" if before else after


def _disputes(told: StoryContext, speech: Voice) -> tuple[str, ...]:
    fields = dict.fromkeys(claim.field for claim in told.claims if claim.field in FIELDS)
    lines = []
    for field in fields:
        said = [
            f"{_value(field, claim.value, speech)} ({clean(claim.outlet, limit=40)})"
            for claim in told.claims
            if claim.field == field
        ]
        lines.append(f"{speech.say(FIELDS[field])}{COLON[speech.language]} {', '.join(said[:4])}")
    return tuple(lines)


def _value(field: str, value: str | None, speech: Voice) -> str:
    if not value:
        return ""
    if field == "date":
        return speech.dated(value)
    known: Mapping[str, Mapping[str, str]] = {"status": _by_value(STATUSES), "kind": _by_value(KINDS)}
    word = known.get(field, {}).get(value)
    if word is not None:
        return speech.say(word)
    return quoted(value, speech.language) if field == "title" else clean(value, limit=80)


def _by_value(words: Mapping[Status, str] | Mapping[Kind, str]) -> dict[str, str]:
    return {key.value: word for key, word in words.items()}
