"""A message as a few plain lines, for where the daemon runs."""

from __future__ import annotations

from monitor.alerts.clean import shorten
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import subject
from monitor.alerts.story import StoryView
from monitor.alerts.text import Language
from monitor.alerts.view import View, build


def render_terminal(context: DeliveryContext, *, language: Language) -> str:
    """A compact block, without colours or markup: an alert has three to six lines, a digest two a story."""
    view = build(context, language)
    lines = [subject(context, language)]
    if view.notice:
        return "\n".join([*lines, *(f"   {line}" for line in (*view.notice.details, view.notice.advice))])
    if view.form == "digest":
        return "\n".join([*lines, *(line for story in view.stories for line in _brief(story))])
    return "\n".join([*lines, *_alert(view)])


def _brief(story: StoryView) -> list[str]:
    return [f" • {story.fact}", f"   {story.outlet}  {story.link or ''}".rstrip()]


def _alert(view: View) -> list[str]:
    lead = view.stories[0]
    lines = [f"   {change}" for change in lead.changes[:1]]
    lines += [f"   {_short_quote(lead.quote)}"] if lead.quote else []
    others = "; ".join(story.fact for story in view.stories[1:])
    lines += [f"   + {shorten(others, 180)}"] if others else []
    lines.append("   " + ", ".join(part for part in (lead.outlet, lead.date, lead.status) if part))
    return [*lines, f"   {lead.link}"] if lead.link else lines


def _short_quote(quote: str) -> str:
    """At most two lines of a terminal, its closing mark kept."""
    closing = {"»": "\u00a0»", "”": "”"}.get(quote[-1], "")
    return quote if len(quote) <= 150 else shorten(quote, 150 - len(closing)) + closing
