"""The season ledger: what is known of each season, since when, from whom, and who says otherwise."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tellings import GROUPS, NOW, RULES, says

from monitor.decide import ledger, news
from monitor.decide.lookup import meant
from monitor.decide.naming import title_key
from monitor.telling import Known, Telling
from monitor.types import Announcement, Evidence
from monitor.vocabulary import Kind, Milestone, Origin, Status, WorkType
from monitor.works import Work

R, N, C, D = Kind.RENEWAL, Kind.NEW_ORIGINAL, Kind.CANCELLATION, Kind.RELEASE_DATE


class World:
    """Articles told one after another, a day apart, and the ledger that they give."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self.told = 0

    def tell(self, announcement: Announcement, outlet: str = "La Lune", *, apart: bool = False) -> World:
        at = NOW + timedelta(days=self.told)
        self.told += 1
        telling = Telling(outlet=outlet, url=f"https://{title_key(outlet)}.example/{at:%Y-%m-%d}", at=at)
        known = [] if apart else list(self.known.values())
        placed = news.place([announcement], known, telling=telling, rules=RULES)
        self.known = (self.known if apart else {}) | {one.story.id: one for one in placed.kept}
        return self

    def works(self, now: datetime = NOW + timedelta(days=1000)) -> tuple[Work, ...]:
        return ledger.of(self.known.values(), now=now, groups=GROUPS, day_in=day_in)

    def work(self) -> Work:
        (work,) = self.works()
        return work


def day_in(_kind: Kind, sentence: str, _at: datetime) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", sentence)
    return date.fromisoformat(found[0]) if found else None


def quote(sentence: str, *cues: str) -> Evidence:
    return Evidence(sentence=sentence, zone="headline", start=0, end=len(sentence), cues=cues)


def lines(work: Work) -> list[str]:
    """Write a ledger as lines: "2 renewed: confirmed, La Lune"."""
    return [
        f"{season.number} {one.milestone}: {one.status}, {'+'.join(one.outlets)}"
        for season in work.seasons
        for one in season.facts
    ]


def test_who_stands_by_a_season_after_its_end_contradicts_it() -> None:
    world = World().tell(says("Missions", kind=R, season=3)).tell(says("Missions", kind=C, season=3), "Canal Potins")
    (season,) = world.work().seasons
    assert not season.disputed  # what La Lune said before is no answer
    world.tell(says("Missions", kind=R, season=3), "The Reel")
    (season,) = world.work().seasons
    (end,) = [one for one in season.facts if one.milestone is Milestone.CANCELLED]
    assert [one.telling.outlet for one in end.against] == ["The Reel"]
    world.tell(says("Missions", kind=C, season=3), "The Reel")
    (season,) = world.work().seasons
    assert not season.disputed


def test_an_end_that_is_undone_is_the_last_word_no_more() -> None:
    world = World().tell(says("Missions", kind=R, season=3)).tell(says("Missions", kind=C, season=3), "Canal Potins")
    world.told += 9
    world.tell(says("Missions", kind=R, season=3), "The Reel")
    assert lines(world.work()) == [
        "3 renewed: confirmed, La Lune+The Reel",
        "3 cancelled: confirmed, Canal Potins",
        "3 rescued: confirmed, The Reel",
    ]


def test_a_works_life_season_by_season() -> None:
    world = World().tell(says("Missions", kind=N)).tell(says("Missions", kind=R, season=2))
    world.tell(says("Missions", kind=R, season=2), "Le Soir").tell(says("Missions", kind=R, season=3, final=True))
    world.tell(says("Missions", kind=C, season=3), "The Reel")
    assert lines(world.work()) == [
        "1 ordered: confirmed, La Lune",
        "2 renewed: confirmed, La Lune+Le Soir",
        "3 renewed: confirmed, La Lune",
        "3 last: confirmed, La Lune",
        "3 cancelled: confirmed, The Reel",
    ]


