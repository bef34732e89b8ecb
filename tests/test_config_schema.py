"""One list of keys: schema, default file, reader, values and documentation agree."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crawler import SourceKind
from monitor import config
from monitor.config.read import read_file
from monitor.data import folder
from monitor.subscribing import Match, Subscription
from monitor.types import Source, Watch, WatchedWork
from monitor.vocabulary import FetchPolicy, Kind, Origin, Pace, Prominence, Status, WorkType

SCHEMA: dict[str, Any] = json.loads((folder("config") / "cocorico.schema.json").read_text(encoding="utf-8"))


def default_tree() -> dict[str, Any]:
    return read_file(folder("config") / "cocorico.toml", origin="default").tree


def test_the_default_file_keeps_to_the_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(default_tree())
    for wrong in ({**default_tree(), "crawler": {}}, {**default_tree(), "crawl": {"delay": []}}):
        assert not Draft202012Validator(SCHEMA).is_valid(wrong), "else it would say nothing"


def test_the_default_file_has_every_key() -> None:
    tree = default_tree()
    for name, section in SCHEMA["properties"].items():
        if "properties" in section:
            assert set(section["properties"]) - {"url_env", "url_file", "key_env", "key_file"} == set(tree[name]), name
    (subscription,) = tree["subscriptions"]
    assert set(SCHEMA["$defs"]["subscription"]["properties"]) == set(subscription)
    assert set(SCHEMA["$defs"]["match"]["properties"]) == set(subscription["match"])


def test_schema_and_values_have_the_same_keys() -> None:
    def fields(values: type) -> set[str]:
        return set(values.__dataclass_fields__)  # type: ignore[attr-defined]

    defs, sections = SCHEMA["$defs"], SCHEMA["properties"]
    assert set(defs["source"]["properties"]) == fields(Source)
    assert set(defs["subscription"]["properties"]) == fields(Subscription)
    assert set(defs["match"]["properties"]) == fields(Match)
    assert set(defs["watched_work"]["properties"]) == fields(WatchedWork) - {"listed"}
    assert set(sections["watch"]["properties"]) == fields(Watch)
    assert set(sections["log"]["properties"]) == fields(config.LogConfig)
    assert set(sections["news"]["properties"]) == fields(config.NewsConfig)
    assert set(sections["daemon"]["properties"]) == fields(config.DaemonConfig)
    assert set(sections["delivery"]["properties"]) == fields(config.DeliveryConfig)
    assert set(sections["web"]["properties"]) == fields(config.WebConfig)


@pytest.mark.parametrize(
    ("definition", "key", "vocabulary"),
    [
        ("match", "kinds", Kind),
        ("match", "statuses", Status),
        ("match", "origins", Origin),
        ("match", "work_types", WorkType),
        ("match", "prominences", Prominence),
        ("watched_work", "origin", Origin),
        ("source", "kind", SourceKind),
        ("source", "fetch", FetchPolicy),
        ("source", "rhythm", Pace),
    ],
)
def test_schema_and_values_have_the_same_vocabularies(definition: str, key: str, vocabulary: Any) -> None:
    schema = SCHEMA["$defs"][definition]["properties"][key]
    assert set(schema.get("items", schema)["enum"]) == set(vocabulary)


def sections(page: str) -> dict[str, str]:
    """Split the page at its headings "## `[crawl]`: ..."."""
    parts = re.split(r"^## ", page, flags=re.MULTILINE)
    return {found[1]: part for part in parts if (found := re.match(r"`\[+(\w+)\]+`", part))}


def test_every_key_is_described_and_documented_under_its_section() -> None:
    page = sections((Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8"))
    defs = {"targets": "target", "subscriptions": "subscription", "source": "source"}
    checked = 0
    assert set(page) == set(SCHEMA["properties"])
    for section, schema in SCHEMA["properties"].items():
        assert schema["description"].endswith("."), section
        for key, below in (SCHEMA["$defs"][defs[section]] if section in defs else schema)["properties"].items():
            assert below["description"].endswith("."), f"[{section}] {key} has no description"
            assert f"| `{key}` |" in page[section], f"[{section}] {key} is not documented"
            checked += 1
    for key, below in SCHEMA["$defs"]["match"]["properties"].items():
        assert below["description"].endswith("."), f"match {key} has no description"
        assert f"| `{key}` |" in page["subscriptions"], f"match {key} is not documented"
    assert checked > 55


def test_documented_defaults_are_the_defaults() -> None:
    page = sections((Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8"))
    tree, checked = default_tree(), 0
    for section in (name for name, table in tree.items() if isinstance(table, dict)):
        for key, cell in re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", page[section], flags=re.MULTILINE):
            assert tomllib.loads(f"value = {cell}")["value"] == tree[section][key], f"[{section}] {key}"
            checked += 1
    assert checked > 25
