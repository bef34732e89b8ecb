"""Where our corpus is: only a checkout has one, it is no part of what is installed."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
PAGE = ROOT / "docs" / "classifier.md"
