"""Story scenarios (tests/scenarios/*.toml): reading the fixtures, and reading off a story what they speak of.

How a fixture is written: tests/scenarios/README.md. They are played by tests/playing.py.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import factorial
from pathlib import Path
from typing import Any

from crawler import Article, Tier, canonical_url
from monitor.types import Announcement, Change, Evidence, Story
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

FOLDER = Path(__file__).parent / "scenarios"
KINDS = {kind.value: kind for kind in Kind}
#: Up to so many articles every order of arrival is played; of more, this many orders drawn with a fixed seed.
ALL_ORDERS_OF, SOME_ORDERS = 4, 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One little world: articles in, stories and messages out."""

    name: str
    file: str
    articles: tuple[Mapping[str, Any], ...]
    stories: tuple[Mapping[str, Any], ...]
    messages: tuple[Mapping[str, Any], ...]
    config: str = ""  #: subscriptions, as a user writes them
    hand: tuple[Mapping[str, Any], ...] = ()  #: corrections by a person, each after so many articles
    until: datetime | None = None  #: how long the clock goes on after the last article
    any_order: bool = True  #: false, with the reason in the fixture: the order of arrival is what it is about

    @property
    def label(self) -> str:
        """Its file and name."""
        return f"{self.file}: {self.name}"


def without_hand(scenario: Scenario) -> Scenario:
    """Give the scenario as it was before anybody corrected it."""
    return replace(scenario, hand=())


def scenarios() -> list[Scenario]:
    """Read all fixtures, in the order of their files."""
    return [one for file in sorted(FOLDER.glob("*.toml")) for one in _scenarios(file)]


def _scenarios(file: Path) -> Iterator[Scenario]:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    for given in data.pop("scenario"):
        yield Scenario(
            name=given.pop("name"),
            file=file.stem,
            articles=tuple(given.pop("article")),
            stories=tuple(given.pop("stories")),
            messages=tuple(given.pop("messages")),
            config=given.pop("config", ""),
            hand=tuple(given.pop("hand", ())),
            until=given.pop("until", None),
            any_order=given.pop("any_order", True),
        )
        assert not given, f"{file.name}: what is {', '.join(given)}?"
    assert not data, f"{file.name}: what is {', '.join(data)}?"


def orders(count: int) -> list[tuple[int, ...]]:
    """Give the orders of arrival to play, the articles' own first."""
    if count <= ALL_ORDERS_OF:
        return list(itertools.permutations(range(count)))
    chance = random.Random(count)  # noqa: S311 -- the same orders every time
    some = {tuple(chance.sample(range(count), count)) for _ in range(min(SOME_ORDERS, factorial(count)))}
    return [tuple(range(count)), tuple(reversed(range(count))), *sorted(some)]


def source_id(outlet: str) -> str:
    """Name an outlet's source."""
    return "o" + hashlib.sha256(outlet.encode()).hexdigest()[:8]


def published(given: Mapping[str, Any]) -> datetime:
    """Give when an article was published."""
    at: datetime = given["at"]
    return at.astimezone(UTC)


def read_at(given: Mapping[str, Any]) -> datetime:
    """Give when an article is read: as it is published, unless it says that we came later."""
    at: datetime = given.get("read", given["at"])
    return at.astimezone(UTC)


def url_of(given: Mapping[str, Any]) -> str:
    """Give an article's address: its own, or one made of its headline and time."""
    name = hashlib.sha256(f"{given['headline']} {given['at']}".encode()).hexdigest()[:10]
    return canonical_url(given.get("url") or f"https://{source_id(given['by'])}.example/{name}")


def article_of(given: Mapping[str, Any], now: datetime) -> Article:
    """Make the article that we fetch."""
    url = url_of(given)
    return Article(
        order="",
        source=source_id(given["by"]),
        url=url,
        listed_url=url,
        title=given["headline"],
        summary=given.get("summary", ""),
        text=given.get("text", given.get("says", "")),
        language=given.get("language", "fr"),
        published=None if given.get("undated") else published(given),
        fetched_at=now,
        tier=Tier.GIVEN,
        quality=1.0,
    )


def announcements_of(article: Mapping[str, Any]) -> tuple[Announcement, ...]:
    """Make what an article is said to announce."""
    return tuple(_announcement(given, article["headline"]) for given in article["what"])


def _announcement(given: Mapping[str, Any], headline: str) -> Announcement:
    values = dict(given)
    kind = next(kind for kind in KINDS if kind in values)
    title = values.pop(kind) or None
    sentence = values.pop("quote", headline)
    prominence = Prominence(values.pop("prominence", "headline"))
    zone = "headline" if prominence is Prominence.HEADLINE else "body"
    cues = tuple(values.pop("cues", ()))
    made = Announcement(
        kind=KINDS[kind],
        title=title,
        also=tuple(values.pop("also", ())),
        work_type=WorkType(values.pop("type", "series")),
        season=values.pop("season", None),
        final=values.pop("final", False),
        rescued=values.pop("rescued", False),
        platforms=tuple(values.pop("on", ())),
        producers=tuple(values.pop("producers", ())),
        people=tuple(values.pop("people", ())),
        origin=Origin(values.pop("origin", "french")),
        status=Status(values.pop("status", "confirmed")),
        prominence=prominence,
        confidence=values.pop("confidence", 0.9),
        evidence=Evidence(sentence=sentence, zone=zone, start=0, end=len(sentence), cues=cues),
    )
    assert not values, f"{headline}: what is {', '.join(values)}?"
    return made


def name_of(story: Story) -> str:
    """Name a story as fixtures do in their messages: its title, and its season if it has one."""
    title = story.title or "untitled"
    return title if story.season is None else f"{title} {story.season}"


#: What a fixture may say of a story, and how it is read off one.
FACTS: Mapping[str, Any] = {
    "season": lambda story: story.season,
    "status": lambda story: story.status.value,
    "on": lambda story: sorted(story.platforms),
    "people": lambda story: sorted(story.people),
    "origin": lambda story: story.origin.value,
    "type": lambda story: story.work_type.value,
    "final": lambda story: story.final,
    "from": lambda story: list(story.outlets),
    "disputed": lambda story: sorted(story.disputed),
    "history": lambda story: [step_of(change) for change in story.history],
}
_SETS = frozenset({"on", "people", "disputed"})


def step_of(change: Change) -> str:
    """Write a step in a story's life: "status: rumoured -> confirmed (La Lune)"."""
    what = "" if change.field == "opened" or not change.after else f": {change.before} -> {change.after}"
    return f"{change.field}{what} ({change.outlet})"


def expected_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a fixture says of a story; what it leaves out is ordinary, or not looked at."""
    kind = next(kind for kind in KINDS if kind in given)
    said = {"season": None, "status": "confirmed", "disputed": [], **{k: v for k, v in given.items() if k != kind}}
    unknown = set(said) - set(FACTS)
    assert not unknown, f"what is {', '.join(unknown)}?"
    return {"kind": kind, "title": given[kind] or None, **{k: sorted(v) if k in _SETS else v for k, v in said.items()}}


def observed(story: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Read off a story what a fixture speaks of."""
    facts = {name: FACTS[name](story) for name in expected if name in FACTS}
    return {"kind": story.kind.value, "title": story.title, **facts}


def state(story: Story) -> dict[str, Any]:
    """Give all that must not depend on the order of arrival: everything but the id."""
    return {"kind": story.kind.value, "title": story.title} | {name: read(story) for name, read in FACTS.items()}
