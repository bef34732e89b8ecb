"""The model that a user's own verdicts made, beside the shipped one: in the data folder, and used only if it is good.

It is good when it reads the shipped test split no worse than the shipped model does; `cocorico train` measures that and
keeps the answer with it. A newer shipped model ends it: it was made from another one, and must be made anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from crawler import check_utc
from monitor import data
from monitor.classifier.score import Model

MODEL_FILE: Final = "personal-model.json"
ABOUT_FILE: Final = "personal-model-about.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """How a personal model was made, and how well it reads."""

    at: datetime
    articles: int  #: judged ones that it learnt from
    shipped: str  #: mark of the shipped model that it is measured against
    scores: Mapping[str, tuple[float, float]]  #: shipped and personal, 0 to 1, by the score's name

    def __post_init__(self) -> None:
        check_utc(self.at)

    @property
    def lowered(self) -> tuple[str, ...]:
        """The scores that are lower than the shipped model's."""
        return tuple(name for name, (shipped, personal) in self.scores.items() if personal < shipped)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The model in use."""

    model: Model | None  #: None: the shipped one
    says: str  #: which it is, and why


def choose(folder: Path) -> Chosen:
    """Choose between the shipped model and the personal one of a data folder."""
    try:
        made, model = about(folder), None
        if made is None:
            return Chosen(model=None, says="the shipped model")
        model = Model.load(folder / MODEL_FILE)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"the personal one can't be read ({error}): make it anew with `cocorico train --with-verdicts`"
        return Chosen(model=None, says=f"the shipped model; {why}")
    if made.shipped != shipped_mark():
        why = "the personal one was made beside an older one: make it anew with `cocorico train --with-verdicts`"
        return Chosen(model=None, says=f"the shipped model; {why}")
    if made.lowered:
        return Chosen(model=None, says=f"the shipped model; the personal one lowers {', '.join(made.lowered)}")
    says = f"the personal model of {made.at:%Y-%m-%d}, made from {made.articles} judged articles"
    return Chosen(model=model, says=says)


def about(folder: Path) -> Made | None:
    """Read how the personal model was made; None when there is none.

    Raises:
        OSError, ValueError, KeyError, TypeError: the file is damaged.
    """
    file = folder / ABOUT_FILE
    if not file.exists():
        return None
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Made(
        at=datetime.fromisoformat(read["at"]),
        articles=int(read["articles"]),
        shipped=str(read["shipped"]),
        scores={str(name): (float(pair[0]), float(pair[1])) for name, pair in read["scores"].items()},
    )


def keep(folder: Path, model: str, made: Made) -> None:
    """Keep a personal model, as model.json has it, in place of the one before.

    What it is measured by is taken away first and written last, so that no model is ever used under another's scores.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT_FILE).unlink(missing_ok=True)
    _write(folder / MODEL_FILE, model)
    written = {
        "at": made.at.isoformat(),
        "articles": made.articles,
        "shipped": made.shipped,
        "scores": dict(made.scores),
    }
    _write(folder / ABOUT_FILE, json.dumps(written, indent=2) + "\n")


def forget(folder: Path) -> bool:
    """Go back to the shipped model; False when there was no other."""
    there = (folder / ABOUT_FILE).exists() or (folder / MODEL_FILE).exists()
    for name in (ABOUT_FILE, MODEL_FILE):
        (folder / name).unlink(missing_ok=True)
    return there


def shipped_mark() -> str:
    """Name the shipped model by what it is."""
    return hashlib.sha256((data.folder("config") / "model.json").read_bytes()).hexdigest()[:16]


def _write(file: Path, text: str) -> None:
    draft = file.with_name(file.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)
