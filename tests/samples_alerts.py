"""Deliveries to render, shared by the tests of messages and by whoever wants to look at one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from monitor.alerts.context import ArticleContext, Claim, DeliveryContext, StoryContext, VerdictLinks
from monitor.notice import Facts, Notice
from monitor.types import Announcement, Change, Delivery, Evidence, Story
from monitor.vocabulary import Event, Form, Kind, NoticeKind, Origin, Prominence, Status, WorkType

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
URL = "https://www.example.org/series/osmosis-netflix_1234.html"
ARTICLE = ArticleContext(
    title="Netflix : « Osmosis », deuxième série française de la plateforme",
    url=URL,
    outlet="BFMTV",
    published=NOW,
)


def story(**changes: Any) -> Story:
    base = Story(
        id="s-osmosis00000",
        kind=Kind.NEW_ORIGINAL,
        title="Osmosis",
        title_key="osmosis",
        season=None,
        work_type=WorkType.SERIES,
        platforms=("Netflix",),
        origin=Origin.FRENCH,
        status=Status.CONFIRMED,
        prominence=Prominence.HEADLINE,
        confidence=0.97,
        first_seen=NOW,
        outlets=("BFMTV",),
        first_url=URL,
    )
    return replace(base, **changes)


def told(
    subject: Story,
    sentence: str = "Netflix lance la production de sa deuxième série française, qui se passe à Paris.",
    *,
    cues: tuple[str, ...] = ('order: "lance la production"', 'origin: "série française"'),
    event: Event = Event.NEW,
    changed: tuple[str, ...] = (),
    producers: tuple[str, ...] = (),
    article: ArticleContext = ARTICLE,
    **changes: Any,
) -> StoryContext:
    said = Announcement(
        kind=subject.kind,
        title=subject.title,
        season=subject.season,
        platforms=subject.platforms,
        producers=producers,
        status=subject.status,
        confidence=subject.confidence,
        evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence), cues=cues),
    )
    return replace(
        StoryContext(story=subject, announcement=said, article=article, event=event, changed=changed), **changes
    )


def delivery(*stories: StoryContext, **changes: Any) -> Delivery:
    base = Delivery(
        id="d-5f2c1e77ab90",
        article_url=URL,
        subscription="french-originals",
        target="me",
        event=stories[0].event,
        language="fr",
        stories=tuple(each.story.id for each in stories),
        next_try_at=NOW,
        created_at=NOW,
    )
    return replace(base, **changes)


def context(*stories: StoryContext, **changes: Any) -> DeliveryContext:
    """One delivery; `article` changes the article of all its stories."""
    stories = stories or (told(story()),)
    if "article" in changes:
        stories = tuple(replace(each, article=changes["article"]) for each in stories)
    rest = {name: value for name, value in changes.items() if name != "article"}
    return replace(DeliveryContext(delivery=delivery(*stories), stories=stories), **rest)


def slate() -> DeliveryContext:
    untitled = story(id="s-1", title=None, platforms=("Prime Video",), people=("Hugo Gélin",))
    romance = story(id="s-2", title=None, people=("Noémie Saglio",), work_type=WorkType.FILM)
    missions = story(id="s-3", kind=Kind.RENEWAL, title="Missions", season=2, platforms=("OCS", "AMC"))
    rumour = story(id="s-4", title="The Eddy", status=Status.RUMOURED, work_type=WorkType.UNKNOWN)
    return context(
        told(untitled, "Prime Video annonce sa première création française, confiée à Hugo Gélin."),
        told(story(outlets=("BFMTV", "Le Film Hebdo", "Séries Mag"))),
        told(rumour, "Le musicien travaillerait à The Eddy, située à Belleville."),
        told(romance, "Noémie Saglio prépare une comédie romantique pour la plateforme."),
        told(missions, "La saga spatiale reviendra pour une deuxième saison."),
        article=replace(ARTICLE, title="Prime Video se lance à son tour dans la création française"),
    )


def update() -> DeliveryContext:
    change = Change(
        at=NOW,
        field="status",
        before="in_development",
        after="confirmed",
        outlet="BFMTV",
        url=URL,
        quote="Signé.",
    )
    place = replace(change, field="platforms", before="Netflix", after="Netflix, France 2")
    confirmed = story(
        id="s-a",
        kind=Kind.RENEWAL,
        title="Anthracite",
        season=2,
        platforms=("Netflix", "France 2"),
        history=(change, place),
        outlets=("Télé Quotidien", "BFMTV"),
    )
    lead = told(
        confirmed,
        "La saison 2 d’Anthracite est officiellement commandée, confirme la productrice.",
        event=Event.UPDATE,
        changed=("status", "platforms"),
        producers=("Ouille Productions",),
    )
    article = replace(ARTICLE, title="« Anthracite » : la saison 2 est confirmée")
    return context(lead, thread="d-first0000001", article=article)


def digest() -> DeliveryContext:
    """Seven announcements of a day, from two outlets."""
    other = ArticleContext(
        title="Les renouvellements de la semaine", url="https://www.example.net/renouvellements", outlet="Séries Mag"
    )
    stories = (*slate().stories, replace(update().stories[0], article=other))
    links = VerdictLinks(right="https://coq.example/v/right-token", wrong="https://coq.example/v/wrong-token")
    claims = (Claim(field="season", value="2", outlet="Séries Mag"), Claim(field="season", value="3", outlet="BFMTV"))
    renewal = told(
        story(id="s-x", kind=Kind.RENEWAL, title="Le Phare", season=2, platforms=("TF1",), outlets=("Séries Mag",)),
        "TF1 commande une deuxième saison du Phare.",
        article=other,
        claims=claims,
        links=links,
        matched='works: "Le Phare"',
    )
    told_ = (*stories, renewal)
    day = date(2026, 11, 20)
    return DeliveryContext(
        delivery=delivery(*told_, id="d-digest000001"), form=Form.DIGEST, stories=told_, days=(day, day)
    )


def notice(kind: NoticeKind = NoticeKind.SOURCE_BROKEN, **facts: Any) -> DeliveryContext:
    """A notice of how Cocorico itself is."""
    known = Facts(name="BFMTV", reason="HTTP 403", since=NOW, sources=43, healthy=41, free=512_000_000, path="/var/lib")
    told_ = Notice(id="n-1", kind=kind, subject="bfmtv", at=NOW, facts=replace(known, **facts))
    owed = Delivery(
        id="d-notice000001",
        article_url="",
        subscription="operations",
        target="me",
        event=Event.NEW,
        language="fr",
        stories=(),
        next_try_at=NOW,
        created_at=NOW,
    )
    return DeliveryContext(delivery=owed, form=Form.NOTICE, notice=told_)
