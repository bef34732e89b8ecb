"""Fourth stage, works that exist: renewals, and what must not pass for them: endings, purchases, dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from monitor.classifier.agreement import supported
from monitor.classifier.binding import beside, bind_title
from monitor.classifier.candidates import (
    MARKS,
    SEQUEL,
    Candidate,
    act_features,
    answered,
    best_acts,
    modality,
    near,
    status_of,
    work_type,
    worth_recording,
)
from monitor.classifier.context import Page, is_out, is_to_come
from monitor.classifier.denial import DENIAL, denied, end_denied, negated
from monitor.classifier.entities import Reading
from monitor.classifier.governed import governed
from monitor.classifier.kinds import kind_of
from monitor.classifier.makers import producers
from monitor.classifier.origin import origin_of
from monitor.classifier.phrases import Mark
from monitor.classifier.platforms import bound_platforms, orders_here, platforms_around
from monitor.classifier.reference import determiner
from monitor.classifier.rescue import rescues
from monitor.classifier.retrospect import memory
from monitor.classifier.seasons import dated_in_front, last, numbered, objects, season, together
from monitor.classifier.signs import renews_it, signs_around, words_around
from monitor.classifier.tense import as_news, told_when
from monitor.vocabulary import Kind, Origin, Status, WorkType

#: Characters between an act and the season it is about.
REACH = 90
#: Where a headline opens, a quotation mark counted.
_OPENING = 1
#: What a title in quotes begins with.
QUOTES = "\"'«“„‘"
#: Characters before what somebody says first of all.
_FIRST_WORDS = 4
_WORKS = ("work.series", "work.film", "work.reality", "work.any")
#: Without one of these a sentence says nothing of the sort.
_OBJECTS = frozenset({"season", "more", "sequel", "spinoff", "work.film", "renew", "cancel", "acquire", "ordinal"})
#: "Des vedettes arrivent dans les prochains épisodes": what goes on anyway, and nothing is done to it.
_SPOKEN_OF = frozenset({"object more", "season definite", "no act"})
_SEASON_ACTS = ("order", "renew", "develop", "shoot", "cast", "announce", "confirm")


def renewals(page: Page, whole: set[str]) -> list[Candidate]:
    """Find every statement about a further season, batch or sequel, and every ending, purchase or date of a work.

    `whole` says what sort of piece it is: it counts for every statement in it.
    """
    return supported(dated_in_front(numbered(tuple(_statements(page, whole)), page)), len(page.readings))


def _statements(page: Page, whole: set[str]) -> Iterator[Candidate]:
    for reading in page.readings:
        further = [] if reading.lacks(_OBJECTS) else objects(reading, page)
        others = _premieres(page, reading) if reading.lacks(_OBJECTS) else _bare_acts(reading, further, page)
        for mark in [*further, *others]:
            candidate = _candidate(page, reading, mark, whole)
            if not worth_recording(candidate.kind, candidate.title, reading, page):
                continue
            yield candidate
            for title in beside(reading, candidate.title, page):
                yield replace(candidate, title=title, origin=origin_of(title, reading, page, candidate.platforms)[0])


def _bare_acts(reading: Reading, further: list[Mark], page: Page) -> list[Mark]:
    """ "X renouvelée", "X s'arrête", "P rachète X": an act that needs no season."""
    if _counts_them(reading):
        return []
    taken = {reading.clause(m) for m in further}
    least = 2 if reading.sentence.prominent else 3
    acts = [
        m
        for m in reading.all("renew", "cancel", "acquire")
        if m.strength >= (least if m.group == "renew" else 3)
        and reading.clause(m) not in taken
        and not (m.group == "cancel" and end_denied(reading, m))
        and not (m.group == "renew" and m.strength < 3 and any(c.start == m.start for c in reading.of("confirm")))
    ]
    spoken_of = reading.has("title", *_WORKS) or (reading.has("platform") and page.topic) or _answers(reading, page)
    return (acts[:2] if spoken_of else []) or (
        _at_work_again(reading, page, taken)
        or ([] if further else [*_premieres(page, reading), *_titles_in_front(reading, page)])
    )


def _counts_them(reading: Reading) -> bool:
    """Whether a headline only counts what goes on and what ends: "Deux renouvellements et une annulation"."""
    counts = reading.sentence.zone == "headline" and reading.has("renew") and reading.has("cancel")
    return counts and not reading.has("title", "credited")


def _premieres(page: Page, reading: Reading) -> list[Mark]:
    """Find where headline or lead say on which day a work is first shown: "« X » sera diffusée le 12 mars".

    After a headline that a date is known the day alone is enough: "TF1 lancera la série « X » le 8 mai".
    """
    if not reading.sentence.prominent or not reading.has("title"):
        return []
    told = [m for m in reading.of("release") if m.strength == 3]
    dates = [m for m in reading.of("release") if any(map(str.isdigit, m.value))]
    known = any(m.strength == 3 for head in page.heads for m in head.of("release"))
    return (told[:1] or (dates[:1] if known else [])) if dates else []


def _answers(reading: Reading, page: Page) -> bool:
    """Whether somebody says, in a few words, what becomes of the headline's work: "On y retourne en mars"."""
    first = [m for m in reading.of("renew") if m.strength == 3 and m.start <= _FIRST_WORDS]
    return page.headed and any(m.value.partition(" ")[0] in page.lexicon.speakers for m in first)


