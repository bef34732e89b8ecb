"""The report stands alone, says everything, and harms nobody who opens it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import shipped
from labelling import RECORDS, write_corpus

from monitor.alerts.text import Language
from monitor.data import folder
from monitor.learning import charts, measure
from monitor.learning.evaluate import Evaluation, evaluate, read_all
from monitor.learning.labelled import read_corpus
from monitor.learning.measure import Weighed
from monitor.learning.report import marked, render
from monitor.learning.words import WORDS, interval, number, say
from monitor.vocabulary import Kind

VOID = {"meta", "br", "path", "circle", "rect", "link"}


@cache
def found() -> Evaluation:
    classifier = shipped.classifier()
    with TemporaryDirectory() as place:
        corpus = read_corpus(write_corpus(Path(place)))
    return evaluate(read_all(corpus, classifier, lambda: None), classifier)


def report(language: Language = "en", evaluation: Evaluation | None = None) -> str:
    return render(evaluation or found(), corpus="corpus.jsonl", language=language)


class Page(HTMLParser):
    """Sees to it that what is opened is closed, and gathers what there is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data


def page(html: str) -> Page:
    seen = Page()
    seen.feed(html)
    seen.close()
    assert seen.open == []
    return seen


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_needs_nothing_from_anywhere(language: Language) -> None:
    html = report(language)
    seen = page(html)
    assert not re.search(r"https?:|url\(|@import|javascript:", html)
    assert not [tag for tag, _ in seen.tags if tag in {"script", "link", "img", "iframe", "object", "font"}]
    assert not [attrs for _, attrs in seen.tags if {"src", "href", "onload"} & set(attrs)]
    (policy,) = (attrs["content"] for tag, attrs in seen.tags if tag == "meta" and attrs.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_part_is_there_in_both_languages(language: Language) -> None:
    text = page(report(language)).text
    for key in ("kinds", "groups", "facts", "calibration", "curves", "choices", "mistakes", "calibration_error"):
        assert say(key, language) in text
    assert ("0,5" if language == "fr" else "0.5") in text


def test_it_is_for_the_light_the_dark_and_paper() -> None:
    html = report()
    assert "@media (prefers-color-scheme: dark)" in html
    assert "@media print" in html


def test_what_outlets_wrote_is_escaped_and_cannot_turn_the_line() -> None:
    html = report()
    assert "<b>Le maire</b>" not in html
    assert "&lt;b&gt;Le maire&lt;/b&gt; &amp; le port" in html
    assert "\u202e" not in html


def test_every_error_is_told_with_what_was_expected() -> None:
    text = page(report()).text
    assert "overlooked" in text
    assert "Le Port, season 3" in text
    assert "labelled wrongly" in text
    assert text.count("wrong kind") == sum(mistake.wrong_label for mistake in found().mistakes) + 1  # and the sum


@pytest.mark.parametrize(("language", "sure"), [("en", "announced, "), ("fr", "retenu, sûr à ")])
def test_what_the_reader_thought_is_told_in_the_readers_language(language: Language, sure: str, tmp_path: Path) -> None:
    classifier = shipped.classifier()
    corpus = read_corpus(write_corpus(tmp_path, [{**RECORDS[0], "label": [], "facts": []}]))
    wrong = evaluate(read_all(corpus, classifier, lambda: None), classifier)
    text = page(report(language, wrong)).text
    assert f"Bellerive · {sure}" in text


def test_the_same_evaluation_gives_the_same_file() -> None:
    assert report() == report(evaluation=replace(found()))


def test_nothing_measured_is_drawn_as_nothing() -> None:
    classifier = shipped.classifier()
    text = page(report(evaluation=evaluate((), classifier))).text
    assert say("no_mistakes", "en") in text
    assert "–" in text


def weighed(*confidences: float, right: bool = True) -> list[Weighed]:
    label = frozenset({Kind.RENEWAL}) if right else frozenset()
    return [Weighed(label=label, confidences={Kind.RENEWAL: value}) for value in confidences]


def test_dots_stand_where_the_bins_say() -> None:
    drawn = charts.reliability(measure.calibration(weighed(0.8, 0.8, 0.8) + weighed(0.8, right=False)))
    (dot,) = drawn.dots
    assert [dot.x, dot.y, dot.size] == pytest.approx([80, 25, 4])
    assert max(bar.height for bar in drawn.bars) == 20
    assert drawn.path == "M80.00 25.00"


def test_a_curve_runs_through_its_points_and_is_ringed_at_the_threshold() -> None:
    steps = measure.curve(weighed(0.9, 0.6) + weighed(0.7, right=False))
    (line,) = charts.lines(steps, 0.65)
    assert line.path == "M50.00 0.00L50.00 50.00L100.00 33.33"
    assert line.ring is not None
    assert (line.ring.across, line.ring.up) == (0.5, 0.5)
    (unread,) = charts.lines(steps, 0.95)
    assert unread.ring is None


def test_a_whisker_needs_an_interval() -> None:
    assert charts.whisker(measure.Score(counts=measure.Counts())) is None
    between = measure.Interval(0.5, 0.9)
    drawn = charts.whisker(measure.Score(counts=measure.Counts(right=1), f1=between))
    assert drawn == charts.Whisker(at=100, low=50, high=90)


def test_cues_are_marked_where_they_stand() -> None:
    cues = ('renew: "aura"', 'renew: "aura une saison 2"', 'season: "saison 2"')
    assert marked("Lupin AURA une saison 2 (en 2025).", cues) == [
        ("Lupin ", False),
        ("AURA une saison 2", True),
        (" (en 2025).", False),
    ]
    assert marked("a.b", ['x: "."']) == [("a", False), (".", True), ("b", False)]
    assert marked("Rien.", ()) == [("Rien.", False)]


def test_every_phrase_is_there_in_both_languages_with_the_same_places_and_is_used() -> None:
    root = folder("config").parent
    places = [*(root / "monitor" / "learning").rglob("*"), *(root / "monitor" / "cli").glob("*.py")]
    code = "\n".join(
        place.read_text(encoding="utf-8")
        for place in places
        if place.suffix in {".py", ".j2"} and place.name != "words.py"
    )
    for key, (english, french) in WORDS.items():
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", french)), key
        assert f'"{key}"' in code or key.partition(".")[0] in {"dimension", "field"}, key


def test_numbers_look_as_their_readers_write_them() -> None:
    assert (number(0.5, "en"), number(0.5, "fr"), number(None, "fr")) == ("0.50", "0,50", "–")
    assert number(18.37, "fr", places=1) == "18,4"
    assert interval(measure.Interval(0.5, 1), "fr") == "[0,50\u00a0; 1,00]"
    assert interval(None, "en") == ""
    assert say("sure", "fr", percent=80) == "sûr à 80\u00a0%"
