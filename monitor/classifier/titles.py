"""Second stage, titles: what a work is called, in quotes, by name, or by where the words stand (`placed`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.placed import placed
from monitor.classifier.quoted import has_quotes, quoted
from monitor.classifier.scene import SAYING, WORKS, Scene
from monitor.classifier.text import Sentence, fold

#: Between "révélée par" and "série": "la", "une", "Apple's period".
_TO_WORK = re.compile(r".{0,5}| \w+\+?'s (?:[\w-]+ ){0,2}")
#: Characters between a title and "remake de"; between that, or "remake de la série", and the title of what is remade.
_DESCRIBED, _TO_SOURCE = 12, 14
#: What a quoted title begins with.
_QUOTES = "«“„\"'‘"
#: Characters between "remake of" and the country that follows: "the hit".
_TO_COUNTRY = 8
#: Characters between who somebody is and the work they are known for, with who showed it; what is said to be done.
_TO_SHOWN = 40
_PARTED = re.compile(r"[,.;:()\"]")
_DOING = frozenset({"order", "renew", "cancel", "announce", "develop", "shoot", "cast", "adapt", "acquire"})
_HEADING = re.compile(r"\s*:\s")
#: What follows of a name that another word is made with: "Marseille-set".
_COMPOUND = re.compile(r"-[a-z]")


def titles(
    sentence: Sentence, marks: Sequence[Mark], groups: Mapping[str, list[Mark]], lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Mark]:
    """Find the titles of a sentence, in order of place; the surest reading of each place wins.

    A title that only says who somebody is ("la chaîne de X", "X creator") comes as "credited".
    """
    quotes = has_quotes(sentence.plain)
    if not quotes and "work" not in groups and not sentence.prominent and SAYING.isdisjoint(groups):
        return []
    scene = Scene(sentence=sentence, marks=marks, groups=groups, lexicon=lexicon, gazetteer=gazetteer)
    between = list(quoted(scene)) if quotes else []
    bare = [m for m in placed(scene) if not _of_sport(m, scene)]
    known = (m for m in _known(scene) if not _part_of(m, between, scene) and not _begins(m, bare, scene))
    found = [*between, *known, *bare]
    if not found:
        return found
    found.sort(key=lambda m: (-m.strength, m.start - m.end))
    kept: list[Mark] = []
    for mark in found:
        if not any(mark.start < k.end and k.start < mark.end for k in kept):
            kept.append(mark)
    parts = [part for mark in kept for part in _parts(mark, scene)]
    return _renamed(_remade(sorted((_credited(mark, scene) for mark in parts), key=lambda m: m.start), scene), scene)


def _remade(found: list[Mark], scene: Scene) -> list[Mark]:
    """Read a title as credited where the title right before is a version of it: "« X », remake de « Y »"."""
    versions = scene.groups.get("version", ())
    for place in range(1, len(found) if versions else 0):
        before, title = found[place - 1 : place + 1]
        between = [m for m in versions if 0 <= m.start - before.end <= _DESCRIBED]
        if any(
            0 <= title.start - end <= _TO_SOURCE
            for m in between
            for end in (m.end, _of_a_work(m, scene), _of_a_country(m, scene))
        ):
            found[place] = title._replace(group="credited")
    return found


def _of_a_country(version: Mark, scene: Scene) -> int:
    """Where the words end that call what is remade foreign, or French: "remake of Danish series"."""
    called = (m for m in scene.of(("foreign", "french")) if 0 <= m.start - version.end <= _TO_COUNTRY)
    return max((m.end for m in called), default=version.end)


def _of_sport(mark: Mark, scene: Scene) -> bool:
    """Whether what would be a title is the name of a league or cup: "Ligue 1 : Canal+ garde..."."""
    return any(m.start <= mark.start and mark.end <= m.end for m in scene.groups.get("sport", ()))


def _renamed(found: list[Mark], scene: Scene) -> list[Mark]:
    """Join a title and the other one that it has in brackets: “The Salt” (“Le Sel”) is one work."""
    plain = scene.sentence.plain
    joined: list[Mark] = []
    for mark in found:
        first = joined[-1] if joined else None
        if first and plain[first.end : mark.start].strip() == "(" and plain[mark.end : mark.end + 1] == ")":
            surer = mark if mark.strength > first.strength else first  # of the two the one that is known
            joined[-1] = first._replace(end=mark.end + 1, value=surer.value, strength=surer.strength)
        else:
            joined.append(mark)
    return joined


def _part_of(known: Mark, between: Sequence[Mark], scene: Scene) -> bool:
    """Whether a known name only begins a quoted title: "Berlin, mon père et moi" is no "Berlin"."""
    for mark in between:
        if mark.start <= known.start <= mark.start + 2 and known.end < mark.end - 2:
            rest = scene.sentence.plain[known.end :].lstrip()
            if not rest.startswith((":", "-", '"', "(")) and not scene.begins("season", known.end, within=3):
                return True
    return False


def _begins(known: Mark, bare: Sequence[Mark], scene: Scene) -> bool:
    """Whether a known name begins a longer title without quotes: "Lupin et moi", "La Promesse du lac"."""
    text, plain = scene.sentence.text, scene.sentence.plain
    longer = [m for m in bare if m.start == known.start and m.end > known.end]
    if not longer or _AGAIN.match(plain, known.end):
        return False
    joined, on = _AND_SO.match(plain, known.end), _GOES_ON.match(plain, known.end)
    ends = joined is not None and any(m.end == joined.end() for m in longer)
    return ends or (on is not None and text[on.end()].islower() and any(m.end > on.end() for m in longer))


def _parts(mark: Mark, scene: Scene) -> list[Mark]:
    """Part "A et B" before a verb in the plural into two titles."""
    text, plain = scene.sentence.text, scene.sentence.plain
    whole = mark.strength > 2 or text[mark.start] in _QUOTES  # “VERTIGES ET ORPHELINES” is one
    if whole or not scene.begins("plural", mark.end, within=1):
        return [mark]
    for word in re.finditer(r" (\w+|&)(?= )", plain[mark.start : mark.end]):
        end, start = mark.start + word.start(), mark.start + word.end() + 1
        if (word[1] in scene.lexicon.ands or word[1] == "&") and not text[start].islower():
            pieces = ((mark.start, end), (start, mark.end))
            return [Mark("title", first, last, text[first:last], mark.strength) for first, last in pieces]
    return [mark]


def _credited(title: Mark, scene: Scene) -> Mark:
    groups, plain = scene.groups, scene.sentence.plain
    acts = [m for m in scene.of(("cast", "shoot")) if m.strength > 2]  # "sera l'héroïne de X", "attend l'équipe de X"
    telling = [m for m in groups.get("credit", ()) if not any(a.start < m.start < a.end for a in acts)]
    ends = (end for m in telling for end in (m.end, _of_a_work(m, scene)))
    # "Vingt ans après, « X » revient": what a comma parts is no credit.
    before = any(0 <= title.start - end <= 2 and "," not in plain[end : title.start] for end in ends)
    before = before or any(_on_a_platform(m, title, scene) for m in telling if m.end < title.start)
    after = any(0 <= m.start - title.end <= 2 for m in groups.get("credit.after", ()))
    return Mark("credited", title.start, title.end, title.value, title.strength) if before or after else title


def _on_a_platform(credit: Mark, title: Mark, scene: Scene) -> bool:
    """Whether only who showed it stands between: "the company behind the 2021 France 2 hit “X”"."""
    if title.start - credit.end > _TO_SHOWN or _PARTED.search(scene.sentence.plain, credit.end, title.start):
        return False
    between = [m for m in scene.marks if credit.end <= m.start and m.end <= title.start]
    return any(m.group == "platform" for m in between) and not any(m.group in _DOING for m in between)


def _of_a_work(credit: Mark, scene: Scene) -> int:
    """Where the word for a work ends that follows: "révélée par la série", "episodes of Apple's period drama"."""
    plain = scene.sentence.plain
    works = (m for group in WORKS for m in scene.groups.get(group, ()) if m.start >= credit.end)
    return min((m.end for m in works if _TO_WORK.fullmatch(plain, credit.end, m.start)), default=credit.end)


def _known(scene: Scene) -> Iterator[Mark]:
    """Works of the gazetteer; a title that is an everyday word or a number needs a sign beside it."""
    for mark in scene.groups.get("work", ()):
        if _COMPOUND.match(scene.sentence.plain, mark.end):
            continue
        if (mark.strength > 1 and not _everyday(mark, scene)) or _signed(mark, scene):
            yield Mark("title", mark.start, mark.end, mark.value, 3)


_GOES_ON = re.compile(r" (?:d'|des |du |de la |de l'|de )(?=[a-z])")
#: A word that ends a title which a name begins: "Lupin et moi".
_AND_SO = re.compile(r" (?:et|and|&) [a-z'-]+")
_AGAIN = re.compile(r" de (?:retour|nouveau)\b")


def _everyday(work: Mark, scene: Scene) -> bool:
    """Whether a certain name stands for something else here: a number, "Le serpent", the start of a longer title."""
    text, plain, lexicon = scene.sentence.text, scene.sentence.plain, scene.lexicon
    written = text[work.start : work.end]
    words = written.split()
    if written.isdigit():
        return True
    headed = len(words) > 1 and fold(words[0]) in lexicon.articles
    if work.start == 0 and headed and len(words) == 2 and words[1].islower() and lexicon.small:
        return True
    on = _GOES_ON.match(plain, work.end) if headed and lexicon.small else None
    return on is not None and text[on.end()].islower() and not _AGAIN.match(plain, work.end)


def _signed(work: Mark, scene: Scene) -> bool:
    """Whether "la saison 2 de", "la série" or "aura une suite" stands beside a name that is also a word."""
    number = scene.sentence.plain[work.start : work.end].isdigit()
    for mark in scene.marks:
        telling = mark.strength == 3 or mark.end - mark.start > 4
        if mark.group == "title.before" and telling and 0 <= work.start - mark.end <= 2:
            return not number or mark.strength == 3
        if mark.group in ("title.after", "season") and 0 <= mark.start - work.end <= 3 and not number:
            return True
    if number:
        return False
    if scene.sentence.plain[work.end :].lstrip()[:1] in (":", ",") and scene.begins("season", work.end, within=8):
        return True  # "de retour dans Lupin : la partie 4"
    if work.start <= 1 and scene.sentence.plain[work.end : work.end + 2] == ", " and scene.has("season", "more"):
        name = fold(work.value)  # "Lupin, dont le tournage..., aura une saison 2"; not "Mercredi, TF1 a annoncé..."
        return name not in scene.lexicon.places and name not in scene.lexicon.starts
    heading = scene.sentence.zone == "headline" and work.start <= 2 and _HEADING.match(scene.sentence.plain, work.end)
    return bool(heading)
