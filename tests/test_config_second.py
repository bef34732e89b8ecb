"""[second_reader]: off by default, an address in every usual form, its key by reference, mistakes in one line."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from monitor import config
from monitor.config import Config, ConfigError, SecondReaderConfig

KEY = "sk-canary-4711"
ON = '[crawl]\ncontact = "me@example.org"\n[second_reader]\nurl = "http://localhost:11434/v1"\nmodel = "small"\n'


def load(folder: Path, text: str, env: dict[str, str] | None = None) -> Config:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    return config.load(path, env=env or {}, data_dir=folder)


def mistakes(folder: Path, text: str, env: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, env)
    return caught.value.mistakes


def test_it_is_off_unless_it_has_an_address(tmp_path: Path) -> None:
    assert load(tmp_path, "").second_reader == SecondReaderConfig()
    assert load(tmp_path, '[second_reader]\nmodel = "small"').second_reader.url == ""
    assert load(tmp_path, ON).second_reader == SecondReaderConfig(
        url="http://localhost:11434/v1/chat/completions", model="small"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://localhost:8080", "http://localhost:8080/v1/chat/completions"),
        ("http://localhost:8080/", "http://localhost:8080/v1/chat/completions"),
        ("https://api.example.org/v1/", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/openai", "https://api.example.org/openai/chat/completions"),
        ("http://[::1]:8080/v1/chat/completions", "http://[::1]:8080/v1/chat/completions"),
    ],
)
def test_an_address_may_be_given_whole_or_as_a_base(tmp_path: Path, written: str, meant: str) -> None:
    assert load(tmp_path, ON, {"COCORICO__SECOND_READER__URL": written}).second_reader.url == meant


def test_every_key_can_come_from_a_variable(tmp_path: Path) -> None:
    env = {
        "COCORICO__SECOND_READER__URL": "http://localhost:1/v1",
        "COCORICO__SECOND_READER__MODEL": "large",
        "COCORICO__SECOND_READER__BAND": "0.4, 0.9",
        "COCORICO__SECOND_READER__TIMEOUT": "1m",
        "COCORICO__SECOND_READER__PER_MONTH": "50",
    }
    read = load(tmp_path, "", env).second_reader
    assert (read.model, read.band, read.timeout, read.per_month) == ("large", (0.4, 0.9), 60.0, 50)
    listed = load(tmp_path, ON, {"COCORICO__SECOND_READER__BAND": "[0.2, 0.5]"})
    assert listed.second_reader.band == (0.2, 0.5)


@pytest.mark.parametrize(
    ("line", "env"),
    [
        (f'key = "{KEY}"', {}),
        ('key_env = "SECOND"', {"SECOND": KEY}),
        ('key_env = "SECOND"', {"SECOND_FILE": "{folder}/key"}),
        ('key_file = "key"', {}),
        ('key = "other"', {"COCORICO__SECOND_READER__KEY_FILE": "{folder}/key"}),
        ('key_env = "GONE"', {"COCORICO__SECOND_READER__KEY": KEY}),
    ],
)
def test_the_key_by_value_by_variable_or_by_file_is_never_shown(tmp_path: Path, line: str, env: dict[str, str]) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    read = load(tmp_path, ON + line, {name: value.format(folder=tmp_path) for name, value in env.items()})
    assert read.second_reader.key.reveal() == KEY
    assert [secret.reveal() for secret in read.secrets()] == [KEY]
    assert KEY not in repr(read) + json.dumps(read.show())
    assert read.warnings == ()


def test_a_key_that_is_not_there_is_shown_as_none(tmp_path: Path) -> None:
    shown: Any = load(tmp_path, ON).show()["second_reader"]
    assert shown["key"] == {"value": "", "origin": "default"}
    assert shown["url"] == {"value": "http://localhost:11434/v1", "origin": "file"}
    hidden: Any = load(tmp_path, ON + f'key = "{KEY}"').show()["second_reader"]
    assert hidden["key"] == {"value": "***", "origin": "file"}


def test_a_key_that_others_can_read_or_that_travels_open_is_worth_a_warning(tmp_path: Path) -> None:
    text = ON.replace("localhost", "llm.example.org") + f'key = "{KEY}"'
    (open_,) = load(tmp_path, text).warnings
    assert open_ == "mine.toml:4: [second_reader] url: the key travels unencrypted: use https"
    path = tmp_path / "mine.toml"
    path.chmod(0o644)
    (readable, _) = config.load(path, env={}, data_dir=tmp_path).warnings
    assert readable.endswith("others on this machine may read this secret: chmod 600 mine.toml, or use key_file")
    assert KEY not in readable


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ON.replace('"small"', '""'), "model: must name the model to ask, since url is set"),
        (ON.replace("http:", "ftp:"), "url: must be a web address such as"),
        (ON.replace("localhost:11434", "localhost:x"), "url: must be a web address such as"),
        (ON.replace("/v1", "/v1?key=a"), "url: must be a web address such as"),
        (ON.replace("localhost", f"me:{KEY}@localhost"), "url: must hold no user or password; give the key by key_e"),
        (ON + "band = [0.75, 0.35]", "band: must be two numbers, the lower one first, such as [0.35, 0.75]"),
        (ON + "band = [0.5]", "band: must be two numbers"),
        (ON + "band = [0.5, 0.5]", "band: must be two numbers"),
        (ON + "per_month = -1", "per_month: must be from 0 to 1000000"),
        (ON + 'timeout = "10m"', "timeout: must be from 1 to 120 seconds"),
        (ON + 'key_env = "GONE"', "key_env: the environment has neither GONE nor GONE_FILE"),
        (ON + 'key_file = "gone"', "key_file: can't read"),
        (ON + f'key = "{KEY}é"', "key: must be plain ASCII: a header can't carry anything else"),
        (ON + f'key = "{KEY}\\nx"', "key: holds line breaks or control characters"),
        (ON + f'key = ["{KEY}"]', "key: must be text in quotes"),
        (ON + "api_key = 1", "api_key: unknown key; "),
    ],
)
def test_a_mistake_is_told_in_one_line_that_quotes_no_key(tmp_path: Path, text: str, says: str) -> None:
    (line,) = mistakes(tmp_path, text)
    assert line.startswith("mine.toml:")
    assert f"[second_reader] {says}" in line
    assert KEY not in line
