"""The watchlist: what lists of other programs say, and what configuration and store come to together. Pure.

Formats, as their programs write them:

- **our CSV**: a heading with `name` (or `title`, `nom`, `titre`) and, if wanted, `kind` (work, person, producer),
  `also` (other names, `|` in between) and `origin` (french, foreign, unknown).
- **Trakt, CSV** (a list's export): `rank,listed_at,type,title,year,trakt_id,...`; `type` is movie, show, season,
  episode or person; of seasons and episodes `title` is the show's.
- **Trakt, JSON** (`/users/ID/lists/LIST/items`, `/sync/watchlist`, the files of a data export): objects with `type`
  and, under that name and `show`, `title` or `name`.
- **Sonarr, JSON** (`GET /api/v3/series`): series with `title`, `alternateTitles` (objects with `title`),
  `originalLanguage` (an object with `name`) and `tvdbId`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from monitor.decide.naming import title_key
from monitor.types import Watch, WatchedWork
from monitor.vocabulary import Origin, WatchKind
from monitor.watching import BY_HAND, CONFIGURED, WatchItem

#: Words for the three kinds that a `kind` or `type` column may hold.
_KINDS: Final = {
    **dict.fromkeys(("", "work", "show", "series", "movie", "film", "season", "episode", "œuvre"), WatchKind.WORK),
    **dict.fromkeys(("person", "people", "personne"), WatchKind.PERSON),
    **dict.fromkeys(("producer", "company", "producteur"), WatchKind.PRODUCER),
}
#: Lists tell works of one name apart by a year or a country: "Les Combattantes (2022)", "Ghosts (FR)".
_SUFFIX: Final = re.compile(r"\s*\((?:\d{4}|[A-Z]{2})\)$")
_MOST_NAMES: Final = 12  #: other names kept of a work; Sonarr has dozens for some, in every script


#: How a web page begins, such as one that asks to log in.
_MARKUP: Final = re.compile(r"<[!?a-zA-Z]")


class ListError(ValueError):
    """This is no list that can be taken in."""


def read(text: str, *, name: str = "") -> list[WatchItem]:
    """Read a list; each thing once, in the order of the list.

    Args:
        name: of its file, which says what it means to be.

    Raises:
        ListError: it is none of the formats, or names nothing.
    """
    stripped = text.lstrip("\ufeff \t\r\n")
    if _MARKUP.match(stripped):
        raise ListError("this is a web page, not a list; is the address right, and its key?")
    as_json = stripped[:1] in {"[", "{"} or name.lower().endswith(".json")
    items = list(_json(stripped) if as_json else _csv(stripped))
    if not items:
        raise ListError("the list names no work, person or producer")
    return _once(items)


def plain_title(name: str) -> str:
    """Leave out the year or the country at a title's end, which the press doesn't write."""
    title = name.strip()
    return _SUFFIX.sub("", title) or title


def merged(watch: Watch, items: Iterable[WatchItem]) -> Watch:
    """Give what is watched in all: the configuration's, then the store's; what the configuration has counts."""
    works = [replace(work, title=plain_title(work.title), also=_plain(work.also)) for work in watch.works]
    known = {title_key(name) for work in works for name in (work.title, *work.also)}
    people, producers = dict.fromkeys(watch.people), dict.fromkeys(watch.producers)
    for item in items:
        title = plain_title(item.name)
        if item.kind is WatchKind.PERSON:
            people.setdefault(item.name)
        elif item.kind is WatchKind.PRODUCER:
            producers.setdefault(item.name)
        elif title_key(title) not in known:
            also = tuple(name for name in _plain(item.also) if title_key(name) not in known)
            works.append(WatchedWork(title=title, also=also, origin=item.origin, listed=True))
            known.update(title_key(name) for name in (title, *also))
    return Watch(works=tuple(works), people=tuple(people), producers=tuple(producers))


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_title, names)))


def configured(watch: Watch) -> Iterator[WatchItem]:
    """Give what the configuration watches as items, to show."""
    for work in watch.works:
        yield WatchItem(kind=WatchKind.WORK, name=work.title, also=work.also, origin=work.origin, source=CONFIGURED)
    for kind, names in ((WatchKind.PERSON, watch.people), (WatchKind.PRODUCER, watch.producers)):
        for name in names:
            yield WatchItem(kind=kind, name=name, source=CONFIGURED)


def taught(watch: Watch, items: Iterable[WatchItem]) -> Watch:
    """Give what the classifier is to know of it: no people and companies of lists, who need not make French works."""
    return merged(watch, (one for one in items if one.kind is WatchKind.WORK or _is_french(one)))


def _is_french(item: WatchItem) -> bool:
    return item.origin is Origin.FRENCH or (item.origin is None and item.source == BY_HAND)


def _once(items: Iterable[WatchItem]) -> list[WatchItem]:
    found: dict[tuple[WatchKind, str], WatchItem] = {}
    for item in items:
        found.setdefault((item.kind, title_key(item.name)), item)
    return list(found.values())


#: Headings of the column that has the names, in English and as French users write them.
_NAMED = ("name", "title", "nom", "titre")


def _csv(text: str) -> Iterator[WatchItem]:
    rows = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
    heading = {str(name).strip().lower(): name for name in rows.fieldnames or ()}
    column = next((heading[name] for name in _NAMED if name in heading), None)
    if column is None:
        says = 'the first line must be a heading with "name" or "title", such as: kind,name,also'
        raise ListError(f"{says}; a list in JSON begins with [ or {{")
    sort = heading.get("kind", heading.get("type"))
    also, origin = heading.get("also"), heading.get("origin")
    source = "trakt" if "trakt_id" in heading else "csv"
    for number, row in enumerate(rows, start=2):
        yield from _item(
            row.get(sort) if sort else "",
            row.get(column),
            (row.get(also) or "").split("|") if also else (),
            origin=(row.get(origin) or "") if origin else "",
            source=source,
            where=f"line {number}",
        )


def _delimiter(text: str) -> str:
    """Tell what stands between the columns: spreadsheets of French users write semicolons."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _json(text: str) -> Iterator[WatchItem]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ListError(f"this is no JSON: {error}") from error
    if isinstance(tree, dict):
        tree = next((tree[key] for key in ("items", "records", "series") if isinstance(tree.get(key), list)), [tree])
    for number, item in enumerate(tree, start=1):
        if not isinstance(item, dict):
            raise ListError(f"item {number} must be an object, as Trakt and Sonarr write them")
        yield from next(read for has, read in _READERS if has(item))(item, f"item {number}")


