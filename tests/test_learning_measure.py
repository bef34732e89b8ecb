"""Scores, intervals, calibration and thresholds: what is counted, and that it is counted right."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.learning import measure
from monitor.learning.measure import KINDS, Counts, Label, Outcome, Weighed
from monitor.vocabulary import Kind

NEW, RENEWAL = Kind.NEW_ORIGINAL, Kind.RENEWAL
NEITHER: Label = frozenset()


def article(label: Sequence[Kind] = (), *also_ok: Sequence[Kind], **confidences: float) -> Weighed:
    return Weighed(
        label=frozenset(label),
        also_ok=tuple(map(frozenset, also_ok)),
        confidences={Kind(name): value for name, value in confidences.items()},
    )


LABELS = st.frozensets(st.sampled_from(KINDS))
ARTICLES = st.lists(
    st.builds(
        Weighed,
        label=LABELS,
        also_ok=st.lists(LABELS, max_size=2).map(tuple),
        confidences=st.dictionaries(st.sampled_from(KINDS), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.77, 0.9, 1.0])),
    ),
    max_size=12,
)
THRESHOLDS = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])


def drawing(seed: int = 1) -> measure.Draw:
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time are what is wanted
    return lambda outcomes: chance.choices(outcomes, k=len(outcomes))


def counts(articles: Sequence[Weighed], threshold: float = 0.5) -> dict[Kind, Counts]:
    return measure.count(one.outcome(threshold) for one in articles)


def test_each_kind_of_outcome_is_counted() -> None:
    them = [
        article([RENEWAL], renewal=0.5),
        article([RENEWAL], renewal=0.49),
        article([], renewal=0.9),
        article([NEW], renewal=0.9, new_original=0.9),
        article([]),
    ]
    assert counts(them) == {NEW: Counts(right=1), RENEWAL: Counts(right=1, false=2, missed=1)}


def test_scores_are_shares_of_something_or_nothing() -> None:
    some = Counts(right=3, false=1, missed=2)
    assert (some.precision, some.recall) == (0.75, 0.6)
    assert some.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert (Counts(missed=1).precision, Counts(missed=1).recall, Counts(missed=1).f1) == (None, 0.0, 0.0)
    assert (Counts(right=7).precision, Counts(right=7).recall, Counts(right=7).f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("one", "errors"),
    [
        (article([RENEWAL], [], renewal=0.1), 0),  # silence would do, too
        (article([RENEWAL], [NEW], new_original=0.9), 0),
        (article([RENEWAL], [NEW], new_original=0.9, renewal=0.9), 1),  # neither of the two labels
        (article([RENEWAL], [NEW]), 1),
        (article([], [NEW], renewal=0.9), 1),
        (article([], [NEW, RENEWAL], renewal=0.9), 1),
    ],
)
def test_only_a_reading_that_equals_another_label_is_no_error(one: Weighed, errors: int) -> None:
    assert sum(n.false + n.missed for n in counts([one]).values()) == errors


def test_a_label_that_would_do_does_not_count_where_it_was_not_read() -> None:
    assert article([RENEWAL], [NEW], renewal=0.9).right(0.5) == {RENEWAL}
    assert article([RENEWAL], [NEW], new_original=0.9).right(0.5) == {NEW}


def test_false_alarms_are_counted_over_articles_that_announce_nothing() -> None:
    them = [
        article([], renewal=0.9, new_original=0.9),  # one article, one false alarm
        article([], [RENEWAL], renewal=0.9),  # no error
        article([]),
        article([], renewal=0.4),
        article([NEW], renewal=0.9),  # an error, and no ordinary article
    ]
    found = measure.ordinary(them, 0.5)
    assert (found.articles, found.flagged, found.per_thousand) == (4, 1, 250.0)
    assert measure.ordinary([], 0.5).per_thousand is None


def test_nothing_to_measure_is_no_mistake() -> None:
    scores = measure.scores([], drawing())
    assert {score.counts for score in scores.values()} == {Counts()}
    assert all(score.f1 is score.precision is score.recall is None for score in scores.values())
    assert measure.calibration([]).error is None
    assert measure.curve([]) == ()
    assert measure.average_precision((), NEW) is None
    (choice,) = measure.choices([], [0.5])
    assert (choice.alerts, choice.step.both) == (None, Counts())


def test_no_positives_has_no_recall() -> None:
    scores = measure.scores([article([], renewal=0.9).outcome(0.5), article([]).outcome(0.5)], drawing())
    assert scores[RENEWAL].counts.recall is None
    assert scores[RENEWAL].recall is None
    assert scores[RENEWAL].precision == measure.Interval(0.0, 0.0)
    assert scores[NEW].f1 is None


def test_all_right_is_one_beyond_doubt() -> None:
    outcomes = [one.outcome(0.5) for one in (article([NEW], new_original=0.8), article([RENEWAL], renewal=0.8))] * 20
    for score in measure.scores(outcomes, drawing()).values():
        assert score.counts.f1 == 1.0
        assert score.f1 == score.precision == score.recall == measure.Interval(1.0, 1.0)


def outcomes_of(right: int, false: int, missed: int, neither: int) -> Sequence[Outcome]:
    return [("right", "")] * right + [("false", "")] * false + [("missed", "")] * missed + [("", "")] * neither


def test_the_bootstrap_gives_the_same_for_the_same_seed_only() -> None:
    outcomes = outcomes_of(20, 5, 7, 100)
    first, again, other = (measure.scores(outcomes, drawing(seed))[NEW] for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_an_interval_is_as_wide_as_it_should_be() -> None:
    few = measure.scores(outcomes_of(80, 20, 0, 100), drawing())[NEW].precision
    many = measure.scores(outcomes_of(800, 200, 0, 1000), drawing())[NEW].precision
    assert few is not None
    assert many is not None
    # Normal approximation: 1.96 * sqrt(0.8 * 0.2 / 100) = 0.078 on either side, a third of it for ten times as many.
    assert few.high - few.low == pytest.approx(2 * 0.078, rel=0.2)
    assert many.high - many.low == pytest.approx(2 * 0.0248, rel=0.2)
    assert few.low < many.low < 0.8 < many.high < few.high


def test_perfect_calibration_has_no_error() -> None:
    sure = [article([NEW], new_original=0.75)] * 3 + [article([], new_original=0.75)]
    unsure = [article([RENEWAL], renewal=0.25)] + [article([], renewal=0.25)] * 3
    found = measure.calibration(sure + unsure)
    assert found.error == pytest.approx(0.0)
    assert found.pairs == 8
    assert [(b.size, b.right) for b in found.bins if b.size] == [(4, 0.25), (4, 0.75)]


def test_the_opposite_of_calibration_is_all_error() -> None:
    found = measure.calibration([article([], new_original=1.0), article([NEW], new_original=0.0)])
    assert found.error == pytest.approx(1.0)


def test_calibration_weighs_bins_by_their_size() -> None:
    them = [article([NEW], new_original=1.0)] + [article([], new_original=0.6)] * 3
    assert measure.calibration(them).error == pytest.approx(0.75 * 0.6)


def test_calibration_is_over_what_was_considered_and_can_be_wrong() -> None:
    them = [article([NEW]), article([NEW], [], new_original=0.9), article([NEW], [NEW, RENEWAL], new_original=0.9)]
    found = measure.calibration(them)
    assert (found.pairs, found.left_out) == (1, 1)


def test_the_bins_have_their_edges() -> None:
    them = [article([], renewal=value) for value in (0.0, 0.0999, 0.1, 0.95, 1.0)]
    assert [b.size for b in measure.calibration(them).bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


@given(ARTICLES)
def test_the_curve_is_what_counting_at_each_threshold_gives(articles: list[Weighed]) -> None:
    steps = measure.curve(articles)
    assert [step.threshold for step in steps] == sorted(
        {value for one in articles for value in one.confidences.values()}, reverse=True
    )
    for step in steps:
        assert step.kinds == counts(articles, step.threshold)


@given(ARTICLES)
def test_without_other_labels_recall_only_grows_down_the_curve(articles: list[Weighed]) -> None:
    strict = [Weighed(label=one.label, confidences=one.confidences) for one in articles]
    for above, below in pairwise(measure.curve(strict)):
        for kind in KINDS:
            assert above.kinds[kind].right <= below.kinds[kind].right
            assert above.kinds[kind].missed >= below.kinds[kind].missed


@given(ARTICLES, THRESHOLDS)
def test_a_choice_adds_up(articles: list[Weighed], threshold: float) -> None:
    (choice,) = measure.choices(articles, [threshold])
    assert choice.step.kinds == counts(articles, threshold)
    assert choice.step.both.right == sum(one.right for one in choice.step.kinds.values())
    if articles:
        read = sum(bool(one.read(threshold)) for one in articles)
        assert choice.alerts == pytest.approx(1000 * read / len(articles))


@given(ARTICLES)
def test_calibration_errs_by_no_more_than_one(articles: list[Weighed]) -> None:
    found = measure.calibration(articles)
    assert sum(b.size for b in found.bins) == found.pairs
    assert (found.error is None) == (found.pairs == 0)
    assert found.error is None or 0.0 <= found.error <= 1.0 + 1e-9
    assert all(b.low <= b.confidence <= b.high for b in found.bins if b.confidence is not None)


def test_average_precision_is_one_when_every_announcement_comes_first() -> None:
    good = [article([NEW], new_original=0.9), article([NEW], new_original=0.8), article([], new_original=0.7)]
    assert measure.average_precision(measure.curve(good), NEW) == pytest.approx(1.0)
    bad = [article([], new_original=0.9), article([NEW], new_original=0.8)]
    assert measure.average_precision(measure.curve(bad), NEW) == pytest.approx(0.5)
    assert measure.average_precision(measure.curve(bad), RENEWAL) is None


def test_at_no_confidence_at_all_nothing_is_read() -> None:
    assert article([NEW], new_original=1.0).read(math.inf) == NEITHER
