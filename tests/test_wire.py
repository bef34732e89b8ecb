"""What goes over the pipe comes back equal, and what does not belong there is refused with a clear message."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import types as t
from crawler.wire import Mark, Progress, Visited, decode, encode

NOW = datetime(2026, 11, 20, 8, 30, 0, 123456, tzinfo=UTC)

# Two lone surrogates that happen to form a pair are one character to JSON, and to every reader of the text.
texts = st.text(st.characters(exclude_categories=[])).map(
    lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
)
numbers = st.floats(0, 1e9)
times = st.datetimes(timezones=st.just(UTC))
maybe = st.none
validators = st.builds(t.Validators, etag=maybe() | texts, last_modified=maybe() | texts, body_hash=maybe() | texts)
hints = st.builds(
    t.Hints,
    every=maybe() | numbers,
    skip_hours=st.lists(st.integers(0, 23), max_size=3).map(tuple),
    skip_days=st.lists(st.integers(0, 6), max_size=3).map(tuple),
    hub=maybe() | texts,
    topic=maybe() | texts,
)
entries = st.builds(
    t.Entry,
    source=texts,
    url=texts,
    listed_url=texts,
    guid=maybe() | texts,
    title=texts,
    summary=texts,
    published=maybe() | times,
)
values = st.one_of(
    st.builds(
        t.Poll,
        order=texts,
        source=texts,
        url=texts,
        kind=st.sampled_from(t.SourceKind),
        language=maybe() | texts,
        allow=st.lists(texts, max_size=3).map(tuple),
        deny=st.lists(texts, max_size=3).map(tuple),
        validators=validators,
        delay=maybe() | numbers,
    ),
    st.builds(t.Fetch, order=texts, entry=entries, language=maybe() | texts, licence=st.booleans(), delay=numbers),
    st.builds(
        t.Listing,
        order=texts,
        source=texts,
        status=st.sampled_from(t.ListingStatus),
        fetched_at=times,
        final_url=maybe() | texts,
        entries=st.lists(entries, max_size=3).map(tuple),
        validators=validators,
        hints=hints,
        http_status=maybe() | st.integers(100, 599),
        retry_after=maybe() | numbers,
        error=maybe() | texts,
    ),
    st.builds(
        t.Article,
        order=texts,
        source=texts,
        url=texts,
        listed_url=texts,
        title=texts,
        summary=texts,
        text=texts,
        language=maybe() | texts,
        author=maybe() | texts,
        published=maybe() | times,
        fetched_at=times,
        tier=st.sampled_from(t.Tier),
        quality=numbers,
        partial=st.booleans(),
    ),
    st.builds(
        t.Rejected,
        order=texts,
        source=texts,
        url=texts,
        listed_url=texts,
        reason=st.sampled_from(t.RejectReason),
        detail=texts,
        retry=st.booleans(),
        retry_after=maybe() | numbers,
        fetched_at=times,
    ),
    st.builds(Progress, mark=st.sampled_from(Mark), orders=st.lists(texts, max_size=3).map(tuple)),
    st.builds(Visited, host=texts, ago=numbers),
    st.builds(t.Limits, timeout=numbers, allow_addresses=st.lists(texts, max_size=2).map(tuple), delay=numbers),
)

POLL = t.Poll(order="1", source="a", url="https://a.example/feed", kind=t.SourceKind.FEED)


@given(values)
def test_every_value_survives_the_wire_on_one_ascii_line(value: Any) -> None:
    line = encode(value)
    assert line.isascii()
    assert len(line.splitlines()) == 1
    assert decode(line) == value
    assert decode(line.encode()) == value


def test_what_breaks_other_formats_survives() -> None:
    """Fault P11."""
    hostile = "a\x00b\u2028c\ud800d\r\n\x1b[0m\x85 é 😀"
    assert decode(encode(replace(POLL, url=hostile))).url == hostile


def test_times_are_written_in_utc_with_z() -> None:
    listing = t.Listing(order="1", source="a", status=t.ListingStatus.OK, fetched_at=NOW)
    data = json.loads(encode(listing))
    assert data == {
        "type": "listing",
        "order": "1",
        "source": "a",
        "status": "ok",
        "fetched_at": "2026-11-20T08:30:00.123456Z",
    }
    assert decode(encode(listing)).fetched_at.tzinfo is UTC


def test_a_whole_number_is_read_where_a_float_is_meant() -> None:
    delay = decode('{"type":"poll","order":"1","source":"a","url":"u","kind":"feed","delay":10}').delay
    assert delay == 10.0
    assert isinstance(delay, float)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "Expecting value"),
        ("nonsense", "Expecting value"),
        ("[1]", "list where dict is expected"),
        ("{}", "no known type"),
        ('{"type":"elephant"}', "no known type"),
        ('{"type":["poll"]}', "unhashable"),
        ('{"type":"poll","order":"1","source":"a","kind":"feed"}', "field 'url' of Poll is missing"),
        ('{"type":"poll","order":"1","source":"a","url":"u","kind":"feed","x":1}', "unknown field 'x' in Poll"),
        ('{"type":"poll","order":1,"source":"a","url":"u","kind":"feed"}', "Poll.order: int where str"),
        ('{"type":"poll","order":"1","source":"a","url":"u","kind":"fax"}', "'fax' is not a valid SourceKind"),
        ('{"type":"poll","order":"1","source":"a","url":"u","kind":"feed","allow":"x"}', "Poll.allow: str where list"),
        ('{"type":"poll","order":"1","source":"a","url":"u","kind":"feed","delay":true}', "bool where float"),
        ('{"type":"poll","order":"1","source":"a","url":"u","kind":"feed","validators":3}', "not an object"),
        ('{"type":"listing","order":"1","source":"a","status":"ok","fetched_at":"2026-01-01"}', "UTC time ending in Z"),
        ('{"type":"listing","order":"1","source":"a","status":"ok","fetched_at":"xZ"}', "Listing.fetched_at"),
        ("[" * 100_000, "recursion"),
        (b"\xff\xfe{", "decode"),
    ],
)
def test_a_line_that_is_no_record_is_refused_and_shown_short(line: str | bytes, complaint: str) -> None:
    with pytest.raises(t.CrawlError) as caught:
        decode(line)
    assert complaint in str(caught.value)
    assert str(caught.value).startswith("unreadable record line")
    assert len(str(caught.value)) < 500


def test_only_values_of_the_interface_are_written() -> None:
    with pytest.raises(t.CrawlError, match="cannot put a dict on the wire"):
        encode({"type": "poll"})  # type: ignore[arg-type]
    with pytest.raises(t.CrawlError, match="cannot put this poll on the wire"):
        encode(replace(POLL, delay=float("nan")))
