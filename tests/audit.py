"""An auditor of what origins saw: what each publisher asked for against each request, by rules of its own.

It shares no code with the crawler, so that one misunderstanding can't hide in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

DAY = 86_400.0
ROBOTS, FILE = "/robots.txt", "/.well-known/tdmrep.json"
#: A clock is read before a request is sent, and another one when it comes in.
_SLACK = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One request in an origin's log; times in seconds on any one clock."""

    host: str
    path: str
    at: float  #: when it came in
    end: float  #: when its answer was sent
    status: int
    retry_after: float | None = None  #: seconds, in the answer
    reserved: bool = False  #: the answer says that mining is reserved
    unchanged: bool = False  #: it is a listing, and says what it said to this reader last time
    by: str = ""  #: the machine that asked, as far as a test knows


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What a publisher asks for; the test serves files that say so."""

    disallow: tuple[str, ...] = ()  #: beginnings of paths
    crawl_delay: float = 0.0
    reserve: tuple[str, ...] = ()  #: beginnings of paths, in tdmrep.json
    listings: tuple[str, ...] = ("/feed",)  #: published to be read by programs


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """A request that should not have been made."""

    rule: str
    line: Line

    def __str__(self) -> str:
        return f"{self.rule}: {self.line.host}{self.line.path} at {self.line.at:.3f}"


def audit(lines: Iterable[Line], wishes: Mapping[str, Wishes], *, stop: float = DAY) -> list[Violation]:
    """Every violation in the logs, by host and time. `stop`: for how long a refusal is to be heeded, seconds."""
    by_host: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.at):
        by_host[line.host].append(line)
    found: list[Violation] = []
    for host, seen in by_host.items():
        asked = wishes.get(host, Wishes())
        for check in (_at_once, _robots, _old_robots, _crawl_delay, _retry_after):
            found += check(seen, asked)
        found += [*_reserved(seen, asked), *_refused(seen, asked, stop)]
    return found


def share_unchanged(lines: Sequence[Line]) -> float:
    """Of the answers to listings that had not changed, the share that were 304; 1 when there were none."""
    polls = [line for line in lines if line.unchanged and line.status in {200, 304}]
    return sum(line.status == 304 for line in polls) / len(polls) if polls else 1.0


def _at_once(seen: Sequence[Line], _wishes: Wishes) -> Iterator[Violation]:
    for earlier, later in pairwise(seen):
        if later.at < earlier.end - _SLACK:
            yield Violation(rule="two at once", line=later)


def _robots(seen: Sequence[Line], wishes: Wishes) -> Iterator[Violation]:
    for line in seen:
        if line.path != ROBOTS and line.path.startswith(wishes.disallow):
            yield Violation(rule="robots.txt disallows it", line=line)


def _old_robots(seen: Sequence[Line], _wishes: Wishes) -> Iterator[Violation]:
    """Nothing before robots.txt was read, nor more than a day after; a machine asks for itself."""
    read: dict[str, float] = {}
    for line in seen:
        if line.path == ROBOTS:
            read[line.by] = line.at
        elif line.at > read.get(line.by, float("-inf")) + DAY + 60:
            yield Violation(rule="robots.txt was not read", line=line)


def _crawl_delay(seen: Sequence[Line], wishes: Wishes) -> Iterator[Violation]:
    for earlier, later in pairwise(seen):
        if later.path != ROBOTS and later.at - earlier.end < wishes.crawl_delay - _SLACK:
            yield Violation(rule="crawl-delay", line=later)


def _retry_after(seen: Sequence[Line], _wishes: Wishes) -> Iterator[Violation]:
    until = float("-inf")
    for line in seen:
        if line.at < until - _SLACK:
            yield Violation(rule="Retry-After", line=line)
        if line.retry_after is not None:
            until = max(until, line.end + line.retry_after)


def _reserved(seen: Sequence[Line], wishes: Wishes) -> Iterator[Violation]:
    """No page that the file reserves; none for 30 days after a page said so. Listings may be read."""
    until, file_read = float("-inf"), False
    for line in seen:
        file_read = file_read or line.path == FILE
        if line.path.startswith((ROBOTS, FILE, *wishes.listings)):
            continue
        if line.path.startswith(wishes.reserve) or line.at < until:
            yield Violation(rule="mining is reserved", line=line)
        elif not file_read:
            yield Violation(rule="tdmrep.json was not read", line=line)
        if line.reserved:
            until = line.end + 30 * DAY


def _refused(seen: Sequence[Line], wishes: Wishes, stop: float) -> Iterator[Violation]:
    until = float("-inf")
    for line in seen:
        if line.path.startswith((ROBOTS, FILE, *wishes.listings)):
            continue
        if line.at < until - _SLACK:
            yield Violation(rule="the host refuses us", line=line)
        if line.status in {402, 403, 451}:
            until = line.end + stop
