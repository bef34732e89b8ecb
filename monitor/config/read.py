"""Reads the layers of the configuration, TOML files and environment, and lays one over the other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from monitor.config.check import Checker, Problem, Schema, Where, nearest

PREFIX: Final = "COCORICO__"
#: Ways to give one secret: a later layer's way replaces an earlier layer's other way.
_WAYS: Final = tuple(frozenset({name, f"{name}_env", f"{name}_file"}) for name in ("url", "key", "secret"))
_TRUTHS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One place that configuration comes from."""

    origin: str  #: "default", "file" or "env"
    label: str  #: what messages call it
    tree: dict[str, Any]
    base: Path  #: folder that its relative paths start at
    file: Path | None = None
    lines: Mapping[Where, int] = field(default_factory=dict)  #: of keys and tables in the file
    names: Mapping[Where, str] = field(default_factory=dict)  #: environment variable of each key

    def says(self, problem: Problem) -> str:
        """Put a problem into one line: the file and the line or the variable, the key, what is wrong."""
        where = problem.where
        if self.origin == "env":
            name = next((self.names[key] for key in _upwards(where) if key in self.names), self.label)
            return f"environment: {name}: {problem.says}"
        if self.origin == "default":
            return f"defaults: {shown(where)}{problem.says}"
        line = next((f":{self.lines[key]}" for key in _upwards(where) if key in self.lines), "")
        return f"{self.label}{line}: {shown(where)}{problem.says}"


def read_file(path: Path, *, origin: str) -> Layer:
    """Read a TOML file.

    Raises:
        OSError: it can't be read.
        ValueError: it is no TOML, or not in UTF-8.
    """
    text = path.read_bytes().decode("utf-8-sig")
    tree = tomllib.loads(text)
    return Layer(origin=origin, label=path.name, tree=tree, base=path.parent, file=path, lines=_lines(text))


def read_env(env: Mapping[str, str], checker: Checker, *, below: Mapping[str, Any]) -> Layer:
    """Read the variables `COCORICO__SECTION__KEY`; `below` is the tree whose target names they may mean."""
    tree: dict[str, Any] = {}
    names: dict[Where, str] = {}
    for name in sorted(name for name in env if name.startswith(PREFIX)):
        where, schema, wrong = _find(name, checker, below)
        names[where] = name
        if wrong:
            checker.report(where, wrong)
            continue
        table = tree
        for key in where[:-1]:
            table = table.setdefault(str(key), {})
        table[str(where[-1])] = _value(env[name], checker.at(schema))
    return Layer(origin="env", label="environment", tree=tree, base=Path(), names=names)


def home(path: Path) -> Path:
    """Expand "~" and make a path absolute; the home of an unknown user stays as it is, and is then not found."""
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        return path.absolute()


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one tree over another: tables key by key, everything else whole."""
    for ways in _WAYS:
        if ways & above.keys():
            below = {key: value for key, value in below.items() if key not in ways}
    merged = dict(below)
    for key, value in above.items():
        beneath = merged.get(key)
        merged[key] = merge(beneath, value) if isinstance(value, dict) and isinstance(beneath, dict) else value
    return merged


def shown(where: Where) -> str:
    """Write a key's place as the file has it: `[crawl] delay: `, `[[source]] no. 2: url: `."""
    if not where:
        return ""
    if len(where) == 1:
        return f"[{where[0]}]: "
    if isinstance(where[1], int):
        head, rest = f"[[{where[0]}]] no. {where[1] + 1}: ", where[2:]
    elif where[0] == "targets":
        head, rest = f"[targets.{where[1]}] ", where[2:]
    else:
        head, rest = f"[{where[0]}] ", where[1:]
    keys = " ".join(str(key) if isinstance(key, str) else f"no. {key + 1}" for key in rest)
    return f"{head}{keys}: " if keys else head.rstrip(": ") + ": "


def _upwards(where: Where) -> Iterator[Where]:
    """Give a place and the tables around it."""
    return (where[:size] for size in range(len(where), 0, -1))


def _lines(text: str) -> dict[Where, int]:
    """Find the line of every key and table header; tomllib doesn't tell.

    A line inside a text of several lines may be taken for a key, which costs a message its right line number.
    """
    lines: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]", line):
            table = _placed(_keys(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif key := re.match(r"""\s*([\w."' -]+?)\s*=""", line):
            lines.setdefault((*table, *_keys(key[1])), number)
    return lines


def _placed(keys: Where, counts: Mapping[Where, int]) -> Where:
    """Say which table of a list a header is below: [subscriptions.match] belongs to the latest [[subscriptions]]."""
    where: Where = ()
    for key in keys[:-1]:
        where = (*where, key)
        where = (*where, counts[where]) if where in counts else where
    return (*where, keys[-1])


def _keys(dotted: str) -> Where:
    return tuple(key.strip().strip("\"'") for key in dotted.split("."))


def _find(name: str, checker: Checker, below: Mapping[str, Any]) -> tuple[Where, Schema, str | None]:
    """Find the key that a variable means; the third is what is wrong with it."""
    where: Where = ()
    schema: Schema = checker.root
    written = PREFIX.rstrip("_")
    for part in name.removeprefix(PREFIX).split("__"):
        schema = checker.at(schema)
        known = [*schema.get("properties", {}), *(below.get("targets", {}) if where == ("targets",) else ())]
        key = next((each for each in known if _plain(each) == _plain(part)), part.lower())
        where = (*where, key)
        following = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
        if not isinstance(following, Mapping):
            near = nearest(f"{written}__{part}", (f"{written}__{each.upper()}" for each in known))
            return where, schema, f"unknown key{near}" if known else "this key has no keys below it"
        schema, written = following, f"{written}__{part}"
    schema = checker.at(schema)
    if schema["type"] == "object" or checker.at(schema.get("items", {})).get("type") == "object":
        return where, schema, "tables can't be set by a variable; use the configuration file"
    return where, schema, None


def _plain(key: str) -> str:
    return key.lower().replace("-", "_")


def _value(text: str, schema: Schema) -> object:
    """Read a variable as its key's type; what doesn't fit stays text, for the checker to refuse."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "boolean" in kinds:
        return _TRUTHS.get(text.strip().lower(), text)
    if "array" in kinds:
        return _list(text, schema.get("items", {}))
    for kind, read in (("integer", int), ("number", float)):
        if kind in kinds:
            try:
                return read(text)
            except ValueError:
                pass
    return text


def _list(text: str, schema: Schema) -> object:
    """Read "a, b" or, for what holds commas, a TOML list."""
    if text.lstrip().startswith("["):
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    items = [item.strip() for item in text.split(",") if item.strip()]
    return [_value(item, schema) for item in items] if schema.get("type") == "number" else items
