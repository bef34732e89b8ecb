"""A child: limits on the first line of standard input, then orders; records on standard output as they happen.

Ends at the end of its input. What libraries print goes to standard error.
"""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import gc
import os
import resource
import sys

from scrapy.crawler import AsyncCrawlerProcess

from crawler.note import NOTE, leave
from crawler.probes import AnyRecord
from crawler.settings import scrapy_settings
from crawler.types import CrawlError, Limits
from crawler.wire import Mark, Progress, Site, decode, encode

_BREATH = 0.005  #: seconds in which records wait for others to be said with


def main() -> None:
    """Serve orders until there are no more."""
    faulthandler.enable()
    records = os.dup(1)
    os.dup2(2, 1)
    line = sys.stdin.buffer.readline()
    if not line:
        return
    limits = decode(line)
    if not isinstance(limits, Limits):
        raise CrawlError(f"the first line must be limits, not {type(limits).__name__}")
    _bound(limits)
    _run(limits, records, os.environ.get(NOTE))
    os._exit(0)  # a name lookup that hangs in its thread would keep the interpreter from ending


def _run(limits: Limits, records: int, note: str | None) -> None:
    process = AsyncCrawlerProcess(scrapy_settings(limits))  # installs the reactor, so it comes before the spider
    from crawler.spiders.worker import Worker  # noqa: PLC0415

    gc.collect()
    gc.freeze()  # the libraries stay: not to look through them again and again makes extraction a tenth faster
    voice = _Voice(records, note)
    process.crawl(Worker, limits=limits, lines=sys.stdin.buffer, say=voice.say, parses=voice.parses)
    process.start(install_signal_handlers=False)
    voice.speak()


class _Voice:
    """Says what some moments bring in one go: each write wakes the parent, which costs both of them.

    Args:
        file: Where it is said.
        note: Where the order that is parsed is noted, see `crawler.note`.
    """

    def __init__(self, file: int, note: str | None) -> None:
        self._file, self._note = file, note
        self._unsaid = bytearray()
        self._started: set[str] = set()  #: orders of which the parent has not heard yet that they have begun

    def say(self, value: AnyRecord | Progress | Site) -> None:
        """Say a value soon; at once that this child is ready, or what it gives back."""
        first = not self._unsaid
        self._unsaid += encode(value).encode() + b"\n"
        if isinstance(value, Progress) and value.mark is not Mark.STARTED:
            self.speak()
            return
        if isinstance(value, Progress):
            self._started.update(value.orders)
        if first:
            asyncio.get_running_loop().call_later(_BREATH, self.speak)

    def parses(self, order: str) -> None:
        """Note an order that may hang its parser: the parent must have heard that it began, to miss it."""
        leave(self._note, order)
        if order in self._started:
            self.speak()

    def speak(self) -> None:
        """Say all that is unsaid."""
        line, self._unsaid = self._unsaid, bytearray()
        self._started.clear()
        _write(self._file, bytes(line))


def _write(file: int, line: bytes) -> None:
    """Write all of it at once. When nobody listens any more there is nothing left to do."""
    rest = memoryview(line)
    try:
        while rest:
            rest = rest[os.write(file, rest) :]
    except BrokenPipeError:
        os._exit(1)


def _bound(limits: Limits) -> None:
    """As many open connections as the system grants, and no more memory than asked for."""
    with contextlib.suppress(ValueError, OSError):  # macOS calls the hard limit infinite and refuses it
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if limits.memory_bytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


if __name__ == "__main__":
    main()
