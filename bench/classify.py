"""Speed of the classifier by length of article, next to a keyword alert and to extraction, in one run.

    python -m bench.classify [--repeat 3] [--count 2000] [--json]
    python -m bench.classify --memory [--count 100000]

Articles are those of corpus/train, title and all, their texts cut or said again until they have a
length, in the mix of `MIX`: what feeds bring, of which the least part speaks of television. Each is read in turn by the
classifier and by the baseline, so that a busy machine slows both alike; times are CPU microseconds an article.
The baseline is what people write first: a dozen regular expressions over the lower-cased text.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import psutil
import trafilatura

from bench import pages
from crawler.extract import extract_page
from crawler.types import Entry, Fetch
from monitor.classifier import Classifier
from monitor.classifier.text import LONGEST_TEXT
from monitor.data import folder
from monitor.learning.labelled import read_corpus
from monitor.types import Document

CORPUS = Path(__file__).parent.parent / "corpus" / "train"
LENGTHS = (500, 1_000, 2_500, 5_000, 20_000, 1_000_000)
USUAL = 2_500  #: characters of the article by which sorts, rates and extraction are compared
#: Of ten articles: one announces, three speak of television and announce nothing, six are other news.
MIX = {"announces": 1, "television": 3, "other news": 6}
#: Articles of a mix, every one different; and of a megabyte, which take long.
ARTICLES, LONG_ARTICLES = 120, 10
#: What a text can be made of to be slow: said again and again, for as long as texts are read.
MADE = {
    "one season": ("saison 2 " * 11_112)[:LONGEST_TEXT],
    "a slate": "".join(f"« Azur {a} de {b} », une série.\n" for a in range(70) for b in range(50))[:LONGEST_TEXT],
    "one sign": "!" * LONGEST_TEXT,
}
_PAGES = 60
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_KEYWORDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"renouvel[ée]+e?s?\b",
        r"\brenew(?:s|ed|al)\b",
        r"(?:nouvelle|prochaine|première) (?:série|création)",
        r"new (?:french )?(?:series|original|drama)",
        r"saison \d+",
        r"season (?:\d+|two|three|four)",
        r"(?:deuxième|seconde|troisième|quatrième) saison",
        r"(?:second|third|fourth) season",
        r"\bcommand[ée]+\b",
        r"\b(?:orders|ordered|greenlights|greenlit|commissions)\b",
        r"feu vert",
        r"\b(?:netflix|canal\+|tf1|france [2345]|m6|arte|ocs|prime video|disney\+|max)\b",
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """How long one side takes for articles of one length and sort, in CPU microseconds."""

    length: int
    sort: str
    side: str
    p50: float
    p95: float
    p99: float


def sorts(classifier: Classifier) -> dict[str, list[Document]]:
    """Sort the articles of our corpus by what they bring; what is in no sentence about television is other news."""
    found: dict[str, list[Document]] = {sort: [] for sort in MIX}
    for article in read_corpus(CORPUS):
        spoken = bool(article.label) or classifier.explain(article.document).television
        found["announces" if article.label else "television" if spoken else "other news"].append(article.document)
    return found


def articles(found: Sequence[Document], length: int, count: int) -> list[Document]:
    """Make articles of a length, each of another one of those given, cut or said again until it is as long."""
    chosen = [document for document in found if document.text]
    return [
        replace(document, text=((document.text + "\n") * (length // len(document.text) + 1))[:length])
        for document in islice(cycle(chosen), count)
    ]


def mixed(found: dict[str, list[Document]], length: int, count: int) -> list[Document]:
    """Make articles of a length in the mix."""
    parts = [articles(found[sort], length, count * share // sum(MIX.values())) for sort, share in MIX.items()]
    return [document for part in parts for document in part]


def baseline(document: Document) -> bool:
    """Judge an article by keywords: two different ones are enough."""
    text = f"{document.title}\n{document.text}".lower()
    return sum(pattern.search(text) is not None for pattern in _KEYWORDS) >= 2


def timed(read: Callable[[Document], object], document: Document) -> float:
    """Read once; return CPU microseconds."""
    started = time.process_time_ns()
    read(document)
    return (time.process_time_ns() - started) / 1000


def compared(classifier: Classifier, documents: Sequence[Document], sort: str, length: int, repeat: int) -> list[Row]:
    """Time both sides, article by article in turn."""
    times: dict[str, list[float]] = {"classifier": [], "keywords": []}
    for document in [*documents] * repeat:
        times["classifier"].append(timed(classifier.read, document))
        times["keywords"].append(timed(baseline, document))
    return [Row(length=length, sort=sort, side=side, **_centiles(values)) for side, values in times.items()]


def measure(classifier: Classifier, *, repeat: int) -> list[Row]:
    """Time both sides by length, and at the usual length by sort."""
    found, rows = sorts(classifier), []
    for length in LENGTHS:
        count = ARTICLES if length <= LENGTHS[-2] else LONG_ARTICLES
        rows += compared(classifier, mixed(found, length, count), "mix", length, repeat)
    for sort in MIX:
        rows += compared(classifier, articles(found[sort], USUAL, ARTICLES // 2), sort, USUAL, repeat)
    return rows


def made_slow(classifier: Classifier) -> dict[str, float]:
    """Divide the times of texts that are made to be slow by that of prose about television of their length."""
    prose, *_ = articles(sorts(classifier)["television"], LONGEST_TEXT, 1)
    texts = {name: replace(prose, title="TF1 dévoile ses séries", text=text) for name, text in MADE.items()}
    usual = min(timed(classifier.read, prose) for _ in range(3))
    return {name: round(timed(classifier.read, text) / usual, 1) for name, text in texts.items()}


def _centiles(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}


def extraction() -> dict[str, float]:
    """Time the extraction of pages of real size, metadata included, ours and Trafilatura's in turn; median CPU µs."""
    times: dict[str, list[float]] = {"trafilatura": [], "ours": []}
    for page in pages.build(folder("seeds"), _PAGES, base=lambda _: "http://127.0.0.1", now=_NOW):
        address, html = f"http://127.0.0.1{page.path}", page.body.decode()
        fetch = Fetch(order="bench", entry=Entry(source="bench", url=address, listed_url=address))
        started = time.process_time_ns()
        trafilatura.bare_extraction(html, url=address, with_metadata=True)
        between = time.process_time_ns()
        extract_page(page.body, fetch=fetch, final_url=address, content_type="text/html", charset=None, fetched_at=_NOW)
        times["trafilatura"].append((between - started) / 1000)
        times["ours"].append((time.process_time_ns() - between) / 1000)
    return {side: round(statistics.median(taken), 1) for side, taken in times.items()}


