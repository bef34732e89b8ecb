"""What children have told of sites, kept for their successors, within a bound. Standard library only."""

from __future__ import annotations

from collections import OrderedDict

from crawler.wire import Site


class Remembered:
    """The last word on each site, by the host whose orders led there; what was told longest ago is forgotten first.

    Args:
        sites: So many at most.
        text: So many characters of their rules in all.
    """

    def __init__(self, sites: int, text: int) -> None:
        self._most_sites, self._most_text = sites, text
        self._sites: OrderedDict[tuple[str, str], Site] = OrderedDict()
        self._of: dict[str, list[str]] = {}
        self._text = 0

    def __len__(self) -> int:
        return len(self._sites)

    def learn(self, told: Site) -> None:
        """Keep what a child says of a site."""
        key = (told.host, told.site)
        self._forget(key)
        self._sites[key] = told
        self._of.setdefault(told.host, []).append(told.site)
        self._text += text_of(told)
        while len(self._sites) > self._most_sites or self._text > self._most_text:
            self._forget(next(iter(self._sites)))

    def of(self, host: str) -> list[Site]:
        """The sites that orders of a host led to."""
        return [self._sites[host, site] for site in self._of.get(host, ())]

    def _forget(self, key: tuple[str, str]) -> None:
        known = self._sites.pop(key, None)
        if known is None:
            return
        self._text -= text_of(known)
        self._of[key[0]].remove(key[1])
        if not self._of[key[0]]:
            del self._of[key[0]]


def text_of(site: Site) -> int:
    """How many characters of rules a site has."""
    return len(site.robots) + sum(len(rule.pattern) + len(rule.policy or "") for rule in site.locations)
