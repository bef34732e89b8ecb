"""Makes the frozen values of a checked configuration tree, and checks what spans several keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from crawler import Limits, Token
from monitor.config.check import Problem, Where, seconds
from monitor.config.read import Layer, home
from monitor.config.values import (
    ArchiveConfig,
    CrawlConfig,
    DaemonConfig,
    DeliveryConfig,
    LogConfig,
    NewsConfig,
    StoreConfig,
)
from monitor.rhythm import Bounds
from monitor.secret import Secret
from monitor.types import Budget

USER_AGENT: Final = "CocoricoBot/0.1 (+{contact})"
_MIB: Final = 1024 * 1024
_LONGEST_SECRET: Final = 64 * 1024  #: bytes: a file that is longer was named by mistake


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """The layers laid over one another, and what is wrong with them so far."""

    layers: tuple[Layer, ...]  #: defaults first
    tree: Mapping[str, Any]  #: of all layers, without what was wrong
    env: Mapping[str, str]
    data_dir: Path
    mistakes: list[str]
    warnings: list[str] = field(default_factory=list)
    sends: bool = True  #: False: who reads it sends nothing, and does without the targets' secrets

    def owner(self, where: Where) -> Layer:
        """Find the layer that says what stands at a place."""
        return max(reversed(self.layers), key=lambda layer: _depth(layer.tree, where))

    def latest(self, *places: Where) -> Where:
        """Of keys that don't fit together, find the one said last: the one to blame."""
        return max(places, key=lambda where: self.layers.index(self.owner(where)))

    def report(self, where: Where, says: str) -> None:
        """Add a mistake."""
        self.mistakes.append(self.owner(where).says(Problem(where=where, says=says)))

    def warn(self, where: Where, says: str) -> None:
        """Add a warning."""
        self.warnings.append(self.owner(where).says(Problem(where=where, says=says)))

    def miss(self, where: Where, says: str) -> None:
        """Say that a secret isn't to be had: a mistake, but for what only sending needs where nothing is sent."""
        if where[0] == "targets" and not self.sends:
            self.warn(where, says)
        else:
            self.report(where, says)

    def path(self, where: Where, value: str) -> Path:
        """Read a path: a relative one starts at the folder of the file that has it."""
        return home(Path(value) if value.startswith("~") else self.owner(where).base / value)


#: Whom the key of [mediacloud] is sent to, and nobody else.
MEDIACLOUD: Final = "search.mediacloud.org:443"


def store(draft: Draft) -> StoreConfig:
    """Read [store]."""
    url = secret(draft, ("store",), draft.tree["store"], optional=True).reveal()
    if not url:
        return StoreConfig(url=f"sqlite:///{draft.data_dir / 'cocorico.db'}")
    if url.partition(":")[0].partition("+")[0] not in {"sqlite", "postgresql"} or "://" not in url:
        draft.report(("store", "url"), "must start with sqlite:/// or postgresql://, or be empty")
    return StoreConfig(url=url)


def crawl(draft: Draft) -> CrawlConfig:
    """Read [crawl]."""
    keys = draft.tree["crawl"]
    default_contact = draft.layers[0].tree["crawl"]["contact"]
    timeout, deadline = seconds(keys["timeout"]), seconds(keys["deadline"])
    if deadline <= timeout:
        says = f"deadline ({keys['deadline']}) must be longer than timeout ({keys['timeout']})"
        draft.report(draft.latest(("crawl", "deadline"), ("crawl", "timeout")), says)
    if keys["contact"] == default_contact and not keys["user_agent"]:
        draft.warn(
            ("crawl", "contact"), "still the project's own: set your page or e-mail address, so outlets reach you"
        )
    if not keys["obey_robots"]:
        draft.warn(("crawl", "obey_robots"), "robots.txt is ignored: only for sites of your own")
    limits = Limits(
        user_agent=keys["user_agent"] or USER_AGENT.format(contact=keys["contact"]),
        timeout=timeout,
        page_bytes=int(keys["page_mb"] * _MIB),
        feed_bytes=int(keys["feed_mb"] * _MIB),
        entries=keys["entries"],
        delay=seconds(keys["delay"]),
        concurrency=keys["concurrency"],
        allow_addresses=tuple(keys["allow_addresses"]),
        obey_robots=keys["obey_robots"],
        ca_file=_file(draft, ("crawl", "ca_file"), keys["ca_file"]),
        replace_after=keys["replace_after"],
        deadline=deadline,
        memory_bytes=keys["memory_mb"] * _MIB or None,
        tokens=_tokens(draft),
        archive=str(folder) if (folder := archive(draft).folder) else None,
    )
    return CrawlConfig(
        limits=limits,
        children=keys["children"],
        bounds=_bounds(draft),
        contact=keys["contact"],
        contact_is_default=keys["contact"] == default_contact,
        budget=Budget(hour=keys["per_host_hour"], day=keys["per_host_day"]),
        record=draft.path(("crawl", "record"), keys["record"]) if keys["record"] else None,
    )


