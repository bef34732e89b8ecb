"""Errors and notes are said in the reader's language: each sentence that the code says has its French one."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import ROOT, call
from hypothesis import given
from hypothesis import strategies as st
from origin import Origin

from monitor.cli import spoken
from monitor.cli.saying import in_words
from monitor.cli.words_errors import ERRORS
from monitor.cli.words_files import FILES
from monitor.cli.words_mistakes import KINDS, MISTAKES
from monitor.cli.words_misuse import MISUSE

#: Where the sentences are made that a command may end with, or that `doctor` and `config check` say.
FILES_OF_OURS = (
    *sorted((ROOT / "monitor/config").glob("[a-z]*.py")),
    *((ROOT / "monitor" / name) for name in ("personal.py", "opml.py", "data.py")),
    *((ROOT / "monitor/store" / name) for name in ("backup.py", "engine.py", "failures.py", "lock.py", "migrate.py")),
    *((ROOT / "monitor/store" / name) for name in ("ties.py", "judging.py")),
    *((ROOT / "monitor/decide" / name) for name in ("verdicts.py", "watchlist.py")),
    *((ROOT / "monitor/cli" / name) for name in ("adding.py", "alerts.py", "offering.py", "preview.py", "sources.py")),
    *((ROOT / "monitor/cli" / name) for name in ("searching.py", "source_card.py", "stories.py", "feeds.py")),
    ROOT / "monitor/alerts/address.py",
)
#: Calls whose text is a sentence for people.
SAYING = re.compile(r"(?:Error|report|warn|miss|_told)$")
#: Assigned to these names, or returned by a function that says what is wrong, a text is such a sentence.
NAMES = frozenset({"says", "why", "wrong", "empty", "_POSTGRES"})
#: Sentences that are never alone, and what is for whoever writes code.
PARTS = (
    "the name 7",
    "not a span of time",
    "this is no OPML list",
    "not a list of patterns",
    "7 was not added by hand",
)


def sentences(file: Path) -> Iterator[str]:
    """Every sentence that a module says, its values filled in."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and SAYING.search(getattr(node.func, "id", getattr(node.func, "attr", ""))):
            yield from (text for argument in node.args if (text := filled(argument)))
        elif isinstance(node, ast.Assign | ast.Return) and _is_said(node, file) and node.value is not None:
            yield from filter(None, [filled(node.value)])


def _is_said(node: ast.Assign | ast.Return, file: Path) -> bool:
    if isinstance(node, ast.Return):
        return file.parent.name == "config" or file.name.startswith("address")
    return any(getattr(one, "id", "") in NAMES for one in node.targets)


