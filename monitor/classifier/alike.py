"""Third stage, a work's name cut short: "Lune" is "Lune rousse", where an article quotes or knows that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from monitor.classifier.entities import Reading
from monitor.classifier.text import name_key

#: A shorter one begins too many.
_SHORTEST = 3


def whole_titles(readings: tuple[Reading, ...]) -> dict[str, str]:
    """Give each title that begins or spells another one, quoted or known, that other one: "Lune" is "Lune rousse"."""
    titles = {m.value: r.sentence.text[m.start : m.start + 1] for r in readings for m in r.of("title")}
    quoted = {value: name_key(value) for value, first in titles.items() if first in "\"'«“„"}
    heads = dict.fromkeys(m.value for r in readings if r.sentence.zone == "headline" for m in r.of("title"))
    quoted |= {value: name_key(value) for value in heads if value[-2:-1] == " " and value[-1].isdigit()}  # sequels
    if not quoted:
        return {}
    names = _Names(quoted)
    whole = {value: other for value in titles if (other := names.alike(value))}
    return {value: other for value, other in whole.items() if other not in whole}


class _Names:
    """Titles by their first words: of a thousand each is looked up, and not compared with a thousand."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._spelt: dict[str, list[tuple[int, str]]] = defaultdict(list)  #: by all words: which of them, and the title
        self._begun: dict[str, list[tuple[int, str]]] = defaultdict(list)  #: by the first word, the first two...
        for place, (value, key) in enumerate(keys.items()):
            self._spelt[key].append((place, value))
            for beginning in _beginnings(key):
                self._begun[beginning].append((place, value))

    def alike(self, value: str) -> str | None:
        """Give the last other title that begins with all words of one, or that is how it begins."""
        key = name_key(value)
        if len(key) < _SHORTEST:
            return None
        # One of two, at least, is another than this.
        found = [*self._begun.get(key, ())[-2:], *(o for b in _beginnings(key) for o in self._spelt.get(b, ())[-2:])]
        return max(((place, other) for place, other in found if other != value), default=(0, None))[1]


def _beginnings(key: str) -> list[str]:
    words = key.split(" ")
    return [" ".join(words[:count]) for count in range(1, len(words) + 1)]
