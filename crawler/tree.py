"""A page's bytes -> text in the right charset, never more of it than can be worked through; and lxml's trees of it."""

from __future__ import annotations

import codecs
import re
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement

Tree: TypeAlias = HtmlElement  #: a whole page, or what is left of it
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

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r")
_TAG = re.compile(r"<[A-Za-z]")
_SILENT = ("style", "svg", "template", "iframe", "object", "math")
_MENUS = etree.XPath("//ul[count(li/a) > 4 and count(li/a) = count(li) and not(.//p)]")


def parse(body: bytes, charset: str | None = None) -> HtmlElement | None:
    """The page as a tree without styles, drawings and comments; None when there is no element in it.

    Scripts are left: some hold JSON-LD.

    Args:
        body: As received, decompressed.
        charset: What the Content-Type header says.
    """
    tree = _parse(shorten(decode(body, charset)))
    if tree is None or tree.find("body") is None:
        return None
    etree.strip_elements(tree, *_SILENT, with_tail=False)
    return tree


def _parse(text: str) -> Tree | None:
    content = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    # One class for all elements, looked up in C: lxml.html's own lookup is a tenth of the whole extraction.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = etree.fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # empty, or nothing but text
        return None
    return tree if isinstance(tree, HtmlElement) else None


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
    if damaged == 0 or damaged * 20 < len(text) - len(text.encode("ascii", "ignore")):
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


def shorten(text: str) -> str:
    """The page's beginning, as much as can be worked through (fault P05)."""
    text = text[:MAX_CHARACTERS]
    if text.count("<") <= MAX_TAGS:
        return text
    for count, match in enumerate(_TAG.finditer(text)):
        if count >= MAX_TAGS:
            return text[: match.start()]
    return text


def grow(markup: str) -> Tree | None:
    """A body that was pruned, as a tree for Trafilatura: menus gone, tables used for layout turned into blocks."""
    tree = _parse(markup)
    if tree is None:
        return None
    menus = [menu for menu in _MENUS(tree) if len(menu.text_content()) < 60 * len(menu)]
    for menu in menus:
        if menu.getparent() is not None:
            menu.drop_tree()
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for element in list(table.iter("table", "tbody", "tr", "td", "th")):
                element.tag = "div"
    return tree


def _is_layout(table: HtmlElement) -> bool:
    """Cells with paragraphs or tables in them are a page's columns, not data."""
    if table.find(".//table") is not None:
        return True
    return any(len(cell.text_content()) > 150 for cell in table.iter("p", "td"))
