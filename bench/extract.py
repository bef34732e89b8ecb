"""Speed and quality of extraction next to `trafilatura.extract` with its defaults, in one run.

    python -m bench.extract [FOLDER] [--core 1] [--pages 50] [--rounds 3] [--json]

*Real pages*, when there is a FOLDER with `html/NAME.html.gz` and `ground-truth.json` (`{NAME: {"articleBody": text,
"url": address}}`), as the public article-extraction benchmark has them: each page is alone, nothing is learned.
*Sites of ours* (`bench/sites.py`): the first pages of each teach its template, then `--pages` more are read by it.
Scored as that benchmark does: shingles of 4 tokens, mean precision and recall, F1. Both are timed page by page in turn
(CPU seconds), so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import trafilatura

from bench import sites
from bench.cores import pin
from crawler.extract import extract_page
from crawler.taught import Template
from crawler.templates import LESSONS, YOUNG, is_used, teaches
from crawler.types import Article, Entry, Fetch, Rejected

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TOKEN = re.compile(r"\w+")

Got = tuple[str, str, str]  #: text, tier, reason of refusal


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


Extractor = Callable[[Page], Got]


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


def alone(page: Page) -> Got:
    """Text, tier and reason of refusal by `extract_page`, metadata included, nothing being known of the site."""
    return _got(_extract(page, None, learns=False))


def _extract(page: Page, template: Template | None, *, learns: bool) -> Article | Rejected:
    entry = Entry(source="bench", url=page.url, listed_url=page.url)
    fetch = Fetch(order=page.name, entry=entry, template=template)
    return extract_page(
        page.body,
        fetch=fetch,
        final_url=page.url,
        content_type="text/html",
        charset=None,
        fetched_at=NOW,
        learns=learns,
    )


def _got(record: Article | Rejected) -> Got:
    return (record.text, record.tier.value, "") if isinstance(record, Article) else ("", "", record.reason.value)


def baseline(page: Page) -> Got:
    """Trafilatura as it comes: text only, no metadata."""
    return trafilatura.extract(page.body) or "", "default", ""


def measure(pages: list[Page], rounds: int, ours: Extractor) -> list[Score]:
    """Both extractors over all pages, in turn, `rounds` times; the fastest round of each page counts."""
    extractors: dict[str, Extractor] = {"trafilatura": baseline, "cocorico": ours}
    spent: dict[str, float] = dict.fromkeys(extractors, 0.0)
    got: dict[str, dict[str, Got]] = {name: {} for name in extractors}
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


def teach(pages: list[Page]) -> tuple[dict[str, Template], dict[str, int]]:
    """Learn each site's template from its first pages, and how many it took."""
    templates: dict[str, Template] = {}
    taken: Counter[str] = Counter()
    for page in pages:
        site = _site(page)
        record = _extract(_lesson(page), templates.get(site), learns=True)
        taken[site] += not is_used(templates.get(site) or Template())
        if isinstance(record, Article) and record.site:
            templates[site] = record.site.template
    return templates, dict(taken)


def _lesson(page: Page) -> Page:
    """The same page at an address whose page teaches: where the column is sure, one in 20 does."""
    addresses = (f"{page.url}?{number}" for number in count())
    return replace(page, url=next(url for url in addresses if teaches(Template(), url, sure=True)))


def by_template(templates: dict[str, Template]) -> Extractor:
    """Our extraction as it is in the long run: templates that have agreed on samples, one page in 100 sampled."""
    grown = {site: replace(template, agreed=YOUNG) for site, template in templates.items()}
    return lambda page: _got(_extract(page, grown[_site(page)], learns=True))


def _site(page: Page) -> str:
    return page.url.split("/")[2]


def _score(name: str, pages: list[Page], got: dict[str, Got], seconds: float) -> Score:
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
    parser.add_argument("folder", type=Path, nargs="?", help="real pages: html/*.html.gz and ground-truth.json")
    parser.add_argument("--core", type=int, help="run on this core only")
    parser.add_argument("--pages", type=int, default=50, help="of each of our sites; 0: none")
    parser.add_argument("--layouts", type=int, default=1, help="of each of our sites, by turns")
    parser.add_argument("--rounds", type=int, default=1, help="measure each page this often, the best counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    if options.folder and not (options.folder / "ground-truth.json").is_file():
        print(f"{options.folder}: no ground-truth.json; give a folder of pages with it", file=sys.stderr)
        return 1
    logging.disable(logging.CRITICAL)
    pin(options.core)
    gc.collect()
    gc.freeze()  # as our children do; both extractors gain by it
    results: dict[str, list[Score]] = {}
    if options.folder:
        results["real pages, each alone"] = measure(read_corpus(options.folder), options.rounds, alone)
    if options.pages:
        first = LESSONS * options.layouts * (1 if options.layouts == 1 else 2)
        made = sites.build(first + options.pages, layouts=options.layouts)
        templates, taken = teach([_own(page) for site in made for page in site[:first]])
        rest = [_own(page) for site in made for page in site[first:]]
        title = (
            f"{len(made)} sites of ours, templates learned from {min(taken.values())} to {max(taken.values())} pages"
        )
        results[title] = measure(rest, options.rounds, by_template(templates))
    if options.json:
        print(json.dumps({title: [asdict(score) for score in scores] for title, scores in results.items()}))
        return 0
    for title, scores in results.items():
        _show(title, *scores)
    return 0


def _own(page: sites.SitePage) -> Page:
    return Page(name=page.url, url=page.url, body=page.body, truth=page.truth)


def _show(title: str, base: Score, own: Score) -> None:
    print(f"{title}\n{'extractor':<12} {'pages/s':>8} {'P':>7} {'R':>7} {'F1':>7}  tiers")
    for score in (base, own):
        print(
            f"{score.name:<12} {score.pages_per_second:>8.1f} {score.precision:>7.4f} {score.recall:>7.4f} "
            f"{score.f1:>7.4f}  {score.tiers}"
        )
    print(f"{own.pages_per_second / base.pages_per_second:.2f} times as fast, F1 {own.f1 - base.f1:+.4f}")
    print(f"{len(own.rejected)} refused: {own.rejected}\n")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
