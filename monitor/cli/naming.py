"""What a source is called that a user adds: its id, its name, its outlet, its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler import SourceKind, host_key
from monitor.types import Source
from monitor.vocabulary import FetchPolicy

if TYPE_CHECKING:
    from monitor.cli.finding import Discovery
    from monitor.decide.discovery import Found

_LONGEST_NAME = 60
#: What sites put between their name and their motto.
_MOTTO = re.compile(r"\s+[|–—·»-]\s+|\s*[:|]\s+")
#: Of articles when nobody says it: the language of most outlets that are watched.
_DEFAULT_LANGUAGE = "fr"


class Ids:
    """Gives ids to addresses; each one once."""

    def __init__(self, taken: Collection[str]) -> None:
        self.taken = set(taken)
        self._last: dict[str, int] = {}  #: numbers given so far: 10,000 feeds of one host take no search each

    def named(self, name: str) -> str:
        """The name itself; with a number when it is taken."""
        found = next(each for each in chain((name,), (f"{name}-{n}" for n in count(2))) if each not in self.taken)
        self.taken.add(found)
        return found

    def free(self, url: str) -> str:
        """The host; with the last part of the path when that is taken; with a number when that is, too."""
        short = slug(host_key(url).partition(":")[0])
        part = slug(unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].partition(".")[0])[:40].rstrip("-")
        long = f"{short}-{part}" if part else short
        first = self._last.get(long, 1) + 1
        numbered = (f"{long}-{number}" for number in count(first))
        found = next(each for each in chain((short, long), numbered) if each not in self.taken)
        if found not in {short, long}:
            self._last[long] = int(found.rpartition("-")[2])
        self.taken.add(found)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """What the user says of the sources to add; empty where they leave it to us."""

    name: str
    identifier: str
    language: str
    ids: Ids

    def check(self) -> None:
        """Look at what was said.

        Raises:
            ValueError: the id or the language is none.
        """
        if self.identifier and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", self.identifier):
            raise ValueError(f"an id has lower-case letters, digits and hyphens, unlike {self.identifier}")
        if self.language and not re.fullmatch(r"[a-z]{2}", self.language):
            raise ValueError(f"a language has two letters, like fr, unlike {self.language}")

    def source(self, url: str, kind: str) -> Source:
        """Make a source of an address that was not asked."""
        host = host_key(url).partition(":")[0]
        return Source(
            id=self.identifier or self.ids.free(url),
            name=self.name or host,
            url=url,
            kind=SourceKind(kind),
            language=self.language or _DEFAULT_LANGUAGE,
        )

    def of(self, discovery: Discovery, found: Found, *, alone: bool) -> Source:
        """Make a source of a listing that was found. Its outlet is the site, whatever the listing is called.

        Pages of an outlet that reserves text and data mining are not read: title and summary must do.
        """
        host = host_key(found.url).partition(":")[0]
        outlet = self.name or _short(discovery.title) or host
        called = _short(found.title) if found.title and not discovery.itself else ""
        return Source(
            id=self.identifier if alone and self.identifier else self.ids.free(found.url),
            name=self.name if alone and self.name else called or outlet,
            outlet=outlet,
            url=found.url,
            kind=found.kind,
            language=self.language or found.language or _DEFAULT_LANGUAGE,
            fetch=FetchPolicy.NEVER if discovery.reservation else FetchPolicy.ALL,
        )


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens of a text."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _short(title: str) -> str:
    """A site's name without its motto."""
    return _MOTTO.split(title.strip(), maxsplit=1)[0][:_LONGEST_NAME].strip()
