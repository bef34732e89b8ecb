"""Stories through the store: the same in any order of arrival, found among others, tied and parted by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from fakes import an_article, an_entry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tellings import NOW, RULES, says

from monitor.decide.news import Placed
from monitor.placing import page_of, place
from monitor.store import Store, StoreError, Tx, articles, deliveries, entries, stories, ties
from monitor.types import Announcement, Delivery, Evidence, Story
from monitor.vocabulary import Event, Kind, Origin, Prominence, Status

R, C = Kind.RENEWAL, Kind.CANCELLATION
#: One telling: hours after NOW, outlet, what it says, the text around.
Said = tuple[float, str, Announcement, str]


def project(sentence: str, **fields: Any) -> Announcement:
    """Announce something that has no title yet."""
    return says(None, evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence)), **fields)


NEAR_TEXT = (
    "La chaîne a confié à une petite équipe bretonne un récit de marins, de phares et de tempêtes, en six volets."
)


def tell(tx: Tx, said: Said, *, url: str | None = None) -> Placed:
    """Read one article that says one thing."""
    hours, outlet, announcement, text = said
    return tell_all(tx, (hours, outlet, text), announcement, url=url)


def tell_all(tx: Tx, page: tuple[float, str, str], *announcements: Announcement, url: str | None = None) -> Placed:
    """Read one article that says several things."""
    hours, outlet, text = page
    at = NOW + timedelta(hours=hours)
    url = url or address(hours, outlet)
    article = an_article(url=url, text=text, published=at)
    told = page_of(article, announcements, outlet=outlet, told_at=at)
    placed = place(tx, told, RULES)
    entry = entries.add(tx, an_entry(url=url, listed_url=url), now=at, outcome=None, reason=None)
    articles.add(
        tx, entry, article, announcements, placed.placed, text_hash=url, telling=told.telling, shingles=told.shingles
    )
    return placed


def address(hours: float, outlet: str) -> str:
    """Give the address of what an outlet writes at an hour."""
    return f"https://{outlet.casefold().replace(' ', '-')}.example/{hours}"


def world(said: Iterable[Said]) -> list[Story]:
    """Give the stories that articles make, in the order they arrive, ids and credits aside."""
    with Store.memory() as store:
        with store.write() as tx:
            for one in said:
                if entries.by_url(tx, address(*one[:2])) is None:  # as the pipeline has it: an address is read once
                    tell(tx, one)
        with store.read() as tx:
            return nameless(stories.all(tx, 99))


def twice(said: Sequence[Said]) -> list[Said]:
    """Add to what is told that each article comes again, at its address, and word for word at an agency's customer."""
    return [*said, *((hours, "Agence", announcement, text) for hours, _, announcement, text in said)]


def nameless(found: Sequence[Story]) -> list[Story]:
    """Forget ids, which name what opened a story when it came."""
    return sorted((replace(one, id="") for one in found), key=repr)


def titles(found: Iterable[Story]) -> list[tuple[str | None, int | None, int]]:
    """Give title, season and number of outlets of each story."""
    counted: list[tuple[str | None, int | None, int]] = [(one.title, one.season, len(one.outlets)) for one in found]
    return sorted(counted, key=repr)


