"""Fourth stage: what could be an announcement, an act bound to its work, season, platform and modality."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.classifier.context import Page, doubts
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.presented import in_passing, of_the_making
from monitor.classifier.retrospect import dated
from monitor.vocabulary import ALERTED_KINDS, Kind, Origin, Status, WorkType

ACTS = ("order", "renew", "develop", "shoot", "cast", "adapt", "announce", "confirm")
#: How the title of a sequel ends.
SEQUEL = re.compile(r"(.*\w) (?:[2-9]|II|III|IV)$")
#: How a feature shows the strength of an act.
MARKS = {3: "!", 2: "", 1: "~"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """What may be announced, and everything that speaks for and against it."""

    kind: Kind
    title: str | None
    season: int | None = None
    final: bool = False
    rescued: bool = False
    together: frozenset[int] = frozenset()  #: seasons told in one breath with this one, itself among them
    work_type: WorkType = WorkType.SERIES
    platforms: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()  #: who plays in it: of its people where it has no title, and a cue where it has
    origin: Origin = Origin.UNKNOWN
    status: Status = Status.CONFIRMED
    reading: Reading
    cues: tuple[Mark, ...] = ()
    features: frozenset[str] = field(default_factory=frozenset)
    channels: frozenset[str] = frozenset()  #: those of the groups that order several works, as each goes to one of them
    several: bool = False  #: the sentence announces several works without naming them


def best_acts(marks: Iterable[Mark], groups: tuple[str, ...] = ACTS) -> list[Mark]:
    """Keep the strongest mark of each act, strongest first."""
    best: dict[str, Mark] = {}
    for mark in marks:
        if mark.group in groups and (mark.group not in best or mark.strength > best[mark.group].strength):
            best[mark.group] = mark
    return sorted(best.values(), key=lambda m: (-m.strength, groups.index(m.group)))


def act_features(acts: list[Mark]) -> set[str]:
    """Name the acts as features: "order!" for a strong one, "order~" for a weak one; or that there is none."""
    if not acts:
        return {"no act"}
    found = {f"act {m.group}{MARKS[m.strength]}" for m in acts} | ({"two acts"} if len(acts) > 1 else set())
    return found if any(m.strength > 2 for m in acts) else found | {"no firm act"}


#: What weakens a statement, by the group of marks that says so.
_WEAKENING = {
    "ask": "asked",
    "wish": "wished",
    "rumour": "rumoured",
    "unsure": "undecided",
    "past": "recalled",
    "plan": "planned",
    "early": "being written",
}
#: Characters between a "no" and what it denies.
_NEGATES = 12
#: Where a sentence opens: what is past there is the time of all of it.
_OPENING = 2
#: These count wherever in the sentence they stand.
_WHOLE_SENTENCE = frozenset({"unsure", "ask", "rumour"})


def modality(reading: Reading, anchor: Mark, page: Page) -> set[str]:
    """Name what weakens a statement: asked, wished, rumoured, undecided, recalled, released, of something else."""
    clause = reading.clause(anchor)
    asked = reading.question and not reading.has("presumed")
    found = {"asked"} if asked and clause == len(reading.clauses) else set()
    found |= _weakened(reading, anchor, clause)
    found |= dated(reading, anchor, page, [m for m in reading.all(*ACTS) if m.strength > 1])
    starts = [m for m in reading.of("clause") if m.start <= anchor.start and reading.clause(m) == clause]
    found |= {"aside"} if starts else set()
    of_programme = any(0 <= anchor.start - m.end <= 3 for m in reading.of("outside"))
    found |= {"of a programme"} if of_programme else set()
    found |= {"hearsay in front"} if page.hearsay else set()
    found |= {"in passing"} if in_passing(reading, anchor) else set()
    found |= {"negated"} if _negated(reading, anchor, clause) else set()
    return found


def _negated(reading: Reading, anchor: Mark, clause: int) -> bool:
    """Whether a "no", "not" or "never" stands right before the anchor or before an act of its clause."""
    said = [anchor, *(m for m in reading.all(*ACTS) if m.strength > 1 and reading.clause(m) == clause)]
    return any(0 <= m.start - no.end <= _NEGATES for no in reading.of("negation") for m in said)


def _weakened(reading: Reading, anchor: Mark, clause: int) -> set[str]:
    """Name what the marks of a sentence take from a statement."""
    found: set[str] = set()
    hearsay, told = doubts(reading), reading.of("reported")
    making = reading.all("shoot", "develop")
    for mark in reading.all(*_WEAKENING, "release", "outside"):
        if mark.group == "past" and told and told[0].end <= mark.start:
            continue  # "a annoncé qu'elle avait commandé"
        if mark.group == "ask" and takes_for_granted(reading, mark):
            continue
        if mark.group == "past" and any(m.start <= mark.start and mark.end <= m.end for m in making):
            continue  # "le tournage de la saison 6 a commencé", "l'écriture de la saison 4 a débuté"
        if mark.group == "rumour" and mark not in hearsay:
            found |= {"attributed"} if mark.strength == 1 else set()
            continue
        here = reading.clause(mark) == clause
        if mark.strength == 1 and not (here and distance(mark, anchor) <= 40):
            continue
        opens = mark.group == "past" and mark.start <= _OPENING
        goes_on = mark.group == "early" and _goes_on(reading, anchor, mark)
        reaches = mark.group in _WHOLE_SENTENCE or opens or goes_on
        if mark.group in _WEAKENING and (here or reaches):
            found.add(_WEAKENING[mark.group])
        if here and distance(mark, anchor) <= 60:
            out = mark.group == "release" and mark.strength > 1 and not of_the_making(reading, mark)
            found |= {"released"} if out else set()
            found |= {"outside scope"} if mark.group == "outside" and mark.strength > 2 else set()
    return found


def takes_for_granted(reading: Reading, ask: Mark) -> bool:
    """Whether what is asked comes after the news, and no question mark: "la saison 2 en tournage, ce que l'on sait"."""
    firm = (m for m in reading.all("order", "renew", "shoot") if m.strength == 3)
    return not reading.question and any(m.end <= ask.start for m in firm)


def _goes_on(reading: Reading, anchor: Mark, mark: Mark) -> bool:
    """Whether a mark further on in the sentence still speaks of the anchor's work: no other title stands between."""
    return mark.start >= anchor.end and not any(anchor.end <= t.start < mark.start for t in reading.of("title"))


