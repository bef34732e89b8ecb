"""The pages on a real server on this machine, with a few stories to speak of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fakes import NOON, a_change, a_story

from monitor.config import Config, WebConfig, load
from monitor.secret import Secret
from monitor.store import Store, stories
from monitor.types import Story
from monitor.vocabulary import Kind
from monitor.web.server import Server
from monitor.web.site import Site

KEY = Secret("k" * 43)
#: Pages are read the day after.
NOW = NOON + timedelta(days=1)

STORIES = (
    a_story("s-000000000001"),
    a_story("s-000000000002", title="La Digue des fous", title_key="digue des fous", kind=Kind.NEW_ORIGINAL),
    a_story("s-000000000003", title="Les Marées d’Ouessant", title_key="marees d'ouessant", outlets=("Canard", "Oie")),
)


def a_config(data_dir: Path, **web: Any) -> Config:
    """The default configuration, its pages on any free port."""
    return replace(load(None, env={}, data_dir=data_dir), web=WebConfig(**{"port": 0, **web}))


def keep(store: Store, *kept: Story) -> None:
    with store.write() as tx:
        for story in kept:
            stories.save(tx, story, article_url=story.first_url)


def a_hostile_story() -> Story:
    """What an outlet may try: mark-up, a script, an address that is none, characters that turn the line around."""
    quote = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \u202egnp.exe {{ 7 * 7 }}'
    step = a_change(quote=quote, url="javascript:alert(1)", outlet="<b>Outlet</b>")
    return a_story("s-00000000evil", title="<script>alert(2)</script>", title_key="x", history=(step,))


class Said(list[tuple[str, dict[str, Any]]]):
    """What was logged."""

    def __call__(self, event: str, **keys: Any) -> None:
        self.append((event, keys))

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self]


def a_site(store: Store, config: Config, *, at: datetime = NOW, **fields: Any) -> Site:
    return Site(**{"store": store, "config": config, "key": KEY, "clock": lambda: at, "log": Said(), **fields})


@contextmanager
def served(site: Site) -> Iterator[httpx.Client]:
    """Serve, and give a client that asks in French and follows nothing by itself."""
    server = Server(site)
    server.start()
    headers = {"accept-language": "fr"}
    try:
        with httpx.Client(base_url=server.url, headers=headers, timeout=10, trust_env=False) as client:
            yield client
    finally:
        server.stop(patience=10)
    assert not server.alive
