"""Second stage, titles: what a work is called, in quotes, by name, or by where the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence, fold

#: Characters and words of the longest title that we believe without quotes.
LONGEST = 70
_WORDS_UNQUOTED = 9

#: Words for a work, by sort.
WORKS = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality")

_QUOTED = re.compile(r'"\s?([^"]{1,80}?)\s?"')
_SINGLE_QUOTED = re.compile(r"(?<!\w)'([^']{2,60}?)'(?!\w)")
_TOKEN = re.compile(r"\w+(?:['-]\w+)*'?\+?|\(s\)|[&#]")
_HEADING = re.compile(r"\s*:\s")
_EDGE = re.compile(r"[\s,;:!?.\"'()\-]+$")
_SEASON_TAIL = re.compile(r"(?:[,:]? +-? ?(?:saison|season|partie|part|s) ?\d+)$")


def titles(sentence: Sentence, marks: list[Mark], lexicon: Lexicon, gazetteer: Gazetteer) -> list[Mark]:
    """Find the titles of a sentence, in order of place; the surest reading of each place wins.

    A title that only says who somebody is ("la chaîne de X", "X creator") comes as "credited".
    """
    names = [m for m in marks if m.group in _NAMES]
    found = [*_quoted(sentence, gazetteer), *_known(sentence, marks)]
    found += _placed(sentence, marks, names, lexicon, gazetteer)
    found.sort(key=lambda m: (-m.strength, m.start - m.end))
    kept: list[Mark] = []
    for mark in found:
        if not any(mark.start < k.end and k.start < mark.end for k in kept):
            kept.append(mark)
    kept = [part for mark in kept for part in _parts(mark, sentence, marks)]
    return sorted((_credited(mark, marks) for mark in kept), key=lambda m: m.start)


_NAMES = frozenset({"platform", "producer", "person", "show", "periphrasis", "outlet"})
_AND = re.compile(r" (?:et|and|&) (?=[A-ZÀ-Ý0-9])")
_PLURAL = re.compile(
    r" ?(?:(?:sont |ont ete |were |are |have been )?(?:renouvele|annule|reconduit|commande|confirme)e?s\b|ont\b|auront|"
    r"s'offrent|reviennent|reviendront|renewed|cancell?ed|axed|get\b|return\b|score\b)"
)


def _parts(mark: Mark, sentence: Sentence, marks: list[Mark]) -> list[Mark]:
    """Part "A et B" before a verb in the plural into two titles."""
    text = sentence.text[mark.start : mark.end]
    cut = _AND.search(text)
    if mark.strength > 2 or cut is None or not _PLURAL.match(sentence.plain, mark.end):
        return [mark]
    middle = mark.start + cut.start(), mark.start + cut.end()
    return [
        Mark("title", mark.start, middle[0], sentence.text[mark.start : middle[0]], mark.strength),
        Mark("title", middle[1], mark.end, sentence.text[middle[1] : mark.end], mark.strength),
    ]


def _credited(title: Mark, marks: list[Mark]) -> Mark:
    before = any(m.group == "credit" and 0 <= title.start - m.end <= 2 for m in marks)
    after = any(m.group == "credited" and 0 <= m.start - title.end <= 2 for m in marks)
    return Mark("credited", title.start, title.end, title.value, title.strength) if before or after else title


def _quoted(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Mark]:
    patterns = (_QUOTED, _SINGLE_QUOTED) if sentence.zone == "headline" or '"' not in sentence.plain else (_QUOTED,)
    for pattern in patterns:
        for match in pattern.finditer(sentence.plain):
            tail = _SEASON_TAIL.search(match[1])
            end = match.end(1) - (len(tail[0]) if tail else 0)
            written = _EDGE.sub("", sentence.text[match.start(1) : end])
            known = gazetteer.known_as(written)
            if known:
                yield Mark("title", match.start(), match.end(), known.title, 3)
            elif _reads_as_title(written, sentence, match):
                yield Mark("title", match.start(), match.end(), written, 2)


def _reads_as_title(written: str, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the words between quotes are a title and not something said."""
    words = written.split()
    if not words or not (written[0].isupper() or written[0].isdigit() or written[0] in "#@"):
        return False
    spoken = sentence.plain[: match.start()].rstrip().endswith(":") and len(words) > 4
    after = sentence.plain[match.end() : match.end() + 12].lstrip(" ,")
    spoken |= bool(
        re.match(r"(?:a|ont|s'est)? ?(?:declare|confie|explique|assure|lance|said|says|ecrit|affirme)", after)
    )
    return not spoken and len(words) <= 12 and not re.search(r"[.!?…]\s", written) and sum(map(str.islower, words)) <= 8


