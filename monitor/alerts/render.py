"""From what is owed to what is sent: one message, as mail (HTML and plain text), as Markdown, as lines for a terminal.

Pure: the same context gives the same message, byte for byte. All that outlets wrote goes through `clean` first,
and through Jinja's escaping in the HTML.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from monitor.alerts.clean import markdown_link, markdown_text, shorten
from monitor.alerts.context import DeliveryContext
from monitor.alerts.phrases import fact
from monitor.alerts.text import COLON, WORDS, Language
from monitor.alerts.view import build
from monitor.vocabulary import Event

#: Never resolves (RFC 2606), so our ids can clash with nobody's; the same wherever Cocorico runs, whoever the sender.
DOMAIN = "cocorico.invalid"

_SUBJECT_LIMIT = 120
_WIDTH = 72
#: Longer ones would be folded into encoded words, which no mail program takes for an id.
_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message in every form a target may want."""

    subject: str  #: one line, at most 120 characters
    text: str  #: plain, wrapped at 72, stands alone
    html: str  #: a whole document for a mail
    markdown: str  #: for chat, without the subject
    message_id: str  #: "<…@cocorico.invalid>": the same each time the delivery is sent
    references: tuple[str, ...] = ()  #: ids of the thread's earlier messages, the first one first
    list_id: str  #: "<subscription.cocorico.invalid>", for filters in the mailbox
    url: str = ""  #: the article; empty when its address is not safe to click


def render(context: DeliveryContext, *, language: Language) -> Message:
    """Tell all the stories of a delivery in one message."""
    view = build(context, language)
    return Message(
        subject=subject(context, language),
        text=_template("message.txt.j2").render(view=view, words=WORDS[language], colon=COLON[language]).strip() + "\n",
        html=_template("message.html.j2").render(view=view, words=WORDS[language], colon=COLON[language]),
        markdown=_hard_breaks(_template("message.md.j2").render(view=view, words=WORDS[language]).strip()),
        message_id=message_id(context.delivery.id),
        references=(message_id(context.thread),) if context.thread else (),
        list_id=f"<{_slug(context.delivery.subscription)}.{DOMAIN}>",
        url=view.link or "",
    )


def subject(context: DeliveryContext, language: Language) -> str:
    """The lead story's fact, and how many more there are: says it all in the list of mails."""
    lead = context.stories[0].story
    update = f"{WORDS[language]['update']}{COLON[language]} " if context.delivery.event is Event.UPDATE else ""
    more = f" +{len(context.stories) - 1}" if len(context.stories) > 1 else ""
    room = _SUBJECT_LIMIT - len("🐓 ") - len(more)
    return f"🐓 {shorten(update + fact(lead, language), room)}{more}"


def render_terminal(context: DeliveryContext, *, language: Language) -> str:
    """A compact block of three to six lines, without colours or markup."""
    view = build(context, language)
    lines = [subject(context, language)]
    lines += [f"   {change}" for change in view.stories[0].changes[:1]]
    lines += [f"   {_short_quote(view.stories[0].quote)}"] if view.stories[0].quote else []
    others = "; ".join(fact(told.story, language) for told in context.stories[1:])
    lines += [f"   + {shorten(others, 180)}"] if others else []
    lines.append("   " + ", ".join(part for part in (view.outlet, view.date, view.stories[0].status) if part))
    return "\n".join([*lines, f"   {view.link}"] if view.link else lines)


def _short_quote(quote: str) -> str:
    """At most two lines of a terminal, its closing mark kept."""
    closing = {"»": "\u00a0»", "”": "”"}.get(quote[-1], "")
    return quote if len(quote) <= 150 else shorten(quote, 150 - len(closing)) + closing


def message_id(delivery_id: str) -> str:
    """The Message-ID of a delivery: a resend carries the same, so that a mailbox can tell it for a copy."""
    local = delivery_id if _ID.fullmatch(delivery_id) else hashlib.sha256(delivery_id.encode()).hexdigest()[:40]
    return f"<{local}@{DOMAIN}>"


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return slug or "alerts"


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(wrap=_wrap, md=markdown_text, md_link=markdown_link)
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _hard_breaks(text: str) -> str:
    """Two blanks keep a line end in CommonMark (Matrix); the chats that keep all of them do not show the blanks."""
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", text)


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
