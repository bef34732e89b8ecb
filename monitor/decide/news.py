"""Is it news? What an article's announcements do to the stories already known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from monitor.decide import life, stories, turns
from monitor.decide.clusters import Cluster
from monitor.decide.dates import is_news
from monitor.decide.lore import Rules
from monitor.premieres import when_told
from monitor.telling import Known, Telling, Ties, Told
from monitor.types import Announcement, Decision, Delivery, Story, StoryChange
from monitor.vocabulary import Event, Outcome, Prominence

__all__ = ["Placed", "Telling", "conclude", "place"]

#: What an update may be about; everything else that changes is bookkeeping.
_TOLD_OF: Mapping[str, Callable[[Story], object]] = {
    "status": lambda one: one.status,
    "season": lambda one: one.season,
    "platforms": lambda one: one.platforms,
    "title": lambda one: one.title,
    "date": when_told,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where the announcements of one article belong, and what that does to the stories around."""

    changes: tuple[StoryChange, ...] = ()  #: stories opened or changed, the headline's first
    joined: tuple[StoryChange, ...] = ()  #: stories corroborated and otherwise as they were
    placed: tuple[str | None, ...] = ()  #: for each announcement, its story's id
    kept: tuple[Known, ...] = ()  #: every story of the neighbourhood as it is now, with what was told of it
    merged: Mapping[str, str] | None = None  #: stories that turned out to be another one: id -> id of that one


def place(
    announcements: Sequence[Announcement],
    known: Sequence[Known],
    *,
    telling: Telling,
    rules: Rules,
    ties: Ties = Ties(),  # noqa: B008 -- frozen
    shingles: Sequence[frozenset[int]] = (),
) -> Placed:
    """Join each announcement to the story it belongs to, or open one.

    Everything that was told of the stories around is put together anew, oldest first, so that an article that comes
    late finds the place it would have had in time; what was known before keeps its id.

    Args:
        known: every story that one of the announcements is related to, directly or not (`projects.related`).
        shingles: for each announcement, those of the text around it (`near.shingles`).
    """
    new = told_of(announcements, telling, shingles)
    before = {(one.telling.url, one.position): story.story for story in known for one in story.told}
    again = {(one.telling.url, one.position) for one in new}
    told = [one for story in known for one in story.told if (one.telling.url, one.position) not in again]
    now, merged = _anew((*told, *new), known, before, rules, ties)
    homes = {(one.telling.url, one.position): story for story, cluster in now for one in cluster.told}
    changes = _changes(new, homes, known, merged)
    changes += _turns(changes, [story for story, _ in now], known, telling)
    return Placed(
        changes=tuple(sorted((one for one in changes if _tells(one)), key=_headline_first)),
        joined=tuple(one for one in changes if not _tells(one)),
        placed=tuple(homes[telling.url, position].id for position in range(len(announcements))),
        kept=tuple(Known(story=story, told=tuple(cluster.told)) for story, cluster in now),
        merged=merged,
    )


def again(known: Sequence[Known], *, rules: Rules, ties: Ties = Ties()) -> Placed:  # noqa: B008 -- frozen
    """Put together anew what was told of some stories, when a person's word on one of them changed; nothing is news.

    Args:
        known: every story that the one is related to, each under the title by which it is to keep its id.
    """
    before = {(one.telling.url, one.position): story.story for story in known for one in story.told}
    now, merged = _anew([one for story in known for one in story.told], known, before, rules, ties)
    kept = tuple(Known(story=story, told=tuple(cluster.told)) for story, cluster in now)
    return Placed(kept=kept, merged=merged)


def _anew(
    told: Sequence[Told],
    known: Sequence[Known],
    before: Mapping[tuple[str, int], Story],
    rules: Rules,
    ties: Ties,
) -> tuple[list[tuple[Story, Cluster]], dict[str, str]]:
    clusters = stories.gather(told, rules, ties)
    ids, merged = _named(clusters, known, before)
    return _alive(clusters, ids, rules), merged


def told_of(
    announcements: Sequence[Announcement], telling: Telling, shingles: Sequence[frozenset[int]] = ()
) -> list[Told]:
    """Give what an article tells, one grain an announcement."""
    return [
        Told(
            telling=telling,
            position=position,
            announcement=announcement,
            shingles=shingles[position] if shingles else frozenset(),
        )
        for position, announcement in enumerate(announcements)
    ]


def _named(
    clusters: Sequence[Cluster], known: Sequence[Known], before: Mapping[tuple[str, int], Story]
) -> tuple[list[str], dict[str, str]]:
    """Give each story its id: that of the one it was, or a new one; and say which ones became another.

    A story that falls apart stays where its title is, then where what opened it is, then where most of it is. Of
    several that become one, the one that was first stays.
    """
    claims: dict[int, list[Story]] = {}
    for story in sorted((one.story for one in known), key=lambda one: (one.first_seen, one.id)):
        homes = [
            at for at, cluster in enumerate(clusters) if any(_was(one, before) == story.id for one in cluster.told)
        ]
        if homes:
            claims.setdefault(max(homes, key=lambda at: _kinship(clusters[at], story, before)), []).append(story)
    merged = {story.id: claimed[0].id for claimed in claims.values() for story in claimed[1:]}
    taken = {story.id for claimed in claims.values() for story in claimed}
    ids = []
    for at, cluster in enumerate(clusters):
        ids.append(claims[at][0].id if at in claims else _new_id(cluster, taken))
        taken.add(ids[-1])
    return ids, merged


def _was(told: Told, before: Mapping[tuple[str, int], Story]) -> str | None:
    story = before.get((told.telling.url, told.position))
    return story.id if story else None


