"""By which of its words a phrase of the lexicon is looked for: those that can come second, and the rarest of all."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+")
#: Up to so many words between two of a phrase.
GAPS = {"..": r"(?:[^\s.;:!?]+ +){0,3}?", "...": r"(?:[^\s.;:!?]+ +){0,7}?"}


def spellings(word: str) -> set[str]:
    """List how a word can be spelt: "œ" and "oe"."""
    return {word, word.replace("oe", "œ")}


def seconds(words: list[str]) -> set[str] | None:
    """List the words with which the rest of a phrase can begin, or None where that is open; digits are "#"."""
    if not words or words[0] in GAPS:
        return None
    if words[0].endswith("?"):
        here, later = seconds([words[0][:-1]]), seconds(words[1:])
        return None if here is None or later is None else here | later
    if any(sign in words[0] for sign in "*?<.+"):
        return None
    firsts = [WORD.findall(word)[:1] for word in words[0].split("|")]
    return {spelling for first in firsts for spelling in spellings(first[0])} if all(firsts) else None


def certain(alternative: str, runs: list[str], words: list[str]) -> set[str] | None:
    """List the words that can come second in a phrase that begins so, or None where that is open."""
    if len(runs) > 1:
        return spellings(runs[1]) if not alternative.endswith("*") or len(runs) > 2 else None
    return None if alternative.endswith("*") else seconds(words[1:])


def needed(words: list[str]) -> frozenset[str]:
    """List the words of which a sentence must have one for a phrase to stand in it; none where two words are all.

    Looking for a longer phrase is dear, most of all where it has a gap; to look among a sentence's words is not.
    """
    if len(words) < 3 and not any(sign in word for word in words for sign in "'-"):
        return frozenset()  # found by its first and second word
    sure = [word.split("|") for word in words[1:] if not any(sign in word for sign in "*?<.+")]
    runs = [[WORD.findall(alternative) for alternative in word] for word in sure]
    listed = [{spelling for run in word for spelling in spellings(max(run, key=len))} for word in runs if all(word)]
    rarest = max(listed, key=lambda found: min(map(len, found)), default=set[str]())  # long words are rare
    return frozenset(rarest | {f"{word}+" for word in rarest})