def _asks(reading: Reading) -> bool:
    return any(not takes_for_granted(reading, mark) for mark in reading.of("ask"))


def piece_features(page: Page) -> set[str]:
    """Name what sort of article it is, where its headline and lead say so."""
    found = {"launch piece"} if page.launch else set()
    for reading in page.front:
        if reading.sentence.zone in ("headline", "standfirst"):
            found |= {"not serious"} if reading.has("joke") else set()
            found |= {"review or list"} if reading.has("piece") else set()
            found |= {"about a person"} if reading.has("people") else set()
            elsewhere = any(m.strength > 2 for m in reading.of("outside")) and not reading.has("work.series", "works")
            found |= {"about something else"} if elsewhere else set()
            asks = (reading.question and not reading.has("presumed")) or _asks(reading)
            found |= {"headline asks"} if asks else set()
            found |= {"roundup"} if reading.has("works") or len({t.value for t in reading.of("title")}) > 1 else set()
        if _undecided(reading):
            found.add("article undecided")
        if reading.has("refuted") and not reading.has("cancel", "confirm"):
            found.add("refuted")
        if reading.has("wish") and reading.has(*_WISHED):
            found.add("article wishes")
    return found


#: What somebody may wish for; "j'avais envie de silence" wishes for no series.
_WISHED = ("title", "season", "more", "sequel", "spinoff", "renew", "work.series", "work.film", "new")


def _undecided(reading: Reading) -> bool:
    """Whether a sentence in front says that nothing is decided; in the headline a hint is enough ("en danger ?")."""
    least = 1 if reading.sentence.zone == "headline" else 2
    return any(m.strength >= least for m in reading.of("unsure"))