def _titles_in_front(reading: Reading, page: Page) -> list[Mark]:
    """Titles in headline and lead: what is said of them may be a renewal in words that no list has.

    Not of a work that is not out yet: before there is a first season nothing goes on.
    """
    if not reading.sentence.prominent:
        return []
    return [t for t in reading.of("title") if t.strength > 1 and not is_to_come(page.work(t.value), page)][:2]


def _at_work_again(reading: Reading, page: Page, taken: set[int]) -> list[Mark]:
    """A series that is out and is being shot or written: what is made is more of it."""
    works = (page.work(title.value) for title in reading.of("title"))
    if not any(work and work.type is WorkType.SERIES and is_out(work, page) for work in works):
        return []
    made = reading.all("shoot", "order", "develop", "more", "format")
    return [m for m in made if m.strength == 3 and reading.clause(m) not in taken][:1]


def _candidate(page: Page, reading: Reading, anchor: Mark, whole: set[str]) -> Candidate:
    close = _near(reading, anchor)
    acts = best_acts(close, _SEASON_ACTS)
    kind = kind_of(reading, anchor, close, acts)
    title, how = bind_title(reading, anchor, page)
    said = bound_platforms(reading, anchor, page, ended=kind is Kind.CANCELLATION)
    platforms = _with_home(said, reading, page, title)
    origin, sign = origin_of(title, reading, page, platforms)
    if how != "title beside it":  # what the article is about says less than the work that is named
        sign = {name.replace("french work", "french topic") for name in sign}
    signs = modality(reading, anchor, page)
    if kind is Kind.RENEWAL and denied(reading, anchor):
        signs = signs | {"denied"}
    features = {how, *sign, *signs, *whole, *act_features(acts), *_features(page, reading, anchor, title)}
    features |= _alone(page, reading, anchor, features) | _happens(page, reading, anchor, acts)
    features |= {"origin unknown"} if origin is Origin.UNKNOWN else set()
    features |= {"platform beside it"} if said else set()
    features |= {"rescued"} if kind is Kind.RENEWAL and _rescued(page, reading, title, platforms) else set()
    features |= {"only spoken of"} if features >= _SPOKEN_OF else set()
    final = kind is Kind.RENEWAL and last(reading, anchor)
    features |= _ending(page, reading, anchor, final=final)
    film = anchor.group == "sequel" and "film" in anchor.value
    kind_of_work = WorkType.FILM if film else work_type(title, close, anchor, page)
    return Candidate(
        kind=kind,
        title=None if kind is Kind.RENEWAL and anchor.group == "spinoff" else title,  # it is not what it is made from
        season=season(anchor, title, kind_of_work, page),
        together=together(reading, anchor, page),
        final=final,
        rescued="rescued" in features,
        work_type=kind_of_work,
        platforms=platforms,
        producers=producers(reading),
        origin=origin,
        status=_status(kind, [m for m in acts if not _is_the_object(m, anchor)], signs, platforms),
        reading=reading,
        cues=(anchor, *acts),
        # That the article refutes something speaks against a renewal, and for its denial.
        features=frozenset(memory(as_news(answered(features, acts))) - (DENIAL if "denied" in signs else set())),
    )


def _with_home(said: tuple[str, ...], reading: Reading, page: Page, title: str | None) -> tuple[str, ...]:
    """Add the home channel to whom a sentence names: who joins from abroad does not replace it."""
    home = () if any(orders_here(name, page) for name in said) else _platforms(reading, page, title)
    return tuple(dict.fromkeys((*said, *home)))


def _happens(page: Page, reading: Reading, anchor: Mark, acts: list[Mark]) -> set[str]:
    """Name when a statement happens, by its firm acts; that a channel announces something tells no time of it."""
    firm = [m for m in acts if m.strength == 3 and m.group != "announce"]
    return told_when(page, reading, anchor, acts, firm) - {"sentence ahead"}


