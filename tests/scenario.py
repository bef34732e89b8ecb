"""Plays story scenarios (tests/scenarios/*.toml) through the real pipeline, on a real store, with the clock passed.

A fixture says what each article announces, so that the reader's errors are no part of it; an article with a `text`
goes through the real classifier instead. How a fixture is written: tests/scenarios/README.md.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from math import factorial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler import Article, Entry, SourceKind, Tier, canonical_url
from monitor import buyers
from monitor.classifier import Classifier
from monitor.config import load
from monitor.data import folder
from monitor.pipeline import Pipeline
from monitor.store import Store, deliveries, entries, sources
from monitor.store import stories as story_rows
from monitor.subscribing import Subscription
from monitor.types import Announcement, Evidence, Source, Story
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

FOLDER = Path(__file__).parent / "scenarios"
KINDS = {kind.value: kind for kind in Kind}
#: Up to so many articles every order of arrival is played; of more, this many orders drawn with a fixed seed.
ALL_ORDERS_OF, SOME_ORDERS = 4, 24
#: What a new installation subscribes to, in short.
USUAL = '[[subscriptions]]\nname = "crow"\ntargets = ["terminal"]\n'
FRESH = timedelta(days=2)
_AGES = timedelta(days=36_500)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One little world: articles in, stories and messages out."""

    name: str
    file: str
    articles: tuple[Mapping[str, Any], ...]
    stories: tuple[Mapping[str, Any], ...]
    messages: tuple[Mapping[str, Any], ...]
    config: str = ""  #: subscriptions, as a user writes them
    any_order: bool = True  #: false, with the reason in the fixture: the order of arrival is what it is about


@dataclass(slots=True)
class Played:
    """What a scenario came to."""

    stories: list[Story] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)


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
            stories=tuple(given.pop("stories", ())),
            messages=tuple(given.pop("messages", ())),
            config=given.pop("config", ""),
            any_order=given.pop("any_order", True),
        )
        assert not given, f"{file.name}: what is {', '.join(given)}?"
    assert not data, f"{file.name}: what is {', '.join(data)}?"


@cache
def classifier() -> Classifier:
    return Classifier.load(folder("config"))


def orders(count: int) -> list[tuple[int, ...]]:
    """Give the orders of arrival to play, the articles' own first."""
    if count <= ALL_ORDERS_OF:
        return list(itertools.permutations(range(count)))
    chance = random.Random(count)  # noqa: S311 -- the same orders every time
    some = {tuple(chance.sample(range(count), count)) for _ in range(min(SOME_ORDERS, factorial(count)))}
    return [tuple(range(count)), tuple(reversed(range(count))), *sorted(some)]


def play(scenario: Scenario, order: Sequence[int] | None = None) -> Played:
    """Put a scenario's articles through the pipeline as they were published, or in another order of arrival.

    In another order all arrive after the last was published, a minute apart, and none is too old.
    """
    with Store.memory() as store:
        return play_on(store, scenario, order)


def play_on(store: Store, scenario: Scenario, order: Sequence[int] | None = None) -> Played:
    """Do so on a store that is there, and stays."""
    arriving = list(scenario.articles) if order is None else [scenario.articles[number] for number in order]
    latest = max(_read_at(given) for given in scenario.articles)
    played = Played()
    pipeline = _pipeline(store, scenario, fresh=FRESH if order is None else _AGES)
    for number, given in enumerate(arriving):
        now = _read_at(given) if order is None else latest + timedelta(minutes=number)
        played.outcomes.append(_put(pipeline, given, now))
    with store.read() as tx:
        played.stories = story_rows.all(tx, limit=1000)
        named = {story.id: name_of(story) for story in played.stories}
        for one in reversed(deliveries.listing(tx, limit=1000)):
            stories = [named[story] for story in one.stories]
            played.messages.append({"to": one.subscription, "at": one.next_try_at, one.event.value: stories})
    return played


def _read_at(given: Mapping[str, Any]) -> datetime:
    """An article is read as it is published, unless it says that we came later."""
    at: datetime = given.get("read", given["at"])
    return at.astimezone(UTC)


