"""A story as a few lines of HTML that every reader shows: paragraphs, a quotation, a list. Pure.

No style, no picture, no script: feed readers drop them. Every word from outside is cleaned and escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import clean, safe_link
from monitor.alerts.phrases import correction, day, field_word, having, listed, names, premiere, status_word
from monitor.alerts.text import FIELDS, Language
from monitor.feeds.steps import OF_READERS, says, told, turns
from monitor.feeds.words import WORDS
from monitor.feeds.xml import valid
from monitor.types import Change, Story
from monitor.vocabulary import Status


def body(story: Story, language: Language) -> str:
    """Write a story's facts, its sentence, who else has it, what changed, and the link."""
    sections = (_facts, _disputes, _quote, _others, _changes)
    parts = [section(story, language) for section in sections]
    link = safe_link(says(story).url)
    read = f'<p><a href="{escape(link)}">{escape(WORDS[language]["read"])}</a></p>' if link else ""
    return valid("".join((*parts, read)))


def facts(story: Story, language: Language) -> str:
    """Say season, day, platforms, people and certainty on one line."""
    people = listed(names(story.people), language)
    places = listed(names(story.platforms, most=6), language)
    known = (season(story, language), premiere(story, language), places, people)
    return " · ".join(part for part in (*known, status_word(story.status, language)) if part)


def season(story: Story, language: Language) -> str:
    """Say which season it is about; nothing for a work as a whole."""
    words = WORDS[language]
    if story.season is None:
        return words["last_bare"] if story.final else ""
    return words["last" if story.final else "season"].format(story.season)


def _facts(story: Story, language: Language) -> str:
    return f"<p>{escape(facts(story, language))}</p>"


def _disputes(story: Story, language: Language) -> str:
    fields = tuple(field_word(field, language) for field in story.disputed if field in FIELDS)
    words = WORDS[language]
    return f"<p>{words['disputed']}{words['colon']} {escape(listed(fields, language))}</p>" if fields else ""


def _quote(story: Story, language: Language) -> str:
    now = says(story)
    sentence = clean(now.quote, limit=500)
    said = f"{WORDS[language]['dash']} {clean(now.outlet, limit=60)}, {day(now.at, language)}"
    return f"<blockquote><p>{escape(sentence)}</p><p>{escape(said)}</p></blockquote>" if sentence else ""


def _others(story: Story, language: Language) -> str:
    others = names(tuple(name for name in having(story) if name != says(story).outlet), most=8)
    words = WORDS[language]
    return f"<p>{words['others']}{words['colon']} {escape(listed(others, language))}</p>" if others else ""


def _changes(story: Story, language: Language) -> str:
    lines = "".join(f"<li>{line}</li>" for line in _lines(story, language))
    return f"<p>{escape(WORDS[language]['changes'])}</p><ul>{lines}</ul>" if lines else ""


def _lines(story: Story, language: Language) -> Iterator[str]:
    """A line for each step that changed it, below one for who told it first."""
    first, *later = turns(story) or (told(story),)
    lines = [_line(step, field_word(step.field, language), language) for step in later if step.field in FIELDS]
    if lines:
        yield _line(replace(first, field="status", before=None), WORDS[language]["first"], language)
    yield from lines


def _line(step: Change, label: str, language: Language) -> str:
    values = [_value(step.field, value, language) for value in (step.before, step.after) if value]
    said = escape(f"{label}{WORDS[language]['colon']} {' → '.join(values)}")
    outlet = WORDS[language]["reader"] if step.field in OF_READERS else clean(step.outlet, limit=60)
    source = escape(f"{outlet}, {day(step.at, language)}")
    link = safe_link(step.url) if step.field not in OF_READERS else None  # the article says otherwise
    return f'{said} (<a href="{escape(link)}">{source}</a>)' if link else f"{said} ({source})"


def _value(field: str, value: str, language: Language) -> str:
    if field == "status" and value in set(Status):
        return status_word(Status(value), language)
    if field == "date":
        return voice(language).dated(value)
    return correction(value, language) if field in OF_READERS else clean(value, limit=80)
