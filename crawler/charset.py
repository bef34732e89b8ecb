"""The one owner of what bytes mean, for pages, feeds and sitemaps alike. Pure.

Headers, declarations and meta tags lie about it, the bytes themselves hardly ever (faults P10, V-07).
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_PROLOG = re.compile(rb"^[^>]{0,100}<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_MARKUP = re.compile(rb"<[^<>]*>")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_DEFAULTS = frozenset({"ascii", "iso8859-1", "cp1252", "utf-8"})  # what servers claim without knowing


def decode(body: bytes, charset: str | None) -> str:
    """A document's text: by its mark, as UTF-8 where that holds, or by what the bytes bear of what it claims to be.

    A claim of a western default is believed only when the bytes look western; otherwise the charset is detected.

    Args:
        body: As received, decompressed.
        charset: What the Content-Type header says.
    """
    return decoded(body, charset)[0]


def decoded(body: bytes, charset: str | None) -> tuple[str, bytes | None]:
    """The text, and the body again when it is that text in UTF-8: a parser need not have it encoded anew."""
    # One byte is looked for in a tenth of the time of two.
    if body.startswith(b"<") and (b"\x1b" not in body or b"\x1b$" not in body) and body[1:2] != b"\0":
        try:
            return body.decode("utf-8"), body
        except UnicodeDecodeError:
            pass
    return _decoded(body, charset), None


def _decoded(body: bytes, charset: str | None) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    if body[:2] in {b"<\0", b"\0<"}:  # UTF-16 without its mark
        return body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", errors="replace")
    if b"\x1b$" in body:
        return body.decode("iso-2022-jp", errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(body, charset)


def _damaged(body: bytes, charset: str | None) -> str:
    """The text of what is not UTF-8, or not quite."""
    text = body.decode("utf-8", errors="replace")
    if text.count("\ufffd") * 20 < len(text) - len(text.encode("ascii", "ignore")):
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
