"""Reads the layers of the configuration, checks them, and makes one frozen `Config` of them, or says every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import platformdirs

from monitor.config import build, second, sources, subscriptions, targets, watch, web
from monitor.config.check import Checker, Schema
from monitor.config.read import Layer, home, merge, read_env, read_file
from monitor.config.values import Config, ConfigError
from monitor.data import folder
from monitor.secret import HIDDEN, redact

FILE: Final = "cocorico.toml"


def default_data_dir() -> Path:
    """Give the platform's folder for an application's data, such as ~/.local/share/cocorico."""
    return platformdirs.user_data_path("cocorico", appauthor=False)


def load(path: Path | None, *, env: Mapping[str, str], data_dir: Path | None = None, sends: bool = True) -> Config:
    """Read the configuration.

    The user's file is `path`, or else $COCORICO_CONFIG, or else cocorico.toml in the data folder when it is there.
    The data folder is `data_dir`, or else $COCORICO_DATA, or else the platform's. Nothing is created.

    Args:
        path: the user's file.
        env: the environment.
        data_dir: the data folder.
        sends: False for what sends nothing: a target's secret that isn't there is a warning, and no mistake.

    Raises:
        ConfigError: with every mistake.
    """
    data = home(data_dir or Path(env.get("COCORICO_DATA") or default_data_dir()))
    checker = Checker.load(folder("config") / "cocorico.schema.json")
    mistakes: list[str] = []
    file = _users_file(path, env, data)
    layers = [read_file(folder("config") / FILE, origin="default")]
    layers[0].tree["source"] = []  # as long as the file has no [[source]], which the user's may add
    if file is not None and (layer := _read(file, mistakes)) is not None:
        layers.append(layer)
    tree: dict[str, Any] = {}
    for layer in layers:
        tree = merge(tree, _checked(layer, checker, mistakes))
    from_env = read_env(env, variables := checker.fresh(), below=tree)
    mistakes += [from_env.says(problem) for problem in variables.problems]
    tree = merge(tree, _checked(from_env, checker, mistakes))
    draft = build.Draft(layers=(*layers, from_env), tree=tree, env=env, data_dir=data, mistakes=mistakes, sends=sends)
    return _config(
        draft,
        file=file,
        catalogue=_shipped("sources.toml", "catalogue", checker),
        presets=_shipped("presets.toml", "presets", checker),
        schema=checker.root,
    )


def presets() -> Mapping[str, Mapping[str, Any]]:
    """Give the ready-made subscriptions, by name, as config/presets.toml has them."""
    return _shipped("presets.toml", "presets", Checker.load(folder("config") / "cocorico.schema.json"))


def _users_file(path: Path | None, env: Mapping[str, str], data_dir: Path) -> Path | None:
    """Find the user's file; one that was asked for need not exist, which is then a mistake."""
    asked = path or (Path(env["COCORICO_CONFIG"]) if env.get("COCORICO_CONFIG") else None)
    if asked is not None:
        return home(asked)
    usual = data_dir / FILE
    try:
        return usual if usual.is_file() else None
    except OSError:
        return usual  # it may not even be looked at: reading it says why


def _read(file: Path, mistakes: list[str]) -> Layer | None:
    """Read the user's file, or say why not."""
    try:
        return read_file(file, origin="file")
    except UnicodeDecodeError:
        mistakes.append(f"{file.name}: not in UTF-8; save it as UTF-8")
    except (ValueError, RecursionError) as error:
        mistakes.append(f"{file.name}: this is no TOML: {error}")
    except OSError as error:
        mistakes.append(f"{file}: can't read the configuration: {error.strerror}")
    return None


def _checked(layer: Layer, checker: Checker, mistakes: list[str]) -> dict[str, Any]:
    """Give what is right of a layer."""
    own = checker.fresh()
    tree = own.table(layer.tree)
    mistakes += [layer.says(problem) for problem in own.problems]
    return tree


def _shipped(name: str, definition: str, checker: Checker) -> dict[str, Any]:
    """Read a file that comes with Cocorico: the catalogue of sources, the presets.

    Raises:
        ConfigError: it has mistakes, which is our fault.
    """
    layer = read_file(folder("config") / name, origin="default")
    own = checker.fresh()
    tree = own.table(layer.tree, {"$ref": f"#/$defs/{definition}"})
    if own.problems:
        raise ConfigError(tuple(layer.says(problem) for problem in own.problems))
    return tree


def _config(
    draft: build.Draft,
    *,
    file: Path | None,
    catalogue: Mapping[str, Any],
    presets: Mapping[str, Any],
    schema: Schema,
) -> Config:
    """Make the values, and refuse all mistakes together."""
    config = Config(
        data_dir=draft.data_dir,
        store=build.store(draft),
        crawl=build.crawl(draft),
        archive=build.archive(draft),
        daemon=build.daemon(draft),
        news=build.news(draft),
        delivery=build.delivery(draft),
        second_reader=second.second_reader(draft),
        web=web.web(draft),
        log=build.log(draft),
        targets=targets.targets(draft),
        subscriptions=subscriptions.subscriptions(draft, presets),
        watch=watch.watch(draft),
        sources=sources.sources(draft, catalogue),
        left_out=sources.left_out(catalogue),
        file=file,
        warnings=tuple(draft.warnings),
        shown=_shown(draft, schema),
    )
    if draft.mistakes:
        raise ConfigError(tuple(dict.fromkeys(draft.mistakes)))
    return config


def _shown(draft: build.Draft, schema: Schema) -> dict[str, object]:
    """List every value with its origin, secrets hidden."""
    shown: dict[str, object] = {"data_dir": str(draft.data_dir)}
    for section, value in draft.tree.items():
        if section == "targets":
            shown[section] = {
                name: {key: _value(draft, (section, name, key), each) for key, each in keys.items()}
                for name, keys in value.items()
            }
        elif schema["properties"][section]["type"] == "object":
            shown[section] = {key: _value(draft, (section, key), each) for key, each in value.items()}
        else:
            shown[section] = _value(draft, (section,), value)
    return shown


def _value(draft: build.Draft, where: tuple[str, ...], value: object) -> dict[str, object]:
    if (where[0], where[-1]) in {("targets", "url"), ("targets", "secret"), ("second_reader", "key")} and value:
        value = HIDDEN
    elif isinstance(value, str):
        value = redact(value, ())
    return {"value": value, "origin": draft.owner(where).origin}
