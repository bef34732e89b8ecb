"""The reader's language: words from the catalogues, dates, numbers and lists in the reader's manner.

Babel's only home. The catalogues are the `.po` files of `locale/`: text that people edit and compare. They are read
once, when first needed, into the tables that gettext uses; no compiled file is kept beside them.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from monitor.alerts.text import Language

LOCALES = Path(__file__).parent / "locale"
#: British rather than American manners: our English readers write 20 November, and no comma before the last "and".
_MANNERS = {"fr": "fr", "en": "en_GB"}
_PLACE = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(" {2,}")
_MEGABYTE, _GIGABYTE = 10**6, 10**9


class Voice:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words = _translations(language)
        self._locale = Locale.parse(_MANNERS[language])

    def say(self, message: str, **values: object) -> str:
        """Say a text of the catalogues, its placeholders filled in."""
        return _filled(self._words.gettext(message), values)

    def say_in(self, context: str, message: str, **values: object) -> str:
        """Say a text that has another translation elsewhere."""
        return _filled(self._words.pgettext(context, message), values)

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """Say a text that depends on a number; {n} is that number as the reader writes it."""
        return _filled(self._words.ngettext(one, many, n), {"n": self.number(n), **values})

    def listed(self, values: Sequence[str]) -> str:
        """ "A", "A et B", "A, B et C"."""
        return format_list(list(values), locale=self._locale) if values else ""

    def number(self, value: int) -> str:
        """ "1 234", "1,234"."""
        return format_decimal(value, locale=self._locale)

    def size(self, octets: int) -> str:
        """ "1,5 Go", "512 MB": decimal units, at most one digit after the point."""
        large = octets >= _GIGABYTE
        number = format_decimal(octets / (_GIGABYTE if large else _MEGABYTE), format="#,##0.#", locale=self._locale)
        return self.say("{number}\u00a0GB", number=number) if large else self.say("{number}\u00a0MB", number=number)

    def day(self, moment: datetime, zone: str = "UTC") -> str:
        """ "20 novembre 2026", "20 November 2026", as it is in the reader's zone."""
        return self.full(moment.astimezone(ZoneInfo(zone)).date())

    def full(self, day: date) -> str:
        """ "1er mars 2027", "1 March 2027"."""
        return self._first(format_date(day, format="long", locale=self._locale))

    def dated(self, when: str) -> str:
        """ "1er mars 2027", "mars 2027", "2027", from an ISO date that may lack its day and month."""
        whole = {10: "long", 7: "MMMM y", 4: "y"}[len(when)]
        return self._first(
            format_date(date.fromisoformat(when + "-01-01"[len(when) - 4 :]), whole, locale=self._locale)
        )

    def moment(self, moment: datetime, zone: str = "UTC") -> str:
        """ "20 novembre 2026 à 10:30", "20 November 2026 at 10:30"."""
        clock = format_datetime(moment, format="HH:mm", tzinfo=ZoneInfo(zone), locale=self._locale)
        return self.say("{day} at {clock}", day=self.day(moment, zone), clock=clock)

    def of_year(self, day: date, *, month: bool = True) -> str:
        """ "20 novembre", "20 November"; without its month "20"."""
        return self._first(format_date(day, format="d MMMM" if month else "d", locale=self._locale))

    def tongue(self, code: str) -> str:
        """ "français", "French": the name of a language, its code when nobody knows one."""
        return str(self._locale.languages.get(code, code))

    def _first(self, written: str) -> str:
        """The first of a month is "1er" in French; Babel knows that not."""
        return re.sub(r"^1(?!\d)", "1er", written) if self.language == "fr" else written


@cache
def voice(language: Language) -> Voice:
    """The voice of a language, its catalogue read once."""
    return Voice(language)


def _filled(message: str, values: Mapping[str, object]) -> str:
    """Fill in by name only: `str.format` would let a template walk into what it is given."""
    return _PLACE.sub(lambda found: str(values[found[1]]), message)


def tidy(text: str) -> str:
    """Close the gap that an empty placeholder left."""
    return _SPACES.sub(" ", text).strip(" ")


def _translations(language: Language) -> gettext.GNUTranslations:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
