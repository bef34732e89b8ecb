"""A message as a few plain lines, for where the daemon runs."""

from __future__ import annotations

from monitor.alerts.catalogue import voice
from monitor.alerts.clean import shorten
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import subject
from monitor.alerts.story import StoryView
from monitor.alerts.text import COLON, Language
from monitor.alerts.view import View, build


def render_terminal(context: DeliveryContext, *, language: Language) -> str:
    """A block without colours or markup: an alert has four to six lines and one for each further story, a digest three
    a story, and those of links.

    A story has its two addresses of verdicts when there is a page to say so on.
    """
    view = build(context, language)
    lines = [subject(context, language)]
    if view.notice:
        return "\n".join([*lines, *(f"   {line}" for line in (*view.notice.details, view.notice.advice))])
    if view.form == "digest":
        lines += [line for story in view.stories for line in _brief(story, language)]
    else:
        lines += _alert(view)
    return "\n".join([*lines, f"   {view.reason}"])


def also(story: StoryView, language: Language) -> str:
    """Name who has it too: "Aussi annoncé par Séries Mag"; empty when nobody has."""
    return f"{voice(language).say('Also announced by')} {story.others}" if story.others else ""


def verdicts(story: StoryView, language: Language) -> tuple[tuple[str, str], ...]:
    """Give what one can say of a story, "✓ Juste" and "✗ Faux", each with its address; nothing without a page."""
    if not story.right or not story.wrong:
        return ()
    speech = voice(language)
    return ("✓ " + speech.say("Right"), story.right), ("✗ " + speech.say("Wrong"), story.wrong)


def _brief(story: StoryView, language: Language) -> list[str]:
    source = f"{story.outlet}  {story.link or ''}".rstrip()
    below = [f"   {line}" for line in (source, also(story, language), story.why) if line]
    return [f" • {story.fact}", *below, *_verdicts(story, language)]


def _alert(view: View) -> list[str]:
    lead = view.stories[0]
    source = ", ".join(part for part in (lead.outlet, lead.date, lead.status) if part)
    quote = _short_quote(lead.quote) if lead.quote else ""
    told = (*lead.changes[:1], quote, source, also(lead, view.language), lead.link)
    lines = [f"   {line}" for line in told if line]
    return [*lines, *_verdicts(lead, view.language), *_others(view)]


def _others(view: View) -> list[str]:
    """Tell the other stories, each on its own line above its links."""
    lines = [line for story in view.stories[1:] for line in (f"   + {story.fact}", *_verdicts(story, view.language))]
    left = voice(view.language).count("and {n} more", "and {n} more", view.left_out) if view.left_out else ""
    return [*lines, f"   … {left}"] if left else lines


def _verdicts(story: StoryView, language: Language) -> list[str]:
    return [f"   {word}{COLON[language]} {address}" for word, address in verdicts(story, language)]


def _short_quote(quote: str) -> str:
    """At most two lines of a terminal, its closing mark kept."""
    closing = {"»": "\u00a0»", "”": "”"}.get(quote[-1], "")
    return quote if len(quote) <= 150 else shorten(quote, 150 - len(closing)) + closing
