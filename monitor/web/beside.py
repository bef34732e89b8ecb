"""The pages beside the daemon: served while it runs, and linked to from its messages. Their trouble is not its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from monitor import links
from monitor.alerts.context import DeliveryContext
from monitor.config import Config
from monitor.secret import Secret
from monitor.store import Store
from monitor.types import MonitorError
from monitor.web.site import Log, Pulse, Site


class Pages:
    """The web part of a daemon: nothing at all when [web] is off, or has no key to sign links with."""

    def __init__(self, config: Config, store: Store, *, clock: Callable[[], datetime], log: Log) -> None:
        self._config = config
        self._store = store
        self._clock = clock
        self._log = log
        self._key = self._read_key() if config.web.enabled else None

    def _read_key(self) -> Secret | None:
        try:
            return links.key(self._config.data_dir)
        except (MonitorError, OSError) as error:
            self._log("web_off", level="warning", reason=str(error))
            return None

    def linked(self, context: DeliveryContext) -> DeliveryContext:
        """Give each story of a message its links, when there are pages for them to lead to."""
        return links.linked(context, self._config.web, self._key, self._clock()) if self._key else context

    def serving(self, pulse: Pulse, polls: Callable[[], int] | None = None) -> AbstractContextManager[str | None]:
        """Serve the pages while the block runs; gives their address, None when there are none."""
        if self._key is None:
            return nullcontext()
        from monitor.web.server import serving  # noqa: PLC0415 - FastAPI is large, and not everybody serves pages

        return serving(
            Site(
                store=self._store,
                config=self._config,
                key=self._key,
                clock=self._clock,
                log=self._log,
                pulse=pulse,
                polls=polls,
            )
        )
