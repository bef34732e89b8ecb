"""Each fault that fetching, parsing and telling news apart can meet has a test that names it, or a reason why not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
#: The rows of the catalogue of faults: fetching, parsing and extraction, identity.
ROWS = tuple(
    f"{letter}{number:02}" for letter, most in (("F", 36), ("P", 30), ("D", 16)) for number in range(1, most + 1)
)
#: Where the reasons stand: paragraphs of docs/decisions.md with such a heading.
REASONS = re.compile(
    r"^\*\*Faults of [^\n]* without a test of their own\.\*\*\n(.*?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL
)


def rows_in(text: str) -> set[str]:
    """The rows that a text names: `F12`, `test_x_f12`, `F20 to F22`."""
    named = {row.upper() for row in re.findall(r"\b[FPD]\d\d\b|(?<=_)[fpd]\d\d(?=_|\b)", text)}
    ranges = re.findall(r"\b([FPD])(\d\d) to [FPD](\d\d)\b", text)
    return named | {f"{letter}{row:02}" for letter, first, last in ranges for row in range(int(first), int(last) + 1)}


def functions_of(source: str) -> Iterator[str]:
    """Each test function of a file with its decorators, and the comment above it."""
    lines = source.split("\n")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            start = min([one.lineno for one in node.decorator_list] + [node.lineno]) - 1
            while start and lines[start - 1].startswith("#"):
                start -= 1
            yield "\n".join(lines[start : node.end_lineno])


@cache
def rows_tested() -> set[str]:
    files = [file for file in HERE.rglob("test_*.py") if file != Path(__file__)]
    texts = [test for file in files for test in functions_of(file.read_text(encoding="utf-8"))]
    assert len(texts) > 1_000
    return set().union(*map(rows_in, texts))


def rows_reasoned() -> set[str]:
    return rows_in("\n".join(REASONS.findall((HERE.parent / "docs" / "decisions.md").read_text(encoding="utf-8"))))


def test_each_fault_row_has_its_test_or_a_reason() -> None:
    known = rows_tested() | rows_reasoned()
    assert [row for row in ROWS if row not in known] == []


def test_only_rows_without_a_test_need_a_reason() -> None:
    assert {"P03", "F35"} <= rows_reasoned() - rows_tested()
    assert len(rows_tested() & set(ROWS)) > 65


def test_a_row_counts_where_a_test_names_it_and_not_where_a_file_does() -> None:
    source = """# F01
'''About F02.'''
X = "F03"
# F04 and F10 to F12
@mark("F05")
def test_x_f06(): # F07
    '''F08.'''
def helper(): "F09"
"""
    (one,) = functions_of(source)
    assert rows_in(one) == {"F04", "F05", "F06", "F07", "F08", "F10", "F11", "F12"}
