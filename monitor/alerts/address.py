"""What a target's address must and must not say: pure, and never repeats the address, which is a secret."""

from __future__ import annotations

import re
from difflib import get_close_matches
from urllib.parse import parse_qsl

#: Parameters that would change what a result means (faults N09, N10) or what Cocorico does itself.
_BARRED = {
    "optional": "a failure would be reported as sent",
    "tag": "the subscription chooses its targets",
    "tags": "the subscription chooses its targets",
    "pgp": "Cocorico does not sign or encrypt",
    "wkd": "Cocorico does not sign or encrypt",
}
#: The services people use most: what a misspelt one is compared with.
_COMMON = (
    *("mailto", "mailtos", "discord", "slack", "tgram", "ntfy", "ntfys", "matrix", "matrixs", "mmost", "mmosts"),
    *("gotify", "gotifys", "pover", "signal", "signals", "json", "jsons", "xml", "form", "rocket", "rockets"),
    *("msteams", "workflows", "gchat", "twilio", "pbul", "zulip", "mqtt", "mqtts", "xmpp", "googlechat", "webex"),
)


def problem(url: str) -> str | None:
    """Why this address can't be a target's, or None when Apprise may be asked."""
    if not url.strip():
        return "the address is empty; write one such as mailto://user:password@example.org"
    if any(char in url.strip() for char in "\r\n\t\0"):
        return "the address has several lines; write one address, in one line"
    keys = {key.lower() for key, _ in parse_qsl(url.partition("?")[2], keep_blank_values=True)}
    for key, why in _BARRED.items():
        if key in keys:
            return f'the address has the parameter "{key}": {why}; remove it'
    return None


def not_understood(url: str) -> str:
    """What to tell about an address that Apprise refuses."""
    scheme, separator, _ = url.strip().partition("://")
    if not separator or not re.fullmatch(r"[A-Za-z][A-Za-z0-9.+-]{0,20}", scheme):
        return "the address has no service; write one such as mailto://user:password@example.org"
    near = get_close_matches(scheme.lower(), _COMMON, n=1)
    hint = f'; did you mean "{near[0]}://"?' if near and near[0] != scheme.lower() else ""
    form = "compare it with the service's form on appriseit.com/services"
    return f'Apprise does not understand the address, which begins with "{scheme}://"{hint or "; " + form}'
