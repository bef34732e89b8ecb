"""Whether a corpus is fit to learn from and to be measured by: form, labels, quotes, copies, leaks, balance. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.learning.balance import Balance, shortfalls, weigh
from monitor.learning.labelled import CorpusError, Labelled, labelled
from monitor.learning.leakage import leaks
from monitor.learning.schema import JUDGES, SPLITS, Fault, faults
from monitor.learning.similar import Likeness, likenesses
from monitor.types import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """One article as it is written in a file."""

    file: str  #: its path in the corpus, "train/a-01.toml"
    record: Mapping[str, object]

    @property
    def id(self) -> str:
        """What the article is called; empty when it is not."""
        return str(self.record.get("id", ""))

    @property
    def split(self) -> str:
        """The folder it stands in."""
        return self.file.split("/", maxsplit=1)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with the corpus, where, and what to do."""

    file: str  #: empty: the corpus as a whole
    id: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.file, self.id))) or "the corpus"
        return f"{where}: {self.what}; {self.remedy}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]
    balance: Balance


def check(
    written: Sequence[Written], *, seeds: Mapping[str, str], platforms: frozenset[str], balanced: bool = True
) -> Checked:
    """Find everything that is wrong with a corpus.

    Args:
        written: its articles, in order.
        seeds: texts that no article may copy, by name.
        platforms: the names by which platforms may be called.
        balanced: whether it must have enough of everything, too.
    """
    problems, good = _formed(written, platforms)
    files = {one.id: one.file for one in written}
    articles = list(good.values())
    splits = {name: [a for a in articles if files[a.id].startswith(f"{name}/")] for name in SPLITS}
    problems += _copies(good, files, seeds)
    problems += _leaking(splits, files)
    if balanced:
        problems += [Problem(file="", id="", what=one.what, remedy=one.remedy) for one in shortfalls(articles)]
    return Checked(problems=tuple(problems), balance=weigh(splits))


def _formed(written: Sequence[Written], platforms: frozenset[str]) -> tuple[list[Problem], dict[str, Labelled]]:
    """Check each article by itself; give what is wrong, and the articles that are well-formed."""
    problems: list[Problem] = []
    good: dict[str, Labelled] = {}
    often = Counter(one.id for one in written)
    for one in written:
        found = list(_own_faults(one, platforms, often[one.id]))
        problems += [Problem(file=one.file, id=one.id, what=fault.what, remedy=fault.remedy) for fault in found]
        if not found:
            good[one.id] = labelled(one.record, one.file)
    return problems, good


def _own_faults(one: Written, platforms: frozenset[str], often: int) -> Iterator[Fault]:
    if one.split not in SPLITS:
        yield Fault(what="it is in no split", remedy=f"move the file to {' or '.join(f'{name}/' for name in SPLITS)}")
        return
    if often > 1:
        yield Fault(what=f"{often} articles have this id", remedy="give each its own")
    found = list(faults(one.record, split=one.split, platforms=platforms))
    yield from found
    if not found:
        try:
            labelled(one.record, one.file)
        except CorpusError as error:
            yield Fault(what=str(error), remedy="write it as corpus/README.md says")


def _copies(articles: Mapping[str, Labelled], files: Mapping[str, str], seeds: Mapping[str, str]) -> Iterator[Problem]:
    for article in articles.values():
        if article.copy_of is not None and article.copy_of not in articles:
            remedy = "name the id of the article whose agency text it carries"
            yield _problem(article.id, files, f"it is a copy_of {article.copy_of!r}, which there is not", remedy)
    documents = {f"seed {name}": Document(title="", text=text) for name, text in seeds.items()}
    documents |= {name: article.document for name, article in articles.items()}
    for found in likenesses(documents):
        if found.other in articles and not _marked(found, articles):
            yield _problem(found.other, files, *_said(found))


def _marked(found: Likeness, articles: Mapping[str, Labelled]) -> bool:
    """Whether both carry the same agency text, and say so."""
    if found.one not in articles:
        return False
    one, other = (articles[name].copy_of or name for name in (found.one, found.other))
    return one == other


def _said(found: Likeness) -> tuple[str, str]:
    if found.sentence is not None:
        what = f"shares a sentence with {found.one}: {found.sentence[:80]!r}"
    else:
        what = f"is nearly the text of {found.one}: they share {found.share:.0%} of their runs of five words"
    if found.one.startswith("seed "):
        return what, "write it anew: nothing may be copied from seeds/"
    return what, f'write it anew, or mark an agency copy with copy_of = "{found.one}"'


def _leaking(splits: Mapping[str, Sequence[Labelled]], files: Mapping[str, str]) -> Iterator[Problem]:
    for judge in JUDGES:
        for leak in leaks(splits["train"], splits[judge]):
            how = "lists" if leak.listed else "names"
            what = f"the {judge} split has {leak.work!r}, which {leak.train} of the training {how}, too"
            yield _problem(leak.test, files, what, "give it to one split only, or call one of them otherwise")


def _problem(article: str, files: Mapping[str, str], what: str, remedy: str) -> Problem:
    return Problem(file=files[article], id=article, what=what, remedy=remedy)
