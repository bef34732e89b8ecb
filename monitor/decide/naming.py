"""Names of works: what is compared of a title, which names are one work's, which differ by a slip of the pen."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from monitor.telling import Told

_ARTICLES = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|des|the|a|an)\s+)")
_AND = re.compile(r"\s*&\s*|\band\b")  # "Cheyenne & Lola", "Cheyenne and Lola", "Cheyenne et Lola"
_NOT_WORD = re.compile(r"[^\w+]+")
#: Shorter titles have too many neighbours that are other works: "Mortel" and "Mortal".
TYPO_LENGTH = 8
#: Shorter words have too many neighbours, too: "mort", "mont", "port".
_TYPO_WORD = 6
#: Where more than the title speaks for it, a letter too few or two swapped are a slip in shorter words, too: "Usel".
_KIN_WORD = 4
#: From this length on two slips are forgiven.
TWO_TYPOS_LENGTH = 14
#: Endings that make another word of a word: "combattants" and "combattantes" may be two works.
_INFLECTED = re.compile(r"(?:e?s|e|x|nt|r)$")
_NUMBER = re.compile(r"\d+|[ivxlc]+")
#: Words that titles are full of and that name nothing: what is one letter off is no other word.
_LITTLE_WORDS = frozenset({"the", "and", "for", "from", "with", "les", "des", "une", "dans", "pour", "avec", "sur"})
_NUMBER_WORDS = frozenset(
    {
        *("un", "une", "one", "deux", "two", "trois", "three", "quatre", "four", "cinq", "five", "six", "sept"),
        *("seven", "huit", "eight", "neuf", "nine", "dix", "ten"),
    }
)


@lru_cache(maxsize=16_384)
def title_key(title: str) -> str:
    """Reduce a title to what is compared: "L'Été en pente douce !" and "ete en pente douce" are one.

    A title that is nothing but an article or punctuation keeps its letters, so that no key is empty.
    """
    plain = unicodedata.normalize("NFKD", title.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char)).strip()
    plain = _AND.sub(" et ", plain)
    without = _ARTICLES.sub("", plain)
    return _NOT_WORD.sub(" ", without).strip() or _NOT_WORD.sub(" ", plain).strip() or plain or title.strip()


class Names:
    """Which names are one work's: those of the gazetteer, of the watched works, and those merged by hand.

    A name may be two works' ("PBLV" was the old serial and is the new one), so a title stands for a set of works.
    """

    def __init__(self, works: Iterable[tuple[str, ...]] = ()) -> None:
        """Take all names of each work, the one it goes by first."""
        self._works: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        for names in works:
            keys = [title_key(name) for name in names]
            for key in keys:
                self._works[key].add(keys[0])
                self._names[keys[0]].add(key)

    def works(self, title: str) -> frozenset[str]:
        """Give the canonical keys of the works that go by a title; the title's own where nobody knows it."""
        key = title_key(title)
        return frozenset(self._works.get(key) or (key,))

    def canonical(self, title: str) -> str:
        """Give the one canonical key of a title; of several works' the first in the alphabet."""
        key = title_key(title)
        works = self.works(title)
        return key if key in works else min(works)

    def names(self, title: str) -> frozenset[str]:
        """Give the keys of every name of the works that go by a title, its own among them."""
        key = title_key(title)
        return frozenset({key}.union(*(self._names.get(work, ()) for work in self.works(title))))

    def known(self, title: str) -> bool:
        """Tell whether a title is a name of a known work."""
        return title_key(title) in self._works

    def same(self, one: str, other: str) -> bool:
        """Tell whether two titles may be names of one work."""
        return bool(self.works(one) & self.works(other))


def typo(one: str, other: str, *, kin: bool = False) -> bool:
    """Tell whether two title keys differ by a slip of the pen only.

    One edit (two from 14 letters on), never in a number, a Roman numeral or a number word, and one half of each as it
    is in the other, so that an index of halves finds it.

    Args:
        kin: more than the titles speaks for one work, so that a mere ending or a letter of a short word may be a slip.
    """
    shorter = min(len(one), len(other))
    if shorter < TYPO_LENGTH or one == other:
        return False
    allowed = 2 if shorter >= TWO_TYPOS_LENGTH else 1
    if OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    found = set(halves(one)) & _reach(other) and set(halves(other)) & _reach(one)
    return bool(found) and _differ_in_letters(one.split(), other.split(), kin=kin)


def _differ_in_letters(one: list[str], other: list[str], *, kin: bool) -> bool:
    """Tell whether the words that differ do so inside: a first letter or a short word makes another name of it.

    "Brest" and "Crest" are two towns, and "la Tour" is not "la Cour"; a space too few or too many is a slip.
    """
    less, more = sorted((Counter(one) - Counter(other)).elements()), sorted((Counter(other) - Counter(one)).elements())
    if any(_NUMBER.fullmatch(word) or word in _NUMBER_WORDS for word in (*less, *more)):
        return False
    if "".join(one) == "".join(other):
        return True
    return len(less) == len(more) and all(_slip(a, b, kin) for a, b in zip(less, more, strict=True))


def _slip(one: str, other: str, kin: bool) -> bool:
    longest = max(len(one), len(other))
    if len({one, other} & _LITTLE_WORDS) == 1:  # "te" is no word; "la" and "le" are two
        return True
    swapped = sorted(one) == sorted(other)
    exchanged = len(one) == len(other) and not swapped  # one letter for another makes words of words most easily
    least = _TYPO_WORD + 1 if exchanged else _KIN_WORD if kin else _TYPO_WORD
    if one[0] != other[0] or longest < least:
        return False
    return kin or _INFLECTED.sub("", one) != _INFLECTED.sub("", other)


def halves(key: str) -> tuple[str, ...]:
    """Give what a title key is found by in spite of a slip: its length with each half.

    The two letters in the middle belong to neither, so that two letters swapped there leave both halves whole.
    """
    if len(key) < TYPO_LENGTH:
        return ()
    middle = len(key) // 2
    return f"{len(key)}<{key[: middle - 1]}", f"{len(key)}>{key[middle + 1 :]}"


def reach(key: str) -> tuple[str, ...]:
    """Give the halves under which the title keys within reach of a slip are found."""
    return tuple(sorted(_reach(key))) if len(key) >= TYPO_LENGTH else ()


def _reach(key: str) -> set[str]:
    slips = 2 if len(key) >= TWO_TYPOS_LENGTH - 2 else 1
    lengths = range(max(TYPO_LENGTH, len(key) - slips), len(key) + slips + 1)
    heads = {f"{length}<{key[: length // 2 - 1]}" for length in lengths}
    return heads | {f"{length}>{key[-(length - length // 2 - 1) :]}" for length in lengths}


def mark(told: Told) -> str:
    """Name a telling for ever, also when its article is read anew: by its address and what it announces."""
    said = told.as_read
    what = title_key(said.title) if said.title else f"? {told.position}"
    text = "\n".join((told.telling.url, said.kind, what, str(said.season)))
    return "t-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
