"""Whether a publisher reserves text and data mining: the TDM Reservation Protocol, and robots directives. Pure.

The protocol (W3C community report of 10 May 2024) has three ways, each overruling the one before: a file of the site,
`/.well-known/tdmrep.json`; a header of the answer; meta tags of the page. `X-Robots-Tag` and the robots meta tag count
where they forbid machine reading (`noai`, `noml`), or refuse us by our name; see docs/politeness.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

FILE = "/.well-known/tdmrep.json"
_RULES = 1_000  #: of a file, the first so many; each costs a comparison a page
_HEAD_BYTES = 128 * 1024  #: where a page's meta tags are
_META = re.compile(rb"<meta\s[^>]{0,2000}>", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
#: Forbid machine reading to everybody. `noimageai` is about images, and we read none.
_NO_READING = frozenset({"noai", "noml"})
#: Said to us by name, these are a no as well; said to all they are about search results, which we don't have.
_NO_US = _NO_READING | {"noindex", "none"}
#: Directives that have a value, and so look like a crawler's name.
_VALUED = ("max-", "unavailable_after")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation:
    """A publisher's word on mining what it publishes."""

    reserved: bool
    evidence: str  #: where it says so, for people: "tdmrep.json", "the tdm-reservation header"
    policy: str | None = None  #: URL of its conditions


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """One rule of a tdmrep.json."""

    pattern: str  #: of paths: `*` is anything, a `$` at the end is the end
    reserved: bool
    policy: str | None = None


def read_file(body: bytes) -> tuple[Location, ...]:
    """The rules of a tdmrep.json in its order; a rule, or a file, that is none says nothing."""
    try:
        rules = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ()
    found = [_location(rule) for rule in rules[:_RULES]] if isinstance(rules, list) else []
    return tuple(rule for rule in found if rule is not None)


def of_file(rules: tuple[Location, ...], url: str) -> Reservation | None:
    """What a site's file says of an address: the first rule that matches is the most specific one, by the protocol."""
    parts = urlsplit(url)
    path = _plain((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    path = path.replace("$", "%24").replace("*", "%2A")  # a pattern that means them writes them so
    for rule in rules:
        if matches(rule.pattern, path):
            return Reservation(reserved=rule.reserved, evidence="tdmrep.json", policy=rule.policy)
    return None


def matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says, read as in RFC 9309. Takes time linear in the path for each piece."""
    anchored = pattern.endswith("$")
    first, *others = _plain(pattern.removesuffix("$")).replace("$", "%24").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = others.pop() if anchored and others else None
    for piece in others:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(path) - at >= len(last) and path.endswith(last)
    return not anchored or at == len(path)


def of_answer(headers: dict[str, str], body: bytes, token: str) -> Reservation | None:
    """What an answer itself says, in its headers (names in lower case) or its meta tags; None: nothing.

    Args:
        headers: Several `X-Robots-Tag` are lines of one.
        body: Of an HTML page; anything else has no meta tags.
        token: The name we go by, as in robots.txt.
    """
    own = token.lower()
    metas = _metas(body, own)
    tags = [line for line in headers.get("x-robots-tag", "").splitlines() if line]
    tags += [f"{name}: {value}" for name, value in metas if name == own]
    tags += [value for name, value in metas if name == "robots"]
    if any(_refuses(tag, own) for tag in tags):
        return Reservation(reserved=True, evidence="its robots directive (noai)")
    declared = {name: value for name, value in reversed(metas) if name.startswith("tdm-")}
    return _declared(declared, "the tdm-reservation meta tag") or _declared(headers, "the tdm-reservation header")


def _declared(values: dict[str, str], evidence: str) -> Reservation | None:
    said = values.get("tdm-reservation", "").strip()
    if said not in {"0", "1"}:
        return None
    return Reservation(reserved=said == "1", evidence=evidence, policy=_policy(values.get("tdm-policy")))


def _policy(value: object) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if text.startswith(("https://", "http://")) and len(text) <= 2_000 and text.isprintable() else None


def _location(rule: Any) -> Location | None:
    if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
        return None
    said = rule.get("tdm-reservation")
    if isinstance(said, bool) or str(said).strip() not in {"0", "1"}:
        return None
    return Location(
        pattern=rule["location"][:2_000], reserved=str(said).strip() == "1", policy=_policy(rule.get("tdm-policy"))
    )


def _refuses(tag: str, own: str) -> bool:
    """Whether a robots directive, `[crawler:] directive, directive`, tells us not to read."""
    to = ""
    for part in tag.lower().split(","):
        name, colon, value = part.partition(":")
        named = bool(colon) and not name.strip().startswith(_VALUED)
        to = name.strip() if named else to
        directive = (value if named else part).strip()
        if directive in (_NO_US if to == own else _NO_READING if to in {"", "*", "robots"} else ()):
            return True
    return False


def _metas(body: bytes, own: str) -> list[tuple[str, str]]:
    """Name, in lower case, and content of a page's meta tags that may concern us."""
    found = []
    for tag in _META.findall(body[:_HEAD_BYTES].replace(b"\0", b"")):
        text = tag.decode("utf-8", "replace").lower()
        if "tdm-" not in text and "robots" not in text and own not in text:
            continue
        pairs = _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        values = {name.lower(): unescape(a or b or c) for name, a, b, c in reversed(pairs)}
        found.append((values.get("name", "").strip().lower(), values.get("content", "")))
    return found


def _plain(text: str) -> str:
    """One spelling of a path: escapes that need not be are undone, what should be escaped is."""
    return _ESCAPE.sub(_unescaped, quote(text, safe=_ASCII))


def _unescaped(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else match[0].upper()
