"""Every mistake in the configuration is told at once, in one line that says what, where, and what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import config
from monitor.config import ConfigError
from monitor.data import folder

SCHEMA: dict[str, Any] = json.loads((folder("config") / "cocorico.schema.json").read_text(encoding="utf-8"))
CANARY = "c4n4ry-s3cret"


def mistakes(tmp_path: Path, text: str = "", env: Mapping[str, str] | None = None) -> list[str]:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(path, env=env or {}, data_dir=tmp_path)
    assert str(caught.value).splitlines() == list(caught.value.mistakes)
    return list(caught.value.mistakes)


MISTAKES = [
    # Unknown keys, and the nearest right one.
    ("[crawl]\ndely = 3", 'mine.toml:2: [crawl] dely: unknown key; did you mean "delay"?'),
    ("[crawl]\nDelay = 3", 'mine.toml:2: [crawl] Delay: unknown key; did you mean "delay"?'),
    ("\n[crawler]\ndelay = 3", 'mine.toml:2: [crawler]: unknown key; did you mean "crawl"?'),
    ("[crawl]\nfresh_days = 3", "mine.toml:2: [crawl] fresh_days: unknown key; did you mean [news] fresh_days?"),
    ("[log]\nxyzzy = 3", "mine.toml:2: [log] xyzzy: unknown key; there are: level, format"),
    ("crawl.dely = 3", 'mine.toml:1: [crawl] dely: unknown key; did you mean "delay"?'),
    (
        '[[source]]\nid = "a"\nurl = "https://a.fr"\nkind = "feed"\nlanguage = "fr"\nalow = []',
        'mine.toml:6: [[source]] no. 1: alow: unknown key; did you mean "allow"?',
    ),
    # Types and ranges.
    ('[crawl]\nchildren = "2"', 'mine.toml:2: [crawl] children: must be a whole number, not "2"'),
    ("[crawl]\nchildren = true", "mine.toml:2: [crawl] children: must be a whole number, not true"),
    ("[crawl]\nchildren = 0", "mine.toml:2: [crawl] children: must be from 1 to 32, not 0"),
    ("[crawl]\npage_mb = inf", "mine.toml:2: [crawl] page_mb: must be from 0.1 to 100, not Infinity"),
    ("[crawl]\npage_mb = nan", "mine.toml:2: [crawl] page_mb: must be from 0.1 to 100, not NaN"),
    ('[crawl]\ntimeout = "1d"', 'mine.toml:2: [crawl] timeout: must be from 1 to 300 seconds, not "1d"'),
    (
        '[crawl]\ndelay = "fast"',
        'mine.toml:2: [crawl] delay: "fast" must be a number of seconds, or text such as "30s", "15m", "2h" or "1d"',
    ),
    ("[crawl]\nca_file = 3", "mine.toml:2: [crawl] ca_file: must be text in quotes, not 3"),
    (
        "[log]\nlevel = 'warn'",
        'mine.toml:2: [log] level: "warn" is not one of debug, info, warning, error; did you mean',
    ),
    ("crawl = 3", "mine.toml:1: [crawl]: must be a table, not 3"),
    ("[subscriptions]\nname = 'a'", 'mine.toml:1: [subscriptions]: must be a list, not {"name": "a"}'),
    ("[crawl]\ntimeout = 90", "mine.toml:2: [crawl] timeout: deadline (60s) must be longer than timeout (90)"),
    ("[crawl]\ndeadline = 5", "mine.toml:2: [crawl] deadline: deadline (5) must be longer than timeout (20s)"),
    (
        "[news]\nretention_days = 10\nfresh_days = 20",
        "mine.toml:2: [news] retention_days: retention_days (10) must be more than fresh_days (20)",
    ),
    # Formats.
    (
        '[crawl]\ncontact = "me"',
        "mine.toml:2: [crawl] contact: must be a web or e-mail address where outlets reach you",
    ),
    ('[crawl]\nuser_agent = "Scrapy/2 (+http://a.fr)"', 'mine.toml:2: [crawl] user_agent: must not hold "Scrapy"'),
    ('[crawl]\nuser_agent = "MyBot/1"', "mine.toml:2: [crawl] user_agent: must name a web or e-mail address"),
    ('[crawl]\nuser_agent = "a\\nb http://a"', "mine.toml:2: [crawl] user_agent: must be plain ASCII on one line"),
    ('[crawl]\nallow_addresses = ["10.0.0.1/8"]', "mine.toml:2: [crawl] allow_addresses no. 1: "),
    ('[crawl]\nca_file = "gone.pem"', "mine.toml:2: [crawl] ca_file: there is no file "),
    ('[store]\nurl = "mysql://a/b"', "mine.toml:2: [store] url: must start with sqlite:/// or postgresql://"),
    # Targets and subscriptions.
    ("[targets.a]", "mine.toml:1: [targets.a]: needs exactly one of url, url_env, url_file"),
    (
        '[targets.a]\nurl = "json://a"\nurl_env = "A"',
        "mine.toml:1: [targets.a]: needs exactly one of url, url_env, url_file",
    ),
    (
        '[targets.a]\nkind = "hook"\nurl = "json://a"',
        'mine.toml:2: [targets.a] kind: "hook" is not one of apprise, webhook',
    ),
    ('[targets.a]\nkind = "webhook"\nurl = "json://a"', "mine.toml:3: [targets.a] url: this is no web address"),
    ('[targets.a]\nkind = "webhook"\nurl = "https://u:p@a"', "mine.toml:3: [targets.a] url: this is no web address"),
    ('[targets.a]\nkind = "webhook"\nurl = "https://a:99999"', "mine.toml:3: [targets.a] url: this is no web"),
    (
        '[targets.a]\nkind = "webhook"\nurl = "https://a"\nsecret = "x"\nsecret_file = "y"',
        "mine.toml:1: [targets.a]: needs exactly one of secret, secret_env, secret_file",
    ),
    (
        '[targets.a]\nkind = "webhook"\nurl = "https://a"\nsecret_env = "B"',
        "mine.toml:4: [targets.a] secret_env: the environment has neither B nor B_FILE",
    ),
    ('[targets.a]\nurl = "json://a"\nsecret = "x"', "mine.toml:3: [targets.a] secret: only a webhook has a secret"),
    ('[targets.a]\nurl = ""', "mine.toml:2: [targets.a] url: must not be empty"),
    ('[targets.a]\nurl = "me@example.org"', "mine.toml:2: [targets.a] url: this is no Apprise URL"),
    ('[targets.A]\nurl = "json://a"', 'mine.toml:1: [targets.A]: the name "A" must be lower-case letters, digits'),
    ('[targets.terminal]\nurl = "json://a"', 'mine.toml:1: [targets.terminal]: "terminal" is built in'),
    ('[targets.a]\nurl_env = "B"', "mine.toml:2: [targets.a] url_env: the environment has neither B nor B_FILE"),
    ('[targets.a]\nurl_file = "gone"', "mine.toml:2: [targets.a] url_file: can't read "),
    ('[targets.a]\nurl_file = "a\\u0000b"', "mine.toml:2: [targets.a] url_file: can't read "),
    ('[[subscriptions]]\nname = "a"', 'mine.toml:1: [[subscriptions]] no. 1: "targets" is missing'),
    ('[[subscriptions]]\nname = "a"\ntargets = []', "mine.toml:3: [[subscriptions]] no. 1: targets: must not be empty"),
    (
        '[[subscriptions]]\nname = "a"\ntargets = ["terminl"]',
        'mine.toml:3: [[subscriptions]] no. 1: targets: there is no [targets.terminl]; did you mean "terminal"?',
    ),
    (
        '[[subscriptions]]\nname = "a"\ntargets = ["terminal"]\n[[subscriptions]]\nname = "a"\ntargets = ["terminal"]',
        'mine.toml:5: [[subscriptions]] no. 2: name: "a" is the name of another subscription',
    ),
    (
        '[[subscriptions]]\nname = "a"\ntargets = ["terminal"]\nmatch.kinds = ["renewals"]',
        'mine.toml:4: [[subscriptions]] no. 1: match kinds no. 1: "renewals" is not one of new_ori',
    ),
    # Sources.
    ('[sources]\nenable = ["ozpa"]', 'mine.toml:2: [sources] enable: there is no source "ozpa"; did you mean "ozap"?'),
    (
        '[sources]\nenable = ["tbi-vision"]',
        'mine.toml:2: [sources] enable: "tbi-vision" was left out of the catalogue: cl',
    ),
    (
        '[sources]\nenable = ["ozap"]\ndisable = ["ozap"]',
        'mine.toml:3: [sources] disable: "ozap" is under enable as well',
    ),
    (
        '[[source]]\nid = "a"',
        'mine.toml:1: [[source]] no. 1: "a" is not in the catalogue, so it needs url, kind, language',
    ),
    ('[[source]]\nid = "A"', 'mine.toml:2: [[source]] no. 1: id: "A" must be lower-case letters, digits and hyphens'),
    ('[[source]]\nid = "ozap"\nurl = "ftp://a"', 'mine.toml:3: [[source]] no. 1: url: "ftp://a" is not a web address'),
    (
        '[[source]]\nid = "ozap"\nurl = "http://a:b"',
        'mine.toml:3: [[source]] no. 1: url: "http://a:b" is not a web addr',
    ),
    (
        '[[source]]\nid = "ozap"\nkind = "rss"',
        'mine.toml:3: [[source]] no. 1: kind: "rss" is not one of feed, sitemap, s',
    ),
    (
        '[[source]]\nid = "ozap"\nallow = ["("]',
        'mine.toml:3: [[source]] no. 1: allow no. 1: "(" is not a regular expres',
    ),
    (
        '[[source]]\nid = "ozap"\nlanguage = "french"',
        'mine.toml:3: [[source]] no. 1: language: "french" must be a langua',
    ),
    (
        '[[source]]\nid = "ozap"\n[[source]]\nid = "ozap"',
        'mine.toml:4: [[source]] no. 2: id: "ozap" is the id of another',
    ),
    (
        '[[source]]\nid = "a"\nurl = "https://www.cnews.fr/rss.xml"\nkind = "feed"\nlanguage = "fr"',
        'mine.toml:3: [[source]] no. 1: url: the catalogue has this address as "cnews"; put that under [sourc',
    ),
    # TOML itself.
    ("[crawl\n", "mine.toml: this is no TOML: Expected ']' at the end of a table declaration (at line 1"),
    ("a = 1\na = 2", "mine.toml: this is no TOML: Cannot overwrite a value"),
    (f"a = {'9' * 5000}", "mine.toml: this is no TOML: "),
    (f"a = {'[' * 5000}", "mine.toml: this is no TOML: "),
]


@pytest.mark.parametrize(("text", "says"), MISTAKES)
def test_a_mistake_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (line,) = mistakes(tmp_path, text)
    assert line.startswith(says)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("COCORICO__CRAWL__DELY", "3", 'unknown key; did you mean "COCORICO__CRAWL__DELAY"?'),
        ("COCORICO__CRAWLER__DELAY", "3", 'unknown key; did you mean "COCORICO__CRAWL"?'),
        ("COCORICO__", "3", "unknown key"),
        ("COCORICO__LOG__LEVEL__X", "3", "this key has no keys below it"),
        ("COCORICO__LOG", "x", "tables can't be set by a variable; use the configuration file"),
        ("COCORICO__SUBSCRIPTIONS", "x", "tables can't be set by a variable; use the configuration file"),
        ("COCORICO__CRAWL__CHILDREN", "two", 'must be a whole number, not "two"'),
        ("COCORICO__CRAWL__CHILDREN", "99", "must be from 1 to 32, not 99"),
        ("COCORICO__CRAWL__OBEY_ROBOTS", "maybe", 'must be true or false, not "maybe"'),
        ("COCORICO__SOURCES__ENABLE", "[a", 'must be a list, not "[a"'),
        ("COCORICO__SOURCES__ENABLE", "ozpa", 'there is no source "ozpa"; did you mean "ozap"?'),
        ("COCORICO__TARGETS__PHONE__ULR", "x", 'unknown key; did you mean "COCORICO__TARGETS__PHONE__URL"?'),
        ("COCORICO__TARGETS__PHONE__URL", CANARY, "this is no Apprise URL"),
        ("COCORICO__STORE__URL", CANARY, "must start with sqlite:/// or postgresql://"),
    ],
)
def test_a_mistake_in_a_variable_names_it(tmp_path: Path, name: str, value: str, says: str) -> None:
    (line,) = mistakes(tmp_path, env={name: value})
    assert line.startswith(f"environment: {name}: {says}")
    assert CANARY not in line


def test_all_are_told_together(tmp_path: Path) -> None:
    text = """
    [crawl]
    dely = 3
    children = 0
    [[subscriptions]]
    name = "A"
    targets = ["terminal"]
    [[subscriptions]]
    name = "b"
    targets = ["gone"]
    [targets.phone]
    url_env = "GONE"
    """
    lines = mistakes(tmp_path, text, {"COCORICO__LOG__LEVEL": "loud"})
    assert len(lines) == 6
    for part in (
        "dely",
        "children",
        'no. 1: name: "A"',
        "no. 2: targets: there is no [targets.gone]",
        "neither GONE",
        "COCORICO__LOG__LEVEL",
    ):
        assert sum(part in line for line in lines) == 1, part


@pytest.mark.parametrize(
    "text",
    [
        f'[targets.a]\nurl = ["json://{CANARY}"]',
        f'[targets]\na = "json://{CANARY}"',
        f'[targets.a]\nurl = "{CANARY}"',
        f'[targets.a]\nurl = "json://{CANARY}\\n"\nurl_env = "A"',
        f'[targets.a]\nurl = "json://{CANARY}\\u0007x"',
        f'[store]\nurl = "{CANARY}"',
        f'[store]\nurl = ["{CANARY}"]',
    ],
)
def test_no_mistake_quotes_a_secret(tmp_path: Path, text: str) -> None:
    assert CANARY not in "\n".join(mistakes(tmp_path, text))


def test_files_that_are_no_secrets(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "long").write_bytes(b"x" * 70_000)
    (tmp_path / "two").write_text("json://a\njson://b")
    names = ("empty", "binary", "long", "two", ".", "~nobody-of-that-name/x")
    text = "\n".join(f"[targets.t{number}]\nurl_file = '{name}'" for number, name in enumerate(names))
    says = ("is empty", "not a text file", "too long", "holds line breaks", "Is a directory", "No such file")
    for line, part in zip(mistakes(tmp_path, text), says, strict=True):
        assert part in line


def test_a_file_not_in_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes("# é".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"mine\.toml: not in UTF-8"):
        config.load(path, env={}, data_dir=tmp_path)


def test_what_the_schema_refuses_the_reader_refuses(tmp_path: Path) -> None:
    """The other direction, for every key: a value of a wrong type is told of."""
    for section, schema in SCHEMA["properties"].items():
        for key, below in schema.get("properties", {}).items():
            wrong = "[[1]]" if below.get("type") != "array" else "{ a = 1 }"
            (line,) = mistakes(tmp_path, f"[{section}]\n{key} = {wrong}")
            assert line.startswith(f"mine.toml:2: [{section}] {key}: must be "), line


words = st.sampled_from([*SCHEMA["properties"], *SCHEMA["properties"]["crawl"]["properties"], "a", "url", "id", "name"])
leaves = st.booleans() | st.integers(-5, 10**30) | st.floats() | st.sampled_from(["", "a", "1s", "https://a.fr", "("])
trees = st.dictionaries(
    words,
    st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(tree=trees, env=trees)
def test_anything_gives_a_config_or_its_mistakes(tmp_path: Path, tree: dict[str, Any], env: dict[str, Any]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(tomlkit.dumps(tree), encoding="utf-8")
    variables = {
        f"COCORICO__{name}__{key}": str(value)
        for name, table in env.items()
        if isinstance(table, dict)
        for key, value in table.items()
    }
    try:
        config.load(path, env=variables, data_dir=tmp_path)
    except ConfigError as error:
        assert error.mistakes
        assert all(os.linesep not in line for line in error.mistakes)
