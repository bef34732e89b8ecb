"""Second stage, titles without quotes: where one that begins at a place ends."""

from __future__ import annotations

import re

from monitor.classifier.scene import NAMES, Scene

_BARRED = NAMES - {"producer"}  #: what no title goes on into
#: Characters and words of the longest title that we believe without quotes.
LONGEST = 70
_LONGEST_WORDS = 9
_MOST_SMALL = 5  #: words that it goes on for after its capitals

_TOKEN = re.compile(r"\w+(?:['-]\w+)*'?\+?|\(s\)|[&#]")
_GAP = re.compile(r" - | ")
_STOP = re.compile(r"\s?[,.;:!?()\"]|$")


def ends_of(scene: Scene, start: int) -> list[int]:
    """Where a title that begins here may end, the likeliest first.

    With little words inside it up to a stop, then word by word back to the capitals alone: "Nuit polaire ressuscite",
    "Nuit polaire", "Nuit".
    """
    sure, between = _spans(scene, start)
    if not sure:
        return []
    opens = start == 0 and scene.sentence.zone != "headline"  # "Live events, which"
    most = _MOST_SMALL if scene.lexicon.small else 0 if opens else 2  # "Vendange tardive" in an English text
    return [*reversed(between), sure] if len(between) <= most else [sure]


def to_the_stop(scene: Scene, start: int) -> int:
    """Where the words that begin here end at a sign of punctuation; 0 when it is far."""
    stop = _STOP.search(scene.sentence.plain, start)
    end = stop.start() if stop else start
    return end if end - start <= LONGEST else 0


def _spans(scene: Scene, start: int) -> tuple[int, list[int]]:
    """Read a title's words: where its capitals, and the little words that join them, end; and where else it may.

    Beyond its capitals a title goes on, word by word, up to a stop word or a sign of punctuation.
    """
    text, plain, lexicon = scene.sentence.text, scene.sentence.plain, scene.lexicon
    sure, strict, position = 0, True, start
    ends: list[int] = []
    ands = 0
    barred = {m.start for m in scene.of(_BARRED)}
    for count in range(_LONGEST_WORDS):
        token = _TOKEN.match(plain, position)
        if token is None or position in barred or position - start > LONGEST:
            break
        word, first = token[0], text[position]
        capital = first.isupper() or first.isdigit()
        ands += word in lexicon.ands
        if ands > 1 or ((count > 0 or not capital) and _stops(word, text[position : token.end()], scene)):
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


def _stops(word: str, written: str, scene: Scene) -> bool:
    """Whether a word ends a title: a verb, "avec"; "à" does not, though without its accent it is one."""
    lexicon = scene.lexicon
    if written == "à":
        return False
    if word in lexicon.stops or ("'" in word and word[: word.index("'") + 1] in lexicon.stops):
        return True
    if not written.islower():
        return False
    counts = lexicon.small and len(word) > 3 and lexicon.book.number(word) is not None
    return counts or word in lexicon.verbs or (len(word) > 5 and written.endswith(lexicon.future))
