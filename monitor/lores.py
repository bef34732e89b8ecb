"""Reading what one has to know to tell works apart: config/stories/*.toml, and which platforms are French."""

from __future__ import annotations

import tomllib
from pathlib import Path

from monitor.decide import lore
from monitor.decide.lore import Lore


def load(folder: Path) -> Lore:
    """Read the words of every language there is a file of, and the platforms at home in France.

    Args:
        folder: config/.
    """
    texts = [file.read_text(encoding="utf-8") for file in sorted((folder / "stories").glob("*.toml"))]
    gazetteer = tomllib.loads((folder / "gazetteer.toml").read_text(encoding="utf-8"))
    at_home = [str(platform["name"]) for platform in gazetteer["platforms"] if platform.get("country") == "FR"]
    return lore.compiled([tomllib.loads(text) for text in texts], at_home=at_home)
