"""`cocorico feeds`: the addresses it prints are those that are served."""

from __future__ import annotations

import json
from pathlib import Path

from command import call


def configured(folder: Path, web: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(f"[web]\n{web}\n", encoding="utf-8")
    return file


def test_on_this_machine_no_key_is_needed(tmp_path: Path) -> None:
    done = call("feeds", "--data", tmp_path, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found["all"]["ics"] == "http://127.0.0.1:8642/feeds/all.ics"
    assert list(found) == ["all", "french-originals"]
    assert "http://127.0.0.1:8642/feeds/french-originals.rss" in call("feeds", "--data", tmp_path).out


def test_where_others_can_ask_each_address_has_its_own_key(tmp_path: Path) -> None:
    file = configured(tmp_path, 'public_url = "https://c.example/path"')
    found = json.loads(call("feeds", "--data", tmp_path, "--config", file, "--json").out)
    assert found["all"]["atom"].startswith("https://c.example/path/feeds/all.atom?key=")
    keys = {forms["atom"].partition("key=")[2] for forms in found.values()}
    assert len(keys) == len(found) == 2
    again = json.loads(call("feeds", "--data", tmp_path, "--config", file, "--json").out)
    assert again == found


def test_feeds_that_are_served_nowhere_have_no_address(tmp_path: Path) -> None:
    done = call("feeds", "--data", tmp_path, "--config", configured(tmp_path, "enabled = false"))
    assert done.code == 1
    assert "set [web] enabled" in done.err
