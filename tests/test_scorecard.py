"""The scorecard: what counts, and a page that stands alone, says where everything is from, and can be read by all."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from command import call
from fakes import NOON, a_change, a_story
from lxml import etree

from monitor.scorecard import COUNTED, Scorecard, count, render
from monitor.scorecard.page import columns, percent, trend
from monitor.scorecard.words import WORDS, noun
from monitor.store import Store, stories
from monitor.types import Story
from monitor.vocabulary import Kind, Origin, Status

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def told(number: int, kind: Kind = Kind.RENEWAL, year: int = 2026, *, on: str = "OCS", **fields: Any) -> Story:
    at = datetime(year, 1 + number % 12, 3, tzinfo=UTC)
    step = a_change(at=at, outlet="Écho", url=f"https://echo.example/{number}")
    values = {"title": f"Œuvre {number}", "platforms": (on,) if on else (), "history": (step,), "first_seen": at}
    return a_story(f"s-{number:03}", kind=kind, **{**values, **fields})


SOME = (
    told(1),
    told(2, Kind.NEW_ORIGINAL, on="Arte"),
    told(3, Kind.CANCELLATION),
    told(4, on="Arte"),
    told(5, on="Arte", final=True),
    told(6, on=""),
    told(7, Kind.NEW_ORIGINAL, 2025, on="TF1", title=None, people=("Inès Kaddour",)),
)


def test_stories_are_counted_by_year_and_platform_busiest_first() -> None:
    newest, before = count(SOME).years
    assert (newest.year, before.year) == (2026, 2025)
    assert newest.counts == {Kind.NEW_ORIGINAL: 1, Kind.RENEWAL: 4, Kind.CANCELLATION: 1}
    assert [(one.name, one.total) for one in newest.platforms] == [("Arte", 3), ("OCS", 2), ("", 1)]
    assert [one.kept for one in newest.platforms] == [1.0, 0.5, 1.0]
    assert before.platforms[0].kept is None
    assert [sum(month.values()) for month in newest.months] == [0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert count(reversed(SOME)) == count(SOME)


def test_platforms_as_busy_as_each_other_stand_in_the_order_of_the_alphabet() -> None:
    (year,) = count([told(1, on="b"), told(2, on="C"), told(3, on="A"), told(4, on="")]).years
    assert [one.name for one in year.platforms] == ["A", "b", "C", ""]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.RUMOURED},
        {"status": Status.DENIED},
        {"origin": Origin.FOREIGN},
        {"kind": Kind.ACQUISITION},
        {"kind": Kind.RELEASE_DATE},
    ],
)
def test_what_is_unsure_foreign_or_something_else_does_not_count(fields: dict[str, Any]) -> None:
    assert count([told(1, **fields)]).years == ()


def test_the_year_is_the_first_tellings() -> None:
    late = told(1, first_seen=datetime(2026, 1, 2, tzinfo=UTC), year=2025)
    assert [year.year for year in count([late]).years] == [2025]
    bare = told(1, history=(), first_seen=datetime(2024, 1, 2, tzinfo=UTC))
    assert [year.year for year in count([bare]).years] == [2024]


def test_one_year_can_be_asked_for_even_an_empty_one() -> None:
    (only,) = count(SOME, year=2025).years
    assert len(only.listed) == 1
    (empty,) = count(SOME, year=1999).years
    assert empty.listed == ()


class Page(HTMLParser):
    """What a page has: its tags balanced, its links, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "path", "rect", "br"}:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "srcset", "data"}:
                self.loads.append(value or "")
        assert tag not in {"script", "link", "img", "iframe", "object"}

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"path", "rect"}:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def page_of(card: Scorecard, language: Any = "fr") -> tuple[str, Page]:
    text = render(card, language=language, now=NOW)
    return text, Page(text)


def test_the_page_stands_alone_and_links_every_story_to_its_source() -> None:
    text, page = page_of(count(SOME))
    assert page.loads == []
    assert "url(" not in text
    assert "@import" not in text
    for story in SOME:
        assert story.history[0].url in page.links
    assert {link for link in page.links if link.startswith("#")} == {"#y2026", "#y2025"}
    assert "État au 21 novembre 2026" in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_languages_say_the_same(language: Any) -> None:
    text, page = page_of(count(SOME), language)
    assert f'<html lang="{language}">' in text
    said = " ".join(page.words)
    assert ("nouvelles créations" in said) is (language == "fr")
    assert ("last" in said) is (language == "en")
    for key, (french, english) in WORDS.items():
        assert set(re.findall(r"{(\w+)}", french)) == set(re.findall(r"{(\w+)}", english)), key


