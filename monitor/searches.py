"""Search services as sources: a query becomes the address of a feed that the service makes of it.

Off unless the user adds one with `cocorico sources search`; docs/sources.md says what each service asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from crawler import SourceKind
from monitor.types import MonitorError, Source
from monitor.vocabulary import FetchPolicy

#: Characters; GDELT answers longer ones with an error, and nobody reads them.
_LONGEST: Final = 500


class Service(StrEnum):
    """Who searches."""

    GDELT = "gdelt"
    GOOGLE_NEWS = "google-news"
    MEDIACLOUD = "mediacloud"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Terms:
    """What a service asks of those who use it, and what it gives."""

    name: str
    site: str
    path: str  #: with the query's place, and what each language puts into it
    languages: dict[str, str]
    fetch: FetchPolicy
    delay: float  #: seconds between two requests


_SERVICES: Final = {
    # JSON Feed of at most 75 links to outlets' own pages; asks for 5 s between two requests.
    Service.GDELT: _Terms(
        name="GDELT",
        site="https://api.gdeltproject.org",
        path="/api/v2/doc/doc?query={query}%20{language}&mode=artlist&format=jsonfeed&maxrecords=75&sort=datedesc&timespan=1d",
        languages={"fr": "sourcelang:french", "en": "sourcelang:english"},
        fetch=FetchPolicy.PROMISING,
        delay=5.0,
    ),
    # RSS of at most 100 titles; its links are Google's own and lead on by script only, so no page is read.
    Service.GOOGLE_NEWS: _Terms(
        name="Google News",
        site="https://news.google.com",
        path="/rss/search?q={query}%20when%3A7d&{language}",
        languages={"fr": "hl=fr&gl=FR&ceid=FR:fr", "en": "hl=en-US&gl=US&ceid=US:en"},
        fetch=FetchPolicy.NEVER,
        delay=5.0,
    ),
    # JSON of at most 100 stories of the last days, with outlets' own addresses; needs a key, has a weekly quota.
    Service.MEDIACLOUD: _Terms(
        name="Media Cloud",
        site="https://search.mediacloud.org",
        path="/api/search/story-list?q={query}%20AND%20{language}&start={{day-2}}&end={{day+1}}"
        "&platform=onlinenews-mediacloud&page_size=100&sort_order=desc",
        languages={"fr": "language:fr", "en": "language:en"},
        fetch=FetchPolicy.PROMISING,
        delay=5.0,
    ),
}
_DAY: Final = re.compile(r"\{day([+-]\d{1,3})?\}")


def source(
    service: Service,
    query: str,
    *,
    language: str,
    identifier: str,
    site: str | None = None,
    collection: int | None = None,
) -> Source:
    """Make the source of a search.

    Args:
        collection: of Media Cloud: the outlets to search, by the number its directory gives.
        site: scheme and host that answer in the service's place.

    Raises:
        MonitorError: the query is empty or too long, or the service has no edition in the language.
    """
    terms, query = _SERVICES[service], " ".join(query.split())
    if not 0 < len(query) <= _LONGEST:
        raise MonitorError(f"a query has 1 to {_LONGEST} characters, not {len(query)}")
    if language not in terms.languages:
        raise MonitorError(f"{terms.name} is searched in {' or '.join(terms.languages)}, not in {language}")
    path = terms.path.format(query=quote(_parenthesised(query), safe=""), language=terms.languages[language])
    if service is Service.MEDIACLOUD and collection is not None:
        path += f"&cs={collection}"
    return Source(
        id=identifier,
        name=f"{terms.name}: {query}",
        outlet=terms.name,
        url=f"{site or terms.site}{path}",
        kind=SourceKind.FEED,
        language=language,
        topic="search",
        fetch=terms.fetch,
        interval=timedelta(hours=1),
        delay=terms.delay,
    )


def dated(url: str, today: date) -> str:
    """Put days into an address that has places for them: `{day}`, `{day-2}`, `{day+1}`, as 2026-11-20."""
    return _DAY.sub(lambda match: (today + timedelta(days=int(match[1] or 0))).isoformat(), url)


def _parenthesised(query: str) -> str:
    """Put a list of alternatives in parentheses: GDELT refuses it without, and nobody minds it with them."""
    return f"({query})" if " OR " in query and not query.startswith("(") else query
