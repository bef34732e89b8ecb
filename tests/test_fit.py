"""Messages cut to what a service takes, and how long to wait before the next try."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import samples_alerts as samples

from monitor.alerts.backoff import CEILING, backoff
from monitor.alerts.context import DeliveryContext, VerdictLinks
from monitor.alerts.fit import Room, cut, fit
from monitor.alerts.render import render
from monitor.alerts.text import Language
from monitor.vocabulary import Form

MESSAGE = render(samples.context(), language="fr")
ROOMY = Room(markdown=True, body=4_096, title=250)


def test_chat_gets_markdown_with_the_link_and_a_title_where_there_is_one() -> None:
    title, body = fit(MESSAGE, ROOMY)
    assert title == MESSAGE.subject
    assert body == MESSAGE.markdown.whole
    title, body = fit(MESSAGE, Room(markdown=True, body=4_096, title=0))
    assert title == ""
    assert body == f"**{MESSAGE.subject}**  \n{MESSAGE.markdown.whole}"


@pytest.mark.parametrize("limit", [60, 100, 140, 160, 280, 500, 600, 1_000, 2_000])
@pytest.mark.parametrize("titled", [0, 30, 250])
@pytest.mark.parametrize("markdown", [True, False])
def test_no_room_breaks_a_link(limit: int, titled: int, *, markdown: bool) -> None:
    message = render(samples.slate(), language="fr")
    title, body = fit(message, Room(markdown=markdown, body=limit, title=titled, shared=True))
    assert len(title) <= titled
    assert 0 < len(body) + len(title) <= max(limit, titled)
    whole = body.count(message.url)
    assert body.count("https:") == whole
    assert whole == 1 or limit - len(title) < len(message.url) + 30


NINE = (
    *("Le Quai des brumes noires", "Marée basse", "Les Sœurs Lacaze", "Vingt-trois heures", "La Dette du sang"),
    *("Nuit de givre", "Le Dernier Passeur", "Alma et moi", "Boulevard Carnot"),
)


def nine() -> DeliveryContext:
    """A slate of nine, each with a long sentence and links of 150 characters."""
    sentence = f"TF1 commande neuf séries françaises, dont une fresque : {' ; '.join(NINE)}."
    links = VerdictLinks(
        right="https://c.example.org/verdict/" + "r" * 120, wrong="https://c.example.org/v/" + "w" * 126
    )
    return samples.context(
        *(
            samples.told(samples.story(id=f"s-{n}", title=one, platforms=("TF1",)), sentence, links=links)
            for n, one in enumerate(NINE)
        )
    )


@pytest.mark.parametrize("limit", [500, 600, 1_000, 1_024, 2_000, 4_096, 35_000])
@pytest.mark.parametrize("titled", [0, 250])
@pytest.mark.parametrize("markdown", [True, False])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_slate_names_all_its_titles_whatever_the_room(
    limit: int, titled: int, language: Language, *, markdown: bool
) -> None:
    room = Room(markdown=markdown, body=limit, title=titled)
    title, body = fit(render(nine(), language=language), room)
    assert len(body) <= room.body
    assert [one for one in NINE if one not in title + body] == []
    assert all(part.count("(") == part.count(")") for part in body.splitlines())


def test_what_is_least_needed_goes_first() -> None:
    message = render(nine(), language="en")
    whole = fit(message, Room(markdown=True, body=35_000, title=0))[1]
    assert whole.count("✓ Right") == 9  # addresses that nobody reads don't make a message long
    discord = fit(message, Room(markdown=True, body=2_000, title=0))[1]
    assert discord.count("✓ Right") == 1
    assert "une fresque" in discord
    assert "New TF1 series: “Marée basse”" in discord
    pushover = fit(message, Room(markdown=True, body=1_024, title=250))[1]
    assert "une fresque" not in pushover
    assert "• **New series: “Marée basse”**" in pushover
    small = fit(message, Room(markdown=True, body=500, title=0))[1]
    assert "• “Marée basse”" in small
    assert "TF1" in small  # of the first story nothing but its links and sentence is lost


def test_a_digest_names_all_of_its_stories_too() -> None:
    digest = replace(nine(), form=Form.DIGEST)
    for markdown in (True, False):
        body = fit(render(digest, language="fr"), Room(markdown=markdown, body=2_000, title=0))[1]
        assert [one for one in NINE if one not in body] == []
        assert body.count(samples.URL) == 9  # each is of another article, so its link goes late
        small = fit(render(digest, language="fr"), Room(markdown=markdown, body=600, title=0))[1]
        assert [one for one in NINE if one not in small] == []
        assert small.count(samples.URL) == 1
        assert "Nouvelles créations\n" in small.replace("*", "").replace("  \n", "\n")


def test_the_titles_of_forty_may_be_long_where_there_is_room() -> None:
    many = [samples.told(samples.story(id=f"s-{n}", title=f"Un titre plutôt long, numéro {n:02}")) for n in range(60)]
    message = render(samples.context(*many), language="fr")
    body = fit(message, Room(markdown=False, body=35_000, title=0))[1]
    assert body.count("numéro") == 60
    assert len(body) > 2_000
    cut_ = fit(message, Room(markdown=False, body=2_000, title=0))[1]
    assert "autres" in cut_.splitlines()[-1]


def test_cut_keeps_whole_lines_and_the_number_of_lines_asked_for() -> None:
    assert cut("a\nb\nhttps://x.org/1", 100, "https://x.org/1") == "a\nb\nhttps://x.org/1"
    assert cut("aaaa\nbbbb\ncccc\nhttps://x.org/1", 28, "https://x.org/1") == "aaaa\nbbbb\nhttps://x.org/1\n…"
    assert cut("https://x.org/1\nb\nc\nd", 100, "https://x.org/1", lines=3) == "https://x.org/1\nb\n…"
    assert cut("a\nb\nc", 3, "") == "a\n…"


def test_backoff_grows_to_six_hours_and_lasts_five_days() -> None:
    waits = [backoff(attempt, seed="d-1") for attempt in range(1, 30)]
    assert waits == [backoff(attempt, seed="d-1") for attempt in range(1, 30)]
    for attempt, wait in enumerate(waits, start=1):
        full = min(CEILING, timedelta(minutes=1) * 2 ** (attempt - 1))
        assert full * 0.75 <= wait <= full
    assert timedelta(days=4) < sum(waits[:28], timedelta()) < timedelta(days=5, hours=1)
    assert backoff(10_000, seed="x") <= CEILING


def test_backoff_differs_from_delivery_to_delivery() -> None:
    assert len({backoff(3, seed=f"d-{number}") for number in range(100)}) > 90
    with pytest.raises(ValueError, match="after a try"):
        backoff(0, seed="d-1")