def _work(count: int) -> tuple[int, float]:
    classifier = at_work()
    documents = mixed(sorts(classifier), USUAL, ARTICLES)
    started = time.perf_counter()
    for document in islice(cycle(documents), count):
        classifier.read(document)
    return count, time.perf_counter() - started


def rate(processes: int, *, count: int) -> float:
    """Articles of the usual length and mix per second, with some processes, each once it is up."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return round(sum(done / seconds for done, seconds in pool.map(_work, [count // processes] * processes)), 1)


def at_work() -> Classifier:
    """Load a classifier as a daemon does, that has the collector leave alone what stays (`Watchkeeper`)."""
    classifier = Classifier.load(folder("config"))
    gc.collect()
    gc.freeze()
    return classifier


def memory(count: int, *, steps: int = 10) -> list[tuple[int, float]]:
    """Read many different articles; tell after how many of them how many megabytes the process holds."""
    classifier, held = at_work(), []
    documents, process = mixed(sorts(classifier), USUAL, ARTICLES), psutil.Process()
    for number in range(count):
        document = documents[number % len(documents)]
        # A number of its own in each, and a name: no article comes twice, nor do all its words.
        classifier.read(replace(document, text=f"Dossier{number} de Nom{number}. {document.text}"))
        if (number + 1) % max(1, count // steps) == 0:
            held.append((number + 1, round(process.memory_info().rss / 1e6, 1)))
    return held


def table(rows: list[Row], rates: dict[int, float], extracted: dict[str, float], made: dict[str, float]) -> str:
    """Lay the numbers out."""
    lines = [f"{'characters':>10}  {'sort':<12} {'side':<10} {'p50 µs':>10} {'p95 µs':>10} {'p99 µs':>10}"]
    lines += [f"{r.length:>10}  {r.sort:<12} {r.side:<10} {r.p50:>10.0f} {r.p95:>10.0f} {r.p99:>10.0f}" for r in rows]
    lines += [
        f"{processes} process(es): {speed:.0f} articles of {USUAL} characters a second"
        for processes, speed in rates.items()
    ]
    lines += [
        f"extraction, {side}: {taken:.0f} µs a page, {ratio(rows, taken):.1f} times the classifier's p50"
        for side, taken in extracted.items()
    ]
    lines += [f"{name}, said again: {times:.1f} times as long as prose of its length" for name, times in made.items()]
    return "\n".join(lines)


def ratio(rows: list[Row], extracted: float) -> float:
    """Divide the time of extraction by the classifier's for an article of the usual length and mix."""
    usual = next(r for r in rows if (r.length, r.sort, r.side) == (USUAL, "mix", "classifier"))
    return extracted / usual.p50


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, help="how often each article is read (default 3)")
    parser.add_argument("--count", type=int, help="articles for the rates (default 2000) or for memory (100000)")
    parser.add_argument("--memory", action="store_true", help="read many articles and tell what memory is held")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if options.memory:
        held = memory(options.count or 100_000)
        lines = "\n".join(f"{done:>8} articles  {size:>7.1f} MB" for done, size in held)
        print(json.dumps({"memory": held}) if options.json else lines)
        return 0
    rows = measure(at_work(), repeat=options.repeat)
    extracted = extraction()
    made = made_slow(at_work())
    rates = {processes: rate(processes, count=options.count or 2_000) for processes in (1, 2)}
    if options.json:
        figures = {"rows": [asdict(row) for row in rows], "articles_per_second": rates, "extraction": extracted}
        ratios = {side: round(ratio(rows, taken), 1) for side, taken in extracted.items()}
        print(json.dumps(figures | {"extraction_to_classifier": ratios, "made_slow": made}))
    else:
        print(table(rows, rates, extracted, made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
