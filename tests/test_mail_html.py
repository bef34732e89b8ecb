"""The HTML of mails by the rules of mail programs: what https://www.caniemail.com lists as shown nearly everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import product
from typing import get_args

import pytest
import samples_alerts as samples

from monitor.alerts.context import DeliveryContext, VerdictLinks
from monitor.alerts.render import render
from monitor.alerts.text import Language
from monitor.vocabulary import NoticeKind

LANGUAGES: tuple[Language, ...] = get_args(Language)
VOID = {"meta", "br", "img", "hr", "link", "input"}
#: What a style attribute may say; what a program does not know of it, it leaves out without harm.
PROPERTIES = {
    *("background", "color", "padding", "padding-top", "margin", "border", "border-top", "border-left"),
    *("border-radius", "font-family", "font-size", "font-style", "font-weight", "line-height", "letter-spacing"),
    *("text-decoration", "text-transform", "white-space", "word-break", "display", "max-width", "max-height"),
    *("overflow", "mso-hide", "mso-padding-alt", "-webkit-text-size-adjust"),
}
LINKS = VerdictLinks(right="https://coq.example/v/right", wrong="https://coq.example/v/wrong")


def linked(context: DeliveryContext) -> DeliveryContext:
    claims = samples.digest().stories[-1].claims
    return replace(context, stories=tuple(replace(told, links=LINKS, claims=claims) for told in context.stories))


CONTEXTS = {
    "alert": linked(samples.context()),
    "slate": linked(samples.slate()),
    "update": linked(samples.update()),
    "digest": linked(samples.digest()),
    **{kind.value: samples.notice(kind, waiting=3) for kind in NoticeKind},
}


def styles(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if part.strip())
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, value in pairs}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    style: dict[str, str] = field(default_factory=dict)


class Mail(HTMLParser):
    """Reads a mail as a program does: every element with its style, every text with its colours."""

    def __init__(self, html: str, *, dark: bool = False) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: list[tuple[str, str, str]] = []  #: text, colour, background
        self.unclosed: list[str] = []
        self._open: list[Element] = []
        self._rules = {name: styles(body) for name, body in _dark_rules(html)} if dark else {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        style = styles(attributes.get("style", ""))
        for name in attributes.get("class", "").split():
            style |= self._rules.get(name, {})
        element = Element(tag, attributes, style)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        inner = [element.tag for element in self._open]
        hidden = any(element.style.get("display") == "none" for element in self._open)
        if data.strip("\u00a0 \n") and "body" in inner and not hidden:
            self.texts.append((data.strip(), self._nearest("color"), self._nearest("background")))

    def _nearest(self, name: str) -> str:
        return next(element.style[name] for element in reversed(self._open) if name in element.style)


def _dark_rules(html: str) -> list[tuple[str, str]]:
    found = re.search(r"prefers-color-scheme: dark\) \{\n(.*?)\n\}", html, re.DOTALL)
    assert found
    return re.findall(r"\.([\w-]+) \{ (.*?) \}", found[1])


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""
    assert re.fullmatch("#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


CASES = list(product(CONTEXTS, LANGUAGES))


@pytest.mark.parametrize(("name", "language"), CASES)
def test_it_says_its_language_and_is_laid_out_by_tables_with_their_own_styles(name: str, language: Language) -> None:
    html = render(CONTEXTS[name], language=language).html
    mail = Mail(html)
    first = mail.elements[0]
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert (first.tag, first.attributes["lang"], first.attributes["dir"]) == ("html", language, "ltr")
    for element in mail.elements:
        assert set(element.style) <= PROPERTIES, element
        assert element.style.get("display") in {None, "none", "inline-block"}
        assert element.tag != "table" or element.attributes["role"] == "presentation"
        assert element.tag not in {"img", "script", "link", "form", "svg", "video", "iframe", "base"}
    assert not re.search(r"url\(|@import|var\(|calc\(|rgba?\(|position|flex|grid|float", html)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_without_its_style_element_nothing_is_lost_but_the_dark_and_the_phone(name: str, language: Language) -> None:
    html = render(CONTEXTS[name], language=language).html
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    assert re.sub(r"@media [^{]*\{\n.*?\n\}", "", style[1], flags=re.DOTALL).strip().startswith(":root")
    for element in Mail(html).elements:
        names = set(element.attributes.get("class", "").split())
        if names & {"ink", "muted", "kicker", "link", "good", "bad"}:
            assert "color" in element.style, element
        if names & {"page", "card", "note", "doubt", "button"}:
            assert "background" in element.style or "color" in element.style, element


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_text_is_readable(name: str, language: Language, *, dark: bool) -> None:
    mail = Mail(render(CONTEXTS[name], language=language).html, dark=dark)
    assert len(mail.texts) > 4
    for text, colour, background in mail.texts:
        if text != "🐓":
            assert contrast(colour, background) >= 4.5, (text, colour, background)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_link_says_where_it_leads_and_the_preheader_sums_up(name: str, language: Language) -> None:
    html = render(CONTEXTS[name], language=language).html
    links = re.findall(r"<a [^>]*>(.*?)</a>", html, re.DOTALL)
    assert all(re.sub("<.*?>|&nbsp;|[✓✗]", "", link).strip() for link in links)
    preheader = re.search(r'<div style="display:none[^>]*>(.*?)&nbsp;', html, re.DOTALL)
    assert preheader
    assert len(preheader[1].strip()) > 5


def test_a_word_without_end_is_cut_and_may_break() -> None:
    html = render(samples.context(samples.told(samples.story(title="x" * 300), "y" * 900)), language="fr").html
    assert not re.search(r"(x|y){81}", html)
    for element in Mail(html).elements:
        if element.tag == "h1":
            assert element.style["word-break"] == "break-word"


def test_a_mail_of_one_article_is_far_below_what_clients_clip() -> None:
    many = [samples.told(samples.story(id=f"s-{n}", title="É" * 80), "É " * 200) for n in range(80)]
    assert len(render(samples.context(*many), language="fr").html.encode()) < 80_000  # Gmail clips at 102 kB
