"""Sixth stage: many statements of one article about one fact become one announcement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.classifier.agreement import work_key
from monitor.classifier.candidates import Candidate
from monitor.classifier.covering import covered
from monitor.classifier.joining import joint_status, names_it, platforms_meet, says_it_better
from monitor.classifier.score import Scored
from monitor.vocabulary import Kind, Origin, Status

#: How sure the one title of several new works must be by itself to be one of them.
_BELIEVABLE = 0.45
#: How sure of a new work makes a season that names none another work's.
_SURELY = 0.8


def merge(
    scored: Iterable[Scored], *, threshold: float, least: float | None = None
) -> list[tuple[Scored, list[Scored]]]:
    """Group statements about the same fact: the surest speaks for the group. Headline's first, then by place.

    Args:
        threshold: what is believed of a statement when it completes another.
        least: groups less sure than that are left out; the threshold unless given.
    """
    least = threshold if least is None else least
    groups: list[tuple[Scored, list[Scored]]] = []
    places: dict[str, list[int]] = {}  # of the groups about a work: of a slate not each is compared with each
    for item in sorted(scored, key=_order):
        key = _work(item)
        for position in range(len(groups)) if key is None else places.setdefault(key, []):
            head, members = groups[position]
            if _same(head.candidate, item.candidate) or _repeated(item, members):
                groups[position] = (_joined(head, item, threshold), [*members, item])
                break
        else:
            if key is not None:
                places[key].append(len(groups))
            groups.append((item, [item]))
    groups = [(_of_another(head, members, groups), members) for head, members in groups]
    about: dict[str | None, list[Scored]] = {None: [head for head, _ in groups]}
    for head, _ in groups:
        if (key := _work(head)) is not None:
            about.setdefault(key, []).append(head)
    kept = [g for g in groups if g[0].confidence >= least and not covered(g[0], about[_work(g[0])], threshold)]
    return sorted(kept, key=lambda group: (not _prominent(group), _place(group[0])))


def _work(item: Scored) -> str | None:
    """Name the work that a statement names, the same for all its spellings."""
    return None if item.candidate.title is None else work_key(item.candidate.title)


def _of_another(head: Scored, members: list[Scored], groups: list[tuple[Scored, list[Scored]]]) -> Scored:
    """Take from a season the work that the article is about, where nothing names it and that work is surely new.

    "Deux nouveautés et une saison 2": the season is another's, and both are announced.
    """
    mine = head.candidate
    if mine.kind is not Kind.RENEWAL or mine.title is None or any(names_it(m.candidate) for m in members):
        return head
    new = (
        other.candidate
        for other, _ in groups
        if other.candidate.kind is Kind.NEW_ORIGINAL and other.confidence >= _SURELY
    )
    if any(its.title and work_key(its.title) == work_key(mine.title) and _begins(its) for its in new):
        return replace(head, candidate=replace(mine, title=None))
    return head


def _begins(new: Candidate) -> bool:
    """Whether a new work is named where it is announced, and nobody knows it yet."""
    return "titled" in new.features and not new.features & {"title from before", "known french work", "already out"}


def _repeated(item: Scored, members: list[Scored]) -> bool:
    """Whether a sentence stands twice, as a standfirst does that opens the text, too: it tells of one work."""
    one = item.candidate
    return one.title is None and any(
        m.candidate.title is None
        and m.candidate.kind is one.kind
        and m.candidate.reading.sentence.text == one.reading.sentence.text
        for m in members
    )


def _order(item: Scored) -> tuple[bool, float, int, str]:
    candidate = item.candidate
    return (candidate.title is None, -item.confidence, candidate.reading.sentence.index, candidate.title or "")


def _place(item: Scored) -> tuple[int, int]:
    return item.candidate.reading.sentence.index, item.candidate.cues[0].start if item.candidate.cues else 0


def _prominent(group: tuple[Scored, list[Scored]]) -> bool:
    return group[0].candidate.reading.sentence.prominent


def _same(one: Candidate, other: Candidate) -> bool:
    if one.kind is not other.kind or (one.status is Status.DENIED) is not (other.status is Status.DENIED):
        return False
    if one.title is None or other.title is None:
        return _untitled_same(one, other)
    if work_key(one.title) != work_key(other.title):
        return False
    return one.season == other.season or one.season is None or other.season is None or one.kind is Kind.NEW_ORIGINAL


def _untitled_same(one: Candidate, other: Candidate) -> bool:
    """An untitled statement joins another of the same platform; names of different makers keep them apart."""
    if one.people and other.people and set(one.people).isdisjoint(other.people):
        return False
    if _known_elsewhere(one, other) or _known_elsewhere(other, one):
        return False
    if one.title is not None or other.title is not None:
        untitled, titled = (one, other) if one.title is None else (other, one)
        if untitled.people or not platforms_meet(untitled, titled):
            return False
        near = titled.reading.sentence.index - untitled.reading.sentence.index
        # What headline or lead leave unnamed the text names, sooner or later.
        # And after it is named, "the series" and "its second comedy" are no further work; "a thriller" is.
        spoken_of = near < 0 and "noun indefinite" not in untitled.features
        return untitled.several or untitled.reading.sentence.prominent or near == 0 or spoken_of
    if not platforms_meet(one, other):
        return False
    return bool(one.people) == bool(other.people) or _left_unnamed(one if other.people else other)


def _known_elsewhere(one: Candidate, other: Candidate) -> bool:
    """Whether one is a known foreign work, only named beside what the other announces: it takes that not with it."""
    return "known foreign work" in one.features and other.title is None and other.origin is not Origin.FOREIGN


def _left_unnamed(untitled: Candidate) -> bool:
    """Whether a statement in front only leaves open who makes it: "TF1 prépare une saga", and the lead says who."""
    return untitled.reading.sentence.prominent and not untitled.several


def _joined(head: Scored, item: Scored, threshold: float) -> Scored:
    """Add to the surest statement what another one knows: season, platforms, a firmer or humbler status."""
    first, other = head.candidate, item.candidate
    believed = item.confidence >= threshold
    same_title = first.title is not None and other.title is not None
    add = same_title or (believed and first.title is None)
    platforms, said = _platforms_of(first, other if add else None, believed=believed)
    reading = other.reading if believed and says_it_better(other, first) else first.reading
    believable = not other.several or head.confidence >= _BELIEVABLE
    named = first.title is not None and other.title is None and believable
    # "Une saison 2 en préparation", a heading in the text that names no work, makes no project of a headline firm.
    heard = believed and (add or first.title is None) and (names_it(other) or not names_it(first))
    return Scored(
        # What the headline leaves unnamed and the text names is as sure as the headline.
        confidence=max(head.confidence, item.confidence) if named and first.kind is other.kind else head.confidence,
        candidate=replace(
            first,
            season=first.season if first.season is not None else other.season,
            final=first.final or (believed and other.final),
            rescued=first.rescued or (believed and other.rescued),
            platforms=tuple(dict.fromkeys(platforms)),
            features=first.features | said,
            producers=tuple(dict.fromkeys((*first.producers, *(other.producers if add else ())))),
            stars=tuple(dict.fromkeys((*first.stars, *(other.stars if believed else ())))),
            people=other.people if add and set(first.people) <= set(other.people) else first.people,
            status=joint_status(first, other) if heard else first.status,
            reading=reading,
            cues=other.cues if reading is other.reading else first.cues,
        ),
    )


#: Of a statement whose sentence names its platform; others have the article's, or the one that their work is known by.
_SAID = frozenset({"platform beside it"})


def _platforms_of(
    first: Candidate, other: Candidate | None, *, believed: bool
) -> tuple[tuple[str, ...], frozenset[str]]:
    """List the platforms that two statements name themselves, and whether they do; else those they were given."""
    both = [one for one in (first, other) if one]
    if said := [one for one in both if one.features >= _SAID]:
        return tuple(platform for one in said for platform in one.platforms), _SAID
    return first.platforms or (other.platforms if other and believed else ()), frozenset()
