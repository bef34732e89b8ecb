"""Second stage, titles: what a work is called, in quotes, by name, or by where the words stand (`placed`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.placed import SAYING, WORKS, Scene, placed
from monitor.classifier.text import Sentence, fold

_QUOTED = re.compile(r'"\s?([^"]{1,80}?)\s?"')
_SINGLE_QUOTED = re.compile(r"(?<!\w)'([^']{2,60}?)'(?!\w)")
_OPENING = re.compile(r"(?<!\w)'")
_HEADING = re.compile(r"\s*:\s")
_EDGE = re.compile(r"[\s,;:!?.\"'()\-]+$")


def titles(
    sentence: Sentence, marks: Sequence[Mark], groups: Mapping[str, list[Mark]], lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Mark]:
    """Find the titles of a sentence, in order of place; the surest reading of each place wins.

    A title that only says who somebody is ("la chaîne de X", "X creator") comes as "credited".
    """
    quoted = '"' in sentence.plain or ("'" in sentence.plain and _OPENING.search(sentence.plain) is not None)
    if not quoted and "work" not in groups and not sentence.prominent and SAYING.isdisjoint(groups):
        return []
    scene = Scene(sentence=sentence, marks=marks, groups=groups, lexicon=lexicon, gazetteer=gazetteer)
    found = [*(_quoted(scene) if quoted else ()), *_known(scene), *placed(scene)]
    if not found:
        return found
    found.sort(key=lambda m: (-m.strength, m.start - m.end))
    kept: list[Mark] = []
    for mark in found:
        if not any(mark.start < k.end and k.start < mark.end for k in kept):
            kept.append(mark)
    parts = [part for mark in kept for part in _parts(mark, scene)]
    return sorted((_credited(mark, groups) for mark in parts), key=lambda m: m.start)


def _parts(mark: Mark, scene: Scene) -> list[Mark]:
    """Part "A et B" before a verb in the plural into two titles."""
    text, plain = scene.sentence.text, scene.sentence.plain
    if mark.strength > 2 or not scene.begins("plural", mark.end, within=1):
        return [mark]
    for word in re.finditer(r" (\w+|&)(?= )", plain[mark.start : mark.end]):
        end, start = mark.start + word.start(), mark.start + word.end() + 1
        if (word[1] in scene.lexicon.ands or word[1] == "&") and not text[start].islower():
            pieces = ((mark.start, end), (start, mark.end))
            return [Mark("title", first, last, text[first:last], mark.strength) for first, last in pieces]
    return [mark]


def _credited(title: Mark, groups: Mapping[str, list[Mark]]) -> Mark:
    before = any(0 <= title.start - m.end <= 2 for m in groups.get("credit", ()))
    after = any(0 <= m.start - title.end <= 2 for m in groups.get("credit.after", ()))
    return Mark("credited", title.start, title.end, title.value, title.strength) if before or after else title


def _quoted(scene: Scene) -> Iterator[Mark]:
    sentence = scene.sentence
    single = sentence.zone == "headline" or '"' not in sentence.plain
    for pattern in (_QUOTED, _SINGLE_QUOTED) if single else (_QUOTED,):
        for match in pattern.finditer(sentence.plain):
            inside = sentence.text[match.start(1) : _before_season(match, scene.groups.get("season", ()))]
            written = " ".join(_EDGE.sub("", inside).split())
            known = scene.gazetteer.known_as(written)
            if known:
                yield Mark("title", match.start(), match.end(), known.title, 3)
            elif _reads_as_title(written, scene, match):
                yield Mark("title", match.start(), match.end(), written, 2)


def _before_season(match: re.Match[str], seasons: Sequence[Mark]) -> int:
    """Find where the title in "X saison 3" ends."""
    tails = [m.start for m in seasons if match.start(1) < m.start and m.end == match.end(1)]
    return tails[0] if tails else match.end(1)


def _reads_as_title(written: str, scene: Scene, match: re.Match[str]) -> bool:
    """Whether the words between quotes are a title and not something said."""
    words = written.split()
    if not words or not (written[0].isupper() or written[0].isdigit() or written[0] in "#@"):
        return False
    if len(words) > 12 or re.search(r"[.!?…]\s", written) or sum(map(str.islower, words)) > 8:
        return False
    return _named_so(scene, match) or not _spoken(words, scene, match)


def _spoken(words: list[str], scene: Scene, match: re.Match[str]) -> bool:
    """Whether the words between quotes were said: after a colon, before "a déclaré", or as people speak."""
    plain, start = scene.sentence.plain, match.start()
    if scene.begins("said", match.end(), within=3) or (plain[:start].rstrip().endswith(":") and len(words) > 4):
        return True
    if (
        plain[match.end(1) - 1 : match.end() + 1].strip('" ')[-1:] in (",", ".")
        and len(words) > 5
        and scene.lexicon.small
    ):
        return True
    first = fold(words[0])
    opens = first in scene.lexicon.speakers or first.split("'")[0] + "'" in scene.lexicon.speakers
    small = sum(map(str.islower, words[1:]))
    return (opens and len(words) > 4) or (len(words) > 6 and small >= len(words) - 2)


def _named_so(scene: Scene, match: re.Match[str]) -> bool:
    """Whether "la série" or "intitulée" stands before, or "saison 2" after the quotes."""
    before = (m for m in scene.of(("title.before", *WORKS)) if m.end - m.start > 4)
    if any(0 <= match.start() - m.end <= 3 for m in before):
        return True
    return scene.begins("season", match.end(), within=3)


def _known(scene: Scene) -> Iterator[Mark]:
    """Works of the gazetteer; a title that is an everyday word needs a sign beside it."""
    for mark in scene.groups.get("work", ()):
        if mark.strength > 1 or _signed(mark, scene):
            yield Mark("title", mark.start, mark.end, mark.value, 3)


def _signed(work: Mark, scene: Scene) -> bool:
    """Whether "la saison 2 de", "la série" or "aura une suite" stands beside a name that is also a word."""
    for mark in scene.marks:
        telling = mark.strength == 3 or mark.end - mark.start > 4
        if mark.group == "title.before" and telling and 0 <= work.start - mark.end <= 2:
            return True
        if mark.group in ("title.after", "season") and 0 <= mark.start - work.end <= 3:
            return True
    if scene.sentence.plain[work.end :].lstrip()[:1] in (":", ",") and scene.begins("season", work.end, within=8):
        return True  # "de retour dans Lupin : la partie 4"
    heading = scene.sentence.zone == "headline" and work.start <= 2 and _HEADING.match(scene.sentence.plain, work.end)
    return bool(heading)
