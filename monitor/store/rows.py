"""Rows to values."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from crawler import Article, Entry, Validators
from monitor import rhythm
from monitor.store.tables import (
    AnnouncementRow,
    ArticleRow,
    ChangeRow,
    DeliveryRow,
    EntryRow,
    JobRow,
    SourceRow,
    StoryRow,
)
from monitor.store.values import JobTrace, StoredEntry
from monitor.telling import Telling, Told
from monitor.types import Announcement, Change, Delivery, Evidence, SecondReading, SourceState, Story
from monitor.vocabulary import Kind


def stored_entry(row: EntryRow | Row[Any]) -> StoredEntry:
    """Build an entry and what became of it."""
    entry = Entry(
        source=row.source_id,
        url=row.url,
        listed_url=row.listed_url,
        guid=row.guid,
        title=row.title,
        summary=row.summary,
        published=row.published,
    )
    return StoredEntry(
        entry=entry,
        id=row.id,
        first_seen=row.first_seen,
        outcome=row.outcome,
        reason=row.reason,
        settled_at=row.settled_at,
        quiet=row.quiet,
        held_at=row.held_at,
    )


def source_state(row: SourceRow | Row[Any]) -> SourceState:
    """Build how a source's polls go."""
    return SourceState(
        id=row.id,
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
        validators_at=row.validators_at,
        baseline_at=row.baseline_at,
        next_poll_at=row.next_poll_at,
        last_poll_at=row.last_poll_at,
        last_ok_at=row.last_ok_at,
        status=row.status,
        failures=row.failures,
        error=row.error,
        entries_seen=row.entries_seen,
        moved_to=row.moved_to,
        news_at=row.news_at,
        trusted_until=row.trusted_until,
        kept_at=row.kept_at,
        unchanged=row.unchanged,
        parser=row.parser,
        rhythm=rhythm.read(row.rhythm),
    )


def article(row: ArticleRow) -> Article:
    """Build an article; the order that fetched it is long gone, and what it cost."""
    return Article(
        order="",
        source=row.source_id,
        **{field: getattr(row, field) for field in _ARTICLE_FIELDS},
    )


_NOT_KEPT = {"order", "source", "site", "visit"}
_ARTICLE_FIELDS = tuple(field.name for field in dataclasses.fields(Article) if field.name not in _NOT_KEPT)


def announcement(row: AnnouncementRow) -> Announcement:
    """Build an announcement."""
    evidence = Evidence(**{**row.evidence, "cues": tuple(row.evidence["cues"])})
    second = second_reading(row.second) if row.second else None
    values = {field: getattr(row, field) for field in _ANNOUNCEMENT_FIELDS}
    values["also"] = row.also or ()
    values["rescued"] = bool(row.rescued)
    return Announcement(evidence=evidence, second=second, **values)


_ANNOUNCEMENT_FIELDS = tuple(
    field.name for field in dataclasses.fields(Announcement) if field.name not in {"evidence", "second"}
)


def packed(shingles: Collection[int]) -> bytes | None:
    """Pack shingles into 4 bytes each; None where there are none."""
    return array("I", sorted(shingles)).tobytes() if shingles else None


def unpacked(stored: bytes | None) -> frozenset[int]:
    """Give packed shingles."""
    return frozenset(array("I", stored)) if stored else frozenset()


def told(row: Any) -> Told:
    """Build what an article told, from a row with an announcement's columns and those of its article that count."""
    return Told(
        telling=Telling(
            outlet=row.outlet or row.source_id, url=row.url, at=row.told_at or row.published or row.fetched_at
        ),
        position=row.position,
        announcement=announcement(row),
        shingles=unpacked(row.shingles),
    )


def second_reading(stored: Mapping[str, Any]) -> SecondReading:
    """Build what the second reader answered."""
    return SecondReading(**{**stored, "kind": Kind(stored["kind"]) if stored["kind"] else None})


def story(row: StoryRow | Row[Any], history: tuple[Change, ...]) -> Story:
    """Build a story."""
    return Story(history=history, **{field: getattr(row, field) for field in _STORY_FIELDS})


_STORY_FIELDS = tuple(field.name for field in dataclasses.fields(Story) if field.name not in {"history", "retracted"})


def change(row: ChangeRow | Row[Any]) -> Change:
    """Build one step of a story."""
    return Change(
        at=row.at,
        field=row.field,
        before=row.before,
        after=row.after,
        outlet=row.outlet,
        url=row.url,
        quote=row.quote,
    )


def delivery(row: DeliveryRow, stories: Sequence[tuple[str, str | None]]) -> Delivery:
    """Build a delivery from its row and its stories' ids, each with what of the subscription it met."""
    return Delivery(
        article_url=row.article_url or "",
        stories=tuple(story for story, _ in stories),
        matched=tuple((story, matched) for story, matched in stories if matched),
        **{field: getattr(row, field) for field in _DELIVERY_FIELDS},
    )


_DELIVERY_FIELDS = tuple(
    field.name for field in dataclasses.fields(Delivery) if field.name not in {"stories", "matched", "article_url"}
)


def job_trace(row: JobRow) -> JobTrace:
    """Build what a trace says of a job."""
    return JobTrace(
        kind=row.kind,
        key=row.key,
        state=row.state,
        due_at=row.due_at,
        attempts=row.attempts,
        error=row.error,
        ended_at=row.ended_at,
    )
