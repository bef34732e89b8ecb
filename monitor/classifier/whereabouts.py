"""Second stage, titles: whether words with a capital are where something is or when it is done, and no title."""

from __future__ import annotations

import re

from monitor.classifier.lexicon import Lexicon
from monitor.classifier.scene import WORKS, Scene, little, title_case
from monitor.classifier.text import fold

#: "LILLE, 22 mars - ..." says where the news comes from.
_DATED = re.compile(r", (?:le )?\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIRST_WORD = re.compile(r"\w+'?")
_COMMA = re.compile(r"\s?,\s?")
#: Characters of an article, and the space after it.
_ARTICLE = 4
#: The words right before a title: one or two, and an article.
_BEFORE = re.compile(r"(\S+) (?:(?:de |du |d')?(?:la |le |les |l')?)$")
#: The word right before.
_WORD_BEFORE = re.compile(r"([\w'’]+?['’]|[\w'’]+ )$")
#: What something is done to: "donne son feu vert à La Promesse".
_DONE_TO = ("order", "renew", "cancel", "more", "season", "sequel", "announce", "develop")
#: What a title may be led to by besides: who plays in it, who writes it.
_LED = ("cast", "develop")
#: Characters that a title in capitals leaves out of when something is done: "Saint-Malo in January".
_CUT_SHORT = 5


def is_a_place(words: list[str], scene: Scene, start: int, end: int) -> bool:
    """Whether it is a town: "Annecy", "La Rochelle", "Villars-les-Dombes" first in a headline; or a dateline."""
    lexicon, plain = scene.lexicon, [fold(word) for word in words]
    if len(plain) <= 2 and plain[-1] in lexicon.places and (len(plain) == 1 or plain[0] in lexicon.articles):
        return True
    in_places = len(plain) > 2 and plain[0] in lexicon.articles and plain[1] in lexicon.places and words[2].islower()
    if in_places or (len(plain) > 2 and _only_places(plain, lexicon)):
        return True  # "La Rochelle comme dans un roman", "Castelnaudary et Béziers"
    if title_case(scene.sentence) and plain[0] in lexicon.places:
        return True
    if start == 0 and _YEAR.match(words[-1]) and scene.sentence.plain[end:].lstrip()[:1] == ":":
        return scene.gazetteer.known_as(" ".join(words)) is None  # "Festival 2024 : ..."
    if start == 0 and len(words) == 1 and "-" in words[0] and scene.sentence.zone == "headline":
        return scene.gazetteer.known_as(words[0]) is None
    upper = all(word.isupper() for word in words)
    return upper and start == 0 and _DATED.match(scene.sentence.plain, end) is not None


def _only_places(plain: list[str], lexicon: Lexicon) -> bool:
    rest = [word for word in plain if not little(word, lexicon)]
    return bool(rest) and lexicon.places.issuperset(rest)


def located(scene: Scene, start: int) -> bool:
    """Whether it is where something is: "à La Rochelle", "le port de La Cotinière"; not "une suite à La Promesse"."""
    lexicon, text = scene.lexicon, scene.sentence.text
    before = _BEFORE.search(text, max(0, start - 40), start)
    if before is None:
        return False
    word = before[1].lower().lstrip("(\"'«“")
    if fold(word.rsplit("'", 1)[-1]) in lexicon.sites:
        return True
    if word not in lexicon.at or not scene.has("shoot"):
        return False
    at = before.start(1)
    if not lexicon.small:  # "shooting in Southern Brittany"
        return any(m.start < at and -1 <= at - m.end <= 1 for m in scene.of(("shoot",)))
    return not any(m.start < at <= m.end + 2 <= start + 2 for m in scene.of(_DONE_TO))


def led_to_by_place(scene: Scene, start: int) -> bool:
    """Whether it is where something is, or who makes it: "au Pays basque"; not "a dit oui au Pays gris"."""
    lexicon, text = scene.lexicon, scene.sentence.text
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    word = fold(before[1]).strip() if before else ""
    if before is None or (word not in lexicon.where and before[1].lower().strip() not in lexicon.at):
        return False
    return not _after_act(scene, before.start(), (*_DONE_TO, *_LED))


def _after_act(scene: Scene, place: int, groups: tuple[str, ...]) -> bool:
    """Whether a mark of one of the groups ends right before a place."""
    return any(m.start < place <= m.end + 1 <= place + 1 for m in scene.of(groups))


def of_somebody(scene: Scene, start: int) -> bool:
    """Whether a little word stands right before, as before who made something: "le film de Zéphyrine Maud, une"."""
    before = _WORD_BEFORE.search(scene.sentence.plain, max(0, start - 40), start)
    if before is None or before[1].strip() not in scene.lexicon.joins - scene.lexicon.contracted:
        return False
    return not _after_act(scene, before.start(), ("cast",))


def introduced(scene: Scene, end: int) -> bool:
    """Whether "un polar" follows, after a comma: "servira de décor à La Passe du Nord, un polar"."""
    comma, plain = _COMMA.match(scene.sentence.plain, end), scene.sentence.plain
    word = _FIRST_WORD.match(plain, comma.end()) if comma else None
    if word is None or word[0] not in scene.lexicon.indefinite:
        return False
    return any(0 < m.start - word.start() <= _ARTICLE or m.start == word.start() for m in scene.of(WORKS))


def dated(scene: Scene, start: int, end: int) -> bool:
    """Whether it goes on to when something is done: "Saint-Malo in January"."""
    return any(start < m.start and m.end <= end + _CUT_SHORT for m in scene.of(("soon", "year")))
