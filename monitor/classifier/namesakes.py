"""Last stage: which of two known works is meant by a name that both go by: "PBLV", on TF1 or in 2010 on France 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from monitor.classifier.context import Page
from monitor.classifier.gazetteer import Gazetteer, Work
from monitor.classifier.score import Scored
from monitor.classifier.text import name_key


class Namesakes:
    """Known works that share a name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        sharing: dict[str, set[str]] = defaultdict(set)
        for names in gazetteer.aliases():
            for name in names:
                sharing[name_key(name)].add(names[0])
        self._others: Mapping[str, Sequence[Work]] = {
            title: [gazetteer.works[other] for other in sorted(titles - {title})]
            for titles in sharing.values()
            for title in titles
            if len(titles) > 1
        }
        self._gazetteer = gazetteer

    def settled(self, head: Scored, page: Page) -> Scored:
        """Name the work that the platform tells; without one, and unless it came out later, that which goes on."""
        candidate = head.candidate
        others = self._others.get(candidate.title or "")
        read = self._gazetteer.work(candidate.title or "")
        named = page.platforms.intersection(candidate.platforms)  # others are the known work's own
        if not others or read is None or _fits(read, named):
            return head
        year = page.published.year if page.published else None
        meant = [work for work in others if _fits(work, named) and not _later(work, year)]
        if len(meant) != 1 or meant[0].origin is not read.origin:
            return head
        platforms = candidate.platforms if named else meant[0].platforms
        return replace(head, candidate=replace(candidate, title=meant[0].title, platforms=platforms))


def _fits(work: Work, named: AbstractSet[str]) -> bool:
    return not named.isdisjoint(work.platforms) if named else not work.ended


def _later(work: Work, year: int | None) -> bool:
    return work.year is not None and year is not None and work.year > year + 1
