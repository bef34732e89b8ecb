"""Verdicts of readers as labelled articles: what a user's own installation can teach, in the form of our corpus. Pure.

What nobody judged is no lesson: where an article announces something of a kind that was not judged, a label without
that kind is right, too (`also_ok`), so that nothing of the kind is learnt from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.judgement import Example, Standing
from monitor.learning.numbers import folded, forms_of
from monitor.learning.schema import SPLITS, Place, places
from monitor.types import Announcement, Document
from monitor.vocabulary import ALERTED_KINDS, Kind, Status, WorkType

#: Letters that stand for "said by readers" in the ids of articles; 999 articles each.
_LETTERS: Final = "uvwxyz"
_EACH: Final = 999
#: A quote that is there several times is made longer, up to so many characters.
_LONGEST: Final = 400
_WORD: Final = re.compile(r"\S+")
#: What a TOML literal string can't hold: control characters, and the quotes that would end it.
_ODD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|'''")

Record = Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taught:
    """Labelled articles, and those that can't be ones."""

    records: tuple[Record, ...]
    left_out: tuple[tuple[str, str], ...]  #: address, and why


def taught(examples: Iterable[Example], *, platforms: AbstractSet[str]) -> Taught:
    """Write examples as records of the training split.

    Args:
        platforms: the names by which the corpus calls platforms; others are left out.
    """
    records: list[Record] = []
    left_out: list[tuple[str, str]] = []
    for example in sorted(examples, key=lambda one: (one.day, one.url)):
        if len(records) == len(_LETTERS) * _EACH:
            left_out.append((example.url, f"a corpus has no names for more than {len(records)} articles of readers"))
        elif not example.title.strip() or not example.text.strip():
            left_out.append((example.url, "its text is no longer kept"))
        elif unsaid := _unsaid(example):
            left_out.append((example.url, f"{unsaid} that you gave does not stand in it"))
        elif (record := _record(example, _name(len(records)), platforms)) is None:
            left_out.append((example.url, "the sentence that says so stands in it more than once, or no longer"))
        else:
            records.append(record)
    return Taught(records=tuple(records), left_out=tuple(left_out))


def _name(number: int) -> str:
    letter, rest = divmod(number, _EACH)
    return f"{SPLITS['train']}-{_LETTERS[letter]}-{rest + 1:03}"


def _record(example: Example, name: str, platforms: AbstractSet[str]) -> Record | None:
    kept = [(said, stands) for said, stands in example.said if stands is None or not stands.wrong]
    facts = [_fact(said, stands, example, platforms) for said, stands in kept]
    label = {str(fact["kind"]) for fact in facts if fact and fact["status"] != Status.DENIED} & set(ALERTED_KINDS)
    unsure = {said.kind.value for said, stands in kept if stands is None} & label
    works = [_title(said, stands) for said, stands in example.said]
    if any(fact is None for fact in facts):
        return None
    record: dict[str, object] = {
        "id": name,
        "lang": example.language,
        "outlet": example.outlet.strip() or "?",
        "manner": "english-trade" if example.language == "en" else "trade",
        "date": example.day,
        "difficulty": "hard",
        "shape": "roundup" if len(facts) > 1 else "single",
        "works": list(dict.fromkeys(title for title in works if title)),
        "label": sorted(label),
    }
    if unsure:
        record["also_ok"] = [sorted(label - unsure)]
    record |= {"note": f"judged by a reader: {example.url}", "title": example.title}
    if example.summary.strip():
        record["summary"] = example.summary
    return {**record, "text": example.text, "facts": facts} if facts else {**record, "text": example.text}


def _unsaid(example: Example) -> str:
    """Name what a reader corrected and an article doesn't have: its words can't teach what isn't there."""
    text = folded(f"{example.title}\n{example.summary}\n{example.text}")
    for said, stands in example.said:
        if stands is None or stands.wrong:
            continue
        title, season = _title(said, stands), _season(said, stands)
        if stands.title and title and folded(title) not in text:
            return f'the title "{title}"'
        if stands.season and season and not any(f" {form} " in text for form in forms_of(season)):
            return f"the season {season}"
    return ""


def _title(said: Announcement, stands: Standing | None) -> str | None:
    title = stands.title.value if stands and stands.title else said.title
    return " ".join(title.split()) if title else None


def _season(said: Announcement, stands: Standing | None) -> int | None:
    return int(stands.season.value) if stands and stands.season and stands.season.value else said.season


def _fact(
    said: Announcement, stands: Standing | None, example: Example, platforms: AbstractSet[str]
) -> dict[str, object] | None:
    """Write one announcement as a fact; None when no words of the article say it alone."""
    quote = unique_quote(said, Document(title=example.title, summary=example.summary, text=example.text))
    if quote is None:
        return None
    title, season = _title(said, stands), _season(said, stands)
    fact: dict[str, object] = {"kind": said.kind.value}
    if title:
        fact["title"] = title
    if season is not None and season >= 1:
        fact["season"] = season
    fact |= {
        "platforms": [name for name in said.platforms if name in platforms],
        "status": said.status.value,
        "work_type": (WorkType.SERIES if said.work_type is WorkType.UNKNOWN else said.work_type).value,
    }
    if said.final and said.kind is Kind.RENEWAL:
        fact["final"] = True
    return {**fact, "quote": quote}


def unique_quote(said: Announcement, document: Document) -> str | None:
    """Find words of an article that say so and stand in it once: the sentence, or as much more as that takes."""
    part = {"headline": "title", "standfirst": "summary"}.get(said.evidence.zone, "text")
    own = getattr(document, part)[said.evidence.start : said.evidence.end].strip()
    if not own:
        return None
    if own.split() != said.evidence.sentence.split():
        own = said.evidence.sentence  # the page was read anew, and offsets are of what it was
    found = places(own, document)
    if len(found) == 1:
        return str(own)
    longer = (quote for place in found for quote in _longer(place, getattr(document, place.part)))
    return next((quote for quote in longer if len(places(quote, document)) == 1), None)


def _longer(place: Place, text: str) -> Iterator[str]:
    """Give a quote with ever more words after it, then before it."""
    for word in _WORD.finditer(text, place.end):
        if word.end() - place.start > _LONGEST:
            break
        yield text[place.start : word.end()]
    for word in reversed(list(_WORD.finditer(text, 0, place.start))):
        if place.end - word.start() > _LONGEST:
            break
        yield text[word.start() : place.end]


def toml(records: Sequence[Record]) -> str:
    """Write records as a file of the corpus."""
    return "\n".join(_article(record) for record in records)


def jsonl(records: Sequence[Record]) -> str:
    """Write records as JSON lines."""
    return "".join(json.dumps(record, ensure_ascii=False, default=str) + "\n" for record in records)


def _article(record: Record) -> str:
    facts = record.get("facts", [])
    lines = ["[[article]]", *(f"{key} = {_value(value)}" for key, value in record.items() if key != "facts")]
    for fact in facts if isinstance(facts, list) else []:
        lines += ["", "[[article.facts]]", *(f"{key} = {_value(value)}" for key, value in fact.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value)


def _text(text: str) -> str:
    """Write a text as it stands where TOML can: readable, and without escapes."""
    if "\n" in text and not _ODD.search(text) and not text.startswith("\n") and not text.endswith("'"):
        return f"'''\n{text}'''"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
