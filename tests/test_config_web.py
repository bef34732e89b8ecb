"""[web]: on for this machine alone, links only where they lead somewhere, mistakes in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import config
from monitor.config import ConfigError, WebConfig


def load(folder: Path, text: str) -> config.Config:
    path = folder / "mine.toml"
    path.write_text(f'[crawl]\ncontact = "me@example.org"\n[web]\n{text}\n', encoding="utf-8")
    return config.load(path, env={}, data_dir=folder)


def test_it_is_on_for_this_machine_alone(tmp_path: Path) -> None:
    web = load(tmp_path, "").web
    assert web == WebConfig()
    assert web.enabled
    assert web.local
    assert web.base_url == "http://127.0.0.1:8642"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("enabled = false", ""),
        ('host = "::1"\nport = 1234', "http://[::1]:1234"),
        ('host = "localhost"', "http://localhost:8642"),
        ('host = "0.0.0.0"', ""),
        ('host = "0.0.0.0"\npublic_url = "https://cocorico.example.org/"', "https://cocorico.example.org"),
        ('public_url = "https://example.org/cocorico"', "https://example.org/cocorico"),
        ('enabled = false\npublic_url = "https://example.org"', ""),
    ],
)
def test_links_lead_where_somebody_answers(tmp_path: Path, text: str, base: str) -> None:
    assert load(tmp_path, text).web.base_url == base


def test_a_public_address_is_not_this_machine_alone(tmp_path: Path) -> None:
    assert not load(tmp_path, 'public_url = "https://example.org"').web.local


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('host = "cocorico.lan"', "[web] host: must be an address"),
        ('host = ""', "[web] host: must not be empty"),
        ("port = 0", "[web] port: must be from 1 to 65535"),
        ('public_url = "cocorico.example.org"', "[web] public_url: must be a web address"),
        ('public_url = "ftp://example.org"', "[web] public_url: must be a web address"),
        ('public_url = "https://me:secret@example.org"', "[web] public_url: must be a web address"),
        ('public_url = "https://example.org/?a"', "[web] public_url: must be a web address"),
        ('public_url = "https://[::1"', "[web] public_url: must be a web address"),
        ('names = ["cocorico.lan:8642"]', "[web] names: "),
        ('names = ["a", "é"]', "[web] names: "),
    ],
)
def test_mistakes_have_their_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert [says in mistake for mistake in caught.value.mistakes] == [True]
    assert caught.value.mistakes[0].startswith("mine.toml:")
    assert "secret" not in caught.value.mistakes[0]


def test_pages_that_others_can_read_are_worth_a_warning(tmp_path: Path) -> None:
    assert ["[web] host" in warning for warning in load(tmp_path, 'host = "0.0.0.0"').warnings] == [True]
    assert load(tmp_path, 'enabled = false\nhost = "0.0.0.0"').warnings == ()
    assert load(tmp_path, 'names = ["Cocorico.lan"]').web.names == ("cocorico.lan",)
