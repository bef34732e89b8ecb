"""Sending one message to one target, each kind in its own way: the terminal is the caller's."""

from __future__ import annotations

from datetime import datetime

from monitor import webhook
from monitor.alerts import deliver
from monitor.alerts.context import DeliveryContext
from monitor.alerts.deliver import Sent
from monitor.alerts.render import render
from monitor.config_values import Target


def send(context: DeliveryContext, target: Target, *, timeout: float, now: datetime) -> Sent:
    """Send a message to a target that is no terminal; answers within `timeout` seconds and a bit.

    Args:
        now: when it is sent; a webhook's signature holds it.
    """
    if target.kind == "webhook":
        secret, name = target.secret, target.name
        return webhook.post(context, target=name, url=target.url, secret=secret, timeout=timeout, now=now)
    message = render(context, language="en" if context.delivery.language == "en" else "fr")
    return deliver.send(message, target, timeout=timeout)
