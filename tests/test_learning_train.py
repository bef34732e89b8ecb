"""Training: which statements are right, what is learnt from them, and that it is the same twice."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.classifier import Classifier
from monitor.classifier.candidates import Candidate
from monitor.classifier.entities import with_marks
from monitor.classifier.score import Model
from monitor.classifier.text import sentences
from monitor.data import folder
from monitor.learning import measure, training, unseen
from monitor.learning.__main__ import main
from monitor.learning.labelled import Fact, Labelled, read_corpus
from monitor.learning.places import CORPUS
from monitor.learning.samples import Sample, Studied, states, study, weighed
from monitor.learning.train import Recipe, train
from monitor.learning.training import Training
from monitor.learning.weights import differences, rounded, scaled, written
from monitor.types import Document
from monitor.vocabulary import Kind, Origin, Status, WorkType

RENEWAL, NEW = Kind.RENEWAL, Kind.NEW_ORIGINAL
HEADLINE = "TF1 commande une saison 2 de « Bellerive »"


def fact(kind: Kind = RENEWAL, title: str | None = "Bellerive", season: int | None = 2, **changes: object) -> Fact:
    made = Fact(
        kind=kind,
        title=title,
        season=season,
        platforms=("TF1",),
        status=Status.CONFIRMED,
        work_type=WorkType.SERIES,
        quote=HEADLINE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields of a Fact


def article(*facts: Fact, title: str = HEADLINE, text: str = "", also_ok: tuple[frozenset[Kind], ...] = ()) -> Labelled:
    return Labelled(
        id="tr-a-001",
        document=Document(title=title, text=text, language="fr"),
        label=frozenset(one.kind for one in facts if one.status is not Status.DENIED),
        also_ok=also_ok,
        facts=facts,
        text_kind="corpus",
        language="fr",
        difficulty="easy",
        shape="single",
    )


def candidate(
    kind: Kind = RENEWAL,
    title: str | None = "Bellerive",
    season: int | None = 2,
    features: frozenset[str] = frozenset(),
) -> Candidate:
    (sentence,) = sentences(Document(title="Une suite"))
    reading = with_marks(sentence, ())
    return Candidate(
        kind=kind, title=title, season=season, reading=reading, features=features or frozenset(), origin=Origin.FRENCH
    )


@pytest.mark.parametrize(
    ("read", "written_as"),
    [
        (candidate(), fact()),
        (candidate(title="bellerive"), fact()),
        (candidate(title="Bellerive"), fact(title="Retour à Bellerive")),
        (candidate(title="La Digue"), fact(title="Digue")),
        (candidate(title=None), fact()),
        (candidate(title=None), fact(title=None)),
        (candidate(season=None), fact()),
        (candidate(), fact(season=None)),
        (candidate(kind=NEW, season=1), fact(kind=NEW, season=None)),
        (candidate(), fact(status=Status.RUMOURED)),
    ],
)
def test_a_statement_is_right_when_a_fact_says_so(read: Candidate, written_as: Fact) -> None:
    assert states(read, article(fact(title="Autre chose", season=9), written_as))


@pytest.mark.parametrize(
    ("read", "written_as"),
    [
        (candidate(kind=NEW), fact()),
        (candidate(title="La Digue"), fact()),
        (candidate(title="Rive"), fact()),
        (candidate(), fact(title=None)),
        (candidate(season=3), fact()),
        (candidate(), fact(status=Status.DENIED)),
    ],
)
def test_a_statement_is_wrong_when_no_fact_says_so(read: Candidate, written_as: Fact) -> None:
    assert not states(read, article(written_as))


def samples(labelled: Labelled) -> list[Sample]:
    (studied,) = study([("a-01", labelled)], Classifier.load(folder("config")))
    assert studied.candidates
    return [sample for sample in studied.samples if sample.kind is RENEWAL]


def test_what_the_label_quotes_weighs_more_than_what_repeats_it() -> None:
    again = samples(article(fact(), text="La saison 2 de « Bellerive » sera tournée à Lille."))
    assert {sample.weight for sample in again if sample.right} == {1.0, 0.4}
    assert all(sample.article == "tr-a-001" for sample in again)


def test_a_known_work_is_right_under_each_of_its_names() -> None:
    english = article(
        fact(title="Call My Agent!", season=5), title="Netflix commande une saison 5 de « Dix pour cent »"
    )
    assert {sample.right for sample in samples(english)} == {True}


def test_an_article_that_announces_nothing_teaches_what_is_wrong() -> None:
    assert [(sample.right, sample.weight) for sample in samples(article())] == [(False, 1.0)]


@pytest.mark.parametrize(
    "labelled",
    [
        article(fact(), also_ok=(frozenset(),)),  # careful readers differ
        article(fact(title="Belle-Île")),  # the phrasing is right, the title is not
        article(title="TF1 commande une saison 2 de la série américaine « Bellerive »"),  # its origin decides
    ],
)
def test_some_statements_teach_nothing(labelled: Labelled) -> None:
    assert samples(labelled) == []


def test_confidences_are_those_the_classifier_gives() -> None:
    classifier, model = Classifier.load(folder("config")), Model.load(folder("config") / "model.json")
    for labelled in read_corpus(CORPUS / "test")[:40]:
        (studied,) = study([("a-01", labelled)], classifier)
        surest: dict[Kind, float] = {}
        for one in classifier.weigh(labelled.document):
            if one.kind in measure.KINDS and one.origin is not Origin.FOREIGN:
                surest[one.kind] = max(one.confidence, surest.get(one.kind, 0.0))
        assert weighed(studied, model).confidences == surest, labelled.id


def model(**weights: float) -> Model:
    return Model(bias=dict.fromkeys(Kind, -1.0), weights=dict.fromkeys(Kind, weights), floor=0.5)


def test_weights_are_scaled_and_rounded_for_one_kind() -> None:
    made = rounded(scaled(model(sign=2.0, doubt=-0.006), RENEWAL, factor=0.5, shift=0.25))
    assert (made.bias[RENEWAL], made.weights[RENEWAL]) == (-0.25, {"sign": 1.0})
    assert (made.bias[NEW], made.weights[NEW]) == (-1.0, {"sign": 2.0, "doubt": -0.01})


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = model(zeal=1.25, doubt=-0.5, été=0.1)
    (tmp_path / "model.json").write_text(written(made, "About."), encoding="utf-8")
    assert Model.load(tmp_path / "model.json") == made
    text = (tmp_path / "model.json").read_text(encoding="utf-8")
    assert text.index('"doubt"') < text.index('"zeal"') < text.index('"été"')
    assert json.loads(text)["about"] == "About."


def test_models_differ_by_more_than_one_unit_of_the_last_digit() -> None:
    made = model(sign=1.0, doubt=-0.5)
    assert list(differences(made, model(sign=1.01, doubt=-0.51))) == []
    assert list(differences(made, replace(made, floor=0.4))) == ["floor: 0.5 and 0.4"]
    other = replace(made, weights={**made.weights, RENEWAL: {"sign": 1.02, "doubt": -0.5, "news": 0.3}})
    assert list(differences(made, other)) == ["renewal, news: 0.0 and 0.3", "renewal, sign: 1.0 and 1.02"]


def corpus(*rows: tuple[int, frozenset[str], bool]) -> list[Studied]:
    """Make articles of one statement each, so many of a sort, in four files."""
    made: list[Studied] = []
    for count, features, right in rows:
        for number in range(count):
            for kind in (RENEWAL, NEW):
                name = f"{len(made)}"
                labelled = replace(article(*([fact(kind=kind)] if right else [])), id=name)
                sample = Sample(kind=kind, article=name, features=features, right=right)
                one = candidate(kind=kind, features=features)
                group = f"{number % 4}"
                made.append(Studied(article=labelled, group=group, candidates=(one,), samples=(sample,)))
    return made


ORDERED, BAIT, PLAIN = frozenset({"ordered", "zone headline"}), frozenset({"ordered", "asked"}), frozenset({"word de"})
TAUGHT = corpus((40, ORDERED, True), (10, ORDERED, False), (40, BAIT, False), (30, PLAIN, False), (10, PLAIN, True))
PRIOR = model(ordered=2.0, asked=-1.5, unheard=3.0, **{"zone headline": 1.0})


def test_what_speaks_for_an_announcement_is_learnt() -> None:
    learnt = train(TAUGHT, model()).model
    for kind in (RENEWAL, NEW):
        assert learnt.weights[kind]["ordered"] > 0 > learnt.weights[kind]["asked"]
        assert learnt.score(candidate(kind=kind, features=ORDERED)) > 0.5
        assert learnt.score(candidate(kind=kind, features=BAIT)) < 0.5


def test_confidences_are_calibrated_on_what_was_held_out() -> None:
    trained = train(TAUGHT, model(ordered=9.0, asked=-9.0), Recipe(penalty=math.inf))
    assert measure.calibration(trained.held_out).error == pytest.approx(0, abs=0.05)
    assert measure.calibration([weighed(one, PRIOR) for one in TAUGHT]).error != pytest.approx(0, abs=0.05)


def test_what_the_corpus_never_shows_keeps_its_meaning() -> None:
    learnt = train(TAUGHT, PRIOR).model.weights[RENEWAL]
    assert learnt["unheard"] > 1
    assert "unheard" not in train(TAUGHT, PRIOR, Recipe(penalty=10.0, with_prior=False)).model.weights[RENEWAL]


def test_where_news_stands_is_not_learnt() -> None:
    learnt = train(TAUGHT, PRIOR).model.weights[RENEWAL]
    assert learnt["zone headline"] == pytest.approx(learnt["unheard"] / 3, abs=0.011)
    assert "zone headline" not in train(TAUGHT, model()).model.weights[RENEWAL]


def test_a_sign_that_would_turn_against_its_meaning_keeps_the_priors_side() -> None:
    trained = train(TAUGHT, model(ordered=2.0, asked=0.2))
    assert trained.turned[RENEWAL] == ("asked",)
    assert trained.model.weights[RENEWAL]["asked"] > 0


def test_what_few_articles_show_is_not_learnt() -> None:
    rare = ORDERED | {"word bellerive"}
    for count in (4, 5):
        learnt = train([*TAUGHT, *corpus((count, rare, True))], PRIOR).model.weights
        assert ("word bellerive" in learnt[RENEWAL]) is (count == 5)


def test_kinds_that_are_not_alerted_keep_the_weights_of_the_prior() -> None:
    learnt = train(TAUGHT, PRIOR).model
    assert learnt.weights[Kind.CANCELLATION] == PRIOR.weights[Kind.CANCELLATION]
    assert learnt.bias[Kind.CANCELLATION] == PRIOR.bias[Kind.CANCELLATION]


def test_training_twice_gives_the_same() -> None:
    assert written(train(TAUGHT, PRIOR).model, "") == written(train(list(TAUGHT), PRIOR).model, "")


def test_nobody_is_judged_by_a_model_that_knows_him() -> None:
    told = corpus((40, ORDERED, True), (40, BAIT, False))
    secret = frozenset({"secret"})
    only_here = [replace(one, group="9") for one in corpus((20, secret, True))]
    held_out = train([*told, *only_here], model()).held_out[-1]
    known = train([*told, *corpus((20, secret, True))], model()).held_out[-1]
    assert held_out.confidences[NEW] < known.confidences[NEW]


def test_the_command_writes_reports_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = tmp_path / "corpus" / "train"
    small.mkdir(parents=True)
    for name in ("a-01", "b-01"):
        (small / f"{name}.toml").write_bytes((CORPUS / "train" / f"{name}.toml").read_bytes())
    config = tmp_path / "config"
    (config / "lexicon").mkdir(parents=True)
    for path in ("gazetteer.toml", "model.json", "lexicon/fr.toml", "lexicon/en.toml"):
        (config / path).write_bytes((folder("config") / path).read_bytes())
    arguments = ["train", "--config", str(config), str(tmp_path / "corpus")]
    assert main([*arguments, "--check"]) == 1
    assert "is not what training gives: run `make train`" in capsys.readouterr().out
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert out.startswith("50 articles, ")
    assert "prior alone" in out
    assert "renewal: what moved most" in out
    assert json.loads((config / "model.json").read_text(encoding="utf-8"))["about"] == training.ABOUT
    assert main([*arguments, "--check"]) == 0


def test_what_a_model_reads_wrong_in_a_file_it_has_not_seen_is_told() -> None:
    only_here = [replace(one, group="o-01") for one in corpus((3, BAIT, True))]
    studied = (*corpus((40, ORDERED, True), (40, BAIT, False)), *only_here)
    done = Training(studied=studied, prior=model(), trained=train(studied, model()), others={})
    told = list(unseen.errors(done, ["o-"], 0.5))
    assert told[0].startswith(f"MISSED renewal {only_here[0].article.id} (o-01): {HEADLINE}")
    assert told[1:3] == ["  announced: Bellerive 2 TF1", f"    quote: {HEADLINE}"]
    assert told[-2].startswith("o-01          6 articles")
    assert told[-1].startswith("together")
    assert not any("(0)" in line for line in told), "a file that was not asked for"


def test_a_statement_that_nobody_made_is_told_as_such() -> None:
    silent = [replace(one, candidates=(), samples=(), group="o") for one in corpus((1, ORDERED, True))]
    studied = (*corpus((40, ORDERED, True), (40, BAIT, False)), *silent)
    done = Training(studied=studied, prior=model(), trained=train(studied, model()), others={})
    assert "  no statement says so" in list(unseen.errors(done, ["o"], 0.5))


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path)]) == 2
    assert str(tmp_path / "train") in capsys.readouterr().err
