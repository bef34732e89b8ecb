"""A view made ready for what it is written on, so that no template can forget to escape.

HTML is escaped by Jinja when it is printed. For Markdown and chat the values themselves are changed, before a template
sees them: links apart, nothing in them is mark-up, rings anybody, or leads anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from monitor.alerts.clean import markdown_link, markdown_text, silent, unlinked
from monitor.alerts.view import View

_LINKS = frozenset({"link", "right", "wrong"})
#: Words of ours that programs read.
_OURS = frozenset({"language", "form", "tone"})
_Change = Callable[[str], str]
_Value = TypeVar("_Value")


def for_markdown(view: View) -> View:
    """All text as Markdown shows it, links as Markdown targets; what is left out is told by who cuts."""
    return replace(_values(view, markdown_text, markdown_link), left_out=0)


def for_mail(view: View) -> View:
    """All text without what mail programs make links of; HTML is escaped when it is printed."""
    return _values(view, unlinked, str)


def for_chat(view: View) -> View:
    """All text without mentions; what is left out is told by who cuts."""
    return replace(_values(view, silent, str), left_out=0)


def _changed(value: Any, text: _Change, link: _Change) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, text, link) for item in value)
    return _values(value, text, link) if is_dataclass(value) else value


def _values(value: _Value, text: _Change, link: _Change) -> _Value:
    whole: Any = value
    new = {each.name: _field(each.name, getattr(value, each.name), text, link) for each in fields(whole)}
    return replace(whole, **new)  # type: ignore[no-any-return]


def _field(name: str, value: Any, text: _Change, link: _Change) -> Any:
    if name in _OURS or value is None:
        return value
    if name in _LINKS:
        return link(value)
    if name == "advice":  # between back-ticks stand commands of ours
        return "`".join(part if number % 2 else text(part) for number, part in enumerate(value.split("`")))
    return _changed(value, text, link)
