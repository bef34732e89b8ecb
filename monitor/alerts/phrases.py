"""Sentences about one story, made from the words of `text`: pure."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from monitor.alerts.clean import clean
from monitor.alerts.text import AND, FACTS, MONTHS, NOUNS, QUOTES, SEASON, UNTITLED, Language
from monitor.types import Story
from monitor.vocabulary import Kind


def fact(story: Story, language: Language) -> str:
    """The story in one line: "Nouvelle série Netflix : « Osmosis »"."""
    places = names(story.platforms)
    line = FACTS[language][story.kind][story.status].format(
        thing=_thing(story, language),
        noun=_noun(story, language),
        title=_subject(story, language),
        season=season_phrase(story, language),
        where=f" ({', '.join(places)})" if places else "",
    )
    return line[0].upper() + line[1:]


def headline(story: Story, language: Language) -> str:
    """The title in quotation marks, or what an untitled project has: whom for, and by whom."""
    if story.title:
        return quoted(story.title, language)
    words = UNTITLED[language]
    places = names(story.platforms)
    whom = words["for"].format(listed(places, language)) if places else ""
    people = names(story.people)
    comma = ", " if places and people else " "
    return words["long"] + whom + (comma + _by(people, language) if people else "")


def _subject(story: Story, language: Language) -> str:
    if story.title:
        return quoted(story.title, language)
    people = names(story.people)
    short = UNTITLED[language]["short" if story.kind is Kind.NEW_ORIGINAL else "long"]
    return f"{short} {_by(people, language)}" if people else short


def quoted(title: str, language: Language) -> str:
    """A title in the language's quotation marks."""
    return QUOTES[language].format(clean(title, limit=80))


def season_phrase(story: Story, language: Language) -> str:
    """ "une saison 2", "une nouvelle saison", "une saison 3, la dernière"."""
    form = ("any" if story.season is None else "one") if not story.final else "last"
    if story.final and story.season is None:
        form = "any_last"
    return SEASON[language][form].format(story.season)


def _thing(story: Story, language: Language) -> str:
    new = NOUNS[language][story.work_type][1]
    place = listed(names(story.platforms), language)
    text = new.format(place) if "{}" in new else f"{new} {place}"
    return " ".join(text.split(" ")).replace("  ", " ").strip()


def _noun(story: Story, language: Language) -> str:
    noun = NOUNS[language][story.work_type][0]
    place = listed(names(story.platforms), language)
    return (f"{place} {noun}" if language == "en" else f"{noun} {place}").strip()


def names(values: tuple[str, ...], *, most: int = 3) -> tuple[str, ...]:
    """The first few names, cleaned, empty ones and repetitions left out."""
    cleaned = (clean(value, limit=40) for value in values)
    return tuple(dict.fromkeys(name for name in cleaned if name))[:most]


def listed(values: tuple[str, ...], language: Language) -> str:
    """ "A", "A et B", "A, B et C"."""
    if len(values) < 2:
        return "".join(values)
    return ", ".join(values[:-1]) + AND[language] + values[-1]


def _by(people: tuple[str, ...], language: Language) -> str:
    who = listed(people, language)
    phrase = UNTITLED[language]["by"].format(who)
    if language == "fr" and unicodedata.normalize("NFD", who)[:1].lower() in "aeiouœæ":
        return "d’" + who
    return phrase


def day(moment: datetime, language: Language) -> str:
    """ "20 novembre 2026", "20 November 2026"; the first of a month is "1er" in French."""
    number = "1er" if language == "fr" and moment.day == 1 else str(moment.day)
    return f"{number} {MONTHS[language][moment.month - 1]} {moment.year}"
