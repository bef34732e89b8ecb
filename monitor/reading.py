"""An article as somebody saved it in a text file: which line is the headline, and what is not the article at all.

Pure: text and what is known about it go in, a `Document` comes out. Reading the file is the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from monitor.types import Document

#: A headline is a line, not a paragraph: of 401 that we measured the longest has 125 characters.
LONGEST_HEADLINE = 180
#: Notices and link boxes are short; a paragraph that happens to begin like one is kept.
_LONGEST_NOTICE = 400

_STAMP = re.compile(r"^date\s+\d{4}-\d{2}(?:-\d{2})?\s*", re.IGNORECASE)
_COOKIES = re.compile(
    r"\bcookies?\b.*\b(?:accept\w*|refus\w*|paramétr\w*|param[eè]tres|consent\w*|politique|policy|settings|navigat\w*)\b"
    r"|\b(?:accept\w*|consent\w*|navigat\w*)\b.*\bcookies?\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:©|\(c\)\s|copyright\b|crédits?\b|credits?\s*:|photo\s*:)"
    r"|[-–—/|©]\s*(?:AFP|Reuters|Getty(?: Images)?|Abaca(?:press)?|Sipa(?: Press)?|Bestimage|EPA|DR)\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?:publié|mis à jour|modifié|posted|published|updated|last updated|temps de lecture|reading time)\b.{0,80}$",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"^(?:partager|share(?: this)?|commentaires?|comments?|publicité|advertisement|filtrer par|newsletters?"
    r"|inscrivez-vous à (?:la|notre) newsletter.*|sign up (?:for|to) (?:the|our) newsletter.*)\W*\d*$",
    re.IGNORECASE,
)
_SEE_ALSO = re.compile(
    r"^(?:à lire (?:aussi|également)|lire (?:aussi|également)|à voir aussi|voir aussi|sur le même sujet"
    r"|read (?:more|also|next)|see also|related(?: articles| stories)?(?=\s*(?::|$)))\b\s*[:›»-]?\s*(?P<link>.*)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?[.!?…]+[\"'»”’)]*(?=\s|$)")


def document_from_text(
    text: str,
    *,
    title: str | None = None,
    summary: str = "",
    published: datetime | None = None,
    language: str | None = None,
) -> Document:
    """Read a saved article. Without a title, the first line that can be a headline is it.

    A text that opens with a whole paragraph has no headline line: its first sentence stands for it.
    """
    lines = list(_article_lines(text))
    if title:
        body = _after(_after(lines, title), summary)
    else:
        title, body = _headline(lines)
    return Document(
        title=" ".join(title.split()),
        summary=" ".join(summary.split()),
        text="\n".join(body),
        language=language,
        published=published,
    )


def document_from_meta(text: str, meta: Mapping[str, object]) -> Document:
    """Read a saved article whose `meta.toml` lies beside it: title, summary, published, language, each optional.

    Raises:
        ValueError: `published` is not a date and time with its zone.
    """
    published = meta.get("published")
    if published is not None and (not isinstance(published, datetime) or published.tzinfo is None):
        raise ValueError(f"published must be a date and time with a zone, like 2018-02-05T08:00:00Z, not {published}")
    language = meta.get("language")
    return document_from_text(
        text,
        title=str(meta.get("title") or "") or None,
        summary=str(meta.get("summary") or ""),
        published=published.astimezone(UTC) if published else None,
        language=str(language) if language else None,
    )


def _article_lines(text: str) -> Iterable[str]:
    """Give the lines that belong to the article, blanks collapsed; notices, credits and link boxes are gone."""
    in_links = False
    for raw in text.splitlines():
        line = _STAMP.sub("", " ".join(raw.split()))
        if not line:
            continue
        see_also = _SEE_ALSO.match(line) if len(line) <= _LONGEST_NOTICE else None
        if see_also:
            in_links = not see_also["link"]
        elif in_links and _is_link(line):
            continue
        elif not _is_notice(line):
            in_links = False
            yield line


def _is_link(line: str) -> bool:
    """Tell a headline in a link box from a sentence of the article that goes on after it."""
    return len(line) <= LONGEST_HEADLINE and line[-1] not in ".…"


def _is_notice(line: str) -> bool:
    if len(line) > _LONGEST_NOTICE:
        return False
    return any(pattern.search(line) for pattern in (_COOKIES, _CREDIT, _DATELINE, _BUTTONS))


def _headline(lines: list[str]) -> tuple[str, list[str]]:
    """Split off the headline; outlet and section names above it ("BFMTV", "Séries") are dropped."""
    start = 0
    while _is_kicker(lines[start:]):
        start += 1
    rest = lines[start:]
    if not rest:
        return "", []
    if len(rest[0]) <= LONGEST_HEADLINE:
        return rest[0], rest[1:]
    sentence = _SENTENCE.match(rest[0])
    title = sentence[0] if sentence else rest[0]
    remainder = rest[0][len(title) :].strip()
    return title, [remainder, *rest[1:]] if remainder else rest[1:]


def _is_kicker(lines: list[str]) -> bool:
    """Tell whether the first line is a word or two above a headline that follows within two lines."""
    if len(lines) < 2 or len(lines[0].split()) > 2:
        return False
    return any(len(line) <= LONGEST_HEADLINE and len(line.split()) >= 4 for line in lines[1:3])


def _after(lines: list[str], known: str) -> list[str]:
    """Drop what is known apart from the text, and the few lines above it, where the text repeats it at its top."""
    wanted = " ".join(known.split())
    for position, line in enumerate(lines[:5]):
        if wanted and line == wanted:
            return lines[position + 1 :]
    return lines
