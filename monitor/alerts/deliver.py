"""Sending: a message goes to one target through Apprise. With `email`, Apprise's only home.

Each send runs the target's own plugin object in a thread of its own, never Apprise's shared pool, where six hung
servers stop all others (faults N01, V-12b). What happened is learnt from what the transports saw, see `outcome`,
`replies` and `email`; for the few plugins that use neither SMTP nor requests, from the code in their log text.
"""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from apprise import Apprise, AppriseAsset
from apprise.common import NotifyFormat, NotifyType, OverflowMode
from apprise.plugins import NotifyBase

from monitor.alerts import address, matrix, replies
from monitor.alerts.email import NotifyEmail, recipients, send_mail
from monitor.alerts.fit import Room, fit, width
from monitor.alerts.flight import fly
from monitor.alerts.outcome import Progress, Result, Sent, scrub
from monitor.alerts.render import Message

__all__ = ["Result", "Sent", "check_target", "send"]


class Secret(Protocol):
    """A value that hides itself until asked."""

    def reveal(self) -> str:
        """The value."""
        ...


class Target(Protocol):
    """Where messages go: what this module needs of a configured target."""

    @property
    def name(self) -> str:
        """As the configuration calls it."""
        ...

    @property
    def kind(self) -> str:
        """ "apprise", or "terminal", which needs no address."""
        ...

    @property
    def url(self) -> Secret:
        """Apprise's address of it."""
        ...


#: Services of one's own: they get the plain text and the delivery's id, so that they can tell a copy.
_OWN = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
#: Of the deadline, for each connection and answer: a send that merely hangs then ends by itself, with a reason.
_SOCKET_SHARE = 0.8
_CODE_IN_LOG = re.compile(r"error=(\d{3})\b")

_hearing: ContextVar[Progress | None] = ContextVar("hearing", default=None)


class _Hush(logging.Filter):
    """Keeps the libraries' records out of every log: at DEBUG and TRACE they hold passwords (fault N11).

    Warnings of a send are noted for its verdict. Nothing else is lost: `Sent.detail` is what is logged.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        progress = _hearing.get()
        if progress is not None and record.levelno >= logging.WARNING:
            progress.said.append(record.getMessage())
        return progress is None and record.name != "apprise" and record.levelno >= logging.INFO


_HUSH = _Hush()
for _name in ("apprise", "urllib3", "urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry"):
    # The libraries log from threads of ours only, and a filter holds whatever level a user sets.
    logging.getLogger(_name).addFilter(_HUSH)


def send(message: Message, target: Target, *, timeout: float) -> Sent:
    """Send to one target; answers within `timeout` seconds and a bit, however the peer behaves.

    While an earlier send to the target still hangs, the answer is `retry` at once: a tarpit costs one thread.
    """
    url = target.url.reveal()

    def action(progress: Progress) -> None:
        _hearing.set(progress)  # a thread starts with a context of its own, and ends with it
        try:
            with replies.observing(progress.exchanges):
                _send(message, target, timeout * _SOCKET_SHARE, progress)
        except Exception as error:  # noqa: BLE001  a plugin's bug must not lose the delivery, nor its text a secret
            progress.settle(_judged(progress, f"the plugin failed ({type(error).__name__})", url))

    return fly(
        action,
        target=target.name,
        timeout=timeout,
        late=lambda progress: _judged(progress, f"not done within {timeout:g} s", url),
    )


def _send(message: Message, target: Target, patience: float, progress: Progress) -> None:
    url = target.url.reveal()
    problem = address.problem(url)
    plugin = None if problem else _plugin(url)
    if plugin is None:
        detail = problem or address.not_understood(url)
        progress.settle(Sent(result="refused", detail=detail))
    elif isinstance(plugin, NotifyEmail):
        send_mail(plugin, message, timeout=patience, progress=progress, url=url)
    else:
        _notify(plugin, message, patience, progress, url)


def _plugin(url: str) -> NotifyBase | None:
    """The target's plugin: no redirects, no retries, no sleeping between sends, nothing kept on disk."""
    asset = AppriseAsset(app_id="Cocorico", app_desc="Cocorico", http_redirects=False, storage_mode="memory")
    plugin = Apprise.instantiate(url, asset=asset)
    if plugin is not None:
        plugin.redirects = False
        plugin.retry, plugin.wait = 0, 0.0
        plugin.request_rate_per_sec = 0
        plugin.overflow_mode = OverflowMode.TRUNCATE
    return plugin