def _tokens(draft: Draft) -> tuple[Token, ...]:
    """Read [mediacloud]: its key is for its own host only."""
    key = secret(draft, ("mediacloud",), draft.tree["mediacloud"], name="key", optional=True)
    if not key.reveal().isascii():
        draft.report(("mediacloud", "key"), "must be plain ASCII: a header can't carry anything else")
        return ()
    return (Token(host=MEDIACLOUD, value=key.reveal()),) if key else ()


def archive(draft: Draft) -> ArchiveConfig:
    """Read [archive]."""
    keys = draft.tree["archive"]
    folder = draft.path(("archive", "folder"), keys["folder"]) if keys["folder"] else draft.data_dir / "archive"
    return ArchiveConfig(
        folder=folder if keys["enabled"] else None,
        keep=timedelta(days=keys["days"]),
        most=int(keys["max_gb"] * 1_000_000_000),
    )


def _bounds(draft: Draft) -> Bounds:
    keys = draft.tree["crawl"]
    fastest, slowest, heed = (timedelta(seconds=seconds(keys[name])) for name in ("fastest", "slowest", "heed"))
    if fastest > slowest:
        says = f"fastest ({keys['fastest']}) must not be longer than slowest ({keys['slowest']})"
        draft.report(draft.latest(("crawl", "fastest"), ("crawl", "slowest")), says)
    return Bounds(fastest=fastest, slowest=slowest, heed=heed)


def daemon(draft: Draft) -> DaemonConfig:
    """Read [daemon]."""
    keys = draft.tree["daemon"]
    return DaemonConfig(tick=timedelta(seconds=seconds(keys["tick"])), self_check=keys["self_check"])


def news(draft: Draft) -> NewsConfig:
    """Read [news]."""
    keys = draft.tree["news"]
    if keys["retention_days"] <= keys["fresh_days"]:
        says = f"retention_days ({keys['retention_days']}) must be more than fresh_days ({keys['fresh_days']})"
        draft.report(draft.latest(("news", "retention_days"), ("news", "fresh_days")), says)
    return NewsConfig(**keys)


def delivery(draft: Draft) -> DeliveryConfig:
    """Read [delivery]."""
    keys = draft.tree["delivery"]
    return DeliveryConfig(timeout=seconds(keys["timeout"]), tries=keys["tries"])


def log(draft: Draft) -> LogConfig:
    """Read [log]."""
    return LogConfig(**draft.tree["log"])


def secret(draft: Draft, where: Where, keys: Mapping[str, str], *, name: str = "url", optional: bool = False) -> Secret:
    """Find a secret given by value, by variable or by file; empty when it isn't to be had.

    Args:
        where: the table that has the keys NAME, NAME_env and NAME_file.
        optional: it may be empty.
    """
    if variable := keys.get(f"{name}_env"):
        here = (*where, f"{name}_env")
        if variable in draft.env:
            return _told(draft, here, draft.env[variable], f"the variable {variable} is empty")
        if file := draft.env.get(f"{variable}_FILE"):
            return _from_file(draft, here, home(Path(file)))
        draft.miss(here, f"the environment has neither {variable} nor {variable}_FILE")
        return Secret("")
    if file := keys.get(f"{name}_file"):
        here = (*where, f"{name}_file")
        return _from_file(draft, here, draft.path(here, file))
    value = keys.get(name, "")
    _warn_readable(draft, (*where, name), value)
    return Secret("") if optional and not value else _told(draft, (*where, name), value, "must not be empty")


def _from_file(draft: Draft, where: Where, path: Path) -> Secret:
    """Read a secret from a file, where many tools keep a line break at the end."""
    try:
        with path.open("rb") as file:
            value = file.read(_LONGEST_SECRET + 1)
        if len(value) > _LONGEST_SECRET:
            draft.report(where, f"{path} is too long for a secret")
            return Secret("")
        return _told(draft, where, value.decode("utf-8").strip(), f"{path} is empty")
    except OSError as error:
        draft.miss(where, f"can't read {path}: {error.strerror}")
    except ValueError:  # not UTF-8, or a path with a NUL
        draft.report(where, f"can't read {str(path)!r}: not a text file in UTF-8")
    return Secret("")


def _told(draft: Draft, where: Where, value: str, empty: str) -> Secret:
    """Refuse what can't be a URL, without quoting it."""
    if not value.strip():
        draft.miss(where, empty)
        return Secret("")
    if not value.isprintable():
        draft.report(where, "holds line breaks or control characters")
    return Secret(value.strip())


def _warn_readable(draft: Draft, where: Where, value: str) -> None:
    """Warn of a secret in a file that others on this machine can read."""
    file = draft.owner(where).file
    if value and file is not None and file.stat().st_mode & 0o077 and ("@" in value or where[0] != "store"):
        instead = f"chmod 600 {file.name}, or use {where[-1]}_file"
        draft.warn(where, f"others on this machine may read this secret: {instead}")


def _file(draft: Draft, where: Where, value: str) -> str | None:
    """Give the path of a file that must be there; None when none is asked for."""
    if not value:
        return None
    path = draft.path(where, value)
    if not path.is_file():
        draft.report(where, f"there is no file {path}")
    return str(path)


def _depth(tree: Any, where: Where) -> int:
    """Count how far down a place can be followed."""
    for depth, key in enumerate(where):
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return depth
    return len(where)
