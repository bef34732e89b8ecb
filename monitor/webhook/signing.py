"""How a receiver knows that a message is ours, and fresh: HMAC-SHA256 over time and body. Pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime


def timestamp(now: datetime) -> str:
    """Write a time as seconds since 1970: what is signed, and what a receiver compares with its clock."""
    return str(int(now.timestamp()))


def signature(secret: str, sent_at: str, body: bytes) -> str:
    """Sign a body: "sha256=" and 64 hexadecimal digits.

    The time is signed with it, so that who records a message can't send it again later.

    Args:
        sent_at: what `timestamp` gives.
    """
    digest = hmac.new(secret.encode(), sent_at.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"