LIFE: list[Said] = [
    (0, "La Lune", says("Astrid et Raphaëlle", status=Status.RUMOURED), ""),
    (5, "Le Soir", says("Astrid et Rafaëlle"), ""),
    (9, "Midi", says("Astrid et Raphaëlle", platforms=()), ""),
    (30, "L'Aube", says("Astrid et Raphaëlle", status=Status.DENIED), ""),
    (31, "Midi", says("Astrid et Raphaëlle", status=Status.RUMOURED), ""),
]
SEASONS: list[Said] = [
    (0, "La Lune", says("Plan", kind=R), ""),
    (3, "Le Soir", says("Plan", kind=R, season=2), ""),
    (4, "Midi", says("Plan", kind=R, season=3), ""),
    (7, "L'Aube", says("Plan", kind=C, season=3), ""),
    (400, "Midi", says("Plan", kind=R, season=3), ""),
]
PROJECT: list[Said] = [
    (0, "La Lune", project("Netflix prépare une série avec Noémie Saglio.", people=("Noémie Saglio",)), ""),
    (8, "Le Soir", project("Une histoire de phares attend Netflix."), NEAR_TEXT),
    (9, "Midi", says("Le Phare"), NEAR_TEXT + " On en sait plus depuis hier."),
    (30, "L'Aube", says("Plan cœur", people=("Noémie Saglio",)), ""),
    (
        50,
        "Minuit",
        project("Gad Elmaleh revient.", people=("Gad Elmaleh",)),
        "Un tout autre récit, à Lyon, de juges et d'avocats las.",
    ),
]
NAMES: list[Said] = [
    (0, "La Lune", says("PBLV", kind=R, platforms=("TF1",), season=4), ""),
    (1, "Le Soir", says("Plus belle la vie, encore plus belle", kind=R, platforms=("TF1+",), season=4), ""),
    (2, "Midi", says("Plus belle la vie", kind=R, platforms=("France 2",), season=4), ""),
    (3, "L'Aube", says("Call My Agent!", kind=R, platforms=(), season=5), ""),
    (4, "Minuit", says("10 pour cent", kind=R, platforms=("Netflix",), season=5), ""),
]
TWINS: list[Said] = [
    (0, "La Lune", says("Osmosis", platforms=("Netflix",)), ""),
    (1, "Le Soir", says("Osmosis", platforms=("Arte",)), ""),
    (72, "Midi", says("Osmosis", platforms=("Arte",), origin=Origin.FOREIGN), ""),
    (3, "L'Aube", says("Osmosis", platforms=()), ""),
    (4, "Minuit", says("Osmosis", platforms=("Netflix", "OCS")), ""),
]
WORLDS: dict[str, tuple[list[Said], list[tuple[str | None, int | None, int]]]] = {
    "a life": (LIFE, [("Astrid et Raphaëlle", None, 4)]),
    "seasons": (SEASONS, [("Plan", 2, 2), ("Plan", 3, 1), ("Plan", 3, 1)]),
    "a project": (PROJECT, [("Le Phare", None, 2), ("Plan cœur", None, 2), (None, None, 1)]),
    "names": (
        NAMES,
        [("Call My Agent!", 5, 2), ("PBLV", 4, 2), ("Plus belle la vie", 4, 1)],
    ),
    "twins": (TWINS, [("Osmosis", None, 1), ("Osmosis", None, 2), ("Osmosis", None, 2)]),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_stories_are_those_of_the_world_in_whatever_order_its_articles_arrive(name: str) -> None:
    said, expected = WORLDS[name]
    first = world(said)
    assert titles(first) == expected
    for order in itertools.permutations(said):
        assert world(order) == first


MANY = st.builds(
    lambda hours, outlet, announcement, text: (float(hours), outlet, announcement, text),
    st.integers(0, 24 * 200),
    st.sampled_from(["La Lune", "Le Soir", "Midi"]),
    st.builds(
        lambda title, kind, season, platforms, people, status, headline: says(
            title,
            kind=kind,
            season=season,
            platforms=platforms,
            people=people,
            status=status,
            prominence=Prominence.HEADLINE if headline else Prominence.BODY,
        ),
        st.sampled_from([None, "Les Combattantes", "Les Combattanntes", "Women at War", "Les Combattants"]),
        st.sampled_from([Kind.NEW_ORIGINAL, R, C]),
        st.sampled_from([None, 2, 3]),
        st.sampled_from([(), ("TF1",), ("TF1+",), ("Netflix",)]),
        st.sampled_from([(), ("Camille Laurent",), ("Alex Martin",)]),
        st.sampled_from(list(Status)),
        st.booleans(),
    ),
    st.sampled_from(["", NEAR_TEXT, NEAR_TEXT + " On en sait plus."]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(MANY, min_size=2, max_size=4, unique_by=lambda one: one[0]),
    st.sets(st.integers(0, 3), min_size=1, max_size=2),
    st.randoms(use_true_random=False),
)
def test_any_world_is_the_same_in_any_order_and_with_articles_that_come_again(
    said: list[Said], again: set[int], chance: Random
) -> None:
    """Some come again at their address, and as an agency's copy elsewhere: only the copy's outlet counts."""
    told = [*said, *twice([one for at, one in enumerate(said) if at in again])]
    shuffled = list(told)
    chance.shuffle(shuffled)
    once = list({one[:2]: one for one in told}.values())
    assert world(shuffled) == world(sorted(once, key=lambda one: one[:2]))


def test_a_story_is_found_among_others_on_either_database(store: Store) -> None:
    with store.write() as tx:
        for number in range(60):
            tell(
                tx, (number, "La Lune", says(f"Le Phare de {'abcdefghij'[number % 10]}{number}", kind=R, season=2), "")
            )
        (change,) = tell(tx, (70, "Le Soir", says("Le Phare de c12", kind=R, season=2), "")).joined
        assert change.story.outlets == ("La Lune", "Le Soir")


def owe(tx: Tx, story: Story, url: str, *, number: int) -> None:
    """Owe a reader the news of a story."""
    deliveries.owe(
        tx,
        Delivery(
            id=f"d-{number}",
            article_url=url,
            subscription="all",
            target="mail",
            event=Event.NEW,
            language="fr",
            stories=(story.id,),
            due_at=NOW,
            next_try_at=NOW,
            created_at=NOW,
        ),
    )


def test_two_stories_that_an_article_shows_to_be_one_are_one_and_nobody_hears_of_it_twice(store: Store) -> None:
    """The article names the person of one project and has the text of the other."""
    with store.write() as tx:
        with_people = project("Noémie Saglio écrit pour Netflix.", people=("Noémie Saglio",))
        one = tell(tx, (0, "La Lune", with_people, "")).changes[0].story
        other = tell(tx, (1, "Le Soir", project("Des phares pour Netflix."), NEAR_TEXT)).changes[0].story
        owe(tx, one, one.first_url, number=1)
        owe(tx, other, other.first_url, number=2)
        placed = tell(tx, (0.5, "Midi", with_people, NEAR_TEXT))
        assert placed.merged == {other.id: one.id}
        assert placed.changes == ()
        assert deliveries.told(tx, [one.id]) == {(one.id, "all", "mail")}
        assert stories.get(tx, other.id) == stories.get(tx, one.id)
        assert [story.id for story in stories.all(tx, 9)] == [one.id]
        known = stories.get(tx, one.id)
        assert known is not None
        assert known.outlets == ("La Lune", "Midi", "Le Soir")


def test_a_late_article_takes_its_place_and_the_credit(store: Store) -> None:
    with store.write() as tx:
        opened = tell(tx, (5, "Le Soir", says(), "")).changes[0].story
        (late,) = tell(tx, (1, "La Lune", says(status=Status.RUMOURED), "")).joined
    assert (late.story.id, late.story.outlets) == (opened.id, ("La Lune", "Le Soir"))
    assert [(step.field, step.outlet) for step in late.story.history] == [("opened", "La Lune"), ("status", "Le Soir")]


def test_what_is_merged_by_hand_stays_one(store: Store) -> None:
    with store.write() as tx:
        keep = tell(tx, (0, "La Lune", says("Les Aigles", kind=R, season=2), "")).changes[0].story
        gone = tell(tx, (1, "Le Soir", says("Eagles of Paris", kind=R, season=3), "")).changes[0].story
        owe(tx, gone, gone.first_url, number=1)
        merged = ties.merge(tx, keep.id, gone.id, now=NOW)
        assert (merged.id, merged.title, merged.season, merged.outlets) == (
            keep.id,
            "Les Aigles",
            2,
            ("La Lune", "Le Soir"),
        )
        assert deliveries.told(tx, [keep.id]) == {(keep.id, "all", "mail")}
        again = tell(tx, (9, "Midi", says("Les Aigles", kind=R, season=2), "")).joined[0].story
        assert (again.id, again.season, len(again.outlets)) == (keep.id, 2, 3)
        assert len(stories.all(tx, 9)) == 1
        with pytest.raises(StoreError, match="one story already"):
            ties.merge(tx, keep.id, gone.id, now=NOW)
        cancelled = tell(tx, (11, "Midi", says("Les Aigles", kind=C), "")).changes[0].story
        with pytest.raises(StoreError, match="only stories of one kind"):
            ties.merge(tx, keep.id, cancelled.id, now=NOW)
        with pytest.raises(StoreError, match="no story 's-9'"):
            ties.merge(tx, keep.id, "s-9", now=NOW)


def test_what_is_split_by_hand_stays_two(store: Store) -> None:
    with store.write() as tx:
        whole = tell(tx, (0, "La Lune", says(), "")).changes[0].story
        tell(tx, (1, "Le Soir", says(), ""), url="https://le-soir.example/b")
        tell(tx, (2, "Midi", says(), ""))
        owe(tx, whole, "https://le-soir.example/b", number=1)
        opened = ties.split(tx, whole.id, "https://le-soir.example/b", now=NOW)
        assert deliveries.told(tx, [whole.id, opened.id]) == {(opened.id, "all", "mail")}
        tell(tx, (3, "L'Aube", says(), ""))
        assert sorted(one.outlets for one in stories.all(tx, 9)) == [("La Lune", "Midi", "L'Aube"), ("Le Soir",)]
        with pytest.raises(StoreError, match="tells nothing of"):
            ties.split(tx, whole.id, "https://le-soir.example/b", now=NOW)
        with pytest.raises(StoreError, match="alone"):
            ties.split(tx, opened.id, "https://le-soir.example/b", now=NOW)
        back = ties.merge(tx, whole.id, opened.id, now=NOW)
        assert len(back.outlets) == 4
        tell(tx, (4, "Minuit", says(), ""))
        assert len(stories.all(tx, 9)) == 1


@pytest.mark.parametrize("side", ["kept", "split off"])
@pytest.mark.parametrize("season", [None, 2])
def test_after_a_split_a_copy_of_either_article_is_of_its_side(store: Store, side: str, season: int | None) -> None:
    mine, other = (
        says(season=season, evidence=Evidence(sentence=sentence, zone="lead", start=0, end=len(sentence)))
        for sentence in ("« Osmosis » est commandée par Netflix.", "Netflix commande « Osmosis », un documentaire.")
    )
    copied = mine if side == "kept" else other
    with store.write() as tx:
        whole = tell(tx, (0, "La Lune", mine, "")).changes[0].story
        tell(tx, (1, "Le Soir", other, ""), url="https://le-soir.example/b")
        ties.split(tx, whole.id, "https://le-soir.example/b", now=NOW)
        tell(tx, (2, "Midi", copied, ""))
        tell(tx, (30, "L'Aube", copied, ""))
        found = {one.outlets[0]: one.outlets[1:] for one in stories.all(tx, 9)}
    copies = ("Midi", "L'Aube")
    assert found == ({"La Lune": copies, "Le Soir": ()} if side == "kept" else {"La Lune": (), "Le Soir": copies})


def test_where_two_of_the_same_words_were_parted_words_tie_no_copy_to_either(store: Store) -> None:
    with store.write() as tx:
        whole = tell(tx, (0, "La Lune", says(), "")).changes[0].story
        tell(tx, (1, "Le Soir", says(), ""), url="https://le-soir.example/b")
        opened = ties.split(tx, whole.id, "https://le-soir.example/b", now=NOW)
        tell(tx, (2, "Midi", says(), ""))
        assert {one.id for one in stories.all(tx, 9)} == {whole.id, opened.id}
        assert ties.ties(tx, []).together == {}


def test_a_story_that_was_merged_away_and_is_split_off_again_has_its_id_back(store: Store) -> None:
    """Feeds, calendars and the links in messages sent before know it by that id."""
    with store.write() as tx:
        keep = tell(tx, (0, "La Lune", says("Les Aigles", kind=R, season=2), "")).changes[0].story
        gone = tell(tx, (1, "Le Soir", says("Eagles of Paris", kind=R, season=2), "")).changes[0].story
        tell(tx, (2, "Midi", says("Eagles of Paris", kind=R, season=2), ""))
        owe(tx, gone, gone.first_url, number=1)
        ties.merge(tx, keep.id, gone.id, now=NOW)
        assert stories.get(tx, gone.id) == stories.get(tx, keep.id)
        back = ties.split(tx, keep.id, gone.first_url, now=NOW)
        assert (back.id, back.title, back.outlets) == (gone.id, "Eagles of Paris", ("Le Soir",))
        assert stories.get(tx, gone.id) == back
        assert {one.id for one in stories.all(tx, 9)} == {keep.id, gone.id}
        assert deliveries.told(tx, [keep.id, gone.id]) == {(gone.id, "all", "mail")}
        second = ties.split(tx, keep.id, address(2, "Midi"), now=NOW)
        assert second.id not in {keep.id, gone.id}  # it never had one of its own


def test_ties_hold_when_the_same_articles_are_read_anew(store: Store) -> None:
    """Another store that knows the ties, as after an import: the articles come in again, in another order."""
    with store.write() as tx:
        keep = tell(tx, (0, "La Lune", says("Les Aigles", kind=R, season=2), "")).changes[0].story
        gone = tell(tx, (1, "Le Soir", says("Eagles of Paris", kind=R, season=2), "")).changes[0].story
        ties.merge(tx, keep.id, gone.id, now=NOW)
        kept = ties.every(tx)
    with Store.memory() as other, other.write() as tx:
        ties.restore(tx, kept)
        tell(tx, (1, "Le Soir", says("Eagles of Paris", kind=R, season=2), ""))
        tell(tx, (0, "La Lune", says("Les Aigles", kind=R, season=2), ""))
        (story,) = stories.all(tx, 9)
        assert story.outlets == ("La Lune", "Le Soir")
