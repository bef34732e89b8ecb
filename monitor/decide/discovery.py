"""Which of an outlet's listings to look at, and which of those to watch: every point given has its reason.

What is wanted are listings about series, television and film, with dates, that are alive. A feed says most in the
fewest bytes; a news sitemap has titles and dates, too; a section page has to do where there is neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from crawler import Candidate, Clue, Listing, SourceKind, canonical_url

#: A listing whose newest entry is older than this sleeps; trade outlets publish at least weekly.
ASLEEP: Final = timedelta(days=45)
#: A page with fewer links to articles may be an article with its "read also".
FEW: Final = 5
#: Entries judged by their titles; more say nothing new.
SAMPLE: Final = 40

_SERIES = re.compile(r"series?|tv|tele(?:vision)?|shows?|streaming|svod|fictions?|serien?")
_SCREEN = re.compile(
    r"cine(?:ma)?|movies?|films?|culture|people|pop|popculture|medias?|entertainment|divertissement|loisirs|spectacles?"
    r"|kino|kultur|cultura|espectaculos|spettacoli"
)
#: Categories that are surely about something else, and kinds of pages that are no articles.
_OTHER = re.compile(
    r"comments?|commentaires?|sports?|foot(?:ball)?|rugby|tennis|economie|economy|business|bourse|finance|politique"
    r"|politics|meteo|weather|sante|health|sciences?|auto|immobilier|cuisine|recettes?|recipes?|voyages?|travel|opinions?"
    r"|podcasts?|videos?|galleries|diaporamas?|photos?|jeux|games?|horoscope|emploi|jobs|international|monde|world"
    r"|faits|regions?|local|mode|beaute|fashion|beauty|music|musique|livres?|books?|hightech|tech|weblogs?|blogs?"
)
_NEWS = re.compile(r"news|actu(?:alite)?s?|google|recent|latest|last|48h")
#: Sitemaps of everything but articles.
_NO_ARTICLES = re.compile(r"images?|videos?|tags?|authors?|auteurs?|categor(?:y|ies)|pages?|static|products?|archives?")
_WORD = re.compile(r"[a-z0-9]+")

#: Small words that hardly stand in any of the other languages.
_SMALL: Final = {
    "fr": "le les des une est dans pour qui que sur avec du et aux cette selon sont pas son ses",
    "en": "the and of to is for with that will has was its from by this been their are who",
    "de": "der die das und ist nicht mit ein eine auf dem den von zu im für wird nach auch",
    "es": "el los las una y en por con para del que se su más como pero sus al lo",
    "it": "il gli della di che per con una nel sono dei alla dal più anche le è da ha",
    "pt": "o os as um uma em não por com para do da dos das mais ao no na e",
    "nl": "het een van en is op te dat voor met zijn niet aan ook bij naar uit de er",
}
_SMALL_WORDS: Final = {code: frozenset(words.split()) for code, words in _SMALL.items()}

#: Where such listings often are, the likeliest first.
_USUAL_FEEDS: Final = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/flux-rss")
_USUAL_SITEMAPS: Final = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml")


class Merit(StrEnum):
    """Why a listing has points, or has lost some."""

    SERIES = "series"  #: its name or address speaks of series or television
    SCREEN = "screen"  #: ... of film, culture, people
    OTHER = "other"  #: ... of something else
    HINTS = "hints"  #: some of its entries hint at an announcement
    FEED = "feed"
    NEWS_SITEMAP = "news_sitemap"
    DATED = "dated"  #: most entries have a date
    FEW = "few"  #: a page with few articles
    ASLEEP = "asleep"  #: nothing new for long
    FOREIGN = "foreign"  #: neither French nor English, the languages that are read


#: Series in the name outweighs the kind of listing; a listing that sleeps, or can't be read, is no choice at all.
POINTS: Final = {
    Merit.SERIES: 6,
    Merit.SCREEN: 3,
    Merit.OTHER: -4,
    Merit.HINTS: 3,
    Merit.FEED: 3,
    Merit.NEWS_SITEMAP: 2,
    Merit.DATED: 2,
    Merit.FEW: -4,
    Merit.ASLEEP: -20,
    Merit.FOREIGN: -30,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A listing that answered, with entries."""

    url: str
    kind: SourceKind
    clue: Clue
    listing: Listing
    title: str = ""
    language: str | None = None
    merits: tuple[Merit, ...] = ()

    @property
    def points(self) -> int:
        """The sum of its merits' points."""
        return sum(POINTS[merit] for merit in self.merits)

    @property
    def newest(self) -> datetime | None:
        """The date of its newest entry, if any has one."""
        return max((entry.published for entry in self.listing.entries if entry.published), default=None)


