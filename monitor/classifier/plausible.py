"""Second stage, titles: whether words that stand where a title would can be one."""

from __future__ import annotations

import itertools
import re

from monitor.classifier.lexicon import Lexicon
from monitor.classifier.scene import NAME, NAMES, WORKS, Scene, little
from monitor.classifier.text import fold
from monitor.classifier.whereabouts import dated, introduced, is_a_place, led_to_by_place, located, of_somebody

_COMPOUND = re.compile(r"\w+-[a-z]+")
_FIRST_WORD = re.compile(r"\w+'?")
_OF = re.compile(r" (?:de |d'|du |des |of |from |by )")
#: "par", right before who makes something, and what is said to be made.
_BY = re.compile(r"(?:^|(?<= ))(\w+) $")
_BY_WHOM = 8
#: Characters between a word for a work and "avec": "une série policière en six épisodes avec".
_WITH = 30
_MAKING = ("order", "shoot", "develop", "describe", "adapt")
#: Characters of an article, and the space after it.
_ARTICLE = 4
#: Characters between a title, with its colon, and "saison 3".
_TO_SEASON = 8
#: Characters of "c'est le", before "titre de travail".
_CALLED = 12
_TO_TELLING = re.compile(r"\s?[,(:]\s?")


def made(scene: Scene, start: int) -> bool:
    """Whether it is who made the work or plays in it, not what it is called: a maker stands before, or "avec"."""
    if any(0 <= start - m.end <= 2 for m in scene.groups.get("maker", ())) or plays_in_it(scene, start):
        return True
    if scene.lexicon.whom and any(0 <= start - m.end <= 1 and _inverted(scene, m.start) for m in scene.of(_MAKING)):
        return True
    by = _BY.search(scene.sentence.plain, max(0, start - _BY_WHOM), start)
    if by is None or by[1] not in scene.lexicon.by:
        return False
    return any(0 <= by.start() - m.end <= 1 or m.end == by.end(1) for m in scene.of(_MAKING))


def plays_in_it(scene: Scene, start: int) -> bool:
    """Whether what has no quotes is who plays in a work: "une série avec Y", "a drama starring Y"; no "avec Les X"."""
    cues = [m for m in scene.groups.get("star", ()) if 0 <= start - m.end <= 1]
    if not cues or not NAME.match(scene.sentence.text, start):
        return False
    first = _FIRST_WORD.match(scene.sentence.plain, start)
    headed = first is not None and first[0] in scene.lexicon.articles
    return not headed and any(0 <= cue.start - m.end <= _WITH for cue in cues for m in scene.of((*WORKS, "works")))


def _inverted(scene: Scene, start: int) -> bool:
    """Whether a verb has its subject after it: "que développe Grand Large"."""
    return scene.sentence.plain[max(0, start - 4) : start].rstrip().endswith(scene.lexicon.whom)


def plausible(written: str, scene: Scene, start: int, end: int, *, needs: str = "") -> bool:
    """Whether the words can be a title: no platform, no person, no everyday words that only begin a statement.

    Args:
        needs: what made the place one: after "s'appellera" ("named") only names are none; the capital of an article
            within a sentence ("inner") tells more than the words do; "Premier chantier, X." ("last") is of a work.
    """
    words, plain, lexicon = written.split(), scene.sentence.plain[start:end], scene.lexicon
    if len(written) < 2 or (len(words) == 1 and (plain in lexicon.starts or plain.isdigit())):
        return False
    if any((m.start <= start + 4 and m.end >= end - 1) or m.start < start < m.end for m in scene.of(NAMES)):
        return False
    if (len(words) == 1 and _single(written, plain, scene)) or (needs == "colon" and _of_a_stage(scene, start, end)):
        return False
    nameless = any(start <= m.start <= end + 2 for m in scene.of(("untitled",)))  # "dans le Jura encore sans titre"
    if nameless or _firm(words, lexicon) or (not lexicon.small and dated(scene, start, end)):
        return False
    if needs == "named":
        return (written[0].isupper() or written[0].isdigit()) and fold(words[0]) not in lexicon.names
    return not (
        is_a_place(words, scene, start, end)
        or (needs == "told" and (led_to_by_place(scene, start) or _begins_again(words, lexicon)))
        or (located(scene, start) and not introduced(scene, end))
        or _partner(scene, start, end)
        or _day(words, scene, start)
        or _only_begins(words, scene, start, end, needs)
        or (needs != "inner" and _generic(start, end, scene))
        or (needs != "inner" and _ordinary(plain, lexicon) and not (needs == "told" and _begins_small(plain, lexicon)))
        or (_somebody(words, lexicon) and _a_person(words, scene, start, end, needs))
    )


