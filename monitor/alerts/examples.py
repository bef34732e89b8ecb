"""Made-up messages of every form: to preview, to try targets and templates on. Nothing in them is real: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alerts.context import ArticleContext, Claim, DeliveryContext, StoryContext, VerdictLinks
from monitor.alerts.text import Language
from monitor.notice import Facts, Notice
from monitor.types import Announcement, Change, Delivery, Evidence, Story
from monitor.vocabulary import Event, Form, Kind, NoticeKind, Origin, Prominence, Status, WorkType

#: Never resolves (RFC 2606).
_BASE: Final = "https://cocorico.invalid"
#: Title, kind, season, work type, platforms, people, status, sentence, cue: in French, in English.
_TOLD: Final = (
    (
        *("La Dernière Écluse", Kind.NEW_ORIGINAL, None, WorkType.SERIES, ("Arte",), ("Aline Morvan",)),
        *(Status.CONFIRMED, "Arte commande « La Dernière Écluse », série d’Aline Morvan.", "commande"),
        *("Arte has ordered “La Dernière Écluse”, a series by Aline Morvan.", "has ordered"),
    ),
    (
        *("Les Marées du soir", Kind.RENEWAL, 3, WorkType.SERIES, ("France 2", "Max"), ()),
        *(Status.CONFIRMED, "Les Marées du soir aura une saison 3, annonce France 2.", "aura une saison 3"),
        *("Les Marées du soir will get a third season, France 2 announces.", "will get a third season"),
    ),
    (
        *(None, Kind.NEW_ORIGINAL, None, WorkType.FILM, ("Netflix",), ("Idris Lefort",)),
        *(Status.RUMOURED, "Idris Lefort préparerait un film pour Netflix.", "préparerait"),
        *("Idris Lefort is said to prepare a film for Netflix.", "is said to prepare"),
    ),
)


def trial(target: str, language: Language, *, now: datetime) -> DeliveryContext:
    """A message that nobody takes for news: to try a target."""
    told = _told(0, language, now)
    title = {"fr": "Un essai de Cocorico", "en": "A test of Cocorico"}[language]
    sentence = {
        "fr": "Ceci est un essai\u00a0: le coq chante, et rien n’est annoncé.",
        "en": "This is a test: the cock crows, and nothing was announced.",
    }[language]
    evidence = Evidence(sentence=sentence, zone="headline", start=0, end=len(sentence))
    told = replace(
        told,
        story=replace(told.story, title=title, platforms=("Cocorico",), people=(), outlets=("Cocorico",)),
        announcement=replace(told.announcement, evidence=evidence),
        article=replace(told.article, title=title, outlet="Cocorico"),
        links=None,
    )
    return DeliveryContext(delivery=_delivery((told,), target, language, now), stories=(told,))


def alert(target: str, language: Language, *, now: datetime) -> DeliveryContext:
    """A message about an article that opens three stories."""
    told = tuple(_told(number, language, now) for number in range(len(_TOLD)))
    return DeliveryContext(delivery=_delivery(told, target, language, now), stories=told)


def update(target: str, language: Language, *, now: datetime) -> DeliveryContext:
    """A message about a story that changes, and on which outlets contradict each other."""
    first = _told(1, language, now)
    step = Change(
        at=now,
        field="status",
        before=Status.RUMOURED.value,
        after=Status.CONFIRMED.value,
        outlet=first.article.outlet,
        url=first.article.url,
        quote=first.announcement.evidence.sentence,
    )
    told = replace(
        first,
        story=replace(first.story, history=(step,)),
        event=Event.UPDATE,
        changed=("status",),
        claims=(
            Claim(field="season", value="3", outlet="Le Courrier des séries"),
            Claim(field="season", value="4", outlet="Écrans du Nord"),
        ),
    )
    delivery = replace(_delivery((told,), target, language, now), event=Event.UPDATE)
    return DeliveryContext(delivery=delivery, stories=(told,))


def digest(target: str, language: Language, *, now: datetime) -> DeliveryContext:
    """What was held for a day."""
    new, changed = alert(target, language, now=now), update(target, language, now=now)
    told = (new.stories[0], new.stories[2], *changed.stories)
    day = now.date()
    return DeliveryContext(
        delivery=_delivery(told, target, language, now), form=Form.DIGEST, stories=told, days=(day, day)
    )


def notice(
    target: str, language: Language, *, now: datetime, kind: NoticeKind = NoticeKind.SOURCE_BROKEN
) -> DeliveryContext:
    """A notice of the operation."""
    facts = Facts(
        name="Le Courrier des séries",
        reason="HTTP 503",
        since=now - timedelta(hours=7),
        waiting=3,
        free=740_000_000,
        path="/var/lib/cocorico",
        healthy=41,
        sources=43,
    )
    told = Notice(id="n-test", kind=kind, subject="courrier-series", at=now, facts=facts)
    return DeliveryContext(delivery=_delivery((), target, language, now), form=Form.NOTICE, notice=told)


def all_forms(language: Language, *, now: datetime) -> tuple[DeliveryContext, ...]:
    """One of each."""
    alerts = (make("terminal", language, now=now) for make in (alert, update, digest, notice))
    return tuple(alerts)


def _delivery(told: tuple[StoryContext, ...], target: str, language: Language, now: datetime) -> Delivery:
    """Each one is a message of its own: its id holds the time."""
    return Delivery(
        id=f"d-test-{now:%Y%m%d%H%M%S%f}",
        article_url=told[0].article.url if told else "",
        subscription="test",
        target=target,
        event=Event.NEW,
        language=language,
        stories=tuple(each.story.id for each in told),
        next_try_at=now,
        created_at=now,
    )


def _told(number: int, language: Language, now: datetime) -> StoryContext:
    title, kind, season, work_type, platforms, people, status, *said = _TOLD[number]
    sentence, cue = said[:2] if language == "fr" else said[2:]
    url = f"{_BASE}/article"
    story = Story(
        id=f"s-test0000000{number}",
        kind=kind,
        title=title,
        title_key="test",
        season=season,
        work_type=work_type,
        platforms=platforms,
        people=people,
        origin=Origin.FRENCH,
        status=status,
        prominence=Prominence.HEADLINE,
        confidence=1.0,
        first_seen=now,
        outlets=("Le Courrier des séries", "Écrans du Nord"),
        first_url=url,
    )
    announcement = Announcement(
        kind=kind,
        title=title,
        work_type=work_type,
        season=season,
        platforms=platforms,
        people=people,
        status=status,
        confidence=1.0,
        evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence), cues=(f'cue: "{cue}"',)),
    )
    headline = {"fr": "Ceci est un essai de Cocorico", "en": "This is a test of Cocorico"}[language]
    return StoryContext(
        story=story,
        announcement=announcement,
        article=ArticleContext(title=headline, url=url, outlet="Le Courrier des séries", published=now),
        event=Event.NEW,
        links=VerdictLinks(right=f"{_BASE}/right/{number}", wrong=f"{_BASE}/wrong/{number}"),
    )
