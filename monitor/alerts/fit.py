"""A message cut to what a chat service takes, its link whole: pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.alerts.clean import markdown_link, markdown_text, shorten
from monitor.alerts.render import Message

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


def fit(message: Message, room: Room) -> tuple[str, str]:
    """The title and body to hand over; the body names the article's link, whole, whatever the room."""
    title = shorten(message.subject, room.title) if room.title else ""
    limit = min(room.body, _LONGEST) - (len(title) + 2 if room.shared else 0)
    if limit < _ROOMY:
        return title, _brief(message, limit, titled=bool(title))
    link = markdown_link(message.url) if room.markdown else message.url
    if room.markdown:
        # Without a title the fact goes on top; Apprise would put it there unescaped.
        body = message.markdown if title else f"**{markdown_text(message.subject)}**\n{message.markdown}"
        return markdown_text(title), cut(body, limit, link, lines=room.lines)
    body = message.text.partition("\n\n")[2].strip() if title else message.text.strip()
    return title, cut(body, limit, link, lines=room.lines)


def _brief(message: Message, limit: int, *, titled: bool) -> str:
    """The fact and the link; the link alone when the title says the fact; never a part of a link."""
    if not message.url or len(message.url) + 20 > limit:
        return shorten(message.subject, limit)
    return message.url if titled else f"{shorten(message.subject, limit - len(message.url) - 1)}\n{message.url}"


def cut(body: str, limit: int, link: str, *, lines: int = 0) -> str:
    """As many whole lines as there is room for; the link is added when it was among the lines lost."""
    rows = body.split("\n")
    if len(body) <= limit and not 0 < lines < len(rows):
        return body
    tail = ["…", link] if link else ["…"]
    room = limit - len("\n".join(tail))
    most = lines - len(tail) if lines else len(rows)
    kept: list[str] = []
    for row in rows[: max(most, 0)]:
        room -= len(row) + 1
        if room < 0:
            break
        kept.append(row)
    return "\n".join([*kept, *tail[: 1 if any(link in row for row in kept) else 2]]).strip()
