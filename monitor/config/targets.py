"""Reads [targets.NAME]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from monitor.config.build import Draft, secret
from monitor.config.check import Where
from monitor.config.values import TERMINAL, Target
from monitor.secret import Secret

_URLS: Final = ("url", "url_env", "url_file")
_SECRETS: Final = ("secret", "secret_env", "secret_file")
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def targets(draft: Draft) -> tuple[Target, ...]:
    """Read the targets; the terminal is always there."""
    read = [Target(name=TERMINAL, kind="terminal")]
    for name, keys in draft.tree["targets"].items():
        where = ("targets", name)
        if name == TERMINAL:
            draft.report(where, f'"{TERMINAL}" is built in; choose another name')
        elif _one_of(draft, where, keys, _URLS):
            read.append(_target(draft, name, keys))
    return tuple(read)


def _target(draft: Draft, name: str, keys: Mapping[str, Any]) -> Target:
    where = ("targets", name)
    url = secret(draft, where, keys)
    key = next(key for key in _URLS if key in keys)
    kind = keys.get("kind", "apprise")
    if kind == "webhook":
        return Target(name=name, kind=kind, url=url, secret=_webhook(draft, where, keys, url, key))
    if url and "://" not in url.reveal():
        draft.report((*where, key), "this is no Apprise URL: SCHEME://..., such as mailtos:// or ntfys://")
    for extra in (key for key in _SECRETS if key in keys):
        draft.report((*where, extra), 'only a webhook has a secret: add kind = "webhook", or remove it')
    return Target(name=name, kind=kind, url=url)


def _webhook(draft: Draft, where: Where, keys: Mapping[str, Any], url: Secret, key: str) -> Secret:
    """Check a webhook's address, and give what its messages are signed with; empty for none."""
    host = _host(url.reveal())
    if url and not host:
        draft.report((*where, key), "this is no web address: http:// or https://, then a host, without user and #")
    elif host and host not in _HERE and url.reveal().startswith("http:"):
        draft.warn((*where, key), "messages travel unencrypted: use https")
    if not any(name in keys for name in _SECRETS):
        draft.warn(where, "without a secret, messages are not signed: set secret, secret_env or secret_file")
        return Secret("")
    return secret(draft, where, keys, name="secret") if _one_of(draft, where, keys, _SECRETS) else Secret("")


def _one_of(draft: Draft, where: Where, keys: Mapping[str, Any], ways: tuple[str, ...]) -> bool:
    """Tell whether exactly one of some keys is there, and report if not; a wrong one is reported already."""
    count = sum(way in keys for way in ways)
    name = str(where[-1])
    tried = any(way in layer.tree.get("targets", {}).get(name, {}) for layer in draft.layers for way in ways)
    if count != 1 and (count or not tried):
        draft.report(where, f"needs exactly one of {', '.join(ways)}")
    return count == 1


def _host(url: str) -> str:
    """Give the host of a web address; empty for what is none."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and not parts.fragment and parts.username is None
        return (parts.hostname or "") if good and (parts.port or 80) > 0 and url.isascii() else ""
    except ValueError:
        return ""
