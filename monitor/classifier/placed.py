"""Second stage, titles written without quotes, told by their place.

After "la saison 2 de", before "renouvelée", first in "X : ...", or in "X, série de ...".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence, fold

#: Words for a work, by sort.
WORKS = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality")
#: What a title is not.
NAMES = frozenset({"platform", "producer", "person", "show", "periphrasis", "outlet"})
_BARRED = NAMES - {"producer"}  #: what no title goes on into
#: Without one of these a sentence of the body says nothing about a work, and its titles need not be found.
SAYING = frozenset(
    {"order", "announce", "develop", "shoot", "cast", "adapt", "renew", "cancel", "acquire", "season", "more", "works"}
).union(WORKS)
#: After a comma these tell that the words before are a work's title.
_TELLING = frozenset({*WORKS, "works", "maker", "adapt", "describe"})

#: Characters and words of the longest title that we believe without quotes.
LONGEST = 70
_LONGEST_WORDS = 9
_ENUMERATED = 12  #: places in a sentence where an enumerated title may begin

_TOKEN = re.compile(r"\w+(?:['-]\w+)*'?\+?|\(s\)|[&#]")
_CUT = re.compile(r"[:;,] (?:[a-z]{2,3} )?(?=[A-ZÀ-ÝŒ0-9])")
_COMMA = re.compile(r"\s*[,(;]\s*")
_ASIDE = re.compile(r", ")
_ASIDE_LENGTH = 140  #: characters of an aside between a title and what is said of it
_GAP = re.compile(r" - | ")
_EDGE = re.compile(r"[\s,;:!?.\"'()\-]+$")
_LOWER = re.compile(r"(?:[a-zà-ÿœ][\w-]* |[ldLD]['’]|[A-Z][a-z]+ )")


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
        return [mark for group in groups if group in self.groups for mark in self.groups[group]]

    def begins(self, group: str, offset: int, *, within: int) -> bool:
        """Whether a mark of a group begins at an offset or a few characters after it."""
        return any(0 <= m.start - offset <= within for m in self.groups.get(group, ()))


def placed(scene: Scene) -> Iterator[Mark]:
    """Find titles by their place."""
    if not scene.sentence.prominent and SAYING.isdisjoint(scene.groups):
        return
    text, capitals, signs = scene.sentence.text, title_case(scene.sentence), _signs(scene)
    latest = {need: max(starts, default=0) for need, starts in signs.items()}
    ends: dict[int, list[int]] = {}
    for start, needs, strength in _places(scene, signs):
        if not text[start : start + 1].strip() or text[start].islower() or start >= latest.get(needs, len(text)):
            continue
        if start not in ends:
            ends[start] = [] if _made(scene, start) else _ends(scene, start)
        for end in ends[start][-1 if needs == "new" else 0 :]:
            if needs and not _followed(scene, end, needs, signs):
                continue
            written = " ".join(_EDGE.sub("", text[start:end]).split())
            if not _plausible(written, scene, start, end):
                continue
            known = scene.gazetteer.known_as(written)
            sure = (1 if capitals else strength) + (known is not None)
            yield Mark("title", start, end, known.title if known else written, sure)
            break


def title_case(sentence: Sentence) -> bool:
    """Whether a headline writes Most Words With Capitals: then they tell nothing."""
    if sentence.zone != "headline":
        return False
    words = [word for word in sentence.text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def _signs(scene: Scene) -> dict[str, list[int]]:
    """Where the marks begin that may follow a title: a description, "renouvelée", "saison 2", "nouvelle série"."""
    cast = {m.start for m in scene.of(("cast",))}
    return {
        "comma": [m.start for m in scene.of(_TELLING)],
        "sign": [m.start for m in scene.of(("title.after", "season")) if m.start not in cast],
        "new": [m.start for m in scene.of(("new", *WORKS))] if scene.sentence.zone == "headline" else [],
    }


def _places(scene: Scene, signs: Mapping[str, list[int]]) -> Iterator[tuple[int, str, int]]:
    """Where a title may begin, what must follow it, and how sure that makes it."""
    needs, capitals = [name for name in ("comma", "sign") if signs[name]], title_case(scene.sentence)
    for mark in scene.groups.get("title.before", ()):
        weak = mark.strength < 3 and mark.end - mark.start <= 4  # "de", "sur", "with"
        weak = weak or (mark.strength < 3 and capitals)  # "Thriller Instead" names no thriller
        for start in _after(scene, mark.end, skip=not weak) if signs["sign"] or not weak else ():
            yield start, "sign" if weak else "", 1 if weak else 2
    if scene.sentence.zone == "headline":
        yield from ((0, "colon", 2), *(() if capitals else ((0, "new", 2),)))
        for colon in itertools.islice(re.finditer(r": ", scene.sentence.plain), 2):
            yield from ((colon.end(), need, 2) for need in needs)
    yield from ((0, need, 2) for need in needs)
    for cut in itertools.islice(_CUT.finditer(scene.sentence.text), _ENUMERATED) if needs else ():
        yield from ((cut.end(), need, 1) for need in needs)


def _after(scene: Scene, end: int, *, skip: bool) -> Iterator[int]:
    """Where a title may begin after a phrase: at once, or after "sa série", "the hit French comedy"."""
    text = scene.sentence.text
    start = end
    while text[start : start + 1] == " ":
        start += 1
    yield start
    for _ in range(4 if skip else 0):
        word = _LOWER.match(text, start)
        folded = scene.sentence.plain[word.start() : word.end()].strip() if word else ""
        if (
            word is None
            or folded in scene.lexicon.stops
            or (text[start].isupper() and folded not in scene.lexicon.starts)
        ):
            return
        start = word.end()
        if start < len(text) and text[start].isupper():
            yield start


def _ends(scene: Scene, start: int) -> list[int]:
    """Where a title that begins here may end, the likeliest first.

    With little words inside it up to a stop, then word by word back to the capitals alone: "Nuit polaire ressuscite",
    "Nuit polaire", "Nuit".
    """
    sure, between = _spans(scene, start)
    if not sure:
        return []
    return [*reversed(between), sure] if len(between) <= 5 else [sure]


def _spans(scene: Scene, start: int) -> tuple[int, list[int]]:
    """Read a title's words: where its capitals, and the little words that join them, end; and where else it may.

    Beyond its capitals a title goes on, word by word, up to a stop word or a sign of punctuation.
    """
    text, plain, lexicon = scene.sentence.text, scene.sentence.plain, scene.lexicon
    sure, strict, position = 0, True, start
    ends: list[int] = []
    barred = {m.start for m in scene.of(_BARRED)}
    for count in range(_LONGEST_WORDS):
        token = _TOKEN.match(plain, position)
        if token is None or position in barred or position - start > LONGEST:
            break
        word, first = token[0], text[position]
        capital = first.isupper() or first.isdigit()
        if word in lexicon.stops and not (capital and count == 0):
            break
        joins = word in lexicon.joins or word.rstrip("'") in lexicon.joins
        strict = strict and (capital or joins or "'" in word)
        if strict and (capital or count == 0):
            sure, ends = token.end(), []
        elif capital or count == 0 or not joins:
            ends.append(token.end())
        gap = _GAP.match(plain, token.end())
        if gap is None and not word.endswith("'"):
            break
        position = gap.end() if gap else token.end()
    return sure, ends


def _followed(scene: Scene, end: int, needs: str, signs: Mapping[str, list[int]]) -> bool:
    """Whether what must follow a title does: a colon, a description, "renouvelée"..."""
    plain = scene.sentence.plain
    if needs == "colon":
        return plain[end : end + 3].lstrip().startswith((": ", "- "))
    if needs == "new":
        return any(0 <= start - end <= 2 for start in signs["new"])
    if needs == "comma":
        comma = _COMMA.match(plain, end)
        return comma is not None and any(0 <= start - comma.end() <= 20 for start in signs["comma"])
    return any(0 <= start - end <= 3 for start in signs["sign"]) or _after_aside(scene, end, signs["sign"])


def _after_aside(scene: Scene, end: int, starts: Sequence[int]) -> bool:
    """Whether the sign follows what only describes the title: "X, le polar de Y avec Z, s'offre une saison 2"."""
    if scene.sentence.plain[end : end + 2] != ", ":
        return False
    commas = [m.end() for m in _ASIDE.finditer(scene.sentence.plain, end + 2, end + _ASIDE_LENGTH)]
    return any(0 <= start - comma <= 2 for comma in commas for start in starts)


def _made(scene: Scene, start: int) -> bool:
    """Whether a maker stands before: then it is who made the work, not what it is called."""
    return any(0 <= start - m.end <= 2 for m in scene.groups.get("maker", ()))


def _plausible(written: str, scene: Scene, start: int, end: int) -> bool:
    """Whether the words can be a title: no platform, no person, no everyday words that only begin a statement."""
    words, plain, lexicon = written.split(), scene.sentence.plain[start:end], scene.lexicon
    if len(written) < 2 or (len(words) == 1 and (plain in lexicon.starts or plain.isdigit())):
        return False
    if plain in lexicon.places or (title_case(scene.sentence) and plain.split()[0] in lexicon.places):
        return False
    numbered = words[0].isdigit() and len(words) > 1 and words[1].islower()
    if numbered or _ordinary(plain, lexicon) or _generic(start, end, scene):
        return False
    if _somebody(words, lexicon) and (fold(words[0]) in lexicon.names or not _goes_on(scene, start, end)):
        return False
    return not any(m.start <= start + 4 and m.end >= end - 1 for m in scene.of(NAMES))


def _goes_on(scene: Scene, start: int, end: int) -> bool:
    """Whether "renouvelle" stands right before or "saison 2" after: two capitals that no first name begins, a title."""
    signs = [m for m in scene.of(("renew", "season", "more")) if m.strength == 3]
    return any(0 <= m.start - end <= 2 or (m.group == "renew" and 0 <= start - m.end <= 2) for m in signs)


def _somebody(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words begin with a person's name: a first name and a capital, or nothing but capitals.

    The second only where titles are written small: "Nuit polaire" is one, "Awa Sissoko" is somebody.
    """
    if len(words) < 2 or not words[1][0].isupper():
        return False
    if all(part in lexicon.names for part in fold(words[0]).split("-")):
        return True
    plain = [fold(word) for word in words]
    bare = all(w[0].isupper() and w.replace("-", "").isalpha() and not w.isupper() for w in words)
    return lexicon.small and bare and len(words) <= 3 and plain[0] not in lexicon.articles | lexicon.joins


def _ordinary(plain: str, lexicon: Lexicon) -> bool:
    """Whether "Son patron", "La chaîne" or "French hit" is only how a statement begins."""
    words = re.findall(r"\w+'?", plain)
    if not words or words[0] not in lexicon.starts:
        return False
    if words[0] not in lexicon.articles:
        return True
    rest = [word for word in words[1:] if word not in lexicon.joins]
    return not rest or rest[0] in lexicon.generic


def _generic(start: int, end: int, scene: Scene) -> bool:
    """Whether "La série" or "Quatrième série préférée des Français" is what the words say."""
    return any(start <= m.start <= start + 5 or (start <= m.start and m.end <= end) for m in scene.of(WORKS))
