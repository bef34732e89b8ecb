"""The catalogue of outlets: every entry is sound, and what publishers reserve is respected."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

from monitor import config
from monitor.alerts.catalogue import voice
from monitor.data import folder
from monitor.types import Source
from monitor.vocabulary import FetchPolicy

SCHEMA: dict[str, Any] = json.loads((folder("config") / "cocorico.schema.json").read_text(encoding="utf-8"))
RAW: dict[str, Any] = tomllib.loads((folder("config") / "sources.toml").read_text(encoding="utf-8"))
READ = config.load(None, env={}, data_dir=Path("/nonexistent"))
BY_ID = {source.id: source for source in READ.sources}
ON = [source for source in READ.sources if source.enabled]

#: Publishers that reserve their pages: Le Monde, Libération, Le Figaro and Ouest-France in words (media monitoring or
#: automatic browsing), France Télévisions by TDMRep, Le Nouvel Obs by a list of who may, PMC through the courts.
RESERVED = (
    "lemonde.fr",
    "liberation.fr",
    "lefigaro.fr",
    "ouest-france.fr",
    "franceinfo.fr",
    "francetvpro.fr",
    "francetelevisions.fr",
    "nouvelobs.com",
    "variety.com",
    "deadline.com",
    "hollywoodreporter.com",
)
#: Of these, the ones that forbid a media monitor in words: never on by default.
FORBIDDEN = ("lemonde.fr", "liberation.fr", "lefigaro.fr", "ouest-france.fr", "nouvelobs.com")


def host(url: str) -> str:
    return urlsplit(url).hostname or ""


def test_it_keeps_to_the_schema() -> None:
    schema = Draft202012Validator({"$ref": "#/$defs/catalogue", "$defs": SCHEMA["$defs"]})
    schema.validate(RAW)
    for wrong in ({**RAW, "sources": []}, {**RAW, "source": [{**RAW["source"][0], "kind": "guess"}]}):
        assert not schema.is_valid(wrong), "else it would say nothing"


def test_all_listings_that_were_looked_at_are_judged() -> None:
    assert len(RAW["source"]) + len(RAW["left_out"]) == 184
    assert len(READ.left_out) == 48


def test_enough_are_on_in_both_languages() -> None:
    languages = Counter(source.language for source in ON)
    assert len(ON) >= 40
    assert set(languages) == {"fr", "en"}
    assert languages["en"] >= 10
    assert len({source.outlet for source in ON}) >= 35


def test_ids_and_addresses_are_unique() -> None:
    everything = [*RAW["source"], *RAW["left_out"]]
    for key in ("id", "url"):
        assert [value for value, times in Counter(each[key] for each in everything).items() if times > 1] == []
    assert len({source.name for source in READ.sources}) == len(READ.sources)


@pytest.mark.parametrize("source", READ.sources, ids=lambda source: source.id)
def test_an_entry_is_sound(source: Source) -> None:
    assert source.url.startswith("https://")
    assert source.language in {"fr", "en"}
    assert source.name
    assert source.outlet
    assert re.search(r"\b20[0-9]{2}\b", source.notes), "the notes don't say when robots.txt or the notice was read"
    assert timedelta(minutes=10) <= source.interval <= timedelta(hours=1)
    for pattern in (*source.allow, *source.deny):
        re.compile(pattern)
        assert not re.search(pattern, ""), f"{pattern} matches anything"


@pytest.mark.parametrize("source", READ.sources, ids=lambda source: source.id)
def test_every_entry_states_its_decisions(source: Source) -> None:
    (raw,) = (each for each in RAW["source"] if each["id"] == source.id)
    assert {"id", "name", "outlet", "url", "kind", "language", "fetch", "interval", "enabled", "notes"} <= set(raw)
    assert "licence" not in raw  # only users can state one


def test_pages_that_are_reserved_are_not_fetched() -> None:
    reserved = [source for source in READ.sources if host(source.url).endswith(RESERVED)]
    assert len(reserved) > 25
    assert [source.id for source in reserved if source.fetch is not FetchPolicy.NEVER] == []


def test_who_forbids_a_media_monitor_is_off_by_default() -> None:
    assert [source.id for source in ON if host(source.url).endswith(FORBIDDEN)] == []


@pytest.mark.parametrize("name", ["telerama.fr", "cnews.fr", "courrierinternational.com"])
def test_the_pause_an_outlet_asks_for_is_kept(name: str) -> None:
    sources = [source for source in READ.sources if host(source.url).endswith(name)]
    assert sources
    assert {source.delay for source in sources} == {10.0}


def test_search_services_are_the_users_to_ask() -> None:
    later = [each for each in READ.left_out if each.reason.startswith("a search")]
    assert {host(each.url) for each in later} == {
        "news.google.com",
        "api.gdeltproject.org",
        "search.mediacloud.org",
    }


def test_what_is_left_out_has_a_reason() -> None:
    assert all(len(each.reason) > 10 for each in READ.left_out)


@pytest.mark.parametrize(
    ("name", "article", "other"),
    [
        (
            "rtl-cine-series",
            "https://www.rtl.fr/culture/cine-series/hpi-une-saison-6-7900123456",
            "https://www.rtl.fr/culture/cine-series",
        ),
        (
            "cnews-divertissement",
            "https://www.cnews.fr/divertissement/2026-11-02/une-serie-1234567",
            "https://www.cnews.fr/divertissement/cinema",
        ),
        ("purebreak", "https://www.purebreak.com/news/une-serie/245312", "https://www.purebreak.com/news/2"),
        (
            "netflix-fr-newsroom",
            "https://about.netflix.com/fr/news/une-nouvelle-serie",
            "https://www.netflix.com/fr/title/80000000",
        ),
        (
            "canalplus-press",
            "https://www.canalplusgroup.com/fr/press/une-creation-originale",
            "https://www.canalplus.com/fr/series",
        ),
        ("unifrance", "https://www.unifrance.org/actualites/16000/une-serie", "https://www.unifrance.org/annuaires"),
    ],
)
def test_section_pages_follow_articles_only(name: str, article: str, other: str) -> None:
    source = BY_ID[name]
    assert any(re.search(pattern, article) for pattern in source.allow)
    assert not any(re.search(pattern, other) for pattern in source.allow)
    assert not any(re.search(pattern, article) for pattern in source.deny)


def test_every_section_page_on_by_default_says_which_links_are_articles() -> None:
    assert [source.id for source in ON if source.kind == "section" and not source.allow] == []


@pytest.mark.parametrize(
    ("when", "french", "english"),
    [
        ("2027-03-01", "1er mars 2027", "1 March 2027"),
        ("2027-03", "mars 2027", "March 2027"),
        ("2027", "2027", "2027"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(when: str, french: str, english: str) -> None:
    assert (voice("fr").dated(when), voice("en").dated(when)) == (french, english)
