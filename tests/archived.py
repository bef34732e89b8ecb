"""A store with a small past: two announcements of yesterday and today, read and decided as the daemon would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler import Article, Tier
from monitor import buyers, lores
from monitor.classifier import Classifier
from monitor.data import folder
from monitor.replay import Replay, replay
from monitor.saved import Saved
from monitor.store import Store
from monitor.subscribing import Subscription

CLASSIFIER = Classifier.load(folder("config"))
RENEWED = "C'est officiel : Netflix renouvelle la série française « Les Marées » pour une saison 2."
ORDERED = "Arte commande la série française « Le Phare », créée par Inès Kaddour."


def article(title: str, outlet: str, *, ago: timedelta, now: datetime, text: str = "") -> Article:
    """Make an article that was published some time ago."""
    url = f"https://{outlet}.example/{abs(hash(title))}"
    return Article(
        order="",
        source=outlet,
        url=url,
        listed_url=url,
        title=title,
        text=text or title,
        language="fr",
        published=now - ago,
        fetched_at=now - ago,
        tier=Tier.GIVEN,
        quality=1.0,
    )


def fill(data: Path, subscriptions: Sequence[Subscription] = (), *, now: datetime | None = None) -> Replay:
    """Fill the store of a data folder."""
    at = now or datetime.now(UTC)
    past = [
        article(RENEWED, "la-lune", ago=timedelta(hours=30), now=at),
        article(ORDERED, "le-soir", ago=timedelta(hours=2), now=at),
    ]
    data.mkdir(parents=True, exist_ok=True)
    with Store.open(f"sqlite:///{data / 'cocorico.db'}") as store:
        return replay(
            [Saved(path=one.url, record=one) for one in past],
            classifier=CLASSIFIER,
            subscriptions=subscriptions,
            fresh=timedelta(days=2),
            groups=buyers.load(folder("config")),
            lore=lores.load(folder("config")),
            now=at,
            store=store,
        )
