"""Plain text out of what the web sends: markup and entities gone, nothing left that a database or a mailer refuses."""

from __future__ import annotations

import html
import re
import unicodedata
from unicodedata import is_normalized

_TAG = re.compile(r"(<(?:!--(?:[^-]|-(?!->)){0,5000}-->|[A-Za-z/!?][^<>]*>))")
_TAG_NAME = re.compile(r"</?([A-Za-z0-9]+)")
_SILENT = frozenset({"script", "style", "iframe", "noscript", "svg", "template"})
_INLINE = frozenset("a abbr b bdi cite em font i mark q s small span strong sub sup u wbr".split())  # noqa: SIM905
#: C0 and C1 controls, soft hyphens, zero-width marks, bidirectional overrides, byte order marks, lone surrogates,
#: and the code points that are no characters (fault P11).
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\uffff"
    "\ud800-\udfff]"
)


_USUAL_TAG = re.compile(r"<(?:/?([A-Za-z][A-Za-z0-9]*)|/[0-9])[^<>]*>")
_SPOILT = "\0"  #: stands for a tag that needs more than a look: what is in it is to be dropped
#: What stands for a tag, by its name; a blank for others.
_BLANKS = dict.fromkeys(("p", "br", "div", "img", "li", "ul"), " ") | dict.fromkeys(_INLINE, "")
_BLANKS |= dict.fromkeys(_SILENT, _SPOILT)


def tidy(text: str) -> str:
    """One line: NFC, no control characters, single blanks (no-break and narrow ones included)."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    flat, printable = text, text.isprintable()
    if not printable:
        flat = text.replace("\n", " ").replace("\xa0", " ").replace("\u202f", " ")
        printable = flat.isprintable()
    # Nothing that is printable is unwanted, but for the two replacement characters.
    if printable and "\ufffd" not in flat and "\ufffc" not in flat and is_normalized("NFC", flat):
        while "  " in flat:
            flat = flat.replace("  ", " ")
        return flat.strip()
    return " ".join(_UNWANTED.sub("", unicodedata.normalize("NFC", text)).split())


def plain_text(markup: str, *, limit: int = 4_000) -> str:
    """The words of a fragment of HTML on one line, entities decoded once, at most `limit` characters.

    Reads at most ten times `limit` characters of markup: a whole article in a feed's summary costs nothing.
    """
    text = markup = markup[: limit * 10]
    if "<" in markup:
        text = markup.replace("<p>", " ").replace("</p>", " ")  # most of all tags, and a third of the time of `sub`
        if "<" in text:
            text = _USUAL_TAG.sub(_blank, text)
        if "<!" in markup or "<?" in markup or _SPOILT in text:
            text = _without_tags(markup)
    return clip(tidy(html.unescape(text) if "&" in text else text), limit)


def _blank(tag: re.Match[str]) -> str:
    name = tag[1]
    blank = _BLANKS.get(name)
    return _BLANKS.get((name or "").lower(), " ") if blank is None else blank


def _without_tags(markup: str) -> str:
    """The text of a fragment, and nothing of its scripts and styles."""
    words: list[str] = []
    silent = ""
    for at, piece in enumerate(_TAG.split(markup)):
        name = _TAG_NAME.match(piece) if at % 2 else None  # text and tags in turn: "<3" is no tag
        if name is None:
            words.append("" if silent or piece.startswith("<!") else piece)
            continue
        tag = name.group(1).lower()
        if silent:
            silent = "" if tag == silent and piece.startswith("</") else silent
        elif tag in _SILENT and not piece.startswith("</") and not piece.endswith("/>"):
            silent = tag
        elif tag not in _INLINE:
            words.append(" ")
    return "".join(words)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
