"""A message as long as a chat service takes it, its links whole: pure.

One that is too long is said shorter, so that every story of it is named; only what is too long even then is cut,
between stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import markdown_link, markdown_text, shorten, silent
from monitor.alerts.render import Chat, Message

#: Characters to read; longer ones are no alerts any more (fault N16).
_LONGEST = 2_000
_GAPS = re.compile(r"\n{3,}")
#: A link's address in Markdown, which nobody reads.
_ADDRESS = re.compile(r"(?<=\])\([^)\s]*\)")
#: Services with less room (SMS, microblogs) get the fact and the link.
_ROOMY = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What a service takes."""

    markdown: bool
    body: int  #: characters
    title: int  #: characters; 0 when there is no title
    shared: bool = False  #: the title counts against the body's room
    lines: int = 0  #: 0: any number


def width(text: str) -> int:
    """Length in UTF-16 units, as the strictest services count: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def fit(message: Message, room: Room) -> tuple[str, str]:
    """The title and body to hand over; the body names the article's link, whole, whatever the room."""
    subject = markdown_text(message.subject) if room.markdown else silent(message.subject)
    title = _narrow(subject, room.title)
    limit = room.body - (width(title) + 2 if room.shared else 0)
    if limit < _ROOMY:
        return title, _brief(subject, message.url, limit, titled=bool(title))
    if room.markdown:
        # Without a title the fact goes on top; Apprise would put it there unescaped.
        top = "" if title else f"**{subject}**  \n"
        versions = [(top + head, *rest) for head, *rest in _versions(message.markdown)]
        return title, _cut(message, message.markdown.left_out, versions, limit, room)
    # Our text begins with what the title says.
    versions = [(_untitled(head) if title else head, *rest) for head, *rest in _versions(message.plain)]
    return title, _cut(message, message.plain.left_out, versions, limit, room)


def _versions(chat: Chat) -> Iterator[tuple[str, ...]]:
    """The pieces of the message, then of the same ever shorter."""
    yield chat.pieces
    yield from chat.leaner


def _untitled(head: str) -> str:
    return (head.partition("\n\n")[2] if head.startswith("🐓") else head).lstrip("\n")


def _narrow(text: str, limit: int) -> str:
    """Cut to so many UTF-16 units."""
    room = limit
    while room > 0 and width(short := shorten(text, room)) > limit:
        room -= max(1, (width(short) - limit) // 2)
    return short if room > 0 else ""


def _brief(subject: str, url: str, limit: int, *, titled: bool) -> str:
    """The fact and the link; the link alone when the title says the fact; never a part of a link."""
    if not url or width(url) + 20 > limit:
        return _narrow(subject, limit)
    return url if titled else f"{_narrow(subject, limit - width(url) - 1)}\n{url}"


def _cut(message: Message, left_out: int, versions: list[tuple[str, ...]], limit: int, room: Room) -> str:
    """The fullest version that is short enough to read, or the shortest if the service takes it whole.

    Else of the shortest as many stories as fit, then how many more.
    """
    for number, pieces in enumerate(versions, start=1):
        body = _ended("".join(pieces), left_out, message)
        if _fits(body, limit, room.lines, named=1 < number == len(versions)):
            return body
    head, *rest = versions[-1]
    stories, foot = rest[:-1], rest[-1] if rest else ""
    for told in range(len(stories) - 1, -1, -1):
        missing = left_out + len(stories) - told
        body = _ended("".join([head, *stories[:told], foot]), missing, message)
        if _fits(body, limit, room.lines):
            return body
    link = markdown_link(message.url) if room.markdown else message.url
    more = _more(left_out + len(stories), message)
    return cut(head.strip(), min(limit, _LONGEST), link, more=more, lines=room.lines)


def _ended(text: str, missing: int, message: Message) -> str:
    more = _more(missing, message)
    return _GAPS.sub("\n\n", text).strip() + (f"\n\n{more}" if more else "")


def _more(missing: int, message: Message) -> str:
    return "… " + voice(message.language).count("and {n} more", "and {n} more", missing) if missing else ""


def _fits(body: str, limit: int, lines: int, *, named: bool = False) -> bool:
    """`named`: it merely names its stories, and may be long."""
    short = named or width(_ADDRESS.sub("", body)) <= _LONGEST
    return short and width(body) <= limit and (not lines or body.count("\n") < lines)


def cut(body: str, limit: int, link: str, *, more: str = "", lines: int = 0) -> str:
    """As many whole lines as there is room for, the link among them or after them, and `more` as the last."""
    rows = body.split("\n")
    for kept in range(len(rows), -1, -1):
        shown = rows[:kept]
        tail = [link] if link and not any(link in row for row in shown) else []
        tail += [more] if more else ["…"] if kept < len(rows) else []
        cut_ = "\n".join([*shown, *tail]).strip()
        if _fits(cut_, limit, lines):
            return cut_
    return link if width(link) <= limit else ""
