"""What tellings show only side by side: which titles are two, which spellings are meant, who shares a work.

Gathered once over all that was told around a work, so that it holds in whatever order the articles came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from monitor.decide.cues import buyers
from monitor.decide.lore import Rules
from monitor.decide.naming import Names, mark, title_key
from monitor.telling import Ties, Told
from monitor.vocabulary import Prominence


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What some tellings show together."""

    apart: frozenset[frozenset[str]] = frozenset()  #: pairs of title keys that one article has side by side
    meant: frozenset[str] = frozenset()  #: title keys that outlets spell alike, each in its own words
    sharing: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)  #: work -> buyers named together

    def partners(self, works: frozenset[str], some: frozenset[str]) -> frozenset[str]:
        """Give buyers with all that an outlet named beside one of them for one of these works."""
        named = [both for work in works for both in self.sharing.get(work, ()) if both & some]
        return some.union(*named)


def shown(told: Sequence[Told], rules: Rules) -> Shown:
    """See what tellings show together."""
    return Shown(apart=_apart(told, rules.names), meant=_meant(told), sharing=_sharing(told, rules))


def learnt(told: Sequence[Told], ties: Ties, names: Names) -> Names:
    """Learn which names are one work's: those an article gives it, a reader corrected, or a person merged."""
    apart = _apart(told, names)
    pairs = {
        (one.titles[0], other)
        for one in told
        for other in one.titles[1:]
        if frozenset({title_key(one.titles[0]), title_key(other)}) not in apart
        if other not in one.announcement.also or not (names.known(one.titles[0]) and names.known(other))
    }
    if ties.together:
        marked = {mark(one): one for one in told}
        for one in told:
            tied = (marked.get(other) for other in ties.together.get(mark(one), ()))
            pairs |= {(one.titles[0], other.titles[0]) for other in tied if other and one.titles and other.titles}
    return names.learning(pairs) if pairs else names


def _apart(told: Sequence[Told], names: Names) -> frozenset[frozenset[str]]:
    """Find the titles that one article has side by side: they are two, however alike."""
    pages: dict[str, set[str]] = defaultdict(set)
    renamed = {(name, other) for one in told for name in one.titles for other in one.announcement.also}
    for one in told:
        if one.announcement.title:
            pages[one.telling.url].add(one.announcement.title)
    return frozenset(
        frozenset({title_key(one), title_key(other)})
        for titles in pages.values()
        for one in titles
        for other in titles
        if one < other and not names.same(one, other) and not {(one, other), (other, one)} & renamed
    )


def _meant(told: Sequence[Told]) -> frozenset[str]:
    """Find the spellings that are no slip: two outlets have them, and neither copied the other's sentence."""
    sentences: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in told:
        if one.announcement.title:
            said = title_key(one.announcement.evidence.sentence)
            sentences[title_key(one.announcement.title)].add((one.telling.outlet, said))
    return frozenset(
        key for key, some in sentences.items() if any(_apart_from(*pair) for pair in combinations(some, 2))
    )


def _apart_from(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether two outlets say it each in its own words: nothing is only added, such as "(updated)"."""
    return one[0] != other[0] and one[1] not in other[1] and other[1] not in one[1]


def _sharing(told: Sequence[Told], rules: Rules) -> dict[str, tuple[frozenset[str], ...]]:
    """Find who is named together for one work, where an article is about it; in asides a neighbour's name gets in."""
    found: dict[str, set[frozenset[str]]] = defaultdict(set)
    for one in told:
        said = one.announcement
        both = buyers(said.platforms, rules.groups)
        if said.title and said.prominence is Prominence.HEADLINE and len(both) > 1:
            for work in rules.names.works(said.title):
                found[work].add(both)
    return {work: tuple(some) for work, some in found.items()}