def filled(node: ast.expr) -> str:
    """A text of the code with something in each of its places; "" for what is none, or only a name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if " " in node.value.strip() else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = [one.value if isinstance(one, ast.Constant) else value(one) for one in node.values]
    text = "".join(map(str, parts))
    return text if re.search(r"[a-z]{3} [a-z]{2}", text) else ""


def value(node: ast.expr) -> str:
    """What stands for a value: nothing for a hint that may be missing."""
    said = ast.unparse(node.value) if isinstance(node, ast.FormattedValue) else ast.unparse(node)
    return "" if re.search(r"^(?:nearest|_meant|_zone_meant|_near|hint|there|named)(?:\(| or |$)", said) else "7"


def french(text: str) -> bool:
    return in_words(text, "fr") != text


@pytest.mark.parametrize("file", FILES_OF_OURS, ids=lambda file: file.name)
def test_what_a_module_says_has_its_french(file: Path) -> None:
    assert [text for text in sentences(file) if not french(text) and not text.startswith(PARTS)] == []


def test_the_modules_that_say_something_are_found() -> None:
    assert sum(1 for file in FILES_OF_OURS for _ in sentences(file)) > 100


def kinds(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from ([schema["x-says"]] if isinstance(schema.get("x-says"), str) else [])
        for inner in schema.values():
            yield from kinds(inner)


def test_what_the_schema_asks_of_values_has_its_french() -> None:
    schema = json.loads((ROOT / "config" / "cocorico.schema.json").read_text(encoding="utf-8"))
    assert [said for said in kinds(schema) if not french(said)] == []
    moved = [says for one in schema["$defs"].values() for says in one.get("x-moved", {}).values()]
    assert moved
    assert [says for says in moved if not french(says)] == []


def test_both_languages_have_the_same_places_and_commands() -> None:
    for english, said in (*MISTAKES, *KINDS, *ERRORS, *FILES, *MISUSE):
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", said)), said
        assert english.count("`") == said.count("`"), said


@given(st.text(max_size=60))
def test_what_is_not_known_is_said_as_it_is(text: str) -> None:
    assert in_words(f"zzz{text}", "en") == f"zzz{text}"
    in_words(text, "fr")


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (
            'a.toml:3: [crawl] delay: must be a number of seconds, or text such as "30s", "15m", not true',
            'a.toml:3: [crawl] delay: doit être un nombre de secondes, ou un texte tel que "30s", "15m", pas true',
        ),
        (
            'x.toml:9: [[subscriptions]] no. 2: targets: there is no [targets.mial]; did you mean "mail"?',
            'x.toml:9: [[subscriptions]] n° 2: targets: il n\'y a pas de [targets.mial] ; vouliez-vous dire "mail" ?',
        ),
        (
            "/d/x-lock: No space left on device; check that the folder exists and has room",
            "/d/x-lock: plus de place sur le disque ; vérifiez que le dossier existe et a de la place",
        ),
        (
            "good was not added by hand: switch it off under [sources] disable",
            "good n'a pas été ajoutée à la main : désactivez-la sous [sources] disable",
        ),
        (
            "/x.opml can't be read: No such file or directory",
            "/x.opml est illisible : aucun fichier ni dossier de ce nom",
        ),
        ("https://a.example: larger than 9 bytes; not read", "https://a.example\u00a0: plus de 9 octets\u00a0; pas lu"),
    ],
)
def test_the_place_of_a_mistake_stays_and_the_rest_is_said(english: str, said: str) -> None:
    assert in_words(english, "fr") == said


@pytest.mark.parametrize(
    ("arguments", "language"),
    [(["doctor", "--lang", "fr"], "fr"), (["--lang=fr", "doctor"], "fr"), (["--lang", "en"], "en"), (["--lang"], "en")],
)
def test_errors_are_said_in_the_language_that_was_asked_for(
    arguments: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert spoken(arguments) == language


def test_config_check_and_doctor_say_all_mistakes_in_french(tmp_path: Path) -> None:
    file = tmp_path / "cocorico.toml"
    file.write_text('[crawl]\ntimeuot = "3s"\ndelay = true\n[web]\nhost = "chez moi"\n', encoding="utf-8")
    done = call("config", "check", "--data", tmp_path, "--lang", "fr")
    assert done.code == 1
    assert 'clé inconnue ; vouliez-vous dire "timeout" ?' in done.err
    assert "doit être un nombre de secondes" in done.err
    assert "doit être une adresse telle que" in done.err
    assert not re.search(r"\b(?:must|unknown|such as|not)\b", done.err)
    found = call("doctor", "--data", tmp_path, "--lang", "fr")
    assert "clé inconnue ; vouliez-vous dire" in found.out
    assert not re.search(r"\b(?:must|unknown|such as)\b", found.out)


def test_notes_on_a_configuration_are_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "cocorico.toml").write_text("[crawl]\nobey_robots = false\n[sources]\ncatalogue = false\n")
    done = call("config", "check", "--data", tmp_path, "--lang", "fr")
    assert "robots.txt est ignoré" in done.err
    assert "encore celui du projet" in done.err
    assert "aucune source n'est active" in done.err


def test_a_damaged_store_and_the_model_are_told_of_in_french(tmp_path: Path) -> None:
    (tmp_path / "cocorico.toml").write_text("[sources]\ncatalogue = false\n")
    (tmp_path / "cocorico.db").write_bytes(b"no database at all, and long enough to be read as one" * 40)
    (tmp_path / "personal-model-about.json").write_text("{")
    done = call("doctor", "--data", tmp_path, "--lang", "fr")
    assert "le fichier n'est pas une base de données ; choisissez un autre chemin" in done.out
    assert "le modèle livré ; le vôtre est illisible" in done.out
    listed = call("stories", "list", "--data", tmp_path, "--lang", "fr")
    assert "le fichier n'est pas une base de données" in listed.err


def test_a_store_of_another_program_is_told_of_in_french(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cocorico.db") as connection:
        connection.execute("CREATE TABLE entries (id INTEGER)")
    connection.close()
    assert "celle d'un autre programme" in call("stories", "list", "--data", tmp_path, "--lang", "fr").err


def test_a_server_that_answers_is_reached_whatever_it_says(tmp_path: Path) -> None:
    with Origin() as origin:
        source = f'[[source]]\nid = "a"\nurl = "{origin.url("/feed")}"\nkind = "feed"\nlanguage = "fr"\n'
        (tmp_path / "cocorico.toml").write_text(
            f'[crawl]\nallow_addresses = ["127.0.0.1"]\n[sources]\ncatalogue = false\n{source}', encoding="utf-8"
        )
        done = call("doctor", "--data", tmp_path, "--lang", "fr")
    assert "✓ réseau : 1 sources sur 1 répondent" in done.out
    assert "✓ configuration : " in done.out
