"""A webhook in the configuration: its secret stays one, and what is not safe is worth a warning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor import config


def load(folder: Path, text: str, env: Mapping[str, str] = {}) -> config.Config:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return config.load(path, env=env, data_dir=folder)


def test_a_webhook_has_an_address_and_a_secret_that_a_later_way_replaces(tmp_path: Path) -> None:
    text = '[targets.hook]\nkind = "webhook"\nurl = "https://c.example/in"\nsecret = "written-out"'
    env = {"COCORICO__TARGETS__HOOK__SECRET_ENV": "HOOK", "HOOK": "from-the-environment"}
    read = load(tmp_path, text, env)
    (hook,) = [target for target in read.targets if target.name == "hook"]
    assert (hook.kind, hook.url.reveal()) == ("webhook", "https://c.example/in")
    assert hook.secret.reveal() == "from-the-environment"
    assert hook.secret in read.secrets()
    for hidden in ("from-the-environment", "written-out"):
        assert hidden not in repr(read) + json.dumps(read.show())
    plain = load(tmp_path, text)
    assert plain.targets[1].secret.reveal() == "written-out"
    assert "written-out" not in repr(plain) + json.dumps(plain.show())


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ('url = "https://c.example/in"', "messages are not signed"),
        ('url = "http://c.example/in"\nsecret = "x"', "travel unencrypted"),
    ],
)
def test_a_webhook_that_is_not_safe_is_worth_a_warning(keys: str, says: str, tmp_path: Path) -> None:
    assert any(says in warning for warning in load(tmp_path, f'[targets.hook]\nkind = "webhook"\n{keys}').warnings)


@pytest.mark.parametrize("url", ["https://c.example/in", "http://127.0.0.1:8080/in", "http://[::1]/in"])
def test_one_that_is_safe_is_not(url: str, tmp_path: Path) -> None:
    read = load(tmp_path, f'[targets.hook]\nkind = "webhook"\nurl = "{url}"\nsecret = "x"')
    assert [warning for warning in read.warnings if "hook" in warning] == []
