"""The calendar: which day a sentence names, and the events that come of it, read back with icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from fakes import NOON, a_change, a_story

from monitor.feeds import Place, calendar
from monitor.premieres import announced_day, dated_day
from monitor.types import Change, Story
from monitor.vocabulary import Kind, Status

TOLD = date(2026, 11, 20)  # a Friday
PLACE = Place(name="all", address="http://127.0.0.1:8642/feeds/all.ics", home="http://127.0.0.1:8642/", language="fr")


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("« Les Marées » arrive le 12 mars 2027 sur Arte.", "2027-03-12"),
        ("La saison 2 est attendue dès le 1er décembre.", "2026-12-01"),
        ("Rendez-vous le premier février.", "2027-02-01"),
        ("À partir du lundi 4 janvier à 21 h 05 sur TF1", "2027-01-04"),
        ("diffusée du 3 au 7 mars", "2027-03-03"),
        ("les 3 et 4 mars sur France 2", "2027-03-03"),
        ("Lancée le 4 mai 2024, la série revient le 3 février.", "2027-02-03"),
        ("Diffusion prévue le 05/03/2027", "2027-03-05"),
        ("Diffusion : 2027-03-05", "2027-03-05"),
        ("ce vendredi sur M6", "2026-11-20"),
        ("ce jeudi sur M6", "2026-11-26"),
        ("vendredi prochain à 21h10", "2026-11-27"),
        ("dès demain sur Netflix", "2026-11-21"),
        ("L’épisode final, c’est AUJOURD’HUI", "2026-11-20"),
        ("The Tides premieres March 12 on Arte.", "2027-03-12"),
        ("It launches on Dec. 4, 2026.", "2026-12-04"),
        ("Returning for season 2 March 5, 2027", "2027-03-05"),
        ("from the 3rd of January", "2027-01-03"),
        ("premieres tonight at 9", "2026-11-20"),
        ("on Thursday", "2026-11-26"),
        ("le 29 février 2028", "2028-02-29"),
    ],
)
def test_a_day_is_read(sentence: str, day: str) -> None:
    assert announced_day(sentence, told=TOLD) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "sentence",
    [
        "La série arrive en mars 2027.",
        "coming in spring 2027",
        "Le 12 novembre, la série a été lancée.",
        "Lancée le 4 mai 2024.",
        "le 31 juin",
        "le 29 février 2027",
        "2027-13-40",
        "It may 12 episodes long",
        "May 8:30pm slot",
        "la saison 2 mars enfin",
        "le 12 mars 2045",
        "prochainement, et lundi dernier",
        "",
    ],
)
def test_no_day_is_read_where_none_is_named(sentence: str) -> None:
    assert announced_day(sentence, told=TOLD) is None


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("OCS renouvelle « Les Marées » : la saison 2 arrivera le 12 mars 2027.", "2027-03-12"),
        ("Arte commande « Le Phare », qui sera diffusée à partir du 4 janvier.", "2027-01-04"),
        ("Commandée en mai, « Le Phare » débarque le 1er décembre sur M6", "2026-12-01"),
        ("Netflix has renewed “The Tides” for season 2, which premieres March 12, 2027.", "2027-03-12"),
        ("Netflix has renewed “The Tides” for season 2, which premieres on Jan. 14.", "2027-01-14"),
        ("TF1 a annoncé que la saison 6 de « HPI » arrivera le 14 janvier.", "2027-01-14"),
        ("Netflix has announced that “Lupin” will premiere on January 14, 2027.", "2027-01-14"),
        ("Renewed, “The Tides” returns on Thursday, Arte said", "2026-11-26"),
    ],
)
def test_an_order_or_a_renewal_names_the_day_of_its_premiere(sentence: str, day: str) -> None:
    for kind in (Kind.NEW_ORIGINAL, Kind.RENEWAL):
        assert dated_day(kind, sentence, told=TOLD) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "sentence",
    [
        "OCS renouvelle « Les Marées » ; le tournage commence le 12 mars 2027.",
        "OCS a annoncé qu'elle dévoilerait tout le 12 décembre.",
        "« Le Phare », attendue au festival de La Rochelle le 12 décembre, est commandée par Arte.",
        "Filming on season 2 will start on December 4, with no premiere date yet",
        "« Les Marées » reviendra en mars 2027.",
        "Arte lancera le tournage le 12 décembre, mais la diffusion attendra.",
    ],
)
def test_a_day_of_something_else_is_no_premiere(sentence: str) -> None:
    assert dated_day(Kind.RENEWAL, sentence, told=TOLD) is None
    assert dated_day(Kind.CANCELLATION, f"{sentence} Fin le 12 décembre à l'antenne.", told=TOLD) is None


def a_release(*steps: Change, **fields: Any) -> Story:
    first = a_change(quote="« Les Marées », saison 2, arrive le 12 décembre sur OCS & France 2; c’est sûr.")
    return a_story(kind=Kind.RELEASE_DATE, history=(first, *steps), **fields)


def events(*stories: Story, place: Place = PLACE) -> list[Any]:
    document = calendar.render(stories, place)
    assert all(len(line) <= 75 for line in document.split(b"\r\n"))
    assert document.count(b"\n") == document.count(b"\r\n")
    return list(icalendar.Calendar.from_ical(document).walk("VEVENT"))


def test_a_release_date_is_an_event_of_a_whole_day() -> None:
    (event,) = events(a_release())
    assert event.decoded("dtstart") == date(2026, 12, 12)
    assert event.decoded("dtend") == date(2026, 12, 13)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["uid"]) == "s-000000000001@cocorico.github.io"
    assert str(event["summary"]) == "«\u00a0Les Marées\u00a0», saison\u00a02 (OCS, France 2)"
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["transp"]) == "TRANSPARENT"
    assert str(event["url"]) == "https://gazette.example/articles/1"
    assert event["sequence"] == 0
    assert event.decoded("dtstamp") == NOON
    assert "OCS & France 2; c’est sûr." in str(event["description"])


def test_the_day_told_last_counts_and_the_sequence_rises() -> None:
    moved = a_change(
        field="corroborated",
        at=NOON + timedelta(days=3),
        quote="La diffusion est repoussée au 3 janvier 2027.",
        outlet="Écho",
        url="https://echo.example/1",
    )
    same = replace(moved, at=NOON + timedelta(days=4), quote="Oui, le 3 janvier.")
    (before,), (after,), (still,) = events(a_release()), events(a_release(moved)), events(a_release(moved, same))
    assert after.decoded("dtstart") == date(2027, 1, 3)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"], still["sequence"]) == (0, 1, 1)
    assert after.decoded("last-modified") == NOON + timedelta(days=3)
    assert str(after["url"]) == "https://echo.example/1"
    assert "Date annoncée avant\u00a0: 12 décembre 2026" in str(after["description"])


def test_who_repeats_a_day_that_was_given_up_moves_the_event_no_more() -> None:
    moved = a_change(
        field="date",
        before="2026-12-12",
        after="2027-01-03",
        at=NOON + timedelta(days=3),
        quote="Repoussée au 3 janvier 2027.",
    )
    late = a_change(field="corroborated", at=NOON + timedelta(days=4), quote="Arrive le 12 décembre.", outlet="Écho")
    (event,) = events(a_release(moved, late))
    assert event.decoded("dtstart") == date(2027, 1, 3)
    assert str(event["url"]) == "https://gazette.example/articles/1"
    assert "Date annoncée avant\u00a0: 12 décembre 2026" in str(event["description"])


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.RUMOURED, "TENTATIVE"),
        (Status.IN_DEVELOPMENT, "TENTATIVE"),
        (Status.DENIED, "CANCELLED"),
    ],
)
def test_how_sure_it_is_is_the_events_status(status: Status, shown: str) -> None:
    step = a_change(field="status", before="x", after=status.value, at=NOON + timedelta(days=1), quote="Rien de neuf.")
    (event,) = events(a_release(step, status=status))
    assert str(event["status"]) == shown
    assert event["sequence"] == 1
    assert event.decoded("dtstart") == date(2026, 12, 12)


def test_what_names_no_day_is_no_event() -> None:
    month = a_change(quote="La série arrive en mars 2027.")
    assert events(a_story(kind=Kind.RELEASE_DATE, history=(month,)), a_story()) == []


def test_a_renewal_that_names_its_day_is_an_event_until_the_season_has_a_release_date() -> None:
    words = "OCS renouvelle « Les Marées » : la saison 2 arrivera le 3 décembre."
    renewed = a_story("s-r", kind=Kind.RENEWAL, history=(a_change(quote=words),))
    (event,) = events(renewed)
    assert (event.decoded("dtstart"), str(event["uid"])) == (date(2026, 12, 3), "s-r@cocorico.github.io")
    assert [str(event["uid"]) for event in events(renewed, a_release())] == ["s-000000000001@cocorico.github.io"]
    other = a_story(
        "s-r", kind=Kind.RENEWAL, season=3, history=(a_change(quote=words.replace("saison 2", "saison 3")),)
    )
    assert [str(event["uid"]) for event in events(other, a_release())] == [
        "s-r@cocorico.github.io",
        "s-000000000001@cocorico.github.io",
    ]


def test_the_calendar_has_a_name_and_the_order_of_the_days() -> None:
    later = a_story(
        "s-a", kind=Kind.RELEASE_DATE, title="Zénith", history=(a_change(quote="le 1er mai 2027 sur Arte"),)
    )
    document = calendar.render([later, a_release()], replace(PLACE, name="dates", language="en"))
    read: Any = icalendar.Calendar.from_ical(document)
    assert str(read["x-wr-calname"]) == "Cocorico: dates"
    assert read["refresh-interval"].params["VALUE"] == "DURATION"
    assert [event.decoded("dtstart").isoformat() for event in read.walk("VEVENT")] == ["2026-12-12", "2027-05-01"]
    assert calendar.render([a_release(), later], replace(PLACE, name="dates", language="en")) == document


@pytest.mark.parametrize("nasty", ["a\r\nBEGIN:VALARM\r\nx", "virgule, point; \\n deux: points", "\x00\x07é" * 80])
def test_what_an_outlet_wrote_makes_no_line_of_its_own(nasty: str) -> None:
    quote = f"{nasty} le 12 décembre"
    (event,) = events(a_release(a_change(quote=quote, outlet=nasty, at=NOON), title=nasty, platforms=(nasty,)))
    assert event.subcomponents == []
    assert event.decoded("dtstart") == date(2026, 12, 12)


def test_a_story_without_history_is_dated_by_its_own_words() -> None:
    assert events(a_story(kind=Kind.RELEASE_DATE, title="Le 3 mai", history=()))[0].decoded("dtstart") == date(
        2026, 5, 3
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "La saison 2 est repoussée du 12 mai au 2 juin.",
        "Prévue le 12 mai, la série est reportée au mardi 2 juin 2026.",
        "TF1 repousse au 2 juin la saison 2, prévue le 12 mai.",
        "The premiere moves from May 12 to June 2.",
        "La série, prévue le mardi 12 mai, sera finalement diffusée le 2 juin sur TF1.",
        "Attendue le 12 mai 2026 sur TF1, la série ne sera diffusée que le 2 juin.",
        "TF1 a changé d'avis : elle arrivera le 2 juin, et non le mardi 12 mai.",
        "La saison 2, initialement annoncée pour le 12 mai, débutera le 2 juin.",
        "The series, originally due on May 12, will now premiere on June 2 on M6.",
        "Scheduled to premiere on May 12, it will now launch June 2.",
        "It will premiere on June 2 instead of May 12.",
    ],
)
def test_a_day_that_moved_is_the_one_it_moved_to(sentence: str) -> None:
    assert announced_day(sentence, told=date(2026, 3, 20)) == date(2026, 6, 2)


def test_a_day_that_is_announced_alone_is_not_given_up() -> None:
    assert announced_day("La série est prévue le 2 juin.", told=date(2026, 3, 20)) == date(2026, 6, 2)
    both = announced_day("Prévue le 12 mai sur TF1, attendue le 2 juin sur Arte.", told=date(2026, 3, 20))
    assert both == date(2026, 5, 12)


def test_what_moves_to_no_day_keeps_the_one_named() -> None:
    assert announced_day("Reporté au printemps, « Sillages » arrive le 2 juin.", told=date(2026, 3, 20)) == date(
        2026, 6, 2
    )


def test_who_repeats_a_day_that_was_given_up_moves_no_event_back() -> None:
    moved = a_change(field="date", before="2026-12-12", after="2026-12-10", quote="Le 10 décembre, finalement.")
    again = a_change(field="corroborated", quote="« Les Marées », saison 2, arrive le 12 décembre.")
    (event,) = events(a_release(moved, again))
    assert event.decoded("dtstart") == date(2026, 12, 10)
    put_off = a_change(field="date", before="2026-12-10", after="2027", quote="Repoussée à 2027.")
    assert events(a_release(moved, again, put_off)) == []
