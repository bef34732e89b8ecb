"""A word that a child leaves for who outlives it: the order it is parsing. Standard library only.

It stands in a file without a name that parent and child have open, not in a pipe: the parent looks at it only when the
child is gone, and a pipe would wake it for each page.
"""

from __future__ import annotations

import os
import tempfile

NOTE = "CRAWLER_NOTE"  #: environment variable with the descriptor that a child inherits
_LONGEST = 1_000  #: bytes read; an order's name is some ten


class Note:
    """The parent's side."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # open for as long as the child lives

    @property
    def descriptor(self) -> int:
        """What the child is given."""
        return self._file.fileno()

    def read(self) -> str:
        """The last word left; "" when there is none."""
        return os.pread(self.descriptor, _LONGEST, 0).partition(b"\n")[0].decode("utf-8", "replace")

    def close(self) -> None:
        """Throw it away."""
        self._file.close()


def leave(descriptor: str | None, word: str) -> None:
    """Leave a word in place of the last one; for nobody when no descriptor was given."""
    if descriptor is not None:
        os.pwrite(int(descriptor), word.encode() + b"\n", 0)
