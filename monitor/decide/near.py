"""How alike two texts are: shingles compared one by one (Jaccard), found by MinHash; and what a project is about."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache

from monitor.decide.lore import Lore
from monitor.decide.naming import title_key
from monitor.types import Announcement
from monitor.vocabulary import WorkType

#: Words of a shingle, and words of text on each side of the sentence that are compared.
SHINGLE = 3
_AROUND = 60
#: Share of their shingles (Jaccard) from which two passages are one text, edited: a copy with a sentence changed or
#: a paragraph cut keeps half, texts written apart from each other share next to nothing (`learning.similar`).
ALIKE = 0.5
#: MinHash: six bands of two rows find two passages that share half of their shingles in 82 of 100 cases, those that
#: share 0.7 in 98 of 100.
_BANDS, _ROWS = 6, 2
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1
_COEFFICIENTS = tuple(
    (0x9E3779B97F4A7C15 * (number + 1) % _PRIME, 0xC2B2AE3D27D4EB4F * (number + 7) % _PRIME)
    for number in range(_BANDS * _ROWS)
)
_WORD = re.compile(r"\w+")

#: Fewer telling words than this are any project's of that sort.
_TELLING = 2
#: What nobody calls a comedy; while a thriller is a drama, a crime story and much else to other outlets.
_GRAVE = frozenset({"thriller", "crime", "horror", "spies", "documentary", "biopic"})
_DARK = frozenset({"thriller", "crime"})  #: one outlet's thriller is another's "polar"


def passage(announcement: Announcement, text: str) -> str:
    """Give the words around the sentence that announces, or the first ones where a headline does."""
    inside = announcement.evidence.zone in {"lead", "body"} and announcement.evidence.start < len(text)
    at = announcement.evidence.start if inside else 0
    before = [word.start() for word in _WORD.finditer(text[max(0, at - 12 * _AROUND) : at])][-_AROUND:]
    start = max(0, at - 12 * _AROUND) + before[0] if before else at
    words = [word.end() for word in _WORD.finditer(text, start)][: 2 * _AROUND]
    return text[start : words[-1]] if words else ""


def shingles(text: str) -> frozenset[int]:
    """Give the hashes of every three words in a row, 32 bits each; none of a text shorter than that."""
    words = title_key(text).split()
    return frozenset(
        zlib.crc32(" ".join(words[at : at + SHINGLE]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - SHINGLE + 1)
    )


@lru_cache(256)  # a passage is asked for its bands when it is looked up, compared and kept
def bands(grains: frozenset[int]) -> tuple[str, ...]:
    """Give the MinHash of some shingles, cut into bands: texts that are alike have one in common."""
    if not grains:
        return ()
    least = [min([(a * grain + b) % _PRIME & _MASK for grain in grains]) for a, b in _COEFFICIENTS]
    return tuple(f"{band}:" + ".".join(map(str, least[band * _ROWS : (band + 1) * _ROWS])) for band in range(_BANDS))


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two passages are one text: they share a band, and the share of their shingles is verified."""
    if not one or not other or _jaccard(one, other) < ALIKE:
        return False
    return bool(set(bands(one)) & set(bands(other)))


def genres(announcement: Announcement, lore: Lore) -> frozenset[str]:
    """Give the sorts of work that the announcing sentence names."""
    words = title_key(announcement.evidence.sentence).split()
    return frozenset(lore.genres[word] for word in words if word in lore.genres)


def at_odds(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two works' sorts are such as no work has both: a comedy, and nothing light at all."""
    return any(
        "comedy" in light and "comedy" not in grave and bool(_GRAVE.intersection(grave)) and _GRAVE.isdisjoint(light)
        for light, grave in ((one, other), (other, one))
    )


def kindred(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two sorts are words for one thing: a thriller and a crime story, and neither of them a comedy."""
    return bool(_DARK & set(one) and _DARK & set(other)) and "comedy" not in {*one, *other}


def form(announcement: Announcement, lore: Lore) -> WorkType | None:
    """Tell whether the announcing sentence itself says a film or a series; None where it says neither, or both."""
    words = set(title_key(announcement.evidence.sentence).split()) - set(title_key(announcement.title or "").split())
    said = {form for form, names in lore.forms.items() if names & words}
    one = next(iter(said)) if len(said) == 1 else None
    return one if announcement.work_type in {one, WorkType.UNKNOWN} else None


def wording(one: Announcement, other: Announcement, lore: Lore) -> float:
    """Tell how alike two announcing sentences are: the share of their telling words that both have, 0 to 1."""
    return _jaccard(_telling_words(one, lore), _telling_words(other, lore))


def says_little(announcement: Announcement, lore: Lore) -> bool:
    """Tell whether a sentence has too few telling words to know it again by: "Canal+ prépare un polar"."""
    return len(_telling_words(announcement, lore)) < _TELLING


def _telling_words(announcement: Announcement, lore: Lore) -> frozenset[str]:
    names = {word for name in announcement.platforms for word in title_key(name).split()}
    words = title_key(announcement.evidence.sentence).split()
    return frozenset(word for word in words if len(word) > 3 and word not in lore.plain and word not in names)


def _jaccard(one: Iterable[object], other: Iterable[object]) -> float:
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