def _known(sentence: Sentence, marks: list[Mark]) -> Iterator[Mark]:
    """Works of the gazetteer; a title that is an everyday word needs a sign beside it."""
    for mark in (m for m in marks if m.group == "work"):
        if mark.strength == 1 and not _signed(mark, marks, sentence):
            continue
        yield Mark("title", mark.start, mark.end, mark.value, 3)


def _signed(work: Mark, marks: list[Mark], sentence: Sentence) -> bool:
    before = sentence.plain[max(0, work.start - 2) : work.start]
    for mark in marks:
        if mark.group == "title.before" and mark.strength == 3 and 0 <= work.start - mark.end <= 2:
            return True
        if mark.group == "title.before" and 0 <= work.start - mark.end <= 2 and mark.end - mark.start > 4:
            return True
        if mark.group in ("title.after", "season") and 0 <= mark.start - work.end <= 3:
            return True
    heading = sentence.zone == "headline" and work.start <= 2 and _HEADING.match(sentence.plain, work.end)
    return bool(heading) or '"' in before


def _placed(
    sentence: Sentence, marks: list[Mark], names: list[Mark], lexicon: Lexicon, gazetteer: Gazetteer
) -> Iterator[Mark]:
    """Titles told by their place: after "la saison 2 de", before "renouvelée", first in "X : ..." and "X, série de ..."."""
    capitals = _title_case(sentence)
    for start, needs, strength in _places(sentence, marks, lexicon):
        for end in _ends(sentence, start, names, lexicon):
            if needs and not _followed(sentence, end, needs, marks):
                continue
            written = _EDGE.sub("", sentence.text[start:end])
            if any(m.group == "maker" and 0 <= start - m.end <= 2 for m in marks) and sentence.plain[start] not in "\"'":
                continue  # who made it, not what it is called
            if not _plausible(written, sentence, start, end, marks, lexicon):
                continue
            known = gazetteer.known_as(written)
            sure = 1 if capitals else strength
            yield Mark("title", start, end, known.title if known else written, sure + (known is not None))
            break


_LOWER = re.compile(r"(?:[a-zà-ÿœ][\w-]* |[ldLD]['’]|French |Gallic )")


def _after(end: int, sentence: Sentence, stops: frozenset[str], *, skip: bool) -> Iterator[int]:
    """Where a title may begin after a phrase: at once, or after "sa série", "the hit French comedy"."""
    text = sentence.text
    start = end + (len(text[end:]) - len(text[end:].lstrip(" ")))
    yield start
    for _ in range(4 if skip else 0):
        word = _LOWER.match(text, start)
        if word is None or fold(word.group()).strip() in stops:
            return
        start = word.end()
        if start < len(text) and text[start].isupper():
            yield start


def _title_case(sentence: Sentence) -> bool:
    """Whether a headline writes Most Words With Capitals: then they tell nothing."""
    words = [word for word in sentence.text.split() if len(word) > 3 and word[0].isalpha()]
    return sentence.zone == "headline" and len(words) > 3 and sum(w[0].isupper() for w in words) > 0.8 * len(words)


def _ends(sentence: Sentence, start: int, names: list[Mark], lexicon: Lexicon) -> list[int]:
    """Where a title that begins here may end, the likeliest first.

    With little words inside it up to a stop, then word by word back to the capitals alone: "Nuit polaire ressuscite",
    "Nuit polaire", "Nuit".
    """
    strict = _spans(sentence, start, names, lexicon, loose=False)
    loose = _spans(sentence, start, names, lexicon, loose=True)
    if not strict or not loose:
        return []
    between = [end for end in loose if end > strict[-1]]
    return [*reversed(between), strict[-1]] if len(between) <= 5 else [strict[-1]]


def _places(sentence: Sentence, marks: list[Mark], lexicon: Lexicon) -> Iterator[tuple[int, str, int]]:
    """Where a title may begin, what must follow it, and how sure that makes it."""
    plain = sentence.plain
    for mark in marks:
        if mark.group == "title.before":
            weak = mark.strength < 3 and mark.end - mark.start <= 4
            for start in _after(mark.end, sentence, lexicon.stops, skip=not weak):
                yield start, "sign" if weak else "", 1 if weak else 2
    if sentence.zone == "headline":
        yield 0, "colon", 2
        for colon in list(re.finditer(r": ", plain))[:2]:
            yield colon.end(), "sign", 2
            yield colon.end(), "comma", 2
    yield 0, "comma", 2
    yield 0, "sign", 2
    if sentence.zone == "headline":
        yield 0, "new", 2
    for cut in list(re.finditer(r"(?:: |; (?:et )?|, (?:et |and )?)(?=\w)", plain))[:12]:
        yield cut.end(), "comma", 1
        yield cut.end(), "sign", 1


