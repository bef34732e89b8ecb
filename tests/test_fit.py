"""Messages cut to what a service takes, and how long to wait before the next try."""

from __future__ import annotations

from datetime import timedelta

import pytest
import samples_alerts as samples

from monitor.alerts.backoff import CEILING, backoff
from monitor.alerts.fit import Room, cut, fit
from monitor.alerts.render import render

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
