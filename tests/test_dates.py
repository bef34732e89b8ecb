from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import read_date
from crawler.types import check_utc

#: All mean 20 November 2026, 14:30 in Paris, whatever the language of the source.
ZONED = """
Fri, 20 Nov 2026 14:30:00 +0100
Fri, 20 Nov 2026 14:30:00 CET
Fri, 20 Nov 2026 13:30:00 GMT
Fri, 20 Nov 2026 08:30:00 EST
Fri, 20 Nov 26 14:30 +0100
20 Nov 2026 08:30:00 ET
ven., 20 nov. 2026 14:30:00 +0100
Vendredi 20 novembre 2026 à 14h30 (heure de Paris)
2026-11-20T13:30:00Z
2026-11-20T14:30:00+01:00
2026-11-20T14:30:00.250+01:00
2026-11-20T14:30+01
2026-11-20 14:30:00 +0100
20261120T133000Z
2026-11-20T14:30:00 Europe/Paris
November 20, 2026 8:30 AM ET
Nov 20, 2026, 5:30am PT
Friday, November 20th, 2026 at 8:30 a.m. EST
Fri Nov 20 14:30:00 CET 2026
20 Nov 2026 14:30:00 GMT+0100 (Central European Standard Time)
20 Nov 2026 22:30:00 JST
20 Nov 2026 19:00:00 IST
20 Nov 2026 13:30:00 UTC
21 Nov 2026 00:30:00 AEDT
1795181400
1795181400000
"""

#: French sources write these without zone; they mean Paris.
FRENCH = """
ven., 20 nov. 2026 14:30
20 novembre 2026 à 14h30
20 novembre 2026, 14 h 30
Publié le 20/11/2026 à 14:30
Mis à jour le 20 NOVEMBRE 2026 à 14:30 par Jeanne
2026-11-20T14:30:00
2026-11-20 14:30
20.11.2026 14:30
20-11-2026 14:30
20261120143000
14:30, 20 novembre 2026
"""

UNREADABLE = """
yesterday
il y a 2 heures
2 hours ago
2026-11
20 Nov
31 Nov 2026
2026-02-30
2026-11-20T25:00:00Z
2026-11-20T14:61:00Z
0026-11-20T00:00:00Z
1763-01-01
2999-01-01
Fri, 20 Nov 2026 14:30:00 XYZT
Fri, 20 Nov 2026 14:30:00 +9900
12345
99999999999999
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(ZONED))
@pytest.mark.parametrize("language", ["fr", "en", None])
def test_a_written_zone_is_obeyed(text: str, language: str | None) -> None:
    moment = read_date(text, language=language)
    assert moment is not None
    assert moment.replace(microsecond=0) == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
    check_utc(moment)


@pytest.mark.parametrize("text", lines(FRENCH))
def test_without_zone_a_french_source_means_paris(text: str) -> None:
    """Fault P17."""
    assert read_date(text, language="fr") == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", lines(UNREADABLE))
@pytest.mark.parametrize("language", ["fr", "en", None])
def test_what_is_uncertain_is_unknown(text: str, language: str | None) -> None:
    """Faults P17, P18."""
    assert read_date(text, language=language) is None


@pytest.mark.parametrize("value", [None, True, [], {}, "", "   ", "é" * 500, b"2026-11-20", -1, 0, 1e300, float("nan")])
def test_no_value_crashes_it(value: object) -> None:
    assert read_date(value) is None


MONTHS = [
    ("janvier", "janv.", "January", "Jan"),
    ("février", "févr.", "February", "Feb"),
    ("mars", "mars", "March", "Mar"),
    ("avril", "avr.", "April", "Apr"),
    ("mai", "mai", "May", "May"),
    ("juin", "juin", "June", "Jun"),
    ("juillet", "juil.", "July", "Jul"),
    ("août", "aout", "August", "Aug"),
    ("septembre", "sept.", "September", "Sep"),
    ("octobre", "oct.", "October", "Oct"),
    ("novembre", "nov.", "November", "Nov"),
    ("décembre", "déc.", "December", "Dec"),
]


@pytest.mark.parametrize(("number", "names"), list(enumerate(MONTHS, 1)))
def test_every_month_in_both_languages(number: int, names: tuple[str, ...]) -> None:
    for name in names:
        assert read_date(f"3 {name} 2026 10:00 UTC") == datetime(2026, number, 3, 10, tzinfo=UTC), name


def test_summer_and_winter_time_of_paris() -> None:
    assert read_date("1er août 2026 à 9 h 05", language="fr") == datetime(2026, 8, 1, 7, 5, tzinfo=UTC)
    assert read_date("1er janvier 2026 à 9h", language="fr") == datetime(2026, 1, 1, 8, tzinfo=UTC)


def test_a_day_without_time_begins_where_the_source_is() -> None:
    assert read_date("2026-11-20", language="fr") == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert read_date("2026-11-20", language="en") == datetime(2026, 11, 20, tzinfo=UTC)


def test_day_and_month_in_figures() -> None:
    assert read_date("05/06/2026", language="fr") == datetime(2026, 6, 4, 22, tzinfo=UTC)
    assert read_date("05/06/2026", language="en") is None
    assert read_date("11/20/2026", language="en") == datetime(2026, 11, 20, tzinfo=UTC)
    assert read_date("20/11/2026", language="en") == datetime(2026, 11, 20, tzinfo=UTC)


def test_midnight_and_leap_seconds() -> None:
    """Fault P18."""
    assert read_date("2026-11-20T24:00:00Z") == datetime(2026, 11, 21, tzinfo=UTC)
    assert read_date("2026-12-31T23:59:60Z") == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert read_date("Nov 20, 2026 12:05 am UTC") == datetime(2026, 11, 20, 0, 5, tzinfo=UTC)


def test_other_languages_are_read_when_named() -> None:
    assert read_date("20 de noviembre de 2026", language="es") == datetime(2026, 11, 20, tzinfo=UTC)
    assert read_date("20 de noviembre de 2026") is None
    assert read_date("20 klingon 2026", language="tlh") is None


@given(st.text(max_size=60), st.sampled_from(["fr", "en", None]))
def test_any_text_is_a_utc_date_or_none(text: str, language: str | None) -> None:
    found = read_date(text, language=language)
    assert found is None or found.tzinfo is UTC


@given(st.integers(820_454_400, 4_070_908_800), st.sampled_from(["fr", "en"]))
def test_iso_dates_survive_the_round_trip(seconds: int, language: str) -> None:
    aware = datetime.fromtimestamp(seconds, UTC)
    assert read_date(aware.isoformat(), language=language) == aware


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-1500, 1500), st.sampled_from(["Z", "UTC"]))
def test_the_two_usual_forms_are_read_as_all_others(moment: datetime, zone: int, name: str) -> None:
    offset = f"{'-' if zone < 0 else '+'}{abs(zone) // 60:02}{abs(zone) % 60:02}"
    for written in (f"{moment:%a, %d %b %Y %H:%M:%S} {offset}", f"{moment:%d %b %Y %H:%M:%S} {name}"):
        assert read_date(written) == read_date(f" {written}".lower()), written
    for written in (f"{moment:%Y-%m-%dT%H:%M:%S}{offset[:3]}:{offset[3:]}", f"{moment:%Y-%m-%dT%H:%M:%S}.5Z"):
        assert read_date(written) == read_date(f" {written}".lower()), written
