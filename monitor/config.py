"""Configuration: the shipped defaults, the user's TOML file and the environment, read into one frozen `Config`."""

from __future__ import annotations

from monitor.config_values import (
    TERMINAL,
    Config,
    ConfigError,
    CrawlConfig,
    DaemonConfig,
    DeliveryConfig,
    LeftOut,
    LogConfig,
    NewsConfig,
    StoreConfig,
    Target,
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
    "Secret",
    "StoreConfig",
    "Target",
]
