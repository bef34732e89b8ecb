"""Links in messages: whoever has one may use it, nobody can make one, and none lasts for ever."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import samples_alerts
from hypothesis import given
from hypothesis import strategies as st

from monitor import links
from monitor.config import WebConfig
from monitor.judgement import Verdict
from monitor.links import Claim, ExpiredLinkError, LinkError
from monitor.secret import Secret

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = Secret("k" * 43)


def token(verdict: Verdict = Verdict.RIGHT, at: datetime = NOW) -> str:
    return links.sign(KEY, "s-000000000001", "d-1", verdict, at)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_link_says_what_was_put_into_it(verdict: Verdict) -> None:
    claim = links.read(KEY, token(verdict), NOW + timedelta(days=3))
    assert claim == Claim(story="s-000000000001", delivery="d-1", verdict=verdict, made_at=NOW)


def test_a_link_is_short_and_needs_no_escapes() -> None:
    assert len(token(Verdict.DUPLICATE)) < 100
    assert not set(token()) & set("/+=?&#%~ ")


@pytest.mark.parametrize("odd", ["s.1", "s/1", "é", "s 1"])
def test_an_id_that_is_none_of_ours_is_not_signed(odd: str) -> None:
    with pytest.raises(ValueError, match="can't be signed"):
        links.sign(KEY, odd, "d-1", Verdict.RIGHT, NOW)


@given(st.data())
def test_whatever_is_changed_in_a_link_is_noticed(data: st.DataObject) -> None:
    whole = token()
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.characters(min_codepoint=32, max_codepoint=0x2FFF).filter(lambda char: char != whole[place]))
    changed = whole[:place] + other + whole[place + 1 :]
    try:
        read = links.read(KEY, changed, NOW)
    except LinkError:
        return
    # The last character of Base64 holds bits that mean nothing: another one may be the same signature.
    assert (place, read) == (len(whole) - 1, links.read(KEY, whole, NOW))


@pytest.mark.parametrize("junk", ["", ".", "a.b", "é", "\0", "x" * 10_000, token()[:-3], token() + "A"])
def test_what_we_did_not_make_is_refused(junk: str) -> None:
    with pytest.raises(LinkError, match="not made here"):
        links.read(KEY, junk, NOW)


def test_another_installations_link_is_refused() -> None:
    with pytest.raises(LinkError):
        links.read(Secret("o" * 43), token(), NOW)


def test_a_link_lasts_sixty_days() -> None:
    assert links.read(KEY, token(), NOW + timedelta(days=60, seconds=-1)).story
    with pytest.raises(ExpiredLinkError, match="made on 2026-11-20 and worked for 60 days"):
        links.read(KEY, token(), NOW + timedelta(days=60))


def test_a_link_from_the_future_is_refused_unless_clocks_just_differ() -> None:
    assert links.read(KEY, token(), NOW - timedelta(minutes=5)).made_at == NOW
    with pytest.raises(LinkError, match="clock"):
        links.read(KEY, token(), NOW - timedelta(hours=1))


def test_each_story_of_a_message_has_its_two_links() -> None:
    context = links.linked(samples_alerts.slate(), WebConfig(public_url="https://example.org/c"), KEY, NOW)
    for told in context.stories:
        assert told.links
        for address, verdict in ((told.links.right, Verdict.RIGHT), (told.links.wrong, Verdict.WRONG)):
            start, _, end = address.rpartition("/")
            assert start == "https://example.org/c/verdict"
            claim = links.read(KEY, end, NOW)
            assert (claim.story, claim.delivery, claim.verdict) == (told.story.id, context.delivery.id, verdict)


@pytest.mark.parametrize("web", [WebConfig(enabled=False), WebConfig(host="0.0.0.0")])  # noqa: S104
def test_a_message_has_no_links_that_lead_nowhere(web: WebConfig) -> None:
    context = samples_alerts.slate()
    assert [told.links for told in links.linked(context, web, KEY, NOW).stories] == [None] * len(context.stories)
    assert links.linked(context, replace(web, public_url=""), KEY, NOW) == context


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = links.key(tmp_path / "new")
    file = tmp_path / "new" / links.KEY_FILE
    assert links.key(tmp_path / "new") == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(made.reveal()) == 43
    assert links.key(tmp_path / "other") != made
    assert [path.name for path in file.parent.iterdir()] == [links.KEY_FILE]


def test_of_many_that_make_the_key_at_once_one_does(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: links.key(tmp_path), range(40)))
    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_key_is_not_signed_with(tmp_path: Path) -> None:
    (tmp_path / links.KEY_FILE).write_text("short\n", encoding="ascii")
    with pytest.raises(LinkError, match="delete it, and a new one is made"):
        links.key(tmp_path)
