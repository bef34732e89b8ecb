"""Second stage, titles: what a work is called, in quotes, by name, or by where the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence

#: Characters and words of the longest title that we believe without quotes.
LONGEST = 70
_WORDS_UNQUOTED = 9

_QUOTED = re.compile(r'"\s?([^"]{1,80}?)\s?"')
_SINGLE_QUOTED = re.compile(r"(?<!\w)'([^']{2,60}?)'(?!\w)")
_TOKEN = re.compile(r"\w+(?:['-]\w+)*'?\+?|\(s\)|[&#]")
_HEADING = re.compile(r"\s*:\s")
_EDGE = re.compile(r"[\s,;:!?.\"'()\-]+$")
_SEASON_TAIL = re.compile(r"(?:[,:]? +-? ?(?:saison|season|partie|part|s) ?\d+)$")


def titles(sentence: Sentence, marks: list[Mark], lexicon: Lexicon, gazetteer: Gazetteer) -> list[Mark]:
    """Find the titles of a sentence, in order of place; the surest reading of each place wins."""
    names = [m for m in marks if m.group in ("platform", "producer", "person", "show", "periphrasis")]
    found = [
        *_quoted(sentence, gazetteer),
        *_known(sentence, marks),
        *_placed(sentence, marks, names, lexicon, gazetteer),
    ]
    found.sort(key=lambda m: (-m.strength, m.start - m.end))
    kept: list[Mark] = []
    for mark in found:
        if not any(mark.start < k.end and k.start < mark.end for k in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)


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
    for start, needs, strength in _places(sentence, marks):
        end = _span(sentence, start, names, lexicon, loose=needs == "comma")
        if end is None:
            continue
        if needs and not _followed(sentence, end, needs, marks):
            continue
        written = _EDGE.sub("", sentence.text[start:end])
        if not _plausible(written, sentence, start, end, marks, lexicon):
            continue
        known = gazetteer.known_as(written)
        yield Mark("title", start, end, known.title if known else written, strength + (known is not None))


def _places(sentence: Sentence, marks: list[Mark]) -> Iterator[tuple[int, str, int]]:
    """Where a title may begin, what must follow it, and how sure that makes it."""
    plain = sentence.plain
    for mark in marks:
        if mark.group == "title.before":
            start = mark.end + (len(plain[mark.end :]) - len(plain[mark.end :].lstrip(" ")))
            weak = mark.strength < 3 and mark.end - mark.start <= 4
            yield start, "sign" if weak else "", 2 if mark.strength == 3 else 1
    if sentence.zone == "headline":
        yield 0, "colon", 2
        for colon in list(re.finditer(r": ", plain))[:2]:
            yield colon.end(), "sign", 2
    yield 0, "comma", 2
    yield 0, "sign", 2
    for cut in list(re.finditer(r"(?:: |; (?:et )?|, (?:et |and )?)(?=\w)", plain))[:12]:
        yield cut.end(), "comma", 1
        yield cut.end(), "sign", 1


def _span(sentence: Sentence, start: int, names: list[Mark], lexicon: Lexicon, *, loose: bool) -> int | None:
    """Read a title written without quotes: capitalised words and the little words that join them."""
    text, plain = sentence.text, sentence.plain
    if start >= len(text) or not (text[start].isupper() or text[start].isdigit()):
        return None
    end, position, count = None, start, 0
    while position < len(text) and position - start < LONGEST and count < _WORDS_UNQUOTED:
        token = _TOKEN.match(plain, position)
        if token is None or any(n.start == position and n.group != "producer" for n in names):
            break
        word, capital = token.group(), text[position].isupper() or text[position].isdigit()
        if word in lexicon.stops and not (capital and count == 0):
            break
        if (
            not capital
            and word.rstrip("'") not in lexicon.joins
            and word not in lexicon.joins
            and not (loose and count)
        ):
            break
        if capital or loose or count == 0:
            end = token.end()
        count += 1
        position = token.end()
        gap = re.match(r" ?- ?| ", plain[position : position + 3])
        if gap is None and not token.group().endswith("'"):
            break
        position += len(gap.group()) if gap else 0
    return end


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
    if needs == "comma":
        return bool(_CREATED.match(sentence.plain, end))
    return any(m.group in ("title.after", "season") and 0 <= m.start - end <= 3 for m in marks)


def _plausible(written: str, sentence: Sentence, start: int, end: int, marks: list[Mark], lexicon: Lexicon) -> bool:
    """Whether the words can be a title: not a platform, a person we know, or an everyday first word alone."""
    words = written.split()
    if not words or len(written) < 2:
        return False
    plain = sentence.plain[start:end]
    first = re.match(r"\w+'?", plain)
    if len(words) == 1 and (plain in lexicon.starts or plain.isdigit()):
        return False
    if first and first.group() in lexicon.starts and len(words) > 1 and _generic(start, end, marks):
        return False
    return not any(
        m.group in ("platform", "person", "show", "producer", "periphrasis")
        and m.start <= start + 4
        and m.end >= end - 1
        for m in marks
    )


def _generic(start: int, end: int, marks: list[Mark]) -> bool:
    """Whether "La série", "Le feuilleton de la Une" or "La chaîne" is what the words say."""
    return any(m.group.startswith("work") and m.group != "work" and start <= m.start <= start + 5 for m in marks)
