"""Which texts are too much alike: the same sentence twice, or nearly the same text."""

from __future__ import annotations

import html
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.classifier.text import name_key, sentences
from monitor.types import Document

#: A sentence of more words is nobody's common property.
SHORT = 5
#: Words of a shingle.
SHINGLE = 5
#: Share of all shingles of two texts that both have (Jaccard), from which one was made from the other: articles written
#: apart from each other share 0.02 at most (275 of ours), agency copies 0.38 and more.
ALIKE = 0.1
#: A shingle in more texts than this is an idiom; to compare all of them with one another would take squared time.
_COMMON = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """Two texts that are alike."""

    one: str  #: name of a text, the first in the order given
    other: str
    sentence: str | None  #: what both say, as the second has it; None: the whole is alike
    share: float = 1.0  #: of all shingles, those that both have


def likenesses(documents: Mapping[str, Document]) -> tuple[Likeness, ...]:
    """Find every two documents that share a sentence of more than `SHORT` words, or are alike as a whole."""
    return (*_shared_sentences(documents), *_alike(documents))


def _shared_sentences(documents: Mapping[str, Document]) -> Iterator[Likeness]:
    first: dict[str, str] = {}
    for name, document in documents.items():
        told: set[tuple[str, str]] = set()
        for sentence in sentences(_plain(document)):
            key = name_key(sentence.text)
            owner = first.setdefault(key, name)
            if owner != name and key.count(" ") >= SHORT and (owner, key) not in told:
                told.add((owner, key))
                yield Likeness(one=owner, other=name, sentence=sentence.text)


def _alike(documents: Mapping[str, Document]) -> Iterator[Likeness]:
    shingles = {name: _shingles(document) for name, document in documents.items()}
    for (one, other), shared in sorted(_shared(shingles).items()):
        share = shared / (len(shingles[one]) + len(shingles[other]) - shared)
        if share >= ALIKE:
            yield Likeness(one=one, other=other, sentence=None, share=share)


def _shared(shingles: Mapping[str, frozenset[str]]) -> Counter[tuple[str, str]]:
    """Count the shingles that two texts have in common, for those that have any."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, own in shingles.items():
        for shingle in own:
            holders[shingle].append(name)
    several = (names for names in holders.values() if 1 < len(names) <= _COMMON)
    return Counter(itertools.chain.from_iterable(itertools.combinations(names, 2) for names in several))


def _shingles(document: Document) -> frozenset[str]:
    plain = _plain(document)
    words = name_key(f"{plain.title}\n{plain.summary}\n{plain.text}").split()
    return frozenset(_runs(words))


def _runs(words: list[str]) -> Iterable[str]:
    return (" ".join(words[place : place + SHINGLE]) for place in range(max(1, len(words) - SHINGLE + 1)))


def _plain(document: Document) -> Document:
    """Decode what feeds leave encoded: `&rsquo;` is an apostrophe."""
    title, summary, text = map(html.unescape, (document.title, document.summary, document.text))
    return Document(title=title, summary=summary, text=text)
