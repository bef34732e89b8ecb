"""`cocorico export` and `cocorico import`, as commands."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import call, run
from fakes import NOON, a_story, an_entry

from monitor.store import Store, entries, stories
from monitor.vocabulary import Outcome


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an old entry, a new one, and a story."""
    folder = tmp_path / "data"
    folder.mkdir()
    with Store.open(f"sqlite:///{folder}/cocorico.db") as store, store.write() as tx:
        for n, seen in ((1, datetime(2026, 1, 31, 23, 59, tzinfo=UTC)), (2, datetime(2026, 2, 1, tzinfo=UTC))):
            entries.add(tx, an_entry(n), now=seen, outcome=Outcome.NOTHING, reason="nothing")
        stories.save(tx, a_story(first_seen=NOON), article_url=an_entry(2).url)
    return folder


def tables(document: bytes) -> list[str]:
    return [json.loads(line)["table"] for line in document.splitlines()[1:-1]]


def test_there_and_back_is_the_same_to_the_byte(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.ndjson", tmp_path / "two.ndjson"
    done = call("export", first, "--data", data)
    assert (done.code, done.out.strip()) == (0, f"Saved to {first}, lines: 3.")
    assert first.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("*.part")] == []
    done = call("import", first, "--data", tmp_path / "new")
    assert done.code == 0, done.err
    assert "stories" in done.out
    call("export", second, "--data", tmp_path / "new")
    assert second.read_bytes() == first.read_bytes()
    again = call("import", first, "--data", tmp_path / "new", "--json")
    assert json.loads(again.out) == {"added": {}, "known": {"entries": 2, "stories": 1}}


def test_standard_output_gets_the_lines_and_nothing_else(data: Path) -> None:
    done = run("export", "--data", data, "--since", "2026-02-01")
    assert done.code == 0, done.err
    assert sorted(tables(done.out.encode())) == ["entries", "stories"]
    assert json.loads(done.out.splitlines()[0])["since"] == "2026-02-01T00:00:00Z"


def test_a_damaged_file_changes_nothing_and_is_named_with_its_line(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.ndjson"
    call("export", file, "--data", data)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:2], b"{oops\n", *lines[3:]]))
    done = call("import", file, "--data", tmp_path / "new", "--lang", "en")
    assert done.code == 1
    assert "one.ndjson, line 3: this is no JSON" in done.err
    assert not (tmp_path / "new" / "cocorico.db").exists()


def test_what_is_missing_or_no_date_is_said(data: Path, tmp_path: Path) -> None:
    done = call("import", tmp_path / "gone.ndjson", "--data", data)
    assert done.code == 1
    assert "gone.ndjson" in done.err
    assert call("export", "--since", "yesterday", "--data", data).code == 2
