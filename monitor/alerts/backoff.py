"""How long to wait before a delivery is tried again: pure."""

from __future__ import annotations

import hashlib
from datetime import timedelta

FIRST = timedelta(minutes=1)
CEILING = timedelta(hours=6)


def backoff(attempts: int, *, seed: str) -> timedelta:
    """The pause after `attempts` failed tries: 1 min, 2 min, 4 min … up to 6 h, each shortened by up to a quarter.

    The jitter comes from the seed (the delivery's id) and the attempt, so that it is the same after a restart and
    different from delivery to delivery. Without jitter 29 tries span five days (8.5 h for the first ten, then one
    every 6 h), which is how long mail servers keep trying (RFC 5321, 4.5.4.1) and outlasts any greylisting; with
    jitter the span is four to five days.

    Raises:
        ValueError: nothing was tried yet.
    """
    if attempts < 1:
        raise ValueError(f"backoff is asked for after a try, not after {attempts}")
    full = min(CEILING, FIRST * (1 << min(attempts - 1, 20)))
    return full * (1 - _fraction(f"{seed}:{attempts}") / 4)


def _fraction(text: str) -> float:
    """A number from 0 to 1, the same each time."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