def _only_begins(words: list[str], scene: Scene, start: int, end: int, needs: str) -> bool:
    """Whether everyday words only begin a statement, and nothing behind them says that they name a work."""
    if needs == "to prove" or not _begins_statement(words, scene, start):
        return False
    called = needs == "comma" and _called(words, scene, end)
    return not called and not (needs == "colon" and _of_a_season(scene, end))


def _a_person(words: list[str], scene: Scene, start: int, end: int, needs: str) -> bool:
    """Whether two words with capitals are somebody, and no work that bears such a name."""
    names = scene.lexicon.names
    told = needs == "told" and (of_somebody(scene, start) or not names.isdisjoint(map(fold, words)))
    return _first_name(words, scene.lexicon) or told or not (needs == "last" or _told_of(scene, start, end))


def _single(word: str, plain: str, scene: Scene) -> bool:
    """Whether one word alone is none: "Louise, une avocate", "Onze heures", "the Lyon-set thriller"."""
    lexicon = scene.lexicon
    if not lexicon.small and _COMPOUND.fullmatch(word):
        return True
    bare = plain in lexicon.names or lexicon.book.number(plain) is not None
    return bare and scene.gazetteer.known_as(word) is None


def _of_a_stage(scene: Scene, start: int, end: int) -> bool:
    """Whether it is a stage that has a season: "Théâtre municipal : une saison 2 sous le signe du rire"."""
    return _of_a_season(scene, end) and any(start <= m.start < end for m in scene.of(("outside",)))


def _firm(words: list[str], lexicon: Lexicon) -> bool:
    """Whether it is called as companies are: "Grand Large Productions", "les Films du Renard"."""
    plain = [fold(word) for word in words]
    headed = len(plain) > 2 and plain[0] in lexicon.articles
    return len(plain) > 1 and (plain[-1] in lexicon.firms or plain[1 if headed else 0] in lexicon.firms)


def _partner(scene: Scene, start: int, end: int) -> bool:
    """Whether a platform or company is named in the same breath: "ARTE et Les Ateliers Boréal", "Mollusk et Canal+"."""
    plain = scene.sentence.plain
    for mark in scene.of(("platform", "producer")):
        gap = plain[mark.end : start] if mark.end <= start else plain[end : mark.start]
        if gap.strip() in scene.lexicon.ands | {"&"} and len(gap) <= 5:
            return True
    return False


def _day(words: list[str], scene: Scene, start: int) -> bool:
    """Whether it is a day: "on 15 December"."""
    dates = scene.of(("release",)) if words[0].isdigit() else ()
    return any(m.start == start and m.value == words[0] for m in dates)


def _begins_statement(words: list[str], scene: Scene, start: int) -> bool:
    """Whether a statement begins so: "2 femmes", "Lancée au printemps", "Six mois plus tard", "Le repas aura lieu"."""
    lexicon, first = scene.lexicon, fold(words[0])
    if len(words) > 1 and words[0].isdigit() and words[1].isdigit():
        return True  # "3 000 décodeurs"
    if len(words) == 1 or not words[1][0].islower():
        return False
    opens = start == 0 or scene.sentence.plain[max(0, start - 2) : start].strip() in ("", ":", '"')
    if words[0].isdigit() or (opens and lexicon.book.number(first) and fold(words[1]) in lexicon.units):
        return True  # a capital within the sentence is of a title: "le thriller Six minutes avant l'aube"
    if len(first) > 3 and words[0].lower().endswith(lexicon.participles):
        second = fold(words[1])
        return little(second.split("'")[0], lexicon) or second.endswith("ment") or second in lexicon.units
    return lexicon.small and opens and first in lexicon.articles and "'" not in first


