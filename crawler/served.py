"""An order on its way to its record, a child process, and what that owes."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from typing import Protocol

from crawler.probes import AnyCommand
from crawler.wire import Value


class Process(Protocol):
    """What a lane needs of a child process; `crawler.child.Child` is one."""

    @property
    def pid(self) -> int:
        """The process's id."""

    @property
    def memory(self) -> int:
        """Resident bytes; 0 where the system does not say."""

    @property
    def parsing(self) -> str:
        """The order it was parsing last."""

    def send(self, *values: Value) -> None:
        """Give it values."""

    def end_input(self) -> None:
        """Let it finish what it has begun."""

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal."""


@dataclass(eq=False, slots=True)
class Order:
    """A command on its way to its record."""

    command: AnyCommand
    host: str
    deaths: int = 0  #: children that died while it was among the suspects; from then on it is served alone


@dataclass(eq=False, slots=True)
class Served:
    """A child and what it owes."""

    process: Process
    born: float
    ready: bool = False
    retired: float | None = None  #: since when it takes no more orders
    killed: bool = False
    taken: int = 0
    answered: int = 0
    swollen: bool = False  #: it holds more memory than it should
    owed: dict[str, Order] = field(default_factory=dict)
    begun: dict[str, float] = field(default_factory=dict)  #: when each began
    told: set[str] = field(default_factory=set)  #: hosts it has been sent to

    def suspects(self) -> list[Order]:
        """Who may have killed it: the order being parsed, or else all that had begun."""
        parsing = self.process.parsing
        if parsing in self.owed:
            return [self.owed[parsing]]
        return [self.owed[order] for order in self.begun if order in self.owed]
