"""What a match asks: every field, nested as deep as one likes, with what met it and what did not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tellings import GROUPS, says, told

from monitor.decide.conditions import conditions_of, holds, met, weigh
from monitor.decide.matching import Reading, Subject, WorksOf, own_key, subject_of, watched, words_of
from monitor.decide.naming import title_key
from monitor.subscribing import Match
from monitor.types import Evidence, Watch, WatchedWork
from monitor.vocabulary import Kind, Origin, Prominence, Status, WorkType

READING = Reading(
    language="fr", outlet="La Lune", source="la-lune-series", headline="L'Été des Combattantes : c'est oui"
)
NOTHING = Watch()
EVIDENCE = Evidence(sentence="Arte commande « Osmosis » à Studio Néon.", zone="lead", start=0, end=9)


def subject(watch: Watch = NOTHING, works_of: WorksOf = own_key) -> Subject:
    told_of = says(
        "Osmosis",
        platforms=("france.tv",),
        people=("Inès Kaddour",),
        producers=("Studio Néon",),
        evidence=EVIDENCE,
    )
    (change,) = told(told_of).changes
    return subject_of(
        change.story,
        change.announcement,
        READING,
        works_of=works_of,
        watchlist=watched(watch, works_of),
        groups=GROUPS,
    )


def aliases(title: str) -> tuple[str, ...]:
    """Osmose is another name."""
    return (title_key({"Osmose": "Osmosis"}.get(title, title)),)


FIELDS = [
    (Match(), True, ""),
    (Match(kinds=frozenset({Kind.NEW_ORIGINAL})), True, 'kinds: "new_original"'),
    (Match(kinds=frozenset({Kind.RENEWAL})), False, ""),
    (Match(statuses=frozenset({Status.CONFIRMED, Status.RUMOURED})), True, 'statuses: "confirmed"'),
    (Match(statuses=frozenset({Status.DENIED})), False, ""),
    (Match(origins=frozenset({Origin.FOREIGN})), False, ""),
    (Match(work_types=frozenset({WorkType.SERIES})), True, 'work_types: "series"'),
    (Match(work_types=frozenset({WorkType.FILM})), False, ""),
    (Match(prominences=frozenset({Prominence.BODY})), False, ""),
    (Match(min_confidence=0.9), True, 'min_confidence: "0.9"'),
    (Match(min_confidence=0.91), False, ""),
    (Match(languages=("en", "fr")), True, 'languages: "fr"'),
    (Match(languages=("en",)), False, ""),
    (Match(platforms=("FRANCE.TV",)), True, 'platforms: "france.tv"'),
    (Match(platforms=("France Télévisions",)), True, 'platforms: "France Télévisions"'),
    (Match(platforms=("France 2",)), False, ""),
    (Match(works=("osmosis !",)), True, 'works: "Osmosis"'),
    (Match(works=("Osmose",)), False, ""),
    (Match(people=("ines kaddour", "Somebody Else")), True, 'people: "Inès Kaddour"'),
    (Match(people=("Kaddour",)), False, ""),
    (Match(producers=("studio neon",)), True, 'producers: "Studio Néon"'),
    (Match(outlets=("la lune",)), True, 'outlets: "La Lune"'),
    (Match(outlets=("la-lune-series",)), True, 'outlets: "la-lune-series"'),
    (Match(outlets=("Le Soir",)), False, ""),
    (Match(words=("été des combattantes",)), True, 'words: "été des combattantes"'),
    (Match(words=("arte commande",)), True, 'words: "arte commande"'),
    (Match(words=("l'ete",)), True, """words: "l'ete\""""),
    (Match(words=("combattante",)), False, ""),
    (Match(words=("combattantes été",)), False, ""),
    (Match(watchlist=True), False, ""),
    (Match(works=("Osmosis",), people=("Nobody",)), False, ""),
    (Match(any=(Match(works=("Lupin",)), Match(people=("Inès Kaddour",)))), True, 'people: "Inès Kaddour"'),
    (Match(any=(Match(works=("Lupin",)), Match(people=("Nobody",)))), False, ""),
    (Match(all=(Match(words=("arte",)), Match(works=("Osmosis",)))), True, 'words: "arte"'),
    (Match(all=(Match(words=("arte",)), Match(works=("Lupin",)))), False, ""),
    (Match(none=(Match(works=("Lupin",)),)), True, ""),
    (Match(none=(Match(works=("Osmosis",)),)), False, ""),
    (Match(none=(Match(works=("Osmosis",), kinds=frozenset({Kind.RENEWAL})),)), True, ""),
    (
        Match(any=(Match(none=(Match(works=("Osmosis",)),)), Match(all=(Match(words=("neon",)),)))),
        True,
        'words: "neon"',
    ),
]


