"""Asking hubs: what is wanted is compared with what stands, and each request is a job.

A hub's address comes from a feed, so it is held to what the crawler may visit: the address that a name resolves to is
looked at, and that very address is connected to. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlencode, urlsplit

import crawler
from monitor import queue
from monitor.config.values import Config
from monitor.decide import websub
from monitor.decide.websub import Step
from monitor.pipeline import Log
from monitor.queue import Job, JobKind
from monitor.store import Store, Tx, hubs
from monitor.types import MonitorError
from monitor.websub import HubState, Subscribed, Topic

#: Seconds for one request to a hub, from its first to its last byte; less when `[crawl] timeout` is.
_PATIENCE: Final = 10.0
_AT_ONCE: Final = 20
#: What was pushed and not read by then never will be.
_PUSHES_KEPT: Final = timedelta(days=1)


class HubError(MonitorError):
    """A hub can't be asked, or says no."""


Post = Callable[[str, Mapping[str, str]], None]  #: sends a form to an address; raises HubError


@dataclass(frozen=True, kw_only=True, slots=True)
class Hubs:
    """The subscriptions of an installation that others can reach."""

    store: Store
    base: str  #: public address of the pages, without a slash at its end; empty: nobody reaches us
    post: Post
    log: Log
    owner: str = "hubs"

    def look(self, now: datetime) -> int:
        """Owe what is to be asked, and ask it; how many requests were made."""
        with self.store.write() as tx:
            wanted = {one.source: one for one in hubs.topics(tx)} if self.base else {}
            known = {one.topic.source: one for one in hubs.all(tx)}
            for source in sorted(wanted.keys() | known.keys()):
                self._plan(tx, source, known.get(source), wanted.get(source), now)
            hubs.prune(tx, before=now - _PUSHES_KEPT)
            lease = timedelta(seconds=_AT_ONCE * _PATIENCE * 2)
            jobs = queue.claim(tx, kinds=[JobKind.HUB], limit=_AT_ONCE, now=now, lease=lease, owner=self.owner)
        for job in jobs:
            self._ask(job, now)
        return len(jobs)

    def _plan(self, tx: Tx, source: str, known: Subscribed | None, wanted: Topic | None, now: datetime) -> None:
        todo = websub.step(known, wanted, now=now)
        if todo is Step.FORGET:
            hubs.forget(tx, source)
        elif todo is not Step.NOTHING:
            topic = known.topic if known else wanted
            last = f"{known.asked_at:%Y-%m-%dT%H:%M:%S.%fZ}" if known and known.asked_at else f"{now:%Y-%m-%dT%H:%M}"
            host = _host(topic.hub) if topic else ""
            queue.enqueue(tx, kind=JobKind.HUB, key=f"{source}:{todo}@{last}", host=host, due_at=now, payload=source)

    def _ask(self, job: Job, now: datetime) -> None:
        """Ask, unless it is no longer wanted. What is asked is stored before: hubs confirm before they answer."""
        with self.store.write() as tx:
            known = hubs.of(tx, job.payload)
            wanted = next((one for one in hubs.topics(tx) if one.source == job.payload), None) if self.base else None
            todo = websub.step(known, wanted, now=now)
            asked = _asking(known, wanted, todo, now)
            if asked is None:
                queue.end(tx, job, now)
                return
            hubs.keep(tx, asked)
        error = None
        try:
            self.post(asked.topic.hub, _form(asked, todo, self.base))
        except HubError as problem:
            error = str(problem)
        with self.store.write() as tx:
            after = hubs.of(tx, job.payload)
            if after is not None and error:
                hubs.keep(tx, replace(after, error=error))
            queue.end(tx, job, now)
        level = "warning" if error else "info"
        self.log("hub_asked", level=level, source=job.payload, hub=asked.topic.hub, mode=todo.value, reason=error)


