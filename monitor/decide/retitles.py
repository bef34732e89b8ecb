"""Articles that say in so many words that a work has another title from now on: "« A » est rebaptisée « B »".

A renaming tells of one work, however many names stand in the sentence. Remakes, spin-offs and foreign versions have
names of their own, and "« A » devient « le programme le plus vu »" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.decide.naming import title_key
from monitor.decide.othertitles import renamed
from monitor.types import Announcement, Document, Evidence, Story
from monitor.vocabulary import Kind, Status

_OLD = r"(?:«\s*(?P<a>[^«»\n]{2,80}?)\s*»|“(?P<b>[^“”\n]{2,80})”|\"(?P<c>[^\"\n]{2,80})\"|‘(?P<d>[^‘\n]{2,80}?)’(?!\w))"
_NEW = re.sub(r"\?P<(\w)>", lambda group: f"?P<{group[1] * 2}>", _OLD)
#: Words between two names, and no third name.
_GAP = r"[^«“\"‘.!?\n]"
_TITLE = r"(?:titre|nom|title|name)"
_DONE = r"(?:(?:rebaptis|renomm|retitr)ée?s?|re(?:titled|named)|rebranded)"
_BECOMES = (
    rf"(?:chang(?:e|es|ent|era|ing|ed|é)(?: its| de)? {_TITLE}|(?:a|ont) chang[ée] de {_TITLE}|est d[ée]sormais {_DONE}"
    rf"|(?:a [ée]t[ée]|est|sera|(?:has|have) been|is|was|will be|gets|being) {_DONE}|{_DONE}"
    r"|s['’](?:appell|intitul)e(?:ra)? (?:finalement|d[ée]sormais)|(?:d[ée]sormais|finalement) (?:intitul|titr)[ée]e?s?"
    r"|(?:is |will )?now (?:be )?(?:called|titled))"
)
_RENAMES = r"\b(?:rebaptise|renomme|retitre|renames|retitles|renaming|retitling)\b"
_BOTH = (
    re.compile(rf"{_OLD}(?:\s*,[^«“\"\n.]{{2,120}},)?{_GAP}{{0,40}}?\b{_BECOMES}\b{_GAP}{{0,40}}{_NEW}", re.IGNORECASE),
    re.compile(rf"{_RENAMES}{_GAP}{{0,60}}{_OLD}\s*,?\s*(?:en|to|as|:)\s*{_NEW}", re.IGNORECASE),
    re.compile(
        rf"{_NEW}{_GAP}{{0,12}}\b(?:nouveau {_TITLE} d|new {_TITLE} (?:of|for)){_GAP}{{0,60}}{_OLD}", re.IGNORECASE
    ),
)
#: "TF1 rebaptise « A »", and below: "la série a été rebaptisée « B »".
_OLD_ONLY = re.compile(rf"{_RENAMES}{_GAP}{{0,60}}{_OLD}\s*$", re.IGNORECASE)
_NEW_ONLY = re.compile(rf"^{_GAP}*\b{_BECOMES}\b{_GAP}{{0,30}}{_NEW}", re.IGNORECASE)
#: Another work with a name of its own, or another country's name for this one.
_ANOTHER = re.compile(
    r"\b(?:remakes?|adapt\w+|spin-?offs?|versions?|reboots?|suite|sequel|prequel|d[ée]riv\w+|romans?|novels?"
    r"|[àa] l['’](?:international|[ée]tranger)|aux [ÉE]tats-unis|en (?:france|anglais|fran[çc]ais)|abroad|overseas"
    r"|internationally|in (?:france|french|english|the (?:us|uk))"
    r"|cha[îi]nes?|channels?|saisons?|seasons?|[ée]pisodes?)\b",
    re.IGNORECASE,
)
#: Words without which nothing is renamed: most articles have none of them, and are not looked at any closer.
_HINTS = (
    *("chang", "rebaptis", "renomm", "retitr", "retitl", "renam", "rebrand"),
    *("désormais", "desormais", "finalement", " now ", "nouveau titre", "nouveau nom", "new title", "new name"),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
#: What is told again under a new title; an end or a day is told once.
_TOLD = frozenset({Kind.NEW_ORIGINAL, Kind.RENEWAL, Kind.ACQUISITION})
_LEAD = 1200  #: characters of the text in which an article says what it is about
_MOST_WORDS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class Retitle:
    """A work's old name, its new one, and the words that say so."""

    old: str
    new: str
    sentence: str


def retitles(document: Document) -> tuple[Retitle, ...]:
    """Give what an article says in its headline, its standfirst or its lead of works that have another title now."""
    said = [one for one in _sentences(document) if _may_rename(one) and not _ANOTHER.search(_unquoted(one))]
    found = [one for sentence in said for one in _in(sentence)] or list(_across(said))
    once = {(title_key(one.old), title_key(one.new)): one for one in found}
    return tuple(one for (old, new), one in once.items() if old != new and (new, old) not in once)


