"""How outlets spell a title: capitals, apostrophes, accents, articles, slips, and other names it goes by."""

from __future__ import annotations

import random
import unicodedata

from month.values import Fact

#: A title with fewer letters than this is never misspelt: nobody could tell it from another one.
_LONG = 14


def spell(fact: Fact, position: int, chance: random.Random) -> str:
    """Spell the title of a fact as of a beat; what looks like another one is spelt with care."""
    title = fact.called(position)
    if fact.also and chance.random() < 0.4:
        return chance.choice(fact.also)
    roll = chance.random()
    if fact.twin or roll > 0.14:
        return title
    if roll < 0.08:
        return _set(title, roll)
    return _bare(title) if roll < 0.12 else _slip(title, chance)


def _set(title: str, roll: float) -> str:
    """Set it otherwise, and say the same."""
    if roll < 0.03:
        return title.upper()
    return _plain(title) if roll < 0.05 else title.replace("’", "'").replace(" et ", " & ")


def _plain(title: str) -> str:
    split = unicodedata.normalize("NFKD", title)
    return "".join(char for char in split if not unicodedata.combining(char))


def _bare(title: str) -> str:
    for article in ("Les ", "La ", "Le ", "L’", "The "):
        if title.startswith(article):
            return title.removeprefix(article)
    return title


def _slip(title: str, chance: random.Random) -> str:
    """Double, drop or swap a letter inside a word of a long title."""
    places = [at for at in range(3, len(title) - 2) if title[at - 1 : at + 2].isalpha()]
    if len(title) < _LONG or not places:
        return title
    at = chance.choice(places)
    kind = chance.randrange(3)
    if kind == 0:
        return title[:at] + title[at] + title[at:]
    if kind == 1:
        return title[:at] + title[at + 1 :]
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]
