"""Speed of the classifier by length of article, next to a keyword alert, in one run.

    python -m bench.classify [--repeat 30] [--json]

Articles of 500 to 100,000 characters are made of the seeds' sentences; each is read in turn by the classifier and by
the baseline, so that a busy machine slows both alike. Times are CPU microseconds an article.
The baseline is what people write first: a dozen regular expressions over the lower-cased text.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

from monitor.classifier import Classifier
from monitor.data import folder
from monitor.types import Document

LENGTHS = (500, 2_500, 10_000, 100_000)
#: Articles a length; every one is different.
ARTICLES = 12
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
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
    """How long one side takes for articles of one length, in CPU microseconds."""

    length: int
    side: str
    p50: float
    p95: float
    p99: float


def articles(length: int) -> list[Document]:
    """Make articles of a length from the sentences of the seeds, each starting elsewhere."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder("seeds") / "articles").glob("*/article.txt"))]
    sentences = [sentence for text in texts for sentence in _SENTENCE.split(text) if sentence.strip()]
    made = []
    for number in range(ARTICLES):
        start = number * len(sentences) // ARTICLES
        endless = cycle(sentences[start:] + sentences[:start])
        text = " ".join(islice(endless, 8 + length // 60))[:length]
        made.append(Document(title=sentences[start][:120], text=text))
    return made


def baseline(document: Document) -> bool:
    """Judge an article by keywords: two different ones are enough."""
    text = f"{document.title}\n{document.text}".lower()
    return sum(pattern.search(text) is not None for pattern in _KEYWORDS) >= 2


def timed(read: Callable[[Document], object], document: Document) -> float:
    """Read once; return CPU microseconds."""
    started = time.process_time_ns()
    read(document)
    return (time.process_time_ns() - started) / 1000


def measure(classifier: Classifier, *, repeat: int) -> list[Row]:
    """Time both sides, article by article in turn."""
    rows = []
    for length in LENGTHS:
        documents = articles(length)
        times: dict[str, list[float]] = {"classifier": [], "keywords": []}
        for document in documents * max(1, repeat * 2_500 // max(length, 2_500)):
            times["classifier"].append(timed(classifier.read, document))
            times["keywords"].append(timed(baseline, document))
        rows += [Row(length=length, side=side, **_centiles(values)) for side, values in times.items()]
    return rows


def _centiles(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100)
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1)}


def _work(count: int) -> int:
    classifier = Classifier.load(folder("config"))
    documents = articles(2_500)
    for document in islice(cycle(documents), count):
        classifier.read(document)
    return count


def rate(processes: int, *, count: int) -> float:
    """Articles of 2,500 characters per second, with some processes, their start included."""
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        done = sum(pool.map(_work, [count // processes] * processes))
    return round(done / (time.perf_counter() - started), 1)


def table(rows: list[Row], rates: dict[int, float]) -> str:
    """Lay the numbers out."""
    lines = [f"{'characters':>10}  {'side':<10} {'p50 µs':>10} {'p95 µs':>10} {'p99 µs':>10}"]
    lines += [f"{r.length:>10}  {r.side:<10} {r.p50:>10.0f} {r.p95:>10.0f} {r.p99:>10.0f}" for r in rows]
    lines += [
        f"{processes} process(es): {speed:.0f} articles of 2,500 characters a second"
        for processes, speed in rates.items()
    ]
    return "\n".join(lines)


def main() -> int:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=30, help="how often each article is read (default 30)")
    parser.add_argument(
        "--count", type=int, default=2_000, help="articles for the rate with 1 and 2 processes (default 2000)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    rows = measure(Classifier.load(Path(folder("config"))), repeat=options.repeat)
    rates = {processes: rate(processes, count=options.count) for processes in (1, 2)}
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "articles_per_second": rates}))
    else:
        print(table(rows, rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
