"""Where each feed is. Pure.

A feed reader can't log in, so where others can reach the pages, a feed's address holds a key of its own: whoever has
the address may read that feed, and no other. All keys end with the installation's own, see `monitor.links`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final
from urllib.parse import urlencode

#: The feed of everything.
ALL: Final = "all"
FORMS: Final = ("atom", "rss", "json", "ics")
_PURPOSE: Final = b"cocorico feed 1 "
#: Bytes of a key: 128 bits are not guessed.
_LENGTH: Final = 16


def key_of(secret: str, name: str) -> str:
    """Make the key of a feed, 22 characters that an address may hold."""
    digest = hmac.new(secret.encode(), _PURPOSE + name.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_LENGTH]).decode().rstrip("=")


def is_key(secret: str, name: str, given: str) -> bool:
    """Tell whether a key is that of a feed."""
    return hmac.compare_digest(key_of(secret, name).encode(), given.encode("utf-8", "replace"))


def address(base: str, name: str, form: str, *, key: str = "", lang: str = "") -> str:
    """Give a feed's address.

    Args:
        base: where the pages are, such as http://127.0.0.1:8642.
        key: as `key_of` makes it; empty where only this machine can ask.
    """
    asked = urlencode({name: value for name, value in (("key", key), ("lang", lang)) if value})
    return f"{base.rstrip('/')}/feeds/{name}.{form}" + (f"?{asked}" if asked else "")
