"""Where an article's announcements belong: the stories around them are found, put together anew, and stored.

Found by cues, an index of hashes, and then by what is found: whatever could be decided together is decided together,
so that the order in which articles arrive changes nothing. What a person tied by hand comes along, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import Article
from monitor.decide import cues, near, news, projects
from monitor.decide.lore import Rules
from monitor.decide.naming import mark
from monitor.decide.news import Placed
from monitor.decide.samewords import with_copies
from monitor.decide.stories import key
from monitor.decide.verdicts import corrected
from monitor.judgement import Judgement
from monitor.store import Tx, stories, tellings, ties, verdicts
from monitor.telling import Hint, Known, Telling, Ties, Told
from monitor.types import Announcement, StoryChange

#: How far related stories are followed. A work's stories are found at once, a project under its title next; beyond
#: that there is no more to find but by chains of coincidences.
_ROUNDS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """An article as far as its stories are concerned."""

    announcements: Sequence[Announcement]
    telling: Telling
    shingles: Sequence[frozenset[int]] = ()  #: of the text around each announcement


def page_of(article: Article, announcements: Sequence[Announcement], *, outlet: str, told_at: datetime) -> Page:
    """Take of an article what its stories need: of projects and new works also the text around, to be compared."""
    return Page(
        announcements=announcements,
        telling=Telling(outlet=outlet, url=article.url, at=told_at),
        shingles=[
            near.shingles(near.passage(one, article.text)) if cues.is_project(one) else frozenset()
            for one in announcements
        ],
    )


def place(tx: Tx, page: Page, rules: Rules) -> Placed:
    """Put an article's announcements into stories, and store what that makes of these."""
    if not page.announcements:
        return Placed()  # most articles: nothing is asked of the store
    new = news.told_of(page.announcements, page.telling, page.shingles)
    by_hand = ties.exist(tx)
    known = around(tx, new, rules, by_hand=by_hand)
    told = [*new, *(one for story in known for one in story.told)]
    placed = news.place(
        page.announcements,
        known,
        telling=page.telling,
        rules=rules,
        ties=by_hand_of(tx, told) if by_hand else Ties(),
        shingles=page.shingles,
    )
    _keep(tx, placed, known, rules)
    said = verdicts.about(tx, [one.story.id for one in (*placed.changes, *placed.joined)])
    return replace(placed, changes=_corrected(placed.changes, said), joined=_corrected(placed.joined, said))


def place_again(tx: Tx, story_id: str, rules: Rules) -> tuple[Known, ...]:
    """Put a story and those around it together anew, after a person took back what they had said of it.

    What joined it by that word goes where it belongs; what the word kept apart is one. The story keeps what opened it.
    Gives the stories that are new by this.
    """
    found = stories.get(tx, story_id)
    mine = tellings.told(tx, [found.id]).get(found.id, []) if found else []
    if found is None or not mine:
        return ()
    near = around(tx, mine, rules)
    first = mine[0].announcement
    opened = replace(found, title=first.title, title_key=key(first))
    told = [one for known in near for one in known.told]
    placed = news.again(
        [replace(one, story=opened) if one.story.id == found.id else one for one in near],
        rules=rules,
        ties=by_hand_of(tx, told),
    )
    _keep(tx, placed, near, rules)
    known = {one.story.id for one in near}
    return tuple(one for one in placed.kept if one.story.id not in known)


def by_hand_of(tx: Tx, told: Sequence[Told]) -> Ties:
    """Give what a person said of some tellings, and of those with the same words."""
    return with_copies(ties.ties(tx, {mark(one) for one in told}), told)


def _corrected(changes: Sequence[StoryChange], said: Mapping[str, Sequence[Judgement]]) -> tuple[StoryChange, ...]:
    """Give stories as their readers say they are; what they say is kept beside the story."""
    return tuple(replace(one, story=corrected(one.story, said.get(one.story.id, ()))) for one in changes)


def around(tx: Tx, new: Sequence[Told], rules: Rules, *, by_hand: bool = True) -> list[Known]:
    """Find every stored story that some tellings have to be judged together with.

    Args:
        by_hand: look also for what was said by hand; needless where nothing ever was.
    """
    found: dict[str, list[Told]] = {}
    others: dict[str, list[Hint]] = {}
    whole: dict[str, list[Told]] = {}  #: of `others`, what had to be read to be compared
    asked: set[int] = set()
    frontier: Sequence[Told] = new
    for _ in range(_ROUNDS):
        each = (cues.asked(one, names=rules.names, groups=rules.groups, lore=rules.lore) for one in frontier)
        wanted = frozenset[int]().union(*each) - asked
        tied = ties.partners(tx, {mark(one) for one in frontier}) if by_hand else set()
        ids = {*tellings.by_cues(tx, wanted), *tellings.by_urls(tx, tied)} - found.keys() - others.keys()
        asked |= wanted
        others |= tellings.hints(tx, sorted(ids))
        maybe = [story for story, some in others.items() if tied or _may_be_related(frontier, some, rules)]
        whole |= tellings.told(tx, sorted(set(maybe) - whole.keys()))
        near = [story for story in maybe if _related(frontier, whole[story], tied, rules)]
        if not near:
            break
        frontier = [told for story in near for told in whole[story]]
        found |= {story: whole[story] for story in near}
        for story in near:
            del others[story]
    return tellings.known(tx, list(found), told_of=found)


def _may_be_related(frontier: Sequence[Told], some: Sequence[Hint], rules: Rules) -> bool:
    return any(cues.may_be_related(one, hint, names=rules.names, lore=rules.lore) for one in frontier for hint in some)


def _related(frontier: Sequence[Told], told: Sequence[Told], tied: set[str], rules: Rules) -> bool:
    return any(one.telling.url in tied for one in told) or any(
        projects.related(one, other, rules) for one in frontier for other in told
    )


def _keep(tx: Tx, placed: Placed, known: Sequence[Known], rules: Rules) -> None:
    before = {one.story.id: one for one in known}
    homes = {(told.telling.url, told.position): one.story.id for one in known for told in one.told}
    for one in placed.kept:
        if one.story.id not in before or before[one.story.id].story != one.story:
            stories.save(tx, one.story)
    for one in placed.kept:
        _keep_told(tx, one, homes, rules)
    for gone, kept in (placed.merged or {}).items():
        tellings.forward(tx, gone, to=kept)


def _keep_told(tx: Tx, story: Known, homes: dict[tuple[str, int], str], rules: Rules) -> None:
    """Move the tellings that this story took over, and remember what it is found by from now on."""
    found_by: set[int] = set()
    for told in story.told:
        home = homes.get((told.telling.url, told.position))
        if home == story.story.id:
            continue
        found_by |= cues.kept(told, groups=rules.groups, lore=rules.lore)
        if home is None:
            stories.link(tx, story.story.id, told.telling.url)
        else:
            tellings.move(tx, told, to=story.story.id, gone=home)
    tellings.keep_cues(tx, {story.story.id: found_by})
