"""`python -m monitor.learning check`: what is wrong with our corpus. `… train`: make config/model.json from it."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from monitor.data import folder
from monitor.learning.check import Checked, Written, check
from monitor.learning.labelled import corpus_files, records
from monitor.types import MonitorError

#: Only a checkout has a corpus: it is no part of what is installed.
ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        return _check(given.corpus)
    except MonitorError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m monitor.learning", description="Our corpus, and what it teaches.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser(
        "check", help="list everything that is wrong with the corpus, and what it is made of"
    )
    checking.add_argument("corpus", nargs="?", type=Path, default=CORPUS, help="its folder (default: corpus/)")
    return parser


def _check(corpus: Path) -> int:
    checked = check_folder(corpus)
    print(checked.balance)
    for problem in checked.problems:
        print(problem)
    print(f"{len(checked.problems)} problems" if checked.problems else "In order.")
    return 1 if checked.problems else 0


def check_folder(corpus: Path) -> Checked:
    """Read a corpus, the seeds and the names of platforms, and check the corpus.

    Raises:
        CorpusError: a file cannot be read.
    """
    written = [
        Written(file=file.relative_to(corpus).as_posix(), record=record)
        for file in corpus_files(corpus)
        for record, _ in records(file)
    ]
    seeds = {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in sorted((folder("seeds") / "articles").glob("*/article.txt"))
    }
    gazetteer = tomllib.loads((folder("config") / "gazetteer.toml").read_text(encoding="utf-8"))
    platforms = frozenset(str(platform["name"]) for platform in gazetteer["platforms"])
    return check(written, seeds=seeds, platforms=platforms)


if __name__ == "__main__":
    sys.exit(main())
