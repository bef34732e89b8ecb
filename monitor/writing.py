"""Writing messages as the configuration asks: with the subscription's template, or the shipped one when that fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from difflib import get_close_matches

from monitor.alerts import examples
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import Message, render
from monitor.alerts.templates import Templates
from monitor.alerts.text import Language
from monitor.alerts.view import build
from monitor.config.values import Config

_LANGUAGES: tuple[Language, ...] = ("fr", "en")
#: A moment to try templates at: any will do.
_THEN = datetime(2026, 11, 20, 8, tzinfo=UTC)


class Writer:
    """Puts deliveries into words."""

    def __init__(self, config: Config, log: Callable[..., None]) -> None:
        self._templates = templates(config)
        self._named = {subscription.name: subscription.template for subscription in config.subscriptions}
        self._log = log

    def write(self, context: DeliveryContext) -> Message:
        """Write a message; a template that fails is logged, and the shipped one written (fault N23)."""
        language: Language = "en" if context.delivery.language == "en" else "fr"
        name = self._named.get(context.delivery.subscription, "")
        message = render(context, language=language, template=name, templates=self._templates)
        for problem in message.problems:
            self._log("template_failed", level="warning", delivery=context.delivery.id, reason=problem)
        return message


def templates(config: Config) -> Templates:
    """The shipped templates, and the user's before them when there are any."""
    return Templates(config.templates if config.templates.is_dir() else None)


def faults(config: Config) -> tuple[str, ...]:
    """What is wrong with the user's templates, or with the names that subscriptions give: a line each."""
    there = templates(config)
    known = there.names()
    wrong = [
        f"subscription {each.name}: there is no template {each.template!r}{_near(each.template, known)} "
        f"(templates are files such as {config.templates / each.template}.md.j2)"
        for each in config.subscriptions
        if each.template and each.template not in known
    ]
    views = [build(each, language) for language in _LANGUAGES for each in examples.all_forms(language, now=_THEN)]
    return (*wrong, *there.faults(views))


def _near(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