def _kinship(
    cluster: Cluster, story: Story, before: Mapping[tuple[str, int], Story]
) -> tuple[bool, bool, int, tuple[object, ...]]:
    mine = [one for one in cluster.told if _was(one, before) == story.id]
    opener = any(one.telling.url == story.first_url for one in mine)
    return story.title_key in cluster.keys, opener, len(mine), mine[0].order


def _new_id(cluster: Cluster, taken: set[str]) -> str:
    ids = (stories.story_id(one.announcement, one.telling.url, one.position) for one in cluster.told)
    free = next((made for made in ids if made not in taken), None)
    first = cluster.told[0]
    return free or stories.story_id(first.announcement, first.telling.url + "#", len(taken))


def _alive(clusters: Sequence[Cluster], ids: Sequence[str], rules: Rules) -> list[tuple[Story, Cluster]]:
    lives = [
        (life.fold(cluster.told, story_id=story_id, groups=rules.groups, led=cluster.led), cluster)
        for cluster, story_id in zip(clusters, ids, strict=True)
    ]
    turned = turns.linked(lives, rules.lore)
    return [(turned.get(story.id, story), cluster) for story, cluster in lives]


def _changes(
    new: Sequence[Told], homes: Mapping[tuple[str, int], Story], known: Sequence[Known], merged: Mapping[str, str]
) -> list[StoryChange]:
    """Tell what an article does to the stories it tells; of two announcements of one story the first counts."""
    found: dict[str, StoryChange] = {}
    for one in new:
        story = homes[one.telling.url, one.position]
        if story.id not in found:
            was = [old.story for old in known if merged.get(old.story.id, old.story.id) == story.id]
            changed = _changed(story, was, one.telling.url)
            event = Event.UPDATE if was else Event.NEW
            found[story.id] = StoryChange(story=story, event=event, changed=changed, announcement=one.announcement)
    return list(found.values())


def _changed(story: Story, was: Sequence[Story], url: str) -> tuple[str, ...]:
    """Name what an article changes: a step of the story that this article made, to what no earlier form of it had.

    A story that was two until now says nothing to those who know either, unless the fact is news to both.
    """
    steps = [one for one in story.history if one.url == url]
    made = {one.field for one in steps if one.field != "date" or is_news(story.kind, one)}
    changed = [name for name, of in _TOLD_OF.items() if name in made and all(of(story) != of(old) for old in was)]
    turned = [name for name in sorted(turns.LINKED & made) if not any(_has_step(old, name) for old in was)]
    return (*changed, *turned) if was else ()


def _has_step(story: Story, name: str) -> bool:
    return any(one.field == name for one in story.history)


def _turns(
    changes: Sequence[StoryChange], now: Sequence[Story], known: Sequence[Known], telling: Telling
) -> list[StoryChange]:
    """Tell of the stories that this article ends or rescues though it tells another one of the work."""
    own = {change.story.id for change in changes}
    old = {one.story.id: one.story for one in known}
    turned = []
    for story in now:
        if story.id in own or story.id not in old:
            continue
        made = [one for one in story.history if one.url == telling.url and one.field in turns.LINKED]
        changed = tuple(sorted({one.field for one in made if not _has_step(old[story.id], one.field)}))
        by = [
            change.announcement
            for change in changes
            if any(one.quote == change.announcement.evidence.sentence for one in made)
        ]
        if changed and by:
            turned.append(StoryChange(story=story, event=Event.UPDATE, changed=changed, announcement=by[0]))
    return turned


def _tells(change: StoryChange) -> bool:
    return change.event is Event.NEW or bool(change.changed)


def conclude(
    placed: Placed, owed: Sequence[Delivery], *, age: timedelta, fresh: timedelta, muted: bool = False
) -> Decision:
    """Name the one outcome of an article, with its reason, from what it changed and who is to hear of it.

    A `muted` article was listed with everything its source had before, and nothing says that it is fresh.
    """
    outcome, reason = _outcome(placed, owed, age, fresh)
    if muted and placed.changes:
        reason = "undated, and listed together with everything this source had before: kept, alerts nobody"
    return Decision(
        outcome=outcome,
        reason=reason,
        changes=placed.changes,
        joined=tuple(change.story for change in placed.joined),
        placed=placed.placed,
        deliveries=tuple(owed),
    )


def _outcome(placed: Placed, owed: Sequence[Delivery], age: timedelta, fresh: timedelta) -> tuple[Outcome, str]:
    told = f"owed to {', '.join(dict.fromkeys(f'{one.subscription} on {one.target}' for one in owed))}"
    if any(delivery.event is Event.NEW for delivery in owed):
        return Outcome.ANNOUNCED, told
    if owed:
        return Outcome.UPDATED, told
    if placed.joined and not placed.changes:
        known = placed.joined[0].story
        return Outcome.CORROBORATED, f"already known from {known.outlets[0]} since {known.first_seen:%Y-%m-%d}"
    if placed.changes:
        return Outcome.QUIET, _quiet(placed.changes, age, fresh)
    return Outcome.NOTHING, "announces nothing"


def _quiet(changes: Sequence[StoryChange], age: timedelta, fresh: timedelta) -> str:
    """Say why nobody hears of changes."""
    if all(one.story.retracted for one in changes):
        return "a reader called this wrong: kept, alerts nobody"
    if age > fresh:
        return f"published {age.days} days ago: kept, too old to alert"
    what = ", ".join(dict.fromkeys(f"{one.story.kind} ({one.story.origin})" for one in changes))
    return f"nobody subscribed to this: {what}"


def _headline_first(change: StoryChange) -> bool:
    return change.announcement.prominence is not Prominence.HEADLINE
