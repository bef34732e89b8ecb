"""`cocorico rules`: rules are tried on what is stored; nothing is sent, nothing is stored."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from archived import fill
from command import Done, call

MINE = """
[[subscriptions]]
name = "all"
targets = ["terminal"]
[[subscriptions]]
name = "arte"
targets = ["terminal"]
deliver = "daily 08:00"
match = { platforms = ["Arte"] }
[[subscriptions]]
name = "typo"
targets = ["terminal"]
match.platforms = ["Netflx"]
[[subscriptions]]
name = "ops"
targets = ["terminal"]
operations = true
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    fill(folder)
    (folder / "cocorico.toml").write_text(MINE, encoding="utf-8")
    return folder


def rules(data: Path, *arguments: object) -> Done:
    return call("rules", *arguments, "--data", data)


def test_each_rule_says_what_it_would_have_sent(data: Path) -> None:
    before = (data / "cocorico.db").read_bytes()
    done = rules(data, "check", "--json")
    assert done.code == 1  # one of them can never match
    found: list[Any] = json.loads(done.out)
    assert [(one["subscription"], one["alerts"]) for one in found] == [("all", 2), ("arte", 1), ("typo", 0)]
    everybody, arte, typo = found
    assert sum(day["alerts"] for day in everybody["days"]) == 2
    assert arte["samples"][0]["matched"] == 'platforms: "Arte"'
    assert arte["samples"][0]["timing"] == "digest"
    assert len(arte["digests"]) == 1
    assert typo["flaws"] == [
        {"flaw": "unknown", "never": True, "field": "platforms", "values": ["Netflx"], "near": "Netflix"}
    ]
    assert typo["missed"] == [{"field": "platforms", "stories": 2}]
    assert (data / "cocorico.db").read_bytes() == before


def test_people_read_it_in_their_language(data: Path) -> None:
    english, french = rules(data, "check").out, rules(data, "check", "--lang", "fr", "--samples", 1).out
    assert "Nothing was sent." in english
    assert "Messages: 2; a day: 0.1, at most 1" in english
    assert re.search(r"·{12,13}██|·{12,13}█·*█", english)
    assert 'can never match: platforms names nothing that there is (Netflx); did you mean "Netflix"?' in english
    assert "Held for their hour: 1; messages that they would have become: 1, at 08:00" in english
    assert "n'aurait rien envoyé" in french
    assert "Le Phare" in french
    assert "Les Marées" not in french


def test_what_is_held_goes_out_as_few_messages(data: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(MINE.replace('["terminal"]', '["terminal"]\ndeliver = "cron 0 8 1 1 *"', 1), encoding="utf-8")
    (first, *_) = rules(data, "check", "--config", mine).out.split("arte")
    assert "Messages: 1; a day: 0.1, at most 1 " in first
    assert "Held for their hour: 2" in first


def test_a_rule_is_tried_where_the_secret_to_send_with_is_not(data: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[targets.mail]\nurl_env = "NOT_IN_THIS_SHELL"\n' + MINE.replace("Netflx", "Netflix"), encoding="utf-8"
    )
    for command in (("rules", "check"), ("rules", "diff", mine), ("stories", "list"), ("works",), ("watch", "list")):
        assert call(*command, "--config", mine, "--data", data).code == 0, command
    refused = call("alerts", "list", "--config", mine, "--data", data)
    assert "the environment has neither NOT_IN_THIS_SHELL nor NOT_IN_THIS_SHELL_FILE" in refused.err


def test_only_so_many_days_are_looked_back(data: Path) -> None:
    found = json.loads(rules(data, "check", "--days", 1, "--json").out)
    assert [one["alerts"] for one in found] == [1, 1, 0]


def test_a_new_configuration_is_compared_with_todays(data: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.toml"
    new.write_text(MINE.replace('"Netflx"', '"Netflix"').replace('deliver = "daily 08:00"', ""), encoding="utf-8")
    found = json.loads(rules(data, "diff", new, "--json").out)
    assert [(one["subscription"], one["gained"], one["lost"], one["moved"], one["same"]) for one in found] == [
        ("all", 0, 0, 0, 2),
        ("arte", 0, 0, 1, 0),
        ("typo", 1, 0, 0, 0),
    ]
    shown = rules(data, "diff", new, "--lang", "fr").out
    assert "+ typo: «\u00a0Les Marées\u00a0»" in shown
    mistaken = tmp_path / "mistaken.toml"
    mistaken.write_text("[[subscriptions]]\nname = 'a'", encoding="utf-8")
    refused = rules(data, "diff", mistaken)
    assert refused.code == 1
    assert 'mistaken.toml:1: [[subscriptions]] no. 1: "targets" is missing' in refused.err


def test_presets_are_listed(data: Path) -> None:
    names = [one["name"] for one in json.loads(rules(data, "presets", "--json").out)]
    assert names == ["french-originals", "renewals", "everything", "one-show"]
    shown = rules(data, "presets", "--lang", "fr").out
    assert "créations françaises et renouvellements, dès la rumeur" in shown
    assert 'deliver = "daily 08:00"' in shown


def test_config_check_points_out_what_can_never_match(data: Path) -> None:
    done = call("config", "check", "--data", data)
    assert done.code == 0
    assert 'typo: can never match: platforms names nothing that there is (Netflx); did you mean "Netflix"?' in done.err
    warnings = json.loads(call("config", "check", "--json", "--data", data, "--lang", "fr").out)["warnings"]
    assert [line for line in warnings if line.startswith("typo: ne peut rien donner")]