def _notify(plugin: NotifyBase, message: Message, patience: float, progress: Progress, url: str) -> None:
    plugin.socket_connect_timeout = plugin.socket_read_timeout = patience
    form = _form(plugin)
    title, body = _fitted(plugin, message, form)
    if _grown(plugin, title, body, form) <= plugin.body_maxlen:
        plugin.overflow_mode = OverflowMode.UPSTREAM  # else Apprise cuts HTML to the length of its Markdown
    headers = getattr(plugin, "headers", None)
    if plugin.schema in _OWN and isinstance(headers, dict):
        headers.setdefault("Idempotency-Key", message.message_id.strip("<>"))
    if plugin.schema in matrix.SCHEMAS:
        matrix.prepare(plugin, message.message_id)
    # `body_format` makes Apprise convert to what the service speaks, e.g. Slack's own mark-up.
    if plugin.notify(body=body, title=title, notify_type=NotifyType.INFO, body_format=form):
        progress.settle(Sent(result="sent", detail=f"accepted by {plugin.service_name}"))
    else:
        progress.settle(_judged(progress, f"{plugin.service_name} did not take the message", url))


def _form(plugin: NotifyBase) -> NotifyFormat:
    if plugin.schema in _OWN or plugin.resolve_format(NotifyFormat.MARKDOWN) != NotifyFormat.MARKDOWN:
        return NotifyFormat.TEXT
    return NotifyFormat.MARKDOWN


def _fitted(plugin: NotifyBase, message: Message, form: NotifyFormat) -> tuple[str, str]:
    """What fits when it is converted to what the service speaks: HTML is longer, and must not be cut blindly."""
    room = _room(plugin, form)
    title, body = fit(message, room)
    while (over := _grown(plugin, title, body, form) - plugin.body_maxlen) > 0 and room.body > over:
        room = replace(room, body=room.body - over)
        title, body = fit(message, room)
    return title, body


def _grown(plugin: NotifyBase, title: str, body: str, form: NotifyFormat) -> int:
    """How long the text is that the plugin would send, in UTF-16 units."""
    whole = OverflowMode.UPSTREAM
    calls = plugin._build_send_calls(body=body, title=title, body_format=form, overflow=whole)  # noqa: SLF001
    return max((width(call["body"]) for call in calls), default=0)


def _room(plugin: NotifyBase, form: NotifyFormat) -> Room:
    return Room(
        markdown=form == NotifyFormat.MARKDOWN,
        body=plugin.body_maxlen,
        title=max(plugin.title_maxlen, 0),
        shared=plugin.overflow_amalgamate_title,
        lines=plugin.body_max_line_count,
    )


def _judged(progress: Progress, otherwise: str, url: str) -> Sent:
    """The verdict on a send that did not succeed, from what was seen of it."""
    failed = [each for each in progress.exchanges if each.pending or not 200 <= (each.status or 0) < 300]
    codes = [int(code) for line in progress.said for code in _CODE_IN_LOG.findall(line)]
    if failed:
        return replies.judge(failed[-1], "the service", now=datetime.now(UTC))
    if progress.handed_over:
        return Sent(result="unknown", detail="the mail server did not answer in time, but got the message")
    if codes and not progress.exchanges:
        return replies.judge_status(codes[-1], "the service")
    said = f": {scrub(progress.said[-1], url)}" if progress.said else ""
    return Sent(result="retry", detail=otherwise + said)


def check_target(target: Target) -> str | None:
    """What is wrong with a target's address: one line without the secret, or None. Sends nothing."""
    if target.kind != "apprise":
        return None
    url = target.url.reveal()
    problem = address.problem(url)
    if problem is None:
        progress = Progress()
        token = _hearing.set(progress)
        try:
            problem = _fault(_plugin(url), url)
        finally:
            _hearing.reset(token)
    return f"target {target.name}: {problem}" if problem else None


def _fault(plugin: NotifyBase | None, url: str) -> str | None:
    if plugin is None:
        return address.not_understood(url)
    if isinstance(plugin, NotifyEmail):
        return None if recipients(plugin) else "the address names nobody to write to; add the reader's mail address"
    if len(plugin) > 1:
        return f"the address names {len(plugin)} recipients; make a target for each, so that each is retried alone"
    return None
