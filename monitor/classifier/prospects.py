"""Whether a headline and its summary promise enough to have the page fetched: almost never no where it announces.

A name we know, a season, a word for a work, or one of the screen is enough by itself. Acts ("signé", "retour",
"financé") are also those of sport, courts and town halls: unless they are strong they need a title beside them. What a
lexicon calls a trap hides what it covers. docs/classifier.md gives the figures, tests/test_prospects.py holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon
from monitor.classifier.phrases import Mark
from monitor.classifier.scene import WORKS
from monitor.classifier.text import fold

LONGEST = 2_000  #: characters that are looked at
_NAMED = frozenset({"platform", "periphrasis", "producer", "show", "person"})
_ENOUGH = frozenset({"season", "more", "sequel", "spinoff", "works", *WORKS})
_ACTS = frozenset({"order", "develop", "shoot", "cast", "adapt", "renew"})
_QUOTE = re.compile(r"[«“‘„]|(?<!\w)['\"]\w")  #: where a title may begin
_QUOTED = re.compile(r"[«“‘„\"'][\s\u00a0\u202f]?$")  #: where one does


@dataclass(frozen=True, kw_only=True, slots=True)
class Prospect:
    """What a headline and its summary promise."""

    promising: bool
    cue: str | None = None  #: 'season: "saison 2"': what decided, or came nearest to it; None: nothing of the sort

    @property
    def lacks(self) -> str:
        """What would have made it promising, one line."""
        wanted = "a name we know, a season, a word for a work or of the screen"
        if self.cue is None:
            return f"neither title nor summary has {wanted}, or an act such as an order or a renewal"
        return f"of all cues only {self.cue}, without {wanted}, or a title in quotes beside it"


def prospect(title: str, summary: str, *, lexicons: Iterable[Lexicon], gazetteer: Gazetteer) -> Prospect:
    """Judge an entry of a listing, in whatever language it is."""
    written = f"{title}\n{summary}"[:LONGEST]
    plain = fold(written)
    names = list(gazetteer.marks(plain, written))
    sure = next((mark for mark in names if mark.group in _NAMED or _is_sure(mark, written, gazetteer)), None)
    if sure:
        return Prospect(promising=True, cue=_said(sure, written))
    works = [mark for mark in names if mark.group == "work"]
    acts: list[Mark] = []
    for lexicon in lexicons:
        for mark in _uncovered(lexicon, plain):
            if mark.group in _ENOUGH or (mark.group in _ACTS and mark.strength > 2):
                return Prospect(promising=True, cue=_said(mark, written))
            acts.append(mark)
        for mark in lexicon.screen.marks(plain):
            return Prospect(promising=True, cue=_said(mark, written))
    titled = bool(works) or _QUOTE.search(written) is not None
    return Prospect(promising=bool(acts) and titled, cue=_said((acts or works)[0], written) if acts or works else None)


def _is_sure(mark: Mark, written: str, gazetteer: Gazetteer) -> bool:
    """A known work's title, in quotes where it is an everyday word, too."""
    if mark.group != "work":
        return False
    quoted = _QUOTED.search(written[max(0, mark.start - 2) : mark.start])
    return quoted is not None or not gazetteer.works[mark.value].ambiguous


def _uncovered(lexicon: Lexicon, plain: str) -> Iterator[Mark]:
    """The marks that count at all, without those that a trap covers."""
    marks = [mark for mark in lexicon.book.marks(plain) if mark.group == "trap" or mark.group in _ENOUGH | _ACTS]
    traps = [mark for mark in marks if mark.group == "trap"]
    for mark in marks:
        hidden = any(trap.start <= mark.start and mark.end <= trap.end for trap in traps)
        if mark.group != "trap" and mark.strength > 1 and not hidden:
            yield mark


def _said(mark: Mark, written: str) -> str:
    return f'{mark.group}: "{" ".join(written[mark.start : mark.end].split())}"'
