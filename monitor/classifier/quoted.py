"""Second stage, titles between quotes: what stands there is a title, or was said by somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.classifier.phrases import Mark
from monitor.classifier.scene import EDGE, TELLING, WORKS, Scene
from monitor.classifier.text import fold

_DIRECTED = re.compile(r"[«“„]\s?([^«»“”„]{1,90}?)\s?[»”]")
_STRAIGHT = re.compile(r'"\s?([^"]{1,90}?)\s?"')
#: An apostrophe inside a word closes nothing: 'The Keeper's Son'; nor does that of "Canal+'s" open anything.
_SINGLE = re.compile(r"(?<![\w+!)])'((?:[^']|(?<=\w)'(?=\w)){2,60}?)'(?!\w)")
_SINGLE_DIRECTED = re.compile(r"‘([^‘]{1,70}?)’(?!\w)")
_OPENING = re.compile(r"(?<!\w)'")
#: Between quotes and a verb that says who spoke: "», note-t-il", "», lui a répondu", "», a tenu à préciser".
_TO_SAYING = re.compile(r"[\",.?!; ]*(?:\w+[- '])?")
_COMMA = re.compile(r"\s?[,(]\s?")
_WORD = re.compile(r"\w+'?")
#: Two sentences are no title; "Mr. & Mrs. Smith" and "Quai n. 9" are.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bM[rs])(?<!\bMrs)[.!?…]\s+[A-ZÀ-Ý]")
#: Longer, and with a word of those that people speak with, what stands in quotes was said.
_SHORT = 4


def has_quotes(scene_plain: str) -> bool:
    """Whether something may stand between quotes."""
    return '"' in scene_plain or ("'" in scene_plain and _OPENING.search(scene_plain) is not None)


def quoted(scene: Scene) -> Iterator[Mark]:
    """Find titles between quotes."""
    for match in _spans(scene):
        inside = scene.sentence.text[match.start(1) : _before_season(match, scene.groups.get("season", ()))]
        written = " ".join(EDGE.sub("", inside).split())
        known = scene.gazetteer.known_as(written)
        if known:
            yield Mark("title", match.start(), match.end(), known.title, 3)
        elif _reads_as_title(written, scene, match):
            yield Mark("title", match.start(), match.end(), written, 2)


def _spans(scene: Scene) -> Iterator[re.Match[str]]:
    text, plain = scene.sentence.text, scene.sentence.plain
    directed = "«" in text or "“" in text or "„" in text
    if directed:  # then a stray closing quote opens nothing: "» L'actrice, vue dans « Nuit polaire »"
        yield from _DIRECTED.finditer(text)
    yield from _STRAIGHT.finditer(text if directed else plain)
    if "‘" in text:
        yield from _SINGLE_DIRECTED.finditer(text)
    elif scene.sentence.zone == "headline" or '"' not in plain:
        yield from _SINGLE.finditer(plain)
    elif _OPENING.search(plain):  # what somebody says who names a title
        yield from (m for m in _SINGLE.finditer(plain) if plain.count('"', 0, m.start()) % 2)


def _before_season(match: re.Match[str], seasons: Sequence[Mark]) -> int:
    """Find where the title in "X saison 3" ends."""
    tails = [m.start for m in seasons if match.start(1) < m.start and m.end == match.end(1)]
    return tails[0] if tails else match.end(1)


def _reads_as_title(written: str, scene: Scene, match: re.Match[str]) -> bool:
    """Whether the words between quotes are a title and not something said."""
    words = written.split()
    if not words or not (written[0].isupper() or written[0].isdigit() or written[0] in "#@"):
        return False
    if any(m.strength > 2 and (m.start, m.end) == match.span(1) for m in scene.groups.get("platform", ())):
        return False  # "la série de « TF1 »"
    if _is_outlet(scene, match):
        return False
    if len(words) > 12 or _SENTENCE_END.search(written) or sum(map(str.islower, words)) > 8:
        return False
    if _after_colon(scene, match) and _as_people_speak(words, scene) and (len(words) > _SHORT or _named(scene)):
        return False  # "elle a prêté sa maison pour une fiction : « Ils ont tout repeint en vert »"
    return _named_so(scene, match) or not _spoken(words, scene, match)


def _is_outlet(scene: Scene, match: re.Match[str]) -> bool:
    """Whether it is who told: "dans « Libération »", but not "la série « Libération »" nor "« Libération » : ..."."""
    if not any((m.start, m.end) == match.span(1) for m in scene.groups.get("outlet", ())):
        return False
    topic = scene.sentence.zone == "headline" and match.start() == 0
    return not topic and not _named_so(scene, match)


def _named(scene: Scene) -> bool:
    """Whether the headline begins with somebody's first name, and so goes on with what they say."""
    first = _WORD.match(scene.sentence.plain)
    return scene.sentence.zone == "headline" and first is not None and first[0] in scene.lexicon.names


