"""Plain text out of what the web sends: markup and entities gone, nothing left that a database or a mailer refuses."""

from __future__ import annotations

import html
import re
import unicodedata

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


def tidy(text: str) -> str:
    """One line: NFC, no control characters, single blanks (no-break and narrow ones included)."""
    return " ".join(_UNWANTED.sub("", unicodedata.normalize("NFC", text)).split())


def plain_text(markup: str, *, limit: int = 4_000) -> str:
    """The words of a fragment of HTML on one line, entities decoded once, at most `limit` characters.

    Reads at most ten times `limit` characters of markup: a whole article in a feed's summary costs nothing.
    """
    words: list[str] = []
    silent = ""
    for piece in _TAG.split(markup[: limit * 10]):
        name = _TAG_NAME.match(piece)
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
    return clip(tidy(html.unescape("".join(words))), limit)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