def test_each_fact_has_its_first_article_with_its_sentence() -> None:
    known = World().tell(says("Missions", kind=R, season=2)).tell(says("Missions", kind=R, season=2), "Le Soir").work()
    (season,) = known.seasons
    (one,) = season.facts
    assert (one.first.telling.outlet, one.first.telling.at) == ("La Lune", NOW)
    assert one.first.announcement.evidence.sentence == "C'est dit : Missions."
    assert known.latest == (season, (one,))


def test_only_what_comes_in_seasons_has_a_first_one() -> None:
    assert lines(World().tell(says("Cash", work_type=WorkType.FILM)).work()) == ["None ordered: confirmed, La Lune"]
    assert lines(World().tell(says("LOL", work_type=WorkType.REALITY)).work()) == ["1 ordered: confirmed, La Lune"]


@pytest.mark.parametrize(
    ("cue", "films"),
    [
        ('shoot: "tournage commencera"', True),
        ('shoot: "cameras rolling"', True),
        ('shoot: "réalisée"', False),
        ('shoot: "recherche des figurants"', False),
        ('order: "commande"', False),
    ],
)
def test_filming_is_read_off_the_cue_that_says_so(cue: str, films: bool) -> None:
    world = World().tell(says("Missions", kind=R, season=2, evidence=quote("Moteur !", 'renew: "renouvelée"', cue)))
    assert ("2 filming: confirmed, La Lune" in lines(world.work())) is films


def test_a_renewal_after_the_end_is_a_rescue() -> None:
    world = World().tell(says("Missions", kind=R, season=2)).tell(says("Missions", kind=C))
    world.tell(says("Missions", kind=R, season=3))
    assert lines(world.work()) == [
        "2 renewed: confirmed, La Lune",
        "3 renewed: confirmed, La Lune",
        "3 rescued: confirmed, La Lune",
        "None cancelled: confirmed, La Lune",
    ]


def test_a_last_season_told_with_its_end_is_no_rescue() -> None:
    world = World().tell(says("Missions", kind=C, season=3))
    world.tell(says("Missions", kind=R, season=3, final=True)).tell(says("Missions", kind=R, season=4, final=True))
    assert [line for line in lines(world.work()) if "rescued" in line] == ["4 rescued: confirmed, La Lune"]


def test_a_last_season_told_after_an_end_without_season_is_no_rescue() -> None:
    world = World().tell(says("Missions", kind=C)).tell(says("Missions", kind=R, season=3, final=True))
    assert [line for line in lines(world.work()) if "rescued" in line] == []


def test_what_is_told_on_the_day_of_the_end_is_no_rescue() -> None:
    world = World().tell(says("Missions", kind=C))
    world.told -= 1  # the next article is of the same hour
    world.tell(says("Missions", kind=R, season=3), "Le Soir")
    assert [line for line in lines(world.work()) if "rescued" in line] == []


def test_an_end_that_is_denied_rescues_nothing() -> None:
    world = World().tell(says("Missions", kind=C, status=Status.DENIED)).tell(says("Missions", kind=R, season=3))
    assert "3 rescued: confirmed, La Lune" not in lines(world.work())


def test_a_date_is_out_once_it_is_past() -> None:
    world = World().tell(says("Missions", kind=D, season=2, evidence=quote("Le 2026-12-24 sur OCS.")))
    (before,), (after,) = (world.works(datetime(2026, 12, day, tzinfo=UTC)) for day in (23, 24))
    assert [one.milestone for one in before.seasons[0].facts] == [Milestone.DATED]
    assert [(one.milestone, one.day) for one in after.seasons[0].facts] == [
        (Milestone.DATED, date(2026, 12, 24)),
        (Milestone.OUT, date(2026, 12, 24)),
    ]


def test_a_season_that_its_renewal_dates_is_dated_until_a_release_date_says_so() -> None:
    world = World().tell(says("Missions", kind=R, season=2, evidence=quote("Renouvelée, de retour le 2029-12-24.")))
    assert [one.milestone for one in world.work().seasons[0].facts] == [Milestone.RENEWED, Milestone.DATED]
    world.tell(says("Missions", kind=D, season=2, evidence=quote("Le 2029-12-31.")))
    (season,) = world.work().seasons
    assert [(one.milestone, one.day) for one in season.facts] == [
        (Milestone.RENEWED, None),
        (Milestone.DATED, date(2029, 12, 31)),
    ]


