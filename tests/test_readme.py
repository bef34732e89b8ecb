"""What the first pages promise, in both languages: links, commands, keys and figures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_docs import commands

from monitor.config import load

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.fr.md")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r'(?:\]\(|src=")([^)"#]+)', text(page))
    ours = [link for link in links if not link.startswith("http")]
    assert len(ours) >= 4
    assert [link for link in ours if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists(page: str) -> None:
    named = re.findall(r"cocorico ([a-z]+(?: [a-z]+)?)", text(page))
    assert len(named) >= 4
    known = set(commands())
    assert [name for name in named if not {name, name.split()[0]} & known] == []


@pytest.mark.parametrize("page", PAGES)
def test_its_configuration_is_good(page: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", text(page), re.DOTALL)
    (tmp_path / "cocorico.toml").write_text(example, encoding="utf-8")
    mail = {"COCORICO_MAIL": "mailtos://user:password@smtp.example.org?to=you@example.org"}
    config = load(tmp_path / "cocorico.toml", env=mail, data_dir=tmp_path)
    assert config.subscriptions[0].language == ("fr" if page == "README.fr.md" else "en")


@pytest.mark.parametrize(("page", "words"), [("README.md", "watch {} real outlets"), ("README.fr.md", "{} médias")])
def test_it_counts_the_outlets(page: str, words: str, tmp_path: Path) -> None:
    sources = load(None, env={}, data_dir=tmp_path).sources
    assert words.format(sum(source.enabled for source in sources)) in text(page)


@pytest.mark.parametrize("page", PAGES)
def test_nine_in_ten_is_what_was_measured(page: str) -> None:
    figures = (ROOT / "docs" / "classifier.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:new originals|renewals) \| (0\.\d\d) \| (0\.\d\d) ", figures, re.MULTILINE)
    assert len(rows) == 2
    assert all(0.87 <= float(share) < 0.97 for row in rows for share in row), "say it otherwise"
    assert re.search("[Nn]ine alerts in ten|Neuf alertes sur dix", text(page))