def _pipeline(store: Store, scenario: Scenario, *, fresh: timedelta) -> Pipeline:
    outlets = {given["by"]: given.get("language", "fr") for given in scenario.articles}
    listed = {_id(name): _source(name, language) for name, language in outlets.items()}
    with store.write() as tx:
        sources.sync(tx, list(listed.values()), now=datetime(2020, 1, 1, tzinfo=UTC))
    return Pipeline(
        store=store,
        classifier=classifier(),
        sources=listed,
        subscriptions=_subscriptions(scenario.config),
        fresh=fresh,
        groups=buyers.load(folder("config")),
    )


def _id(outlet: str) -> str:
    return "o" + hashlib.sha256(outlet.encode()).hexdigest()[:8]


def _source(name: str, language: str) -> Source:
    return Source(
        id=_id(name), name=name, url=f"https://{_id(name)}.example/feed", kind=SourceKind.FEED, language=language
    )


@cache
def _subscriptions(config: str) -> tuple[Subscription, ...]:
    """Read subscriptions as a user writes them, or give a new installation's."""
    with TemporaryDirectory() as place:
        file = Path(place) / "cocorico.toml"
        file.write_text(config or USUAL, encoding="utf-8")
        return load(file, env={}, data_dir=Path(place)).subscriptions


def _put(pipeline: Pipeline, given: Mapping[str, Any], now: datetime) -> str:
    """Let one article arrive; an address that was read before is not read again."""
    article = _article(given, now)
    source = pipeline.sources[article.source]
    found = pipeline.classify(article) if "text" in given else tuple(map(_announcement(given), given.get("what", ())))
    with pipeline.store.write() as tx:
        known = entries.by_url(tx, article.url)
        if known is not None and known.outcome is not None:
            return "known"
        entry = Entry(
            source=source.id,
            url=article.url,
            listed_url=article.url,
            title=article.title,
            published=article.published,
        )
        entry_id = entries.add(tx, entry, now=now, outcome=None, reason=None)
        return pipeline.keep(tx, entry_id, article, source, found, now=now).outcome.value


def _article(given: Mapping[str, Any], now: datetime) -> Article:
    source = _id(given["by"])
    name = hashlib.sha256(f"{given['headline']} {given['at']}".encode()).hexdigest()[:10]
    url = canonical_url(given.get("url") or f"https://{source}.example/{name}")
    return Article(
        order="",
        source=source,
        url=url,
        listed_url=url,
        title=given["headline"],
        summary=given.get("summary", ""),
        text=given.get("text", given.get("says", "")),
        language=given.get("language", "fr"),
        published=None if given.get("undated") else given["at"].astimezone(UTC),
        fetched_at=now,
        tier=Tier.GIVEN,
        quality=1.0,
    )


def _announcement(article: Mapping[str, Any]) -> Any:
    def build(given: Mapping[str, Any]) -> Announcement:
        values = dict(given)
        kind = next(kind for kind in KINDS if kind in values)
        title = values.pop(kind) or None
        sentence = values.pop("quote", article["headline"])
        cues = tuple(values.pop("cues", ()))
        prominence = Prominence(values.pop("prominence", "headline"))
        zone = "headline" if prominence is Prominence.HEADLINE else "body"
        made = Announcement(
            kind=KINDS[kind],
            title=title,
            work_type=WorkType(values.pop("type", "series")),
            season=values.pop("season", None),
            final=values.pop("final", False),
            platforms=tuple(values.pop("on", ())),
            producers=tuple(values.pop("producers", ())),
            people=tuple(values.pop("people", ())),
            origin=Origin(values.pop("origin", "french")),
            status=Status(values.pop("status", "confirmed")),
            prominence=prominence,
            confidence=values.pop("confidence", 0.9),
            evidence=Evidence(sentence=sentence, zone=zone, start=0, end=len(sentence), cues=cues),
        )
        assert not values, f"{article['headline']}: what is {', '.join(values)}?"
        return made

    return build


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
    "disputed": lambda story: sorted(getattr(story, "disputed", ())),
    "history": lambda story: [step_of(change) for change in story.history],
}
_SETS = frozenset({"on", "people", "disputed"})


def step_of(change: Any) -> str:
    """Write a step in a story's life: "status: rumoured -> confirmed (La Lune)"."""
    what = (
        f": {change.before} -> {change.after}" if change.before or (change.after and change.field != "opened") else ""
    )
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
