"""Whatever an article, an outlet or a server writes: no header, link, mention or mark-up of theirs in any message.

Fault P27.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from typing import get_args

import pytest
import samples_alerts as samples
from apprise import Apprise
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pages import Page

from monitor.alerts import deliver
from monitor.alerts.context import Claim, DeliveryContext, VerdictLinks
from monitor.alerts.email import POLICY, NotifyEmail, compose
from monitor.alerts.fit import Room, fit, width
from monitor.alerts.render import Message, render
from monitor.alerts.terminal import render_terminal
from monitor.alerts.text import Language
from monitor.types import Change
from monitor.vocabulary import Event, Form, NoticeKind

LANGUAGES: tuple[Language, ...] = get_args(Language)
LINKS = VerdictLinks(right="https://coq.example/v/right", wrong="https://coq.example/v/wrong")
OURS = {samples.URL, LINKS.right, LINKS.wrong}

PAYLOADS = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    '"><a href="https://evil.example">Netflix</a>',
    "</title></style><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% for x in ().__class__.__mro__ %}{% endfor %}{view.stories}",
    "X\r\nBcc: all@example.org\r\n\r\n<h1>",
    "X\nReply-To: evil@evil.example\n .\nQUIT",
    "=?utf-8?q?X=0D=0ABcc:_all=40example.org?=",
    "[Netflix](https://evil.example) <https://evil.example|Netflix> **x** _y_ `z` ~~s~~ ||t||",
    "![x](https://evil.example/p.png) [x]: https://evil.example",
    "@everyone @here <!channel> <@U123> <#C1> @room &#64;everyone",
    '<a href="https://matrix.to/#/@evil:evil.example">@you</a> <font data-mx-color="#f00">',
    "# heading",
    "- item - item",
    "1. one",
    "===",
    "---",
    "> quoted",
    "    code",
    "abc\u202egpj.exe\u2066\u200b\ufeff\x00\x1b[31m\ud800\u061c\u200e",
    "\u202eelif.exe\u202c https\u200b://evil.example",
    "javascript:alert(1) data:text/html,x www.evil.example mailto:a@b.c JaVaScRiPt:x",
    "evil.example/path user@evil.example EVIL.COM",
    "line\u2028separator\u0085next\u2029para\x0bvt\x0cff",
    "e" + "\u0301" * 500,
    "x" * 3000,
    "👩‍👩‍👧‍👦🏳️‍🌈🇫🇷" * 40,
    "",
    " ",
    "\f",
)


def poisoned(payload: str, form: Form) -> DeliveryContext:
    """One message with the payload wherever something from outside stands."""
    if form is Form.NOTICE:
        notice = samples.notice(NoticeKind.DELIVERIES_FAILING, name=payload, reason=payload, path=payload, waiting=2)
        assert notice.notice is not None
        owed = replace(notice.delivery, subscription=payload)
        return replace(notice, notice=replace(notice.notice, subject=payload), delivery=owed)
    step = Change(at=samples.NOW, field="title", before=payload, after=payload, outlet=payload, url="u", quote=payload)
    story = samples.story(
        title=payload, platforms=(payload, "TF1"), people=(payload,), outlets=("A", payload), history=(step,)
    )
    told = samples.told(
        story,
        payload,
        cues=(f'order: "{payload}"', payload),
        producers=(payload,),
        event=Event.UPDATE,
        changed=("title",),
        claims=(Claim(field="title", value=payload, outlet=payload),),
        matched=f'works: "{payload}"',
        links=LINKS,
    )
    untitled = replace(told, story=replace(story, title=None), event=Event.NEW, matched=payload)
    article = replace(samples.ARTICLE, title=payload, outlet=payload)
    owed = samples.delivery(told, subscription=payload)
    return replace(samples.context(told, untitled, article=article, delivery=owed), form=form)


@cache
def mailer() -> NotifyEmail:
    plugin = Apprise.instantiate("mailto://u:p@127.0.0.1?from=coq@example.org&to=reader@example.net")
    assert isinstance(plugin, NotifyEmail)
    return plugin


def letter_of(message: Message) -> EmailMessage:
    """The mail as a mail program reads it."""
    raw = compose(mailer(), message, now=datetime(2026, 11, 20, tzinfo=UTC)).as_bytes(policy=POLICY)
    assert re.search(rb"(?<!\r)\n|\r(?!\n)|\x00", raw) is None
    letter = message_from_bytes(raw, policy=default)
    assert isinstance(letter, EmailMessage)
    return letter


HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type"}


def check_mail(message: Message) -> None:
    letter = letter_of(message)
    assert set(letter.keys()) == HEADERS
    assert len(letter.keys()) == len(HEADERS)
    assert letter["Subject"] == message.subject
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert not letter.defects
    html = letter.get_body(("html",))
    assert html is not None
    check_html(html.get_content())


def check_html(html: str) -> None:
    page = Page(html)
    assert {value for name, value in page.attributes if name == "href"} <= OURS
    allowed = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td"}
    assert set(page.tags) <= allowed | {"p", "h1", "h2", "h3", "span", "strong", "br", "a", "code"}
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"src", "srcset", "action"}]


def check_markdown(text: str) -> None:
    page = Page(MarkdownIt("commonmark").render(text))
    assert {value for name, value in page.attributes if name == "href"} <= OURS
    assert set(page.tags) <= {"p", "strong", "a", "br", "blockquote", "code"}
    assert not re.search(r"@(?!\u2060)\w|<[!@#]", text)


def harmless(context: DeliveryContext, language: Language) -> bool:
    """Whether nothing that others wrote acts in any form of a message; where it does, the line that says so fails."""
    message = render(context, language=language)
    assert message.problems == ()
    chats = (message.markdown.whole, message.plain.whole)
    for form in (message.subject, message.text, message.html, *chats, render_terminal(context, language=language)):
        bad = {char for char in form if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}}
        assert bad <= {"\n", "\u2060"}
        assert not re.search(r"(?i)(javascript|vbscript|data):\S", form.replace("data-", ""))
        assert not re.search(r"(?i)(?:https?://|www\.)(?!www\.example\.org/series|coq\.example/v/|mso)\w*evil", form)
    for form in (message.text, message.html, *chats):
        assert not re.search(r"(?i)\bevil\.(example|com)", form)
    assert "\n" not in message.subject
    assert len(message.subject) <= 120
    check_mail(message)
    check_markdown(message.markdown.whole)
    for markdown in (True, False):
        for room in (Room(markdown=markdown, body=600, title=0), Room(markdown=markdown, body=160, title=60)):
            title, body = fit(message, room)
            assert width(body) <= room.body
            assert width(title) <= room.title
            assert set(re.findall(r"https?://[^\s)]+", body)) <= OURS
            if markdown and room.title == 0:
                check_markdown(body)
    return True


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("language", LANGUAGES)
def test_payloads_do_no_harm(payload: str, form: Form, language: Language) -> None:
    """P27."""
    assert harmless(poisoned(payload, form), language)


CHATS = {
    "matrix": "matrixs://user:pass@matrix.example/#room",
    "pushover": f"pover://{'u' * 30}@{'a' * 30}",
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/",
    "discord": "discord://123456789012345678/abcdefghijklmnopqrstuvwxyz",
}


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("service", CHATS)
def test_what_a_chat_makes_of_it_does_no_harm(payload: str, service: str) -> None:
    plugin = deliver._plugin(CHATS[service])
    assert plugin is not None
    for form in Form:
        kind = deliver._form(plugin)
        title, body = deliver._fitted(plugin, render(poisoned(payload, form), language="fr"), kind)
        (call,) = plugin._build_send_calls(body=body, title=title, body_format=kind)
        text = call["body"]
        if service in {"matrix", "pushover"}:  # they are sent HTML
            page = Page(text)
            assert {value for name, value in page.attributes if name == "href"} <= OURS
            assert set(page.tags) <= {"p", "strong", "b", "em", "a", "br", "blockquote", "code", "ul", "li"}
        elif service == "slack":
            assert {found.partition("|")[0] for found in re.findall(r"<([^>]+)>", text)} <= OURS
        assert not re.search(r"@(?!\u2060)\w", text)


WILD = st.lists(
    st.one_of(
        st.text(min_size=1, max_size=20), st.sampled_from(PAYLOADS), st.sampled_from(list("[](){}<>@*_`#&;:/\\\"'\r\n"))
    )
).map("".join)


@given(WILD, st.sampled_from(Form), st.sampled_from(LANGUAGES))
@settings(max_examples=40, deadline=None)
def test_whatever_they_write_does_no_harm(payload: str, form: Form, language: Language) -> None:
    assert harmless(poisoned(payload, form), language)
