"""What every command has in common: exit codes, errors in one line, colours only on a terminal, the language, speed."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, call, environment, run

from monitor.cli.session import printable, to_json

ARTICLE = "Lupin aura une saison 4 sur Netflix\n\nNetflix a confirmé que la série française Lupin aura une saison 4.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def on_terminal(*arguments: object, **env: str) -> str:
    """Run a command on a terminal of 100 columns and give all that it wrote there."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env=environment(TERM="xterm-256color", COLUMNS="100", **env),
    ) as process:
        os.close(follower)
        pieces = []
        try:
            while piece := os.read(leader, 65536):
                pieces.append(piece)
        except OSError:  # how Linux tells the end of a terminal
            pass
        process.wait(30)
    os.close(leader)
    return b"".join(pieces).decode("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nosuch",),
        ("classify",),
        ("classify", "--jobs", "-1", "--jsonl"),
        ("classify", "--nosuch", "x"),
        ("extract",),
        ("trace", "ftp://example.org/x"),
        ("sources", "add", "not an address"),
        ("alerts", "list", "--state", "lost"),
        ("--lang", "de", "config", "check"),
    ],
)
def test_misuse_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.setenv("COCORICO_DATA", str(tmp_path))  # the store of whoever runs the tests is none of theirs
    done = call(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.out == ""


def test_no_arguments_is_help() -> None:
    assert "Commands" in call().out + call().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("classify", "nosuch.txt"), "cannot read nosuch.txt: No such file"),
        (("classify", "--jsonl", "nosuch.jsonl"), "nosuch.jsonl: No such file"),
        (("replay", "nosuch.html"), "nosuch.html: no such file or folder"),
        (("config", "check", "--config", "nosuch.toml"), "nosuch.toml"),
        (("alerts", "test", "nosuch"), 'there is no target "nosuch"'),
        (("db", "restore", "nosuch.db"), "nosuch.db"),
    ],
)
def test_failing_is_1_and_one_line(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = call("--data", tmp_path, *arguments)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("cocorico: ")
    assert done.err.count("\n") == 1
    assert says in done.err


def test_every_mistake_of_a_configuration_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[store]\nurll = ""\n[daemon]\ntick = "soon"\n', encoding="utf-8")
    done = call("--config", file, "--data", tmp_path, "run", "--once")
    assert done.code == 1
    assert [line.startswith("cocorico: ") for line in done.err.splitlines()] == [True, True]
    assert '"url"' in done.err


def test_a_command_in_french_complains_in_french() -> None:
    done = run("classify", "nosuch.txt", LANG="fr_FR.UTF-8")
    assert done.err.startswith("cocorico : ")


def test_options_may_stand_before_or_after_the_command(tmp_path: Path, article: Path) -> None:
    before = call("--lang", "fr", "--data", tmp_path / "a", "db", "upgrade")
    after = call("db", "upgrade", "--lang", "fr", "--data", tmp_path / "b")
    assert "La base est à jour" in before.out
    assert "La base est à jour" in after.out
    assert (tmp_path / "a" / "cocorico.db").exists()
    assert (tmp_path / "b" / "cocorico.db").exists()
    assert "Renouvellement" not in call("--lang", "fr", "classify", article, "--lang", "en").out


def test_the_language_is_the_locales(article: Path) -> None:
    assert "Renouvellement" in run("classify", article, LANG="fr_FR.UTF-8").out
    assert "Renewal" in run("classify", article, LANG="en_US.UTF-8").out


def test_colours_and_boxes_are_for_terminals(article: Path) -> None:
    seen = on_terminal("classify", article)
    assert "\x1b[" in seen
    assert "╭" in seen
    piped = run("classify", article).out
    assert "\x1b" not in piped
    assert "╭" not in piped
    assert "Lupin" in piped


def test_no_color_is_respected(article: Path) -> None:
    assert "\x1b[1;33m" not in on_terminal("classify", article, NO_COLOR="1")


def test_json_is_json_on_a_terminal_too(article: Path) -> None:
    assert on_terminal("classify", "--json", article).startswith("{")


def test_a_text_of_others_cannot_move_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("\x1b]0;owned\x07\x1b[2JLupin aura une saison 4 sur Netflix\n", encoding="utf-8")
    seen = on_terminal("classify", path)
    assert "\x1b[2J" not in seen
    assert "\x1b]0;" not in seen


def test_printable_keeps_what_people_write() -> None:
    assert printable("« L'Été » — 3\u00a0000 €\n2e ligne") == "« L'Été » — 3\u00a0000 €\n2e ligne"
    assert printable("a\x1b[1m\u202eb\u2028c\ud800") == "a [1m b c "


def test_json_escapes_only_what_must_be() -> None:
    assert to_json({"a": "été"}) == '{"a": "été"}'
    assert to_json({"a": "\ud800"}) == '{"a": "\\ud800"}'


def test_whoever_reads_our_output_may_stop(tmp_path: Path) -> None:
    lines = tmp_path / "many.jsonl"
    lines.write_text('{"id": 1, "title": "x", "text": ""}\n' * 20_000, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "classify", "--jsonl", str(lines)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 1
        assert process.stderr.read() == b""
