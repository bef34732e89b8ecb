"""Fourth stage, works that do not exist yet: orders, projects, shoots, first castings, slates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.classifier.candidates import (
    SEQUEL,
    Candidate,
    act_features,
    answered,
    best_acts,
    modality,
    near,
    status_of,
    work_type,
)
from monitor.classifier.context import Page
from monitor.classifier.denial import DENIAL, denies_a_work
from monitor.classifier.elsewhere import crossed, going_on, mistaken
from monitor.classifier.entities import Reading, distance
from monitor.classifier.introduced import counted, given_its_name
from monitor.classifier.makers import people, producers, stars
from monitor.classifier.newness import describes, fresh, newness, of_a_season, of_no_work_before
from monitor.classifier.origin import from_where, origin_of
from monitor.classifier.phrases import Mark
from monitor.classifier.platforms import bound_platforms, platforms_around
from monitor.classifier.presented import (
    age,
    beside_topic,
    denied,
    front_announces,
    front_signs,
    made_for,
    programmes,
    said_of_it,
    sort_of,
    to_channels,
)
from monitor.classifier.reference import determiner, named_before
from monitor.classifier.saying import says_little, says_something, standing_alone
from monitor.classifier.scene import NAME
from monitor.classifier.signs import signs_around, words_around
from monitor.classifier.tense import as_news, seen_already, told_when
from monitor.vocabulary import Kind, Status, WorkType

#: What says for sure that a work is made.
_MADE = frozenset({"act order!", "act develop!", "act shoot!", "act adapt!", "act cast!"})
_ACTS = ("order", "develop", "shoot", "adapt", "cast", "announce")
_NEW_SAID = ("new", "new!", "in a slate", "act adapt!", "act order!", "act develop!", "act shoot!")
#: In the body one of these must stand beside a work: an act, or of how many parts it is, or who makes it.
_SIGNS = (*_ACTS, "format", "maker")
#: A sentence of the body without one of these says nothing of a new work.
_TELLING = frozenset({*_SIGNS, "title"})
_WORKS = ("work.series", "work.film", "work.documentary", "work.animation", "work.reality")
_OPENS = re.compile(r"\s*[,(;:]")  #: what opens a description of the title before
#: Sentences that a slate's announcement reaches; characters between an act and the work it is about.
_SLATE, _REACH = 24, 110


def originals(page: Page, whole: set[str]) -> Iterator[Candidate]:
    """Find every statement that a new work is ordered, made, cast or presented; `whole` says in what sort of piece."""
    others = programmes(page)
    found = tuple(_statements(page, whole | front_signs(page) | going_on(page)))
    made = {(c.title, c.reading.sentence.index) for c in found if c.title and c.features & _MADE}
    for candidate in found:
        more = {"called a programme"} if candidate.title in others else set[str]()
        if any(title == candidate.title and place != candidate.reading.sentence.index for title, place in made):
            more.add("made elsewhere in the text")
        yield replace(candidate, features=candidate.features | more) if more else candidate


def _statements(page: Page, whole: set[str]) -> Iterator[Candidate]:
    slate = -_SLATE - 1  # where the headline or lead opened one
    fronts = front_announces(page)
    for index, reading in enumerate(page.readings):
        if not reading.sentence.prominent and reading.lacks(_TELLING):
            continue
        opens = _opens_slate(reading, page)
        slate = index if opens and reading.sentence.prominent else slate
        listed = opens or index - slate <= _SLATE  # one that the body opens lists its works in the same sentence
        if listed:
            front = {"slate in front"} if index - slate <= _SLATE else set()
            yield from _listed_works(page, reading, whole | front, slate_opens=opens)
        if opens:
            yield from _unnamed_works(page, reading, whole)
        yield from _single_works(page, reading, whole, listed=listed)
        if fronts and not listed and not reading.sentence.prominent:
            yield from _further_works(page, reading, whole)


def _further_works(page: Page, reading: Reading, whole: set[str]) -> Iterator[Candidate]:
    """Titles that the text goes on to name, in sentences that have no act of their own."""
    if reading.has(*_SIGNS):
        return  # then they are read with it
    for title in reading.of("title"):
        if title.strength > 1 and not _goes_on(reading, title.value):
            yield _candidate(page, reading, title, title.value, near(reading, title, 80), whole | {"named further on"})


def _opens_slate(reading: Reading, page: Page) -> bool:
    """Whether a sentence announces several works at once."""
    if not reading.has("works") or not page.platforms or reading.has("piece") or not reading.has(*_ACTS):
        return False
    return any(_several(m, page) for m in reading.of("works"))


def _single_works(page: Page, reading: Reading, whole: set[str], *, listed: bool) -> Iterator[Candidate]:
    """Statements about one new work: "une nouvelle série", "X, série...", "bientôt adapté en série"."""
    if not reading.has(*_SIGNS) and not reading.sentence.prominent:
        return
    seen: set[str | None] = set()
    for anchor in _anchors(reading):
        close = _near(reading, anchor)
        if not reading.sentence.prominent and not any(
            m.group in _ACTS or m.group in ("format", "maker") for m in close
        ):
            continue
        title = _title(anchor, close)
        signs = {"in a slate"} if listed and _several(anchor, page) else set()
        if anchor.group == "format":
            title = named_before(page, reading)
            signs |= {"title from before"} if title else set()
        elif title is None and not _several(anchor, page):
            how = determiner(page, reading, anchor)
            headline = reading.sentence.zone == "headline"
            title = named_before(page, reading) if how == "definite" and not headline else None
            signs |= {f"noun {how}", *({"title from before"} if title else set())}
        if title in seen or _goes_on(reading, title) or of_a_season(reading, anchor, page.lexicon):
            continue
        if title is None and "in a slate" not in signs and says_little(reading, anchor, close):
            if not signs & {"noun indefinite", "noun bare"} or not says_something(reading, anchor, close):
                continue
            signs |= {"little said"}
        seen.add(title)
        yield _candidate(page, reading, anchor, title, close, whole | signs)


def _several(mark: Mark, page: Page) -> bool:
    """Whether a mark speaks of more than one work: "une création" counts one."""
    return mark.group == "works" and page.lexicon.book.number(mark.value.split(" ")[0]) != 1


def _counted(mark: Mark, page: Page) -> bool:
    """Whether works are counted: "trois séries", and not "des séries françaises", of which anybody may speak."""
    return page.lexicon.book.number(mark.value.split(" ")[0]) is not None


def _anchors(reading: Reading) -> list[Mark]:
    """The words that stand for a new work, the most telling first."""
    new = fresh(reading)
    works = reading.all(*_WORKS)
    called_new = [w for w in works if any(describes(n, w) for n in new)]
    several = reading.of("works")
    adapted = [m for m in reading.of("adapt") if m.strength == 3]
    named = [t for t in reading.of("title") if t.strength > 1 or '"' in reading.sentence.plain]
    other = [w for w in works if w.strength > 1 and w not in called_new]
    found = [*called_new, *several, *adapted, *named, *other][:10]
    return found or [*counted(reading)]


def _near(reading: Reading, anchor: Mark) -> list[Mark]:
    short = reading.sentence.zone == "headline" or len(reading.sentence.text) < 140 or len(reading.clauses) < 3
    clause = reading.clause(anchor)
    return [m for m in near(reading, anchor, _REACH) if short or abs(reading.clause(m) - clause) <= 1]


def _title(anchor: Mark, close: list[Mark]) -> str | None:
    """Find the name of the new work: a title that follows it closely, or that it describes."""
    if anchor.group == "title":
        return anchor.value
    titles = [m for m in close if m.group == "title"]
    after = [t for t in titles if 0 <= t.start - anchor.end <= 60]
    before = [t for t in titles if 0 <= anchor.start - t.end <= 40]
    chosen = sorted(after, key=lambda t: t.start)[:1] or sorted(before, key=lambda t: -t.end)[:1]
    return chosen[0].value if chosen else None


def _goes_on(reading: Reading, title: str | None) -> bool:
    """Whether the sentence speaks of a further season of that title: then it is no new work."""
    marks = [t for t in reading.of("title") if t.value == title]
    seasons = [
        m for m in reading.all("season", "more") if not (m.group == "season" and m.value in ("1", "premiere", "first"))
    ]
    return any(distance(t, s) <= 40 for t in marks for s in seasons)


def _listed_works(page: Page, reading: Reading, whole: set[str], *, slate_opens: bool) -> Iterator[Candidate]:
    """The titles of a slate, one announcement each."""
    for title in reading.of("title"):
        if _goes_on(reading, title.value) or (title.strength < 2 and not _described(reading, title)):
            continue
        told = slate_opens or _described(reading, title) or reading.has(*_ACTS)
        signs = {"in a slate" if told else "named in a slate", *({"slate sentence"} if slate_opens else set())}
        yield _candidate(page, reading, title, title.value, near(reading, title, 80), whole | signs)


def _unnamed_works(page: Page, reading: Reading, whole: set[str]) -> Iterator[Candidate]:
    """Works of a slate that have a maker and no title: "la comédie romantique de Y"."""
    for work in reading.all(*_WORKS):
        makers = [m for m in reading.of("maker") if m.start <= work.start + 4 and work.end <= m.end <= work.end + 24]
        name = NAME.match(reading.sentence.text, makers[0].end + 1) if makers else None
        if name is None or any(0 <= t.start - name.end() <= 6 for t in reading.of("title")):
            continue
        close = near(reading, work, 80)
        signs = whole | {"in a slate", "slate sentence", "a maker's in a slate"}
        candidate = _candidate(page, reading, work, None, close, signs)
        yield replace(candidate, people=(name.group(),), work_type=work_type(None, [work], work, page))


def _described(reading: Reading, title: Mark) -> bool:
    return _OPENS.match(reading.sentence.plain, title.end, title.end + 3) is not None or reading.has("maker")


def _candidate(
    page: Page, reading: Reading, anchor: Mark, title: str | None, close: list[Mark], signs: set[str]
) -> Candidate:
    acts = best_acts(close, _ACTS)
    said = to_channels(page, reading, bound_platforms(reading, anchor, page, title=title))
    platforms = said or platforms_around(reading, page)
    sort = work_type(None, close, anchor, page)
    origin, sign = origin_of(title, reading, page, platforms)
    refused = denies_a_work(reading, anchor)
    features = signs | _told(page, reading, anchor, title, close) | _of_the_work(page, reading, anchor, title, close)
    features |= _platform_features(said, page) | from_where(origin, sign, said=bool(said))
    features |= {"film without a platform"} if sort is WorkType.FILM and not said else set()
    features |= {"denied"} if refused else set()
    if title is None and features.isdisjoint(_NEW_SAID):
        features.add("nothing new said")
    features |= crossed(features, film=sort is WorkType.FILM or "sort unsaid" in features or title == page.topic)
    if "a film for cinemas" in features:  # channels pay for every one of them
        features.discard("French broadcaster elsewhere")
    several = any(_several(m, page) and distance(m, anchor) == 0 for m in (anchor, *reading.of("works")))
    read = standing_alone(as_news(answered(features, acts)), acts, close, recalls=reading.has("past", "ago"))
    return Candidate(
        kind=_kind(title, page),
        title=title,
        work_type=sort,
        platforms=platforms,
        producers=producers(reading),
        people=people(page, reading, anchor, title),
        stars=stars(page, reading, anchor),
        origin=origin,
        status=Status.DENIED if refused else status_of(acts, features, platforms),
        reading=reading,
        cues=(anchor, *acts),
        features=frozenset(mistaken(read, film=sort is WorkType.FILM) - (DENIAL if refused else set())),
        channels=page.gazetteer.channels(platforms) if several and title is None else frozenset(),
        several=several,
    )


def _told(page: Page, reading: Reading, anchor: Mark, title: str | None, close: list[Mark]) -> set[str]:
    """Name how it is told: where, what is done, when, how certainly, and by which words."""
    acts = best_acts(close, _ACTS)
    found = {f"zone {reading.sentence.zone}", *act_features(acts), *modality(reading, anchor, page)}
    found |= newness(reading, anchor) | signs_around(page, reading, anchor, title) | words_around(reading, anchor)
    found |= told_when(page, reading, anchor, acts) | seen_already(reading, anchor)
    found |= made_for(page, reading, close) | (denied(reading, acts) if acts else {"no act"})
    found |= {"bought"} if any(m.group == "acquire" for m in close) else set()
    found |= {"ends"} if any(m.group == "cancel" and m.strength == 3 for m in close) else set()
    return of_no_work_before(found, reading, anchor)


def _of_the_work(page: Page, reading: Reading, anchor: Mark, title: str | None, close: list[Mark]) -> set[str]:
    """Name what is said of the work itself: its sort, its name, how it is presented, whether it is known."""
    one = anchor.group == "works" and not _several(anchor, page)
    found = {"titled" if title else "untitled", "anchor one work" if one else f"anchor {anchor.group}"}
    found |= sort_of(anchor, close) | age(title, page) | beside_topic(title, page)
    found |= said_of_it(reading, anchor, page) | given_its_name(reading, anchor)
    found |= {"known programme"} if page.gazetteer.is_show(title) else set()
    found |= {"work named"} if any(m.group in _WORKS and m.strength > 1 for m in close) else set()
    sequels = [m for m in reading.of("sequel") if m.strength == 3]
    found |= {"called a sequel"} if any(m.start <= anchor.start < m.end for m in sequels) else set()
    found |= {"works uncounted"} if anchor.group == "works" and not title and not _counted(anchor, page) else set()
    return found


def _kind(title: str | None, page: Page) -> Kind:
    """A work called "X 2" where X exists is its sequel."""
    first = SEQUEL.match(title or "")
    if first and page.gazetteer.known_as(first[1]):
        return Kind.RENEWAL
    return Kind.NEW_ORIGINAL


def _platform_features(platforms: tuple[str, ...], page: Page) -> set[str]:
    if platforms:
        return {"platform beside it"}
    return {"platform in the article"} if page.platform else {"no platform"}
