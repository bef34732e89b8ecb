"""What a corpus is made of, and what it has too little of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.learning.labelled import Labelled
from monitor.learning.schema import TAGS, Fault
from monitor.vocabulary import Kind

#: What the corpus must have at least: articles, share of negatives, of hard ones among them, of long texts.
ARTICLES, NEGATIVES, HARD, LONG = 800, 0.5, 0.5, 0.25
#: Characters from which a text is as long as the real thing.
REAL_LENGTH = 2000
#: Articles for each tag, as a trap and as a true announcement that looks like it.
EACH_TAG = 5
#: Below so many characters a text is short.
_SHORT_LENGTH = 800


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """How many articles of each sort there are."""

    articles: int
    sorts: Mapping[str, Mapping[str, int]]  #: by split, label, language, manner, difficulty, shape, length
    facts: Mapping[str, int]  #: by kind; those denied are counted apart

    def __str__(self) -> str:
        lines = [f"{self.articles} articles"]
        for name, counts in (*self.sorts.items(), ("facts", self.facts)):
            lines.append(f"  {name:<11}" + ", ".join(f"{value} {sort}" for sort, value in counts.items()))
        return "\n".join(lines)


def weigh(splits: Mapping[str, Sequence[Labelled]]) -> Balance:
    """Count the articles of each sort, most frequent first."""
    articles = [article for some in splits.values() for article in some]
    counts = {
        "split": Counter({name: len(some) for name, some in splits.items()}),
        "label": Counter(_label(article) for article in articles),
        "negatives": Counter(article.difficulty for article in articles if not article.label),
        "language": Counter(article.language for article in articles),
        "manner": Counter(article.manner for article in articles),
        "difficulty": Counter(article.difficulty for article in articles),
        "shape": Counter(article.shape for article in articles),
        "length": Counter(_length(article) for article in articles),
    }
    facts = Counter(
        f"{fact.kind} denied" if fact.status == "denied" else fact.kind.value for one in articles for fact in one.facts
    )
    return Balance(
        articles=len(articles),
        sorts={name: dict(count.most_common()) for name, count in counts.items()},
        facts=dict(facts.most_common()),
    )


def _label(article: Labelled) -> str:
    return " and ".join(kind.value for kind in Kind if kind in article.label) or "neither"


def _length(article: Labelled) -> str:
    count = len(article.document.text)
    if count >= REAL_LENGTH:
        return f"of {REAL_LENGTH} characters and more"
    return f"under {_SHORT_LENGTH}" if count < _SHORT_LENGTH else "between"


def shortfalls(articles: Sequence[Labelled]) -> Iterator[Fault]:
    """List what the corpus has too little of."""
    negatives = [article for article in articles if not article.label]
    hard = [article for article in negatives if article.difficulty == "hard"]
    long = [article for article in articles if len(article.document.text) >= REAL_LENGTH]
    if len(articles) < ARTICLES:
        yield Fault(what=f"there are {len(articles)} articles", remedy=f"write {ARTICLES - len(articles)} more")
    for name, some, all_, share in (
        ("announce nothing (label [])", negatives, articles, NEGATIVES),
        ("of those that announce nothing are hard", hard, negatives, HARD),
        (f"have a text of {REAL_LENGTH} characters and more", long, articles, LONG),
    ):
        if len(some) < share * len(all_):
            yield Fault(what=f"only {len(some)} of {len(all_)} articles {name}", remedy=f"make them {share:.0%}")
    yield from _rare(Counter(tag for article in articles for tag in set(article.traps)), "trap", "traps")
    looks = Counter(tag for article in articles for tag in set(article.lookalikes))
    yield from _rare(looks, "true announcement that looks like it", "lookalikes")


def _rare(counts: Counter[str], what: str, key: str) -> Iterator[Fault]:
    rare: Iterable[str] = (f"{tag} ({counts[tag]})" for tag in TAGS if counts[tag] < EACH_TAG)
    if listed := ", ".join(rare):
        remedy = f"write more until each of these stands in the {key} of {EACH_TAG} articles"
        yield Fault(what=f"too few articles with each {what}: {listed}", remedy=remedy)
