"""The same text twice on one site: an article under two addresses, or a page for whatever is asked (F22, P16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk import Desk, at
from fakes import an_announcement, an_article, an_entry

from crawler import Article
from monitor.entering import Reading
from monitor.store import Store, Tx, articles, entries
from monitor.types import Decision
from monitor.vocabulary import Outcome

NOON = at("2026-03-14 12:00")
SERVED = "Retrouvez toute l'actualité des séries sur notre application, gratuite et sans engagement. " * 4


def arrives(desk: Desk, number: int, headline: str, *, site: str = "gazette", text: str = SERVED) -> Decision:
    """An entry of this headline, whose page has this text."""
    url = f"https://{site}.example/{number}"
    listed = an_entry(number, source=site, url=url, listed_url=url, title=headline)
    article: Article = an_article(number, source=site, url=url, listed_url=url, title="Notre application", text=text)
    with desk.store.write() as tx:
        entry_id = entries.add(tx, listed, now=desk.now, outcome=None, reason=None)
        return desk.pipeline.keep(tx, entry_id, article, desk.pipeline.sources[site], [], now=desk.now)


def test_one_page_for_whatever_is_asked_is_no_article_f22_p16(store: Store) -> None:
    desk = Desk(store, now=NOON)
    assert arrives(desk, 1, "« Les Marées » aura une saison 2").outcome is Outcome.NOTHING
    again = arrives(desk, 2, "Audiences : le foot devant tout le monde")
    assert again.outcome is Outcome.REJECTED
    assert "soft_404" in again.reason
    assert "https://gazette.example/1" in again.reason


def test_the_same_article_under_another_address_or_with_an_edited_headline_is_a_duplicate(store: Store) -> None:
    desk = Desk(store, now=NOON)
    arrives(desk, 1, "« Les Marées » aura une saison 2")
    assert arrives(desk, 2, "« Les Marées » aura une saison 2").outcome is Outcome.DUPLICATE
    assert arrives(desk, 3, "Les Marées : une saison 2 pour OCS").outcome is Outcome.DUPLICATE


def test_twins_that_come_back_together_are_told_apart_as_if_alone(store: Store) -> None:
    desk = Desk(store, now=NOON)
    headlines = ["« Les Marées » aura une saison 2", "« Les Marées » aura une saison 2", "Le foot devant tout le monde"]
    with desk.store.write() as tx:
        readings = [_reading(desk, tx, number, headline) for number, headline in enumerate(headlines)]
        found = desk.pipeline.keep_all(tx, readings, now=desk.now)
    assert [one.outcome for one in found] == [Outcome.NOTHING, Outcome.DUPLICATE, Outcome.REJECTED]


def test_of_two_pages_that_name_one_address_and_come_back_together_the_second_keeps_its_own(store: Store) -> None:
    desk = Desk(store, now=NOON)
    with desk.store.write() as tx:
        readings = [_reading(desk, tx, number, "Une soirée", text=f"Texte {number}.") for number in (1, 2)]
        readings = [replace(one, article=replace(one.article, url="https://gazette.example/same")) for one in readings]
        desk.pipeline.keep_all(tx, readings, now=desk.now)
        assert articles.known_urls(tx, ["https://gazette.example/same", "https://gazette.example/2"]) == {
            "https://gazette.example/same",
            "https://gazette.example/2",
        }


def _reading(desk: Desk, tx: Tx, number: int, headline: str, *, text: str = SERVED) -> Reading:
    """An article of the gazette that announces nothing, its entry stored."""
    url = f"https://gazette.example/{number}"
    listed = an_entry(number, source="gazette", url=url, listed_url=url, title=headline)
    return Reading(
        entry_id=entries.add(tx, listed, now=desk.now, outcome=None, reason=None),
        article=an_article(number, source="gazette", url=url, listed_url=url, title="Notre application", text=text),
        source=desk.pipeline.sources["gazette"],
        found=[],
    )


def test_a_duplicate_at_home_is_one_though_another_site_had_the_text_first(store: Store) -> None:
    desk = Desk(store, now=NOON)
    for number, site in ((1, "lune"), (2, "gazette"), (3, "gazette")):
        found = arrives(desk, number, "« Les Marées » aura une saison 2", site=site)
    assert found.outcome is Outcome.DUPLICATE


def test_an_agency_s_text_on_another_site_is_read_and_corroborates(store: Store) -> None:
    desk = Desk(store, now=NOON)
    first = desk.say(an_announcement(), outlet="gazette")
    desk.now += timedelta(minutes=20)
    second = desk.say(an_announcement(), outlet="lune")
    assert (first.outcome, second.outcome) == (Outcome.QUIET, Outcome.CORROBORATED)
    assert arrives(desk, 11, "Un autre titre", site="soleil").outcome is Outcome.NOTHING
    assert arrives(desk, 12, "Encore un titre", site="lune").outcome is Outcome.NOTHING
