"""Reads [web]."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from monitor.config.build import Draft
from monitor.config.values import WebConfig

SECTION: Final = "web"
_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def web(draft: Draft) -> WebConfig:
    """Read the section, and warn when others may reach pages that ask for no password."""
    keys = draft.tree[SECTION]
    config = WebConfig(
        enabled=keys["enabled"],
        host=_host(draft, keys["host"]),
        port=keys["port"],
        public_url=_public(draft, keys["public_url"]),
        names=tuple(_name(draft, name) for name in keys["names"]),
    )
    if config.enabled and not config.local and not config.public_url:
        draft.warn(
            (SECTION, "host"), "other machines may read the feeds, and messages have no links without public_url"
        )
    return config


def _host(draft: Draft, host: str) -> str:
    if host == "localhost":
        return host
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        draft.report((SECTION, "host"), 'must be an address such as "127.0.0.1", "::1" or "0.0.0.0"')
        return "127.0.0.1"


def _public(draft: Draft, url: str) -> str:
    """Check the address that others use; a path is one that a proxy takes off again."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        good = False
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \\?#@")
    if not (good and plain):
        says = "must be a web address such as https://cocorico.example.org, in plain ASCII without ?, # and @"
        draft.report((SECTION, "public_url"), says)
        return ""
    return url.rstrip("/")


def _name(draft: Draft, name: str) -> str:
    if not _NAME.fullmatch(name.lower()):
        draft.report((SECTION, "names"), f'"{name[:60]}" is no host name such as cocorico.lan, without port')
    return name.lower()
