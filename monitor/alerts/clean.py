"""Text and links that others wrote, made harmless before they enter a message.

A title or a quote may carry line breaks (header injection), bidirectional overrides (a link that reads backwards),
zero-width characters, mark-up, or addresses that mail and chat programs turn into links by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

#: Categories that become a space: controls, line and paragraph separators.
_SPACED = frozenset({"Cc", "Zl", "Zp"})
#: Categories that vanish: formatting (bidi, zero-width, tags), lone surrogates, private use.
_DROPPED = frozenset({"Cf", "Cs", "Co"})
#: Two of them are a flag.
_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_SPACES = re.compile(r" {2,}")
#: `javascript:alert(1)` as well as `https://…`: programs make links of them. Schemes are bounded, or a word of 10,000
#: letters would be looked through from each of them.
_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]{0,30}://\S*|(?:javascript|data|vbscript|mailto):\S+|www\.\S+")
#: What a link may hold as it is; quotes, brackets, spaces and everything beyond ASCII are percent-encoded.
_LINK_SAFE = ":/?#[]@!$&*+,;=%~-._"
#: Slack shows a backslash and Telegram refuses a lone underscore, so mark-up characters become look-alikes.
_MARKDOWN = str.maketrans(
    {
        "<": "‹",
        ">": "›",
        "[": "(",
        "]": ")",
        "*": "∗",
        "_": "ˍ",
        "~": "∼",
        "`": "ʼ",
        "|": "∣",
        "\\": "∖",
    }
)
#: What a word joiner after it takes the meaning from: @everyone; the dot of evil.example, which programs make a link
#: of; an entity such as &#64;.
_MEANT = re.compile("@(?!\u2060)|(?i:(?<=[\\w-])\\.(?=[a-z]{2,}))|&(?=#?\\w+;)")
_DOT = re.compile(r"(?i)(?<=[\w-])\.(?=[a-z]{2,})")
#: What makes a heading, a list or a rule of a line that begins with it.
_BEGINS = re.compile(r"[#+=-]|\d+[.)]")


def clean(text: str, *, limit: int = 200, word: int | None = None) -> str:
    """One line of plain text, NFC, at most `limit` characters, no control or invisible character, no address.

    No "=?" either: in a header it begins an encoded word, which Python's e-mail package decodes when it is set, line
    breaks and all. No-break spaces stay: French puts them inside its quotation marks. `word` is how long a word may be.
    """
    kept = "".join(_kept(char) for char in unicodedata.normalize("NFC", text))
    plain = _SPACES.sub(" ", _ADDRESS.sub("[…]", kept).replace("=?", "= ?")).strip()
    if word is not None:
        plain = " ".join(shorten(each, word) for each in plain.split(" "))
    return shorten(plain, limit)


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category in _SPACED:
        return " "
    return "" if category in _DROPPED else char


def shorten(text: str, limit: int) -> str:
    """Cut at a word so that the result, ellipsis included, has at most `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[: _seam(text, limit - 1)]
    at_word = head.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else head).rstrip(" ,;:–-(«“") + "…"


def _seam(text: str, at: int) -> int:
    """The last place up to `at` where no sign is cut from what it belongs to: accents, skin tones, flags."""
    while 0 < at < len(text) and _clings(text[at]):
        at -= 1
    flags = len(text[:at]) - len(text[:at].rstrip(_FLAG_LETTERS))
    return at - 1 if flags % 2 and at < len(text) and text[at] in _FLAG_LETTERS else at


def _clings(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= char <= "\U0001f3ff"


def safe_link(url: str) -> str | None:
    """The address as plain ASCII when it may be offered for clicking, else None.

    Only http and https with a host and without user name: `https://netflix.com@evil.example` deceives.
    """
    if len(url) > 2_000 or any(unicodedata.category(char) in _SPACED | _DROPPED for char in url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in {"http", "https"} or parts.username is not None or not re.fullmatch(r"[\w.:-]+", host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return quote(parts._replace(netloc=shown + port).geturl(), safe=_LINK_SAFE)


def markdown_text(text: str) -> str:
    """Text that CommonMark, Slack, Discord and Telegram show as it is: no mark-up, no mention, no link."""
    plain = silent(text.translate(_MARKDOWN))
    return f"\u2060{plain}" if _BEGINS.match(plain) else plain


def unlinked(text: str) -> str:
    """Text in which mail programs find no address to make a link of."""
    return _DOT.sub(".\u2060", text)


def silent(text: str) -> str:
    """Text that rings nobody and leads nowhere: @everyone, Slack's <!channel>, evil.example."""
    return _MEANT.sub("\\g<0>\u2060", text).replace("<", "‹").replace(">", "›")


def markdown_link(url: str) -> str:
    """A link's target for Markdown: parentheses would end it."""
    return url.replace("(", "%28").replace(")", "%29")