def test_a_date_that_no_sentence_names_is_known_all_the_same() -> None:
    assert lines(World().tell(says("Missions", kind=D, season=2)).work()) == ["2 dated: confirmed, La Lune"]


def test_the_date_told_last_stands_and_who_names_another_is_shown() -> None:
    world = World().tell(says("Missions", kind=D, season=2, evidence=quote("Le 2029-12-24.")))
    world.tell(says("Missions", kind=D, season=2, evidence=quote("Le 2029-12-31.")), "Le Soir")
    world.tell(says("Missions", kind=D, season=2, evidence=quote("Bientôt !")), "The Reel")
    (season,) = world.work().seasons
    (one,) = season.facts
    assert (one.day, one.first.telling.outlet) == (date(2029, 12, 31), "Le Soir")
    assert [told.telling.outlet for told in one.against] == ["La Lune"]
    assert season.disputed


def test_who_takes_back_a_date_no_longer_contradicts_it() -> None:
    world = World().tell(says("Missions", kind=D, season=2, evidence=quote("Le 2029-12-24.")))
    world.tell(says("Missions", kind=D, season=2, evidence=quote("Le 2029-12-31.")))
    (season,) = world.work().seasons
    assert not season.disputed


def test_a_denial_stands_beside_what_is_asserted() -> None:
    world = (
        World()
        .tell(says("Missions", kind=R, season=2))
        .tell(says("Missions", kind=R, season=2, status=Status.DENIED), "Le Soir")
    )
    (season,) = world.work().seasons
    (one,) = season.facts
    assert (one.status, one.first.telling.outlet, one.outlets) == (Status.DENIED, "La Lune", ("La Lune",))
    assert [told.telling.outlet for told in one.against] == ["La Lune"]
    world.tell(says("Missions", kind=R, season=2), "The Reel")
    (one,) = world.work().seasons[0].facts
    assert (one.status, [told.telling.outlet for told in one.against]) == (Status.CONFIRMED, ["Le Soir"])


def test_what_was_only_ever_denied_credits_who_denies_it() -> None:
    world = World().tell(says("Missions", kind=R, season=2, status=Status.DENIED), "Le Soir")
    (one,) = world.work().seasons[0].facts
    assert (one.first.telling.outlet, one.outlets, one.against) == ("Le Soir", ("Le Soir",), ())


def test_two_works_of_one_name_are_two() -> None:
    world = World().tell(says("Le Phare", platforms=("Netflix",))).tell(says("Le Phare", platforms=("Arte",)))
    world.tell(says("Le Phare", kind=R, season=2, platforms=("Arte",)))
    assert [(work.platforms, len(work.stories)) for work in world.works()] == [(("Arte",), 2), (("Netflix",), 1)]


def test_what_another_buyer_carries_is_another_work_unless_it_is_a_rescue() -> None:
    world = World().tell(says("Phare", kind=C, platforms=("Netflix",)))
    world.tell(says("Phare", kind=R, season=2, platforms=("Arte",)))
    assert len(world.works()) == 2
    ended, renewed = world.known.values()
    saved = replace(renewed.story.history[0], field="rescued", before=None, after=None)
    story = replace(ended.story, history=(*ended.story.history, saved))
    world.known[story.id] = replace(ended, story=story)
    assert lines(world.work())[:2] == ["2 renewed: confirmed, La Lune", "2 rescued: confirmed, La Lune"]


def test_a_remake_is_not_its_original() -> None:
    world = (
        World()
        .tell(says("Marianne", origin=Origin.FRENCH))
        .tell(says("Marianne", kind=R, season=2, origin=Origin.FOREIGN))
    )
    assert len(world.works()) == 2


