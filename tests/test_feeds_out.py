"""Feeds out: valid, read alike by two parsers, stable, and harmless whatever an outlet wrote."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from time import struct_time
from typing import Any

import atoma
import fastfeedparser
import feed_rules
import feedparser
import pytest
from fakes import NOON, a_change, a_story
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from monitor.feeds import MOST, Feed, Place, atom, feed_of, json_feed, rss
from monitor.feeds.html import body
from monitor.types import Story
from monitor.vocabulary import Kind, Status

PLACE = Place(name="all", address="http://127.0.0.1:8642/feeds/all.atom", home="http://127.0.0.1:8642/", language="fr")
ENGLISH = replace(PLACE, name="french-originals", language="en")

NASTY = (
    "<script>alert(1)</script>",
    "]]> & &amp; <![CDATA[ x ]]>",
    "nul \x00, bell \x07, escape \x1b[31m, lone \ud800, reversed \u202e, not a character \uffff",
    "« L’Été » — “quotes” 'and' \"more\"",
    "quatre\nlignes\r\nde\u2028texte",
    "🐓" * 60,
)


def a_feed(*stories: Story, place: Place = PLACE) -> Feed:
    return feed_of(stories or (a_story(),), place)


def a_life() -> Story:
    """A story that a second outlet repeated, a third made certain, and a fourth repeated then."""
    steps = (
        a_change(quote="« Les Marées » pourrait revenir.", after="rumoured"),
        a_change(field="corroborated", outlet="Écho", at=NOON + timedelta(hours=2), url="https://echo.example/1"),
        a_change(
            field="status",
            before="rumoured",
            after="confirmed",
            outlet="Le Relais",
            at=NOON + timedelta(days=1),
            url="https://relais.example/9",
            quote="OCS commande la saison 2.",
        ),
        a_change(field="corroborated", outlet="Le Quai", at=NOON + timedelta(days=1), url="https://quai.example/4"),
    )
    return a_story(history=steps, outlets=("Gazette", "Écho", "Le Relais", "Le Quai"))


def parsed(document: bytes) -> Any:
    found = feedparser.parse(document)
    assert found.bozo == 0, found.get("bozo_exception")
    return found


def same_second(read: struct_time, moment: datetime) -> bool:
    return tuple(read)[:6] == moment.timetuple()[:6]


@pytest.mark.parametrize("stories", [(), (a_story(),), (a_story(), a_life()), (a_story(title=None, title_key="?"),)])
@pytest.mark.parametrize("place", [PLACE, ENGLISH])
def test_every_form_keeps_to_its_rules(stories: tuple[Story, ...], place: Place) -> None:
    feed = feed_of(stories, place)
    assert feed_rules.check_atom(atom.render(feed)) == len(stories)
    assert feed_rules.check_rss(rss.render(feed)) == len(stories)
    found = json.loads(json_feed.render(feed))
    assert [*Draft202012Validator(feed_rules.JSON_FEED).iter_errors(found)] == []
    assert len(found["items"]) == len(stories)


def test_the_rules_refuse_what_is_wrong() -> None:
    good = atom.render(a_feed()).decode()
    for wrong in (
        good.replace("<id>tag:", "<id>no uri:", 1),
        good.replace("T12:00:00Z</updated>", "</updated>", 1),
        good.replace("<published>", "<pubDate>").replace("</published>", "</pubDate>"),
        good.replace(' type="html"', ' type="markdown"'),
    ):
        assert wrong != good
        with pytest.raises(AssertionError):
            feed_rules.check_atom(wrong.encode())
    with pytest.raises(AssertionError):
        feed_rules.check_rss(rss.render(a_feed()).replace(b"Sat, 14", b"14"))


def test_the_rules_of_json_feed_know_all_of_the_format_and_refuse_what_is_wrong() -> None:
    good = json.loads(json_feed.render(a_feed()))
    rules = Draft202012Validator(feed_rules.JSON_FEED)
    more = {"icon": PLACE.home, "expired": False, "hubs": [{"type": "WebSub", "url": PLACE.home}]}
    file = {"url": PLACE.home, "mime_type": "audio/mpeg", "size_in_bytes": 9}
    rules.validate({**good, **more, "items": [{**good["items"][0], "attachments": [file], "image": PLACE.home}]})
    item = good["items"][0]
    for wrong in (
        {**good, "version": "https://jsonfeed.org/version/1"},
        {name: value for name, value in good.items() if name != "title"},
        {**good, "extra": 1},
        {**good, "hubs": [{"type": "WebSub"}]},
        {**good, "items": [{**item, "id": 7}]},
        {**good, "items": [{**item, "date_published": "21 November 2026"}]},
        {**good, "items": [{**item, "attachments": [{"url": PLACE.home}]}]},
        {**good, "items": [{"id": "x"}]},
    ):
        assert not rules.is_valid(wrong), wrong


def test_two_parsers_read_the_same_of_atom() -> None:
    document = atom.render(a_feed(a_life()))
    one, other = parsed(document), atoma.parse_atom_bytes(document)
    entry, twin = one.entries[0], other.entries[0]
    assert one.version == "atom10"
    assert one.feed.title == other.title.value == "Cocorico\u00a0: tout ce qui s’annonce"
    assert entry.title == twin.title.value == "«\u00a0Les Marées\u00a0» aura une saison 2 (OCS, France 2)"
    assert entry.id == twin.id_ == "tag:cocorico.github.io,2026:story/s-000000000001"
    assert entry.link == twin.links[0].href == "https://relais.example/9"
    assert entry.author == twin.authors[0].name == "Le Relais"
    assert [tag.term for tag in entry.tags] == [one.term for one in twin.categories]
    assert same_second(entry.published_parsed, NOON)
    assert twin.published == NOON
    assert same_second(entry.updated_parsed, NOON + timedelta(days=1))
    assert twin.updated == NOON + timedelta(days=1)
    assert entry.summary == twin.summary.value == "OCS commande la saison 2."


def test_two_parsers_read_the_same_of_rss() -> None:
    document = rss.render(a_feed(a_life()))
    one, other = parsed(document), atoma.parse_rss_bytes(document)
    entry, twin = one.entries[0], other.items[0]
    assert one.version == "rss20"
    assert one.feed.language == other.language == "fr"
    assert entry.title == twin.title
    assert entry.id == twin.guid == "tag:cocorico.github.io,2026:story/s-000000000001"
    assert entry.guidislink is False
    assert entry.link == twin.link == "https://relais.example/9"
    assert same_second(entry.published_parsed, NOON)
    assert twin.pub_date == NOON
    assert entry.author == "Le Relais"
    assert any(link.rel == "self" and link.href == PLACE.address for link in one.feed.links)


def test_json_feed_is_read_by_two_parsers_and_has_the_facts() -> None:
    document = json_feed.render(a_feed(a_life()))
    twin = atoma.parse_json_feed_bytes(document).items[0]
    other = fastfeedparser.parse(document)
    (entry,) = other.entries
    raw = json.loads(document)["items"][0]
    assert twin.id_ == entry.id == raw["id"] == "tag:cocorico.github.io,2026:story/s-000000000001"
    assert twin.title == entry.title == "«\u00a0Les Marées\u00a0» aura une saison 2 (OCS, France 2)"
    assert twin.url == entry.link == "https://relais.example/9"
    assert raw["content_text"].endswith("OCS commande la saison 2.")
    assert twin.date_published == datetime.fromisoformat(entry.published) == NOON
    assert twin.date_modified == datetime.fromisoformat(entry.updated) == NOON + timedelta(days=1)
    assert twin.content_html == entry.content[0]["value"] == raw["content_html"]
    assert raw["_cocorico"]["season"] == 2
    assert raw["_cocorico"]["outlets"] == ["Gazette", "Écho", "Le Relais", "Le Quai"]
    assert other.feed.language == "fr"


def test_what_a_reader_corrected_is_told_in_words_and_laid_to_no_article() -> None:
    step = a_change(field="corrected", before="season: 2", after="season: 3", outlet="reader", quote="")
    story = replace(a_life(), history=(*a_life().history, step))
    for language, says in (
        ("fr", "Corrigé\u00a0: saison\u00a02 → saison\u00a03 (un lecteur, 14 mars 2026)"),
        ("en", "Corrected: season\u00a02 → season\u00a03 (a reader, 14 March 2026)"),
    ):
        html = body(story, "fr" if language == "fr" else "en")
        assert f"<li>{says}</li>" in html.replace("saison ", "saison\u00a0").replace("season ", "season\u00a0")
    assert "reader" not in body(story, "fr")
    title = replace(step, before="title: Marées", after="title: Les Marées")
    assert "« Marées » → « Les Marées »" in body(replace(story, history=(*story.history[:-1], title)), "fr").replace(
        "\u00a0", " "
    )


def test_an_entry_tells_who_else_has_it_and_what_changed() -> None:
    html = a_feed(a_life()).entries[0].html
    assert "<blockquote><p>OCS commande la saison 2.</p><p>— Le Relais, 15 mars 2026</p></blockquote>" in html
    assert "<p>Aussi annoncé par\u00a0: Le Quai</p>" in html, "the others told a rumour, not its confirmation"
    assert (
        'D’abord annoncé\u00a0: rumeur (<a href="https://gazette.example/articles/1">Gazette, 14 mars 2026</a>)' in html
    )
    assert html.endswith('<p><a href="https://relais.example/9">Lire l’article</a></p>')
    assert 'Certitude\u00a0: rumeur → confirmé (<a href="https://relais.example/9">Le Relais, 15 mars 2026</a>)' in html


def test_an_entry_says_what_outlets_contradict_each_other_about() -> None:
    entry = a_feed(a_story(disputed=("season", "platforms"))).entries[0]
    assert "<p>Les sources se contredisent\u00a0: Saison et Plateformes</p>" in entry.html
    assert "contredisent" not in a_feed().entries[0].html


def test_a_repetition_is_no_change_and_a_change_is_one() -> None:
    once = a_story()
    again = a_change(field="corroborated", outlet="Écho", at=NOON + timedelta(hours=5))
    repeated = replace(once, history=(*once.history, again), outlets=("Gazette", "Écho"))
    assert a_feed(repeated).entries[0].updated == a_feed(once).entries[0].updated == NOON
    assert a_feed(a_life()).entries[0].updated == NOON + timedelta(days=1)
    assert a_feed(a_life()).entries[0].id == a_feed(once).entries[0].id


def test_updated_is_when_the_story_changed_here_and_not_the_date_of_an_article() -> None:
    late = {"https://relais.example/9": NOON + timedelta(days=4), "https://echo.example/1": NOON + timedelta(days=9)}
    (entry,) = feed_of([a_life()], PLACE, late).entries
    assert (entry.published, entry.updated) == (NOON, NOON + timedelta(days=4))  # a repetition read later is no change
    assert feed_of([a_life()], PLACE, late).updated == NOON + timedelta(days=4)
    early = {"https://relais.example/9": NOON}  # dated ahead of its reading
    assert feed_of([a_life()], PLACE, early).entries[0].updated == NOON + timedelta(days=1)


def test_a_story_that_a_reader_changed_without_a_step_is_updated_then() -> None:
    at = NOON + timedelta(days=6)
    assert [entry.updated for entry in feed_of([a_life()], PLACE, {a_life().id: at}).entries] == [at]
    assert feed_of([a_life()], PLACE, {a_life().id: NOON}).entries[0].updated == NOON + timedelta(days=1)


def test_what_readers_said_is_no_sentence_of_an_outlet() -> None:
    said = a_change(field="corrected", before="Les Marais", after="Les Marées", outlet="you", quote="no sentence")
    entry = a_feed(a_story(history=(a_change(quote="La vraie phrase."), said))).entries[0]
    assert entry.summary == "La vraie phrase."


def test_a_release_date_says_its_day() -> None:
    told = a_change(quote="« Les Marées » arrive le 1er mai 2027 sur OCS.")
    story = a_story(kind=Kind.RELEASE_DATE, season=None, history=(told,))
    entry = a_feed(story).entries[0]
    assert entry.title == "«\u00a0Les Marées\u00a0»\u00a0: sortie le 1er mai 2027 (OCS, France 2)"
    assert "1er mai 2027 · OCS" in entry.html
    assert a_feed(story, place=ENGLISH).entries[0].title == "“Les Marées”: out on 1 May 2027 (OCS, France 2)"
    day = json.loads(json_feed.render(a_feed(story)))["items"][0]["_cocorico"]["day"]
    assert day == "2027-05-01"


def test_the_last_changed_come_first_and_no_more_than_a_page() -> None:
    stories = [
        a_story(f"s-{number:03}", history=(a_change(at=NOON + timedelta(hours=number)),)) for number in range(MOST + 5)
    ]
    entries = a_feed(*stories).entries
    assert len(entries) == MOST
    assert entries[0].story.id == f"s-{MOST + 4:03}"
    assert a_feed(*reversed(stories)) == a_feed(*stories)


@pytest.mark.parametrize("nasty", NASTY)
def test_what_an_outlet_wrote_stays_text(nasty: str) -> None:
    story = a_story(
        title=nasty,
        platforms=(nasty,),
        people=(nasty,),
        outlets=(nasty, nasty + "2"),
        history=(a_change(quote=nasty, outlet=nasty), a_change(field="title", before=nasty, after=nasty)),
    )
    feed = a_feed(story)
    for document, check in ((atom.render(feed), feed_rules.check_atom), (rss.render(feed), feed_rules.check_rss)):
        check(document)
        assert parsed(document).entries[0].id == feed.entries[0].id
    html = etree.fromstring(f"<div>{feed.entries[0].html}</div>")
    assert {element.tag for element in html.iter()} <= {"div", "p", "blockquote", "ul", "li", "a"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a@evil.example/", "ftp://x.example/", "https://x y/"])
def test_an_address_that_is_not_safe_is_not_offered(url: str) -> None:
    feed = a_feed(
        a_story(first_url=url, history=(a_change(), a_change(field="season", before="1", after="2", url=url)))
    )
    for document in (atom.render(feed), rss.render(feed), json_feed.render(feed)):
        assert url.encode() not in document
    feed_rules.check_atom(atom.render(feed))
    feed_rules.check_rss(rss.render(feed))


@given(st.text(), st.text(), st.sampled_from(Kind), st.sampled_from(Status))
def test_any_text_gives_a_valid_feed(title: str, quote: str, kind: Kind, status: Status) -> None:
    feed = a_feed(a_story(title=title, kind=kind, status=status, history=(a_change(quote=quote),)))
    for render in (atom.render, rss.render):
        etree.fromstring(render(feed))
    read = json.loads(json_feed.render(feed))["items"][0]
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in read["title"])


def test_every_kind_and_status_is_told_in_both_languages() -> None:
    for kind in Kind:
        for status in Status:
            story = a_story(kind=kind, status=status, history=())
            titles = {a_feed(story, place=place).entries[0].title for place in (PLACE, ENGLISH)}
            assert len(titles) == 2
