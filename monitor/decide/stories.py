"""Is this the fact we already know? Identity is kind + work + season + buyer.

A title is compared without case, accents, leading article and punctuation, under all names the work has, and with a
slip of the pen forgiven. Two works of one name on two platforms stay two, on siblings of one buyer if different people
make them; a remake stays beside its original, seasons 2 and 3 stay two. An untitled project is known by its buyer, its
type, its people, and the text that tells of it.

What belongs together is decided over all tellings of a work at once, oldest first: so the stories are the same in
whatever order the articles came in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.decide import near
from monitor.decide.clusters import Cluster, season_of, whole
from monitor.decide.cues import bought_by, buyers, persons
from monitor.decide.lore import Rules
from monitor.decide.naming import mark, title_key
from monitor.decide.projects import at_odds, same_project
from monitor.decide.samework import SAME_NEWS, same_work
from monitor.decide.sidebyside import Shown, learnt, shown
from monitor.telling import Ties, Told
from monitor.types import Announcement
from monitor.vocabulary import Kind, Prominence, Status

#: A fact told without its season is the one we know only this long after it was last told; then it is the next one.
SEASON_WINDOWS = {
    Kind.RENEWAL: timedelta(days=120),
    Kind.CANCELLATION: timedelta(days=400),
    Kind.ACQUISITION: timedelta(days=400),
    Kind.RELEASE_DATE: timedelta(days=400),
    Kind.NEW_ORIGINAL: timedelta(days=1095),  # a work of that name announced three years later is another one
}
#: How firm a telling can be: see `_firmness`.
_FIRMEST = (list(Status).index(Status.CONFIRMED), True)
#: What a reader corrected, or called wrong, is read again in the same news only; later it is announced in earnest.
_MISREAD_WINDOW = timedelta(days=30)


def key(announcement: Announcement) -> str:
    """Give the key that a story with this announcement has; an untitled one's begins with "?"."""
    if announcement.title:
        return title_key(announcement.title)
    bought = "+".join(sorted(title_key(name) for name in announcement.platforms))
    people = "+".join(sorted(title_key(name) for name in announcement.people))
    return f"? {announcement.work_type} {bought} {people}".strip()


def story_id(announcement: Announcement, article_url: str, position: int) -> str:
    """Name a story after what opened it: the same article read again gives the same id."""
    text = "\n".join((article_url, announcement.kind, key(announcement), str(announcement.season), str(position)))
    return "s-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def gather(told: Sequence[Told], rules: Rules, ties: Ties = Ties()) -> list[Cluster]:  # noqa: B008 -- frozen
    """Put tellings that are related into stories, oldest first; in whatever order they are given."""
    ordered = sorted(told, key=lambda one: one.order)
    rules = replace(rules, names=learnt(ordered, ties, rules.names))
    beside = shown(ordered, rules)
    clusters: list[Cluster] = []
    for bundle in _bundles(ordered, ties):
        sides: list[Cluster] = []
        for one in bundle:
            with_it = [*bundle, *(told for side in sides for told in side.told)]
            cluster = _best(one, with_it, clusters, rules, ties, beside)
            if cluster is None:
                cluster = Cluster(kind=one.announcement.kind)
                clusters.append(cluster)
            cluster.take(one, rules)
            cluster.told.sort(key=lambda told: told.order)
            (sides or [cluster])[0].tie(cluster)
            sides = cluster.sides
        sides[0].led = sides[0].led or _led(bundle, ties)
    return [whole(one.sides) for one in clusters if one is one.sides[0]]


def _bundles(ordered: Sequence[Told], ties: Ties) -> list[list[Told]]:
    """Put together what a person tied together; each bundle stands where its oldest telling does."""
    place: dict[str, list[Told]] = {}
    for one in ordered if ties.together else ():
        place.setdefault(mark(one), []).append(one)
    for one in ordered if place else ():
        for other in sorted(ties.together.get(mark(one), ())):
            mine, theirs = place[mark(one)], place.get(other)
            if theirs is not None and theirs is not mine:
                mine += theirs
                place |= {mark(moved): mine for moved in theirs}
    done: set[int] = set()
    bundles = []
    for one in ordered:
        bundle = place.get(mark(one), [one]) if place else [one]
        if id(bundle) not in done:
            done.add(id(bundle))
            bundles.append(sorted(bundle, key=lambda told: told.order))
    return bundles


def _led(bundle: Sequence[Told], ties: Ties) -> Told | None:
    """Give the telling that a bundle made by hand goes by: one of the story that was kept."""
    return next((one for one in bundle if len(bundle) > 1 and mark(one) in ties.leaders), None)


