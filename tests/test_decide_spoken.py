"""Who plays in a work or produces it counts as the article says it, in any wording; who leaves does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tellings import says, told

from monitor.decide.conditions import conditions_of, met, weigh
from monitor.decide.matching import Reading
from monitor.decide.rulebook import Rulebook
from monitor.decide.spoken import lead_of, part_of, spoken
from monitor.subscribing import Match, Subscription
from monitor.types import Announcement, Evidence, Watch
from monitor.vocabulary import Prominence

NAMES = ("Camille Untel", "Karim Saïd", "Quai Nord", "Les Films du Ponton", "Gaumont", "Mother")
WATCH = Watch(people=NAMES[:2], producers=NAMES[2:])


def wanted(
    sentence: str,
    *,
    headline: str = "",
    lead: str = "",
    title: str = "Osmosis",
    titles: tuple[str | None, ...] = ("Osmosis",),
    prominence: Prominence = Prominence.HEADLINE,
) -> set[str]:
    """Give who of the watchlist an article names for its only work, or for one of several."""
    evidence = Evidence(sentence=sentence, zone="lead", start=0, end=9)
    book = Rulebook([Subscription(name="a", targets=("t",), match=Match(watchlist=True))], watch=WATCH)
    (change,) = told(replace(says(title), evidence=evidence, prominence=prominence)).changes
    seen = Reading(headline=headline, lead=lead, titles=titles)
    subject = book.subject(change.story, change.announcement, seen)
    assert bool(book.wanting(subject)) is bool(subject.watched)
    return set(subject.watched)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        (
            "Netflix a commandé « Osmosis », une série avec Camille Untel et Karim Saïd.",
            {"Camille Untel", "Karim Saïd"},
        ),
        ("Camille Untel Boards Netflix French Series ‘Osmosis’", {"Camille Untel"}),
        ("Netflix a commandé à Gaumont « Osmosis ».", {"Gaumont"}),
        ("Gaumont produira la série.", {"Gaumont"}),
        ("Netflix Orders French Series ‘Osmosis’ From Gaumont", {"Gaumont"}),
        ("Netflix has renewed the Gaumont-produced series.", {"Gaumont"}),
        ("Netflix et Gaumont s'associent pour « Osmosis ».", {"Gaumont"}),
        ("Une série signée Gaumont Télévision.", {"Gaumont"}),
        ("Produite par Les Films du Ponton, avec la participation de Quai Nord.", {"Les Films du Ponton", "Quai Nord"}),
        ("Karim Saïd remplace Camille Untel dans « Osmosis ».", {"Karim Saïd"}),
        ("Karim Saïd plays a man who left it all.", {"Karim Saïd"}),
        ("Sans surprise Karim Saïd y revient.", {"Karim Saïd"}),
        ("« Osmosis » revient sans Camille Untel ni Karim Saïd.", set()),
        ("« Osmosis » revient sans Camille Untel et Karim Saïd.", set()),
        ("« Osmosis » aura une saison 2 après le départ de Camille Untel.", set()),
        ("« Osmosis » aura une saison 2 après le départ d'Camille Untel.", set()),
        ("« Osmosis » aura une saison 2, mais Karim Saïd et Camille Untel quittent la série.", set()),
        ("Renewed: Camille Untel, who is leaving, says so.", set()),
        ("Camille Untel ne sera pas de la saison 2.", set()),
        ("Karim Saïdi y joue, Jean-Camille Untel et Camille Untel-Roy aussi.", set()),
        ("Netflix commande « Avec Camille Untel ».", set()),
        ("Sur un quai nord, Netflix tourne « Osmosis ».", set()),
        ("Mother of two orders a series.", set()),
        ("Netflix Orders French Series About Mother Teresa", set()),
        ("Jean Gaumont y joue.", set()),
        ("Une série signée Gaumont Durand.", set()),
    ],
)
def test_who_is_named_in_the_words_that_tell_it(sentence: str, named: set[str]) -> None:
    assert wanted(sentence) == named


def test_a_name_within_the_title_makes_it_nobodys() -> None:
    assert wanted("Netflix commande Le Temps de Gaumont à un studio.", title="Le Temps de Gaumont") == set()
    assert wanted("Netflix commande Camille, avec Camille Untel.", title="Camille") == {"Camille Untel"}


def test_headline_and_lead_count_where_the_article_is_about_one_work() -> None:
    headline, lead, sentence = "Karim Saïd sur Netflix", "Netflix. Au casting : Camille Untel.", "Netflix tourne."
    assert wanted(sentence, headline=headline, lead=lead) == {"Camille Untel", "Karim Saïd"}
    assert wanted(sentence, headline=headline, lead=lead, titles=("Osmosis", "Osmosis")) != set()
    assert wanted(sentence, headline=headline, lead=lead, titles=("Osmosis", "Missions")) == set()
    assert wanted(sentence, headline=headline, lead=lead, titles=("Osmosis", None)) == set()
    assert wanted(sentence, headline=headline, lead=lead, prominence=Prominence.BODY) == set()


def test_who_leaves_by_the_headline_is_in_no_lead() -> None:
    lead = "La série avec Camille Untel aura une saison 2."
    assert wanted(lead, headline="Camille Untel quitte « Osmosis »", lead=lead) == set()


def test_of_a_slate_each_title_has_its_own_words() -> None:
    sentence = "Netflix commande « Osmosis », avec Camille Untel, et « Missions », avec Karim Saïd."
    titles = ("Osmosis", "Missions")
    assert wanted(sentence, title="Osmosis", titles=titles) == {"Camille Untel"}
    assert wanted(sentence, title="Missions", titles=titles) == {"Karim Saïd"}
    assert part_of(sentence, "Lupin", titles) == ""
    assert part_of(sentence, "Lupin", ()) == sentence


@pytest.mark.parametrize("field", ["people", "producers"])
def test_a_rule_asks_for_a_name_as_the_watchlist_does_and_says_where_it_stood(field: str) -> None:
    match = Match(**{field: ("camille untel",)})  # type: ignore[arg-type]
    book = Rulebook([Subscription(name="a", targets=("t",), match=match)])
    (change,) = told(says("Osmosis")).changes
    subject = book.subject(change.story, change.announcement, Reading(headline="Camille Untel dans une série"))
    assert [rule.name for rule in book.wanting(subject)] == ["a"]
    conditions = conditions_of(match)
    (weighed,) = weigh(conditions, subject)
    assert weighed.found == ("camille untel (headline)",)
    assert met(conditions, subject) == f'{field}: "camille untel"'
    never = conditions_of(Match(none=(match,)))
    assert not weigh(never, subject)[0].holds


def test_the_watchlist_says_where_a_name_stood() -> None:
    match = Match(any=(Match(watchlist=True),))
    book = Rulebook([Subscription(name="a", targets=("t",), match=match)], watch=WATCH)
    conditions = conditions_of(Match(watchlist=True))
    for people, found in (((), "Camille Untel (lead)"), (("Camille Untel",), "Camille Untel")):
        announced: Announcement = says("Osmosis", people=people)
        (change,) = told(announced).changes
        subject = book.subject(change.story, announced, Reading(lead="Avec Camille Untel."))
        assert weigh(conditions, subject)[0].found == (found,)
        assert met(conditions, subject) == 'watchlist: "Camille Untel"'


def test_where_no_rule_asks_for_names_none_is_looked_for() -> None:
    book = Rulebook([Subscription(name="a", targets=("t",), match=Match(words=("série",)))], watch=WATCH)
    (change,) = told(says("Osmosis")).changes
    seen = Reading(headline="Une série avec Camille Untel")
    assert book.subject(change.story, change.announcement, seen).spoken == {}


def test_a_lead_ends_with_a_sentence() -> None:
    text = "a" * 419 + " b. Camille Untel."
    assert lead_of("Chapeau.", text) == "Chapeau.\n" + "a" * 419 + " b."
    assert lead_of("", "Court. Deux.") == "Court. Deux."
    assert len(lead_of("a" * 9_000, "b" * 9_000)) < 2_000  # some feeds give whole articles as summaries


def test_the_first_place_is_named() -> None:
    found = spoken({"headline": "", "sentence": "Avec Camille Untel", "lead": "Avec Camille Untel"}, ())
    assert found["camille untel"] == "sentence"