def _asking(known: Subscribed | None, wanted: Topic | None, todo: Step, now: datetime) -> Subscribed | None:
    """Say how a subscription stands while its hub is asked; None when nothing is to be asked."""
    if todo is Step.SUBSCRIBE and wanted is not None:
        known = known or Subscribed(topic=wanted, token=secrets.token_urlsafe(24), secret=secrets.token_hex(32))
        state = known.state if known.covers(now) else HubState.ASKED
        return replace(known, state=state, asked_at=now, tries=known.tries + 1)
    if todo is Step.UNSUBSCRIBE and known is not None:
        tries = known.tries + 1 if known.state is HubState.ENDING else 1
        return replace(known, state=HubState.ENDING, asked_at=now, tries=tries)
    return None


def _form(asked: Subscribed, todo: Step, base: str) -> Mapping[str, str]:
    form = {"hub.mode": todo.value, "hub.topic": asked.topic.url, "hub.callback": f"{base}/websub/{asked.token}"}
    if todo is Step.SUBSCRIBE:
        form |= {"hub.secret": asked.secret, "hub.lease_seconds": f"{websub.LEASE.total_seconds():.0f}"}
    return form


def _host(url: str) -> str:
    try:
        return crawler.host_key(url)
    except ValueError:
        return ""


def opened(config: Config, store: Store, log: Log) -> Hubs:
    """Make them for a configuration."""
    limits = config.crawl.limits
    allowed, agent = crawler.networks(limits.allow_addresses), limits.user_agent
    patience = min(_PATIENCE, limits.timeout)
    tls = ssl.create_default_context()
    if limits.ca_file:
        tls.load_verify_locations(limits.ca_file)

    def post(url: str, form: Mapping[str, str]) -> None:
        reach = partial(_connected, may=lambda address: crawler.may_visit(address, allowed), tls=tls)
        _post(url, form, agent=agent, patience=patience, reach=reach)

    base = config.web.public_url if config.web.enabled else ""
    return Hubs(store=store, base=base, post=post, log=log)


def _post(
    url: str,
    form: Mapping[str, str],
    *,
    agent: str,
    patience: float,
    reach: Callable[[str, str, int | None, float], http.client.HTTPConnection],
) -> None:
    """Send a form.

    Raises:
        HubError: it may not be sent there, or was not taken.
    """
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": agent}
    until = time.monotonic() + patience
    try:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise HubError(f"{url:.200}: no web address; its hub is not asked")
        line = reach(parts.scheme, parts.hostname, parts.port, until)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            with _hung_up(line.sock, until):
                line.request("POST", path, body=urlencode(form), headers=headers)
                status = line.getresponse().status
        finally:
            line.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = time.monotonic() >= until
        why = f"no full answer within {patience:.3g} s" if late else f"{type(error).__name__}: {error}"
        raise HubError(f"{url:.200}: {why}; asked again later") from error
    if not 200 <= status < 300:
        raise HubError(f"HTTP {status} from {url:.200}; asked again later")


def _connected(
    scheme: str, host: str, port: int | None, until: float, *, may: Callable[[str], bool], tls: ssl.SSLContext
) -> http.client.HTTPConnection:
    """Connect to an address of the host's that may be visited."""
    port = port or (443 if scheme == "https" else 80)
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    address = next((one for one in found if may(one)), None)
    if address is None:
        raise HubError(f"{host} is at {', '.join(found[:3])}, which is not public; see allow_addresses")
    opened = socket.create_connection((address, port), timeout=_left(until))
    line = http.client.HTTPConnection(host, port)
    line.sock = opened
    if scheme == "https":
        opened.settimeout(_left(until))  # of the whole handshake
        line.sock = tls.wrap_socket(opened, server_hostname=host)
    return line


@contextmanager
def _hung_up(line: socket.socket, until: float) -> Iterator[None]:
    """Hang up at a time: a socket's own timeout is of each read, and begins anew with every byte (F03)."""

    def hang_up() -> None:
        with suppress(OSError):  # it is closed already
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = threading.Timer(_left(until), hang_up)
    timer.start()
    try:
        yield
        _left(until)  # what was cut off may look whole
    finally:
        timer.cancel()


def _left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
