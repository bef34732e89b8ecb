"""Names of works: what is compared of a title, and which names are one work's."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from monitor.telling import Told

_ARTICLES = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|des|the|a|an)\s+)")
_AND = re.compile(r"\s*&\s*|\band\b")  # "Cheyenne & Lola", "Cheyenne and Lola", "Cheyenne et Lola"
_NOT_WORD = re.compile(r"[^\w+]+")
_SUBTITLE = re.compile(r"\s*:\s+|\s+[–—-]\s+")  # "Carthage : la chute", "Carthage: The Fall", "Carthage – La chute"


@lru_cache(maxsize=16_384)
def title_key(title: str) -> str:
    """Reduce a title to what is compared: "L'Été en pente douce !" and "ete en pente douce" are one.

    A title that is nothing but an article or punctuation keeps its letters, so that no key is empty.
    """
    plain = _AND.sub(" et ", unaccented(title))
    without = _ARTICLES.sub("", plain)
    return _NOT_WORD.sub(" ", without).strip() or _NOT_WORD.sub(" ", plain).strip() or plain or title.strip()


def unaccented(title: str) -> str:
    """Give a title without case and accents."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char)).strip()


@lru_cache(maxsize=16_384)
def head_and_rest(title: str) -> tuple[str, str]:
    """Give the keys of a title and of its subtitle, "Carthage : la chute"; empty where it has none."""
    head, _, rest = _SUBTITLE.sub("\n", title, count=1).partition("\n")
    return (title_key(head), title_key(rest)) if head.strip() and rest.strip() else (title_key(title), "")


class Names:
    """Which names are one work's: those of the gazetteer, of the watched works, and those merged by hand.

    A name may be two works' ("PBLV" was the old serial and is the new one), so a title stands for a set of works.
    """

    def __init__(self, works: Iterable[tuple[str, ...]] = ()) -> None:
        """Take all names of each work, the one it goes by first."""
        self._works: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._learnt: dict[str, str] = {}  #: canonical key -> that of the work it turned out to be
        for names in works:
            keys = [title_key(name) for name in names]
            for key in keys:
                self._works[key].add(keys[0])
                self._names[keys[0]].add(key)

    def works(self, title: str) -> frozenset[str]:
        """Give the canonical keys of the works that go by a title; the title's own where nobody knows it."""
        key = title_key(title)
        works = frozenset(self._works.get(key) or (key,))
        return frozenset(self._learnt.get(work, work) for work in works) if self._learnt else works

    def learning(self, pairs: Iterable[tuple[str, str]]) -> Names:
        """Give these names with pairs of titles that turned out to be one work's; these stay as they are.

        A name of several works teaches nothing: which of them is meant is what is asked.
        """
        more = Names()
        more._works, more._names = self._works, self._names
        more._learnt = dict(self._learnt)
        for one, other in sorted(pairs):
            mine, theirs = more.works(one), more.works(other)
            if len(mine) == len(theirs) == 1 and mine != theirs:
                kept, gone = sorted((*mine, *theirs))
                more._learnt |= {work: kept for work, now in more._learnt.items() if now == gone}
                more._learnt[gone] = kept
        return more

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


def mark(told: Told) -> str:
    """Name a telling for ever, also when its article is read anew: by its address and what it announces."""
    said = told.as_read
    what = title_key(said.title) if said.title else f"? {told.position}"
    text = "\n".join((told.telling.url, said.kind, what, str(said.season)))
    return "t-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
