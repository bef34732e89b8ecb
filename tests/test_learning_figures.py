"""The figures of docs/classifier.md: put there by one command, and known to be stale when the model is another one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shipped
from labelling import write_corpus

from monitor.data import folder
from monitor.learning import figures
from monitor.learning.evaluate import Evaluation, evaluate, read_all
from monitor.learning.labelled import read_corpus
from monitor.learning.places import PAGE
from monitor.types import MonitorError

BLANK = "# Title\n<!-- figures of model none -->\nold\n<!-- end of figures -->\nAfter.\n"
PICTURES = (figures.calibration_picture, figures.curves_picture)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    corpus = read_corpus(write_corpus(tmp_path_factory.mktemp("corpus")))
    classifier = shipped.classifier()
    return evaluate(read_all(corpus, classifier, lambda: None), classifier)


def test_the_page_shows_the_shipped_model() -> None:
    shipped = figures.model_mark((folder("config") / "model.json").read_bytes())
    shown = figures.measured_model(PAGE.read_text(encoding="utf-8"))
    assert shown == shipped, "the model has changed: run `python -m monitor.learning figures`"


def test_figures_are_put_between_the_marks_and_nowhere_else(found: Evaluation) -> None:
    page = figures.renewed(BLANK, found, found, model="abc123")
    assert page.startswith("# Title\n<!-- figures of model abc123 -->\n| 4 articles never seen |")
    assert page.endswith("\n<!-- end of figures -->\nAfter.\n")
    assert "old" not in page
    assert figures.measured_model(page) == "abc123"
    assert figures.renewed(page, found, found, model="abc123") == page


def test_every_figure_is_there(found: Evaluation) -> None:
    page = figures.renewed(BLANK, found, found, model="abc123")
    assert re.search(r"^\| new originals \| 1\.00 \| 1\.00 \| 1\.00 \(1\.00-1\.00\) \| - \|$", page, re.MULTILINE)
    assert re.search(r"^\| renewals \| 1\.00 \| 0\.50 \| 0\.67 ", page, re.MULTILINE)
    assert all(f"\n| {field} | 1.00 |" in page for field in ("title", "season", "platforms", "status"))
    assert "False alarms: 0 among 1 articles" in page
    assert (
        "On `corpus/riddles`, 4 articles as hard as we could make them: F1 1.00 (1.00-1.00) for new originals" in page
    )


def test_a_page_without_marks_is_refused(found: Evaluation) -> None:
    assert figures.measured_model("# Title") is None
    with pytest.raises(MonitorError, match="marks"):
        figures.renewed("# Title", found, found, model="abc123")


def test_another_model_has_another_mark() -> None:
    assert figures.model_mark(b"{}") != figures.model_mark(b"{ }")


@pytest.mark.parametrize("picture", PICTURES)
def test_the_pictures_stand_alone(picture: object, found: Evaluation) -> None:
    assert callable(picture)
    text = picture(found)
    assert text.startswith("<svg ")
    assert text.endswith("</svg>\n")
    assert "<path" in text
    assert "<circle" in text
    assert text.count("http") == 1, "only its namespace: nothing comes from elsewhere"


def test_the_page_shows_both_pictures() -> None:
    for name in re.findall(r"\]\((images/classifier-[\w-]+\.svg)\)", PAGE.read_text(encoding="utf-8")):
        assert (PAGE.parent / name).read_text(encoding="utf-8").startswith("<svg ")
    assert PAGE.read_text(encoding="utf-8").count("](images/classifier-") == len(PICTURES)


def test_newcomers_find_the_page() -> None:
    root: Path = PAGE.parent.parent
    for name in ("README.md", "CONTRIBUTING.md"):
        assert "(docs/classifier.md)" in (root / name).read_text(encoding="utf-8")