def to_ask(candidates: Iterable[Candidate], kind: SourceKind) -> list[Candidate]:
    """Sort the candidates of a kind by what their names promise; equals stay in the page's order."""
    wanted = [one for one in candidates if one.kind is kind and _is_worth_asking(one)]
    return sorted(wanted, key=_promise)


def _promise(one: Candidate) -> tuple[int, int]:
    merits = topic(one.url, one.title)
    fresh = one.kind is SourceKind.SITEMAP and bool(_has(_NEWS, urlsplit(one.url).path))
    return -sum(POINTS[merit] for merit in merits) - 6 * fresh, one.clue is Clue.LINKED


def _is_worth_asking(one: Candidate) -> bool:
    """A sitemap of pictures or tags holds no articles, unless it is one of news besides."""
    path = urlsplit(one.url).path
    return one.kind is not SourceKind.SITEMAP or not _has(_NO_ARTICLES, path) or bool(_has(_NEWS, path))


def topic(url: str, title: str) -> tuple[Merit, ...]:
    """Tell what a listing's name and address speak of; the address's host says nothing about one of its listings."""
    said = f"{unquote(urlsplit(url).path)} {urlsplit(url).query} {title}"
    if _has(_SERIES, said):
        return (Merit.SERIES,)
    if _has(_SCREEN, said):
        return (Merit.SCREEN,)
    return (Merit.OTHER,) if _has(_OTHER, said) else ()


def _has(words: re.Pattern[str], text: str) -> bool:
    return any(words.fullmatch(word) for word in _WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def usual(url: str, kind: SourceKind) -> list[Candidate]:
    """Give the places where a site's feeds or sitemaps often are; a section's own feed first."""
    paths = list(_USUAL_FEEDS if kind is SourceKind.FEED else _USUAL_SITEMAPS)
    section = urlsplit(url).path.rstrip("/")
    if kind is SourceKind.FEED and section and "." not in section.rpartition("/")[2]:
        paths.insert(0, f"{section}/feed/")
    return [Candidate(url=urljoin(url, path), kind=kind, clue=Clue.USUAL) for path in paths]


def language_of(listing: Listing, *, declared: str | None) -> str | None:
    """Tell the language of a listing by the small words of its titles and summaries; else what it declares.

    Templates declare English on pages in any language, so the words outrank the declaration where they are clear.
    """
    text = " ".join(f"{entry.title} {entry.summary[:300]}" for entry in listing.entries[:SAMPLE]).lower()
    words = Counter(re.findall(r"[^\W\d_]+", text))
    counts = {code: sum(words[word] for word in small) for code, small in _SMALL_WORDS.items()}
    best, second = sorted(counts, key=lambda code: counts[code], reverse=True)[:2]
    clear = counts[best] >= 4 and counts[best] * 2 >= counts[second] * 3
    return best if clear else declared


def merits(found: Found, *, promising: Callable[[str, str], bool], now: datetime) -> tuple[Merit, ...]:
    """Say what speaks for a listing and what against it. `promising` is the classifier's prefilter."""
    entries = found.listing.entries
    sample = entries[:SAMPLE]
    dated = sum(entry.published is not None for entry in entries)
    holds = {
        Merit.HINTS: 5 * sum(promising(entry.title, entry.summary) for entry in sample) >= len(sample) > 0,
        Merit.FEED: found.kind is SourceKind.FEED,
        Merit.NEWS_SITEMAP: found.kind is SourceKind.SITEMAP and any(entry.title for entry in entries),
        Merit.DATED: 2 * dated > len(entries),
        Merit.FEW: found.kind is SourceKind.SECTION and len(entries) < FEW,
        Merit.ASLEEP: found.newest is not None and now - found.newest > ASLEEP,
        Merit.FOREIGN: found.language not in {"fr", "en", None},
    }
    return (*topic(found.url, found.title), *(merit for merit, held in holds.items() if held))


def ranked(found: Iterable[Found]) -> list[Found]:
    """Sort by points, the best first, and drop a listing whose entries a better one has all the same (Atom and RSS)."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.points, reverse=True):
        if not any(_same(one, better) for better in kept):
            kept.append(one)
    return kept


def _same(one: Found, other: Found) -> bool:
    """Tell whether two are one listing: one address in the end, or the same entries in another format."""
    if one.kind is not other.kind:
        return False
    if canonical_url(one.listing.final_url or one.url) == canonical_url(other.listing.final_url or other.url):
        return True
    return _urls(one.listing) == _urls(other.listing)


def _urls(listing: Listing) -> Sequence[str]:
    return sorted(entry.url for entry in listing.entries)
