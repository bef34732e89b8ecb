"""An evaluation in the words of its readers: what the terminal and the report say alike."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.alerts.phrases import kind_word, status_word
from monitor.alerts.text import COLON, Language
from monitor.learning.evaluate import Mistake
from monitor.learning.facts import Fit, Pair
from monitor.learning.labelled import Fact
from monitor.learning.measure import Label
from monitor.learning.words import say
from monitor.types import Announcement
from monitor.vocabulary import Origin


def label(kinds: Label, language: Language) -> str:
    """Name the kinds of a label."""
    return " + ".join(kind_word(kind, language) for kind in sorted(kinds)) or say("nothing", language)


def thing(one: Fact | Announcement, language: Language) -> str:
    """Tell a fact or an announcement in one line: "Renewal: La Digue, season 2 · Arte · confirmed"."""
    name = one.title or say("untitled", language)
    season = f", {say('season', language, number=one.season)}" if one.season is not None else ""
    parts = [name + season, ", ".join(one.platforms), status_word(one.status, language)]
    return f"{kind_word(one.kind, language)}{COLON[language]} " + " · ".join(part for part in parts if part)


def expected(mistake: Mistake, language: Language) -> Iterator[str]:
    """Tell what the label wants and the reading lacks."""
    if mistake.wrong_label:
        yield label(mistake.expected, language)
    yield from (thing(fact, language) for fact in mistake.missed)
    yield from (thing(pair.fact, language) for pair in mistake.astray)


def read(mistake: Mistake, language: Language) -> Iterator[str]:
    """Tell what was read instead."""
    if mistake.wrong_label:
        yield label(mistake.read, language)
    yield from (told(one, language) for one in mistake.extra)
    for pair in mistake.astray:
        wrong = ", ".join(say(f"field.{field}", language).lower() for field in astray(pair))
        yield f"{told(pair.announcement, language)} ({wrong})"
    for one in mistake.aside:
        why = "foreign" if one.origin is Origin.FOREIGN else "denied"
        yield say("mistake.aside", language, why=f"{told(one, language)} ({say(why, language)})")


def told(one: Announcement, language: Language) -> str:
    """Tell an announcement in one line, with how sure it is."""
    return f"{thing(one, language)} · {say('sure', language, percent=round(100 * one.confidence))}"


def astray(pair: Pair) -> list[str]:
    """List the fields that are wrong."""
    return [field for field, fit in pair.fits().items() if fit is Fit.WRONG]