def test_charts_are_told_to_who_cannot_see_them() -> None:
    text, _ = page_of(count(SOME))
    assert text.count('role="img"') == text.count('class="chart"') == 3
    assert "2026\u00a0: 1 nouvelle création, 4 renouvellements, 1 arrêt" in text
    assert "février\u00a0: 0 nouvelle création, 1 renouvellement, 0 arrêt" in text
    for bars in re.findall(r'<svg class="bars".*?</svg>', text, re.DOTALL):
        assert 'aria-hidden="true"' in bars
    for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        etree.fromstring(svg)
    assert text.count('scope="row"') == sum(len(year.platforms) for year in count(SOME).years)


def test_columns_are_as_tall_as_their_figures() -> None:
    (year,) = count(SOME, year=2026).years
    (group,) = columns([("2026", "2026", year.counts)], "fr")
    heights = {column.kind: column.height for column in group.columns}
    assert heights[Kind.RENEWAL] == 90
    assert heights[Kind.NEW_ORIGINAL] == heights[Kind.CANCELLATION] == 22.5
    assert all(column.y + column.height == 90 for column in group.columns)
    (nothing,) = columns([("1999", "1999", dict.fromkeys(COUNTED, 0))], "fr")
    assert {column.height for column in nothing.columns} == {0}


def test_nothing_known_is_a_page_too() -> None:
    _, page = page_of(count([]))
    assert "Rien n’est encore connu" in " ".join(page.words)
    _, page = page_of(count(SOME, year=1999))
    assert "Rien d’annoncé cette année-là." in " ".join(page.words)


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "\u202egnp\x00\u2028"])
def test_what_an_outlet_wrote_stays_text(nasty: str) -> None:
    step = a_change(at=NOON, outlet=nasty, url="javascript:alert(1)")
    text, page = page_of(count([told(1, title=nasty, on=nasty, history=(step,))]))
    assert "javascript:" not in text
    assert not set(text) & {"\u202e", "\x00", "\u2028"}
    assert "49" not in " ".join(page.words)


def test_words_and_figures_follow_the_language() -> None:
    assert [noun(Kind.RENEWAL, number, "fr") for number in (0, 1, 2)] == ["renouvellement"] * 2 + ["renouvellements"]
    assert [noun(Kind.RENEWAL, number, "en") for number in (0, 1, 2)] == ["renewals", "renewal", "renewals"]
    assert (percent(0.5, "fr"), percent(0.5, "en"), percent(None, "fr")) == ("50\u00a0%", "50%", "–")
    assert trend(5, 3, 2025, "fr") == "2 de plus qu’en 2025"
    assert trend(3, 5, 2025, "en") == "2 fewer than in 2025"
    assert trend(3, 3, 2025, "fr") == "autant qu’en 2025"


def test_the_same_stories_give_the_same_page() -> None:
    assert page_of(count(SOME))[0] == page_of(count(reversed(SOME)))[0]


def test_the_command_prints_a_table_writes_the_page_and_speaks_json(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        for story in SOME:
            stories.save(tx, story, article_url=story.history[0].url)
    html = tmp_path / "score.html"
    done = call("scorecard", "--data", tmp_path, "--html", html, "--lang", "fr")
    assert done.code == 0, done.err
    assert "Diffuseur" in done.out
    assert Page(html.read_text(encoding="utf-8")).links
    shape = json.loads(call("scorecard", "--data", tmp_path, "--year", 2026, "--json").out)
    assert [one["year"] for one in shape] == [2026]
    assert shape[0]["counts"] == {"new_original": 1, "renewal": 4, "cancellation": 1}
    assert shape[0]["platforms"][0] == {"name": "Arte", "kept": 1.0, "new_original": 1, "renewal": 2, "cancellation": 0}
    assert len(shape[0]["stories"]) == 6
    empty = call("scorecard", "--data", tmp_path / "new", "--lang", "en")
    assert "Nothing is known yet" in empty.out
