"""OPML, the lists of feeds that readers exchange: a text -> outlines, and sources -> a text.

Reading is forgiving where exporters are careless (a bare `&`, HTML's entities, missing ends, nested folders) and strict
where a file could harm: no entity of its own is ever expanded (fault W16), and size and number are bounded.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from crawler import SourceKind
from monitor.types import MonitorError, Source
from monitor.vocabulary import FetchPolicy

MAX_BYTES: Final = 20 * 1024 * 1024  #: a thousand times the usual
MAX_OUTLINES: Final = 50_000
_DEEPEST: Final = 200  #: folders within folders
_PATTERNS: Final = 50  #: of one source
_LONGEST: Final = 2_000  #: characters of an attribute
#: Our own attributes, which other readers pass over.
SPACE: Final = "https://github.com/cocorico/cocorico#opml"
_BARE: Final = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
#: What XML 1.0 forbids.
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


class OpmlError(MonitorError):
    """This is no OPML file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One subscription of a list."""

    url: str
    title: str = ""
    site: str = ""  #: the outlet's own page
    folder: tuple[str, ...] = ()  #: from the outermost
    language: str = ""  #: two letters, as declared
    own: dict[str, str] = field(default_factory=dict)  #: our own attributes, when we wrote the list


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlines:
    """What a list holds."""

    title: str = ""
    outlines: tuple[Outline, ...] = ()
    broken: str | None = None  #: where reading ended before the list did, for people


def read(body: bytes) -> Outlines:
    """Read a list.

    Raises:
        OpmlError: it is none, is too large, or declares entities of its own.
    """
    if len(body) > MAX_BYTES:
        raise OpmlError(f"a list of {len(body)} bytes is too large: {MAX_BYTES} is the most; split it")
    reader = _Reader()
    broken = reader.feed(_tidy(_decode(body)))
    if not reader.is_opml:
        raise OpmlError(f"this is no OPML list{': ' + broken if broken else ''}; export one from your reader")
    return Outlines(title=reader.title, outlines=tuple(reader.outlines), broken=broken)


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    declared = _DECLARED.match(body)
    for name in ("utf-8-sig", declared.group(1).decode("ascii") if declared else "cp1252"):
        try:
            return body.decode(name)
        except (UnicodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _tidy(text: str) -> str:
    """Make what careless exporters write readable: no declaration, no controls, no bare `&`, no entity of HTML's."""
    text = _CONTROLS.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)).lstrip()
    return _NAMED.sub(_entity, _BARE.sub("&amp;", text))


def _entity(match: re.Match[str]) -> str:
    """HTML's entities as the characters they are; unknown ones as they stand."""
    if match[1] in _OF_XML:
        return match[0]
    known = html.unescape(match[0])
    return known if known != match[0] else f"&amp;{match[1]};"


