"""Which platforms there are, and which buy as one: read from config/gazetteer.toml and config/buyers.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def load(folder: Path) -> Mapping[str, str]:
    """Give each platform's buyer by the platform's name; a platform that isn't listed buys for itself."""
    groups = tomllib.loads((folder / "buyers.toml").read_text(encoding="utf-8"))
    return {platform: buyer for buyer, platforms in groups.items() for platform in platforms}


def platforms(folder: Path) -> frozenset[str]:
    """Give the names by which Cocorico calls platforms."""
    gazetteer = tomllib.loads((folder / "gazetteer.toml").read_text(encoding="utf-8"))
    return frozenset(str(platform["name"]) for platform in gazetteer["platforms"])
