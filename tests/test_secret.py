"""A secret shows itself to nobody, and neither do its pieces."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.secret import HIDDEN, Secret, redact

CANARY = "c4n4ry-t0ken"


@dataclass(frozen=True)
class Holder:
    url: Secret


@pytest.mark.parametrize(
    "show", [repr, str, format, "{}".format, "{!r:>40}".format, lambda s: f"{Holder(url=s)}", ascii]
)
def test_nothing_shows_it(show: Callable[[Secret], str]) -> None:
    assert CANARY not in show(Secret(CANARY))


def test_only_reveal_gives_it() -> None:
    assert Secret(CANARY).reveal() == CANARY


@pytest.mark.parametrize("give", [pickle.dumps, json.dumps, lambda s: pickle.dumps(s, protocol=0)])
def test_it_can_be_neither_stored_nor_sent(give: Callable[[Secret], object]) -> None:
    with pytest.raises(TypeError) as caught:
        give(Secret(CANARY))
    assert CANARY not in str(caught.value)


def test_copies_are_the_same_secret() -> None:
    secret = Secret(CANARY)
    assert copy.copy(secret) is secret
    assert asdict(Holder(url=secret))["url"] is secret


def test_equal_by_value_and_empty_is_false() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a")
    assert not Secret("")
    assert str(Secret("")) == ""


@pytest.mark.parametrize(
    ("url", "leak"),
    [
        (f"mailtos://me:{CANARY}@smtp.example.org?to=you@example.org", CANARY),
        ("mailtos://me:p%40ss%2Fword@smtp.example.org", "p@ss/word"),
        ("mailtos://me:p%40ss%2Fword@smtp.example.org", "p%40ss%2Fword"),
        ("mailtos://me:a b+c@smtp.example.org", "a%20b%2Bc"),
        (f"discord://4174216298/{CANARY}", f"https://discord.com/api/webhooks/4174216298/{CANARY}"),
        (f"tgram://123456789:{CANARY}/12315544", f"bot123456789:{CANARY}/sendMessage"),
        (f"slack://T1JJ3T3L2/A1BRTD4JD/{CANARY}/", f"services/T1JJ3T3L2/A1BRTD4JD/{CANARY}"),
        ("ntfys://my-secret-topic", "https://ntfy.sh/my-secret-topic"),
        (f"jsons://example.org/hook?+Authorization={CANARY}", f"Authorization: {CANARY}"),
        (f"jsons://example.org/?apikey={CANARY}", f"key {CANARY} refused"),
        (f"postgresql://cocorico:{CANARY}@db.example.org/cocorico", f"password {CANARY}"),
        ("a b/c-pass", "a%20b%2Fc-pass"),
        (CANARY, f"token {CANARY}"),
    ],
)
def test_pieces_are_struck_out_alone_too(url: str, leak: str) -> None:
    secret = leak.rpartition("/sendMessage")[0] or leak
    shown = redact(f"failed: {leak} (and {url})", [Secret(url)])
    assert CANARY not in shown
    assert secret not in shown
    assert HIDDEN in shown


def test_hosts_stay_readable() -> None:
    secret = Secret(f"mailtos://me:{CANARY}@smtp.example.org?to=you@example.org")
    assert redact("can't reach smtp.example.org: refused", [secret]) == "can't reach smtp.example.org: refused"


def test_short_pieces_do_not_garble_the_text() -> None:
    assert redact("a bad day", [Secret("a"), Secret("mailtos://a:b@h.org/d")]) == "a bad day"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://user:pass@example.org/x", "see https://***@example.org/x"),
        ("see https://token@example.org/x", "see https://***@example.org/x"),
        ("see https://us:p@ss@example.org/x", "see https://***@example.org/x"),
        ("see https://example.org/@someone", "see https://example.org/@someone"),
        ("write to me@example.org", "write to me@example.org"),
    ],
)
def test_the_user_part_of_any_url_is_struck_out(text: str, shown: str) -> None:
    assert redact(text, []) == shown


@given(st.text(min_size=4), st.text(), st.text())
@example("https://a:b@c[d", "", "")
@example("jsons://x/?+a=[b]cdef", "", "")
def test_never_fails_and_never_leaks(value: str, before: str, after: str) -> None:
    shown = redact(before + value + after, [Secret(value)])
    assert value in HIDDEN * 3 or value not in shown.replace(HIDDEN, "\0")