@pytest.mark.parametrize(("match", "expected", "cue"), FIELDS)
def test_every_field(match: Match, cue: str, *, expected: bool) -> None:
    conditions = conditions_of(match)
    assert holds(conditions, subject()) is expected
    assert all(one.holds for one in weigh(conditions, subject())) is expected
    if expected:
        assert met(conditions, subject()) == cue


def test_the_most_telling_condition_is_named() -> None:
    match = Match(kinds=frozenset({Kind.NEW_ORIGINAL}), platforms=("france.tv",), works=("Lupin", "Osmosis"))
    assert met(conditions_of(match), subject()) == 'works: "Osmosis"'


def test_a_work_is_found_by_another_name() -> None:
    conditions = conditions_of(Match(works=("Osmose",)), aliases)
    assert holds(conditions, subject(works_of=aliases))
    assert not holds(conditions_of(Match(works=("Osmose",))), subject())


@pytest.mark.parametrize(
    ("watch", "seen"),
    [
        (Watch(works=(WatchedWork(title="OSMOSIS"),)), ("OSMOSIS",)),
        (Watch(works=(WatchedWork(title="Other", also=("Osmosis",)),)), ("Other",)),
        (Watch(people=("Ines Kaddour",)), ("Ines Kaddour",)),
        (Watch(producers=("Studio Néon",)), ("Studio Néon",)),
        (Watch(works=(WatchedWork(title="Inès Kaddour"),), people=("Osmosis",)), ()),
    ],
)
def test_the_watchlist(watch: Watch, seen: tuple[str, ...]) -> None:
    found = subject(watch)
    assert found.watched == seen
    conditions = conditions_of(Match(watchlist=True))
    assert holds(conditions, found) is bool(seen)
    if seen:
        assert met(conditions, found) == f'watchlist: "{seen[0]}"'


def test_what_fails_says_both_values() -> None:
    match = Match(
        platforms=("Arte", "Netflix"),
        min_confidence=0.95,
        any=(Match(works=("Lupin",)), Match(languages=("en",))),
        none=(Match(works=("Osmosis",)),),
    )
    confidence, platforms, either, never = weigh(conditions_of(match), subject())
    assert (confidence.field, confidence.wanted, confidence.found) == ("min_confidence", ("0.95",), ("0.9",))
    assert platforms.wanted == ("Arte", "Netflix")
    assert platforms.found == ("france.tv", "France Télévisions")
    assert [[one.found for one in inner] for inner in either.inner] == [[("Osmosis",)], [("fr",)]]
    assert (either.holds, never.holds, never.found) == (False, False, ("1",))
    assert never.inner[0][0].holds


def test_a_project_without_a_title_is_no_work() -> None:
    (change,) = told(replace(says(None), people=("Inès Kaddour",))).changes
    found = subject_of(change.story, change.announcement, READING)
    assert found.works == {}
    assert not holds(conditions_of(Match(works=("None",))), found)
    assert holds(conditions_of(Match(people=("Inès Kaddour",))), found)


def test_words_are_whole_and_without_accents() -> None:
    assert words_of("L’Œuvre : un été\u00a0!") == " l oeuvre un ete "
