"""A model of one's own: used only if it lowers nothing, and never under another one's scores."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shipped
from command import call

from monitor import personal
from monitor.classifier.score import Model
from monitor.data import folder
from monitor.learning import evaluate, gain
from monitor.learning.labelled import read_corpus
from monitor.learning.places import CORPUS
from monitor.personal import Made
from monitor.store import Store
from monitor.types import Document, Watch
from monitor.vocabulary import Kind
from monitor.watchkeeper import Watchkeeper

SHIPPED = (folder("config") / "model.json").read_text(encoding="utf-8")
GOOD = Made(
    at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    articles=7,
    shipped=personal.shipped_mark(),
    scores={"new_original": (0.7, 0.71), "renewal": (0.8, 0.8), "facts": (0.7, 0.7)},
)
ARTICLE = Document(
    title="Lupin aura une saison 4 sur Netflix",
    text="Netflix a confirmé que la série française Lupin aura une saison 4.",
    language="fr",
)


def deaf() -> str:
    """A model that believes nothing."""
    read = json.loads(SHIPPED)
    for table in read["kinds"].values():
        table["bias"] = -30.0
    return json.dumps(read)


def test_without_one_it_is_the_shipped_model(tmp_path: Path) -> None:
    assert personal.choose(tmp_path) == personal.Chosen(model=None, says="the shipped model")
    assert not personal.forget(tmp_path)


def test_one_that_lowers_nothing_is_used_and_says_so(tmp_path: Path) -> None:
    personal.keep(tmp_path, SHIPPED, GOOD)
    chosen = personal.choose(tmp_path)
    assert chosen.model == Model.load(folder("config") / "model.json")
    assert chosen.says == "the personal model of 2026-11-20, made from 7 judged articles"
    assert personal.about(tmp_path) == GOOD
    assert personal.forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (replace(GOOD, scores={**GOOD.scores, "renewal": (0.8, 0.7999)}), "the personal one lowers renewal"),
        (replace(GOOD, shipped="another"), "made beside an older one"),
    ],
)
def test_one_that_is_not_good_is_kept_and_not_used(tmp_path: Path, made: Made, says: str) -> None:
    personal.keep(tmp_path, SHIPPED, made)
    chosen = personal.choose(tmp_path)
    assert chosen.model is None
    assert says in chosen.says


@pytest.mark.parametrize("file", [personal.MODEL_FILE, personal.ABOUT_FILE])
@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kinds": 1}', None])
def test_a_damaged_one_is_not_used_and_stops_nobody(tmp_path: Path, file: str, text: str | None) -> None:
    personal.keep(tmp_path, SHIPPED, GOOD)
    if text is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(text, encoding="utf-8")
    chosen = personal.choose(tmp_path)
    assert chosen.model is None
    assert chosen.says.startswith("the shipped model")


def test_killed_while_it_is_kept_the_new_one_has_no_scores_of_the_old(tmp_path: Path) -> None:
    personal.keep(tmp_path, SHIPPED, GOOD)
    (tmp_path / f"{personal.MODEL_FILE}.new").mkdir()  # writing fails half-way
    with pytest.raises(OSError, match="directory"):
        personal.keep(tmp_path, deaf(), GOOD)
    assert personal.choose(tmp_path).model is None


def test_the_daemon_reads_with_it(tmp_path: Path) -> None:
    personal.keep(tmp_path, deaf(), GOOD)
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store:
        shipped = Watchkeeper(store, Watch()).classifier
        own = Watchkeeper(store, Watch(), model=personal.choose(tmp_path).model).classifier
    assert shipped.read(ARTICLE)
    assert own.read(ARTICLE) == ()


def test_scores_are_those_of_the_evaluation() -> None:
    articles = read_corpus(CORPUS / "test" / "l-01.toml")
    reader = shipped.classifier()
    found = evaluate.evaluate(evaluate.read_all(articles, reader, lambda: None), reader, threshold=reader.floor)
    scores = gain.scores(found)
    assert set(scores) == {"new_original", "renewal", "facts"}
    assert scores["renewal"] == pytest.approx(found.total.kinds[Kind.RENEWAL].counts.f1, abs=1e-6)
    silent = evaluate.evaluate((), reader)
    assert gain.scores(silent) == dict.fromkeys(scores, 0.0)


def test_the_command_says_which_is_in_use(tmp_path: Path) -> None:
    assert "In use: the shipped model." in call("--data", tmp_path, "train").out
    personal.keep(tmp_path, SHIPPED, replace(GOOD, scores={**GOOD.scores, "facts": (0.7, 0.6)}))
    out = call("--data", tmp_path, "train").out
    assert "0.700" in out
    assert "0.600" in out
    assert "lowers facts" in out
    shape = json.loads(call("--data", tmp_path, "train", "--json").out)
    assert shape["made"]["lowered"] == ["facts"]
    assert not shape["personal"]
    call("--data", tmp_path, "train", "--forget")
    assert list(tmp_path.glob("personal*")) == []


def test_the_doctor_says_which_is_in_use(tmp_path: Path) -> None:
    personal.keep(tmp_path, SHIPPED, GOOD)
    out = call("--data", tmp_path, "doctor", "--json").out
    (finding,) = (one for one in json.loads(out) if one["check"] == "model")
    assert finding == {"check": "model", "good": True, "says": personal.choose(tmp_path).says}


def test_without_verdicts_or_corpus_it_says_what_to_do(tmp_path: Path) -> None:
    done = call("--data", tmp_path, "train", "--with-verdicts")
    assert (done.code, done.out) == (1, "")
    assert "nothing that was judged can be learnt from yet" in done.err
    done = call("--data", tmp_path, "train", "--with-verdicts", "--corpus", tmp_path)
    assert "get its repository" in done.err
    assert done.err.count("\n") == 1
