"""What Cocorico says while it works: one event a decision, for people on a terminal, as JSON lines elsewhere."""

from __future__ import annotations

import logging
import re
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, Final, TextIO

from monitor.config.values import LogConfig
from monitor.secret import Secret, redactor

# structlog loads Twisted when it is there, which is to stay in the crawler's processes (here: 80 ms and 5 MB).
# A module marked as absent makes it go without.
sys.modules.setdefault("structlog.twisted", None)  # type: ignore[arg-type]
import structlog  # noqa: E402

Logger = structlog.stdlib.BoundLogger

#: The least severe record a library may add. Apprise's DEBUG and TRACE print passwords and tokens (fault V-12g).
CAPS: Final[Mapping[str, int]] = {
    "apprise": logging.INFO,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,  # each round that is left out is a warning of its own; `schedule.Late` says it once
    "asyncio": logging.WARNING,
    "scrapy": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "trafilatura": logging.ERROR,
    "twisted": logging.WARNING,
    "htmldate": logging.ERROR,
    "tzlocal": logging.WARNING,
    "uvicorn": logging.WARNING,
}

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def get(name: str) -> Logger:
    """Give a logger: `log.get(__name__).info("article.announced", url=..., reason=...)`."""
    logger: Logger = structlog.stdlib.get_logger(name)
    return logger


def event(name: str, *, level: object = "info", **keys: object) -> None:
    """Log one event of the daemon; `level` is the name of one, such as "warning"."""
    getattr(get("cocorico"), str(level))(name, **keys)


def new_run_id() -> str:
    """Name a run, for what it logs."""
    return uuid.uuid4().hex[:8]


@contextmanager
def bound(**values: object) -> Iterator[None]:
    """Add values to everything logged inside, by this thread or task: `with log.bound(source="bfmtv-series"):`."""
    with structlog.contextvars.bound_contextvars(**values):
        yield


def setup(config: LogConfig, *, stream: TextIO, run_id: str, secrets: Iterable[Secret] = ()) -> None:
    """Send everything logged, ours and the libraries', to `stream`; every event carries `run`.

    Calling it again replaces what was set up before.
    """
    human = config.format == "human" or (config.format == "auto" and stream.isatty())
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_annotate(run_id),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=Logger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(run_id, human=human, colours=human and stream.isatty(), secrets=secrets))
    root = logging.getLogger()
    for former in [each for each in root.handlers if isinstance(each.formatter, structlog.stdlib.ProcessorFormatter)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(config.level.upper())
    for name, least in CAPS.items():
        logging.getLogger(name).setLevel(max(least, root.level))


def _annotate(run_id: str) -> list[structlog.typing.Processor]:
    """What every event carries besides what it was given; the run's id in every thread, which no context var does."""

    def name_run(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event.setdefault("run", run_id)
        return event

    return [
        name_run,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]


def _formatter(run_id: str, *, human: bool, colours: bool, secrets: Iterable[Secret]) -> logging.Formatter:
    """Make the last step: clean every value, then write one line (on a terminal, a traceback has its own)."""
    renderer: structlog.typing.Processor
    if human:
        renderer = structlog.dev.ConsoleRenderer(
            colors=colours, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
        )
    else:
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_annotate(run_id),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _Cleaner(secrets, human=human),
            renderer,
        ],
    )


class _Cleaner:
    """Strikes secrets out of every value and escapes what could forge a line or move a terminal's cursor."""

    def __init__(self, secrets: Iterable[Secret], *, human: bool) -> None:
        self._redact: Callable[[str], str] = redactor(secrets)
        # An exception's message may have line breaks: the bar keeps its lines from passing for events.
        self._margin = "  | " if human else ""

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        trace = event.pop("exception", None)
        clean: MutableMapping[str, Any] = {self._text(str(key)): self._value(value) for key, value in event.items()}
        if trace is not None:
            # A traceback keeps its lines: each is cleaned alone.
            clean["exception"] = "\n".join(self._margin + self._text(line) for line in str(trace).split("\n"))
        return clean

    def _value(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self._text(str(key)): self._value(item) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(item) for item in value]
        return self._text(str(value))

    def _text(self, text: str) -> str:
        return _CONTROL.sub(_escape, self._redact(text))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character) or (f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}")
