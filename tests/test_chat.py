"""What chat services get, through their own plugins: within the limit, in one piece, links whole."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import samples_alerts as samples
from apprise import Apprise
from apprise.common import NotifyFormat, OverflowMode
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts import deliver
from monitor.alerts.context import DeliveryContext, VerdictLinks
from monitor.alerts.fit import Room, fit
from monitor.alerts.render import render

TOKEN = "abcdefghijklmnopqrstuvwxyz"
SERVICES = {
    "discord": f"discord://123456789012345678/{TOKEN}",
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
    "telegram": "tgram://123456789:abcdefg_hijklmnop/123",
    "telegram in its strict mark-up": "tgram://123456789:abcdefg_hijklmnop/123?mdv=v2",
    "ntfy": "ntfy://topic",
    "matrix": "matrixs://user:pass@matrix.example/#room",
    "mattermost": "mmosts://mm.example/3ccdd113474722377935511fc85d3dd4",
    "gotify": "gotifys://g.example/abcdefghijklmno",
    "pushover": f"pover://{'u' * 30}@{'a' * 30}",
    "signal": "signal://127.0.0.1:9999/+15551230000/+15551239999",
    "google chat": "gchat://w/k/t",
    "mastodon": "mastodon://token@mast.example",
    "sms": f"twilio://AC{'a' * 32}:token@15551230000/15551239999",
    "zulip": f"zulip://bot@org/{'a' * 32}",
    "teams": "workflows://h/w/s",
    "webex": f"webex://{'a' * 80}",
}
LINKS = VerdictLinks(right="https://coq.example/v/right-1(2)_x", wrong="https://coq.example/v/wrong-1(2)_x")
URLS = {samples.URL, LINKS.right, LINKS.wrong}


def many(count: int = 40) -> DeliveryContext:
    title = "L’été & <co> #{} – 🇫🇷 👩🏽‍🎤 « oui » _et_ *non*"
    told = (samples.told(samples.story(id=f"s-{n}", title=title.format(n)), links=LINKS) for n in range(count))
    return replace(samples.digest(), stories=tuple(told))


def units(text: str) -> int:
    """Length as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def sent_by(service: str, context: DeliveryContext) -> tuple[str, str, str, int]:
    """Title and body that the plugin is given, the text it sends, and its limit."""
    plugin = deliver._plugin(SERVICES[service])
    assert plugin is not None
    form = deliver._form(plugin)
    title, body = deliver._fitted(plugin, render(context, language="fr"), form)
    calls = list(plugin._build_send_calls(body=body, title=title, body_format=form, overflow=OverflowMode.UPSTREAM))
    assert len(calls) == 1
    return title, body, calls[0]["body"], plugin.body_maxlen


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("name", ["alert", "slate", "update", "digest", "many", "notice"])
def test_a_service_gets_one_message_within_its_limit_links_whole(service: str, name: str) -> None:
    context = many() if name == "many" else getattr(samples, "context" if name == "alert" else name)()
    title, body, text, limit = sent_by(service, context)
    assert 0 < units(text) <= limit
    targets = {found.replace("%28", "(").replace("%29", ")") for found in re.findall(r"https://[^\s)]+", body)}
    own = {told.article.url for told in context.stories}
    pages = {link for told in context.stories if told.links for link in (told.links.right, told.links.wrong)}
    assert targets <= own | pages
    assert name == "notice" or targets & own
    assert title.startswith("🐓") or "🐓" in body


def test_the_limit_holds_for_what_is_sent_not_for_what_is_written() -> None:
    """Pushover is sent HTML, which is longer: cut blindly, it would end within a tag."""
    short = [samples.told(samples.story(id=f"s-{n}", title=f"& & {n}"), "« & »") for n in range(12)]
    for stories in range(1, 13):
        context = replace(samples.digest(), stories=tuple(short[:stories]))
        _, body, text, limit = sent_by("pushover", context)
        assert units(text) <= limit == 1024
        assert text.count("<a ") == text.count("</a>") == body.count("](")


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "sms"])
def test_a_slate_of_nine_with_long_links_is_named_whole(service: str) -> None:
    links = VerdictLinks(right="https://coq.example/v/" + "r" * 128, wrong="https://coq.example/v/" + "w" * 128)
    sentence = "TF1 commande neuf séries françaises, dont une fresque en six épisodes sur les quais de Dunkerque."
    nine = [
        samples.told(samples.story(id=f"s-{n}", title=f"Le Quai numéro {n}"), sentence, links=links)
        for n in range(1, 10)
    ]
    title, body, text, limit = sent_by(service, samples.context(*nine))
    assert units(text) <= limit
    assert [n for n in range(1, 10) if f"numéro {n}" not in title + body] == []


def test_where_there_is_room_forty_stories_are_named() -> None:
    _, body, _, _ = sent_by("ntfy", many())
    assert len(set(re.findall(r"#(\d+) – ", body))) == 40
    assert "… et" not in body


@pytest.mark.parametrize("service", ["discord", "pushover", "teams", "mastodon"])
def test_what_is_left_out_is_counted_on_the_last_line(service: str) -> None:
    _, body, _, _ = sent_by(service, many())
    told = len(set(re.findall(r"#(\d+) – ", body)))
    assert told >= 1
    assert re.fullmatch(rf"… et {40 - told} autres", body.splitlines()[-1])


def test_a_message_that_fits_is_told_whole_with_its_reason() -> None:
    _, body, _, _ = sent_by("discord", samples.slate())
    assert "… et" not in body
    assert "french-originals" in body.splitlines()[-1]


ROOMS = st.builds(
    Room,
    markdown=st.booleans(),
    body=st.integers(20, 4_000),
    title=st.sampled_from((0, 10, 60, 250)),
    shared=st.just(False),
    lines=st.sampled_from((0, 0, 1, 5, 20)),
)


@given(ROOMS, st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_no_room_breaks_anything(room: Room, stories: int) -> None:
    title, body = fit(render(many(stories), language="fr"), room)
    assert units(body) <= room.body
    assert units(title) <= room.title
    assert not room.lines or body.count("\n") < room.lines or room.body < 500
    for link in re.findall(r"https?[^\s)]*", body):
        assert link.replace("%28", "(").replace("%29", ")") in URLS
    assert body.count("](") == body.count("[") == len(re.findall(r"\[[^\[\]]+\]\(https://[^\s()]+\)", body))
    for text in (title, body):
        text.encode("utf-8")  # no half of a surrogate pair
        flags = re.findall("[\U0001f1e6-\U0001f1ff]+", text)
        assert all(len(flag) % 2 == 0 for flag in flags)
        assert not re.search("(?<!👩)🏽", text)


def test_mail_is_not_cut() -> None:
    plugin = Apprise.instantiate(SERVICES["discord"])
    assert plugin is not None
    assert deliver._form(plugin) == NotifyFormat.MARKDOWN
    assert render(many(), language="fr").text.count("• ") == 40