#: What keeps a statement from answering the headline: of a launch it only recalls what was decided before.
_NO_ANSWER = frozenset({"asked", "wished", "undecided", "zone headline", "launch piece", "recalled"})
_UNFIRM = frozenset({"asked", "wished", "undecided", "refuted"})


def answered(features: set[str], acts: list[Mark]) -> set[str]:
    """Turn the headline's question into a point in favour where a firm statement answers it.

    What is undecided or wished elsewhere in the front does not touch a firm statement either.
    """
    firm = any(m.strength == 3 and m.group in ("order", "renew", "shoot") for m in acts)
    told = {m.group for m in acts if m.strength > 1}
    if features & {"object season", "object more"}:  # "Oui, il y aura une saison 2, TF1 nous l'a confirmé"
        firm = firm or {"renew", "confirm"} <= told
    if "headline asks" in features and firm and not features & _NO_ANSWER:
        features = features - {"headline asks", "review or list"} | {"answers the headline"}
    return features - {"article undecided", "article wishes"} if firm and not features & _UNFIRM else features


def worth_recording(kind: Kind, title: str | None, reading: Reading, page: Page) -> bool:
    """Whether an ending, purchase or date is one of a work: everything ends, is bought and comes out some day.

    Wanted is a work known by a name of its own, or one that stands beside a platform, a season or a word for a series:
    in headline or lead, or a known work.
    """
    if kind in ALERTED_KINDS:
        return True
    named = next((m for m in reading.of("title") if m.value == title and m.strength > 1), None)
    work = page.work(title)
    if title is None or (named is None and title != page.topic):
        return False
    if work and not work.ambiguous:
        return reading.sentence.prominent or named is not None
    beside = reading.all("platform", "season", "work.series", "work.documentary", "work.reality", "work.animation")
    return (reading.sentence.prominent or work is not None) and any(m.strength > 1 for m in beside)


_TYPES = {
    "work.documentary": WorkType.DOCUMENTARY,
    "work.reality": WorkType.REALITY,
    "work.animation": WorkType.ANIMATION,
    "work.film": WorkType.FILM,
    "work.series": WorkType.SERIES,
}


def near(reading: Reading, anchor: Mark, reach: int) -> list[Mark]:
    """List the marks within some characters of another one, in order of place."""
    first, last = anchor.start - reach, anchor.end + reach
    return [mark for mark in reading.marks if mark.end >= first and mark.start <= last]


def work_type(title: str | None, marks: Iterable[Mark], anchor: Mark, page: Page) -> WorkType:
    """Tell the sort of work: what is known, else what the words nearest to the anchor say."""
    if work := page.work(title):
        return work.type
    telling = [mark for mark in marks if mark.group in _TYPES and mark.strength > 1]
    # "téléfilm" is among the words for both.
    nearest = min(telling, key=lambda m: (distance(m, anchor), m.group == "work.series"), default=None)
    return _TYPES[nearest.group] if nearest else WorkType.SERIES


def status_of(acts: list[Mark], signs: set[str], platforms: tuple[str, ...]) -> Status:
    """Tell how certain it is: rumoured where it is hearsay, in development where nobody has ordered it yet.

    What is being shot, ordered or renewed is confirmed though its writing goes on.
    """
    firm = any(m.group in ("order", "renew", "shoot") and m.strength == 3 for m in acts)
    if signs & {"rumoured", "wished", "asked"}:
        return Status.RUMOURED
    if "being written" in signs and not firm:
        return Status.IN_DEVELOPMENT
    if "hearsay in front" in signs and not firm and not any(m.group in ("announce", "confirm") for m in acts):
        return Status.RUMOURED
    if "planned" in signs and not firm:
        return Status.IN_DEVELOPMENT
    if any(m.group == "adapt" and m.strength == 3 for m in acts) and not firm and not platforms:
        return Status.IN_DEVELOPMENT
    return Status.CONFIRMED