def _spans(sentence: Sentence, start: int, names: list[Mark], lexicon: Lexicon, *, loose: bool) -> list[int]:
    """Read a title written without quotes: capitalised words and the little words that join them; list where it may end.

    A loose reading takes any word up to a stop word or a sign of punctuation.
    """
    text, plain = sentence.text, sentence.plain
    ends: list[int] = []
    if start >= len(text) or not (text[start].isupper() or text[start].isdigit()):
        return ends
    position, barred = start, {n.start for n in names if n.group != "producer"}
    for count in range(_WORDS_UNQUOTED):
        token = _TOKEN.match(plain, position)
        if token is None or position in barred or position - start > LONGEST:
            break
        word, capital = token.group(), text[position].isupper() or text[position].isdigit()
        joins = word in lexicon.joins or word.rstrip("'") in lexicon.joins
        if (word in lexicon.stops and not (capital and count == 0)) or not (capital or loose or joins or "'" in word):
            break
        if capital or count == 0 or (loose and not joins):
            ends.append(token.end())
        gap = _GAP.match(plain, token.end())
        if gap is None and not word.endswith("'"):
            break
        position = gap.end() if gap else token.end()
    return ends


_GAP = re.compile(r" - | ")
_CREATED = re.compile(
    r"\s*(?:,|\(|;)\s*(?:une? |la |le |l'|an? |the |sa |son |deuxieme |premiere? |nouvelle? )*"
    r"(?:[\w-]+ ){0,2}?(?:serie|mini-serie|miniserie|comedie|thriller|drame|polar|film|telefilm|documentaire|feuilleton|"
    r"saga|creation|adaptation|adapte\w*|imagine\w*|cree\w*|ecrit\w*|realise\w*|produit\w*|portee?|recit|parodie|"
    r"fiction|plongee|histoire|chronique|d'apres|ou |dans laquelle|avec |de |series|drama|comedy|movie|miniseries|"
    r"documentary|created|written|directed|produced|from|about|starring|based|adapted|which|where|\d+ x|\d+x)"
)


def _followed(sentence: Sentence, end: int, needs: str, marks: list[Mark]) -> bool:
    if needs == "colon":
        return bool(_HEADING.match(sentence.plain, end)) or sentence.plain[end : end + 3] == " - "
    if needs == "new":
        return any(m.group in ("new", *WORKS) and 0 <= m.start - end <= 2 for m in marks)
    if needs == "comma":
        return bool(_CREATED.match(sentence.plain, end))
    cast = {m.start for m in marks if m.group == "cast"}
    signs = ("title.after", "season")
    return any(m.group in signs and 0 <= m.start - end <= 3 and m.start not in cast for m in marks)


def _plausible(written: str, sentence: Sentence, start: int, end: int, marks: list[Mark], lexicon: Lexicon) -> bool:
    """Whether the words can be a title: not a platform, a person we know, or an everyday first word alone."""
    words = written.split()
    if not words or len(written) < 2:
        return False
    plain = sentence.plain[start:end]
    first = re.match(r"\w+'?", plain)
    if len(words) == 1 and (plain in lexicon.starts or plain.isdigit()):
        return False
    if first and first.group() in lexicon.starts and _ordinary(plain, lexicon):
        return False
    if _generic(start, marks) or (words[0].isdigit() and len(words) > 1 and words[1].islower()):
        return False
    if _somebody(words, lexicon):
        return False
    return not any(
        m.group in _NAMES
        and m.start <= start + 4
        and m.end >= end - 1
        for m in marks
    )


def _somebody(words: list[str], lexicon: Lexicon) -> bool:
    """Whether the words are a person's name: a first name and more capitals."""
    return 2 <= len(words) <= 3 and fold(words[0]) in lexicon.names and all(word[0].isupper() for word in words)


_ARTICLES = frozenset("le la les l' un une des the a an mon ma mes our my".split())


def _ordinary(plain: str, lexicon: Lexicon) -> bool:
    """Whether "Son patron", "La chaîne" or "French hit" is only how a statement begins."""
    words = re.findall(r"\w+'?", plain)
    if words[0] not in _ARTICLES:
        return True
    rest = [word for word in words[1:] if word not in lexicon.joins]
    return not rest or rest[0] in lexicon.generic


def _generic(start: int, marks: list[Mark]) -> bool:
    """Whether "La série", "Le feuilleton de la Une" or "La chaîne" is what the words say."""
    return any(m.group in WORKS and start <= m.start <= start + 5 for m in marks)
