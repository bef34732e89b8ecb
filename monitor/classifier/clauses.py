"""Second stage, where statements begin in a sentence: "X s'arrête, Y aura une suite" makes two. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monitor.classifier.phrases import Mark

_BREAK = re.compile(r"[;]|\s:\s|:\s|\s-\s|[()]|\.\.\.|…")
_JOINT = re.compile(r"(?:, (?:et |and )?| et | and )$")
#: Characters between a title and what is done to it: "« X » est annulée".
_SAID_OF = 5
#: Characters between a title and its own season: "« Y » pour une deuxième saison"; of how many works each has one.
_ITS_SEASON, _SEVERAL = 14, 2
#: Characters between an act and its work: "commande une deuxième saison de « X »".
_ITS_OWN = 30


def clause_starts(plain: str, groups: Mapping[str, list[Mark]]) -> tuple[int, ...]:
    """Tell where statements begin.

    At strong punctuation, at "mais", "dont", "après", at the comma that ends such an aside, and at a comma before a
    title that something is said of ("X s'arrête, Y aura une suite").
    """
    starts = {0} | {m.end() for m in _BREAK.finditer(plain)}
    for mark in groups.get("clause", ()):
        comma = plain.find(", ", mark.end)
        starts |= {mark.start} | ({comma + 2} if comma >= 0 else set())
    for title in groups.get("title", ()) if "title.after" in groups else ():
        said = any(0 <= m.start - title.end <= 3 for m in groups["title.after"])
        if said and _JOINT.search(plain[max(0, title.start - 6) : title.start]):
            starts.add(title.start)
    starts |= {start for title in groups.get("title", ()) if (start := _after_comma(title, plain, groups))}
    starts |= set(_turns(plain, groups)) | set(_opposed(plain, groups)) | set(_without_verb(plain, groups))
    inside = [(t.start, t.end) for t in (*groups.get("title", ()), *groups.get("credited", ()))]
    return tuple(sorted(at for at in starts if not any(start < at <= end for start, end in inside)))


def _after_comma(title: Mark, plain: str, groups: Mapping[str, list[Mark]]) -> int | None:
    """Find the verb that comes after a title's comma and has a title of its own: "P Axes ‘X,’ Renews ‘Y’"."""
    if "," not in plain[title.end - 2 : title.end + 1]:
        return None
    verbs = (
        m for group in ("order", "renew", "cancel") for m in groups.get(group, ()) if 0 <= m.start - title.end <= 2
    )
    own = (m.start for m in verbs if any(0 <= t.start - m.end <= 25 for t in groups["title"]))
    return next(own, None)


def _turns(plain: str, groups: Mapping[str, list[Mark]]) -> Iterator[int]:
    """Find the commas after which an act has a work of its own: "X renewed for season 2, ‘Y’ axed", ", cancels ‘Y’"."""
    acts = [m for group in ("cancel", "renew") for m in groups.get(group, ()) if m.strength > 1]
    for act in acts if "," in plain else ():
        for title in groups.get("title", ()):
            start = title.start if 0 <= act.start - title.end <= _SAID_OF else act.start
            led = start == act.start and 0 <= title.start - act.end <= _SAID_OF
            if (led or start == title.start) and plain[max(0, start - 2) : start] == ", ":
                yield start


def _without_verb(plain: str, groups: Mapping[str, list[Mark]]) -> Iterator[int]:
    """Find the titles that share the verb before, each with its season: "« X » rempile pour une saison 5, « Y » pour
    une saison 2"."""
    seasons, titles = groups.get("season", ()), groups.get("title", ())
    if len(seasons) < _SEVERAL or len(titles) < _SEVERAL:
        return
    for title in titles:
        own = any(
            0 <= m.start - title.end <= _ITS_SEASON and not _BREAK.search(plain, title.end, m.start) for m in seasons
        )
        before = any(m.end <= title.start for m in seasons) and any(t.end < title.start for t in titles)
        if own and before and _JOINT.search(plain[max(0, title.start - 6) : title.start]):
            yield title.start


def _opposed(plain: str, groups: Mapping[str, list[Mark]]) -> Iterator[int]:
    """Find where "and" turns from an end to what goes on, or back: "P renouvelle « X » et annule « Y »"."""
    titles = groups.get("title", ())
    if len(titles) < 2 or "cancel" not in groups:
        return
    for group in ("cancel", "renew", "order"):
        others = ("renew", "order") if group == "cancel" else ("cancel",)
        before = [m for other in others for m in groups.get(other, ()) if m.strength > 1]
        for act in groups.get(group, ()) if before else ():
            first = any(m.end < t.start and t.end < act.start for m in before for t in titles)
            own = any(0 <= t.start - act.end <= _ITS_OWN for t in titles)
            if act.strength > 1 and first and own and _JOINT.search(plain[max(0, act.start - 6) : act.start]):
                yield act.start
