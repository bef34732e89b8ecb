"""Reasons as they are stored, in English, said in the reader's language.

What was decided is kept with its reason in words, for logs and for whoever reads the store. The words are few and
their places known, so what is stored is recognised by its shape and said anew; what nobody knows is said as it is.
"""

from __future__ import annotations

import re
from typing import Final

from crawler import RejectReason
from monitor.alerts.catalogue import Voice
from monitor.alerts.details import DETAILS, DROPS, WORDS
from monitor.alerts.text import mark

#: A longer one stands before a shorter one that would take it as well.
_REASONS: Final = (
    mark("{reason} (by title and summary: {note})"),
    mark("text and data mining is reserved, says {evidence}; asked again on {day}"),
    mark("text and data mining is reserved since {day}, says {evidence}, conditions: {policy}"),
    mark("text and data mining is reserved since {day}, says {evidence}"),
    mark("the host {host} refuses us ({how}) since {since}; asked again on {day}"),
    mark("the host {host} refuses us ({how}) since {since}"),
    mark("{host} refuses us ({how}) since {since}; asked again on {day}"),
    mark("held back: {n} new entries at once where {usual} is usual"),
    mark("held back, and passed over by hand"),
    mark("released by hand, and its pages are not ours to read"),
    mark("published {n} days before it was listed here"),
    mark("published {n} days ago: kept, too old to alert"),
    mark("not promising: {lacks}"),
    mark("neither title nor summary has {wanted}, or an act such as an order or a renewal"),
    mark("of all cues only {cue}, without {wanted}, or a title in quotes beside it"),
    mark("undated, and listed together with everything this source had before: kept, alerts nobody"),
    mark("undated, and listed together with everything this source had before"),
    mark("already known from {outlet} since {day}"),
    mark("a reader called this wrong: kept, alerts nobody"),
    mark("nobody subscribed to this: {what}"),
    mark("owed to {whom}"),
    mark("announces nothing"),
    mark("the same article as {url}"),
    mark("its source was removed or switched off"),
    *DETAILS,
    *DROPS,
)
#: Values in these that are words of ours.
_WORDS: Final = frozenset(
    {
        *WORDS,
        mark("a name we know, a season, a word for a work or of the screen"),
        mark("its robots directive (noai)"),
        mark("the tdm-reservation meta tag"),
        mark("the tdm-reservation header"),
        mark("payment"),
        mark("forbidden"),
        mark("legal"),
        mark("challenge"),
    }
)
#: Values that may be reasons themselves.
_NESTED: Final = frozenset({"reason", "note", "lacks"})
#: What stands before the detail of a page that was rejected; a name, the same in every language.
_CODES: Final = frozenset(str(one) for one in RejectReason)
_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")
_SHAPES: Final = tuple(
    (reason, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(reason)), re.DOTALL)) for reason in _REASONS
)


def reason(stored: str, speech: Voice) -> str:
    """Say a stored reason in the reader's language; one that is not known, as it is."""
    code, colon, detail = stored.partition(": ")
    if colon and code in _CODES:
        return f"{code}{colon}{reason(detail, speech)}"
    for message, shape in _SHAPES:
        if found := shape.fullmatch(stored):
            return speech.say(message, **{name: _value(name, said, speech) for name, said in found.groupdict().items()})
    return stored


def _value(name: str, said: str, speech: Voice) -> str:
    if name in _NESTED:
        return reason(said, speech)
    return speech.say(said) if said in _WORDS else said
