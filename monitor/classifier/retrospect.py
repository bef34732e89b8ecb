"""Fourth stage, what is told of the past: an order with its year, a piece that looks back."""

from __future__ import annotations

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.phrases import Mark
from monitor.classifier.presented import in_apposition

#: Characters between what was done and when; years after which nobody recalls an order.
_DATED, _RECALLED_YEARS = 30, 15
#: Where a year dates a whole sentence, "En 1998, TF1..."; television ordered nothing before that year.
_HEAD, _SCREENS = 5, 1970
#: Years after which what was ordered is no news in any article.
_LONG = 2
_DONE = ("order", "renew", "shoot", "develop", "adapt")


def dated(reading: Reading, anchor: Mark, page: Page, acts: list[Mark]) -> set[str]:
    """Tell whether what is done was done long ago ("commandée en 2019"), or only something else was ("sorti en 2019").

    Years long past are the story's: "un drame situé en 1942".
    """
    clause = reading.clause(anchor)
    past = (*reading.of("ago"), *_past_years(reading, page))
    dates = [m for m in past if reading.clause(m) == clause or in_apposition(reading, anchor, m)]
    if not dates:
        return set()
    if not any(_then(date, act, reading) for date in dates for act in acts):
        return {"past date"}
    return {"recalled", *({"years ago"} if _all_long_ago(reading, acts, dates, page) else ())}


def _all_long_ago(reading: Reading, acts: list[Mark], dates: list[Mark], page: Page) -> bool:
    """Whether years have passed since whatever a sentence says was done: "lancée en 2019, renouvelée hier" is news."""
    long = [m for m in dates if m.group == "year" and (_year(m, page) or 0) <= (_this(page) or 0) - _LONG]
    firm = [act for act in acts if act.strength > 2] or acts
    return bool(long) and all(any(_then(date, act, reading) for date in long) for act in firm)


def _this(page: Page) -> int | None:
    return page.published.year if page.published else None


def _year(mark: Mark, page: Page) -> int | None:
    return page.lexicon.book.number(mark.value)


def _past_years(reading: Reading, page: Page) -> list[Mark]:
    last = _this(page)
    if last is None:
        return []
    first = last - _RECALLED_YEARS
    years = [(m, _year(m, page) or 0) for m in reading.of("year")]
    return [m for m, year in years if year < last and (year > first or (m.start <= _HEAD and year > _SCREENS))]


def _then(date: Mark, act: Mark, reading: Reading) -> bool:
    """Whether a date says when something was done: right after it, or before it at the head of the sentence."""
    plain = reading.sentence.plain
    if plain[date.end : date.end + 1] == "'":
        return False  # "last year's hit"
    if act.start < date.start <= act.end + _DATED:
        return "," not in plain[act.end : date.start]
    return 0 <= act.start - date.end <= _DATED and not plain[: date.start].strip(' "')


def looks_back(page: Page) -> set[str]:
    """Name whether the headline tells of an anniversary or a death, and of nothing that is made or goes on."""
    heads = page.heads
    memory = any(m.strength > 2 for r in heads for m in r.of("memory"))
    if not memory or any(r.has("season", "more") for r in heads):
        return set()
    made = any(m.strength > 2 for r in heads for m in r.all(*_DONE))
    return set() if made else {"looks back"}


#: A tense that tells what was, or a work that nobody names; and what makes of it news all the same.
_WAS = frozenset({"act in the past", "sentence in the past", "said of then", "untitled"})
_IS = frozenset({"act in the future", "act just now", "told as news"})


def memory(features: set[str]) -> set[str]:
    """Add that a statement is only a memory: recalled in the past tense, or without a title, or before a release.

    Of our training articles' statements about new works that are so, 3 of 100 are right; each sign alone leaves 10.
    """
    if features & _IS:
        return features
    recalled = "recalled" in features
    was = recalled and bool(features & _WAS)
    before = "launch piece" in features and (recalled or "act in the past" in features)
    return features | {"only a memory"} if was or before else features
