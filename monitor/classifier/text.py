"""First stage: a document becomes sentences with their zone and a matching copy of the same length."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from monitor.classifier.tokens import Tokens, between, tokenise
from monitor.types import Document

#: Characters of the article's text that count as its lead: about two sentences of a news agency.
LEAD_LENGTH = 420
#: A longer "sentence" is cut: nobody writes one, and every later stage stays linear.
LONGEST_SENTENCE = 1500
#: Characters of the text that are read: forty pages; what is news stands in the first.
LONGEST_TEXT = 100_000
#: A longer headline or standfirst is no headline.
LONGEST_TITLE = 400

_QUOTES = "«»“”„‟‹›″＂"
_APOSTROPHES = "’‘ʼ′`´＇"
_DASHES = "‐‑‒–—―−"
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\x0b\x0c"
_LETTER_RANGES = (range(0x41, 0x250), range(0x1E00, 0x1F00))


def _folding() -> dict[int, str]:
    """Give each letter its lower-case form without accent, where that is one character."""
    table = {ord(c): '"' for c in _QUOTES} | dict.fromkeys(map(ord, _APOSTROPHES), "'")
    table |= dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _BLANKS), " ")
    table[ord("×")] = "x"  # "6 × 52 minutes"
    for code in (code for letters in _LETTER_RANGES for code in letters):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(plain) == 1 and plain != chr(code) and code not in table:
            table[code] = plain
    return table


_TABLE = _folding()
_NEVER_PLAIN = re.compile(r"[^\n -_a-~]")  # in small letters: what the table may change still


def _usual() -> re.Pattern[str]:
    """Match what is neither European letter nor common sign, or changes otherwise in `str.lower` than in the table."""
    codes = (code for letters in (range(0x250), range(0x1E00, 0x1F00), range(0x2000, 0x20D0)) for code in letters)
    alike = [chr(c) for c in codes if chr(c).lower().translate(_TABLE) == chr(c).translate(_TABLE)]
    return re.compile("[^" + re.escape("".join(alike)) + "]")


_UNUSUAL = _usual()


def fold(text: str) -> str:
    """Return a copy for matching, of the same length: lower case, no accents, plain quotes, dashes and spaces."""
    if text.isascii() or _UNUSUAL.search(text):
        return text.translate(_TABLE)
    plain = text.lower()  # then a few replacements: a third of the time that a table takes outside ASCII
    for char in set(_NEVER_PLAIN.findall(plain)):
        plain = plain.replace(char, _TABLE.get(ord(char), char))
    return plain


_NO_WORD = re.compile(r"[^\w+]+")


@lru_cache(maxsize=2_000)  # an article asks for the same few names again and again
def name_key(name: str) -> str:
    """Return the form in which two spellings of a name are equal."""
    return _NO_WORD.sub(" ", fold(unicodedata.normalize("NFC", name)).replace("œ", "oe")).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence of the document."""

    index: int
    zone: str  #: "headline", "standfirst", "lead" or "body"
    start: int  #: in the zone's own text, as the document has it
    end: int
    text: str  #: as written
    plain: str  #: folded, character for character
    tokens: Tokens = field(repr=False, compare=False)  #: its words

    @property
    def prominent(self) -> bool:
        """Whether it stands where an article says what its news is."""
        return self.zone != "body"


# Where a sentence may end: strong punctuation, then space or (run-together text) a capital at once; or a new line.
# Tried at the first sign of a row only: from each of a thousand "!" a thousand would be read.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"»”’')\]]*(?:\s+|(?=(?:«\s?|[\"“])?[A-ZÀ-ÝŒ]))|\n\s*")
_GOES_ON = re.compile(r"[a-zà-ÿ,;:%]")  # a small letter after a full stop: an abbreviation
_ABBREVIATION = re.compile(r"(?:\b[A-ZÉ]|\b(?:Mme|MM|Mr|Mrs|Ms|Dr|St|Ste|vs|Bros|Inc|No|Jr|Sr|etc))$")
_MONTH = re.compile(r"\b(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)$")  # before a day: "to launch Jan. 14"

