"""Fourth stage, works that exist: renewals, and what must not pass for them: endings, purchases, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.classifier.binding import beside, bind_title
from monitor.classifier.candidates import (
    MARKS,
    Candidate,
    act_features,
    answered,
    best_acts,
    bound_platforms,
    modality,
    near,
    status_of,
    work_type,
    worth_recording,
)
from monitor.classifier.context import Page, is_out
from monitor.classifier.denial import denied, end_denied, ends, ends_after_all, negated
from monitor.classifier.entities import Reading, distance
from monitor.classifier.origin import origin_of
from monitor.classifier.phrases import Mark
from monitor.classifier.signs import signs_around, words_around
from monitor.types import Kind, Origin, Status, WorkType

#: Characters between an act and the season it is about.
REACH = 90
#: Signs of a season that is none to come.
_OF_ANOTHER = frozenset({"in passing", "recalled", "released", "denied"})
#: What has no number though it may stand beside seasons.
_UNNUMBERED = frozenset({"object sequel", "object spinoff", "denied"})
_WORKS = ("work.series", "work.film", "work.reality", "work.any")
#: Without one of these a sentence says nothing of the sort.
_OBJECTS = frozenset({"season", "more", "sequel", "spinoff", "work.film", "renew", "cancel", "acquire", "ordinal"})
#: No season has a higher number; what has is a year, or an episode.
_LAST_SEASON = 60
_ALSO = re.compile(r"(,|&|-|/| [a-z]+| &) ?(\d{1,2})(?![\w%])(?! (?:episodes?|x )\b)")
_SEASON_ACTS = ("order", "renew", "develop", "shoot", "cast", "announce", "confirm")


def renewals(page: Page, whole: set[str]) -> list[Candidate]:
    """Find every statement about a further season, batch or sequel, and every ending, purchase or date of a work.

    `whole` says what sort of piece it is: it counts for every statement in it.
    """
    found = list(_statements(page, whole))
    seasons: dict[str | None, set[int | None]] = {}
    for said in found:
        if said.kind is Kind.RENEWAL and said.season and not said.features & _OF_ANOTHER:
            seasons.setdefault(said.title, set()).add(said.season)
    return [_numbered(said, seasons.get(said.title, set())) for said in found]


def _numbered(said: Candidate, seasons: set[int | None]) -> Candidate:
    """Give "X renouvelée" the only season that the article speaks of elsewhere."""
    if said.kind is not Kind.RENEWAL or said.season or len(seasons) != 1 or said.features & _UNNUMBERED:
        return said
    return replace(said, season=next(iter(seasons)))


def _statements(page: Page, whole: set[str]) -> Iterator[Candidate]:
    for reading in page.readings:
        if reading.lacks(_OBJECTS):
            continue
        objects = _objects(reading, page)
        for mark in [*objects, *_bare_acts(reading, objects, page)]:
            candidate = _candidate(page, reading, mark, whole)
            if not worth_recording(candidate.kind, candidate.title, reading, page):
                continue
            yield candidate
            for title in beside(reading, candidate.title, page):
                yield replace(candidate, title=title, origin=origin_of(title, reading, page, candidate.platforms)[0])


def _objects(reading: Reading, page: Page) -> list[Mark]:
    """List the further seasons a sentence speaks of, one mark a place; a first season is none."""
    found = _films_of_series(reading, page)
    marks = [*reading.all("season", "more", "sequel", "spinoff", "ordinal"), *_further_seasons(reading, page)]
    for mark in sorted(marks, key=lambda m: (m.group != "season", m.group == "ordinal", m.start)):
        if _is_object(mark, reading, page) and not any(_same_place(mark, other) for other in found):
            found.append(mark)
    return sorted(found, key=lambda m: m.start)


def _same_place(one: Mark, other: Mark) -> bool:
    """Whether two marks overlap; "deuxième et troisième saisons" are two all the same."""
    overlap = one.start < other.end and other.start < one.end
    return overlap and not (one.group == other.group == "season" and one.end == other.end and one.value != other.value)


def _is_object(mark: Mark, reading: Reading, page: Page) -> bool:
    number = season_number(mark, page)
    if mark.group == "season":
        return number is not None and 2 <= number <= _LAST_SEASON
    if mark.group == "ordinal":  # "la troisième", "une seconde descente": where something is made, or goes on
        return number is not None and 2 <= number <= _LAST_SEASON and (mark.strength > 1 or _made_beside(mark, reading))
    if mark.group == "spinoff":  # with a title of its own it is a new work
        return not any(t.value != page.topic and distance(t, mark) <= 60 for t in reading.of("title"))
    if mark.group == "sequel" and mark.strength == 1:
        names = [*(t.value for t in reading.of("title")), page.topic]
        return any(work and work.type is WorkType.SERIES and is_out(work, page) for work in map(page.work, names))
    return True


def _made_beside(mark: Mark, reading: Reading) -> bool:
    clause = reading.clause(mark)
    works = reading.all("works", "new", *_WORKS, "work.documentary", "work.animation", "outside", "release")
    if any(m.start < mark.end + 22 and mark.start < m.end for m in works):
        return False  # "sa deuxième série française" is a new one
    acts = reading.all("order", "renew", "develop")
    return any(m.strength > 1 and reading.clause(m) == clause and -2 <= mark.start - m.end <= 60 for m in acts)


def _further_seasons(reading: Reading, page: Page) -> list[Mark]:
    """The other numbers of "les saisons 2 et 3", "seasons 4, 5 and 6"."""
    found = []
    for mark in reading.of("season"):
        end = mark.end
        while more := _ALSO.match(reading.sentence.plain, end):
            word = more[1].strip()
            if word and word not in ",&-/" and word not in page.lexicon.ands:
                break
            end = more.end()
            found.append(Mark("season", more.start(2), end, more[2], mark.strength))
    return found


def _films_of_series(reading: Reading, page: Page) -> list[Mark]:
    """ "The Call My Agent! movie": a film of a series that exists is its sequel."""
    films = [
        (film, page.work(title.value))
        for title in reading.of("title")
        for film in reading.of("work.film")
        if 0 <= film.start - title.end <= 2
    ]
    return [film._replace(group="sequel") for film, work in films if work and work.type is WorkType.SERIES]


def _bare_acts(reading: Reading, objects: list[Mark], page: Page) -> list[Mark]:
    """ "X renouvelée", "X s'arrête", "P rachète X": an act that needs no season."""
    taken = {reading.clause(m) for m in objects}
    least = 2 if reading.sentence.prominent else 3
    acts = [
        m
        for m in reading.all("renew", "cancel", "acquire")
        if m.strength >= (least if m.group == "renew" else 3)
        and reading.clause(m) not in taken
        and not (m.group == "cancel" and end_denied(reading, m))
    ]
    spoken_of = reading.has("title", *_WORKS) or (reading.has("platform") and page.topic)
    return (acts[:2] if spoken_of else []) or (
        _at_work_again(reading, page, taken) or ([] if objects else _titles_in_front(reading))
    )


def _titles_in_front(reading: Reading) -> list[Mark]:
    """Titles in headline and lead: what is said of them may be a renewal in words that no list has."""
    return [t for t in reading.of("title") if t.strength > 1][:2] if reading.sentence.prominent else []


def _at_work_again(reading: Reading, page: Page, taken: set[int]) -> list[Mark]:
    """A series that is out and is being shot or written: what is made is more of it."""
    works = (page.work(title.value) for title in reading.of("title"))
    if not any(work and work.type is WorkType.SERIES and is_out(work, page) for work in works):
        return []
    made = reading.all("shoot", "order", "develop", "more", "format")
    return [m for m in made if m.strength == 3 and reading.clause(m) not in taken][:1]


def season_number(mark: Mark, page: Page) -> int | None:
    """Read the number of a season mark."""
    if mark.group not in ("season", "ordinal"):
        return None
    return page.lexicon.book.number(re.sub(r"^s(?=\d)", "", mark.value.strip()))


def _candidate(page: Page, reading: Reading, anchor: Mark, whole: set[str]) -> Candidate:
    close = _near(reading, anchor)
    acts = best_acts(close, _SEASON_ACTS)
    kind = _kind(reading, anchor, close, acts)
    title, how = bind_title(reading, anchor, page)
    said = bound_platforms(reading, anchor, page)
    platforms = _platforms(said, page, title)
    origin, sign = origin_of(title, reading, page, platforms)
    signs = modality(reading, anchor, page)
    if kind is Kind.RENEWAL and denied(reading, anchor):
        signs = signs | {"denied"}
    features = {
        f"zone {reading.sentence.zone}",
        f"object {_object(anchor)}",
        how,
        *sign,
        *signs,
        *whole,
        *act_features(acts),
    }
    features |= set() if acts else {"no act"}
    features |= {"origin unknown"} if origin is Origin.UNKNOWN else set()
    features |= {"nothing beside it"} if _object(anchor) == "none" and how != "title beside it" else set()
    features |= {"known programme"} if page.gazetteer.is_show(title) else set()
    features |= {"platform beside it"} if said else set()
    told = page.platform or page.work(title) or reading.has("work.series", "work.film")
    features |= {"television named" if told else "no television"}
    features |= signs_around(page, reading, anchor) | words_around(reading, anchor)
    features.add(f"anchor {anchor.group}{MARKS[anchor.strength]}")
    kind_of_work = work_type(title, close, anchor, page)
    return Candidate(
        kind=kind,
        title=title,
        season=season_number(anchor, page),
        final=bool([m for m in reading.of("final") if distance(m, anchor) <= 25]) and kind is Kind.RENEWAL,
        work_type=WorkType.FILM if anchor.group == "sequel" and "film" in anchor.value else kind_of_work,
        platforms=platforms,
        producers=tuple(dict.fromkeys(m.value for m in reading.of("producer") if m.strength > 1)),
        origin=origin,
        status=_status(kind, acts, signs, platforms),
        reading=reading,
        cues=(anchor, *acts),
        features=frozenset(answered(features, acts)),
    )


def _status(kind: Kind, acts: list[Mark], signs: set[str], platforms: tuple[str, ...]) -> Status:
    if kind is not Kind.RENEWAL:
        return Status.CONFIRMED
    return Status.DENIED if "denied" in signs else status_of(acts, signs, platforms)


def _object(anchor: Mark) -> str:
    return anchor.group if anchor.group in ("season", "ordinal", "more", "sequel", "spinoff") else "none"


def _near(reading: Reading, anchor: Mark) -> list[Mark]:
    """List what is said of the anchor: its clause; in a headline, all of it, as a colon joins there what it parts."""
    clause = reading.clause(anchor)
    short = reading.sentence.zone == "headline" or len(reading.sentence.text) < 120
    close = near(reading, anchor, REACH)
    return [m for m in close if short or reading.clause(m) == clause or _whole(m, reading, clause)]


def _whole(mark: Mark, reading: Reading, clause: int) -> bool:
    """An act in the clause before reaches over "qui", "after"... when its own clause has no other object."""
    return (
        reading.clause(mark) == clause - 1
        and mark.group in ("order", "renew", "announce", "confirm")
        and mark.strength == 3
    )


_OWN_KIND = {"cancel": Kind.CANCELLATION, "acquire": Kind.ACQUISITION}


def _kind(reading: Reading, anchor: Mark, close: list[Mark], acts: list[Mark]) -> Kind:
    if anchor.group in _OWN_KIND:
        return _OWN_KIND[anchor.group]
    clause = reading.clause(anchor)
    here = [m for m in close if reading.clause(m) == clause]
    refused = negated(reading, anchor) or any(negated(reading, m) for m in here if m.group in ("order", "renew"))
    if refused or ends(reading, anchor, here) or ends_after_all(reading, anchor):
        return Kind.CANCELLATION
    firm = [m for m in acts if m.group in ("order", "renew", "shoot", "develop")]
    if any(m.group == "acquire" for m in here) and not [m for m in firm if m.strength == 3]:
        return Kind.ACQUISITION
    strong = [m for m in firm if m.strength == 3 or m.group in ("develop", "shoot")]
    if (
        any(m.group == "release" and m.strength > 1 for m in here)
        and not strong
        and not any(m.group == "confirm" for m in here)
    ):
        return Kind.RELEASE_DATE
    return Kind.RENEWAL


def _platforms(said: tuple[str, ...], page: Page, title: str | None) -> tuple[str, ...]:
    """List the sentence's platforms, then those of the known work that the article names; else the article's first."""
    work = page.work(title)
    home = tuple(p for p in work.platforms if p in page.platforms) if work else ()
    return tuple(dict.fromkeys((*said, *home))) or (
        (page.platform,) if page.platform else work.platforms[:1] if work else ()
    )
