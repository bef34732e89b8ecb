"""What counts as a reservation of text and data mining, and which word overrules which (fault O12)."""

from __future__ import annotations

import json

import pytest

from crawler.reserved import Location, Reservation, matches, of_answer, of_file, read_file


def said(head: bytes = b"", **headers: str) -> Reservation | None:
    return of_answer({name.replace("_", "-"): value for name, value in headers.items()}, head, "CocoricoBot")


@pytest.mark.parametrize(
    ("head", "reserved"),
    [
        (b'<meta name="tdm-reservation" content="1">', True),
        (b"<META content='1' NAME='TDM-Reservation'/>", True),
        (b"<meta name=tdm-reservation content=1>", True),
        (b'<meta name="tdm-reservation" content="0">', False),
        (b'<meta name="tdm-reservation" content="2">', None),
        (b'<meta name="description" content="1"><p>tdm-reservation</p>', None),
        (b'<meta name="robots" content="index, NoAI">', True),
        (b'<meta name="robots" content="noml">', True),
        (b'<meta name="robots" content="noindex, nofollow, noarchive">', None),
        (b'<meta name="robots" content="noimageai, max-snippet:-1">', None),
        (b'<meta name="cocoricobot" content="noindex">', True),
        (b'<meta name="otherbot" content="noai">', None),
        ("<meta name='tdm-reservation' content='1'>".encode("utf-16-le"), True),
        (b"", None),
    ],
)
def test_what_a_page_says(head: bytes, reserved: bool | None) -> None:
    found = said(b"<head>" + head)
    assert (found.reserved if found else None) is reserved


@pytest.mark.parametrize(
    ("tag", "reserved"),
    [
        ("noai", True),
        ("noimageai, noindex", False),
        ("unavailable_after: 25 Jun 2026 15:00:00 GMT, noai", True),
        ("otherbot: noai, noindex", False),
        ("otherbot: noindex\ncocoricobot: none", True),
        ("otherbot: noindex, cocoricobot: noindex", True),
    ],
)
def test_what_a_robots_header_says(tag: str, reserved: bool) -> None:
    assert bool(said(x_robots_tag=tag)) is reserved


def test_the_header_reserves_and_the_page_overrules_it() -> None:
    policy = "https://outlet.example/conditions"
    found = said(tdm_reservation=" 1 ", tdm_policy=policy)
    assert found == Reservation(reserved=True, evidence="the tdm-reservation header", policy=policy)
    assert said(tdm_reservation="yes") is None
    page = said(b'<meta name="tdm-reservation" content="0">', tdm_reservation="1")
    assert page is not None
    assert not page.reserved


@pytest.mark.parametrize(
    ("pattern", "path", "match"),
    [
        ("/", "/a/b", True),
        ("/news/", "/news", False),
        ("/news", "/newsletter", True),
        ("/news/*.html", "/news/2026/a.html?x=1", True),
        ("/news/*.html$", "/news/2026/a.html?x=1", False),
        ("/news/*.html$", "/news/a.html.html", True),
        ("/exactly$", "/exactly", True),
        ("/exactly$", "/exactly/", False),
        ("*", "/anything", True),
        ("*/b$", "/b/b", True),
        ("/a*a$", "/a", False),
        ("/News", "/news", False),
        ("/foo-%24", "/foo-$", True),
        ("/caf%C3%A9", "/café", True),
        ("/%61bc", "/abc", True),
        ("/a%2Fb", "/a/b", False),
        ("/" + "a*" * 200 + "b", "/" + "a" * 5_000, False),
    ],
)
def test_a_location_matches_as_a_robots_rule_does(pattern: str, path: str, match: bool) -> None:
    rules = (Location(pattern=pattern, reserved=True),)
    assert (of_file(rules, "https://outlet.example" + path) is not None) is match


def test_the_first_rule_that_matches_decides() -> None:
    body = json.dumps(
        [
            {"location": "/open/", "tdm-reservation": 0},
            {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://outlet.example/tdm"},
            {"location": "/never-reached", "tdm-reservation": 0},
        ]
    ).encode()
    rules = read_file(body)
    found = [of_file(rules, f"https://outlet.example/{path}") for path in ("open/x", "x", "never-reached")]
    assert [one.reserved for one in found if one] == [False, True, True]
    assert found[1] == Reservation(reserved=True, evidence="tdmrep.json", policy="https://outlet.example/tdm")
    assert of_file(read_file(b'[{"location": "/a", "tdm-reservation": 1}]'), "https://outlet.example/b") is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>404</html>",
        b"{}",
        b'{"location": "/", "tdm-reservation": 1}',
        b'[{"location": 1, "tdm-reservation": 1}, {"location": "/"}, {"location": "/", "tdm-reservation": true}, 7]',
        b'[{"location": "/", "tdm-reservation": 2}]',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_none_says_nothing(body: bytes) -> None:
    assert read_file(body) == ()


def test_a_policy_that_is_no_address_is_not_shown() -> None:
    (rule,) = read_file(b'[{"location": "/", "tdm-reservation": "1", "tdm-policy": "javascript:alert(1)"}]')
    assert rule == Location(pattern="/", reserved=True)
    assert matches(rule.pattern, "/")
