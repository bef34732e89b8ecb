"""Values that must not be shown: they hide themselves, and can be struck out of any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NoReturn
from urllib.parse import quote, quote_plus, unquote

HIDDEN: Final = "***"

#: Shorter pieces of a secret are left alone: striking out every "on" would make a text unreadable.
_SHORTEST: Final = 4
#: Pieces of a path may be plain words ("alerts", "general"); tokens are longer than that.
_SHORTEST_TOKEN: Final = 8
_TELLING_KEYS: Final = re.compile(r"pass|pwd|token|secret|key|auth|credential|signature|webhook", re.IGNORECASE)
_USERINFO: Final = re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s/?#]+@", re.IGNORECASE)


class Secret:
    """A text that is only given away by `reveal()`: not by print, format, repr, pickle or JSON."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Give the text itself. Call it where it is used, and keep the result nowhere."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN!r})" if self._value else "Secret('')"

    def __str__(self) -> str:
        return HIDDEN if self._value else ""

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is not to be stored or sent: use reveal() where it is needed")


def redact(text: str, secrets: Iterable[Secret]) -> str:
    """Strike out every secret, its telling parts, and the user part of any URL."""
    return redactor(secrets)(text)


def redactor(secrets: Iterable[Secret]) -> Callable[[str], str]:
    """Prepare `redact` for many texts.

    A library may take a secret URL apart and report a piece of it, encoded or not, so passwords, tokens
    and header values inside it are struck out alone as well; host names and addresses stay readable.
    """
    pieces = {form for secret in secrets for piece in _pieces(secret.reveal()) for form in _forms(piece)}
    # Longest first, so that a piece never leaves the rest of a longer one behind.
    known = re.compile("|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True)))

    def strike(text: str) -> str:
        if pieces:
            text = known.sub(HIDDEN, text)
        return _USERINFO.sub(rf"\g<1>{HIDDEN}@", text)

    return strike


def _pieces(value: str) -> Iterator[str]:
    """Give the secret itself and the parts of it that are secret alone."""
    if len(value) >= _SHORTEST:
        yield value
    scheme, separator, rest = value.partition("://")
    if not separator or not scheme:
        return
    # Apprise's schemes put tokens where a web address has its host: only what looks like a host is spared.
    userinfo, _, host = rest.partition("?")[0].partition("/")[0].rpartition("@")
    _, _, password = userinfo.partition(":")
    yield from (part for part in (password,) if len(part) >= _SHORTEST)
    path = "/".join(rest.partition("?")[0].split("/")[1:])
    tokens = [*([] if "." in host else [host, *host.split(":")]), path, *path.split("/")]
    yield from (token.strip("/") for token in tokens if len(token.strip("/")) >= _SHORTEST_TOKEN)
    yield from _telling_values(value)


def _telling_values(url: str) -> Iterator[str]:
    """Give the query's values whose key says that they are secret, and header values ("+Authorization=...")."""
    for pair in re.split(r"[&;]", url.partition("?")[2].partition("#")[0]):
        key, _, value = pair.partition("=")
        if len(value) >= _SHORTEST and (key[:1] in "+-%" or _TELLING_KEYS.search(key)):
            yield value


def _forms(piece: str) -> set[str]:
    """Spell a piece in every way a log may have it."""
    plain = unquote(piece)
    forms = {piece, plain, quote(plain), quote(plain, safe=""), quote_plus(plain), repr(plain)[1:-1]}
    return {form for form in forms if len(form) >= _SHORTEST}
