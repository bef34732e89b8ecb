"""Who reads the month, each in a way of their own, and whether they heard of it at the hour they asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.subscribing import ANYTHING, INSTANT, ZONE, Deliver, Escalation, Quiet, Rhythm, Subscription
from monitor.vocabulary import Status
from month.drive import Run, Sent

_PARIS, _YORK = ZoneInfo(ZONE), ZoneInfo("America/New_York")
_EIGHT = time(8)
_DAILY = Deliver(rhythm=Rhythm.DAILY, at=_EIGHT)
_NIGHT = Quiet(start=time(22), end=time(7, 30))
_CAP = 4

Complaints = Iterator[str]


def _reader(name: str, deliver: Deliver = INSTANT, **more: object) -> Subscription:
    return Subscription(name=name, targets=(name,), match=ANYTHING, deliver=deliver, **more)  # type: ignore[arg-type]


#: They all want everything, so that each must hear of every fact, and of none twice.
READERS: Sequence[Subscription] = (
    _reader("at once"),
    _reader("morning", _DAILY),
    _reader("night", Deliver(rhythm=Rhythm.DAILY, at=time(2, 30))),
    _reader("new york", Deliver(rhythm=Rhythm.DAILY, at=time(1, 30)), zone=_YORK.key),
    _reader("weekly", Deliver(rhythm=Rhythm.WEEKLY, at=time(9), weekday=0)),
    _reader("workdays", Deliver(rhythm=Rhythm.CRON, cron="0 8 * * 1-5")),
    _reader("sleeper", quiet=_NIGHT),
    _reader("few", max_per_day=_CAP),
    _reader("careful", _DAILY, escalate=Escalation(by_status=((Status.CONFIRMED, INSTANT),))),
)
#: Of a whole month.
FEW_READERS = ("at once", "morning", "weekly", "sleeper", "few")


def complaints(run: Run) -> Iterator[str]:
    """Say of every message that came at another hour than its reader asked for, one line each."""
    for reader in READERS:
        got = [one for one in run.sent if one.context.delivery.subscription == reader.name]
        if not got:  # not a reader of this month
            continue
        for complaint in _RULES[reader.name](got, run.found):
            yield f"{reader.name}: {complaint}"


@dataclass(frozen=True, slots=True)
class _Slots:
    """The hours of a digest, computed from the calendar of its zone."""

    zone: ZoneInfo
    at: time
    weekdays: frozenset[int] = frozenset(range(7))

    def __call__(self, got: Sequence[Sent], found: Mapping[str, datetime]) -> Complaints:
        """Every fact comes at the first slot after its article was found, and no slot has two messages."""
        slots = self.of(min(found.values()), max(one.at for one in got) + timedelta(days=1))
        twice = [at for at, number in Counter(one.at for one in got).items() if number > 1]
        yield from (f"{number} messages at {number:%d/%m %H:%M}" for number in twice)
        for one in got:
            due = {slots[bisect_right(slots, found[told.article.url])] for told in one.context.stories}
            if due != {one.at}:
                yield f"{one.at:%d/%m %H:%M} UTC, due {' '.join(f'{at:%d/%m %H:%M}' for at in sorted(due))}"

    def of(self, first: datetime, last: datetime) -> list[datetime]:
        """Give the slots between two times, in UTC: a skipped hour comes later, a doubled one the first time."""
        days = [first.date() + timedelta(days=number) for number in range(-1, (last - first).days + 9)]
        return [
            datetime.combine(day, self.at, tzinfo=self.zone).astimezone(UTC)
            for day in days
            if day.weekday() in self.weekdays
        ]


def _at_once(got: Sequence[Sent], found: Mapping[str, datetime]) -> Complaints:
    for one in got:
        for told in one.context.stories:
            heard = found[told.article.url]
            if one.at != heard and not _stormy(got, heard, _full_hour(heard), one.at):
                yield f"{one.at:%d/%m %H:%M}, found {heard:%d/%m %H:%M}"


def _asleep(got: Sequence[Sent], found: Mapping[str, datetime]) -> Complaints:
    for one in got:
        local = one.at.astimezone(_PARIS)
        if _NIGHT.covers(local.time()):
            yield f"woken up at {local:%d/%m %H:%M}"
        for told in one.context.stories:
            heard = found[told.article.url].astimezone(_PARIS)
            due = _awake(heard)
            stormy = _stormy(got, heard.astimezone(UTC), _awake(_full_hour(heard)), one.at)
            if one.at != due and not stormy:
                yield f"{one.at:%d/%m %H:%M} UTC, due {due:%d/%m %H:%M}"


def _capped(got: Sequence[Sent], found: Mapping[str, datetime]) -> Complaints:
    """A day has so many messages at once; the rest is one message in the morning, which comes on top.

    Rule 3 of docs/delivery.md puts the rest into a digest, which rule 1 sends however many messages the day had, and
    rule 5 lets a digest of one alert come as that alert. So what came later than it was found comes on top.
    """
    at_once = [one for one in got if any(found[told.article.url] == one.at for told in one.context.stories)]
    yield from (f"{number} messages on {day}" for day, number in _days(at_once).items() if number > _CAP)
    rest = [one for one in got if one not in at_once]
    yield from (f"{number} mornings on {day}" for day, number in _days(rest).items() if number > 1)
    for one in got:
        for told in one.context.stories:
            heard = found[told.article.url]
            later = _morning(heard.astimezone(_PARIS) + timedelta(days=1), _EIGHT, same_day=True)
            if one.at not in {heard, later}:
                yield f"{one.at:%d/%m %H:%M}, found {heard:%d/%m %H:%M}"
            elif one.at == later and _days([one for one in got if one.at <= heard])[_day(heard)] < _CAP:
                yield f"{one.at:%d/%m %H:%M}, found {heard:%d/%m %H:%M}, when the day was not full"


def _days(got: Sequence[Sent]) -> Counter[date]:
    return Counter(_day(one.at) for one in got)


def _day(at: datetime) -> date:
    return at.astimezone(_PARIS).date()


def _careful(got: Sequence[Sent], found: Mapping[str, datetime]) -> Complaints:
    slots = _Slots(_PARIS, _EIGHT)
    for one in got:
        for told in one.context.stories:
            heard = found[told.article.url]
            held = slots.of(heard, heard)
            late = one.at not in {heard, held[bisect_right(held, heard)]}
            if late or (told.announcement.status is Status.CONFIRMED and one.at != heard):
                yield f"{told.announcement.status} at {one.at:%d/%m %H:%M}, found {heard:%d/%m %H:%M}"


def _morning(local: datetime, at: time, *, same_day: bool = False) -> datetime:
    """Give the next time that a clock on the wall shows an hour."""
    day = local.date() if same_day or local.time() < at else local.date() + timedelta(days=1)
    return datetime.combine(day, at, tzinfo=_PARIS).astimezone(UTC)


#: What a reader who says nothing of it has as `max_per_hour`, and what that counts over.
_STORM, _STORM_SPAN = 20, timedelta(hours=1)
#: A full hour nearer than this is none to gather the rest of a storm at.
_NEAR = timedelta(minutes=15)


def _stormy(got: Sequence[Sent], heard: datetime, due: datetime, at: datetime) -> bool:
    """Tell whether so many messages had come within the hour that a fact was rightly gathered, and came when due."""
    return at == due and sum(heard - _STORM_SPAN < other.at <= heard for other in got) >= _STORM


def _full_hour(heard: datetime) -> datetime:
    """Give the full hour at which the rest of a storm comes: the next one, or when that is near the one after."""
    hour = heard.replace(minute=0) + timedelta(hours=1)
    return hour if hour - heard >= _NEAR else hour + timedelta(hours=1)


def _awake(local: datetime) -> datetime:
    """Give the time, in UTC, from which the sleeper may be told at a time."""
    return _morning(local, _NIGHT.end) if _NIGHT.covers(local.time()) else local.astimezone(UTC)


_RULES: Mapping[str, Callable[[Sequence[Sent], Mapping[str, datetime]], Complaints]] = {
    "at once": _at_once,
    "morning": _Slots(_PARIS, _EIGHT),
    "night": _Slots(_PARIS, time(2, 30)),
    "new york": _Slots(_YORK, time(1, 30)),
    "weekly": _Slots(_PARIS, time(9), frozenset({0})),
    "workdays": _Slots(_PARIS, _EIGHT, frozenset(range(5))),
    "sleeper": _asleep,
    "few": _capped,
    "careful": _careful,
}
