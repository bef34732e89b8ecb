"""Sending one message to one target, each kind in its own way: the terminal is the caller's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from monitor import webhook
from monitor.alerts import deliver
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.alerts.render import Message, render
from monitor.config.values import Target

Write = Callable[[DeliveryContext], Message]  #: puts a delivery into words


def _shipped(context: DeliveryContext) -> Message:
    return render(context, language="en" if context.delivery.language == "en" else "fr")


def send(context: DeliveryContext, target: Target, *, timeout: float, now: datetime, write: Write = _shipped) -> Sent:
    """Send a message to a target that is no terminal; answers within `timeout` seconds and a bit.

    Args:
        write: as the reader wants it; a webhook has a form of its own.
        now: when it is sent; a webhook's signature holds it.
    """
    if target.kind == "webhook":
        secret, name = target.secret, target.name
        return webhook.post(context, target=name, url=target.url, secret=secret, timeout=timeout, now=now)
    return deliver.send(write(context), target, timeout=timeout)
