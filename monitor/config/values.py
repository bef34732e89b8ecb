"""The configuration as the rest of Cocorico sees it: frozen values, every one checked by `monitor.config.load`."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from crawler import Limits
from monitor.rhythm import Bounds
from monitor.secret import Secret
from monitor.subscribing import Subscription
from monitor.types import Budget, MonitorError, Source, Watch

#: The target that needs no configuration: messages are printed where the daemon runs.
TERMINAL = "terminal"


class ConfigError(MonitorError):
    """The configuration has mistakes; all of them are in `mistakes`, one line each."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A place messages go to."""

    name: str
    kind: str  #: "terminal", "apprise" or "webhook"
    url: Secret = field(default_factory=lambda: Secret(""))  #: an Apprise URL, or a webhook's; empty for the terminal
    secret: Secret = field(default_factory=lambda: Secret(""))  #: what a webhook's messages are signed with


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreConfig:
    """Where everything is remembered."""

    url: str = field(repr=False)  #: SQLAlchemy's form, never empty; may hold a password


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlConfig:
    """How pages are fetched."""

    limits: Limits
    children: int = 1  #: crawler processes
    bounds: Bounds = Bounds()  #: of the time between two polls of a source
    contact: str = ""  #: URL or e-mail address that the user agent names
    contact_is_default: bool = False  #: still the project's own: outlets can't reach who runs this
    budget: Budget = field(default_factory=Budget)  #: requests to one host
    record: Path | None = None  #: file that every record is appended to, for `cocorico replay`


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveConfig:
    """Which pages are kept as they came, and for how long."""

    folder: Path | None = None  #: None: pages are not kept
    keep: timedelta = timedelta(days=400)
    most: int = 20_000_000_000  #: bytes of all files together


@dataclass(frozen=True, kw_only=True, slots=True)
class DaemonConfig:
    """How the daemon runs."""

    tick: timedelta = timedelta(seconds=5)  #: how often it looks for what is due
    self_check: bool = True  #: replay the seeds before the first poll


@dataclass(frozen=True, kw_only=True, slots=True)
class NewsConfig:
    """What still is news."""

    fresh_days: int = 2  #: what was published earlier alerts nobody
    retention_days: int = 400  #: how long articles are kept


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryConfig:
    """How messages are sent."""

    timeout: float = 30.0  #: seconds for one send
    tries: int = 30  #: then the delivery is dead, listed, and can be sent again by hand


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondReaderConfig:
    """A language model that is asked about announcements the classifier is unsure of. Off unless it has a URL."""

    url: str = ""  #: of the chat completions; empty: nobody is asked
    model: str = ""
    key: Secret = field(default_factory=lambda: Secret(""))  #: sent as a bearer token; empty for a server without
    band: tuple[float, float] = (0.35, 0.75)  #: confidences that it is asked about, both ends included
    timeout: float = 20.0  #: seconds for one question, from connecting to the last byte
    per_month: int = 1000  #: questions in one month (UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class WebConfig:
    """The small web application: verdict links, feeds, health and metrics."""

    enabled: bool = True
    host: str = "127.0.0.1"  #: address that it listens on
    port: int = 8642  #: 0: any that is free
    public_url: str = ""  #: where others reach it, without a slash at its end; empty: only this machine does
    names: tuple[str, ...] = ()  #: further host names that it answers to

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in {"127.0.0.1", "::1", "localhost"} and not self.public_url

    @property
    def base_url(self) -> str:
        """Where the links in messages lead: the public address, or else this machine's; empty for nowhere."""
        if not self.enabled:
            return ""
        if self.public_url or not self.local:
            return self.public_url
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogConfig:
    """What is logged and how it looks."""

    level: str = "info"  #: debug, info, warning or error
    format: str = "auto"  #: human, json, or auto: human on a terminal


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A listing the catalogue knows of and doesn't offer."""

    id: str
    url: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Everything that can be configured, in force."""

    data_dir: Path
    store: StoreConfig
    crawl: CrawlConfig
    archive: ArchiveConfig = ArchiveConfig()
    daemon: DaemonConfig = DaemonConfig()
    news: NewsConfig = NewsConfig()
    delivery: DeliveryConfig = DeliveryConfig()
    second_reader: SecondReaderConfig = SecondReaderConfig()
    web: WebConfig = WebConfig()
    log: LogConfig = LogConfig()
    sources: tuple[Source, ...] = ()  #: the catalogue's and the user's own, disabled ones too
    subscriptions: tuple[Subscription, ...] = ()
    targets: tuple[Target, ...] = (Target(name=TERMINAL, kind="terminal"),)  #: the terminal is always there
    watch: Watch = field(default_factory=Watch)  #: works and people that the classifier knows besides its own
    left_out: tuple[LeftOut, ...] = ()
    file: Path | None = None  #: the user's file, when there is one
    warnings: tuple[str, ...] = ()  #: not wrong, yet worth a line in `config check` and `doctor`
    shown: Mapping[str, object] = field(default_factory=dict, repr=False)  #: what `show` gives

    @property
    def templates(self) -> Path:
        """Folder of the user's own templates, beside the configuration file; it need not exist."""
        return (self.file.parent if self.file else self.data_dir) / "templates"

    def secrets(self) -> tuple[Secret, ...]:
        """Everything that must appear in no log, table, error or page."""
        urls = (self.store.url,) if "@" in self.store.url else ()
        tokens = (Secret(token.value) for token in self.crawl.limits.tokens)
        keys = (
            self.second_reader.key,
            *tokens,
            *(each for target in self.targets for each in (target.url, target.secret)),
        )
        return (*(key for key in keys if key), *(Secret(url) for url in urls))

    def show(self) -> dict[str, object]:
        """Give every value with where it comes from, secrets hidden.

        "data_dir" is the folder; each key of each section is `{"value": ..., "origin": "default" | "file" | "env"}`.
        """
        return copy.deepcopy(dict(self.shown))