def _best(
    told: Told,
    with_it: Sequence[Told],
    clusters: Sequence[Cluster],
    rules: Rules,
    ties: Ties,
    beside: Shown,
) -> Cluster | None:
    """Find the story, or the side of one, that a telling joins: the most alike, then the one told last.

    Args:
        with_it: the telling and all that a person tied to it, of which none may be kept apart from that story.
    """
    fits = [
        cluster
        for cluster in clusters
        if _same(told, cluster, rules, beside) and not any(_kept_apart(one, cluster, ties) for one in with_it)
    ]
    return max(fits, key=lambda cluster: _likeness(told, cluster, rules), default=None)


def _likeness(told: Told, cluster: Cluster, rules: Rules) -> tuple[object, ...]:
    said = told.announcement
    as_said = told.wrong in cluster.wrong if told.wrong else not cluster.wrong
    wordings = (near.wording(said, one.announcement, rules.lore) for one in cluster.told[-8:] if not said.title)
    return (
        as_said,
        bool(said.title) and bool(rules.names.works(said.title or "") & cluster.works),
        cluster.season == season_of(said),
        bool(buyers(bought_by(said, cluster.platforms), rules.groups) & cluster.buyers),
        bool(persons(said.people) & cluster.people),
        bool(cluster.platforms.intersection(said.platforms)),
        max(wordings, default=0.0),
        cluster.told[-1].telling.at,
        cluster.told[0].order,
    )


def _kept_apart(told: Told, cluster: Cluster, ties: Ties) -> bool:
    apart = ties.apart.get(mark(told)) if ties.apart else None
    return apart is not None and any(mark(one) in apart for side in cluster.sides for one in side.told)


def _same(told: Told, cluster: Cluster, rules: Rules, beside: Shown) -> bool:
    """Tell whether an announcement is the fact of a story as it stands."""
    said = told.announcement
    if said.kind is not cluster.kind or not _same_season(told, cluster) or _told_in_earnest(told, cluster):
        return False
    if any(one.telling.url == told.telling.url and not (one.announcement.title and said.title) for one in cluster.told):
        return False  # the second untitled project of a slate is not the first
    if said.title and cluster.works:
        return same_work(told, cluster, rules, beside)
    if said.title and any(side.works for side in cluster.sides):
        return False  # a person gave this project its title, and it is another one
    return any(same_project(told, one, rules) for one in cluster.told) and not _at_odds(told, cluster, rules)


def _at_odds(told: Told, cluster: Cluster, rules: Rules) -> bool:
    """Tell whether a project speaks against another one's tellings, though one of these could be of both.

    One star may have a comedy and a thriller at one buyer; and who says less than either would join two projects.
    """
    said = told.announcement
    sorts = frozenset[str]().union(*(near.genres(one.announcement, rules.lore) for one in cluster.told))
    if near.at_odds(near.genres(said, rules.lore), sorts):
        return True
    others = [one for one in cluster.told if not (said.title or one.announcement.title)]
    return any(at_odds(said, one.announcement, rules.lore) and not same_project(told, one, rules) for one in others)


def _same_season(told: Told, cluster: Cluster) -> bool:
    season = season_of(told.announcement)
    if season is not None and cluster.season is not None:
        again = season in cluster.misread and told.telling.at - cluster.last <= _MISREAD_WINDOW
        return season == cluster.season or again
    if told.announcement.kind is Kind.RENEWAL or season != cluster.season or season is None:
        return told.telling.at - cluster.last <= SEASON_WINDOWS[told.announcement.kind]
    return True


def _told_in_earnest(told: Told, cluster: Cluster) -> bool:
    """Tell whether a telling is news though a reader called the story wrong, or the other way round.

    It is when it says more than was called wrong, when another outlet is certain in its headline once copies have died
    down, and in any case when nobody has told the wrong one for long.
    """
    if told.wrong in cluster.wrong or not (told.wrong or cluster.wrong):
        return False
    if told.telling.at - cluster.last > _MISREAD_WINDOW:
        return True
    judged = [one for one in cluster.told if one.wrong_at is None or one.telling.at <= one.wrong_at] or cluster.told
    told_since = told.telling.at - cluster.told[0].telling.at
    new = told.telling.outlet not in {one.telling.outlet for one in cluster.told}
    firmest = max(map(_firmness, judged))
    firmer = _firmness(told) < firmest if told.wrong else _firmness(told) > firmest
    if firmer and (new or told_since > SAME_NEWS):
        return True
    certain = new and not told.wrong and _firmness(told) == _FIRMEST
    return certain and told_since > SAME_NEWS and not _copied(told, judged)


def _copied(told: Told, others: Sequence[Told]) -> bool:
    """Tell whether a telling has another one's words: its sentence, or the text around it."""
    sentence = title_key(told.announcement.evidence.sentence)
    return any(
        sentence == title_key(one.announcement.evidence.sentence) or near.alike(told.shingles, one.shingles)
        for one in others
    )


def _firmness(told: Told) -> tuple[int, bool]:
    """Tell how sure a telling is, and how prominent; a denial is no surer than the rumour that it denies."""
    said = told.announcement
    certainty = max(1, list(Status).index(said.status))
    return certainty, said.prominence is Prominence.HEADLINE
