"""What is free goes back to the system."""

from __future__ import annotations

import ctypes

import psutil

from monitor import memory

_BLOCKS, _SIZE = 60_000, 1_000


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def test_what_is_free_between_things_that_stay_goes_back_to_the_system() -> None:
    blocks = [bytes(bytearray(_SIZE)) for _ in range(_BLOCKS)]
    full, kept = _resident(), blocks[::100]
    del blocks
    done = memory.give_back()
    assert done is hasattr(ctypes.CDLL(None), "malloc_trim")
    assert full - _resident() > 0.8 * _BLOCKS * _SIZE or not done
    assert len(kept) == _BLOCKS // 100
