"""Fourth stage: which further season, batch or sequel a sentence speaks of, and which number it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.classifier.candidates import Candidate
from monitor.classifier.context import Page, is_out
from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.vocabulary import Kind, WorkType

_WORKS = ("work.series", "work.film", "work.reality", "work.documentary", "work.animation", "work.any")
#: No season has a higher number; what has is a year, or an episode.
_LAST_SEASON = 60
#: Characters after an ordinal in which a word for a work makes it a new one: "sa deuxième série française".
_NEW_ONE = 22
#: Characters between what is done and the ordinal it is done to.
_DONE = 60
#: Characters between the ordinal and what is done to it.
_DONE_TO = 9
#: Characters before a season, and after it, in which it is said to be the last.
_BEFORE_LAST, _TO_LAST = 45, 60
#: Characters between "la dernière saison" and "a réuni"; signs that part what stands alone, or the sentence's end.
_SEEN, _STOPS = 6, ("", *",.;:!?)…-")
#: Signs of a season that is none to come.
_OF_ANOTHER = frozenset({"in passing", "recalled", "released", "denied"})
#: What has no number though it may stand beside seasons.
_UNNUMBERED = frozenset({"object sequel", "object spinoff", "denied", "several seasons"})
#: Seasons of a sentence that are read: of 14,520 sentences of our corpus none has more than six marks of one, and each
#: is held against all that its sentence says.
_MOST = 20
#: Nobody renews more seasons at once: "cinq saisons supplémentaires".
_MOST_AT_ONCE = 5
_QUOTES = "\"'"
#: Acts that promise more than what has its date.
_ON = frozenset(f"act {act}{sure}" for act in ("order", "develop", "shoot", "confirm") for sure in ("", "!", "~"))
_LETTER = re.compile(r"^s(?=\d)")
_ALSO = re.compile(r"(,|&|-|/| [a-z]+| &) ?(\d{1,2}|[a-z-]{3,9})(?![\w%'])(?! (?:episodes?|x )\b)")
#: Between two seasons that are told as one: "les saisons 2 et 3", "S2 & S3", "une saison 4 puis une 5e".
_JOINED = re.compile(
    r"\s*(?:,|&|/|-|\+|et|and|puis|ainsi que|ainsi qu'|as well as|plus|, ?(?:et|and|puis))?\s*"
    r"(?:une?|la|les|d'une|a|the|des|also)?\s*"
)


def objects(reading: Reading, page: Page) -> list[Mark]:
    """List the further seasons a sentence speaks of, one mark a place; a first season is none."""
    found = _films_of_series(reading, page)
    marks = [*reading.all("season", "more", "sequel", "spinoff", "ordinal"), *_further_seasons(reading, page)]
    told = (m for m in marks if not _out_of_a_title(m, reading))
    for mark in sorted(told, key=lambda m: (m.group != "season", m.group == "ordinal", m.start)):
        if len(found) == _MOST:
            break
        if _is_object(mark, reading, page) and not any(_same_place(mark, other, page) for other in found):
            found.append(mark)
    return sorted(found, key=lambda m: m.start)


def _out_of_a_title(mark: Mark, reading: Reading) -> bool:
    """Whether its number is a word of a quoted title: "“The Second Parish” gets season 5" speaks of no second one."""
    plain = reading.sentence.plain
    return any(t.start < mark.start < t.end < mark.end and plain[t.start] in _QUOTES for t in reading.of("title"))


def _same_place(one: Mark, other: Mark, page: Page) -> bool:
    """Whether two marks overlap; "deuxième et troisième saisons" are two all the same."""
    overlap = one.start < other.end and other.start < one.end
    seasons = one.group == other.group == "season" and one.start != other.start
    return overlap and not (seasons and season_number(one, page) != season_number(other, page))


def together(reading: Reading, anchor: Mark, page: Page) -> frozenset[int]:
    """List the seasons that are told in one breath with another one: "les saisons 2 et 3" are both news."""
    if anchor.group != "season":
        return frozenset()
    marks = sorted((m for m in objects(reading, page) if m.group == "season"), key=lambda m: (m.start, m.end))
    plain = reading.sentence.plain
    breath = [anchor]
    for side in (reversed([m for m in marks if m.start < anchor.start]), (m for m in marks if m.start > anchor.start)):
        last = anchor
        for mark in side:
            first, second = sorted((last, mark), key=lambda m: m.start)
            if first.end < second.start and not _JOINED.fullmatch(plain, first.end, second.start):
                break
            breath.append(mark)
            last = mark
    numbers = {number for mark in breath if (number := season_number(mark, page))}
    return frozenset(numbers) if len(numbers) > 1 else frozenset()


def _is_object(mark: Mark, reading: Reading, page: Page) -> bool:
    number = season_number(mark, page)
    if mark.group == "season":
        return number is not None and 2 <= number <= _LAST_SEASON
    if mark.group == "ordinal":  # "la troisième", "une seconde descente": where something is made, or goes on
        return number is not None and 2 <= number <= _LAST_SEASON and (mark.strength > 1 or _made_beside(mark, reading))
    if mark.group == "more":  # "un premier épisode" is no further one
        return page.lexicon.book.number(mark.value) != 1
    if mark.group == "spinoff":  # with a title of its own it is a new work
        return not any(t.value != page.topic and distance(t, mark) <= 60 for t in reading.of("title"))
    if mark.group == "sequel" and mark.strength == 1:
        names = [*(t.value for t in reading.of("title")), page.topic]
        return any(work and work.type is WorkType.SERIES and is_out(work, page) for work in map(page.work, names))
    return True


def _made_beside(mark: Mark, reading: Reading) -> bool:
    clause = reading.clause(mark)
    works = reading.all("works", "new", "french", *_WORKS, "outside", "release")
    if any(m.start < mark.end + _NEW_ONE and mark.start < m.end for m in works):
        return False  # "sa deuxième série française" is a new one
    acts = [m for m in reading.all("order", "renew", "develop", "shoot") if reading.clause(m) == clause]
    if any(m.strength > 1 and m.group != "shoot" and -2 <= mark.start - m.end <= _DONE for m in acts):
        return True  # "a demandé d'écrire la troisième"; "une quatrième est déjà commandée", "a third is being shot"
    return any(m.strength > 2 and 0 <= m.start - mark.end <= _DONE_TO for m in acts)


def _further_seasons(reading: Reading, page: Page) -> list[Mark]:
    """The other numbers of "les saisons 2 et 3", "seasons 4, 5 and 6"."""
    found = []
    for mark in reading.of("season"):
        if season_number(mark, page) == 1:
            continue  # "les saisons 1 et 2" are what there is, or a new work's
        end = mark.end
        while more := _ALSO.match(reading.sentence.plain, end):
            word = more[1].strip()
            if word and word not in ",&-/" and word not in page.lexicon.ands:
                break
            if not _LAST_SEASON >= (page.lexicon.book.number(more[2]) or 0) >= 2:
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


def season_number(mark: Mark, page: Page) -> int | None:
    """Read the number of a season mark."""
    if mark.group not in ("season", "ordinal"):
        return None
    return page.lexicon.book.number(_LETTER.sub("", mark.value.strip()))


def season(anchor: Mark, title: str | None, kind_of_work: WorkType, page: Page) -> int | None:
    """Tell the season's number; the second part of a film is none, whatever it is called."""
    work = page.work(title)
    film = work.type is WorkType.FILM if work else kind_of_work is WorkType.FILM and anchor.strength < 3
    return None if film else season_number(anchor, page)


