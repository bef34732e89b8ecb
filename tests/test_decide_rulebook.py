"""Ten thousand rules asked at once give what asking one after the other gives."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import says, told

from monitor.decide.conditions import matches
from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rulebook
from monitor.subscribing import USUAL, Match, Subscription
from monitor.types import Announcement, Watch, WatchedWork
from monitor.vocabulary import Kind, Status

WATCH = Watch(works=(WatchedWork(title="Lupin"),), people=("Inès Kaddour",))
NAMES = {
    "works": ("Lupin", "Osmosis", "Missions"),
    "people": ("Inès Kaddour", "Paul Ravel"),
    "producers": ("Studio Néon",),
    "outlets": ("La Lune", "Le Soir"),
    "platforms": ("Netflix", "Arte"),
    "words": ("série policière", "tournage", "lupin"),
    "languages": ("fr", "en"),
}

flat = st.builds(
    Match,
    kinds=st.frozensets(st.sampled_from(Kind), max_size=2),
    statuses=st.frozensets(st.sampled_from(Status), max_size=3),
    min_confidence=st.sampled_from([0.0, 0.0, 0.7]),
    watchlist=st.sampled_from([False, False, True]),
    **{name: st.lists(st.sampled_from(names), max_size=1, unique=True).map(tuple) for name, names in NAMES.items()},
)
matching = st.recursive(
    flat,
    lambda inner: st.builds(
        replace,
        flat,
        any=st.lists(inner, max_size=2).map(tuple),
        all=st.lists(inner, max_size=2).map(tuple),
        none=st.lists(inner, max_size=1).map(tuple),
    ),
    max_leaves=5,
)
announcing = st.builds(
    says,
    st.sampled_from([None, *NAMES["works"]]),
    kind=st.sampled_from(Kind),
    status=st.sampled_from(Status),
    confidence=st.sampled_from([0.6, 0.9]),
    platforms=st.lists(st.sampled_from(NAMES["platforms"]), max_size=2, unique=True).map(tuple),
    people=st.lists(st.sampled_from(NAMES["people"]), max_size=2, unique=True).map(tuple),
    producers=st.lists(st.sampled_from(NAMES["producers"]), max_size=1).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(matching, max_size=8), announcing, st.sampled_from(["", "Tournage d'une série policière", "Lupin"]))
def test_asked_together_as_asked_alone(wanted: list[Match], announced: Announcement, headline: str) -> None:
    subscriptions = [Subscription(name=f"s{number}", targets=("a",), match=one) for number, one in enumerate(wanted)]
    book = Rulebook(subscriptions, watch=WATCH)
    (change,) = told(announced).changes
    seen = Reading(language="fr", outlet="La Lune", headline=headline)
    subject = book.subject(change.story, change.announcement, seen)
    alone = [one.name for one in subscriptions if matches(one.match, subject)]
    assert [rule.name for rule in book.wanting(subject)] == alone


def test_a_rule_is_only_looked_at_where_it_may_hold() -> None:
    def named(name: str, match: Match) -> Subscription:
        return Subscription(name=name, targets=("a",), match=match)

    book = Rulebook(
        [
            named("lupin", replace(USUAL, works=("Lupin",))),
            named("any", replace(USUAL, any=(Match(works=("Lupin",)), Match(people=("Paul Ravel",))))),
            named("words", replace(USUAL, words=("lupin", "série policière"))),
            named("open", replace(USUAL, any=(Match(works=("Lupin",)), Match(min_confidence=0.5)))),
            named("all", USUAL),
        ]
    )
    (change,) = told(says("Osmosis")).changes
    subject = book.subject(change.story, change.announcement, Reading(headline="Osmosis arrive"))
    assert [rule.name for rule in book.near(subject)] == ["open", "all"]
    other = book.subject(change.story, change.announcement, Reading(headline="Une série, Lupin"))
    assert [rule.name for rule in book.near(other)] == ["words", "open", "all"]
    assert [rule.name for rule in book.wanting(other)] == ["words", "open", "all"]


def test_a_subscription_to_operations_wants_no_story() -> None:
    book = Rulebook([Subscription(name="ops", targets=("a",), operations=True)])
    assert len(book) == 0
    assert book.named("ops") is None
