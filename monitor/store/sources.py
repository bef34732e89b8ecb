"""Sources: what is configured, what is due, how polls went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select, update

from crawler import SourceKind
from monitor import rhythm
from monitor.store import rows
from monitor.store.errors import StoreError
from monitor.store.tables import JobRow, SourceRow, Tx, changed, insert_into, table
from monitor.types import Source, SourceState
from monitor.vocabulary import FetchPolicy, Pace

#: The due time of a source that is to be polled as soon as possible.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
#: Rows that are read at once where all sources are gone through.
_READ_AT_ONCE = 500
#: Takes any due time into the past.
_LONG_AGO = timedelta(days=20 * 365)
#: A clock may be off by this much, or be set right by it, without anybody minding.
_SLACK = timedelta(seconds=30)
#: What a poll of another address must not inherit, and what one of another listing must not.
_OF_ADDRESS: dict[str, Any] = {
    **dict.fromkeys(("etag", "last_modified", "body_hash", "validators_at", "moved_to", "trusted_until", "kept_at")),
    "unchanged": 0,
}
_FORGET = {**_OF_ADDRESS, "baseline_at": None, "rhythm": None}


def sync(tx: Tx, sources: Sequence[Source], *, now: datetime) -> None:
    """Make the rows say what the config says.

    New sources are due at once, up to 5 s apart by a hash of their id so that they keep out of each other's way.
    A source whose URL changed starts afresh, quietly. Sources no longer configured are disabled, never deleted;
    those added by hand stay as they are.
    """
    set_back(tx, now=now)
    missing, gone = {source.id: source for source in sources}, []
    changed_ = []
    for row in tx.execute(_DEFINED):  # row by row: 60,000 sources as objects of the session are 200 MB
        source = missing.pop(row.id, None)
        if source is None:
            gone += [row.id] if row.enabled and not row.user_added else []
        elif row.definition != _plain(source) or row.enabled != source.enabled:
            changed_.append((source, row.definition["url"] != source.url))
    for source, moved in changed_:
        _redefine(tx, source, moved=moved, now=now)
    for source in missing.values():
        _insert(tx, source, user_added=False, due=now - _spread(source.id))
    if gone:
        tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id.in_(gone)).values(enabled=False))


_DEFINED = select(
    *(table(SourceRow).c[name] for name in ("id", "definition", "user_added", "enabled"))
).execution_options(yield_per=_READ_AT_ONCE)


def set_back(tx: Tx, *, now: datetime) -> int:
    """Bring forward what was due by a clock that has been set back since (fault S08); how many sources it were.

    A source that was polled in the future is due as long after now as it was after that poll.
    """
    moved = tx.scalars(select(SourceRow).where(SourceRow.last_poll_at > now + _SLACK)).all()
    for row in moved:
        ahead = (row.last_poll_at or now) - now
        values = {"next_poll_at": row.next_poll_at - ahead, "last_poll_at": now}
        tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id == row.id).values(values))
    return len(moved)


def due(tx: Tx, *, now: datetime, limit: int, most_open: int | None = None) -> list[str]:
    """List enabled sources whose time has come and that no unfinished poll job is about, longest overdue first.

    None of them when there are `most_open` such jobs already, and fewer when there are nearly as many; of one host no
    more than `_MOST_OF_A_HOST` are counted, so that what waits behind a slow one holds up no other. A poll job's key
    is the source's id, alone or followed by a sign that no id has and the slot: "allocine@1700".
    """
    busy, open_ = _being_polled(tx)
    limit = limit if most_open is None else min(limit, most_open - open_)
    if limit <= 0:
        return []
    statement = (
        select(SourceRow.id)
        .where(SourceRow.enabled, SourceRow.next_poll_at <= now)
        .order_by(SourceRow.next_poll_at, SourceRow.id)
        .limit(limit + len(busy))
    )
    return [source for source in tx.scalars(statement) if source not in busy][:limit]


def due_since(tx: Tx, ids: Sequence[str]) -> list[tuple[str, datetime]]:
    """Tell since when these sources are due, in their order."""
    statement = select(SourceRow.id, SourceRow.next_poll_at).where(SourceRow.id.in_(ids))
    times = {row.id: row.next_poll_at for row in tx.execute(statement)}
    return [(source_id, times[source_id]) for source_id in ids if source_id in times]


#: Polls of one host that count as waiting, however many wait.
_MOST_OF_A_HOST = 50


def _being_polled(tx: Tx) -> tuple[set[str], int]:
    """Give the sources that a job is about, and how many jobs count."""
    open_jobs = list(tx.execute(_OPEN))
    hosts = Counter(row.host for row in open_jobs)
    ids = {re.split(r"[^a-z0-9-]", row.key, maxsplit=1)[0] for row in open_jobs}
    return ids, sum(min(count, _MOST_OF_A_HOST) for count in hosts.values())


_OPEN = select(table(JobRow).c.key, table(JobRow).c.host).where(
    table(JobRow).c.kind == "poll", table(JobRow).c.state.in_(("ready", "leased"))
)


def state(tx: Tx, source_id: str) -> SourceState | None:
    """Tell how a source's polls go; None when there is no such source."""
    row = _row(tx, source_id)
    return None if row is None else rows.source_state(row)