class _Reader:
    """Takes in a list as it is parsed: what was read before a break is kept."""

    def __init__(self) -> None:
        self.is_opml = False
        self.title = ""
        self.outlines: list[Outline] = []
        self._folder: list[str] = []
        self._text: list[str] | None = None

    def feed(self, text: str) -> str | None:
        """Read; where it broke off, if it did."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._character
        parser.EntityDeclHandler = _refuse
        try:
            parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            return f"line {error.lineno} is broken ({expat.ErrorString(error.code)}), and what follows was not read"
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.lower()
        if name == "opml":
            self.is_opml = True
        elif name == "title":
            self._text = []
        elif name == "outline" and self.is_opml:
            self._outline({key.lower(): value.strip()[:_LONGEST] for key, value in attributes.items()})

    def _outline(self, given: dict[str, str]) -> None:
        title = _line(given.get("title") or given.get("text") or "")
        url = given.get("xmlurl") or (given.get("url", "") if f"{SPACE.lower()} kind" in given else "")
        if len(self._folder) >= _DEEPEST or len(self.outlines) >= MAX_OUTLINES:
            raise OpmlError(
                f"a list of more than {MAX_OUTLINES} feeds or {_DEEPEST} folders deep is not read; split it"
            )
        if url:
            own = {key.partition(" ")[2]: value for key, value in given.items() if key.startswith(f"{SPACE.lower()} ")}
            folder = tuple(name for name in self._folder if name)
            language = given.get("language", "")[:2].lower()
            site = given.get("htmlurl", "")
            self.outlines.append(Outline(url=url, title=title, site=site, folder=folder, language=language, own=own))
        self._folder.append("" if url else title)

    def _end(self, name: str) -> None:
        name = name.lower()
        if name == "outline" and self._folder:
            self._folder.pop()
        elif name == "title" and self._text is not None:
            self.title, self._text = self.title or _line("".join(self._text)), None

    def _character(self, data: str) -> None:
        if self._text is not None and len(self._text) < _LONGEST:
            self._text.append(data)


def _refuse(*_: object) -> None:
    raise OpmlError("the list declares entities of its own, which no reader writes; it is not read")


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def source_values(outline: Outline) -> dict[str, Any]:
    """What our own attributes say of a source, as `Source` has it; what they say wrongly is passed over."""
    values: dict[str, Any] = {}
    for name, make in _OWN.items():
        if name in outline.own:
            try:
                values[name] = make(outline.own[name])
            except (ValueError, TypeError, OverflowError, re.error):
                continue
    return values


def _patterns(text: str) -> tuple[str, ...]:
    found = json.loads(text)
    if not isinstance(found, list):
        raise TypeError("not a list of patterns")
    for pattern in found[:_PATTERNS]:
        re.compile(pattern)
    return tuple(found[:_PATTERNS])


def _interval(text: str) -> timedelta:
    return timedelta(seconds=min(max(float(text), 60.0), 7 * 86_400.0))


def _delay(text: str) -> float:
    return min(max(float(text), 0.0), 3_600.0)


#: Attribute of ours -> what makes its value.
_OWN: Final[dict[str, Callable[[str], Any]]] = {
    "id": str,
    "kind": SourceKind,
    "outlet": str,
    "fetch": FetchPolicy,
    "interval": _interval,
    "delay": _delay,
    "allow": _patterns,
    "deny": _patterns,
}


def write(sources: Iterable[Source], *, title: str) -> str:
    """Write sources as a list that every reader takes, one folder an outlet where it has several.

    A sitemap or section page is no feed: other readers show it as a link.
    """
    outlets: dict[str, list[Source]] = {}
    for source in sources:
        outlets.setdefault(source.outlet or source.name, []).append(source)
    lines: list[str] = []
    for outlet, own in outlets.items():
        if len(own) == 1:
            lines.append(f"    {_written(own[0])}")
        else:
            lines += [
                f"    <outline text={_quoted(outlet)}>",
                *(f"      {_written(one)}" for one in own),
                "    </outline>",
            ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0" xmlns:cocorico="{SPACE}">'
    body = "\n".join(lines)
    return f"{head}\n  <head><title>{html.escape(title)}</title></head>\n  <body>\n{body}\n  </body>\n</opml>\n"


def _written(source: Source) -> str:
    feed = source.kind is SourceKind.FEED
    given = {
        "text": source.name,
        "title": source.name,
        "type": "rss" if feed else "link",
        "xmlUrl" if feed else "url": source.url,
        "language": source.language,
        "cocorico:id": source.id,
        "cocorico:kind": source.kind.value,
        "cocorico:outlet": source.outlet,
        "cocorico:fetch": source.fetch.value,
        "cocorico:interval": f"{source.interval.total_seconds():g}",
        "cocorico:delay": "" if source.delay is None else f"{source.delay:g}",
        "cocorico:allow": json.dumps(source.allow) if source.allow else "",
        "cocorico:deny": json.dumps(source.deny) if source.deny else "",
    }
    return f"<outline {' '.join(f'{key}={_quoted(value)}' for key, value in given.items() if value)}/>"


def _quoted(text: str) -> str:
    return quoteattr(_CONTROLS.sub("", text))
