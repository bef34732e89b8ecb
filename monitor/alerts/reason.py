"""Why a reader gets a message: the subscription, what of it the story met, and the words that gave the story away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from monitor.alerts.catalogue import Voice, voice
from monitor.alerts.clean import clean
from monitor.alerts.context import DeliveryContext, StoryContext
from monitor.alerts.phrases import quoted
from monitor.alerts.text import COLON, KINDS, NOUNS, RULES, SEMICOLON, STATUSES, VALUES, Language
from monitor.vocabulary import Form

#: Cues that a message names: more would be a list, not a reason.
_MOST_CUES = 4
_OF_THE_WORK = ("star:", "formerly:", "becomes:")  #: cues that identify the work, and tell nothing
_QUOTED_CUE = re.compile(r'"(.+)"')
#: `works: "Missions"`, as a match says which of its conditions was met.
_CONDITION = re.compile(r'(\w+)(?:: "?(.*?)"?)?')
#: Fields whose values have words of ours.
_CLOSED: Final[Mapping[str, Mapping[Any, str]]] = {
    "kinds": KINDS,
    "statuses": STATUSES,
    "work_types": NOUNS,
    "origins": VALUES,
    "prominences": VALUES,
}


def reason(context: DeliveryContext, language: Language) -> str:
    """Say in one line why this was sent; a digest says it of each story by itself."""
    speech = voice(language)
    names = [quoted(one, language) for one in context.subscriptions]
    name = names[0]
    if context.form is Form.DIGEST:
        return speech.say("Gathered for the subscription {name}.", name=name)
    line = speech.count(
        "Sent for the subscription {name}", "Sent for the subscriptions {name}", len(names), name=speech.listed(names)
    )
    why = met(context.stories[0], speech) if context.stories else ""
    return f"{line}{SEMICOLON[language]} {why}." if why else f"{line}."


def met(told: StoryContext, speech: Voice) -> str:
    """ "œuvre : « Missions » ; indices : « aura une saison 2 »"."""
    cues = [quoted(words, speech.language) for words in _cues(told)]
    colon = COLON[speech.language]
    word = speech.count("cue", "cues", len(cues))
    said = f"{word}{colon} {', '.join(cues)}" if cues else ""
    return f"{SEMICOLON[speech.language]} ".join(part for part in (_rule(told.matched, speech), said) if part)


def _cues(told: StoryContext) -> list[str]:
    """List the words that told it, each once: two cues may be the same words, or one a part of the other."""
    cues = (
        cue for cue in told.announcement.evidence.cues if not cue.startswith(("star:", "formerly:", "becomes:"))
    )  # those identify it
    found = ((_QUOTED_CUE.search(cue), cue) for cue in cues)
    read = dict.fromkeys(match.group(1) if match else cue for match, cue in found)
    words = [one for one in read if any(char.isalnum() for char in clean(one))]
    return [one for one in words if not any(one != other and one in other for other in words)][:_MOST_CUES]


def _rule(matched: str, speech: Voice) -> str:
    """What was met, in the reader's words when its field is known, else as it stands."""
    found = _CONDITION.fullmatch(matched.strip())
    if not matched.strip() or found is None or found[1] not in RULES:
        return clean(matched, limit=120)
    word = speech.say(RULES[found[1]])
    return f"{word}{COLON[speech.language]} {_named(found[1], found[2], speech)}" if found[2] else word


def _named(field: str, value: str, speech: Voice) -> str:
    """A value of a closed vocabulary in words; a name in quotation marks."""
    if field == "languages":
        return speech.tongue(value)
    words = {str(key): said for key, said in _CLOSED.get(field, {}).items()}
    return speech.say(words[value]) if value in words else quoted(value, speech.language)
