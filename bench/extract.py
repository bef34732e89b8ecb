"""Speed and quality of extraction on real pages, next to `trafilatura.extract` with its defaults, in one run.

    python -m bench.extract FOLDER [--rounds 3] [--json]

FOLDER holds `html/NAME.html.gz` and `ground-truth.json` (`{NAME: {"articleBody": text, "url": address}}`), as the
public article-extraction benchmark has them. Scored as there: shingles of 4 tokens, mean precision and recall, F1.
The two are timed page by page in turn (CPU seconds), so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from crawler.extract import extract_page
from crawler.types import Article, Entry, Fetch

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of the corpus."""

    name: str
    url: str
    body: bytes
    truth: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """One extractor's figures over the corpus."""

    name: str
    pages_per_second: float
    precision: float
    recall: float
    f1: float
    tiers: dict[str, int]  #: how many pages each way of extraction served
    rejected: dict[str, str]  #: page -> reason; every page of the corpus is an article


def read_corpus(folder: Path) -> list[Page]:
    """The pages of a folder, in the order of their names."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(
            name=name,
            url=truth[name].get("url") or "https://outlet.example/a",
            body=gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()),
            truth=truth[name]["articleBody"],
        )
        for name in sorted(truth)
    ]


def ours(page: Page) -> tuple[str, str, str]:
    """Text, tier and reason of refusal by `extract_page`, metadata included."""
    entry = Entry(source="bench", url=page.url, listed_url=page.url)
    fetch = Fetch(order=page.name, entry=entry)
    got = extract_page(
        page.body, fetch=fetch, final_url=page.url, content_type="text/html", charset=None, fetched_at=NOW
    )
    return (got.text, got.tier.value, "") if isinstance(got, Article) else ("", "", got.reason.value)


def baseline(page: Page) -> tuple[str, str, str]:
    """Trafilatura as it comes: text only, no metadata."""
    return trafilatura.extract(page.body) or "", "default", ""


def measure(pages: list[Page], rounds: int) -> list[Score]:
    """Both extractors over all pages, in turn, `rounds` times; the fastest round of each page counts."""
    extractors: dict[str, Callable[[Page], tuple[str, str, str]]] = {"trafilatura": baseline, "cocorico": ours}
    spent: dict[str, float] = dict.fromkeys(extractors, 0.0)
    got: dict[str, dict[str, tuple[str, str, str]]] = {name: {} for name in extractors}
    for page in pages:
        best = dict.fromkeys(extractors, float("inf"))
        for _ in range(rounds):
            for name, extractor in extractors.items():
                start = time.process_time()
                got[name][page.name] = extractor(page)
                best[name] = min(best[name], time.process_time() - start)
        for name, seconds in best.items():
            spent[name] += seconds
    return [_score(name, pages, got[name], spent[name]) for name in extractors]


def _score(name: str, pages: list[Page], got: dict[str, tuple[str, str, str]], seconds: float) -> Score:
    pairs = [_precision_recall(page.truth, got[page.name][0]) for page in pages]
    precision = sum(pair[0] for pair in pairs) / len(pairs)
    recall = sum(pair[1] for pair in pairs) / len(pairs)
    return Score(
        name=name,
        pages_per_second=round(len(pages) / seconds, 1),
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(2 * precision * recall / ((precision + recall) or 1), 4),
        tiers=dict(Counter(tier for _, tier, _ in got.values() if tier)),
        rejected={page: reason for page, (_, _, reason) in got.items() if reason},
    )


def _precision_recall(truth: str, text: str) -> tuple[float, float]:
    wanted, found = _shingles(truth), _shingles(text)
    shared = sum((wanted & found).values())
    return shared / (found.total() or 1), shared / (wanted.total() or 1)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3))) if tokens else Counter()


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 when the folder holds no corpus."""
    parser = argparse.ArgumentParser(description="Speed and quality of extraction next to trafilatura's defaults.")
    parser.add_argument("folder", type=Path, help="html/*.html.gz and ground-truth.json")
    parser.add_argument("--rounds", type=int, default=1, help="measure each page this often, the best counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if not (options.folder / "ground-truth.json").is_file():
        print(f"{options.folder}: no ground-truth.json; give a folder of pages with it", file=sys.stderr)
        return 1
    logging.disable(logging.CRITICAL)
    base, own = measure(read_corpus(options.folder), options.rounds)
    if options.json:
        print(
            json.dumps({"scores": [asdict(base), asdict(own)], "ratio": own.pages_per_second / base.pages_per_second})
        )
        return 0
    print(f"{'extractor':<12} {'pages/s':>8} {'P':>7} {'R':>7} {'F1':>7}  tiers")
    for score in (base, own):
        print(
            f"{score.name:<12} {score.pages_per_second:>8.1f} {score.precision:>7.4f} {score.recall:>7.4f} "
            f"{score.f1:>7.4f}  {score.tiers}"
        )
    print(f"{own.pages_per_second / base.pages_per_second:.2f} times as fast, F1 {own.f1 - base.f1:+.4f}")
    print(f"{len(own.rejected)} refused: {own.rejected}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