def last(reading: Reading, anchor: Mark) -> bool:
    """Whether it is the last one: "une quatrième et ultime saison", "une saison 3, et ce sera la dernière"."""
    clause = reading.clause(anchor)
    finals = [m for m in reading.of("final") if -_BEFORE_LAST <= m.start - anchor.end <= _TO_LAST]
    return any(
        reading.clause(m) >= clause and not _so_far(reading, m) and (m.strength > 2 or _apposed(reading, anchor, m))
        for m in finals
    )


def _so_far(reading: Reading, final: Mark) -> bool:
    """Whether it was the last until now: "la dernière saison a réuni du monde", "la dernière en date"."""
    return any(final.start <= seen.start <= final.end + _SEEN for seen in reading.of("aired"))


def _apposed(reading: Reading, anchor: Mark, final: Mark) -> bool:
    """Whether nothing but a comma leads to it, and none of its own follows: "une saison 3, la dernière"."""
    plain = reading.sentence.plain
    alone = plain[: final.start].endswith((", ", "(", "- ")) and plain[final.end :].lstrip("\"' ")[:1] in _STOPS
    return alone and final.start >= anchor.end


def numbered(found: Sequence[Candidate], page: Page) -> list[Candidate]:
    """Give "X renouvelée" the only season to come that its sentence, or else the article, speaks of."""
    found = _several(found, page)
    here: dict[tuple[str | None, int], set[int]] = {}
    anywhere: dict[str | None, set[int]] = {}
    for said in found:
        if said.season and said.kind in (Kind.RENEWAL, Kind.RELEASE_DATE):
            here.setdefault((said.title, said.reading.sentence.index), set()).add(said.season)
            if said.kind is Kind.RENEWAL and not said.features & _OF_ANOTHER:
                anywhere.setdefault(said.title, set()).add(said.season)
    return [
        _numbered(said, here.get((said.title, said.reading.sentence.index)) or anywhere.get(said.title, set()))
        for said in found
    ]


