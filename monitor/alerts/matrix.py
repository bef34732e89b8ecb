"""What Apprise's Matrix plugin must be told besides the address.

It is handed in; Apprise is imported in its homes only.
"""

from __future__ import annotations

import re
from typing import Any

SCHEMAS = frozenset({"matrix", "matrixs"})
#: Rooms of version 12 and later are named by a hash and no server: https://spec.matrix.org/latest/rooms/v12/#room-ids
_SERVERLESS = re.compile(r"![A-Za-z0-9_-]{43}")
_NO_WEBHOOK = "off"


def prepare(plugin: Any, message_id: str) -> None:
    """Make a send recognisable as the same one, and leave the names of newer rooms as they are.

    With an access token the transaction is named after the message: a homeserver answers a second try with the event
    of the first, and the room sees one. A log-in with a password is another device each time, for which it can't.
    """
    if plugin.mode != _NO_WEBHOOK:
        return
    if all(_SERVERLESS.fullmatch(room) for room in plugin.rooms):
        plugin.hsreq = False
    if plugin.password and not plugin.user:
        plugin.access_token = plugin.password
        plugin.transaction_id = re.sub(r"[^A-Za-z0-9._-]", "-", message_id.strip("<>"))
