"""Configuration: defaults, file and environment laid over one another, and every mistake told at once."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler import SourceKind
from monitor import config
from monitor.config import Config, ConfigError
from monitor.subscribing import Subscription
from monitor.types import Source
from monitor.vocabulary import FetchPolicy, Kind, Origin

CANARY = "c4n4ry-s3cret"


def load(tmp_path: Path, text: str | None = None, env: Mapping[str, str] | None = None) -> Config:
    path = None
    if text is not None:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    return config.load(path, env=env or {}, data_dir=tmp_path)


def source(read: Config, name: str) -> Source:
    return next(each for each in read.sources if each.id == name)


# ---- Defaults ----


def test_the_defaults_need_nothing(tmp_path: Path) -> None:
    read = load(tmp_path)
    assert read.data_dir == tmp_path
    assert read.store.url == f"sqlite:///{tmp_path}/cocorico.db"
    assert read.news.fresh_days == 2
    assert read.crawl.limits.delay == 10.0
    assert read.crawl.limits.page_bytes == 10 * 1024 * 1024
    assert read.daemon.tick == timedelta(seconds=5)
    assert [target.name for target in read.targets] == ["terminal"]
    assert read.file is None
    assert list(tmp_path.iterdir()) == []


def test_the_default_subscription_is_french_originals_and_renewals(tmp_path: Path) -> None:
    (subscription,) = load(tmp_path).subscriptions
    assert subscription == Subscription(name="french-originals", targets=("terminal",))
    assert subscription.match.kinds == {Kind.NEW_ORIGINAL, Kind.RENEWAL}
    assert subscription.match.origins == {Origin.FRENCH}


def test_the_default_user_agent_is_honest_and_asks_for_a_contact_of_your_own(tmp_path: Path) -> None:
    read = load(tmp_path)
    assert read.crawl.limits.user_agent == f"CocoricoBot/0.1 (+{read.crawl.contact})"
    assert read.crawl.contact_is_default
    assert any("contact" in warning for warning in read.warnings)
    mine = load(tmp_path, '[crawl]\ncontact = "me@example.org"')
    assert mine.crawl.limits.user_agent == "CocoricoBot/0.1 (+me@example.org)"
    assert not mine.crawl.contact_is_default
    assert mine.warnings == ()


def test_the_default_data_folder_is_the_platforms_and_variables_move_it(tmp_path: Path) -> None:
    assert config.load(None, env={}).data_dir == config.default_data_dir()
    assert config.load(None, env={"COCORICO_DATA": str(tmp_path)}).data_dir == tmp_path
    assert config.load(None, env={"COCORICO_DATA": "/nowhere"}, data_dir=tmp_path).data_dir == tmp_path


# ---- Layers ----


def test_the_file_replaces_key_by_key_and_lists_whole(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        """
        [crawl]
        delay = "1m"
        page_mb = 0.5
        [news]
        fresh_days = 3
        [[subscriptions]]
        name = "all"
        targets = ["terminal"]
        match = { kinds = [], works = ["Lupin"] }
        """,
    )
    assert read.crawl.limits.delay == 60.0
    assert read.crawl.limits.page_bytes == 512 * 1024
    assert read.crawl.limits.timeout == 20.0
    assert read.news.fresh_days == 3
    (subscription,) = read.subscriptions
    assert subscription.match.kinds == frozenset()  # an empty list means any
    assert subscription.match.works == ("Lupin",)
    assert subscription.match.origins == {Origin.FRENCH}  # left out means the default


def test_the_environment_replaces_the_file(tmp_path: Path) -> None:
    env = {
        "COCORICO__CRAWL__DELAY": "2.5",
        "COCORICO__CRAWL__TIMEOUT": "30s",
        "COCORICO__CRAWL__CHILDREN": "2",
        "COCORICO__CRAWL__OBEY_ROBOTS": "no",
        "COCORICO__CRAWL__ALLOW_ADDRESSES": "127.0.0.0/8, ::1/128",
        "COCORICO__SOURCES__DISABLE": '["bfmtv-series", "ozap"]',
        "COCORICO__SOURCES__ENABLE": "",
        "COCORICO__LOG__LEVEL": "debug",
        "COCORICO_OTHER": "not ours",
    }
    read = load(tmp_path, '[crawl]\ndelay = 5\n[log]\nformat = "json"\n[sources]\nenable = ["cnews"]', env)
    assert read.crawl.limits.delay == 2.5
    assert read.crawl.limits.timeout == 30.0
    assert read.crawl.children == 2
    assert not read.crawl.limits.obey_robots
    assert read.crawl.limits.allow_addresses == ("127.0.0.0/8", "::1/128")
    assert (read.log.level, read.log.format) == ("debug", "json")
    assert not source(read, "bfmtv-series").enabled
    assert not source(read, "cnews").enabled


@pytest.mark.parametrize("text", ["true", "yes", "on", "1", "TRUE"])
def test_a_variable_says_yes_in_many_ways(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, "[daemon]\nself_check = false", {"COCORICO__DAEMON__SELF_CHECK": text}).daemon.self_check


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90.0), ("90s", 90.0), ("1.5m", 90.0), ("500ms", 0.5), ("1 h", 3600.0)]
)
def test_spans(tmp_path: Path, text: str, seconds: float) -> None:
    assert load(tmp_path, env={"COCORICO__CRAWL__DELAY": text}).crawl.limits.delay == seconds


def test_which_file_is_read(tmp_path: Path) -> None:
    assert load(tmp_path).file is None
    usual, other, asked = tmp_path / "cocorico.toml", tmp_path / "other.toml", tmp_path / "asked.toml"
    for days, path in enumerate((usual, other, asked), start=5):
        path.write_text(f"[news]\nfresh_days = {days}\n")
    env = {"COCORICO_CONFIG": str(other)}
    assert config.load(None, env={}, data_dir=tmp_path).news.fresh_days == 5
    assert config.load(None, env=env, data_dir=tmp_path).news.fresh_days == 6
    assert config.load(asked, env=env, data_dir=tmp_path).news.fresh_days == 7
    with pytest.raises(ConfigError, match=r"gone\.toml: can't read the configuration: No such file"):
        config.load(tmp_path / "gone.toml", env={}, data_dir=tmp_path)


def test_show_gives_every_value_with_its_origin_and_no_secret(tmp_path: Path) -> None:
    text = f"""
    [news]
    fresh_days = 3
    [store]
    url = "postgresql://me:{CANARY}@db.example.org/cocorico"
    [targets.phone]
    url = "ntfys://{CANARY}"
    """
    read = load(tmp_path, text, {"COCORICO__LOG__LEVEL": "debug"})
    shown: Any = read.show()
    assert shown["crawl"]["delay"] == {"value": "10s", "origin": "default"}
    assert shown["news"]["fresh_days"] == {"value": 3, "origin": "file"}
    assert shown["log"]["level"] == {"value": "debug", "origin": "env"}
    assert shown["source"] == {"value": [], "origin": "default"}
    assert shown["targets"]["phone"]["url"] == {"value": "***", "origin": "file"}
    assert shown["store"]["url"]["value"] == "postgresql://***@db.example.org/cocorico"
    assert {"store", "daemon", "delivery", "sources", "subscriptions", "data_dir"} < set(shown)
    assert CANARY not in json.dumps(shown) + repr(read)
    shown["news"].clear()
    assert read.show()["news"]


# ---- Secrets ----


def test_a_target_by_value_by_variable_or_by_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"discord://1/{CANARY}\n")
    text = """
    [targets.a]
    url = "json://localhost"
    [targets.b]
    url_env = "B_URL"
    [targets.c]
    url_file = "token"
    [targets.d]
    url_env = "D_URL"
    """
    env = {"B_URL": f"ntfys://{CANARY}", "D_URL_FILE": str(tmp_path / "token")}
    read = load(tmp_path, text, {**env, "COCORICO__TARGETS__E_F__URL": f"json://{CANARY}"})
    urls = {target.name: target.url.reveal() for target in read.targets}
    assert urls == {
        "terminal": "",
        "a": "json://localhost",
        "b": f"ntfys://{CANARY}",
        "c": f"discord://1/{CANARY}",
        "d": f"discord://1/{CANARY}",
        "e_f": f"json://{CANARY}",
    }
    assert CANARY not in repr(read)
    assert {secret.reveal() for secret in read.secrets()} == set(urls.values()) - {""}


def test_the_store_by_variable(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://me:{CANARY}@db.example.org/cocorico"
    read = load(tmp_path, '[store]\nurl_env = "DB"', {"DB": url})
    assert read.store.url == url
    assert [secret.reveal() for secret in read.secrets()] == [url]
    assert CANARY not in repr(read) + json.dumps(read.show())


def test_a_later_way_to_give_a_secret_replaces_an_earlier_one(tmp_path: Path) -> None:
    text = '[targets.my-phone]\nurl_file = "gone"'
    read = load(tmp_path, text, {"COCORICO__TARGETS__MY_PHONE__URL": "json://localhost"})
    assert read.targets[1].name == "my-phone"
    assert read.targets[1].url.reveal() == "json://localhost"


def test_what_sends_nothing_does_without_the_secrets_of_targets_only(tmp_path: Path) -> None:
    (path := tmp_path / "mine.toml").write_text(
        '[targets.a]\nurl_env = "GONE"\n[targets.b]\nurl_file = "gone"\n'
        '[targets.c]\nkind = "webhook"\nurl = "https://c.example"\nsecret_env = "GONE"\n',
        encoding="utf-8",
    )
    path.chmod(0o600)
    read = config.load(path, env={}, data_dir=tmp_path, sends=False)
    assert [one.name for one in read.targets] == ["terminal", "a", "b", "c"]
    assert sum("GONE" in one or "gone" in one for one in read.warnings) == 3
    path.write_text('[store]\nurl_env = "GONE"', encoding="utf-8")
    with pytest.raises(ConfigError, match="neither GONE"):
        config.load(path, env={}, data_dir=tmp_path, sends=False)


def test_a_secret_that_others_can_read_is_worth_a_warning(tmp_path: Path) -> None:
    text = '[crawl]\ncontact = "me@example.org"\n[targets.phone]\nurl = "json://localhost"'
    assert load(tmp_path, text).warnings == ()
    path = tmp_path / "mine.toml"
    path.chmod(stat.S_IRUSR | stat.S_IRGRP)
    (warning,) = config.load(path, env={}, data_dir=tmp_path).warnings
    assert warning.startswith("mine.toml:4: [targets.phone] url: others on this machine may read")


# ---- Sources ----


def test_sources_are_switched_by_id(tmp_path: Path) -> None:
    read = load(tmp_path, '[sources]\nenable = ["cnews"]\ndisable = ["bfmtv-series"]')
    assert source(read, "cnews").enabled
    assert not source(read, "bfmtv-series").enabled
    assert source(read, "ozap").enabled


def test_without_the_catalogue_only_what_is_asked_for_is_polled(tmp_path: Path) -> None:
    read = load(tmp_path, '[sources]\ncatalogue = false\nenable = ["bfmtv-series"]')
    assert [each.id for each in read.sources if each.enabled] == ["bfmtv-series"]
    assert any("no source is enabled" in each for each in load(tmp_path, "[sources]\ncatalogue = false").warnings)


def test_a_source_of_ones_own(tmp_path: Path) -> None:
    text = """
    [[source]]
    id = "mine"
    url = "http://127.0.0.1:8000/feed.xml"
    kind = "feed"
    language = "en"
    interval = "5m"
    deny = ['/video/']
    fetch = "never"
    [[source]]
    id = "lemonde-series"
    licence = true
    fetch = "all"
    """
    read = load(tmp_path, text)
    mine = source(read, "mine")
    assert (mine.name, mine.outlet, mine.kind, mine.enabled) == ("mine", "mine", SourceKind.FEED, True)
    assert (mine.interval, mine.deny, mine.fetch) == (timedelta(minutes=5), ("/video/",), FetchPolicy.NEVER)
    changed, before = source(read, "lemonde-series"), source(load(tmp_path), "lemonde-series")
    assert (changed.licence, changed.fetch) == (True, FetchPolicy.ALL)
    assert (changed.url, changed.enabled, changed.notes) == (before.url, before.enabled, before.notes)
