"""Nothing an outlet writes breaks out of its place in a message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import get_args

import pytest
import samples_alerts as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import Page

from monitor.alerts.clean import clean, markdown_text, safe_link, shorten
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import Message, render
from monitor.alerts.terminal import render_terminal
from monitor.alerts.text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)

PAYLOADS = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    '"><a href="https://evil.example">Netflix</a>',
    "{{ 7 * 7 }}{% for x in ().__class__.__mro__ %}{% endfor %}",
    "X\r\nBcc: all@example.org\r\n\r\n<h1>",
    "[Netflix](https://evil.example) <https://evil.example|Netflix> **x** _y_ `z`",
    "@everyone @here <!channel> <@U123>",
    "abc\u202egpj.exe\u2066\u200b\ufeff\x00\x1b[31m\ud800",
    "javascript:alert(1) data:text/html,x www.evil.example mailto:a@b.c",
    "line\u2028separator\u0085next",
)


def poisoned(payload: str) -> DeliveryContext:
    story = samples.story(title=payload, platforms=(payload,), people=(payload,), outlets=("A", payload))
    told = samples.told(story, payload, cues=(f'order: "{payload}"',), producers=(payload,))
    return samples.context(
        told,
        told,
        article=replace(samples.ARTICLE, title=payload, outlet=payload),
        delivery=samples.delivery(told, subscription=payload),
    )


def harmless(message: Message) -> bool:
    """Whether nothing that an outlet wrote acts in a message; where it does, the line that says so fails."""
    clean_page = Page(message.html)
    assert [value for name, value in clean_page.attributes if name == "href"] == [samples.URL]
    assert not {"script", "img"} & set(clean_page.tags)
    assert not [name for name, _ in clean_page.attributes if name.startswith("on")]
    assert not re.search(r"[\r\n]", message.subject)
    for form in (message.subject, message.text, message.html, message.markdown.whole):
        bad = {char for char in form if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert bad <= {"\n", "\u2060"}
        assert "evil.example" not in form
    assert re.findall(r"\]\(([^)]*)\)", message.markdown.whole) == [samples.URL]
    assert not re.search(r"[<>@](?!\u2060)(?=\w|!)", message.markdown.whole.replace("> ", ""))
    return True


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_payloads_do_no_harm(payload: str, language: Language) -> None:
    assert harmless(render(poisoned(payload), language=language))
    block = render_terminal(poisoned(payload), language=language)
    assert not {char for char in block if unicodedata.category(char) in {"Cc", "Cf", "Cs"}} - {"\n"}


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_an_outlet_writes_does_no_harm(payload: str) -> None:
    assert harmless(render(poisoned(payload), language="fr"))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c&d=é", "https://example.org/a?b=c&d=%C3%A9"),
        ("https://exämple.org/", "https://xn--exmple-cua.org/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://example.org/%20already", "https://example.org/%20already"),
        ('https://example.org/"onmouseover=x', "https://example.org/%22onmouseover=x"),
        ("https://example.org/a(b)", "https://example.org/a%28b%29"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.org/", None),
        ("https://netflix.com@evil.example/", None),
        ("https://example.org/\r\nBcc: x", None),
        ("https://example.org/\u202egnp", None),
        ("https://", None),
        ("https://[broken/", None),
        ("https://example.org:99999999/", None),
        ("https://example.org/" + "a" * 2_000, None),
    ],
)
def test_only_safe_links_are_offered(url: str, kept: str | None) -> None:
    assert safe_link(url) == kept


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("ab👩🏽cdef", 4, "ab…"),  # not a woman without her skin's colour
        ("ab👩🏽cdef", 5, "ab👩🏽…"),
        ("abe\u0301\u0302cdef", 5, "ab…"),
        ("abe\u0301\u0302cdef", 6, "abe\u0301\u0302…"),
        ("🇫🇷🇧🇪🇨🇭🇨🇦", 4, "🇫🇷…"),  # not half a flag, and not another one
        ("🇫🇷🇧🇪🇨🇭🇨🇦", 5, "🇫🇷🇧🇪…"),
        ("ab🇫🇷cd", 4, "ab…"),
        ("\u0301" * 9, 3, "…"),
    ],
)
def test_no_sign_is_cut_from_what_it_belongs_to(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_a_word_without_end_is_cleaned_all_the_same() -> None:
    """Looked through from each of its letters, it would take minutes."""
    assert clean("a" * 300_000, limit=10) == "a" * 9 + "…"
    assert clean(f"{'a' * 100}https://evil.example") == "a" * 74 + "[…]"
    assert clean("see x-abc+http://evil.example/?a=1 now") == "see […] now"


def test_clean_keeps_what_french_needs_and_cuts_at_words() -> None:
    assert clean("«\u00a0Œuvre\u202f!\u00a0»  e\u0301te\u0301\n") == "«\u00a0Œuvre\u202f!\u00a0» été"
    assert shorten("une deux trois quatre", 16) == "une deux trois…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert markdown_text("a*b_c") == "a∗bˍc"
