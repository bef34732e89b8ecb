"""Why an article was read as it was, in words for people who know television."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from monitor.classifier.candidates import Candidate
from monitor.classifier.meaning import contradicts
from monitor.classifier.reasons import BLOCKING, Language, group_of, phrase
from monitor.classifier.text import fold
from monitor.types import Announcement
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Status

#: What became of a statement: announced, said again, covered by a surer reading, or not sure enough.
Fate = Literal["announced", "again", "covered", "unsure"]

#: Phrases a side, and words of the sentence that are quoted.
_MOST, _MOST_WORDS = 5, 4
#: Log-odds: what weighs less tells nobody anything.
_LEAST = 0.1
#: Log-odds against a statement that are a reason by themselves.
_HEAVY = -0.4
#: A statement as sure as that is the closest to an announcement, wherever it stands; else the headline's is.
_CLOSE = 0.2
#: Characters of a sentence that a line quotes.
_QUOTED = 90
_CUE: Final = re.compile(r'(\S+): "(.+)"')
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
#: What is said of the article goes without saying where it is said of the statement itself.
_OF_ITSELF: Final = {
    "headline asks": "asked",
    "article wishes": "wished",
    "article undecided": "undecided",
    "hearsay in front": "rumoured",
}
_QUOTES: Final[Mapping[Language, str]] = {"en": "“{}”", "fr": "«\u00a0{}\u00a0»"}

#: key: (English, French)
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "announced": ("announced, {sure}% sure", "retenu, sûr à {sure}\u00a0%"),
    "again": ("the same said again", "la même chose, redite"),
    "covered": (
        "another sentence already says it or says more",
        "une autre phrase le dit déjà, ou en dit plus",
    ),
    "unsure": ("dropped, only {sure}% sure: {why}", "écarté, sûr à {sure}\u00a0% seulement\u00a0: {why}"),
    "aside": (
        "{said}; but {why}: alerts leave that out unless asked for it",
        "{said}\u00a0; mais {why}\u00a0: pas d'alerte sans l'avoir demandé",
    ),
    "foreign": ("the work is foreign", "l'œuvre est étrangère"),
    "denied": ("it is denied", "c'est démenti"),
    "cancellation": ("it is an ending", "c'est un arrêt"),
    "acquisition": ("it is a purchase", "c'est un achat"),
    "release_date": ("it is only a date of broadcast", "ce n'est qu'une date de diffusion"),
    "weak": ("too little speaks for it", "trop peu de choses le disent"),
    "recalled": ("recalled from {year}", "un rappel de {year}"),
    "words": ("the words around it: {words}", "les mots autour\u00a0: {words}"),
    "and": ("; ", "\u00a0; "),
    "elsewhere": (
        "It speaks of no series, film or platform.",
        "Il ne parle d'aucune série, d'aucun film, d'aucune plateforme.",
    ),
    "idle": (
        "It speaks of television, but no sentence says that something is made, goes on or ends.",
        "Il parle de télévision, mais aucune phrase ne dit que quelque chose se crée, continue ou s'arrête.",
    ),
    "closest": ("Closest: {sentence} but {why}.", "Au plus près\u00a0: {sentence}, mais {why}."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One statement with what speaks for and against it."""

    kind: str
    title: str | None
    season: int | None
    sentence: str
    zone: str
    cues: tuple[str, ...]
    terms: tuple[tuple[str, float], ...]  #: feature and its weight, weightiest first
    confidence: float
    fate: Fate
    announcement: Announcement | None = None  #: what was announced of it, with what other sentences add

    @property
    def kept(self) -> bool:
        """Whether it is announced."""
        return self.fate == "announced"

    @property
    def verdict(self) -> str:
        """What became of it, in one line of English."""
        return verdict(self, "en")

    def __str__(self) -> str:
        what = f"{self.kind} of {self.title or 'an untitled work'}" + (f", season {self.season}" if self.season else "")
        sides = points(self, "en")
        lines = [f"{what}: {self.verdict}", f"{self.zone}: {_quoted(self.sentence)}"]
        lines += [f"for: {'; '.join(sides.speaking_for)}"] if sides.speaking_for else []
        lines += [f"against: {'; '.join(sides.against)}"] if sides.against else []
        return "\n  ".join(lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """What speaks for a statement and what against it, in words, the most telling first."""

    speaking_for: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Every statement of an article, and what was announced in the end."""

    language: str
    topic: str | None
    announcements: tuple[Announcement, ...]
    reasons: tuple[Reason, ...]
    television: bool = True  #: it speaks of series, films or platforms at all

    def __str__(self) -> str:
        about = self.topic or "no work in particular"
        head = f"Read as {self.language}; about {about}; {len(self.announcements)} announced."
        return "\n".join(filter(None, [head, nothing(self, "en"), *map(str, self.reasons)]))


def cue_texts(candidate: Candidate) -> tuple[str, ...]:
    """Quote the words that were recognised, with what they were taken for."""
    text = candidate.reading.sentence.text
    seen = dict.fromkeys(f'{m.group}: "{text[m.start : m.end]}"' for m in candidate.cues if m.end <= len(text))
    origin = [m for m in candidate.reading.all("french", "foreign") if m.strength == 3]
    stars = (f'star: "{name}"' for name in candidate.stars if candidate.title)
    return (*seen, *dict.fromkeys(f'origin: "{text[m.start : m.end]}"' for m in origin), *stars)


def verdict(reason: Reason, language: Language) -> str:
    """Say in one line what became of a statement, and why."""
    sure = f"{100 * reason.confidence:.0f}"
    if reason.fate != "announced":
        return _say(reason.fate, language, sure=sure, why=because(reason, language))
    said = _say("announced", language, sure=sure)
    aside = _aside(reason)
    return _say("aside", language, said=said, why=_say(aside, language)) if aside else said


def because(reason: Reason, language: Language) -> str:
    """Say why a statement is not believed: the two weightiest grounds, or that nothing happens, or what weighs most."""
    grounds = [name for name in _weighing(reason, -1) if name in BLOCKING]
    grounds = [name for name in grounds if _OF_ITSELF.get(name) not in grounds][:2]
    year = _YEAR.search(reason.sentence)
    said = [
        _say("recalled", language, year=year[0])
        if year and name in {"recalled", "past date"}
        else phrase(name, language)
        for name in grounds
    ]
    said = list(dict.fromkeys(said)) or list(_lacking(reason, language))
    return _say("and", language).join(said) or _say("weak", language)


def _lacking(reason: Reason, language: Language) -> Iterable[str]:
    """Say that nothing is said to happen; or else what weighs against a statement, when it weighs enough."""
    acts = (name for name in _weighing(reason, 1) if name.startswith("act "))
    if Kind(reason.kind) in ALERTED_KINDS and next(acts, None) is None:
        yield phrase("no act", language)
    elif sum(weight for _, weight in reason.terms if weight < 0) <= _HEAVY:
        yield from points(reason, language).against[:1]


def points(reason: Reason, language: Language) -> Points:
    """Put what speaks for and against a statement into words; single words of the sentence are taken together."""
    weights: dict[str, float] = {}
    quotes = _cue_quotes(reason)
    for name, weight in reason.terms:
        if not name.startswith("word ") and not contradicts(name, weight, reason.kind):
            said = phrase(name, language) + quotes.get(group_of(name) or "", "")
            weights[said] = weights.get(said, 0.0) + weight
    for sign in (1, -1):
        words, weight = _words(reason, sign)
        if words:
            weights[_say("words", language, words=", ".join(words))] = sign * weight
    telling = sorted((one for one in weights.items() if abs(one[1]) >= _LEAST), key=lambda one: -abs(one[1]))
    return Points(
        speaking_for=tuple(text for text, weight in telling if weight > 0)[:_MOST],
        against=tuple(text for text, weight in telling if weight < 0)[:_MOST],
    )


def nothing(explanation: Explanation, language: Language) -> str | None:
    """Say in one line why an article announces nothing; None when it announces something."""
    if explanation.announcements:
        return None
    if not explanation.television:
        return _say("elsewhere", language)
    if not explanation.reasons:
        return _say("idle", language)
    closest = max(
        explanation.reasons, key=lambda one: (one.confidence >= _CLOSE, one.zone == "headline", one.confidence)
    )
    sentence = _QUOTES[language].format(_short(closest.sentence).rstrip(". "))
    return _say("closest", language, sentence=sentence, why=because(closest, language))


def _aside(reason: Reason) -> str | None:
    """Tell what keeps an announcement from being alerted by default."""
    found = reason.announcement
    if found is None:
        return None
    if found.kind not in ALERTED_KINDS:
        return Kind(found.kind).value
    if found.status is Status.DENIED:
        return "denied"
    return "foreign" if found.origin is Origin.FOREIGN else None


def _weighing(reason: Reason, sign: int) -> Iterable[str]:
    """List the features that speak for (1) or against (-1) a statement, the weightiest first."""
    return (name for name, weight in reason.terms if sign * weight > _LEAST)


def _words(reason: Reason, sign: int) -> tuple[list[str], float]:
    """Quote the weightiest words on one side as the sentence writes them; and what they weigh together."""
    stems = {name[5:]: abs(weight) for name, weight in reason.terms if name.startswith("word ") and sign * weight > 0}
    found: dict[str, str] = {}
    quoted = " ".join(_cue_quotes(reason).values())  # what these are taken for is told by itself
    for word in re.findall(r"[^\W\d_]+", reason.sentence):
        if word in quoted:
            continue
        stem = next((stem for stem in (fold(word)[:7], fold(word)) if stem in stems), None)
        if stem:
            found.setdefault(stem, word)
    best = sorted(found, key=lambda stem: -stems[stem])[:_MOST_WORDS]
    return [_quoted(found[stem]) for stem in best], sum(stems.values())


def _cue_quotes(reason: Reason) -> dict[str, str]:
    """Give for each group of cues the words that were taken for it, in brackets."""
    cues = (found.groups() for cue in reason.cues if (found := _CUE.fullmatch(cue)))
    return {group: f" ({_quoted(text)})" for group, text in cues}


def _short(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED].rsplit(" ", 1)[0] + "…"


def _quoted(text: str) -> str:
    """Quote words inside a phrase; in French, too, where a line might break after «."""
    return f"“{text}”"


def _say(key: str, language: Language, **values: object) -> str:
    return _SAID[key][language == "fr"].format(**values)
