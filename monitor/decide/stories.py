"""Is this the fact we already know? Identity is kind + work + season + buyer.

A title is compared without case, accents, leading article and punctuation. Two works of one name on two platforms
stay two; seasons 2 and 3 stay two. An untitled project is known by its buyer, its type and its people.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.types import Announcement, Story
from monitor.vocabulary import Kind

#: Untitled projects with no person in common are taken for one only when told this close together.
UNTITLED_WINDOW = timedelta(days=10)
#: A renewal told without its season is the one we know only this long; a year later it is the next one.
SEASON_WINDOW = timedelta(days=120)
#: With a person in common they are one project for much longer: development takes about a year.
PEOPLE_WINDOW = timedelta(days=400)
_ARTICLES = re.compile(r"^(?:l'|d'|(?:le|la|les|un|une|des|the|a|an)\s+)")
_NOT_WORD = re.compile(r"[^\w+]+")


def title_key(title: str) -> str:
    """Reduce a title to what is compared: "L'Été en pente douce !" and "ete en pente douce" are one.

    A title that is nothing but an article or punctuation keeps its letters, so that no key is empty.
    """
    plain = unicodedata.normalize("NFKD", title.replace("’", "'").replace("œ", "oe").replace("Œ", "OE")).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char)).strip()
    without = _ARTICLES.sub("", plain)
    return _NOT_WORD.sub(" ", without).strip() or _NOT_WORD.sub(" ", plain).strip() or plain or title.strip()


def key(announcement: Announcement) -> str:
    """Give the key a story with this announcement is looked up by; an untitled one's begins with "?"."""
    if announcement.title:
        return title_key(announcement.title)
    buyers = "+".join(sorted(title_key(name) for name in announcement.platforms))
    people = "+".join(sorted(title_key(name) for name in announcement.people))
    return f"? {announcement.work_type} {buyers} {people}".strip()


def story_id(announcement: Announcement, article_url: str, position: int) -> str:
    """Name a story after what opened it: the same article read again gives the same id."""
    text = "\n".join((article_url, announcement.kind, key(announcement), str(announcement.season), str(position)))
    return "s-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def find(
    announcement: Announcement,
    stories: Sequence[Story],
    *,
    at: datetime,
    groups: Mapping[str, str],
    taken: Collection[str] = (),
) -> Story | None:
    """Find the story this announcement belongs to, or None when it opens one.

    `groups` maps a platform's name to its owner ("TF1+" to "TF1"): siblings are one buyer. `taken` are stories that
    another announcement of the same article already belongs to; a slate's second untitled project is not its first.
    Of several matches the most alike wins: same season before unknown, then the youngest.
    """
    matches = [story for story in stories if story.id not in taken and same(announcement, story, at=at, groups=groups)]
    return max(matches, key=lambda story: (story.season == announcement.season, story.first_seen), default=None)


def same(announcement: Announcement, story: Story, *, at: datetime, groups: Mapping[str, str]) -> bool:
    """Tell whether an announcement made at a time is the fact of a story."""
    if announcement.kind is not story.kind or not _same_season(announcement, story, at):
        return False
    if announcement.title and story.title:
        return title_key(announcement.title) == title_key(story.title) and _buyers_agree(announcement, story, groups)
    if announcement.kind is not Kind.NEW_ORIGINAL and not (announcement.title is None and story.title is None):
        return False
    return _same_project(announcement, story, at, groups)


def _same_project(announcement: Announcement, story: Story, at: datetime, groups: Mapping[str, str]) -> bool:
    """Compare where at least one side has no title yet: buyer, type, and people or nearness in time."""
    apart = abs(at - story.first_seen)
    if announcement.work_type is not story.work_type or not _share(announcement.platforms, story.platforms, groups):
        return False
    mine, theirs = _keys(announcement.people), _keys(story.people)
    if mine & theirs:
        return apart <= PEOPLE_WINDOW
    both_untitled = announcement.title is None and story.title is None
    return both_untitled and not (mine and theirs) and mine == theirs and apart <= UNTITLED_WINDOW


def _buyers_agree(announcement: Announcement, story: Story, groups: Mapping[str, str]) -> bool:
    if not announcement.platforms or not story.platforms:
        return True
    return _share(announcement.platforms, story.platforms, groups)


def _share(one: Iterable[str], other: Iterable[str], groups: Mapping[str, str]) -> bool:
    return bool({groups.get(name, name) for name in one} & {groups.get(name, name) for name in other})


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(title_key(name) for name in names)


def _same_season(announcement: Announcement, story: Story, at: datetime) -> bool:
    if announcement.season is not None and story.season is not None:
        return announcement.season == story.season
    if announcement.kind is not Kind.RENEWAL:
        return True
    last_told = max((step.at for step in story.history), default=story.first_seen)
    return abs(at - last_told) <= SEASON_WINDOW
