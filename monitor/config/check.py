"""Checks a TOML tree against config/cocorico.schema.json, the one list of all keys, in words for people.

Only as much of JSON Schema as our schema uses. Standard validators stop at "is not of type": this one names
the nearest right key, and gives back the tree without what was wrong, so that later checks still can run.
"""

from __future__ import annotations

import difflib
import ipaddress
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

#: Where a value is: keys, and numbers in lists.
Where = tuple[str | int, ...]
Schema = Mapping[str, Any]
#: What is said of a value that was dropped.
_DROPPED: Final = object()

_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
#: Robots files turn these away by name, whoever uses them; a browser's name would be a lie.
_UNWELCOME: Final = re.compile(
    r"scrapy|feedreader|feedspot|inoreader|newsnow|wget|curl|libwww|mozilla|chrome|safari"
    r"|gpt|openai|claude|anthropic|gemini|perplexity|bytespider|ccbot|diffbot|mistral|meta-external|cohere",
    re.IGNORECASE,
)
_TYPES: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "string": ((str,), "text in quotes"),
    "boolean": ((bool,), "true or false"),
    "integer": ((int,), "a whole number"),
    "number": ((int, float), "a number"),
    "array": ((list,), "a list"),
    "object": ((dict,), "a table"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake."""

    where: Where
    says: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Checker:
    """A schema, and the problems found with it so far."""

    root: Schema
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Checker:
        """Read a schema from a file."""
        return cls(root=json.loads(path.read_text(encoding="utf-8")))

    def fresh(self) -> Checker:
        """Give one with the same schema and no problems yet."""
        return Checker(root=self.root)

    def at(self, schema: Schema) -> Schema:
        """Follow a reference; what stands beside it counts more."""
        name = schema.get("$ref")
        return schema if name is None else {**self.root["$defs"][name.removeprefix("#/$defs/")], **schema}

    def table(self, tree: Mapping[str, Any], schema: Schema | None = None) -> dict[str, Any]:
        """Check a whole file; give back what is right of it."""
        checked = self._checked(dict(tree), schema or self.root, ())
        return checked if isinstance(checked, dict) else {}

    def report(self, where: Where, says: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(where=where, says=says))

    def _checked(self, value: Any, schema: Schema, where: Where) -> Any:
        schema = self.at(schema)
        if wrong := _wrong(value, schema):
            # What is only ever written, a secret, is not quoted in a message.
            self.report(where, wrong.partition(", not ")[0] if schema.get("writeOnly") else wrong)
            return _DROPPED
        if isinstance(value, dict):
            return self._table(value, schema, where)
        if isinstance(value, list):
            return self._list(value, schema["items"], where)
        return value

    def _list(self, items: list[Any], schema: Schema, where: Where) -> list[Any]:
        checked = [self._checked(item, schema, (*where, number)) for number, item in enumerate(items)]
        if self.at(schema)["type"] == "object":
            # None keeps the place of a wrong table, so that later messages count right.
            return [None if item is _DROPPED else item for item in checked]
        return [item for item in checked if item is not _DROPPED]

    def _table(self, table: dict[str, Any], schema: Schema, where: Where) -> Any:
        known: Schema = schema.get("properties", {})
        others = schema.get("additionalProperties")
        checked: dict[str, Any] = {}
        for key, value in table.items():
            below = known.get(key, others)
            if not isinstance(below, Mapping):
                says = schema.get("x-moved", {}).get(key) or _unknown(key, known, self._elsewhere(key))
                self.report((*where, key), says)
            elif wrong := key not in known and _mismatch(key, schema.get("propertyNames", {})):
                self.report((*where, key), f"the name {wrong}")
            else:
                checked[key] = self._checked(value, below, (*where, key))
        missing = [key for key in schema.get("required", ()) if key not in table]
        for key in missing:
            self.report(where, f'"{key}" is missing')
        if missing or any(checked.get(key) is _DROPPED for key in schema.get("required", ())):
            return _DROPPED
        return {key: value for key, value in checked.items() if value is not _DROPPED}

    def _elsewhere(self, key: str) -> str | None:
        """Find the section that does have a key."""
        sections = self.root["properties"].items()
        return next((name for name, schema in sections if key in schema.get("properties", {})), None)


def seconds(value: float | str) -> float:
    """Read a span of time.

    Raises:
        ValueError: this is no span.
    """
    if isinstance(value, str):
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h|d)", value)
        if match is None:
            raise ValueError(f"not a span of time: {value!r}")
        return float(match[1]) * _SECONDS[match[2]]
    return float(value)


def nearest(word: str, words: Iterable[str]) -> str:
    """Say what may have been meant, as the end of a sentence; nothing when nothing is near."""
    by_lower = {each.lower(): each for each in words}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f'; did you mean "{by_lower[near[0]]}"?' if near else ""


def _unknown(key: str, known: Iterable[str], elsewhere: str | None) -> str:
    near = nearest(key, known)
    if not near and elsewhere:
        near = f"; did you mean [{elsewhere}] {key}?"
    return f"unknown key{near}" if near else f"unknown key; there are: {', '.join(known)}"


def _wrong(value: Any, schema: Schema) -> str | None:
    """Say what is wrong with a value by itself."""
    checks = (_wrong_type, _wrong_choice, _mismatch, _wrong_format, _wrong_range, _wrong_size)
    return next((wrong for check in checks if (wrong := check(value, schema))), None)


def _wrong_type(value: Any, schema: Schema) -> str | None:
    asked = schema.get("type", [])
    names = [asked] if isinstance(asked, str) else asked
    for name in names:
        kinds, _ = _TYPES[name]
        if isinstance(value, kinds) and (name == "boolean" or not isinstance(value, bool)):
            return None
    says = schema["x-says"] if len(names) > 1 else _TYPES[names[0]][1]
    return f"must be {says}, not {_shown(value)}"


def _wrong_choice(value: Any, schema: Schema) -> str | None:
    choices = schema.get("enum")
    if choices is None or value in choices:
        return None
    return f"{_shown(value)} is not one of {', '.join(choices)}{nearest(str(value), choices)}"


def _mismatch(value: Any, schema: Schema) -> str | None:
    pattern = schema.get("pattern")
    if pattern is None or not isinstance(value, str) or re.fullmatch(pattern, value):
        return None
    return f"{_shown(value)} must be {schema['x-says']}"


def _wrong_range(value: Any, schema: Schema) -> str | None:
    if "minimum" not in schema:
        return None
    number = seconds(value) if isinstance(value, str) else value
    if schema["minimum"] <= number <= schema["maximum"]:
        return None
    unit = " seconds" if schema.get("format") == "span" else ""
    return f"must be from {schema['minimum']} to {schema['maximum']}{unit}, not {_shown(value)}"


def _wrong_size(value: Any, schema: Schema) -> str | None:
    if isinstance(value, str | list) and len(value) < schema.get("minLength", schema.get("minItems", 0)):
        return "must not be empty"
    return None


def _wrong_format(value: Any, schema: Schema) -> str | None:
    check = _FORMATS.get(schema.get("format", ""))
    return check(value) if check else None


def _regex(value: str) -> str | None:
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        return f"{_shown(value)} is not a regular expression: {error}"
    return None


def _web_url(value: str) -> str | None:
    wrong = f"{_shown(value)} is not a web address (http:// or https://, then a host)"
    try:
        parts = urlsplit(value)
        host = bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        return wrong
    clean = not re.search(r"[\s\x00-\x1f\x7f\\]", value)
    return None if parts.scheme in {"http", "https"} and host and clean else wrong


def _contact(value: str) -> str | None:
    if re.fullmatch(r"[!-~]+@[!-~]+\.[!-~]+", value) or (value.isascii() and _web_url(value) is None):
        unwelcome = _UNWELCOME.search(value)
        return f'must not hold "{unwelcome[0]}": outlets refuse it by name' if unwelcome else None
    return f"must be a web or e-mail address where outlets reach you, not {_shown(value)}"


def _user_agent(value: str) -> str | None:
    if not value:
        return None
    if not re.fullmatch(r"[ -~]+", value):
        return "must be plain ASCII on one line"
    if unwelcome := _UNWELCOME.search(value):
        return f'must not hold "{unwelcome[0]}": outlets refuse or would be misled by it'
    if "://" not in value and "@" not in value:
        return "must name a web or e-mail address where outlets reach you"
    return None


def _network(value: str) -> str | None:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return f"{_shown(value)} is not a network such as 192.168.1.0/24"
    return None


_FORMATS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "regex": _regex,
    "web-url": _web_url,
    "contact": _contact,
    "user-agent": _user_agent,
    "network": _network,
}


def _shown(value: Any) -> str:
    """Quote a value as TOML has it, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
