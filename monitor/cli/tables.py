"""Tables: boxed and coloured on a terminal, aligned columns anywhere else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from rich.box import ROUNDED
from rich.table import Table
from rich.text import Text

from monitor.cli.session import Session, printable

#: A plain column is made no wider than this, in characters; what is longer pushes its own line only.
_WIDEST = 60
#: On a terminal, a column no wider than this is never folded; ids and times are not.
_SHORT = 24


class Rows:
    """A table in the making."""

    def __init__(self, session: Session, *names: str, right: Collection[int] = ()) -> None:
        """Name the columns; `right` are the positions of those that hold numbers."""
        self._session = session
        self._names = [Text(name) for name in names]
        self._right = right
        self._rows: list[list[Text]] = []
        self._rules: set[int] = set()  #: positions of the rows that have a line under them

    def add(self, *cells: Text) -> None:
        """Add a row."""
        self._rows.append(list(cells))

    def rule(self) -> None:
        """Draw a line under the rows so far, on a terminal."""
        self._rules.add(len(self._rows) - 1)

    def show(self) -> None:
        """Print the table."""
        if self._session.rich:
            self._session.out.print(self._boxed())
            return
        widths = [
            min(_WIDEST, max(len(cell) for cell in column)) for column in zip(self._names, *self._rows, strict=True)
        ]
        for row in (self._names, *self._rows):
            self._session.line(self._aligned(row, widths))

    def _boxed(self) -> Table:
        table = Table(box=ROUNDED, header_style="bold", border_style="dim")
        for position, column in enumerate(zip(self._names, *self._rows, strict=True)):
            justify: Literal["left", "right"] = "right" if position in self._right else "left"
            short = max(len(line) for cell in column for line in cell.plain.split("\n")) <= _SHORT
            table.add_column(self._names[position], justify=justify, overflow="fold", no_wrap=short)
        for position, row in enumerate(self._rows):
            table.add_row(*row, end_section=position in self._rules)
        return table

    def _aligned(self, row: list[Text], widths: list[int]) -> str:
        cells = [
            cell.plain.rjust(width) if position in self._right else cell.plain.ljust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()


def stack(session: Session, *cells: Text) -> Text:
    """Put several values into one cell: below one another on a terminal, side by side elsewhere."""
    return Text("\n" if session.rich else "  ").join(cells)


def cell(value: object, style: str = "") -> Text:
    """Put a value into a table's cell: nothing in it is mark-up."""
    return Text("" if value is None else printable(str(value)), style=style)
