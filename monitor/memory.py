"""Memory that is free goes back to the system.

The C library keeps what was freed for later, each thread's in a heap of its own, and gives back only what lies at a
heap's end. Of a daemon with 20,000 sources that was 91 of 131 MB, after five minutes.
"""

from __future__ import annotations

import ctypes
from datetime import timedelta

#: How often that is worth the milliseconds it takes.
EVERY = timedelta(minutes=1)


def give_back() -> bool:
    """Give free pages back to the system, of all heaps; False where the C library can't (macOS, musl)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return bool(trim and trim(0))
