"""A message cut to what a chat service takes, between stories, its links whole: pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import markdown_link, markdown_text, shorten, silent
from monitor.alerts.render import Chat, Message

#: Longer ones are no alerts any more (fault N16).
_LONGEST = 2_000
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
    limit = min(room.body, _LONGEST) - (width(title) + 2 if room.shared else 0)
    if limit < _ROOMY:
        return title, _brief(subject, message.url, limit, titled=bool(title))
    if room.markdown:
        # Without a title the fact goes on top; Apprise would put it there unescaped.
        top = "" if title else f"**{subject}**  \n"
        body = _cut(message, message.markdown, top, limit, link=markdown_link(message.url), lines=room.lines)
        return title, body
    head, *rest = message.plain.pieces
    # Our text begins with what the title says.
    without = head.partition("\n\n")[2] if title and head.startswith("🐓") else head
    chat = Chat(pieces=(without.lstrip("\n"), *rest), left_out=message.plain.left_out)
    return title, _cut(message, chat, "", limit, link=message.url, lines=room.lines)


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


def _cut(message: Message, chat: Chat, top: str, limit: int, *, link: str, lines: int) -> str:
    """As many stories as there is room for, then the foot, then how many are left out."""
    head, *rest = chat.pieces
    stories, foot = rest[:-1], rest[-1] if rest else ""
    body = ""
    for told in range(len(stories), -1, -1):
        missing = chat.left_out + len(stories) - told
        more = voice(message.language).count("and {n} more", "and {n} more", missing) if missing else ""
        body = "".join([top, head, *stories[:told], foot]).strip() + (f"\n\n… {more}" if more else "")
        if _fits(body, limit, lines):
            return body
    return cut((top + head).strip(), limit, link, more=f"… {more}" if more else "", lines=lines)


def _fits(body: str, limit: int, lines: int) -> bool:
    return width(body) <= limit and (not lines or body.count("\n") < lines)


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
