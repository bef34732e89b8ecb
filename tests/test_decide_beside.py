"""The day that another sentence of an article names than the one that announces."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from desk import Desk
from fakes import an_article, an_entry
from tellings import says

from monitor.alerts.render import render
from monitor.cli.works import _day
from monitor.decide import ledger
from monitor.decide.besides import day_beside, with_days
from monitor.decide.dates import moves
from monitor.feeds import calendar
from monitor.feeds.items import Place
from monitor.store import Store, entries, stories, works
from monitor.subscribing import Match, Subscription
from monitor.telling import Telling, Told
from monitor.types import Announcement, Document, Evidence
from monitor.vocabulary import Kind

TOLD = date(2026, 11, 20)
ORDERED = "Arte a commandé « Le Phare »."


@pytest.mark.parametrize(
    ("text", "kind", "season", "day"),
    [
        (f"{ORDERED} La série sera diffusée à partir du 4 janvier.", Kind.NEW_ORIGINAL, None, "2027-01-04"),
        (
            f"{ORDERED}\nLe ton se veut tendre.\n« Le Phare » arrivera le 4 janvier.",
            Kind.NEW_ORIGINAL,
            None,
            "2027-01-04",
        ),
        (f"{ORDERED} La saison 2 sera diffusée le 4 janvier.", Kind.RENEWAL, 2, "2027-01-04"),
        (f"{ORDERED} Rendez-vous le 4 janvier à l'antenne.", Kind.RELEASE_DATE, 2, "2027-01-04"),
        (f"{ORDERED} It will launch on Jan. 4.", Kind.NEW_ORIGINAL, None, "2027-01-04"),
        (
            f"{ORDERED} Elle sera tournée à Brest. 8 épisodes de « Le Phare » arriveront le 4 janvier.",
            Kind.NEW_ORIGINAL,
            None,
            "2027-01-04",
        ),
        (f"Enfin ! {ORDERED}\n\nEt quand ? Elle arrivera le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"Enfin !  {ORDERED}\n\n Elle arrivera le 4 janvier ! Bravo.", Kind.NEW_ORIGINAL, None, "2027-01-04"),
        (f"{ORDERED} La saison 1 sera diffusée le 4 janvier.", Kind.RENEWAL, 2, None),
        (f"{ORDERED} Elle arrivera le 4 janvier.", Kind.RENEWAL, 2, None),  # the one that was shot, perhaps
        (f"{ORDERED} Le tournage débutera le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} « La Digue » sera diffusée le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} Un décor. L'émission sera diffusée le 4 janvier.", Kind.NEW_ORIGINAL, None, None),
        (f"{ORDERED} La série sera diffusée à partir du 4 janvier.", Kind.CANCELLATION, None, None),
        (ORDERED, Kind.NEW_ORIGINAL, None, None),
        ("", Kind.NEW_ORIGINAL, None, None),
    ],
)
def test_a_day_may_stand_beside_the_sentence_that_announces_a_work(
    text: str, kind: Kind, season: int | None, day: str | None
) -> None:
    found = day_beside(kind, "Le Phare", season, sentence=ORDERED, text=text, told=TOLD)
    assert found == (date.fromisoformat(day) if day else None)


HEADLINE = "« Le Phare » : la date de diffusion dévoilée"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Elle sera diffusée le jeudi 14 janvier 2027.", "2027-01-14"),
        ("Les gendarmes reprennent du service sur TF1 le jeudi 14 janvier à 21h10.", "2027-01-14"),
        ("« Le Phare » est une fiction d'Arte. Elle sera diffusée le 14 janvier.", "2027-01-14"),
        ("« Le Phare » suit « La Digue ». Elle sera diffusée le 14 janvier.", None),
        ("Publié le jeudi 26 novembre à 21h10", None),
        ("Les acteurs étaient réunis le jeudi 19 novembre à 21h10.", None),
    ],
)
def test_a_headline_without_its_day_has_that_of_the_text(text: str, day: str | None) -> None:
    evidence = Evidence(sentence=HEADLINE, zone="headline", start=0, end=len(HEADLINE))
    said = says("Le Phare", kind=Kind.RELEASE_DATE, evidence=evidence)
    (found,) = with_days([said], Document(title=HEADLINE, text=text), told=TOLD)
    sentence = found.evidence.day_said
    assert found == replace(said, evidence=replace(evidence, day=day, day_said=sentence))
    assert (sentence is not None and "14 janvier" in sentence and sentence in text) is bool(day)


def dated(kind: Kind, *said: tuple[str, str | None]) -> list[tuple[str | None, str]]:
    """Let outlets say a sentence and a day beside it, a day after the other, and give the moves."""
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    ordered = [
        Told(
            telling=Telling(outlet=f"o{at}", url=f"https://{at}.example/", at=now + timedelta(days=at)),
            position=0,
            announcement=says(
                "Le Phare", kind=kind, evidence=Evidence(sentence=sentence, zone="lead", start=0, end=1, day=day)
            ),
        )
        for at, (sentence, day) in enumerate(said)
    ]
    return list(moves(ordered).values())


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (Kind.RELEASE_DATE, [("", "2027-01-14")], [(None, "2027-01-14")]),
        (Kind.NEW_ORIGINAL, [("", "2027-01-14")], [(None, "2027-01-14")]),
        (Kind.RELEASE_DATE, [("", None), ("", "2027-01-14")], [(None, "2027-01-14")]),
        (Kind.NEW_ORIGINAL, [("", None), ("", "2027-01-14")], []),
        (Kind.RELEASE_DATE, [("", "2027-01-14"), ("", "2027-01-21")], [(None, "2027-01-14")]),
        (
            Kind.RELEASE_DATE,
            [("", "2027-01-14"), ("Diffusion le 21 janvier 2027.", None)],
            [(None, "2027-01-14"), ("2027-01-14", "2027-01-21")],
        ),
    ],
)
def test_a_day_beside_fills_a_blank_and_moves_nothing(
    kind: Kind, said: list[tuple[str, str | None]], expected: list[tuple[str | None, str]]
) -> None:
    assert dated(kind, *said) == expected


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            "HPI : la date de diffusion de la saison 6 dévoilée",
            "La saison 6 de « HPI » sera diffusée à partir du jeudi 14 janvier 2027 sur TF1.",
        ),
        (
            "Arte commande « Le Phare », une nouvelle série",
            "Arte a commandé « Le Phare », une série française. La série sera diffusée à partir du 14 janvier 2027.",
        ),
    ],
)
def test_the_calendar_the_ledger_and_the_subject_have_the_day_that_the_message_has(headline: str, text: str) -> None:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with Store.memory() as store:
        desk = Desk(store, Subscription(name="mine", targets=("phone",), match=Match(), language="fr"), now=now)
        _read(desk, headline, text)
        desk.go()
        (told,) = desk.told
        with store.read() as tx:
            found = stories.all(tx, limit=2)
            known = works.known(tx, {found[0].title_key})
    message = render(told, language="fr")
    place = Place(name="all", address="https://x.example/", home="https://x.example/")
    events = calendar.render(found, place).decode()
    (work,) = ledger.of(known, now=now, groups={}, day_in=_day)
    days = [fact.day for season in work.seasons for fact in season.facts if fact.day]
    assert ("14 janvier 2027" in message.text, days) == (True, [date(2027, 1, 14)])
    assert "sera diffusée à partir du" in events.replace("\r\n ", "")
    assert (events.count("BEGIN:VEVENT"), "DTSTART;VALUE=DATE:20270114" in events) == (1, True)
    assert ("sortie le 14 janvier 2027" in message.subject) is (told.stories[0].story.kind is Kind.RELEASE_DATE)


def _read(desk: Desk, headline: str, text: str) -> tuple[Announcement, ...]:
    fields = {"source": "gazette", "url": "https://gazette.example/1", "listed_url": "https://gazette.example/1"}
    article = an_article(1, **fields, published=desk.now, fetched_at=desk.now, title=headline, text=text, language="fr")
    found = desk.pipeline.classify(article)
    with desk.store.write() as tx:
        entry = entries.add(tx, an_entry(1, **fields, published=desk.now), now=desk.now, outcome=None, reason=None)
        desk.pipeline.keep(tx, entry, article, desk.pipeline.sources["gazette"], found, now=desk.now)
    return found