def states_of(tx: Tx, ids: Collection[str]) -> dict[str, SourceState]:
    """Tell how the polls of some sources go, by id; those that are not stored are missing."""
    rows_ = tx.execute(_STATES, {"ids": list(ids)})
    return {row.id: rows.source_state(row) for row in rows_}


_STATES = select(table(SourceRow)).where(table(SourceRow).c.id.in_(bindparam("ids", expanding=True)))


def states(tx: Tx) -> Iterator[SourceState]:
    """Tell how the polls of all enabled sources go, by id; one after the other, for there may be tens of thousands."""
    return (rows.source_state(row) for row in tx.execute(_EVERY))


_EVERY = (
    select(*(column for column in table(SourceRow).c if column.name != "definition"))
    .where(SourceRow.enabled)
    .order_by(SourceRow.id)
    .execution_options(yield_per=_READ_AT_ONCE)
)


def polled(tx: Tx, source_id: str, *, state: SourceState) -> None:
    """Keep the state that a poll led to.

    Raises:
        StoreError: there is no such source.
    """
    values = {"source": source_id, **_polled(state), "rhythm": rhythm.plain(state.rhythm)}
    if not changed(tx, _POLLED, values):
        raise StoreError(f"source {source_id!r} is not stored; add it to the config, or with `cocorico sources add`")


def polled_all(tx: Tx, states: Sequence[SourceState], *, known: Mapping[str, SourceState] | None = None) -> None:
    """Keep the states that polls led to; those of sources that are not stored are dropped.

    A rhythm that is still the object in `known`, the states as stored, is not written: that takes a tenth of a poll.
    """
    learned, same = [], []
    for state in states:
        before, values = (known or {}).get(state.id), {"source": state.id, **_polled(state)}
        if before and before.rhythm is state.rhythm:
            same.append(values)
        else:
            learned.append(values | {"rhythm": rhythm.plain(state.rhythm)})
    for some in filter(None, (learned, same)):
        tx.execute(_POLLED, some)


_POLLED = update(table(SourceRow)).where(table(SourceRow).c.id == bindparam("source"))


def _polled(state: SourceState) -> dict[str, Any]:
    known = state.validators
    return {
        **{field: getattr(state, field) for field in _POLL_FIELDS},
        "etag": known.etag,
        "last_modified": known.last_modified,
        "body_hash": known.body_hash,
    }


_POLL_FIELDS = (
    "validators_at",
    "baseline_at",
    "next_poll_at",
    "last_poll_at",
    "last_ok_at",
    "status",
    "failures",
    "error",
    "entries_seen",
    "moved_to",
    "news_at",
    "trusted_until",
    "unchanged",
    "parser",
)


