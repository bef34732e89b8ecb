"""A page's bytes -> one lxml tree: the right charset, no scripts, and never more nodes than can be worked through."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

MAX_CHARACTERS = 4_000_000  #: of markup without scripts; the largest of 181 real pages has 1.5 million with them
#: Start tags read. Extraction costs up to 0.25 ms each on hostile pages (200,000 paragraphs: 50 s, fault P05).
MAX_TAGS = 25_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_MARKUP = re.compile(rb"<[^<>]*>")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_DEFAULTS = frozenset({"ascii", "iso8859-1", "cp1252", "utf-8"})  # what servers claim without knowing

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<[A-Za-z]")
_SILENT = re.compile(r"<(script|style|svg|template|iframe|object|math)\b([^>]*)>", re.IGNORECASE)
_CLOSINGS = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "svg", "template", "iframe", "object", "math")
}


def parse(body: bytes, charset: str | None = None) -> HtmlElement | None:
    """The page as a tree without scripts (JSON-LD stays) and comments; None when there is no element in it.

    Args:
        body: As received, decompressed.
        charset: What the Content-Type header says.
    """
    text = _shorten("".join(_without_silent(_CONTROL.sub("", decode(body, charset)))))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) and tree.find("body") is not None else None


def decode(body: bytes, charset: str | None) -> str:
    """The page's text: byte order mark, UTF-8 where it holds, then what meta and header claim and the bytes bear out.

    A claim of a western default is believed only when the bytes look western; otherwise the charset is detected.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    if b"\x1b$" in body:
        return body.decode("iso-2022-jp", errors="replace")
    text = body.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if damaged == 0 or damaged * 20 < sum(1 for char in text if char > "\x7f"):
        return text
    claims = [name for name in _claims(body, charset) if name not in _DEFAULTS and _holds(body, name)]
    if len(set(claims)) == 1:
        return body.decode(claims[0])
    if not claims and not _looks_foreign(body):
        return body.decode("cp1252", errors="replace")
    return _detected(body) or body.decode(claims[0] if claims else "cp1252", errors="replace")


def _claims(body: bytes, charset: str | None) -> list[str]:
    """Charset names as Python knows them, the document's own first."""
    found = [match.group(1).decode("ascii") for match in (_META.search(body[:8_192]), _PROLOG.match(body)) if match]
    names = []
    for claim in [*found, charset]:
        try:
            names.append(codecs.lookup(claim or "").name)
        except (LookupError, ValueError):
            continue
    return names


def _holds(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):  # LookupError: a codec that is none for text, as "hex"
        return False
    return True


def _words(body: bytes) -> bytes:
    """Enough of the page without its tags, to judge the bytes of the words."""
    return _MARKUP.sub(b" ", body[:400_000])[:40_000]


def _looks_foreign(body: bytes) -> bool:
    """Whether more than a third of the letters are not ASCII: French has 5 of 100, Russian and Japanese nearly all."""
    words = _words(body)
    return len(_HIGH.findall(words)) * 3 > len(_LETTER.findall(words))


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - hardly ever needed

    best = from_bytes(_words(body)).best()
    return body.decode(best.encoding, errors="replace") if best else None


def _without_silent(text: str) -> Iterator[str]:
    """Everything but scripts, styles and drawings, in one pass whatever is unclosed."""
    done = 0
    while match := _SILENT.search(text, done):
        if "ld+json" in match.group(2).lower():
            yield text[done : match.end()]
            done = match.end()
            continue
        yield text[done : match.start()]
        closing = _CLOSINGS[match.group(1).lower()].search(text, match.end())
        if closing is None or match.group(2).endswith("/"):
            done = match.end()  # unclosed: the parser knows what browsers do
            if closing is None:
                break
            continue
        done = closing.end()
    yield text[done:]


def _shorten(text: str) -> str:
    text = text[:MAX_CHARACTERS]
    for count, match in enumerate(_TAG.finditer(text)):
        if count >= MAX_TAGS:
            return text[: match.start()]
    return text
