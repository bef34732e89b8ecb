"""What the classifier knows by name: platforms, producers, works, shows and people, found in one pass."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.classifier.phrases import Mark
from monitor.classifier.text import fold, name_key
from monitor.classifier.tokens import WORD, Tokens, tokenise
from monitor.classifier.watched import with_watched
from monitor.types import Watch
from monitor.vocabulary import Origin, WorkType

_LONGEST_GAP = 3  #: characters between two words of a name: "LOL : qui rit"


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A series, film or show that exists."""

    title: str
    origin: Origin
    platforms: tuple[str, ...] = ()
    type: WorkType = WorkType.SERIES
    seasons: int | None = None  #: ordered so far, as known
    year: int | None = None  #: of the first release, as known
    ambiguous: bool = False
    ended: bool = False  #: no more of it was to come, as known
    neighbour: bool = False  #: made where French is spoken, too: French channels take part in such works


#: Countries beside France where French works are made.
_NEIGHBOURS = frozenset({"BE", "CH", "CA", "LU"})


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    group: str
    value: str
    strength: int


class Gazetteer:
    """The names, indexed by their first word."""

    def __init__(self, facts: Mapping[str, list[dict[str, object]]]) -> None:
        self._facts = facts
        self.works: dict[str, Work] = {}
        self.countries: dict[str, str] = {}  #: of a platform or producer
        self.everywhere: set[str] = set()  #: platforms that order works in many countries
        self._channels: dict[str, tuple[str, ...]] = {}
        self._shows: set[str] = set()
        self._firsts: dict[str, dict[str, list[_Name]]] = {}  # by the first word, then by the second; "": of one word
        for platform in facts.get("platforms", ()):
            self._platform(platform)
        for producer in facts.get("producers", ()):
            self._producer(producer)
        for work in facts.get("works", ()):
            self._work(work)
        for show in facts.get("shows", ()):
            self._name(str(show), "show", str(show), 3)
            self._shows.add(_bare(str(show)))
        for outlet in facts.get("outlets", ()):
            self._name(str(outlet), "outlet", str(outlet), 3)
        for person in facts.get("people", ()):
            self._name(str(person["name"]), "person", str(person["name"]), 3)
        self._telling = self._that_tell()
        for names in self._firsts.values():
            for second in set(names) - {""}:
                names[second].sort(key=lambda name: (-len(name.words), -name.strength))
                names[second] += names.get("", ())

    def _that_tell(self) -> dict[str, dict[str, list[_Name]]]:
        """Choose the names that say of an article that it speaks of television."""
        kept: dict[str, dict[str, list[_Name]]] = {}
        for first, seconds in self._firsts.items():
            for second, names in seconds.items():
                telling = [n for n in names if n.group == "work" or (n.group == "platform" and n.strength > 1)]
                if telling:
                    kept.setdefault(first, {})[second] = telling
        for found in kept.values():
            for second in set(found) - {""}:
                found[second] += found.get("", ())
        return kept

    @classmethod
    def load(cls, path: Path, *, known_until: int | None = None) -> Gazetteer:
        """Read gazetteer.toml; `known_until` a year, it is not known of later works that they came out."""
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        if known_until is not None:
            facts["works"] = [_as_known(work, known_until) for work in facts["works"]]
        return cls(facts)

    def watching(self, watch: Watch) -> Gazetteer:
        """Give one that knows the user's own works and people, too; `watched` says what counts more."""
        return Gazetteer(with_watched(self._facts, watch)) if watch.works or watch.people else self

    def marks(self, plain: str, written: str, tokens: Tokens | None = None) -> Iterator[Mark]:
        """Find the longest name at each place of a sentence; a name begins with a capital or a digit."""
        tokens = tokenise(plain) if tokens is None else tokens
        words, firsts, after = tokens.words, self._firsts, 0
        for place in [i for i, word in enumerate(words) if word in firsts]:
            names = firsts[words[place]]
            second = words[place + 1] if words[place + 1] in names else ""
            if second in names and place >= after and (found := _at(names[second], tokens, place, plain, written)):
                yield found[0]
                after = place + found[1]

    def telling(self, plain: str, written: str, tokens: Tokens) -> Iterator[tuple[int, bool]]:
        """Find what may be a certain platform or a work: all that `marks` finds, and what is in quotes, written small.

        Each with where it begins, and whether it is one beyond doubt: a work's name may be something else, too.
        """
        words, starts = tokens
        firsts = self._telling
        for place in [i for i, word in enumerate(words) if word in firsts]:
            names, start = firsts[words[place]], starts[place]
            for name in names.get(words[place + 1]) or names.get("", []):
                last = place + len(name.words) - 1
                if last >= len(starts) - 1 or tuple(words[place : last + 1]) != name.words:
                    continue
                small = written[start : starts[last] + len(words[last])].islower()
                if (
                    not small
                    or (last > place and name.group == "platform")
                    or _QUOTED.search(plain[max(0, start - 2) : start])
                ):
                    yield start, name.group == "platform" or not self.works[name.value].ambiguous

    def _platform(self, facts: dict[str, object]) -> None:
        name = str(facts["name"])
        weak = _texts(facts, "weak")
        self.countries[name] = str(facts.get("country", ""))
        self.everywhere |= {name} if facts.get("everywhere") else set()
        self._channels[name] = _texts(facts, "channels")
        for alias in {name, *_texts(facts, "also")} - set(weak):
            self._name(alias, "platform", name, 3)
        for alias in weak:
            self._name(alias, "platform", name, 1)
        for periphrasis in _texts(facts, "periphrases"):
            self._name(periphrasis, "periphrasis", name, 1)

    def _producer(self, facts: dict[str, object]) -> None:
        name = str(facts["name"])
        self.countries.setdefault(name, str(facts.get("country", "")))
        for alias in {name, *_texts(facts, "also")}:
            self._name(alias, "producer", name, 1 if facts.get("ambiguous") else 3)

    def _work(self, facts: dict[str, object]) -> None:
        work = Work(
            title=str(facts["title"]),
            origin=Origin(str(facts.get("origin", "unknown"))),
            platforms=_texts(facts, "on"),
            type=WorkType(str(facts.get("type", "series"))),
            seasons=_number(facts, "seasons"),
            year=_number(facts, "year"),
            ambiguous=bool(facts.get("ambiguous")),
            ended=bool(facts.get("ended")),
            neighbour=facts.get("country") in _NEIGHBOURS,
        )
        same = self.works.get(work.title)
        if same is not None and same.origin is not work.origin:
            work = Work(
                title=work.title, origin=Origin.UNKNOWN, platforms=same.platforms + work.platforms, ambiguous=True
            )
        self.works[work.title] = work
        for alias in (work.title, *_texts(facts, "also")):
            strength = 1 if work.ambiguous or alias.isdecimal() else 3  # a number is not yet a title
            self._name(alias, "work", work.title, strength)
            without = _ARTICLE.sub("", alias)
            if without != alias and " " in without and without[0].isupper():  # "la saison 6 du Bureau des légendes"
                self._name(without, "work", work.title, strength)
        for alias in _texts(facts, "weak"):
            self._name(alias, "work", work.title, 1)

    def _name(self, written: str, group: str, value: str, strength: int) -> None:
        words = tuple(WORD.findall(fold(written)))
        if words:
            for form in {words, tuple(w.replace("œ", "oe") for w in words)}:
                name = _Name(form, group, value, strength)
                self._firsts.setdefault(form[0], {}).setdefault("".join(form[1:2]), []).append(name)

    def narrowed(self, platforms: tuple[str, ...]) -> tuple[str, ...]:
        """Leave a group of channels out where one of its channels is named, too: that is where the work goes."""
        return tuple(p for p in platforms if not any(c in platforms for c in self._channels.get(p, ())))

    def channels(self, platforms: tuple[str, ...]) -> frozenset[str]:
        """List the channels of the groups among some platforms."""
        return frozenset(channel for p in platforms for channel in self._channels.get(p, ()))

    def work(self, title: str) -> Work | None:
        """Look a work up by its title in the gazetteer."""
        return self.works.get(title)

    def is_show(self, title: str | None) -> bool:
        """Whether a title is a programme of the sort that is never announced."""
        return title is not None and _bare(title) in self._shows

    def names_of_works(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """List every name of every work, as folded words, with the work's title."""
        for seconds in self._firsts.values():
            for name in itertools.chain.from_iterable(seconds.values()):
                if name.group == "work":
                    yield name.words, name.value

    def aliases(self) -> Iterator[tuple[str, ...]]:
        """List the names of each work as they are written, its title first."""
        for work in self._facts.get("works", ()):
            yield (str(work["title"]), *_texts(work, "also"), *_texts(work, "weak"))

    def known_as(self, title: str) -> Work | None:
        """Look a work up by any spelling of its title or of another name it has."""
        known = self._known(title, "work")
        return self.works[known] if known else None

    def platform_as(self, name: str) -> str:
        """Give the name that a platform is shown under; one that is not known keeps its own."""
        return self._known(name, "platform") or name

    def _known(self, written: str, group: str) -> str | None:
        words = tuple(WORD.findall(fold(written)))
        if not words or words[0] not in self._firsts:
            return None
        names = self._firsts[words[0]].get("".join(words[1:2]), ())
        return next((name.value for name in names if name.words == words and name.group == group), None)


_QUOTED = re.compile(r"[\"'] ?$")
_ARTICLE = re.compile(r"^(?:les? |la |l['’]|une? |the |an? )", re.IGNORECASE)


def _bare(name: str) -> str:
    return name_key(_ARTICLE.sub("", name))


def _texts(facts: dict[str, object], key: str) -> tuple[str, ...]:
    values = facts.get(key, ())
    return tuple(str(value) for value in values) if isinstance(values, list | tuple) else ()


def _number(facts: dict[str, object], key: str) -> int | None:
    value = facts.get(key)
    return value if isinstance(value, int) else None


def _at(names: list[_Name], tokens: Tokens, place: int, plain: str, written: str) -> tuple[Mark, int] | None:
    """Find the first of some names that stands at a place, with how many words it has."""
    words, starts = tokens
    for name in names:
        count = len(name.words)
        if count > 1 and not (
            tuple(words[place : place + count]) == name.words and _close(tokens, place, count, plain)
        ):
            continue
        last = place + count - 1
        end = starts[last] + len(words[last])
        if _capital(name, written, starts[place], end):
            return Mark(name.group, starts[place], end, name.value, name.strength), count
    return None


def _close(tokens: Tokens, place: int, count: int, plain: str) -> bool:
    """Whether some words from a place on stand together, as those of a name do."""
    for i in range(place, place + count - 1):
        end, start = tokens.starts[i] + len(tokens.words[i]), tokens.starts[i + 1]
        if start - end > _LONGEST_GAP or ";" in plain[end:start]:
            return False
    return True


def _capital(name: _Name, text: str, start: int, end: int) -> bool:
    """Whether it is written as a name: a periphrasis need not be, nor a long and certain name of a platform.

    A title of several words needs one capital: "10 percent" and "plus belle la vie" are everyday words.
    """
    if name.group == "periphrasis" or not text[start].islower():
        return name.group != "work" or len(name.words) == 1 or not text[start:end].islower()
    if name.strength == 1 or len(name.words) == 1:
        return False
    return name.group == "platform" or (name.group == "work" and not text[start:end].islower())


__all__ = ["Gazetteer", "Work", "name_key"]


def _as_known(work: dict[str, object], until: int) -> dict[str, object]:
    year = work.get("year")
    later = isinstance(year, int) and year > until
    return {key: value for key, value in work.items() if not later or key not in {"year", "seasons"}}
