"""Cases that a simulated month brought up, each small enough to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from fakeweb import outlets
from month.drive import Announced, Run, Sent, run
from month.oracle import Oracle
from month.readers import READERS
from month.values import Fact, Month, Piece, Said
from month.values import Form as Way
from smtp_server import Inbox
from tellings import says

from monitor.alerts import deliver
from monitor.alerts.render import render
from monitor.config.values import Target
from monitor.secret import Secret
from monitor.types import Announcement
from monitor.vocabulary import Event, Form, Kind

START = datetime(2026, 11, 2, tzinfo=UTC)


def piece(outlet: str, title: str, announcement: Announcement, *, at: float, listed: float | None = None) -> Piece:
    """Write an article some hours after the start; it may be listed later than it was published."""
    published, text = START + timedelta(hours=at), f"{title}, écrit {outlet}."
    return Piece(
        url=f"https://{outlet}.example/{round(60 * at)}",
        outlet=outlet,
        language="fr",
        form=Way.FIRST,
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


@pytest.fixture(scope="module")
def rescue(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A work is cancelled, and saved by another buyer; the first to write that is the last to be listed."""
    gone = says("Les Marées de Cassis", kind=Kind.CANCELLATION)
    back = says("Les Marées de Cassis", kind=Kind.RENEWAL, season=2, platforms=("Arte",))
    return lived(
        tmp_path_factory.mktemp("rescue"),
        piece("lune", "Netflix annule « Les Marées de Cassis »", gone, at=2),
        piece("soleil", "« Les Marées de Cassis » revient sur Arte", back, at=34),
        piece("mars", "Arte renouvelle « Les Marées de Cassis »", back, at=31, listed=36),
        readers=("at once", "morning"),
    )


@pytest.mark.parametrize("reader", ["at once", "morning"])
def test_a_turn_that_an_earlier_article_has_by_now_is_told_all_the_same(rescue: Run, reader: str) -> None:
    assert sorted(told(rescue, reader)) == [
        (Event.NEW, Kind.CANCELLATION, ()),
        (Event.NEW, Kind.RENEWAL, ()),
        (Event.UPDATE, Kind.CANCELLATION, ("rescued",)),
    ]


@pytest.mark.parametrize(("reader", "form"), [("at once", Form.ALERT), ("morning", Form.DIGEST)])
def test_messages_go_through_a_real_mail_server_and_are_read_back(rescue: Run, reader: str, form: Form) -> None:
    contexts = [one.context for one in rescue.sent if one.context.delivery.subscription == reader]
    messages = [render(context, language="fr") for context in contexts]
    with Inbox() as inbox:
        url = Secret(f"mailto://127.0.0.1:{inbox.port}?from=coq@example.org&to=reader@example.net")
        for message in messages:
            sent = deliver.send(message, Target(name="mail", kind="apprise", url=url), timeout=30)
            assert sent.result == "sent", sent.detail
        mails = inbox.messages
    assert {context.form for context in contexts} == {form}
    for mail, message in zip(mails, messages, strict=True):
        names = [name.lower() for name in mail.keys()]  # noqa: SIM118 - a message's keys repeat
        assert len(names) == len(set(names))
        assert (mail["Message-ID"], mail["List-Id"], mail["Subject"]) == (
            *(message.message_id, message.list_id),
            message.subject,
        )
        parts = [str(part.get_content()) for part in mail.iter_parts()]
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert all("Les Marées de Cassis" in unescape(part).replace("\u00a0", " ") for part in parts)
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)


def test_the_judge_of_a_month_knows_three_seasons_of_one_article_apart() -> None:
    seasons = (2, 3, 4)
    facts = {
        f"f{n}": Fact(id=f"f{n}", sort="", kind=Kind.RENEWAL, title="Ovale", season=n, platforms=("TF1",), beats=())
        for n in seasons
    }
    one = piece("alpha", "« Ovale » a trois saisons de plus", says("Ovale"), at=1)
    said = [Said(fact=f"f{n}", beat=0, announcement=says("Ovale", kind=Kind.RENEWAL, season=n)) for n in seasons]
    one = replace(one, said=tuple(said))
    later = replace(piece("beta", "« Ovale », saison 3", says("Ovale"), at=2), said=(said[1],))
    month = Month(start=START, end=START + timedelta(days=1), sources=(), facts=facts, pieces=(one, later), watched=())
    rows = [
        Announced(url=one.url, position=at, story=f"s{n}", kind=Kind.RENEWAL, title="Ovale")
        for at, n in enumerate(seasons)
    ]
    rows.append(Announced(url=later.url, position=0, story="s3", kind=Kind.RENEWAL, title="Ovale"))
    judged = Run(month=month, sent=(), announced=rows, outcomes={one.url: "quiet", later.url: "quiet"}, found={})
    assert Oracle(judged).judge("nobody").merged == []
