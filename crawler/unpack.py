"""Gzip files that are served as they are, without a header that says so (fault F30): listings that somebody packed."""

from __future__ import annotations

import zlib

_MAGIC = b"\x1f\x8b"


def unpacked(body: bytes, *, most: int) -> bytes | None:
    """What a gzip file holds; a body that is none, as it is. A truncated file gives what it has.

    Args:
        body: As received; what a `Content-Encoding` names is undone already.
        most: Bytes that may come out; None when it is more (fault F01), and where the file is damaged.
    """
    if not body.startswith(_MAGIC):
        return body
    inflater = zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(body, most)
    except zlib.error:
        return None
    return None if inflater.unconsumed_tail else content
