"""Pure reading: which addresses are public, and what a server's headers and tags mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler import CrawlError, RejectReason, Validators, answers
from crawler.addresses import may_visit, networks
from crawler.answers import Answer, FailedError

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1"),
        *(
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fe80::1%eth0",
        ),
        *("fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "100::1", "not an address", ""),
    ],
)
def test_an_address_that_is_not_public_is_not_visited(address: str) -> None:
    """F10."""
    assert not may_visit(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_visited(address: str) -> None:
    assert may_visit(address)


def test_excepted_networks_are_visited_and_no_more() -> None:
    loopback = networks(("127.0.0.1", "10.0.0.0/8"))
    assert may_visit("127.0.0.1", loopback)
    assert may_visit("::ffff:10.1.1.1", loopback)
    assert not may_visit("127.0.0.2", loopback)
    with pytest.raises(CrawlError, match="allow_addresses"):
        networks(("localhost",))


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(url="https://a.example/x", status=status, headers=named, body=body)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        (" 0 ", 0.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("9" * 400, 86_400.0),
        ("²", None),
        ("Fri, 20 Nov 2026 12:01:00 GMT", 60.0),
        ("Fri, 20 Nov 2026 13:01:00 +0100", 60.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Fri, 20 Nov 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    """F15."""
    assert answers.retry_after(value, now=NOW) == seconds


def test_a_last_modified_in_the_future_is_not_kept() -> None:
    """F18."""
    future = (NOW + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    past = "Thu, 19 Nov 2026 12:00:00 GMT"
    assert answers.validators(answer(last_modified=future, etag='"e"'), now=NOW).last_modified is None
    assert answers.validators(answer(last_modified="yesterday"), now=NOW).last_modified is None
    kept = answers.validators(answer(last_modified=past, etag='"e"', body=b"x"), now=NOW)
    assert (kept.etag, kept.last_modified) == ('"e"', past)
    assert kept.body_hash == answers.body_hash(b"x") != answers.body_hash(b"y")


def test_conditions_hold_nothing_that_breaks_a_request() -> None:
    known = Validators(etag='"a"\r\nX-Injected: 1', last_modified="Thu, 19 Nov 2026 12:00:00 GMT")
    assert answers.conditional_headers(known) == {"If-Modified-Since": "Thu, 19 Nov 2026 12:00:00 GMT"}


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "data:,x", "//a.example", "http://[::1"])
def test_only_web_addresses_are_visited(url: str) -> None:
    with pytest.raises(FailedError) as caught:
        answers.plain_url(url)
    assert caught.value.reason is RejectReason.ADDRESS


def test_credentials_and_fragments_stay_here() -> None:
    """F11."""
    assert answers.plain_url("https://me:pass@a.example/x?y#z") == "https://a.example/x?y"


def test_charset_and_type_are_read_from_the_header() -> None:
    one = answer(content_type='Text/HTML; Charset="ISO-8859-1"')
    assert (one.content_type, one.charset) == ("text/html", "ISO-8859-1")
    assert (answer().content_type, answer().charset) == (None, None)
