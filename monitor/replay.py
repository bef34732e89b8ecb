"""Saved articles through the real reading, deciding and keeping, on a store in memory. Nothing is ever sent.

Each article is judged as of its own publication date, in the order given.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import crawler
from crawler import Article, Entry, Fetch, Rejected, RejectReason, SourceKind, Tier
from monitor.alerts.context import DeliveryContext
from monitor.classifier import Classifier
from monitor.decide.naming import Names
from monitor.pipeline import Pipeline
from monitor.reading import document_from_meta
from monitor.store import Store, deliveries, entries, sources
from monitor.store import stories as story_rows
from monitor.subscribing import INSTANT, Escalation, Subscription
from monitor.types import Announcement, Decision, MonitorError, Source, Story
from monitor.vocabulary import Outcome

_PAGES = (".html", ".htm", ".html.gz")
_STREAMS = (".jsonl", ".jsonl.gz")
_SUFFIXES = (".txt", *_PAGES, *_STREAMS)


class ReplayError(MonitorError):
    """A saved article can't be read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """One saved article, or why its page yields none."""

    path: str
    record: Article | Rejected


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What became of one saved article."""

    path: str
    outcome: Outcome
    reason: str
    announcements: tuple[Announcement, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """What a replay came to."""

    articles: tuple[Replayed, ...]
    stories: tuple[Story, ...]
    alerts: tuple[DeliveryContext, ...]


def saved(paths: Iterable[Path], *, now: datetime) -> Iterator[Saved]:
    """Read saved articles: text files, pages, record streams, and folders of these, in the order given.

    A folder with a `page.html` is one article; its `meta.toml`, if there, says what the listing said.

    Raises:
        ReplayError: a path isn't there, or can't be read.
    """
    for path in paths:
        if not path.exists():
            raise ReplayError(f"{path}: no such file or folder")
        for file in _files(path):
            try:
                yield from _read(file, now)
            except (OSError, ValueError, tomllib.TOMLDecodeError, crawler.CrawlError) as error:
                raise ReplayError(f"{file}: {error}") from error


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif (page := path / "page.html").is_file():
        yield page
    else:
        for child in sorted(path.iterdir()):
            if child.is_dir() or child.name.endswith(_SUFFIXES):
                yield from _files(child)


def _read(file: Path, now: datetime) -> Iterator[Saved]:
    body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    if file.name.endswith(_STREAMS):
        for number, line in enumerate(body.decode("utf-8").splitlines(), 1):
            record = crawler.decode(line)
            if isinstance(record, Article | Rejected):
                yield Saved(path=f"{file}:{number}", record=record)
        return
    meta = _meta(file)
    record = _page(file, body, meta, now) if file.name.endswith(_PAGES) else _text(file, body, meta, now)
    yield Saved(path=str(file), record=record)


def _meta(file: Path) -> Mapping[str, object]:
    beside = file.parent / "meta.toml"
    return tomllib.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}


def _entry(file: Path, meta: Mapping[str, object]) -> Entry:
    url = str(meta.get("url") or f"https://replay.invalid/{file.resolve().as_uri().removeprefix('file:///')}")
    published = meta.get("published")
    return Entry(
        source=str(meta.get("outlet") or "replay"),
        url=crawler.canonical_url(url),
        listed_url=url,
        title=str(meta.get("title") or ""),
        summary=str(meta.get("summary") or ""),
        published=published.astimezone(UTC) if isinstance(published, datetime) else None,
    )


def _page(file: Path, body: bytes, meta: Mapping[str, object], now: datetime) -> Article | Rejected:
    entry = _entry(file, meta)
    fetch = Fetch(order="", entry=entry, language=str(meta["language"]) if "language" in meta else None)
    return crawler.extract_page(
        body, fetch=fetch, final_url=entry.listed_url, content_type="text/html", charset=None, fetched_at=now
    )


def _text(file: Path, body: bytes, meta: Mapping[str, object], now: datetime) -> Article | Rejected:
    entry = _entry(file, meta)
    document = document_from_meta(body.decode("utf-8", "replace"), meta)
    if not document.title:
        return Rejected(
            order="",
            source=entry.source,
            url=entry.url,
            listed_url=entry.listed_url,
            reason=RejectReason.TOO_SHORT,
            detail="the file holds no text",
            fetched_at=now,
        )
    return Article(
        order="",
        source=entry.source,
        url=entry.url,
        listed_url=entry.listed_url,
        title=document.title,
        summary=document.summary,
        text=document.text,
        language=document.language,
        published=document.published,
        fetched_at=now,
        tier=Tier.GIVEN,
        quality=1.0,
    )


def replay(
    articles: Iterable[Saved],
    *,
    classifier: Classifier,
    subscriptions: Sequence[Subscription],
    fresh: timedelta,
    groups: Mapping[str, str],
    now: datetime,
    store: Store | None = None,
) -> Replay:
    """Put saved articles through the pipeline; `now` stands in where an article has no date.

    A `store` given is left open, and remembers: a second replay on it owes nothing.
    """
    target = store or Store.memory()
    outlets: dict[str, Source] = {}
    pipeline = Pipeline(
        store=target,
        classifier=classifier,
        sources=outlets,
        subscriptions=subscriptions,
        fresh=fresh,
        groups=groups,
        names=Names(classifier.names_of_works()),
    )
    try:
        replayed = tuple(_put_through(pipeline, outlets, one, now) for one in articles)
        return _gather(target, replayed)
    finally:
        if store is None:
            target.close()


def _put_through(pipeline: Pipeline, outlets: dict[str, Source], one: Saved, now: datetime) -> Replayed:
    record = one.record
    if isinstance(record, Rejected):
        return Replayed(path=one.path, outcome=Outcome.REJECTED, reason=f"{record.reason}: {record.detail}")
    at = record.published or now
    announcements = pipeline.classify(record)
    with pipeline.store.write() as tx:
        if record.source not in outlets:
            outlets[record.source] = _outlet(record.source)
            sources.sync(tx, list(outlets.values()), now=at)
        known = entries.by_url(tx, record.url)
        if known is not None and known.outcome is not None:
            return Replayed(path=one.path, outcome=Outcome.DUPLICATE, reason="this address was read before")
        entry = Entry(source=record.source, url=record.url, listed_url=record.listed_url, title=record.title)
        entry_id = entries.add(tx, entry, now=at, outcome=None, reason=None)
        decision = pipeline.keep(tx, entry_id, record, outlets[record.source], announcements, now=at)
        for delivery in decision.deliveries:  # told before the next article is read, as by a daemon
            deliveries.sent(tx, delivery.id, now=at, stories=story_rows.by_ids(tx, delivery.stories))
    return Replayed(
        path=one.path,
        outcome=decision.outcome,
        reason=decision.reason,
        announcements=tuple(announcements),
        decision=decision,
    )


def _outlet(name: str) -> Source:
    return Source(
        id=name, name=name, url=f"https://{name}.invalid/", kind=SourceKind.FEED, language="fr", enabled=False
    )


def _gather(store: Store, replayed: tuple[Replayed, ...]) -> Replay:
    owed = [delivery for one in replayed if one.decision for delivery in one.decision.deliveries]
    with store.read() as tx:
        contexts = [deliveries.context(tx, delivery.id) for delivery in owed]
        stories = tuple(story_rows.all(tx, limit=10_000))
    return Replay(
        articles=replayed, stories=stories, alerts=tuple(context for context in contexts if context is not None)
    )


def on_terminal(subscriptions: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """Point subscriptions at one target, so that a replay shows one alert where several services would get copies.

    Each alert is shown at once, in the order of the articles: a replay has no hours to wait for.
    """
    return tuple(
        replace(
            one,
            targets=("terminal",),
            deliver=INSTANT,
            escalate=Escalation(),
            quiet=None,
            max_per_day=None,
            max_per_hour=None,
        )
        for one in subscriptions
    )
