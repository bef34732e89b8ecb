"""Configuration: the shipped defaults, the user's TOML file and the environment, read into one frozen `Config`.

config/cocorico.toml has every key with its default; config/cocorico.schema.json says what each may hold, and is
what the reader checks by; docs/configuration.md explains it.

`values` is what the rest of Cocorico sees; `loading` tells the way there: `read` takes a layer in, `check` finds its
mistakes, and `build`, with one module for each section that needs its own, makes the values of what is right.
"""

from __future__ import annotations

from monitor.config.loading import default_data_dir, load, presets
from monitor.config.values import (
    TERMINAL,
    Config,
    ConfigError,
    CrawlConfig,
    DaemonConfig,
    DeliveryConfig,
    LeftOut,
    LogConfig,
    NewsConfig,
    SecondReaderConfig,
    StoreConfig,
    Target,
    WebConfig,
)
from monitor.secret import Secret

__all__ = [
    "TERMINAL",
    "Config",
    "ConfigError",
    "CrawlConfig",
    "DaemonConfig",
    "DeliveryConfig",
    "LeftOut",
    "LogConfig",
    "NewsConfig",
    "SecondReaderConfig",
    "Secret",
    "StoreConfig",
    "Target",
    "WebConfig",
    "default_data_dir",
    "load",
    "presets",
]
