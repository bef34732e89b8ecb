"""Each fault that fetching, parsing and telling news apart can meet has a test that names it, or a reason why not."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
#: The rows of the catalogue of faults: fetching, parsing and extraction, identity.
ROWS = tuple(
    f"{letter}{number:02}" for letter, most in (("F", 36), ("P", 30), ("D", 16)) for number in range(1, most + 1)
)


def test_each_fault_row_has_its_test_or_a_reason() -> None:
    tests = [file.read_text(encoding="utf-8") for file in HERE.rglob("test_*.py") if file != Path(__file__)]
    named = {row.upper() for text in tests for row in re.findall(r"\b[FPD]\d\d\b|(?<=_)[fpd]\d\d\b", text)}
    ranges = [pair for text in tests for pair in re.findall(r"\b([FPD])(\d\d) to [FPD](\d\d)\b", text)]
    named |= {f"{letter}{row:02}" for letter, first, last in ranges for row in range(int(first), int(last) + 1)}
    reasons = (HERE.parent / "docs" / "decisions.md").read_text(encoding="utf-8")
    assert [row for row in ROWS if row not in named and row not in reasons] == []