#: "‘Call My Agent! London’": the rest of a short title, each of its words a name's, and then its closing mark.
_OF_A_TITLE = re.compile(r"(?:[A-ZÀ-ÝŒ][\w'’-]*\s+){0,2}[A-ZÀ-ÝŒ][\w-]*\s?[»”’\"]")
_TITLE_OPENS = re.compile(r"[«“‘\"]\s?[A-ZÀ-ÝŒ][^«»“”‘\"\n.!?]{1,40}\Z")


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] == "\n" or _ends(text, match):
            yield start, match.end()
            start = match.end()
    yield start, len(text)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation ends a sentence: not after "M." or "J. J.", nor inside "france.tv" or "S.W.A.T."."""
    sign, after = match.group(), text[match.end() : match.end() + 2]
    before = text[max(0, match.start() - 6) : match.start()]
    short = len(before) < 6 or not before[1:].isalpha()  # no abbreviation has five letters
    if sign[0] == "." and short and (_ABBREVIATION.search(before) or (after[:1].isdigit() and _MONTH.search(before))):
        return False
    if sign[-1].isspace() and sign.rstrip()[-1] in "\"»”’'" and _GOES_ON.match(after):
        return False  # "the 'Call My Agent!' movie"
    if sign[0] in "!?" and sign[-1].isspace() and _inside_a_title(text, match):
        return False
    if sign[-1].isspace():
        return not (sign[0] in ".…" and _GOES_ON.match(after))
    return (before[-1:].islower() or before[-1:].isdigit() or before[-1:] in ")»”") and after[1:2] not in (".", "")


def _inside_a_title(text: str, match: re.Match[str]) -> bool:
    opens = _TITLE_OPENS.search(text[max(0, match.start() - 44) : match.start()])
    return bool(opens and _OF_A_TITLE.match(text, match.end()))


def _bounded(text: str) -> Iterator[tuple[int, int]]:
    """Cut what is too long, at a space where there is one, and drop blanks at both ends."""
    for begin, end in _cuts(text):
        start = begin
        while start < end:
            stop = min(end, start + LONGEST_SENTENCE)
            if stop < end:
                stop = max(text.rfind(" ", start + 1, stop) + 1, start + LONGEST_SENTENCE // 2)
            piece = text[start:stop]
            if bare := piece.strip():
                left = stop - len(piece.lstrip())
                yield left, left + len(bare)
            start = stop


#: A sign that feeds leave encoded: "&rsquo;", "&#8217;", "&amp;".
_ENCODED = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")


def _decoded(given: str) -> tuple[str, list[int]]:
    """Decode encoded signs; with where each character stood."""
    parts: list[str] = []
    starts: list[int] = []
    after = 0
    for match in _ENCODED.finditer(given):
        sign = html.unescape(match[0])
        parts += [given[after : match.start()], sign]
        starts += [*range(after, match.start()), *[match.start()] * len(sign)]
        after = match.end()
    return "".join([*parts, given[after:]]), [*starts, *range(after, len(given))]


#: More blanks than one space or one new line: layout, which says nothing.
_LAYOUT = re.compile(r"[ \n]{2,}")


def _spaced(text: str) -> str:
    """Make every blank in a line a plain space."""
    if not text.isascii() or "\t" in text or "\r" in text:
        for blank in _BLANKS:
            text = text.replace(blank, " ")
    return text


class _Offsets:
    """Where a character of the decoded, composed and evenly spaced text stood in the text as given."""

    def __init__(self, given: str) -> None:
        encoded = "&" in given and _ENCODED.search(given) is not None
        plain, places = _decoded(given) if encoded else (given, range(len(given)))
        composed = unicodedata.normalize("NFC", plain)
        self._starts: list[int] | None = None
        if composed != given:
            starts = [place for place, c in zip(places, plain, strict=True) if not unicodedata.combining(c)]
            self._starts = starts + [len(given)] * (len(composed) + 1 - len(starts))
        self._closed: list[int] = []  #: behind which characters of the text blanks were left out
        self._left_out: list[int] = [0]  #: how many up to there
        self.text = _LAYOUT.sub(self._even, _spaced(composed))

    def _even(self, blanks: re.Match[str]) -> str:
        """Leave one blank of several, and remember how many are gone."""
        gone = self._left_out[-1]
        self._closed.append(blanks.start() - gone + 1)
        self._left_out.append(gone + len(blanks[0]) - 1)
        return "\n" if "\n" in blanks[0] else " "

    def given(self, offset: int) -> int:
        composed = offset + self._left_out[bisect_right(self._closed, offset)] if self._closed else offset
        return composed if self._starts is None else self._starts[composed]


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """Headline, standfirst or text, evened out. Without slots, so that it is cut when asked for."""

    zone: str  #: "headline", "standfirst" or "text"
    offsets: _Offsets
    lead_end: int  #: where in a text the lead ends
    plain: str  #: folded

    @property
    def text(self) -> str:
        """As written, evenly spaced."""
        return self.offsets.text

    @cached_property
    def tokens(self) -> Tokens:
        """Its words."""
        return tokenise(self.plain)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Where its sentences begin and end."""
        return list(_bounded(self.text))


