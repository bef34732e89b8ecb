"""The catalogues: nothing missing, placeholders agree, plurals and manners of each language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import get_args

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from monitor.alerts.catalogue import LOCALES, voice
from monitor.alerts.text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
#: The functions that say a text, as docs/messages.md names them for `pybabel extract`.
KEYWORDS = {"mark": None, "say": None, "say_in": ((1, "c"), 2), "count": (1, 2)}
PLACE = re.compile(r"\{\w+\}")


@cache
def said() -> frozenset[tuple[str | None, object]]:
    """Every text of the code and the templates, with its context."""
    methods = [("**.py", "python"), ("templates/*.j2", "jinja2")]
    found = extract_from_dir(LOCALES.parent, method_map=methods, keywords=KEYWORDS)
    return frozenset((context, text) for _, _, text, _, context in found)


@cache
def catalogue(language: Language) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def messages(language: Language) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_what_is_said_and_nothing_else(language: Language) -> None:
    kept = {(message.context, message.id) for message in messages(language)}
    assert len(said()) > 100
    assert kept == said()
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_by_somebody(language: Language) -> None:
    for message in messages(language):
        assert not message.fuzzy, message.id
        assert all(forms(message.string)), message.id
        assert len(forms(message.string)) == len(forms(message.id)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_commands_agree(language: Language) -> None:
    for message in messages(language):
        for form in forms(message.string):
            assert set(PLACE.findall(form)) == set(PLACE.findall(forms(message.id)[-1])), form
            assert form.count("`") == forms(message.id)[-1].count("`"), form


def test_english_says_what_the_code_says() -> None:
    for message in messages("en"):
        assert message.string == message.id


def test_french_is_set_as_french_is() -> None:
    for message in messages("fr"):
        for form in forms(message.string):
            assert not re.search(r"(?<!\u00a0)[:;?!»](?!\S)", form), form  # a no-break space stands before them
            assert "'" not in form, form


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [
        (0, "0 annonce", "0 announcements"),
        (1, "1 annonce", "1 announcement"),
        (2, "2 annonces", "2 announcements"),
        (1234, "1\u202f234 annonces", "1,234 announcements"),
    ],
)
def test_plurals(n: int, french: str, english: str) -> None:
    one, many = "{n} announcement", "{n} announcements"
    assert voice("fr").count(one, many, n) == french
    assert voice("en").count(one, many, n) == english


def test_dates_are_the_readers() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert voice("fr").day(late) == "30 novembre 2026"
    assert voice("fr").day(late, "Europe/Paris") == "1er décembre 2026"
    assert voice("en").day(late, "America/New_York") == "30 November 2026"
    assert voice("fr").moment(late, "Europe/Paris") == "1er décembre 2026 à 00:30"
    assert voice("en").moment(late) == "30 November 2026 at 23:30"
    assert voice("fr").of_year(date(2026, 11, 1)) == "1er novembre"
    assert voice("fr").of_year(date(2026, 11, 11), month=False) == "11"
    assert voice("en").of_year(date(2026, 11, 1)) == "1 November"


def test_lists_and_sizes_are_the_readers() -> None:
    assert [voice("fr").listed(("A", "B", "C")[:n]) for n in range(4)] == ["", "A", "A et B", "A, B et C"]
    assert voice("en").listed(("A", "B", "C")) == "A, B and C"
    assert voice("fr").size(1_540_000_000) == "1,5\u00a0Go"
    assert voice("en").size(512_000_000) == "512\u00a0MB"


def test_a_placeholder_reaches_no_inside_of_what_it_is_given() -> None:
    assert voice("en").say("{x.__class__} {x}", x="y") == "{x.__class__} y"
