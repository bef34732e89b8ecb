"""Other titles that an article gives a work: in another language, before it was renamed, while it was written.

"‘The Far Lighthouse’ (‘Le Phare du bout’)", "« La Nuit des rois », anciennement « Projet K »", "known in France as":
who has read it once knows both names, so the next outlet's alert is none. Only what stands right beside the title
counts, or names the title's language elsewhere in an article about one work; a wrong name would mix up two works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from monitor.decide.naming import title_key
from monitor.types import Announcement, Document

#: A title in its marks; inside ‘…’ an apostrophe before a letter does not end it.
_MARKED = (
    r"(?:«\s*(?P<a>[^«»\n]{2,80}?)\s*»|“(?P<b>[^“”\n]{2,80})”|\"(?P<c>[^\"\n]{2,80})\"|‘(?P<d>[^‘\n]{2,80}?)’(?!\w))"
)
#: Unmarked, in brackets, a title is known by its article, and by more words than a newspaper's name has.
_BARE = r"(?P<e>(?:Le|La|Les|L['’]|Un|Une|Des|The|A|An)\s?\S+(?:\s+[\w'’-]+){1,7})"
_KIND = r"(?:original|international|english|french|working|fran[çc]ais|anglais|provisoire|de travail|initial|premier)"
_CALLED = rf"(?:titre\s+{_KIND}|{_KIND}\s+title)"
_IS = r"\s*(?:is|was|est|[ée]tait|sera|:|,)?\s*"
_UNDER = r"(?:sous le (?:titre|nom)(?: de)?|as|under the title|comme|de)"
_NAMED = (
    r"(?:intitul|connu|baptis|appel|annonc|nomm|titr|diffus|vendu|titled|entitled|known|called|named|announced"
    r"|developed|released|sold|airing)[ée]?e?s?"
)
_ABROAD = (
    r"(?:en (?:france|anglais|fran[çc]ais|v[of])|in (?:france|french|english)|[àa] l['’](?:international|[ée]tranger)"
    r"|internationally|abroad|overseas)"
)
_ONCE = (
    r"(?:anciennement|pr[ée]c[ée]demment|auparavant|d['’]abord|initialement|jusqu['’]ici|formerly|previously|originally"
    r"|initially)"
)
_NOW = (
    r"(?:devient|(?:est|a [ée]t[ée]) (?:rebaptis|renomm|retitr)[ée]e?"
    r"|s['’](?:appell|intitul)e(?:ra)? (?:finalement|d[ée]sormais)"
    r"|(?:d[ée]sormais|finalement) (?:intitul|baptis|appel|nomm|titr)[ée]e?s?|aura finalement pour titre"
    r"|(?:is )?now (?:called|titled|named|known as|going by)|will now be (?:called|titled)"
    r"|becomes|has been re(?:named|titled)|(?:rebaptis|renomm|retitr)[ée]e?s?|renamed|retitled|rebranded(?: as)?)"
)
#: In brackets right after a title, and of several words: "(ex-Projet Vésuve)", not "(ex-TF1)".
_BARE_ONCE = r"(?P<f>[A-ZÀ-Ý][\w'’.-]*(?:\s+[\w'’-]+){1,6})"
#: What stands between a title and its other name.
_LINKS = (
    rf"\(\s*(?:{_ONCE}|ex|f\.?k\.?a\.?)(?:\s+{_NAMED})?[\s:-]+(?-i:{_BARE_ONCE})\s*\)",
    rf",?\s*\(?{_ONCE}(?:\s+{_NAMED})?(?:\s+{_UNDER})?\s*{_MARKED}",
    rf",?\s*\(?(?:ex|alias|aka|a\.k\.a\.?|f\.?k\.?a\.?|(?:also )?known as|aussi connue? {_UNDER})[\s,-]*{_MARKED}",
    rf",?\s*\(?(?:also\s+)?{_NAMED}\s+{_ABROAD}\s+{_UNDER}\s*{_MARKED}",
    rf",?\s*\(?(?:et )?{_NOW}\s*{_MARKED}",
    rf"[^«“\"\n.]{{0,40}}\b(?:rebaptise|renomme|retitre|renames|retitles)\s+[^«“\"‘\n.]{{0,30}}{_MARKED}",
    rf",?\s*(?:\(|dont le |whose |de son )?{_CALLED}{_IS}{_MARKED}",
)
_NOTED = r"[\s»”\"’',]*(?:\((?:titre (?:provisoire|de travail)|working title|w/?t)(?:\)|[,;])\s*)?"
_AFTER = tuple(re.compile(_NOTED + link, re.IGNORECASE) for link in _LINKS)
_BRACKETS = (
    re.compile(
        rf"{_NOTED}\(\s*(?:(?:{_CALLED}|{_ABROAD}|aka|a\.k\.a\.?)\s*[:,]?\s*)?{_MARKED}\s*,?\s*{_ABROAD}?\s*\)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_NOTED}\(\s*{_BARE}\s*\)"),
)
#: The other name first: "« Projet K » devient « La Nuit des rois »".
_RENAMES = r"(?:rebaptise|renomme|retitre|renames|retitles|renaming|retitling)"
_BEFORE = (
    re.compile(rf"{_MARKED}(?:\s*,[^«“\"\n.]{{2,120}},)?\s*,?\s*{_NOW}\s*[«“\"‘]?\s*\Z", re.IGNORECASE),
    re.compile(rf"{_RENAMES}\s+[^«“\"‘\n.]{{0,30}}{_MARKED}\s*(?:en|to|as|,)?\s*[«“\"‘]?\s*\Z", re.IGNORECASE),
)
#: What is renamed then is another work than the one whose name follows: "le remake de « A » est rebaptisé « B »".
_DERIVED = re.compile(
    r"\b(?:remakes?|spin-?offs?|adaptations?|reboots?|versions?|suite|sequel|prequel)\s+"
    r"(?:\w+\s+){0,2}(?:d['’]|de |du |of |to )?\s*\Z",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"\b(?:anciennement|pr[ée]c[ée]demment|auparavant|d['’]abord|initialement|jusqu['’]ici|ex(?=[\s-]*[«“\"‘]?\s*$)"
    r"|f\.?k\.?a|formerly|previously)\b",
    re.IGNORECASE,
)
_FROM_NOW_ON = re.compile(rf"\b{_NOW}", re.IGNORECASE)
_RENAMING = re.compile(rf"\b{_RENAMES}\b[^.]{{0,40}}\Z", re.IGNORECASE)
#: The words without one of which a pattern finds nothing, and the pattern: to look for them takes a fiftieth as long.
_ELSEWHERE = (
    (
        ("titre", "title"),
        re.compile(
            rf"\b(?:port(?:ait|ant)|a port[ée]|avait pour|sous|had|under)\s[^«“\"‘.\n]{{0,20}}\b"
            rf"(?:titre (?:de travail|provisoire)|working title)\s+(?:(?:de|of)\s+)?{_MARKED}",
            re.IGNORECASE,
        ),
    ),
    (
        ("titre", "title"),
        re.compile(
            rf"(?:\b(?:the|its|le|son)|\w['’]s?)\s+{_CALLED}\s*(?:is|was|est|[ée]tait|sera|:)\s*{_MARKED}",
            re.IGNORECASE,
        ),
    ),
    (
        ("intitul", "connu", "baptis", "appel", "nomm", "titr", "title", "known", "called", "named"),
        re.compile(
            rf"\b(?:intitul|connu|baptis|appel|nomm|titr|titled|entitled|known|called|named)[ée]?e?s?\s+(?:{_UNDER}\s*)?"
            rf"{_MARKED},?\s+{_ABROAD}",
            re.IGNORECASE,
        ),
    ),
)
#: What it was called while it was made, wherever the article says so.
_WORKING = re.compile(
    r"(?:\b(?:titre (?:de travail|provisoire)|working title)|\bf\.?k\.?a\.?)\s*"
    rf"(?:of|de|:|was|[ée]tait|est|is|,)?\s*{_MARKED}",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    rf"(?:\bdont le titre (?:de travail|provisoire) [ée]tait|\bwhose working title was)\s*{_MARKED}", re.IGNORECASE
)
#: In brackets and said to be the other name: it is, though the article may announce both.
_LABELLED = (
    re.compile(rf"{_NOTED}\(\s*(?:{_CALLED}|{_ABROAD}|aka|a\.k\.a\.?)\s*[:,]?\s*{_MARKED}\s*\)", re.IGNORECASE),
    re.compile(rf"{_NOTED}\(\s*{_MARKED}\s*,?\s*{_ABROAD}\s*\)", re.IGNORECASE),
)
#: What a work is made from has titles of its own.
_ITS_SOURCE = re.compile(
    r"\b(?:novels?|books?|comics?|formats?|plays?|podcasts?|remakes?|adapt\w+|based on|romans?|livres?|bd|pi[èe]ces?"
    r"|tir[ée]e?s? d)\b[^.!?\n]*\Z",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:saison|season|s[ée]rie|series|[ée]pisodes?|film|titre|title|working|provisoire)\b|\d+$|w/?t$", re.IGNORECASE
)
_NEW_NAME = re.compile(r'(formerly|becomes): "(.+)"', re.DOTALL)  #: cues of ours
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_MOST_WORDS = 9
_APART = 160  #: characters at most between the two names of a work that is renamed: what it is, by whom, for whom
_OPENS = re.compile("[«“]")
_REACH = 160  #: characters before a title in which its other name begins


def with_other_titles(found: Sequence[Announcement], document: Document) -> tuple[Announcement, ...]:
    """Give announcements with the other titles that their article gives their works.

    Where it announces both names, as of a work that was renamed, both know the other.
    """
    announced = {title_key(one.title) for one in found if one.title}
    return tuple(_with_renaming(_with_others(one, document, announced), document) for one in found)


def _with_others(said: Announcement, document: Document, announced: set[str]) -> Announcement:
    return replace(said, also=_others(said.title, document, announced)) if said.title and not said.also else said


def _with_renaming(said: Announcement, document: Document) -> Announcement:
    """Note as a cue what another sentence of the article than the announcing one says of a new name."""
    if not said.also or renamed(said):
        return said
    texts = (document.title, document.summary, document.text)
    pairs = (_renaming(said, sentence) for text in texts for sentence in _SENTENCE.split(text))
    found = next((pair for pair in pairs if pair and said.title in pair), None) or _worked_on_as(said, texts)
    if found is None:
        return said
    cue = f'formerly: "{found[0]}"' if found[1] == said.title else f'becomes: "{found[1]}"'
    return replace(said, evidence=replace(said.evidence, cues=(*said.evidence.cues, cue)))


def _worked_on_as(said: Announcement, texts: Sequence[str]) -> tuple[str, str] | None:
    names = (_marked(found) for text in texts for found in _WORKING.finditer(text))
    old = next((name for name in names if name in said.also), None)
    return (old, said.title) if old and said.title else None


def renamed(said: Announcement) -> tuple[str, str] | None:
    """Give the old and the new name of a work whose article says that it was renamed; None otherwise.

    "Originally titled" may be its title in its own language, and is no renaming.
    """
    for cue in said.evidence.cues if said.title else ():
        if found := _NEW_NAME.fullmatch(cue):
            return (found[2], said.title or "") if found[1] == "formerly" else (said.title or "", found[2])
    return _renaming(said, said.evidence.sentence)


def _renaming(said: Announcement, sentence: str) -> tuple[str, str] | None:
    names = [name for name in (said.title, *said.also) if name]
    for one, other in permutations(names, 2):
        found = re.search(rf"(?<!\w){re.escape(one)}(?!\w)(.{{1,{_APART}}}?)(?<!\w){re.escape(other)}(?!\w)", sentence)
        if found is None or len(_OPENS.findall(found[1])) > 1:
            continue  # a third title stands between them
        if _FORMERLY.search(found[1]):
            return other, one
        if _FROM_NOW_ON.search(found[1]) or _RENAMING.search(sentence[: found.start()]):
            return one, other
    return None


def _others(title: str, document: Document, announced: set[str]) -> tuple[str, ...]:
    texts = (document.title, document.summary, document.text)
    said = {name for text in texts for name in _renamed(title, text)}
    loose = [name for text in texts for name in _in_brackets(title, text)]
    said |= {name for text in texts for name in _whose(text) if announced == {title_key(title), title_key(name)}}
    if len(announced) == 1:
        loose += [name for text in texts for name in _elsewhere(text)]
    names = (*sorted(said), *(name for name in loose if title_key(name) not in announced))
    others = {title_key(name): name for name in names if _is_title(name)}
    return tuple(name for key, name in others.items() if key != title_key(title))


def _renamed(title: str, text: str) -> Iterator[str]:
    for at in _places(title, text):
        after = (pattern.match(text, at + len(title)) for pattern in (*_AFTER, *_LABELLED))
        reach = text[max(0, at - _REACH) : at]
        before = [found for pattern in _BEFORE if (found := pattern.search(reach))]
        yield from (_marked(one) for one in after if one)
        yield from (_marked(one) for one in before if not _DERIVED.search(reach[: one.start()]))


def _in_brackets(title: str, text: str) -> Iterator[str]:
    """Give what stands in brackets after a title: in a slate that may be another work."""
    for at in _places(title, text):
        yield from (_marked(one) for pattern in _BRACKETS if (one := pattern.match(text, at + len(title))))


def _elsewhere(text: str) -> Iterator[str]:
    small = text.casefold()
    patterns = [pattern for words, pattern in _ELSEWHERE if any(word in small for word in words)]
    for found in (found for pattern in patterns for found in pattern.finditer(text)):
        if not _ITS_SOURCE.search(text[max(0, found.start() - _REACH) : found.start() + 1]):
            yield _marked(found)


def _whose(text: str) -> Iterator[str]:
    """Give the working title that a work is said to have had, though the article may announce that name as well."""
    if "dont le titre" in text.casefold() or "whose working title" in text.casefold():
        yield from (_marked(found) for found in _WHOSE.finditer(text))


def _places(title: str, text: str) -> list[int]:
    """Find where a title stands, not within a longer word. A pattern of each would have to be compiled first."""
    places, at = [], text.find(title)
    while at >= 0:
        alone = not (_in_word(text[at - 1 : at]) or _in_word(text[at + len(title) : at + len(title) + 1]))
        if alone:
            places.append(at)
        at = text.find(title, at + (len(title) if alone else 1))
    return places


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _marked(found: re.Match[str]) -> str:
    return next(text for text in found.groupdict().values() if text).strip(" ,.;:")


def _is_title(name: str) -> bool:
    """Tell whether some words may be a title: not "saison 2", no whole sentence, and it begins as names do."""
    return (
        bool(name)
        and not name[0].islower()
        and len(name.split()) <= _MOST_WORDS
        and len(title_key(name)) > 1
        and _NO_TITLE.match(name) is None
    )
