"""Second stage, rescues: a work that somebody ended, and that another one, or the same, takes up again.

"Netflix récupère « X », annulée par TF1" ends nothing: it renews X, for Netflix; TF1 is who ended it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from monitor.classifier.phrases import Mark
from monitor.classifier.text import Sentence

#: A mark's place, for sorting.
_PLACE = itemgetter(1, 2)
#: What was done, and not "annule", "axes", which somebody does now. As written, for the accent tells.
_DONE = re.compile(
    r"(?i)annulation|.*\barrêt\b|.*\b(?:annul|abandonn|arrêt|stopp|enterr|déprogramm|sacrifi|débranch|supprim|lâch|"
    r"écart|remerci)(?:é|ee)(?:e|s|es)?\b|.*\b(?:interrompue?s?|fin)\b|"
    r".*\b(?:axed|axing|cancell?ed|cancellation|cancelling|scrapped|dropped|dumped|ditched|binned|canned|shelved|"
    r"ended|end|abandoned|buried|called time|called it quits|passed on|pulled|yanked|axe|not renewed|not to renew)\b"
)
#: From an ending to the channel that made it: "annulée l'an dernier par TF1", "l'arrêt de la série sur France 2".
_BY = re.compile(r"[^,;:.!?()\"]{0,60}\b(?:par|sur|chez|by|at|on)(?: la chaine| le groupe| french)? $")
#: Between a channel and its ending: "que TF1 avait annulée", "after TF1 axed it", "TF1's cancellation".
_HAS = re.compile(r"'?s? ?(?:l'|la |les |le |a |ont |avait |avaient |eut |had |has |have |recently |quietly )*$")
#: Characters between an ending and its channel.
_REACH = 46


def taken_up(marks: Sequence[Mark], sentence: Sentence, *, over: bool = False) -> list[Mark]:
    """Read as a renewal that a work is taken up again; by weaker words, where its end is told, there or elsewhere."""
    over = over or any(ended(mark, sentence) for mark in marks)
    again = {m.start: m for m in marks if m.group == "rescue" and (m.strength > 2 or over)}
    kept = [m for m in marks if m.group != "renew" or m.start not in again]
    return sorted([*kept, *(m._replace(group="renew", strength=3) for m in again.values())], key=_PLACE)


def ended(mark: Mark, sentence: Sentence) -> bool:
    """Whether a mark tells of an end that was there before what else the sentence tells."""
    return mark.group == "cancel" and _DONE.match(sentence.text[mark.start : mark.end]) is not None


def rescues(marks: Iterable[Mark]) -> list[Mark]:
    """List the marks by which a work is taken up again."""
    marks = list(marks)
    renewed = {(m.start, m.end) for m in marks if m.group == "renew" and m.strength == 3}
    return [m for m in marks if m.group == "rescue" and (m.start, m.end) in renewed]


def left(marks: Sequence[Mark], sentence: Sentence) -> list[Mark]:
    """List the platforms that ended a work, as a sentence has them."""
    ends = [mark for mark in marks if ended(mark, sentence)]
    if not ends:
        return []
    return [m for m in marks if m.group == "platform" and any(_ended_by(m, end, sentence.plain) for end in ends)]


def _ended_by(platform: Mark, end: Mark, plain: str) -> bool:
    if 0 <= platform.start - end.end <= _REACH:
        return _BY.fullmatch(plain, end.start, platform.start) is not None
    if 0 <= end.start - platform.end <= _REACH:
        return _HAS.fullmatch(plain, platform.end, end.start) is not None
    return False