def told_as_one(found: Sequence[Announcement], document: Document) -> tuple[Announcement, ...]:
    """Make one announcement, under the new title, of those that tell of one work under its old and its new one."""
    if not found:
        return ()
    pairs = {(one.old, one.new) for one in retitles(document)}
    pairs |= {names for one in found if (names := renamed(one))}
    said = tuple(found)
    for old, new in sorted(pairs):
        said = _as_one(said, old, new)
    return said


def told_of(known: Sequence[Story], said: Retitle, document: Document) -> tuple[Announcement, ...]:
    """Tell stories again under their new title, that an article says has taken the place of the one they have.

    Only those whose buyer the article names, too: another channel may have a work of that name.
    """
    words = f" {title_key(' '.join(_texts(document)))} "
    return tuple(
        _again(story, said)
        for story in known
        if story.kind in _TOLD
        and story.title is not None
        and title_key(story.title) == title_key(said.old)
        and story.status is not Status.DENIED
        and not story.retracted
        and any(f" {title_key(name)} " in words for name in story.platforms)
    )


def _again(story: Story, said: Retitle) -> Announcement:
    told = Announcement(
        kind=story.kind,
        title=said.new,
        work_type=story.work_type,
        season=story.season,
        platforms=story.platforms,
        people=story.people,
        origin=story.origin,
        status=story.status,
        prominence=story.prominence,
        confidence=story.confidence,
        evidence=Evidence(sentence=said.sentence, zone="headline", start=0, end=len(said.sentence)),
    )
    return retitled(told, said.old)


def retitled(said: Announcement, old: str) -> Announcement:
    """Note that the work of an announcement had another title until now."""
    cue = f'formerly: "{old}"'
    cues = said.evidence.cues if cue in said.evidence.cues else (*said.evidence.cues, cue)
    return replace(said, also=tuple(dict.fromkeys((*said.also, old))), evidence=replace(said.evidence, cues=cues))


def _as_one(found: Sequence[Announcement], old: str, new: str) -> tuple[Announcement, ...]:
    keys = {title_key(old), title_key(new)}
    facts: dict[object, list[Announcement]] = {}
    for at, one in enumerate(found):
        of_work = one.title is not None and title_key(one.title) in keys
        facts.setdefault((one.kind, one.season) if of_work else at, []).append(one)
    return tuple(
        _under(members, old, new) if isinstance(fact, tuple) else members[0] for fact, members in facts.items()
    )


def _under(members: Sequence[Announcement], old: str, new: str) -> Announcement:
    head = next((one for one in members if one.title and title_key(one.title) == title_key(new)), members[0])
    also = [name for one in members for name in one.also if title_key(name) != title_key(new)]
    named = replace(
        head,
        title=new,
        also=tuple(dict.fromkeys(also)),
        platforms=_all(one.platforms for one in (head, *members)),
        people=_all(one.people for one in (head, *members)),
        producers=_all(one.producers for one in (head, *members)),
        confidence=max(one.confidence for one in members),
        evidence=replace(
            head.evidence, cues=tuple(cue for cue in head.evidence.cues if not cue.startswith("becomes:"))
        ),
    )
    return retitled(named, old)


def _all(names: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


def _may_rename(text: str) -> bool:
    folded = text.lower()
    return any(hint in folded for hint in _HINTS)


def _texts(document: Document) -> tuple[str, str, str]:
    return document.title, document.summary, document.text[:_LEAD]


def _sentences(document: Document) -> Iterator[str]:
    for text in filter(_may_rename, _texts(document)):
        yield from (one.strip() for one in _SENTENCE.split(text) if one.strip())


def _in(sentence: str) -> Iterator[Retitle]:
    for found in (found for pattern in _BOTH for found in pattern.finditer(sentence)):
        old, new = _name(found, "abcd"), _name(found, ("aa", "bb", "cc", "dd"))
        if _is_title(old) and _is_title(new):
            yield Retitle(old=old, new=new, sentence=sentence)


def _across(said: Sequence[str]) -> Iterator[Retitle]:
    """Give the renaming whose old name one sentence has, and whose new one another."""
    old = {_name(found, "abcd") for one in said if (found := _OLD_ONLY.search(one))}
    new = {_name(found, ("aa", "bb", "cc", "dd")): one for one in said if (found := _NEW_ONLY.search(one))}
    if len(old) == len(new) == 1 and _is_title(*old) and _is_title(*new):
        yield Retitle(old=old.pop(), new=next(iter(new)), sentence=next(iter(new.values())))


def _name(found: re.Match[str], groups: Sequence[str]) -> str:
    return next(found[group] for group in groups if found[group]).strip(" ,.;:")


def _unquoted(sentence: str) -> str:
    return re.sub(_OLD, " ", sentence)


def _is_title(name: str) -> bool:
    return bool(name) and not name[0].islower() and len(name.split()) <= _MOST_WORDS and bool(title_key(name))
