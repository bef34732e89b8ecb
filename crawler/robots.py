"""What a robots.txt says to us (RFC 9309), and the lines of it that a successor needs. Pure; Protego's only home."""

from __future__ import annotations

import re
from collections.abc import Iterator

from protego import Protego

_AGENT = re.compile(r"(?:user-agent|useragent|user agent)\s*(?::|\s|$)\s*(.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:sitemaps?|site-map|host)\s*(?::|\s|$)", re.IGNORECASE)
#: Whatever has a colon or begins like a rule ends a run of user agents; Protego reads both so.
_RULE = re.compile(r"[^:]*:|(?:dis+al+ow|disallaw|diasllow|allow|crawl.delay|request.rate|visit.time)\b", re.IGNORECASE)


class Rules:
    """One site's rules for one crawler.

    Args:
        text: A robots.txt, or what `ours` keeps of it.
        token: The name our rules go by: the user agent up to its slash.
    """

    def __init__(self, text: str, token: str) -> None:
        self._parsed, self._token = Protego.parse(text), token
        self.delay = self._parsed.crawl_delay(token) or 0.0  #: seconds between two requests; 0 when not asked for

    def allow(self, url: str) -> bool:
        """Whether an address may be fetched; the longest rule that matches decides, and of two equal ones `Allow`."""
        return self._parsed.can_fetch(url, self._token)


def ours(text: str, token: str) -> str:
    """The groups that speak to us or to everybody: a news site's robots.txt is mostly about others.

    `Rules` of what is left are those of the whole.
    """
    return "\n".join(line for group in _groups(text) if _speaks_to(group[0], token) for line in (*group[0], *group[1]))


def _groups(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each group's user-agent lines, and the others up to the next group."""
    agents: list[str] = []
    rules: list[str] = []
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if _AGENT.match(line):
            if rules:
                yield agents, rules
                agents, rules = [], []
            agents.append(line)
        elif _RULE.match(line) and not _SITE_WIDE.match(line):
            rules.append(line)
    yield agents, rules


def _speaks_to(agents: list[str], token: str) -> bool:
    names = [match[1].strip().lower() for line in agents if (match := _AGENT.match(line))]
    return any("*" in name or name in token.lower() for name in names)
