"""Second stage, titles written without quotes, told by their place.

After "la saison 2 de" or "s'appellera", before "renouvelée", first in "X : ...", in "X, série de ..." or in "une série,
X,", and, where titles are written small, at the capital of an article: "on retiendra Les Amants de l'île".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from monitor.classifier.phrases import Mark
from monitor.classifier.plausible import made, plausible
from monitor.classifier.scene import EDGE, SAYING, TELLING, WORKS, Scene, title_case
from monitor.classifier.spans import ends_of, to_the_stop

#: What a title may begin with: no small letter of ours, and no sign but these.
_BEGINS = re.compile(r"[^\W_a-zà-öø-ÿœ]|[&#(_]")
_ARTICLE = 3  #: characters of an article, with its space
_ENUMERATED = 12  #: places in a sentence where an enumerated title may begin
_CUT = re.compile(r"[:;,] (?:[a-z]{2,3} )?(?=[A-ZÀ-ÝŒ0-9])")
_COMMA = re.compile(r"\s*[,(;]\s*")
#: Another name of the work, before its comma: "Ghost Quarter (Le Quartier fantôme), a".
_BRACKET = re.compile(r" \([^()]{2,60}\)(?=,)")
_ASIDE = re.compile(r", ")
_ASIDE_LENGTH = 140  #: characters of an aside between a title and what is said of it
#: Characters between a title's comma and what describes it: "X, a Paris-set prison-break series".
_NEAR, _FAR = 20, 34
_LOWER = re.compile(r"(?:[a-zà-ÿœ][\w-]* |[ldLD]['’]|[A-Z][a-z]+ )")
#: A capital in the middle of a sentence, after a word that is no name.
_INNER = re.compile(r"[A-ZÀ-Ý](?<=[a-zà-ÿœ),:] .)[a-zà-ÿ]{0,3}(?:['’]| )(?=[\wÀ-ÿ])")
#: The same where a word for a work tells that it begins a title, whatever its first word: "le rôle de Deux sœurs, une".
_CAPITAL = re.compile(r"(?<!\S)[a-zà-ÿœ][\w'’-]* (?:\w['’])?(?=[A-ZÀ-ÝŒ])|(?<=\s[dD]['’])(?=[A-ZÀ-ÝŒ])")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Ý][\w'’-]* $")
_TO_NAME = re.compile(r"[\s,:\"]*")
#: Between a word for a work and its title, "une série en trois volets, X".
_APPOSED = 45
#: What begins an item of a list.
_BULLET = re.compile(r"[-–—•*·▪>]\s+")
#: Somebody, before the work they are known for: "Odile Barsac (Famille en vrac) : ...".
_PERSON_OF = re.compile(r"^[A-ZÀ-Ý][\w'’-]+ (?:[\w'’-]+ ){0,3}[A-ZÀ-Ý][\w'’-]+ \((?=[A-ZÀ-Ý0-9][^()]{3,60}\)\s?:)")
#: Where titles have Capitals: words that do, within a sentence, before a comma and "a": "leads Ghost Quarter, a".
_CAPITALS = re.compile(
    r"(?<!\S)[a-z][\w'’-]* "
    r"([A-Z][\w'’]*(?: (?:(?:of|the|and|in|to|at) ){0,2}[A-Z0-9][\w'’]*){1,7}), (?=(?:an?|the|its) )"
)
_FIRST_OF_ALL = re.compile(r"(?:[^\s,:]+ ){0,3}[^\s,:]+[,:] (?=[A-ZÀ-ÝŒ0-9])")
_CLOSED = re.compile(r"\s?(?:[,.;:!?()]|$)")
#: What follows a title: between commas, last in its sentence, before a headline's colon.
_SHAPES = {
    "closed": _CLOSED,
    "closed, long": _CLOSED,
    "last": re.compile(r"\s?[.?!]*$"),
    "to prove": re.compile(r"\s?(?:[,:!?]|$)"),
    "bracket": re.compile(r"\)"),
    "colon": re.compile(r"\s{0,2}(?:\([^()]{2,20}\)\s?)?(?:: |- )"),
}
#: What says where a work is made.
_COUNTRIES = ("foreign", "french")
#: Shapes of which only several words are a title.
_LONG = frozenset({"closed, long", "comma, long", "told", "to prove"})
#: The strength of a title that counts only if the text names it again: "nouvelle commande pour les moniteurs de X".
UNPROVEN = 0
#: Acts that in a headline have a work after them.
_ACTING = ("order", "renew", "cancel", "announce", "develop", "acquire")
#: Acts that anywhere have a title after them: "a commandé X, un polar".
_MAKING = ("order", "develop", "shoot")


def placed(scene: Scene) -> Iterator[Mark]:
    """Find titles by their place."""
    if not scene.sentence.prominent and SAYING.isdisjoint(scene.groups):
        return
    text, capitals, signs = scene.sentence.text, title_case(scene.sentence), _signs(scene)
    countries = scene.of(_COUNTRIES)
    latest = {need: max(starts, default=0) for need, starts in signs.items()}
    ends: dict[int, list[int]] = {}
    for first, needs, strength in _places(scene, signs, capitals=capitals):
        start = _past_country(scene, first, countries) if countries else first
        if not text[start : start + 1].strip() or text[start].islower() or start >= latest.get(needs, len(text)):
            continue
        if start not in ends:
            ends[start] = [] if made(scene, start) else ends_of(scene, start)
        for end in [to_the_stop(scene, start)] if needs == "named" else ends[start][-1 if needs == "new" else 0 :]:
            if needs and not _followed(scene, start, end, needs, signs):
                continue
            written = " ".join(EDGE.sub("", text[start:end]).split())
            if not plausible(written, scene, start, end, needs=needs):
                continue
            known = scene.gazetteer.known_as(written)
            sure = strength if strength == UNPROVEN else (1 if capitals else strength) + (known is not None)
            yield Mark("title", start, end, known.title if known else written, sure)
            break


def _past_country(scene: Scene, start: int, countries: Sequence[Mark]) -> int:
    """Where a title begins that a word for its country stands before: "l'espagnole Cendre noire"."""
    text, plain = scene.sentence.text, scene.sentence.plain
    for mark in countries:
        article = plain[start : mark.start].strip()
        told = (
            article in scene.lexicon.articles and text[mark.start].islower() if article else mark.value.endswith("'s")
        )
        if told and 0 <= mark.start - start <= _ARTICLE and text[mark.end : mark.end + 1] == " ":
            return mark.end + 1 if _BEGINS.match(text, mark.end + 1) else start
    return start


def _signs(scene: Scene) -> dict[str, list[int]]:
    """Where the marks begin that may follow a title: a description, "renouvelée", "saison 2", "nouvelle série"."""
    cast = {m.start for m in scene.of(("cast",))}
    return {
        "comma": [m.start for m in scene.of(TELLING)],
        "told": [m.start for m in scene.of((*WORKS, "works", "format"))] if scene.lexicon.small else [],
        "sign": [m.start for m in scene.of(("title.after", "season")) if m.start not in cast],
        "new": [m.start for m in scene.of(("new", *WORKS))] if scene.sentence.zone == "headline" else [],
    }


def _places(scene: Scene, signs: Mapping[str, list[int]], *, capitals: bool) -> Iterator[tuple[int, str, int]]:
    """Where a title may begin, what must follow it, and how sure that makes it."""
    needs = [name for name in ("comma", "sign") if signs[name]]
    bullet = _BULLET.match(scene.sentence.text)
    first = bullet.end() if bullet else 0
    if scene.sentence.zone != "headline" and not _BEGINS.search(scene.sentence.text, 1):
        yield from ((first, need, 2) for need in needs)  # nothing but its first word has a capital
        return
    for mark in scene.groups.get("title.name", ()):
        after = _TO_NAME.match(scene.sentence.plain, mark.end)
        yield after.end() if after else mark.end, "named", 2
    yield from _places_after(scene, signs, capitals=capitals)
    if scene.sentence.zone == "headline":
        yield from _headline_places(scene, needs, capitals=capitals)
    yield from ((first, need, 2) for need in needs)
    countries = scene.of(_COUNTRIES) if "sign" in needs else ()  # "et l'espagnole Cendre noire aura une saison 3"
    yield from ((m.end + 1, "sign", 2) for m in countries if m.value.isalpha())
    for cut in itertools.islice(_CUT.finditer(scene.sentence.text), _ENUMERATED) if needs else ():
        yield from ((cut.end(), need, 1) for need in needs)
    if scene.lexicon.small:
        yield from _inner_places(scene)
        told = _CAPITAL.finditer(scene.sentence.text) if signs["told"] else ()
        yield from ((m.end(), "told", 2) for m in itertools.islice(told, _ENUMERATED))
    elif scene.sentence.zone != "headline":
        yield from ((mark.end + 1, "closed, long", 1) for mark in scene.of(_MAKING))
        told = _CAPITALS.finditer(scene.sentence.text) if signs["comma"] else ()
        yield from ((m.start(1), "comma", 2) for m in told)


def _places_after(scene: Scene, signs: Mapping[str, list[int]], *, capitals: bool) -> Iterator[tuple[int, str, int]]:
    """Where a title may begin after words that lead to one: "la série", "l'équipe de", and weakly "de", "pour"."""
    for mark in scene.groups.get("title.before", ()):
        weak = mark.strength < 3 and mark.end - mark.start <= 4  # "de", "sur", "with"
        weak = weak or (mark.strength < 3 and capitals)  # "Thriller Instead" names no thriller
        for start in _after(scene, mark.end, skip=not weak and not capitals) if signs["sign"] or not weak else ():
            yield start, "sign" if weak else "", 1 if weak else 2
        if weak and signs["comma"]:
            yield from ((start, "comma, long", 2) for start in _after(scene, mark.end, skip=False))
        if weak and scene.sentence.zone == "headline" and not capitals:
            yield mark.end + 1, "to prove", UNPROVEN


def _headline_places(scene: Scene, needs: list[str], *, capitals: bool) -> Iterator[tuple[int, str, int]]:
    """What begins a headline and a colon ends, what follows one, and what a platform does something with."""
    plain = scene.sentence.plain
    colon = plain.find(":")
    told = any(m.start > colon for m in scene.of((*WORKS, "season", "more", "renew", "cancel", "platform", "new")))
    yield from ((0, "colon", 2 if told else 1), *(() if capitals else ((0, "new", 2),)))
    if not capitals and (person := _PERSON_OF.match(scene.sentence.text)):
        yield person.end(), "bracket", 2
    for match in itertools.islice(re.finditer(r": ", plain), 2):
        yield from ((match.end(), need, 2) for need in needs)
    if capitals:
        return
    for mark in scene.of(_ACTING):
        yield mark.end + 1, "", 1
    for mark in scene.of(("platform",)):
        space = plain.find(" ", mark.end + 1)
        if plain[mark.end : mark.end + 1] == " " and space > 0 and scene.sentence.text[mark.end + 1].islower():
            yield space + 1, "", 1


def _inner_places(scene: Scene) -> Iterator[tuple[int, str, int]]:
    """Where an article has a capital, and what stands between commas beside a word for a work."""
    text, plain = scene.sentence.text, scene.sentence.plain
    if not text.isupper():
        for match in itertools.islice(_INNER.finditer(text), _ENUMERATED):
            start = match.start()
            if plain[start : match.end()].strip() not in scene.lexicon.articles:
                continue
            before = text[max(0, start - 25) : start]
            twice = before.lower().split()[-1:]  # "la Une", "les Le Goff"
            name = _NAME_BEFORE.search(before)
            if name and name.start() == 0 == max(0, start - 25) and before.split()[0].lower() in scene.lexicon.starts:
                name = None  # "Dans Le Secret d'Anna, ..."
            ranked = not scene.lexicon.ranks.isdisjoint(twice)  # "la capitaine Le Goff"
            named = name or ranked or not scene.lexicon.articles.isdisjoint(twice)  # "Yann Le Goff"
            if not named:
                yield start, "inner", 2
        for mark in scene.of(_MAKING):
            yield mark.end + 1, "closed, long", 1
    works = [m.end for m in scene.of((*WORKS, "works", "format", "new"))]
    for cut in itertools.islice(_CUT.finditer(text), _ENUMERATED) if works else ():
        gaps = [cut.start() - end for end in works if "," not in plain[end : cut.start()]]
        if any(0 <= gap <= _APPOSED for gap in gaps):
            yield cut.end(), "closed" if any(0 <= gap <= 1 for gap in gaps) else "closed, long", 2
    if len(text) < 90 and scene.sentence.zone != "headline" and (lead := _FIRST_OF_ALL.match(text)):
        yield lead.end(), "last", 2


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
            or folded in scene.lexicon.where
            or (text[start].isupper() and folded not in scene.lexicon.starts)
        ):
            return
        start = word.end()
        if start < len(text) and text[start].isupper():
            yield start


def _followed(scene: Scene, start: int, end: int, needs: str, signs: Mapping[str, list[int]]) -> bool:
    """Whether what must follow a title does: a colon, a description, "renouvelée"..."""
    plain = scene.sentence.plain
    if needs in _LONG and " " not in plain[start:end]:
        return False
    if needs in _SHAPES:
        return _SHAPES[needs].match(plain, end) is not None
    if needs == "new":
        return any(0 <= start - end <= 2 for start in signs["new"])
    if needs == "told" or needs.startswith("comma"):
        return _described(scene, end, signs["told" if needs == "told" else "comma"])
    if needs in ("named", "inner"):
        return end > 0
    return any(0 <= start - end <= 3 for start in signs["sign"]) or _after_aside(scene, end, signs["sign"])


def _described(scene: Scene, end: int, starts: Sequence[int]) -> bool:
    """Whether a comma and a description follow, farther after "a" and "une"."""
    plain = scene.sentence.plain
    named = _BRACKET.match(plain, end)
    comma = _COMMA.match(plain, named.end() if named else end)
    if comma is None:
        return False
    reach = _FAR if plain[comma.end() : comma.end() + 4].split(" ")[0] in scene.lexicon.indefinite else _NEAR
    return any(0 <= start - comma.end() <= reach for start in starts)


def _after_aside(scene: Scene, end: int, starts: Sequence[int]) -> bool:
    """Whether the sign follows what only describes the title: "X, le polar de Y avec Z, s'offre une saison 2"."""
    if scene.sentence.plain[end : end + 2] != ", ":
        return False
    commas = [m.end() for m in _ASIDE.finditer(scene.sentence.plain, end + 2, end + _ASIDE_LENGTH)]
    return any(0 <= start - comma <= 2 for comma in commas for start in starts)