def _trakt(item: Mapping[str, Any], where: str) -> Iterator[WatchItem]:
    """An item of a Trakt list: an episode or a season stands for its show."""
    sort = str(item.get("type") or next((key for key in ("show", "movie", "person") if key in item), ""))
    about = item.get("show") if sort in {"season", "episode"} else item.get(sort)
    if not isinstance(about, dict):
        raise ListError(f'{where} says that it is "{sort}" and has no such part')
    yield from _item(sort, about.get("title") or about.get("name"), (), source="trakt", where=where)


def _sonarr(item: Mapping[str, Any], where: str) -> Iterator[WatchItem]:
    others = item.get("alternateTitles") or ()
    also = [one.get("title") for one in others if isinstance(one, dict)]
    language = item.get("originalLanguage")
    french = isinstance(language, dict) and language.get("name") == "French"
    origin = "french" if french else ""
    yield from _item("show", item.get("title"), also, source="sonarr", where=where, origin=origin)


def _own(item: Mapping[str, Any], where: str) -> Iterator[WatchItem]:
    """What `cocorico watch list --json` writes, or any object with a name."""
    also = item.get("also")
    names = also if isinstance(also, list) else ()
    name = item.get("name") or item.get("title")
    yield from _item(
        item.get("kind") or item.get("type"), name, names, source="csv", where=where, origin=item.get("origin")
    )


#: How an object is known, and read.
_READERS: Final[tuple[tuple[Callable[[Mapping[str, Any]], bool], Callable[..., Iterator[WatchItem]]], ...]] = (
    (lambda item: "tvdbId" in item or "alternateTitles" in item, _sonarr),
    (lambda item: any(isinstance(item.get(key), dict) for key in ("show", "movie", "person")), _trakt),
    (lambda _item: True, _own),
)


def _item(
    sort: object, name: object, also: Iterable[object], *, source: str, where: str, origin: object = ""
) -> Iterator[WatchItem]:
    """Make an item of what a list says; a row without a name is passed over, one of an unknown kind refused."""
    kind = _KINDS.get(str(sort or "").strip().lower())
    if kind is None:
        raise ListError(f'{where}: "{sort}" is none of {", ".join(WatchKind)}')
    tidy = plain_title if kind is WatchKind.WORK else str.strip
    plain = tidy(str(name or ""))
    if not any(char.isalnum() for char in plain):
        return
    others = dict.fromkeys(tidy(str(one)) for one in also if any(char.isalnum() for char in str(one)))
    kept = [one for one in others if title_key(one) != title_key(plain)][:_MOST_NAMES]
    made = Origin(str(origin)) if origin in set(Origin) else None
    yield WatchItem(kind=kind, name=plain, also=tuple(kept), source=source, origin=made)
