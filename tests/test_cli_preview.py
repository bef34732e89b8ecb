"""`cocorico alerts preview`, and what `config check` says of templates: as a user sees them."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archived import fill
from command import call
from pages import Page
from rich.console import Console

from monitor.alerts import examples
from monitor.cli.cards import show_alert
from monitor.cli.session import Session
from monitor.subscribing import Subscription

CONFIG = """
[[subscriptions]]
name = "mine"
targets = ["terminal"]
template = "{template}"
"""


def configured(folder: Path, template: str, **files: str) -> Path:
    (folder / "templates").mkdir()
    for name, text in files.items():
        (folder / "templates" / f"{name.replace('_', '.')}.j2").write_text(text, encoding="utf-8")
    file = folder / "cocorico.toml"
    file.write_text(CONFIG.format(template=template), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("alert", "Nouvelle série Arte : « La Dernière Écluse »"),
        ("update", "Mise à jour : « Les Marées du soir » aura une saison 3"),
        ("digest", "Cocorico · 3 annonces du "),
        ("notice", "Le Courrier des séries ne se lit plus"),
    ],
)
@pytest.mark.parametrize("way", ["terminal", "mail", "chat"])
def test_each_form_is_shown_in_each_way(form: str, says: str, way: str, tmp_path: Path) -> None:
    done = call("--data", tmp_path, "alerts", "preview", "--form", form, "--as", way, "--lang", "fr")
    assert done.code == 0, done.err
    assert says in done.out.replace("\u00a0", " ").replace("∗", "")
    assert done.err == ""


def test_html_goes_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "digest.html"
    done = call("--data", tmp_path, "alerts", "preview", "--form", "digest", "--html", file)
    assert (done.code, done.out) == (0, "")
    assert str(file) in done.err
    assert "3 announcements of" in Page(file.read_text(encoding="utf-8")).shown


def test_a_template_of_ones_own_is_tried(tmp_path: Path) -> None:
    config = configured(tmp_path, "mine", mine_md="Mine: {{ view.stories[0].headline }}")
    done = call("--config", config, "--data", tmp_path, "alerts", "preview", "--as", "chat", "--template", "mine")
    assert "Mine: “La Dernière Écluse”" in done.out
    there = call("--config", config, "--data", tmp_path, "config", "check")
    assert there.code == 0, there.err


def test_a_broken_template_is_named_with_its_line_and_the_message_shown_all_the_same(tmp_path: Path) -> None:
    config = configured(tmp_path, "mine", mine_md="a\nb {{ view.storys[0] }}")
    done = call("--config", config, "--data", tmp_path, "alerts", "preview", "--as", "chat", "--template", "mine")
    assert done.code == 0
    assert "La Dernière Écluse" in done.out
    assert "template mine.md.j2, line 2: " in done.err
    check = call("--config", config, "--data", tmp_path, "config", "check")
    assert check.code == 1
    lines = check.err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("cocorico: template mine.md.j2, line 2: ")
    assert "storys" in lines[0]
    for_programs = call("--config", config, "--data", tmp_path, "config", "check", "--json")
    assert json.loads(for_programs.out)["good"] is False


def test_a_template_that_is_not_there_is_pointed_out(tmp_path: Path) -> None:
    config = configured(tmp_path, "shirt")
    done = call("--config", config, "--data", tmp_path, "config", "check")
    assert done.code == 1
    assert "subscription mine: there is no template 'shirt'; did you mean 'short'?" in done.err
    asked = call("--data", tmp_path, "alerts", "preview", "--template", "nosuch")
    assert asked.code == 1
    assert "there are: short" in asked.err


def test_a_notice_is_of_no_story(tmp_path: Path) -> None:
    done = call("--data", tmp_path, "alerts", "preview", "s-1", "--form", "notice")
    assert done.code == 1
    assert "leave the story out" in done.err


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder whose subscription "renewals" was told of a story, and the story's id."""
    folder = tmp_path_factory.mktemp("told")
    done = fill(folder, [Subscription(name="renewals", targets=("terminal",))])
    (renewed,) = [story.id for story in done.stories if story.title == "Les Marées"]
    return folder, renewed


def test_the_message_that_told_of_a_story_is_shown_with_its_reason(told: tuple[Path, str]) -> None:
    data, story = told
    asked = ("--data", data, "alerts", "preview", story, "--as", "mail")
    english = call(*asked, "--lang", "en").out
    assert "for the subscription “renewals”; kind: Renewal;" in " ".join(english.split())
    for arguments in (asked, (*asked, "--subscription", "renewals")):  # its reader's language is French
        done = call(*arguments)
        assert done.code == 0, done.err
        said = done.out.replace("\u00a0", " ")
        assert "« renewals »" in said
        assert "nature : Renouvellement" in said


def test_a_story_is_shown_with_the_links_that_its_reader_gets(told: tuple[Path, str]) -> None:
    data, story = told
    for way in ("terminal", "mail", "chat"):
        out = call("--data", data, "alerts", "preview", story, "--as", way, "--lang", "en").out
        assert "http://127.0.0.1:8642/verdict/" in out
        assert "✗ Wrong" in out
    off = data / "off.toml"
    off.write_text("[web]\nenabled = false\n", encoding="utf-8")
    assert "/verdict/" not in call("--config", off, "--data", data, "alerts", "preview", story, "--as", "mail").out


def test_a_message_that_nobody_got_is_not_made_up(told: tuple[Path, str]) -> None:
    data, story = told
    for choice in (("--subscription", "nobody"), ("--form", "update")):
        done = call("--data", data, "alerts", "preview", story, *choice)
        assert (done.code, done.out) == (1, "")
        assert f"no such message tells of {story}; `cocorico alerts list` shows" in done.err


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "alert",
            ("Nouvelle série", "« La Dernière Écluse »", "« Les Marées du soir »", "https://cocorico.invalid/article"),
        ),
        ("update", ("Certitude : rumeur → confirmé", "⚠ Saison : 3 (Le Courrier des séries), 4 (Écrans du Nord)")),
        ("digest", ("NOUVELLES CRÉATIONS", "DU NOUVEAU SUR CE QUE VOUS SAVEZ", "Résumé de l’abonnement « test ».")),
        ("notice", ("À regarder", "HTTP 503.", "cocorico sources check courrier-series")),
    ],
)
def test_a_person_at_a_terminal_gets_a_box(name: str, says: tuple[str, ...]) -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=90, color_system="truecolor")
    session = Session(data=None, config_file=None, language="fr", json=False, out=console, err=console)
    show_alert(session, getattr(examples, name)("terminal", "fr", now=datetime(2026, 11, 20, tzinfo=UTC)))
    shown = " ".join(re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─]", "", out.getvalue()).replace("\u00a0", " ").split())
    assert out.getvalue().count("╭") == 1
    for each in says:
        assert each in shown