def _several(found: Sequence[Candidate], page: Page) -> list[Candidate]:
    """Number "deux saisons de plus": those after the only season that the article speaks of; else they have none."""
    marks = [(r, m) for r in page.readings for m in r.of("season") if m.strength > 2]
    until = {number for r, m in marks if _goes_until(r, m) and (number := season_number(m, page))}
    spoken_of = {number for _, mark in marks if (number := season_number(mark, page))} - until
    listed: list[Candidate] = []
    for said in found:
        count = _count(said, page)
        if count and (len(until) == 1 or len(spoken_of) == 1):
            now = next(iter(until)) - count if len(until) == 1 else next(iter(spoken_of))
            coming = frozenset(range(max(now, 1) + 1, now + count + 1))
            listed += [replace(said, season=n, together=coming) for n in sorted(coming)]
        else:
            listed.append(replace(said, features=said.features | {"several seasons"}) if count else said)
    return listed


def _goes_until(reading: Reading, season: Mark) -> bool:
    """Whether a season is the last of those that are ordered: "jusqu'à la saison 5", "through season 3"."""
    return any(0 <= season.start - m.end <= 1 for m in reading.of("until"))


def _count(said: Candidate, page: Page) -> int:
    """Tell of how many further seasons a statement speaks: 0 where not of several."""
    anchor = said.cues[0] if said.cues else None
    if said.kind is not Kind.RENEWAL or said.season or anchor is None or anchor.group not in ("more", "renew"):
        return 0
    counts = (m for m in said.reading.of("seasons") if distance(m, anchor) <= _BEFORE_LAST)
    return max((n for m in counts if 2 <= (n := page.lexicon.book.number(m.value) or 0) <= _MOST_AT_ONCE), default=0)


def _numbered(said: Candidate, seasons: set[int]) -> Candidate:
    """Give "X renouvelée" its number, where there is but one."""
    if said.kind is not Kind.RENEWAL or said.season or len(seasons) != 1 or said.features & _UNNUMBERED:
        return said
    return replace(said, season=next(iter(seasons)))


def dated_in_front(found: Sequence[Candidate]) -> list[Candidate]:
    """Mark what is said of a season that the headline gives a date to: "la saison 13 débarque" is older than that."""
    front = (c for c in found if c.kind is Kind.RELEASE_DATE and c.reading.sentence.zone == "headline")
    dated = {said.season for said in front if said.season}
    return [
        replace(said, features=said.features | {"headline dates it"}) if _goes_back(said, dated) else said
        for said in found
    ]


def _goes_back(said: Candidate, dated: set[int]) -> bool:
    if said.kind is not Kind.RENEWAL or not dated or said.reading.sentence.zone == "headline":
        return False
    # "La capitaine reprendra du service dans six nouveaux épisodes" is of the season that has its date.
    return said.season in dated or (said.season is None and "object more" in said.features and not said.features & _ON)
