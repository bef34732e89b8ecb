"""Labelled articles: what one announces, as a careful reader says. Read from our corpus (TOML) or from JSON lines."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from monitor.types import Document, MonitorError
from monitor.vocabulary import ALERTED_KINDS, Kind, Status, WorkType


class CorpusError(MonitorError):
    """A corpus cannot be read; the message says which record of which file, and what is wrong with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing an article announces, or says will not be."""

    kind: Kind
    title: str | None
    platforms: tuple[str, ...]
    season: int | None
    status: Status
    work_type: WorkType
    final: bool = False
    spin_off_of: str | None = None
    count: int | None = None  #: several untitled works announced together
    quote: str | None = None  #: the words that say so; None in records of others


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """One article with its label and facts."""

    id: str
    document: Document
    label: frozenset[Kind]  #: any of `new_original`, `renewal`; empty: neither
    also_ok: tuple[frozenset[Kind], ...]  #: other labels that are no errors
    facts: tuple[Fact, ...]
    text_kind: str  #: "verbatim", "digest", "headline_only"; "corpus" for ours
    language: str
    difficulty: str  #: "easy" or "hard"
    shape: str  #: "single" or "roundup"
    manner: str = ""  #: "people", "trade", "tech", "regional", "agency", "release", "english-trade"
    outlet: str = ""
    works: tuple[str, ...] = ()  #: every work the article names
    traps: tuple[str, ...] = ()  #: what is no announcement in it and looks like one
    lookalikes: tuple[str, ...] = ()  #: what a true announcement in it looks like
    copy_of: str | None = None  #: the record whose agency text it carries
    note: str = ""


def read_corpus(path: Path) -> tuple[Labelled, ...]:
    """Read labelled articles from a `.jsonl` file, a `.toml` file, or a folder of either, in the order of their names.

    Raises:
        CorpusError: there is no such file, or a record is not as it should be.
    """
    return tuple(labelled(record, where) for file in corpus_files(path) for record, where in records(file))


def corpus_files(path: Path) -> tuple[Path, ...]:
    """List the files of a corpus in the order of their names.

    Raises:
        CorpusError: there is none.
    """
    found = path.rglob("*") if path.is_dir() else [path]
    files = sorted(file for file in found if file.suffix in (".toml", ".jsonl"))
    if not files:
        raise CorpusError(f"{path}: there is no .toml or .jsonl file")
    return tuple(files)


def records(file: Path) -> Iterator[tuple[Mapping[str, object], str]]:
    """Give each record of a file as it is written, with the words that say where it stands.

    Raises:
        CorpusError: the file cannot be read, or a record is no table.
    """
    for record, where in _values(file):
        if not isinstance(record, Mapping):
            raise CorpusError(f"{where}: an article is a table of names and values")
        yield record, where


def _values(file: Path) -> Iterator[tuple[object, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".toml":
            articles = tomllib.loads(text).get("article", [])
            if not isinstance(articles, list):
                raise CorpusError(f"{file}: articles are written as [[article]], with two brackets")
            yield from ((record, f"{file}, article {number}") for number, record in enumerate(articles, start=1))
        else:
            # Not splitlines: JSON may hold U+2028 and other ends of lines as they are.
            lines = enumerate(text.split("\n"), start=1)
            yield from ((json.loads(line), f"{file}, line {number}") for number, line in lines if line.strip())
    except OSError as error:
        raise CorpusError(f"{file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file}: {error}") from error


def labelled(record: Mapping[str, object], where: str) -> Labelled:
    """Read one record.

    Raises:
        CorpusError: it is not as it should be; the message begins with `where` it stands.
    """
    try:
        name = str(record["id"])
        return Labelled(
            id=name,
            document=Document(
                title=str(record["title"]),
                summary=str(record.get("summary") or ""),
                text=str(record["text"]).strip(),
                language=str(record["lang"]),
                published=_published(record.get("date")),
            ),
            label=_kinds(record["label"]),
            also_ok=tuple(_kinds(label) for label in _list(record.get("also_ok"))),
            facts=tuple(_fact(fact) for fact in _list(record.get("facts"))),
            text_kind=str(record.get("text_kind") or "corpus"),
            language=str(record["lang"]),
            difficulty=str(record.get("difficulty") or ""),
            shape=str(record.get("shape") or ""),
            manner=str(record.get("manner") or ""),
            outlet=str(record.get("outlet") or ""),
            works=_texts(record.get("works")),
            traps=_texts(record.get("traps")),
            lookalikes=_texts(record.get("lookalikes")),
            copy_of=str(record["copy_of"]) if record.get("copy_of") else None,
            note=str(record.get("note") or ""),
        )
    except KeyError as error:
        raise CorpusError(f"{where} ({record.get('id', 'no id')}): lacks {error}") from error
    except (TypeError, ValueError) as error:
        raise CorpusError(f"{where} ({record.get('id', 'no id')}): {error}") from error


def _fact(given: object) -> Fact:
    if not isinstance(given, Mapping):
        raise TypeError("each fact is a table")
    season, count = given.get("season"), given.get("count")
    for number in (season, count):
        if number is not None and not isinstance(number, int):
            raise TypeError(f"season and count are whole numbers, not {number!r}")
    return Fact(
        kind=Kind(given["kind"]),
        title=given.get("title") or None,
        platforms=_texts(given["platforms"]),
        season=season,
        status=Status(given["status"]),
        work_type=_work_type(given.get("work_type")),
        final=bool(given.get("final")),
        spin_off_of=given.get("spin_off_of") or None,
        count=count,
        quote=given.get("quote") or None,
    )


def _published(given: object) -> datetime | None:
    """Read a day, a month or a year; the first moment of it."""
    if isinstance(given, date):
        return datetime(given.year, given.month, given.day, tzinfo=UTC)
    parts = [int(part) for part in str(given or "").split("-")[:3] if part.isdecimal()]
    if not parts:
        return None
    year, month, day = [*parts, 1, 1][:3]
    return datetime(year, month, day, tzinfo=UTC)


def _work_type(given: object) -> WorkType:
    """Read a sort of work; others call more things by name than we do."""
    name = "film" if given == "tv_film" else str(given)
    return WorkType(name) if name in set(WorkType) else WorkType.UNKNOWN


def _kinds(given: object) -> frozenset[Kind]:
    kinds = frozenset(Kind(kind) for kind in _texts(given))
    if not kinds <= ALERTED_KINDS:
        raise ValueError(f"a label holds only {' and '.join(sorted(ALERTED_KINDS))}")
    return kinds


def _list(given: object) -> list[object]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise TypeError(f"a list is expected, not {given!r}")
    return given


def _texts(given: object) -> tuple[str, ...]:
    return tuple(str(one) for one in _list(given))
