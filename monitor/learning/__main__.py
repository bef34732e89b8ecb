"""`python -m monitor.learning check`: what is wrong with our corpus. `… train`: make config/model.json from it.

`… figures`: measure the shipped model on the splits nobody learns from, and put that with its curves into
docs/classifier.md. `… errors`: what is read wrong in articles of the training split by models that have not seen them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from monitor import buyers
from monitor.classifier import Classifier
from monitor.data import folder
from monitor.learning import evaluate, figures
from monitor.learning.check import Checked, Written, check
from monitor.learning.labelled import corpus_files, read_corpus, records
from monitor.learning.places import CORPUS, PAGE
from monitor.learning.schema import JUDGES
from monitor.types import MonitorError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    given = _parser().parse_args(arguments)
    try:
        if given.command == "check":
            return _check(given.corpus)
        if given.command == "figures":
            return _figures(given.corpus, given.config)
        if given.command == "errors":
            return _errors(given.corpus, given.config, given.files)
        return _train(given.corpus, given.config, check=given.check)
    except MonitorError as error:
        print(error, file=sys.stderr)
    except ImportError as error:
        print(f"Training needs the extra `train` ({error}): pip install 'cocorico[train]'", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m monitor.learning", description="Our corpus, and what it teaches.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser(
        "check", help="list everything that is wrong with the corpus, and what it is made of"
    )
    training = commands.add_parser("train", help="make config/model.json from the training split")
    training.add_argument("--check", action="store_true", help="write nothing; fail when model.json is another one")
    measuring = commands.add_parser("figures", help="renew the figures and curves of docs/classifier.md")
    erring = commands.add_parser("errors", help="tell what a model reads wrong in training files it has not seen")
    erring.add_argument("--files", nargs="+", default=[], help="how their names begin, such as n-0 (default: all)")
    for command in (training, measuring, erring):
        command.add_argument("--config", type=Path, default=folder("config"), help="its folder (default: config/)")
    for command in (checking, training, measuring, erring):
        command.add_argument("corpus", nargs="?", type=Path, default=CORPUS, help="its folder (default: corpus/)")
    return parser


def _check(corpus: Path) -> int:
    checked = check_folder(corpus)
    print(checked.balance)
    for problem in checked.problems:
        print(problem)
    print(f"{len(checked.problems)} problems" if checked.problems else "In order.")
    return 1 if checked.problems else 0


def _errors(corpus: Path, config: Path, files: Sequence[str]) -> int:
    from monitor.learning import training, unseen  # noqa: PLC0415 - they need an extra; the check does not

    done = training.run(corpus, config)
    print(*unseen.errors(done, files, done.prior.floor), sep="\n")
    return 0


def _train(corpus: Path, config: Path, *, check: bool) -> int:
    from monitor.learning import training  # noqa: PLC0415 - it needs an extra; the check does not

    model = config / "model.json"
    done = training.run(corpus, config, compare=not check)
    if not check:
        print(*training.report(done), sep="\n")
        model.write_text(training.text(done), encoding="utf-8")
        return 0
    stale = training.stale(done, model)
    print(*stale, sep="\n", end="\n" if stale else "")
    print(f"{model} is not what training gives: run `make train`" if stale else f"{model} is what training gives.")
    return 1 if stale else 0


def _figures(corpus: Path, config: Path) -> int:
    classifier = Classifier.load(config)
    found, riddles = (
        evaluate.evaluate(evaluate.read_all(read_corpus(corpus / split), classifier, lambda: None), classifier)
        for split in JUDGES
    )
    mark = figures.model_mark((config / "model.json").read_bytes())
    PAGE.write_text(figures.renewed(PAGE.read_text(encoding="utf-8"), found, riddles, model=mark), encoding="utf-8")
    images = PAGE.parent / "images"
    (images / "classifier-calibration.svg").write_text(figures.calibration_picture(found), encoding="utf-8")
    (images / "classifier-curves.svg").write_text(figures.curves_picture(found), encoding="utf-8")
    print(f"{PAGE} and its curves show model {mark}.")
    return 0


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
    return check(written, seeds=seeds, platforms=buyers.platforms(folder("config")))


if __name__ == "__main__":
    sys.exit(main())
