"""A year on a passed clock, both clock changes in it: every digest at its hour, one on each local day, nothing lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk import Desk
from fakes import an_announcement

from monitor.alerts.context import DeliveryContext
from monitor.decide.hours import instant
from monitor.store import Store
from monitor.subscribing import Deliver, Quiet, Rhythm, Subscription
from monitor.types import Announcement
from monitor.vocabulary import Form, Kind

START = datetime(2026, 2, 1, tzinfo=UTC)
DAYS = 366
#: Hours (UTC) at which the daemon looks: those of the digests in winter and in summer, and some between.
LOOKS = (time(0, 30), time(1, 30), time(5, 30), time(6), time(6, 30), time(7), time(7, 30), time(12), time(22, 15))
NOON, NIGHTLY = time(12), time(22, 15)  #: when an article comes: every day, and every third night
NIGHT = Quiet(start=time(22), end=time(7, 30))
FIRST: tuple[str, ...] = (
    "Abbaye",
    "Boussole",
    "Cordillère",
    "Doublure",
    "Falaise",
    "Guérison",
    "Horloge",
    "Invitée",
    "Jument",
    "Lanterne",
)
FIRST += ("Moisson", "Nébuleuse", "Ordonnance", "Passerelle", "Quittance", "Roseraie", "Serrure", "Tempête", "Usurière")
SECOND: tuple[str, ...] = (
    "Bretagne",
    "Corinthe",
    "Dunkerque",
    "Etretat",
    "Figeac",
    "Grasse",
    "Honfleur",
    "Issoudun",
    "Jonzac",
    "Kerguelen",
)
SECOND += ("Limoges", "Morlaix", "Narbonne", "Orthez", "Poitiers", "Quimper", "Roubaix", "Saumur", "Thonon", "Uzerche")
SECOND += (
    "Valence",
    "Wissembourg",
    "Yvetot",
    "Zuydcoote",
    "Annecy",
    "Bordeaux",
    "Cherbourg",
    "Dieppe",
    "Embrun",
    "Fontenay",
)
SECOND += ("Gap", "Hyères", "Isigny", "Jarnac", "Langres", "Montauban", "Nevers", "Orange", "Provins")


def daily(at: time) -> Deliver:
    return Deliver(rhythm=Rhythm.DAILY, at=at)


SUBSCRIPTIONS = {
    "morning": Subscription(name="morning", targets=("mail",), deliver=daily(time(8)), quiet=NIGHT),
    "night": Subscription(name="night", targets=("mail",), deliver=daily(time(2, 30))),
    "york": Subscription(
        name="york",
        targets=("mail",),
        deliver=Deliver(rhythm=Rhythm.CRON, cron="30 2 * * *"),
        zone="America/New_York",
    ),
    "week": Subscription(name="week", targets=("mail",), deliver=Deliver(rhythm=Rhythm.WEEKLY, at=time(8), weekday=0)),
    "instant": Subscription(name="instant", targets=("mail",), quiet=NIGHT),
}
#: Digests of one a day, with their hour.
DAILY = {"morning": time(8), "night": time(2, 30), "york": time(2, 30)}


def titles() -> Iterator[Announcement]:
    for second in SECOND:
        for first in FIRST:
            yield an_announcement(kind=Kind.NEW_ORIGINAL, title=f"{first} à {second}", season=None, people=())


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[datetime, DeliveryContext]]]:
    """What each subscription got, and when."""
    path: Path = tmp_path_factory.mktemp("year")
    news = titles()
    told = defaultdict(list)
    with Store.open(f"sqlite:///{path}/cocorico.db") as store:
        desk = Desk(store, *SUBSCRIPTIONS.values(), now=START)
        for number in range(DAYS):
            for hour in LOOKS:
                desk.now = datetime.combine((START + timedelta(days=number)).date(), hour, UTC)
                if hour == NOON or (hour == NIGHTLY and number % 3 == 0):
                    desk.say(next(news))
                desk.go()
        for moment, context in zip(desk.times, desk.told, strict=True):
            told[context.delivery.subscription].append((moment, context))
    return told


Year = dict[str, list[tuple[datetime, DeliveryContext]]]


@pytest.mark.parametrize("name", DAILY)
def test_there_is_one_digest_on_each_local_day_and_at_its_hour(year: Year, name: str) -> None:
    zone = SUBSCRIPTIONS[name].zone
    days = Counter(moment.astimezone(ZoneInfo(zone)).date() for moment, _ in year[name])
    assert set(days.values()) == {1}
    assert len(days) == (max(days) - min(days)).days + 1 >= DAYS - 1
    assert [moment for moment, _ in year[name]] == [instant(day, DAILY[name], zone) for day in sorted(days)]


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_each_story_is_told_once(year: Year, name: str) -> None:
    found = Counter(told.story.title for _, context in year[name] for told in context.stories)
    assert set(found.values()) == {1}
    missing = DAYS + DAYS // 3 - len(found)
    assert missing <= {"instant": 1, "week": 14}.get(name, 2), "only what still waits when the year ends"


def test_a_weekly_digest_comes_every_monday(year: Year) -> None:
    hours = {f"{moment.astimezone(ZoneInfo('Europe/Paris')):%a %H:%M}" for moment, _ in year["week"]}
    assert hours == {"Mon 08:00"}
    assert len(year["week"]) in {52, 53}


def test_what_came_in_quiet_hours_goes_out_when_they_end(year: Year) -> None:
    paris = ZoneInfo("Europe/Paris")
    hours = Counter(moment.astimezone(paris).time() for moment, _ in year["instant"])
    assert hours.pop(time(7, 30)) == DAYS // 3
    assert set(hours) == {time(13), time(14)}, "noon in UTC, in winter and in summer"
    assert {context.form for _, context in year["instant"]} == {Form.ALERT}


def test_the_year_has_both_clock_changes(year: Year) -> None:
    moments = [moment.astimezone(ZoneInfo("Europe/Paris")) for moment, _ in year["night"]]
    hours = {one.date(): f"{one:%H:%M%z}" for one in moments}
    assert (hours[date(2026, 3, 29)], hours[date(2026, 10, 25)]) == ("03:30+0200", "02:30+0200")