def add(tx: Tx, source: Source) -> None:
    """Keep a source that a user added by hand; it is due at once.

    Raises:
        StoreError: an enabled source has this id already.
    """
    row = _row(tx, source.id)
    if row is None:
        _insert(tx, source, user_added=True, due=AT_ONCE)
        return
    if row.enabled:
        raise StoreError(f"a source {source.id!r} exists already; choose another id")
    again = row.next_poll_at - _LONG_AGO  # due at once, and the name of no poll before: a job's key holds this time
    values = {"definition": _plain(source), "user_added": True, "enabled": True, "next_poll_at": again, **_FORGET}
    tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id == source.id).values(values))


def move(tx: Tx, source_id: str, url: str) -> None:
    """Poll a source that a user added at another address, with a full request; what it listed before stays known.

    Raises:
        StoreError: no user added a source of that id.
    """
    row = _row(tx, source_id)
    if row is None or not row.user_added:
        raise StoreError(f"source {source_id!r} was not added by hand; change its address in the configuration")
    values = {"definition": {**row.definition, "url": url}, **_OF_ADDRESS}
    tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id == source_id).values(values))


def keep(tx: Tx, source_id: str, *, now: datetime) -> None:
    """Note that a source that is gone for good is to be asked on."""
    tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id == source_id).values(kept_at=now))


def remove(tx: Tx, source_id: str) -> bool:
    """Disable a source that a user added. False when there is none of that id, or the config file has it."""
    mine = (table(SourceRow).c.id == source_id) & table(SourceRow).c.user_added
    return bool(changed(tx, update(table(SourceRow)).where(mine).values(enabled=False, user_added=False)))


def user_sources(tx: Tx) -> list[Source]:
    """List the sources that users added by hand, by id."""
    statement = select(SourceRow).where(SourceRow.user_added).order_by(SourceRow.id)
    return [_source(row.definition) for row in tx.scalars(statement)]


def _row(tx: Tx, source_id: str) -> SourceRow | None:
    return tx.scalars(select(SourceRow).where(SourceRow.id == source_id)).one_or_none()


def _insert(tx: Tx, source: Source, *, user_added: bool, due: datetime) -> None:
    values = {
        "id": source.id,
        "definition": _plain(source),
        "user_added": user_added,
        "enabled": source.enabled,
        "next_poll_at": due,
        "failures": 0,
        "entries_seen": 0,
        "unchanged": 0,
        "parser": 0,
    }
    tx.execute(insert_into(tx, SourceRow), values)


def _redefine(tx: Tx, source: Source, *, moved: bool, now: datetime) -> None:
    values: dict[str, Any] = {"definition": _plain(source), "enabled": source.enabled}
    if moved:
        values |= {"next_poll_at": now, **_FORGET}
    tx.execute(update(table(SourceRow)).where(table(SourceRow).c.id == source.id).values(values))


def _spread(source_id: str) -> timedelta:
    return timedelta(milliseconds=int.from_bytes(sha256(source_id.encode()).digest()[:4], "big") % 5_000)


def _plain(source: Source) -> dict[str, Any]:
    """Turn a source into what JSON holds; `_source` turns it back."""
    values = asdict(source)
    values |= {"allow": list(source.allow), "deny": list(source.deny), "interval": source.interval.total_seconds()}
    return values | {"kind": source.kind.value, "fetch": source.fetch.value, "rhythm": source.rhythm.value}


def _source(definition: dict[str, Any]) -> Source:
    values = dict(definition)
    values |= {"allow": tuple(values["allow"]), "deny": tuple(values["deny"])}
    values |= {"kind": SourceKind(values["kind"]), "fetch": FetchPolicy(values["fetch"])}
    values["rhythm"] = Pace(values.get("rhythm", Pace.ADAPTIVE))  # those added to an older store have none
    return Source(**values | {"interval": timedelta(seconds=values["interval"])})
