"""The same article set in another way: quotes, blanks, accents, capitals, paragraphs. What it says stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from monitor.classifier.text import sentences
from monitor.types import Document

Restyle = Callable[[Document], Document]

_QUOTED = re.compile(r"«\s*([^«»]*?)\s*»|“([^“”]*)”")
#: Where a sentence that ends in small letters meets the next.
_MEETING = re.compile(r"(?<=[a-zà-ÿ»]{2}[.!?]) +(?=[A-ZÀ-Ý«“])")


def everywhere(change: Callable[[str], str]) -> Restyle:
    """Change headline, standfirst and text."""
    return lambda d: replace(d, title=change(d.title), summary=change(d.summary), text=change(d.text))


def quotes(opening: str, closing: str) -> Restyle:
    """Set « » and “ ” otherwise."""
    return everywhere(lambda text: _QUOTED.sub(lambda m: f"{opening}{m[1] or m[2] or ''}{closing}", text))


def bare(text: str) -> str:
    """Take the accents off capitals."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFD", c)[0] if c.isupper() else c for c in composed)


def parted(separator: str) -> Restyle:
    """Set something else between the sentences of the text."""

    def change(document: Document) -> Document:
        found = sentences(Document(title="", text=document.text))
        return replace(document, text=separator.join(sentence.text for sentence in found))

    return change


#: What leaves every article as it is, down to the confidences.
LAYOUT: dict[str, Restyle] = {
    "no-break spaces": everywhere(lambda text: text.replace(" ", "\u00a0")),
    "thin spaces at signs": everywhere(lambda text: re.sub(r" (?=[:;?!»])|(?<=«) ", "\u202f", text)),
    "doubled spaces": everywhere(lambda text: text.replace(" ", "  ")),
    "blank lines": everywhere(lambda text: re.sub(r"\s*\n\s*", "\n \n\n", text)),
    "typographic apostrophes": everywhere(lambda text: re.sub(r"(?<=\w)'(?=\w)", "’", text)),
    "decomposed accents": everywhere(lambda text: unicodedata.normalize("NFD", text)),
    "capitals without accents": everywhere(bare),
}

#: What leaves nearly every article as it is, and the share that it must be. What is lost and why: docs/classifier.md.
STYLES: dict[str, tuple[Restyle, float]] = {
    "“curly”": (quotes("“", "”"), 0.99),
    '"straight"': (quotes('"', '"'), 0.99),
    "«tight»": (quotes("«", "»"), 0.99),
    "a line a sentence": (parted("\n"), 0.99),
    "one paragraph": (parted(" "), 0.99),
    "run together": (lambda d: replace(d, text=_MEETING.sub("", d.text)), 0.99),
    "HEADLINE IN CAPITALS": (lambda d: replace(d, title=d.title.upper()), 0.94),
    "HEADLINE WITHOUT ACCENTS": (lambda d: replace(d, title=bare(d.title.upper())), 0.94),
}
