"""What Atom and RSS share: elements, and the document they end up as. Pure.

The writer escapes; what XML 1.0 has no place for (most control characters, lone surrogates) is dropped before.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

#: All but the characters of https://www.w3.org/TR/xml/#charsets.
_NO_CHARACTER: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root(name: str, **attributes: str) -> Element:
    """Begin a document. Names carry their prefix as written: `xml__lang` is xml:lang."""
    return Element(name, _attributes(attributes))


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """Add an element at the end."""
    element = SubElement(parent, name, _attributes(attributes))
    element.text = None if text is None else valid(text)
    return element


def document(element: Element) -> bytes:
    """Write a document in UTF-8, indented for people."""
    indent(element, space=" ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(element, encoding="unicode")}\n'.encode()


def valid(text: str) -> str:
    """Drop what no XML document may hold."""
    return _NO_CHARACTER.sub("", text)


def _attributes(given: dict[str, str]) -> dict[str, str]:
    return {name.rstrip("_").replace("__", ":"): valid(value) for name, value in given.items()}
