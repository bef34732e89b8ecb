"""Where the files that come with Cocorico are: beside the code in a checkout, inside the package when installed."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Find a shipped folder, "config" or "seeds".

    Raises:
        FileNotFoundError: this installation is broken.
    """
    for candidate in (_HERE / "data" / name, _HERE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder {name}/ that comes with Cocorico is missing; install it again")