def _ending(page: Page, reading: Reading, anchor: Mark, *, final: bool) -> set[str]:
    """Name whether a season is the last one, and whether its shoot stands still."""
    found = {"the last one"} if final and _object(anchor) in ("season", "more") else set()
    return found | ({"shoot halted"} if any(r.has("halted") for r in (reading, *page.heads)) else set())


def _alone(page: Page, reading: Reading, anchor: Mark, features: set[str]) -> set[str]:
    """Name whether a statement has nothing beside it that it is about, or answers in a few words."""
    if _object(anchor) != "none" or features & {"title beside it", "the work goes on"}:
        return set()
    return {"said in a few words" if _answers(reading, page) else "nothing beside it"}


def _rescued(page: Page, reading: Reading, title: str | None, platforms: tuple[str, ...]) -> bool:
    """Whether what goes on had been ended: its sentence says that it is taken up, or the article who had ended it."""
    if any(not negated(reading, m) for m in rescues(reading.marks)):
        return True
    if title is None or title != page.topic:
        return False
    moved = bool(page.left) and bool(platforms) and page.left.isdisjoint(platforms)
    return moved or any(rescues(r.marks) for r in page.front if r.has("rescue"))


def _features(page: Page, reading: Reading, anchor: Mark, title: str | None) -> set[str]:
    """Name where a statement stands, what it is about, and what stands around it."""
    features = {
        f"zone {reading.sentence.zone}",
        f"object {_object(anchor)}",
        f"anchor {anchor.group}{MARKS[anchor.strength]}",
    }
    features |= {f"season {determiner(page, reading, anchor)}"} if _object(anchor) in ("season", "more") else set()
    features |= {"known programme"} if page.gazetteer.is_show(title) else set()
    shot = _object(anchor) == "season" and any(m.strength == 3 for m in reading.of("shoot"))  # no podcast is
    told = page.platform or page.work(title) or reading.has("work.series", "work.film") or shot
    features |= {"television named" if told else "no television"}
    features |= governed(page, reading, anchor, title)
    features |= {"somebody under a title"} if _under_a_title(reading, anchor, title, page) else set()
    features |= {"the channel does it"} if renews_it(reading, anchor, title) else set()
    features |= {"the headline renews works"} if _of_the_renewed(page, reading, title) else set()
    features |= {"numbered title"} if anchor.group == "title" and SEQUEL.match(anchor.value) else set()
    return features | signs_around(page, reading, anchor) | words_around(reading, anchor)


def _of_the_renewed(page: Page, reading: Reading, title: str | None) -> bool:
    """Whether a work is named right after a headline that names none: "TF1 renouvelle trois de ses séries"."""
    if title is None or reading.sentence.zone not in ("standfirst", "lead") or not reading.has("renew", "order"):
        return False
    works = ("title", "credited", "season", "outside")
    return any(not r.has(*works) and any(m.strength == 3 for m in r.of("renew")) for r in page.heads)


def _under_a_title(reading: Reading, anchor: Mark, title: str | None, page: Page) -> bool:
    """Whether it is somebody who goes on, under the title of the work: "Le Grand Chantier : Mara et Tom rempilent"."""
    if reading.sentence.zone != "headline" or anchor.group != "renew" or page.work(title):
        return False
    heads = [t for t in reading.of("title") if t.start <= _OPENING and t.value != title]
    named = [t for t in reading.of("title") if t.value == title and reading.sentence.text[t.start] not in QUOTES]
    return bool(heads and named) and ":" in reading.sentence.plain[heads[0].end : named[0].start]


def _status(kind: Kind, acts: list[Mark], signs: set[str], platforms: tuple[str, ...]) -> Status:
    if kind is not Kind.RENEWAL:
        return Status.CONFIRMED
    return Status.DENIED if "denied" in signs else status_of(acts, signs, platforms)


def _is_the_object(act: Mark, anchor: Mark) -> bool:
    """Whether an act is no more than its object: "réfléchit à une suite pour X" renews nothing yet."""
    return act.group == "renew" and anchor.group in ("more", "sequel") and act.start == anchor.start


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


def _platforms(reading: Reading, page: Page, title: str | None) -> tuple[str, ...]:
    """List the platforms of a known work that the article names, or else those that the text before names."""
    work = page.work(title)
    home = tuple(p for p in work.platforms if p in page.platforms) if work else ()
    return home or platforms_around(reading, page) or (work.platforms[:1] if work else ())