def _called(words: list[str], scene: Scene, end: int) -> bool:
    """Whether a comma and "la comédie de" follow: "Un prof en or, la comédie de Y, est reconduite"."""
    comma, plain = _TO_TELLING.match(scene.sentence.plain, end), scene.sentence.plain
    if comma is None or fold(words[0]) not in scene.lexicon.articles or not _definite(scene, comma.end()):
        return False
    works = (m for m in scene.of(WORKS) if 0 < m.start - comma.end() <= _ARTICLE)
    return any(_OF.match(plain, work.end) for work in works)


def _of_a_season(scene: Scene, end: int) -> bool:
    """Whether a headline goes on about a season: "Nos plus belles années : la saison 3 débarque"."""
    return any(m.strength > 2 and 0 <= m.start - end <= _TO_SEASON for m in scene.of(("season",)))


def _definite(scene: Scene, start: int) -> bool:
    """Whether "la", "the" or "this" begins there."""
    word = _FIRST_WORD.match(scene.sentence.plain, start)
    return word is not None and word[0] in scene.lexicon.definite


def _first_name(words: list[str], lexicon: Lexicon) -> bool:
    return all(part in lexicon.names for part in fold(words[0]).split("-"))


def _told_of(scene: Scene, start: int, end: int) -> bool:
    """Whether "renouvelle" stands right before, "saison 2" or "annulée" after: no person, a title."""
    signs = [m for m in scene.of(("renew", "season", "more", "cancel")) if m.strength == 3]
    if any(0 <= m.start - end <= 2 or (m.group == "renew" and 0 <= start - m.end <= 2) for m in signs):
        return True
    comma = _TO_TELLING.match(scene.sentence.plain, end)
    if comma is None:
        return False
    if any(0 <= m.start - comma.end() <= 8 for m in scene.of(("format", *WORKS))):
        return True
    called = scene.of(("title.name",))  # "X, c'est le titre de travail"
    return any(0 <= m.start - comma.end() <= _CALLED for m in called)


def _somebody(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words begin with a person's name: a first name and a capital, or nothing but capitals.

    The second only where titles are written small: "Nuit polaire" is one, "Awa Sissoko" is somebody.
    """
    if len(words) > 2 and _first_name(words, lexicon) and fold(words[1]) in lexicon.joins and words[2][0].isupper():
        return fold(words[1]) not in lexicon.ands  # "Paul de Brécy"
    if len(words) < 2 or not words[1][0].isupper():
        return False
    if _first_name(words, lexicon):
        return True
    plain = [fold(word) for word in words]
    headed = plain[0] in lexicon.articles or "'" in plain[0]
    if not headed and any(fold(w) in lexicon.names and n[0].isupper() for w, n in itertools.pairwise(words)):
        return True  # "Dalila Fontanges et Paul Aubin"
    bare = all(w[0].isupper() and w.replace("-", "").isalpha() and not w.isupper() for w in words)
    little = plain[0] in lexicon.articles or plain[0] in lexicon.joins
    return lexicon.small and bare and len(words) <= 3 and not little


def _ordinary(plain: str, lexicon: Lexicon) -> bool:
    """Whether "Son patron", "La chaîne" or "French hit" is only how a statement begins."""
    words = re.findall(r"\w+'?", plain)
    if not words or (words[0] not in lexicon.starts and plain.split(maxsplit=1)[0] not in lexicon.starts):
        return False
    if words[0] not in lexicon.articles:
        return True
    rest = [word for word in words[1:] if word not in lexicon.joins]
    return not rest or rest[0] in lexicon.generic


def _begins_again(words: list[str], lexicon: Lexicon) -> bool:
    """Whether another title begins within: "Garance la fabrication de La Pension du port"."""
    return any(word[0].isupper() and fold(word) in lexicon.articles for word in words[1:])


def _begins_small(plain: str, lexicon: Lexicon) -> bool:
    """Whether the first word is a little one or a number, whose capital within a sentence is a title's."""
    first = plain.split(maxsplit=1)[0]
    return little(first, lexicon) or first in lexicon.where or lexicon.book.number(first) is not None


def _generic(start: int, end: int, scene: Scene) -> bool:
    """Whether "La série" or "Quatrième série préférée des Français" is what the words say."""
    return any(start <= m.start <= start + 5 or (start <= m.start and m.end <= end) for m in scene.of(WORKS))
