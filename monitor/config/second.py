"""Reads [second_reader]."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urlsplit

from monitor.config.build import Draft, secret
from monitor.config.check import seconds
from monitor.config.values import SecondReaderConfig

SECTION: Final = "second_reader"
_CHAT: Final = "/chat/completions"
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def second_reader(draft: Draft) -> SecondReaderConfig:
    """Read the section; without a URL there is no second reader, and nothing else of it matters."""
    keys = draft.tree[SECTION]
    band = tuple(keys["band"])
    if len(band) != 2 or band[0] >= band[1]:
        draft.report((SECTION, "band"), "must be two numbers, the lower one first, such as [0.35, 0.75]")
        band = (0.0, 1.0)
    key = secret(draft, (SECTION,), keys, name="key", optional=True)
    if not key.reveal().isascii():
        draft.report((SECTION, "key"), "must be plain ASCII: a header can't carry anything else")
    if not keys["url"]:
        return SecondReaderConfig()
    if not keys["model"].strip():
        draft.report((SECTION, "model"), "must name the model to ask, since url is set")
    return SecondReaderConfig(
        url=_chat_url(draft, keys["url"], has_key=bool(key)),
        model=keys["model"].strip(),
        key=key,
        band=(band[0], band[1]),
        timeout=seconds(keys["timeout"]),
        per_month=keys["per_month"],
    )


def _chat_url(draft: Draft, url: str, *, has_key: bool) -> str:
    """Complete the address: http://localhost:8080 and .../v1 both mean .../v1/chat/completions."""
    where = (SECTION, "url")
    parts = _parts(url)
    if parts is None:
        draft.report(where, "must be a web address such as http://localhost:11434/v1, in plain ASCII without ? and #")
        return ""
    if "@" in parts.netloc:
        draft.report(where, "must hold no user or password; give the key by key_env or key_file")
        return ""
    if has_key and parts.scheme == "http" and parts.hostname not in _HERE:
        draft.warn(where, "the key travels unencrypted: use https")
    path = parts.path.rstrip("/") or "/v1"
    return parts._replace(path=path if path.endswith(_CHAT) else path + _CHAT).geturl()


def _parts(url: str) -> SplitResult | None:
    """Take an address apart; None when it is none that can be asked."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \\?#")
    return parts if good and plain else None