def _after_colon(scene: Scene, match: re.Match[str]) -> bool:
    return scene.sentence.plain[: match.start()].rstrip().endswith(":")


def _spoken(words: list[str], scene: Scene, match: re.Match[str]) -> bool:
    """Whether the words between quotes were said: after a colon, before "a déclaré", or as people speak."""
    if scene.begins("said", match.end(), within=3):
        return True
    if _told_of(scene, match.end()):
        return False
    if _said_after(scene, match.end()):
        return True
    if not scene.lexicon.small and _in_capitals(words):  # the comma stands inside the quotes: “A Long Way to the Sea,”
        return _after_colon(scene, match) and len(words) > _SHORT and fold(words[0]) in scene.lexicon.speakers
    speech = _as_people_speak(words, scene)
    ends = scene.sentence.plain[match.end(1) - 1 : match.end()].strip("\"' ")[-1:] in (",", ".")
    if ends and len(words) > _SHORT and not _headed(words, scene):
        return True
    small = sum(map(str.islower, words[1:]))
    return (speech and len(words) > _SHORT) or (len(words) > 6 and small >= len(words) - 2)


def _said_after(scene: Scene, end: int) -> bool:
    """Whether what follows says who spoke, with at most a word between."""
    plain = scene.sentence.plain
    return any(m.start >= end and _TO_SAYING.fullmatch(plain, end, m.start) for m in scene.groups.get("said", ()))


def _told_of(scene: Scene, end: int) -> bool:
    """Whether "a comedy", "six episodes" or "created by" follows, after a comma or bracket."""
    comma = _COMMA.match(scene.sentence.plain, end)
    return comma is not None and any(0 <= m.start - comma.end() <= 14 for m in scene.of(TELLING) if m.end - m.start > 2)


def _as_people_speak(words: list[str], scene: Scene) -> bool:
    """Whether one of the words is one that people speak with: "je", "nous", "c'est", "n'est"."""
    lexicon = scene.lexicon
    first = fold(words[0])
    if first in lexicon.speakers or first.split("'")[0] + "'" in lexicon.speakers:
        return True
    rest = [part for word in words[1:] if not word[0].isupper() for part in _WORD.findall(fold(word))]
    return any(part in lexicon.finite for part in rest)


def _in_capitals(words: list[str]) -> bool:
    """Whether words are written As a Title Is."""
    return all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 4)


def _headed(words: list[str], scene: Scene) -> bool:
    """Whether they begin as titles do: an article, then a capital."""
    return len(words) > 1 and fold(words[0]) in scene.lexicon.articles and words[1][0].isupper()


def _named_so(scene: Scene, match: re.Match[str]) -> bool:
    """Whether "la série" or "intitulée" stands before, or "saison 2" after the quotes."""
    before = (m for m in scene.of(("title.before", "title.name", *WORKS)) if m.end - m.start > 4)
    if any(0 <= match.start() - m.end <= 3 for m in before):
        return True
    return scene.begins("season", match.end(), within=3)
