"""A page's bytes -> text in the right charset, never more of it than can be worked through; and lxml's trees of it."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from crawler.charset import decode

Tree: TypeAlias = HtmlElement  #: a whole page, or what is left of it
MAX_CHARACTERS = 4_000_000  #: of markup without scripts; the largest of 181 real pages has 1.5 million with them
#: Start tags read. Extraction costs up to 0.25 ms each on hostile pages (200,000 paragraphs: 50 s, fault P05).
MAX_TAGS = 25_000

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
    tree = parse_any(body, charset)
    return None if tree is None or tree.find("body") is None else tree


def parse_any(body: bytes, charset: str | None = None) -> HtmlElement | None:
    """As `parse`, also a page that is nothing but a head."""
    tree = _parse(shorten(decode(body, charset)))
    if tree is not None:
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
