"""Second stage, titles: a sentence as it is before its titles are found, and what tells of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence

#: Words for a work, by sort.
WORKS = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality")
#: What a title is not.
NAMES = frozenset({"platform", "producer", "person", "show", "periphrasis", "outlet"})
#: Without one of these a sentence of the body says nothing about a work, and its titles need not be found.
SAYING = frozenset(
    {
        "order", "announce", "develop", "shoot", "cast", "adapt", "renew", "cancel", "acquire", "season", "more",
        "works", "title.name", "title.after", "format", "describe",
    }
).union(WORKS)  # fmt: skip
#: After a comma these tell that the words before are a work's title.
TELLING = frozenset({*WORKS, "works", "maker", "adapt", "describe", "format"})
#: Two or three capitalised words, with the little ones of French names.
NAME = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?: (?:de |d'|Le |La )?[A-ZÀ-Ý][\w'’-]+){1,2}")
#: What stands at the end of a title's words and is no part of it.
EDGE = re.compile(r"[\s,;:!?.\"'()\-]+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A sentence with what is recognised in it before its titles are."""

    sentence: Sentence
    marks: Sequence[Mark]
    groups: Mapping[str, list[Mark]]  #: the same by group
    lexicon: Lexicon
    gazetteer: Gazetteer

    def has(self, *groups: str) -> bool:
        """Whether there is a mark of one of the groups."""
        return not self.groups.keys().isdisjoint(groups)

    def of(self, groups: Iterable[str]) -> list[Mark]:
        """List the marks of some groups."""
        known = self.groups
        return [mark for group in groups if group in known for mark in known[group]]

    def begins(self, group: str, offset: int, *, within: int) -> bool:
        """Whether a mark of a group begins at an offset or a few characters after it."""
        return any(0 <= m.start - offset <= within for m in self.groups.get(group, ()))


def title_case(sentence: Sentence) -> bool:
    """Whether a headline writes Most Words With Capitals: then they tell nothing."""
    if sentence.zone != "headline":
        return False
    words = [word for word in sentence.text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def little(word: str, lexicon: Lexicon) -> bool:
    """Whether it is one of the little words that may stand inside a title, or end one."""
    return word in lexicon.joins or word in lexicon.stops or word in lexicon.articles or f"{word}'" in lexicon.joins


_OF = (" de", " d'", " of")


def of_a_name(trap: Mark, marks: Iterable[Mark], sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a trap that ends with "of" has a name or episodes after it.

    "Une série de Marie Sol" and "une série de six épisodes" are no run of anything.
    """
    if not trap.value.endswith(_OF):
        return False
    if any(m.group == "format" and 0 <= m.start - trap.end <= 1 for m in marks):
        return True
    if not lexicon.small or sentence.text.isupper():
        return False
    return sentence.text[trap.end :].lstrip()[:1].isupper()