class Prose:
    """A document evened out, ready to be split into sentences: of most that come from a feed nobody asks for them."""

    def __init__(self, document: Document) -> None:
        given = (
            ("headline", document.title[: LONGEST_TITLE * 2]),
            ("standfirst", document.summary[: LONGEST_TITLE * 2]),
            ("text", document.text[:LONGEST_TEXT]),
        )
        standfirst = bool(document.summary.strip())
        self.parts = tuple(_part(zone, text, has_standfirst=standfirst) for zone, text in given)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Headline, standfirst, then text, of which the start is the lead."""
        return tuple(map(self.sentence, range(len(self._places))))

    def at(self, part: Part, offset: int) -> int:
        """Tell in which sentence a word of a part stands."""
        before = sum(len(other.bounds) for other in self.parts[: self.parts.index(part)])
        return before + bisect_right(part.bounds, (offset, len(part.text))) - 1

    def sentence(self, index: int) -> Sentence:
        """Give one sentence; the others are not made for it."""
        part, start, end = self._places[index]
        plain = part.plain[start:end]
        cut = end - start >= LONGEST_SENTENCE // 2  # maybe inside a word
        return Sentence(
            index=index,
            zone=part.zone if part.zone != "text" else "lead" if start < part.lead_end else "body",
            start=part.offsets.given(start),
            end=part.offsets.given(end),
            text=part.text[start:end],
            plain=plain,
            tokens=tokenise(plain) if cut else between(part.tokens, start, end),
        )

    @cached_property
    def _places(self) -> list[tuple[Part, int, int]]:
        return [(part, start, end) for part in self.parts for start, end in part.bounds]


def _part(zone: str, given: str, *, has_standfirst: bool) -> Part:
    offsets = _Offsets(given)
    lead_end = _lead_end(offsets.text, has_standfirst=has_standfirst)
    return Part(zone=zone, offsets=offsets, lead_end=lead_end, plain=fold(offsets.text))


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Split a document into sentences."""
    return Prose(document).sentences


#: Signs that are set differently from outlet to outlet, and so don't count for length; nor do blanks inside them.
_UNCOUNTED = re.compile('["«»“”]')


def _lead_end(text: str, *, has_standfirst: bool) -> int:
    """Find where the lead ends: after LEAD_LENGTH characters, and always after a short first paragraph."""
    first = text.lstrip().find("\n")
    end, most = LEAD_LENGTH // 2 if has_standfirst else LEAD_LENGTH, LEAD_LENGTH
    for quote in _UNCOUNTED.finditer(text, 0, 2 * LEAD_LENGTH):
        at = quote.start()
        blank = text[at + 1 : at + 2] if quote[0] in "«“" else text[at - 1 : at] if quote[0] in "»”" else ""
        end += (1 + (blank == " ")) * (at < end)
        most += (1 + (blank == " ")) * (at < most)
    return max(end, first if 0 <= first <= most else 0)
