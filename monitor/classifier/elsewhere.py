"""Fourth stage, news that only looks like ours: cinema films, deals, appointments, presented programmes, sport."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.retrospect import looks_back, memory

#: Groups that say in headline, standfirst or lead what the news is about, and the feature that tells it.
_IN_FRONT = {"deal": "a deal in front", "appoint": "a new post in front"}
#: What is said of a work that exists.
_GOING_ON = ("renew", "cancel", "sequel", "more", "rescue")
#: What says for sure that something is made.
_MADE = frozenset({"act order!", "act develop!", "act shoot!", "act adapt!", "act cast!"})
#: Presenters' marks that make a programme of it, wherever they stand.
_HOSTED = 2


def elsewhere_signs(page: Page) -> set[str]:
    """Name what else an article may be about, which sounds the same."""
    found = {sign for group, sign in _IN_FRONT.items() if _strong(page.front, group)}
    found |= {"a purchase in front"} if _bought(page) else set()
    found |= {"sport in the headline"} if _strong(page.heads, "sport") else set()
    found |= _cinema(page)
    if _hosted(page):
        found.add("somebody presents it")
    found |= {"an interview"} if any(map(_speaks, page.heads)) else set()
    return found | looks_back(page)


def _speaks(reading: Reading) -> bool:
    """Whether somebody says "I" between quotes: « J'ai besoin de silence »."""
    plain = reading.sentence.plain
    return any(plain.count('"', 0, m.start) % 2 for m in reading.of("we")) if '"' in plain else False


def going_on(page: Page) -> set[str]:
    """Name whether headline or lead say of the article's work that it comes back, goes on or has ended."""
    named = (r for r in page.front if r.has(*_GOING_ON) and any(t.value == page.topic for t in r.of("title")))
    told = any(m.strength > 2 for r in named for m in r.all(*_GOING_ON))
    return {"front tells how a work goes on"} if told else set()


def _bought(page: Page) -> bool:
    """Whether headline, standfirst or lead tell of a purchase, and the headline of no order or renewal."""
    made = any(m.strength > 2 for r in page.heads for m in r.all("order", "renew", "shoot"))
    return not made and bool(_strong(page.front, "acquire"))


def _cinema(page: Page) -> set[str]:
    """Whether it speaks of cinemas, and the front of a film that no streamer makes for itself."""
    front, all_of_it = _strong(page.front, "cinema"), _strong(page.readings, "cinema")
    if not all_of_it:
        return set()
    found = {"cinema in front" if front else "cinema further on"}
    streamed = any(_streamed(reading, page) for reading in page.front)
    series = any(_strong(page.heads, group) for group in ("work.documentary", "season")) or _counted(page)
    if _strong(page.front, "work.film") and not streamed and not series:
        found.add("front of a film for cinemas" if front else "front of a film, cinemas further on")
    return found


def _streamed(reading: Reading, page: Page) -> bool:
    """Whether a sentence names a film and a service that makes its own: "Netflix annonce un nouveau film"."""
    services = any(m.value in page.gazetteer.everywhere and m.strength > 1 for m in reading.of("platform"))
    return services and reading.has("work.film") and not reading.has("cinema")


def _counted(page: Page) -> bool:
    """Whether headline or lead count episodes: then what they speak of is no film."""
    return any(r.has("season", "more") or _strong([r], "format") for r in page.front)


def _strong(readings: Iterable[Reading], group: str) -> int:
    return sum(m.strength > 2 for r in readings if group in r.groups for m in r.groups[group])


def _hosted(page: Page) -> bool:
    """Whether somebody presents what the article is about, and it is neither a contest nor a series."""
    if not _strong(page.front, "host") and _strong(page.readings, "host") < _HOSTED:
        return False
    works = any(_strong(page.front, group) for group in ("work.series", "work.documentary"))
    return not works and not _strong(page.readings, "work.reality")


def crossed(features: set[str], *, film: bool) -> set[str]:
    """Name what two signs say together: a film and cinemas, a deal and no title.

    `film`: the statement speaks of a film, or of what the article is about.
    """
    found = set()
    here = "with cinema" in features and "platform beside it" not in features
    if film and (here or "front of a film for cinemas" in features):
        found.add("a film for cinemas")
    elif film and "front of a film, cinemas further on" in features:
        found.add("a film, cinemas further on")
    if "untitled" in features:
        found |= {"untitled under a deal"} if "a deal in front" in features else set()
        found |= {"untitled with a new post"} if "a new post in front" in features else set()
    return found


def mistaken(features: set[str], *, film: bool) -> set[str]:
    """Name what several signs together take a statement for that tells of no new work.

    `film`: the statement speaks of a film. One in an article about a series that ends or returns is its conclusion.
    """
    found = set()
    if "untitled" in features and film and "front tells how a work goes on" in features:
        found.add("a film to a series")
    if (
        "untitled" in features
        and "platform beside it" not in features
        and features & {"an interview", "about a person"}
    ):
        found.add("somebody's own plans")
    if "review or list" in features and not features & _MADE and "told as news" not in features:
        found.add("a review, and nothing is made")
    return memory(features | found)
