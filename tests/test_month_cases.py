"""Cases that a simulated month brought up, each small enough to be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakeweb import outlets
from month.drive import Run, Sent, run
from month.readers import READERS
from month.values import Form, Month, Piece, Said
from tellings import says

from monitor.types import Announcement
from monitor.vocabulary import Event, Kind

START = datetime(2026, 11, 2, tzinfo=UTC)


def piece(outlet: str, title: str, announcement: Announcement, *, at: float, listed: float | None = None) -> Piece:
    """Write an article some hours after the start; it may be listed later than it was published."""
    published, text = START + timedelta(hours=at), f"{title}, écrit {outlet}."
    return Piece(
        url=f"https://{outlet}.example/{round(60 * at)}",
        outlet=outlet,
        language="fr",
        form=Form.FIRST,
        title=title,
        text=text,
        published=published,
        listed=START + timedelta(hours=at if listed is None else listed),
        said=(Said(fact="", beat=0, announcement=announcement),),
    )


def lived(folder: Path, *pieces: Piece, readers: tuple[str, ...]) -> Run:
    sources = outlets(*dict.fromkeys(one.outlet for one in pieces))
    month = Month(
        start=START, end=START + timedelta(days=4), sources=tuple(sources), facts={}, pieces=pieces, watched=()
    )
    chosen = [reader for reader in READERS if reader.name in readers]
    return run(month, folder, chosen, stated=True, beyond=timedelta(days=2))


def told(run: Run, reader: str) -> list[tuple[Event, Kind, tuple[str, ...]]]:
    sent: list[Sent] = [one for one in run.sent if one.context.delivery.subscription == reader]
    return [(story.event, story.story.kind, story.changed) for one in sent for story in one.context.stories]


def test_a_turn_that_an_earlier_article_has_by_now_is_told_all_the_same(tmp_path: Path) -> None:
    gone = says("Les Marées de Cassis", kind=Kind.CANCELLATION)
    back = says("Les Marées de Cassis", kind=Kind.RENEWAL, season=2, platforms=("Arte",))
    result = lived(
        tmp_path,
        piece("lune", "Netflix annule « Les Marées de Cassis »", gone, at=2),
        piece("soleil", "« Les Marées de Cassis » revient sur Arte", back, at=34),
        piece("mars", "Arte renouvelle « Les Marées de Cassis »", back, at=31, listed=36),
        readers=("at once", "morning"),
    )
    for reader in ("at once", "morning"):
        assert sorted(told(result, reader)) == [
            (Event.NEW, Kind.CANCELLATION, ()),
            (Event.NEW, Kind.RENEWAL, ()),
            (Event.UPDATE, Kind.CANCELLATION, ("rescued",)),
        ]
