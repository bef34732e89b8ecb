"""A store with a million stories: copies of one that the pipeline itself kept, each made another one, in bulk."""

from __future__ import annotations

import json
import random
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler import Article, Entry, SourceKind, Tier
from monitor import data
from monitor.classifier import Classifier
from monitor.decide import cues, near
from monitor.decide.naming import title_key
from monitor.pipeline import Pipeline
from monitor.store import Store, entries, sources
from monitor.telling import Telling, Told
from monitor.types import Announcement, Evidence, Source
from monitor.vocabulary import Kind, Origin, Status

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_PLATFORMS = ("Netflix", "Arte", "Canal+", "TF1", "France 2", "Prime Video", "Disney+", "M6", "France 3", "HBO Max")
_SYLLABLES = tuple(a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "on", "el", "ir"))
_GENRES = ("thriller", "comédie", "drame", "polar", "saga")
_TABLES = ("entries", "articles", "announcements", "stories", "story_changes", "story_articles")
_BATCH = 5_000


def announcement(number: int) -> Announcement:
    """Make what the story of a number announces: the same each time."""
    chance = random.Random(number)  # noqa: S311 - a bench
    shared = random.Random(number - 1) if number % 20 == 0 else chance  # noqa: S311
    words = ["".join(shared.choices(_SYLLABLES, k=shared.randint(2, 4))).capitalize() for _ in range(2)]
    kind = chance.choices((Kind.RENEWAL, Kind.NEW_ORIGINAL, Kind.CANCELLATION), (6, 3, 1))[0]
    untitled = kind is Kind.NEW_ORIGINAL and number % 15 == 0
    title = None if untitled else " ".join(words)
    person = "".join(chance.choices(_SYLLABLES, k=3)).capitalize()
    sentence = f"{person} prépare {title or 'un ' + chance.choice(_GENRES)} à {words[0]}, près de {words[1]}."
    return Announcement(
        kind=kind,
        title=title,
        season=chance.randint(2, 9) if kind is Kind.RENEWAL else None,
        platforms=(_PLATFORMS[number % len(_PLATFORMS)],),
        people=(f"{person} {words[0]}",) if kind is Kind.NEW_ORIGINAL else (),
        origin=Origin.FRENCH,
        status=Status.CONFIRMED,
        confidence=0.9,
        evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence)),
    )


def telling(said: Announcement, number: int, *, at: datetime, outlet: str = "Gazette") -> Told:
    """Say it in an article of its own."""
    url = f"https://{title_key(outlet)}.example/{number}"
    around = near.shingles(said.evidence.sentence) if cues.is_project(said) else frozenset()
    return Told(telling=Telling(outlet=outlet, url=url, at=at), position=0, announcement=said, shingles=around)


def _at(number: int) -> datetime:
    return NOW - timedelta(minutes=10 * number)  # a million are nineteen years


def fill(path: Path, count: int, groups: Mapping[str, str]) -> None:
    """Keep one story as the pipeline does, and copy it, each copy with what makes it another one."""
    with Store.open(f"sqlite:///{path}") as store:
        _keep_one(store)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.row_factory = sqlite3.Row
    models = {name: dict(connection.execute(f"SELECT * FROM {name} LIMIT 1").fetchone()) for name in _TABLES}  # noqa: S608
    for start in range(2, count + 1, _BATCH):
        batch: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for number in range(start, min(start + _BATCH, count + 1)):
            _copy(batch, models, number, groups)
        for table, rows in batch.items():
            names = ", ".join(rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            connection.executemany(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({values})", rows)  # noqa: S608
        connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def _keep_one(store: Store) -> None:
    source = Source(
        id="gazette", name="Gazette", url="https://gazette.example/feed", kind=SourceKind.FEED, language="fr"
    )
    said = announcement(1)
    url = "https://gazette.example/1"
    pipeline = Pipeline(
        store=store,
        classifier=Classifier.load(data.folder("config")),
        sources={source.id: source},
        subscriptions=(),
        fresh=timedelta(days=2),
    )
    article = Article(
        order="",
        source=source.id,
        url=url,
        listed_url=url,
        title="1",
        text=said.evidence.sentence,
        published=NOW,
        fetched_at=NOW,
        tier=Tier.FAST,
        quality=0.9,
    )
    with store.write() as tx:
        sources.sync(tx, [source], now=NOW)
        entry = entries.add(
            tx, Entry(source=source.id, url=url, listed_url=url, title="1"), now=NOW, outcome=None, reason=None
        )
        pipeline.keep(tx, entry, article, source, [said], now=NOW)


def _copy(
    batch: dict[str, list[dict[str, Any]]], models: dict[str, dict[str, Any]], number: int, groups: Mapping[str, str]
) -> None:
    said, at = announcement(number), _at(number)
    told, story = telling(said, number, at=at), f"s-{number:012x}"
    url, when = told.telling.url, f"{at:%Y-%m-%d %H:%M:%S}.000000"
    changed = _article_rows(said, number, story=story, url=url, when=when)
    changed |= _story_rows(said, number, story=story, url=url, when=when)
    for table, values in changed.items():
        batch[table].append({**models[table], **values})
    batch["story_cues"] += [{"cue": cue, "story_id": story} for cue in cues.kept(told, groups=groups)]


def _article_rows(said: Announcement, number: int, *, story: str, url: str, when: str) -> dict[str, dict[str, Any]]:
    """What an article's copy has of its own, by table."""
    return {
        "entries": {"id": number, "url": url, "listed_url": url, "guid": None},
        "articles": {
            "id": number,
            "entry_id": number,
            "url": url,
            "listed_url": url,
            "text_hash": f"{number:064x}",
            "published": when,
            "told_at": when,
            "text": said.evidence.sentence,
        },
        "announcements": {
            **_common(said),
            "article_id": number,
            "story_id": story,
            "shingles": None,
            "evidence": json.dumps(asdict(said.evidence)),
        },
    }


def _story_rows(said: Announcement, number: int, *, story: str, url: str, when: str) -> dict[str, dict[str, Any]]:
    """What a story's copy has of its own, by table."""
    return {
        "stories": {
            **_common(said),
            "id": story,
            "title_key": title_key(said.title or f"? {number}"),
            "untitled": said.title is None,
            "first_seen": when,
            "first_url": url,
        },
        "story_changes": {"story_id": story, "at": when, "url": url, "quote": said.evidence.sentence},
        "story_articles": {"story_id": story, "article_url": url},
    }


def _common(said: Announcement) -> dict[str, Any]:
    return {
        "kind": said.kind.value,
        "title": said.title,
        "season": said.season,
        "platforms": json.dumps(said.platforms),
        "people": json.dumps(said.people),
    }
