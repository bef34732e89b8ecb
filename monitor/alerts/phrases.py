"""Sentences about one story: pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from monitor.alerts.catalogue import Voice, tidy, voice
from monitor.alerts.clean import clean
from monitor.alerts.text import DAYS, FACTS, FIELDS, KINDS, NEW, NOUNS, QUOTES, STATUSES, TURNS, Language
from monitor.premieres import day_of
from monitor.types import Story
from monitor.vocabulary import Kind, Status, WorkType

#: A title that is nothing but a quotation.
_MARKED = re.compile(r"[«“]\s*([^«»“”]+?)\s*[»”]")
_OPENS, _CLOSES = re.compile(r"«\s*|“"), re.compile(r"\s*»|”")
_INNER: Final[Mapping[Language, tuple[str, str]]] = {"fr": ("“", "”"), "en": ("‘", "’")}


def fact(story: Story, language: Language, turn: str = "") -> str:
    """The story in one line: "Nouvelle série Netflix : « Osmosis »"; or its turn: "« Osmosis » s’arrête (Netflix)".

    A release date says its day: "« Osmosis », saison 2 : sortie le 12 mars 2027 (Netflix)".
    """
    speech = voice(language)
    out = day_of(story) if story.kind is Kind.RELEASE_DATE else None
    places = names(story.platforms)
    place = speech.listed(places)
    owned = speech.say("{place} {noun}", place=place, noun=noun(story.work_type, language))
    line = speech.say(
        TURNS.get(turn, DAYS[story.status] if out else FACTS[story.kind][story.status]),
        thing=tidy(speech.say(NEW[story.work_type], place=place)),
        noun=tidy(owned),
        title=_subject(story, speech),
        season=season_phrase(story.season, final=story.final, language=language),
        where=f" ({', '.join(places)})" if places else "",
        which=f", {season_name(story.season, language)}" if story.season else "",
        day=speech.full(out) if out else "",
    )
    return line[0].upper() + line[1:]


def kind_word(kind: Kind, language: Language) -> str:
    """ "Nouvelle création", "Renouvellement"."""
    return voice(language).say(KINDS[kind])


def status_word(status: Status, language: Language) -> str:
    """ "confirmé", "rumeur"."""
    return voice(language).say(STATUSES[status])


def field_word(field: str, language: Language) -> str:
    """ "Certitude", "Saison": the name of a field that can change; KeyError when it has none."""
    return voice(language).say(FIELDS[field])


def noun(work_type: WorkType, language: Language) -> str:
    """ "série", "film"."""
    return voice(language).say(NOUNS[work_type])


def new_noun(work_type: WorkType, language: Language) -> str:
    """ "Nouvelle série", "Nouveau film"."""
    return tidy(voice(language).say(NEW[work_type], place=""))


def headline(story: Story, language: Language) -> str:
    """The title in quotation marks, or what an untitled project has: whom for, and by whom."""
    if story.title:
        return quoted(story.title, language)
    speech = voice(language)
    places, by = speech.listed(names(story.platforms)), _by(names(story.people), speech)
    if places and by:
        return speech.say("An untitled project for {places}, {by}", places=places, by=by)
    if places:
        return speech.say("An untitled project for {places}", places=places)
    return speech.say("An untitled project {by}", by=by) if by else speech.say("An untitled project")


def untitled(people: tuple[str, ...], language: Language) -> str:
    """ "Un projet sans titre d’Ana et Léo", "Un projet sans titre"."""
    speech = voice(language)
    return tidy(speech.say("An untitled project {by}", by=_by(names(people), speech)))


def _subject(story: Story, speech: Voice) -> str:
    if story.title:
        return quoted(story.title, speech.language)
    by = _by(names(story.people), speech)
    if story.kind is Kind.NEW_ORIGINAL:
        return tidy(speech.say("untitled project {by}", by=by))
    return tidy(speech.say("An untitled project {by}", by=by))


def quoted(title: str, language: Language) -> str:
    """A title in the language's quotation marks; those it brings become the inner ones."""
    shown = clean(title, limit=80)
    outer = _MARKED.fullmatch(shown)
    opens, closes = _INNER[language]
    return QUOTES[language].format(_CLOSES.sub(closes, _OPENS.sub(opens, outer[1] if outer else shown)) or "…")


def season_phrase(season: int | None, *, final: bool = False, language: Language) -> str:
    """ "une saison 2", "une nouvelle saison", "une saison 3, la dernière"."""
    speech = voice(language)
    if season is None:
        return speech.say("a final season") if final else speech.say("another season")
    if final:
        return speech.say("season {season}, its last", season=season)
    return speech.say("season {season}", season=season)


def season_name(season: int, language: Language) -> str:
    """ "saison 2", as in a list of facts."""
    return voice(language).say_in("name", "season {season}", season=season)


def names(values: tuple[str, ...], *, most: int = 3) -> tuple[str, ...]:
    """The first few names, cleaned, empty ones and repetitions left out."""
    cleaned = (clean(value, limit=40) for value in values)
    return tuple(dict.fromkeys(name for name in cleaned if name))[:most]


def listed(values: tuple[str, ...], language: Language) -> str:
    """ "A", "A et B", "A, B et C"."""
    return voice(language).listed(values)


def day(moment: datetime, language: Language) -> str:
    """ "20 novembre 2026", "20 November 2026"."""
    return voice(language).day(moment)


def premiere(story: Story, language: Language, *, beside: date | None = None) -> str:
    """ "12 mars 2027": the day a work or season comes out; empty when none is named.

    Args:
        beside: the day that the article names outside of the sentences that the story was told in.
    """
    out = day_of(story) or beside
    return voice(language).full(out) if out else ""


def correction(value: str, language: Language) -> str:
    """ "season: 2" as a reader corrected it, in words: "saison 2", "« Les Marées »"."""
    field, _, said = value.partition(": ")
    if field == "title":
        return quoted(said, language)
    if field == "season" and said.isdecimal():
        return season_name(int(said), language)
    return clean(value, limit=80)


def having(story: Story) -> tuple[str, ...]:
    """Outlets that told what the story says now.

    Who told a rumour has told neither its confirmation nor its denial, and who told an order not its cancellation.
    """
    last = max((n for n, step in enumerate(story.history) if step.field in {"status", "date", *TURNS}), default=None)
    if last is None:
        return story.outlets
    steps = [step for step in story.history[last:] if step.field in {*FIELDS, "corroborated"} - {"corrected"}]
    if story.status is Status.DENIED and "status" in story.disputed:
        steps = steps[:1]  # some of those who came after it stand by the rumour
    return tuple(dict.fromkeys(step.outlet for step in steps))


def _by(people: tuple[str, ...], speech: Voice) -> str:
    who = speech.listed(people)
    if speech.language == "fr" and unicodedata.normalize("NFD", who)[:1].lower() in tuple("aeiouœæ"):
        return "d’" + who
    return speech.say("by {people}", people=who) if who else ""
