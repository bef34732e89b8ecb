"""When the second reader is asked, and when not: the band, the answers kept, the cap of the month, pauses."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.classifier import Classifier
from monitor.config.values import SecondReaderConfig
from monitor.second import question as questions
from monitor.second.chat import Chat, ChatError
from monitor.second.question import AnswerError
from monitor.store import Store
from monitor.store import second as kept
from monitor.types import Announcement, Document, SecondReading
from monitor.vocabulary import Kind

Log = Callable[..., None]  #: log(event, key=value, ...)

#: After a server failed, it is left alone this long, doubling with each further failure.
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=1)
#: A Retry-After beyond a day is taken for a mistake.
_LONGEST_ASKED: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """A document as the first reader weighed it."""

    document: Document
    announcements: tuple[Announcement, ...]  #: also those too unsure to be announced


class SecondReader:
    """Asks about what the first reader is unsure of. Whatever goes wrong, the first reader's result stands."""

    def __init__(
        self,
        config: SecondReaderConfig,
        store: Store,
        first: Classifier,
        *,
        kinds: Collection[Kind] = frozenset(Kind),
        log: Log,
    ) -> None:
        """Make one.

        Args:
            config: whom to ask, about what, how often.
            store: keeps answers and counts questions.
            first: the first reader; what it is surer of than its floor, it announces.
            kinds: of announcements that it is asked about.
            log: takes one event for whatever keeps a question from its answer.
        """
        self.timeout = config.timeout
        self._config = config
        self._store = store
        self._first = first
        self._kinds = frozenset(kinds)
        self._log = log
        self._chat = Chat(config)
        self._failures = 0
        self._silent_until: datetime | None = None

    def weigh(self, document: Document) -> Weighed:
        """Read a document by the first reader alone."""
        return Weighed(document=document, announcements=self._first.weigh(document))

    def doubts(self, weighed: Weighed) -> bool:
        """Tell whether there is anything to ask."""
        return any(map(self._is_doubtful, weighed.announcements))

    def read(self, weighed: Weighed, *, now: datetime) -> tuple[Announcement, ...]:
        """Ask what is doubtful and give all that is announced, the headline's first; then what was denied.

        What was denied has a confidence below the floor. Takes at most twice the configured time-out. Never inside a
        unit of the store: it opens its own.
        """
        end = time.monotonic() + self.timeout
        read = [
            self._second(weighed.document, item, now, end) if self._is_doubtful(item) else item
            for item in weighed.announcements
        ]
        told = [item for item in read if item.confidence >= self._first.floor or item.second is not None]
        return tuple(sorted(told, key=self._rank))

    def _rank(self, item: Announcement) -> tuple[bool, bool]:
        return item.confidence < self._first.floor, item.prominence != "headline"

    def _is_doubtful(self, item: Announcement) -> bool:
        return item.kind in self._kinds and questions.in_band(item, self._config.band)

    def _second(self, document: Document, item: Announcement, now: datetime, end: float) -> Announcement:
        """Weigh one announcement anew, or leave it as it is and say why."""
        try:
            reading = self._reading(document, item, now, end)
        except (ChatError, AnswerError) as error:
            self._passed_over(document, item, str(error), level="warning")
        except Exception as error:  # noqa: BLE001 - never needed: not even our own mistake may cost an article
            self._passed_over(document, item, repr(error), level="error")
        else:
            if reading is not None:
                return questions.weighed(item, reading, band=self._config.band, floor=self._first.floor)
        return item

    def _reading(self, document: Document, item: Announcement, now: datetime, end: float) -> SecondReading | None:
        question = questions.ask(document, item, model=self._config.model)
        name = question.hash(self._config.url)
        with self._store.read() as tx:
            known = kept.answer(tx, name)
        if known is None:
            if (hindrance := self._hindrance(now, end)) is not None:
                self._passed_over(document, item, hindrance, level="info")
                return None
            known = {"said": self._asked(question, now)}
        reading = questions.read_answer(str(known["said"]), document, item, model=self._config.model)
        with self._store.write() as tx:
            kept.keep(tx, name, known, now=now)
        return reading

    def _hindrance(self, now: datetime, end: float) -> str | None:
        """Say what speaks against asking now; otherwise the question is counted."""
        if self._silent_until is not None and now < self._silent_until:
            return f"the server failed, and is left alone until {self._silent_until:%H:%M} UTC"
        if time.monotonic() >= end:
            return "the article's time is used up"
        with self._store.write() as tx:
            counted = kept.count(tx, now, most=self._config.per_month)
        return None if counted else f"this month's {self._config.per_month} questions are used up"

    def _asked(self, question: questions.Question, now: datetime) -> str:
        try:
            said = self._chat.ask(question)
        except ChatError as error:
            self._failed(error, now)
            raise
        self._failures, self._silent_until = 0, None
        return said

    def _failed(self, error: ChatError, now: datetime) -> None:
        pause = min(_FIRST_PAUSE * 2 ** min(self._failures, 10), _LONGEST_PAUSE)
        if error.pause is not None:
            pause = max(pause, min(timedelta(seconds=error.pause), _LONGEST_ASKED))
        self._failures += 1
        self._silent_until = now + pause
        if not error.reached:
            with self._store.write() as tx:
                kept.uncount(tx, now)

    def _passed_over(self, document: Document, item: Announcement, reason: str, *, level: str) -> None:
        self._log(
            "second_reader",
            level=level,
            title=document.title,
            kind=item.kind.value,
            reason=f"{reason}; the first reading stands",
        )
