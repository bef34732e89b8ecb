"""Names that stand in the words an article tells a work with: who plays in it, and who produces it, in any wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from monitor.decide.naming import title_key

#: No name that somebody watches has more words.
_LONGEST: Final = 6
#: Characters of a text that count as its lead, up to the end of the sentence they end in: two sentences of an agency.
_LEAD: Final = 420
#: What is between quotes and no longer than this is a title, or words that somebody said: neither names who makes it.
_QUOTED: Final = re.compile(r"«[^«»\n]{1,80}»|“[^“”\n]{1,80}”|\"[^\"\n]{1,80}\"|‘(?:[^‘’\n]|’(?=\w)){1,80}’(?!\w)")
#: Characters of a text that suffice to find its lead.
LEAD: Final = 2 * _LEAD
_SENTENCES: Final = re.compile(r"(?<![A-Z])[.!?…;](?=\s|$)|[\n;]")
_BARRIER: Final = re.compile(r"[,:()|«»\"“”‘–—/]")
_WORD: Final = re.compile(r"[\w&+]+")
#: Characters around a name in which it is said whether its bearer has a part: a list of a few names.
_NEAR: Final = 120
#: Right before a name: whoever it is has no part in it. Only names and what links them may stand between.
_WITHOUT: Final = re.compile(
    r"\b(?i:sans|ni|pas|without|nor|not|minus|remplac\w+|replac\w+|succ[eè]d\w+ à|succeed\w*|d[ée]parts?|"
    r"(?:exit|departure) of|perd|loses)(?: (?:[A-ZÀ-Ý][\w’'-]*|et|and|ou|or|de))*(?: d['’]| )$"
)
#: Soon after a name: it goes, or never came.
_GOES: Final = re.compile(
    r"^(?:,? (?:qui|who)\b)?(?:(?!\b(?:qui|who|dans|in|as|pour)\b)[^,:()]){0,45}?"
    r"(?<![\w])(?:quitt\w+|ne|n['’]\w+|se retire\w*|refus\w+|abandonn\w+|leaves?|leaving|left|exits?|exiting|departs?|"
    r"drops out|quits?|quitting|declin\w+|won['’]t|isn['’]t|not|no longer)(?!\w)",
    re.IGNORECASE,
)
#: Right before or after a company with a name of one word, where its capital says nothing.
_LINKS: Final = frozenset({"from", "by", "with", "à", "par", "avec", "chez", "et", "and", "&", "producteur", "société"})
_MAKES: Final = re.compile(r"(?:co)?produ\w+", re.IGNORECASE)
#: What follows a company's name and is of it.
_OF_FIRMS: Final = frozenset({"télévision", "television", "tv", "pictures", "productions", "studios", "films", "group"})


def lead_of(summary: str, text: str) -> str:
    """Give what an article opens with: its standfirst, and about two sentences of its text."""
    end = _SENTENCES.search(text, _LEAD)
    return f"{summary[:LEAD]}\n{text[: min(end.end() if end else len(text), LEAD)]}".strip()


def spoken(places: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    """Find what may be the name of somebody who has to do with a work.

    That is words with capitals, first and last, outside titles and of whom it is not said that they leave.

    Args:
        places: where a text stands -> the text.
        titles: of the work: a company named in its title makes it no more than another.

    Returns:
        Key of a name -> where it stands, the first of those places.
    """
    found: dict[str, str] = {}
    gone: set[str] = set()
    for place, text in places.items():
        for key, stays in _names(text, tuple(titles)):
            if stays:
                found.setdefault(key, place)
            else:
                gone.add(key)
    return {key: place for key, place in found.items() if key not in gone}


def part_of(sentence: str, title: str | None, others: Sequence[str]) -> str:
    """Give the part of a slate's sentence that is of one title: up to the next one; its opening is the first one's."""
    where = {name: sentence.casefold().find(name.casefold()) for name in (*others, *([title] if title else ()))}
    starts = sorted((at, name) for name, at in where.items() if at >= 0)
    if not starts or all(name == title for _, name in starts):
        return sentence
    cuts = [0, *(at for at, _ in starts[1:]), len(sentence)]
    parts = {name: sentence[cuts[n] : cuts[n + 1]] for n, (_, name) in enumerate(starts)}
    return parts.get(title or "", "")


@lru_cache(maxsize=1024)
def _names(text: str, titles: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Give the keys of names, each with whether its bearer stays."""
    bare = _QUOTED.sub("|", text)
    for title in titles:
        more = "" if " " in title else r"(?! [A-ZÀ-Ý])"  # "Camille" is not cut out of "Camille Untel"
        bare = re.sub(rf"(?<!\w){re.escape(title)}(?!\w){more}", "|", bare, flags=re.IGNORECASE)
    return tuple(dict.fromkeys(named for one in _SENTENCES.split(bare) for named in _of_sentence(one)))


def _of_sentence(sentence: str) -> Iterator[tuple[str, bool]]:
    words = list(_WORD.finditer(sentence))
    shouted = _title_case([word.group() for word in words[1:]])
    for first, start in enumerate(words):
        if not _capital(start) or sentence[start.start() - 1 : start.start()] == "-":
            continue
        for last in range(first, min(first + _LONGEST, len(words))):
            end = words[last]
            if last > first and _BARRIER.search(sentence, words[last - 1].end(), end.start()):
                break
            whole = _capital(end) and not re.match(r"-[A-ZÀ-Ý]", sentence[end.end() : end.end() + 2])
            key = title_key(sentence[start.start() : end.end()])
            if whole and (" " in key or _alone(sentence, words, last, shouted=shouted)):
                yield key, _has_part(sentence, start.start(), end.end())


def _capital(word: re.Match[str]) -> bool:
    return any(char.isupper() or char.isdigit() for char in word.group())


def _has_part(sentence: str, start: int, end: int) -> bool:
    return not _WITHOUT.search(sentence[max(0, start - _NEAR) : start]) and not _GOES.match(sentence[end : end + _NEAR])


def _title_case(words: Sequence[str]) -> bool:
    """Whether all words have capitals, so that these say nothing."""
    long = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long) * 10 > 7 * len(long)


def _alone(sentence: str, words: Sequence[re.Match[str]], at: int, *, shouted: bool) -> bool:
    """Whether one word is a whole name, and no part of a longer one, nor an everyday word that begins a sentence."""
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    if before and _BARRIER.search(sentence, before.end(), words[at].start()):
        before = None
    if after and _BARRIER.search(sentence, words[at].end(), after.start()):
        after = None
    if after and _MAKES.fullmatch(after.group()):
        return True
    linked = before is not None and before.group().casefold() in _LINKS
    longer = after is not None and _capital(after) and after.group().casefold() not in _OF_FIRMS
    if shouted:
        return linked and (after is None or after.group().casefold() in _OF_FIRMS)
    return at > 0 and not longer and (linked or before is None or not _capital(before))
