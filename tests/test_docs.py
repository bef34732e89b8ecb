"""Every command and option is documented, and every help text has an example that works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from crawler import RejectReason, SourceKind, Tier
from monitor.cli import app
from monitor.cli.words import LANGUAGES, WORDS, language_of, word
from monitor.cli.words_codes import CODES

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS_PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")

#: Options every command has, documented once at the top.
SHARED = {"--data", "--config", "--lang", "--help", "-h"}

ISSUE = (
    *("run", "replay", "classify", "extract", "trace", "doctor", "demo", "eval", "train", "web"),
    *(
        "sources list",
        "sources check",
        "sources add",
        "sources move",
        "sources keep",
        "sources release",
        "sources remove",
        "sources import",
    ),
    *("sources export", "sources search", "sources show"),
    *("alerts list", "alerts retry", "alerts test", "alerts preview"),
    *("works", "feeds", "scorecard", "export", "import"),
    *("stories list", "stories show", "stories merge", "stories split"),
    *("verdicts add", "verdicts undo", "verdicts list", "verdicts precision", "verdicts export"),
    *("rules check", "rules diff", "rules presets"),
    "why",
    *("watch add", "watch remove", "watch list", "watch import"),
    *("config show", "config check", "db upgrade", "db backup", "db restore"),
)


def commands() -> dict[str, Any]:
    return dict(_walk(typer.main.get_command(app), []))


def _walk(command: Any, path: list[str]) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", {})
    for name, child in children.items():
        yield from _walk(child, [*path, name])
    if not children:
        yield " ".join(path), command


def section(name: str) -> str:
    found = re.search(rf"^## cocorico {re.escape(name)}\n(.*?)(?=^## |\Z)", COMMANDS_PAGE, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def options(command: Any) -> set[str]:
    return {opt for param in command.params for opt in param.opts if opt.startswith("-")} - SHARED


def help_of(*path: str) -> str:
    result = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exit_code == 0, result.output
    return result.output


def test_the_commands_are_those_that_were_promised() -> None:
    assert set(commands()) == set(ISSUE)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_its_section(name: str) -> None:
    text = section(name)
    assert text, f"docs/commands.md has no section for {name}"
    assert f"\ncocorico {name}" in text, f"{name}: its section has no example"


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_is_documented_and_none_that_is_not_there(name: str) -> None:
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section(name), re.MULTILINE))
    assert documented == options(commands()[name])


def test_the_shared_options_are_documented_at_the_top() -> None:
    top = COMMANDS_PAGE.partition("\n## ")[0]
    assert all(f"`{option}" in top for option in ("--data", "--config", "--lang", "--json"))
    root = typer.main.get_command(app)
    assert all(opt in top for param in root.params for opt in param.opts if opt not in {"-h", "--help"})


def test_nothing_is_documented_that_is_gone() -> None:
    assert set(re.findall(r"^## cocorico (.+)$", COMMANDS_PAGE, re.MULTILINE)) == set(commands())


@pytest.mark.parametrize("path", ["", "sources", "stories", "alerts", "verdicts", "config", "db", *sorted(commands())])
def test_every_help_has_an_example(path: str) -> None:
    text = help_of(*path.split())
    assert re.search(r"Examples?:", text)
    assert f"cocorico {path}".strip() in text.partition("Example")[2]


def examples() -> list[str]:
    in_help = [line.strip() for path in commands() for line in (commands()[path].epilog or "").splitlines()]
    in_docs = [line for block in re.findall(r"```\n(.*?)```", COMMANDS_PAGE, re.DOTALL) for line in block.splitlines()]
    usage = re.compile(r"\[|\.\.\.|\b[A-Z]{2,}\b")
    return sorted(
        {
            line.replace("\\[", "[")
            for line in (*in_help, *in_docs)
            if line.startswith("cocorico ") and not usage.search(line)
        }
    )


@pytest.mark.parametrize("line", examples())
def test_every_example_is_a_command_that_exists(line: str) -> None:
    words = shlex.split(re.split(r"[<>|]", line)[0])[1:]
    positional = [one for one in words if not one.startswith("-")]
    name = next((name for name in (" ".join(positional[:2]), *positional[:1]) if name in commands()), "")
    assert name, f"no such command: {line}"
    used = {one for one in words if one.startswith("--")}
    assert used <= options(commands()[name]) | SHARED


def test_there_are_examples() -> None:
    assert len(examples()) > 20


def test_every_phrase_is_there_in_both_languages_with_the_same_places() -> None:
    for key, phrases in WORDS.items():
        assert len(phrases) == len(LANGUAGES), key
        english, french = (set(re.findall(r"{(\w+)}", phrase)) for phrase in phrases)
        assert english == french, key
        assert all(phrases), key


def test_every_code_that_a_table_shows_has_its_words() -> None:
    shown = {f"how.{code}" for code in (*Tier, *RejectReason)} | {f"sort.{code}" for code in SourceKind}
    assert shown == CODES.keys()
    assert [key for key, (english, _) in CODES.items() if english != key.partition(".")[2]] == []


def test_every_phrase_is_used_and_every_used_one_is_there() -> None:
    folder = DOCS.parent / "monitor" / "cli"
    pages = [path for path in folder.glob("*.py") if not path.name.startswith("words")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    by_part = {"check", "trace", "origin", "zone", "verdict", "train", "milestone", "season", "step", "form", "timing"}
    by_part |= {"why", "rules", "watch", "none", "listing", "alarm", "merit", "fetch", "unit", "search", "unread"}
    by_part |= {"refusal", "evidence", "release", "outcome", "result", "event", "state", "job", "from", "how", "sort"}
    literal = set(re.findall(r"""["']([a-z_.]+)["']""", code))
    assert [key for key in WORDS if key not in literal and key.partition(".")[0] not in by_part] == []
    assert set(re.findall(r"""\bword\(\s*["']([a-z_.]+)["']""", code)) - set(WORDS) == set()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_language_is_the_locales(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_phrase_has_its_places_filled_in() -> None:
    assert word("removed", "fr", id="x") == "x retirée."