def test_siblings_of_one_buyer_carry_one_work() -> None:
    world = World().tell(says("Demain", platforms=("TF1",))).tell(says("Demain", kind=R, season=2, platforms=("TF1+",)))
    assert world.work().platforms == ("TF1", "TF1+")


def test_a_second_new_original_of_the_name_opens_a_second_work() -> None:
    world = World().tell(says("Rivages")).tell(says("Rivages", kind=R, season=2)).tell(says("Rivages"), apart=True)
    world.tell(says("Rivages", kind=R, season=3), apart=True)
    assert [work.stories for work in world.works()] == [tuple(world.known)[2:], tuple(world.known)[:2]]


def test_an_untitled_project_and_a_purchase_are_no_lines() -> None:
    world = World().tell(says(None)).tell(says("Missions", kind=Kind.ACQUISITION))
    assert world.works() == ()


def test_other_spellings_are_one_name_and_other_names_are_listed() -> None:
    world = World().tell(says("L'Été", kind=R, season=2)).tell(says("L’ÉTÉ", kind=R, season=2))
    assert world.work().also == ()
    aliases = {"summer": "ete"}
    world.tell(says("Summer", kind=R, season=3))
    (work,) = ledger.of(
        world.known.values(),
        now=NOW,
        groups=GROUPS,
        naming=lambda title: aliases.get(title_key(title), title_key(title)),
    )
    assert (work.title, work.also) == ("L'Été", ("Summer",))


said = st.builds(
    says,
    st.sampled_from(["Missions", "Le Phare"]),
    kind=st.sampled_from(list(Kind)),
    season=st.sampled_from([None, 2, 3]),
    status=st.sampled_from(list(Status)),
    platforms=st.sampled_from([("Netflix",), ("Arte",), ()]),
)


@given(st.lists(said, max_size=8), st.randoms(use_true_random=False))
def test_the_ledger_does_not_depend_on_the_order_it_is_given_in(
    all_said: list[Announcement], chance: random.Random
) -> None:
    world = World()
    for number, one in enumerate(all_said):
        world.tell(one, f"Outlet {number % 3}")
    known = [replace(one, told=tuple(chance.sample(one.told, len(one.told)))) for one in world.known.values()]
    chance.shuffle(known)
    now = NOW + timedelta(days=1000)
    assert ledger.of(known, now=now, groups=GROUPS, day_in=day_in) == world.works(now)


def test_the_latest_is_all_that_the_last_article_added() -> None:
    world = World().tell(says("Missions", kind=R, season=3)).tell(says("Missions", kind=R, season=2, final=True))
    work = world.work()
    assert [season.number for season in work.seasons] == [2, 3]
    assert work.latest == (work.seasons[0], work.seasons[0].facts)
    assert [one.milestone for one in work.seasons[0].facts] == [Milestone.RENEWED, Milestone.LAST]


def test_what_one_article_said_first_is_told_together() -> None:
    world = World().tell(says("Missions", kind=R, season=2, final=True)).tell(says("Missions", kind=C, season=2))
    (season,) = world.work().seasons
    assert [[one.milestone for one in some] for some in season.told] == [
        [Milestone.RENEWED, Milestone.LAST],
        [Milestone.CANCELLED],
    ]


TITLES = ("Missions", "Le Bureau des légendes", "La Flamme", "Le Flambeau", "Bureau", "Plan cœur")


@pytest.mark.parametrize(
    ("name", "found", "near"),
    [
        ("missions", ("Missions",), ()),
        ("PLAN COEUR", ("Plan cœur",), ()),
        ("bureau", ("Bureau",), ()),
        ("légendes", ("Le Bureau des légendes",), ()),
        ("Misions", (), ("Missions",)),
        ("Flambe", (), ("Le Flambeau", "La Flamme")),
        ("Kaamelott", (), ()),
        ("", (), ()),
    ],
)
def test_what_a_name_means(name: str, found: tuple[str, ...], near: tuple[str, ...]) -> None:
    answer = meant(name, TITLES, naming=title_key)
    assert (answer.titles, answer.near) == (found, near)
