"""From what is owed to what is sent: one message, as mail (HTML and plain text), for chat, as lines for a terminal.

The same context and templates give the same message, byte for byte. All that outlets wrote goes through `clean` first,
and is escaped for what it is written on.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from monitor.alerts.clean import shorten
from monitor.alerts.context import DeliveryContext
from monitor.alerts.escaping import for_chat, for_mail, for_markdown
from monitor.alerts.lean import MARKDOWN, PLAIN, leaner
from monitor.alerts.templates import CUT, Templates
from monitor.alerts.text import Language
from monitor.alerts.view import View, build

#: Never resolves (RFC 2606), so our ids can clash with nobody's; the same wherever Cocorico runs, whoever the sender.
DOMAIN = "cocorico.invalid"
#: Bytes of HTML that Gmail shows without "View entire message": 102 KB, less what a transport may add.
HTML_LIMIT: Final = 100_000

_SUBJECT_LIMIT = 120
#: Longer ones would be folded into encoded words, which no mail program takes for an id.
_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
_SHIPPED = Templates()
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """A message for chat, in pieces: what is not room for is left out from the end, but for the last piece."""

    pieces: tuple[str, ...]  #: the head with its first story, then a story each, then the foot
    left_out: int  #: stories that are in no piece
    leaner: tuple[tuple[str, ...], ...] = ()  #: the pieces of the same message said ever shorter

    @property
    def whole(self) -> str:
        """All pieces."""
        return "".join(self.pieces).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message in every form a target may want."""

    subject: str  #: one line, at most 120 characters
    text: str  #: plain, wrapped at 72, stands alone
    html: str  #: a whole document for a mail
    markdown: Chat  #: without the subject
    plain: Chat  #: like `text`, and rings nobody
    language: Language
    message_id: str  #: "<…@cocorico.invalid>": the same each time the delivery is sent
    references: tuple[str, ...] = ()  #: ids of the thread's earlier messages, the first one first
    list_id: str  #: "<subscription.cocorico.invalid>", for filters in the mailbox
    url: str = ""  #: the lead story's article; empty when there is none, or its address is not safe to click
    problems: tuple[str, ...] = ()  #: what is wrong with the user's templates; the shipped ones were used


def render(
    context: DeliveryContext, *, language: Language, template: str = "", templates: Templates = _SHIPPED
) -> Message:
    """Tell all the stories of a delivery in one message."""
    view = build(context, language)
    text, bad_text = templates.write(for_mail(view), "txt", template)
    plain, bad_plain = _chat(for_chat(view), "txt", template, templates)
    markdown, bad_markdown = _chat(for_markdown(view), "md", template, templates)
    html, bad_html = _html(context, view, template, templates)
    return Message(
        subject=_subject(view),
        text=_GAPS.sub("\n\n", text.replace(CUT, "")).strip() + "\n",
        html=html,
        markdown=replace(markdown, left_out=view.left_out),
        plain=replace(plain, left_out=view.left_out),
        language=language,
        message_id=message_id(context.delivery.id),
        references=(message_id(context.thread),) if context.thread else (),
        list_id=f"<{_slug(context.delivery.subscription)}.{DOMAIN}>",
        url=(view.stories[0].link or "") if view.stories else "",
        problems=tuple(dict.fromkeys(bad for bad in (bad_text, bad_plain, bad_markdown, bad_html) if bad)),
    )


def _html(context: DeliveryContext, view: View, template: str, templates: Templates) -> tuple[str, str]:
    """The mail's HTML: of a long digest as many stories as big clients show."""
    html, problem = templates.write(for_mail(view), "html", template)
    told = len(view.stories)
    while told > 1 and (size := len(html.encode())) > HTML_LIMIT:
        told = max(1, min(told - 1, told * HTML_LIMIT // size))
        html, problem = templates.write(for_mail(build(context, view.language, most=told)), "html", template)
    return html, problem


def _chat(view: View, paper: Literal["txt", "md"], template: str, templates: Templates) -> tuple[Chat, str]:
    """The message in pieces, and in fewer words for where there is little room."""
    form, manner = (_hard_breaks, MARKDOWN) if paper == "md" else (str, PLAIN)

    def pieces(text: str) -> tuple[str, ...]:
        return tuple(_GAPS.sub("\n\n", form(text)).split(CUT))

    whole, problem = templates.write(view, paper, template)
    shorter = leaner(view, lambda less: templates.write(less, paper, template)[0], manner)
    return Chat(pieces=pieces(whole), left_out=0, leaner=tuple(map(pieces, shorter))), problem


def subject(context: DeliveryContext, language: Language) -> str:
    """The lead story's fact, and how many more there are: says it all in the list of mails."""
    return _subject(build(context, language, most=1))


def _subject(view: View) -> str:
    return f"🐓 {shorten(view.subject, _SUBJECT_LIMIT - len('🐓 ') - len(view.more))}{view.more}"


def message_id(delivery_id: str) -> str:
    """The Message-ID of a delivery: a resend carries the same, so that a mailbox can tell it for a copy."""
    local = delivery_id if _ID.fullmatch(delivery_id) else hashlib.sha256(delivery_id.encode()).hexdigest()[:40]
    return f"<{local}@{DOMAIN}>"


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return slug or "alerts"


def _hard_breaks(text: str) -> str:
    """Two blanks keep a line end in CommonMark (Matrix); the chats that keep all of them do not show the blanks."""
    return re.sub(r"(?<=[^\s\f])\n(?=\f?\S)", "  \n", text)
