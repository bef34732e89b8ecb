"""What can go wrong with the store, in words for the person who runs it."""

from __future__ import annotations

from monitor.types import MonitorError


class StoreError(MonitorError):
    """The store could not do what it was asked."""


class DiskFullError(StoreError):
    """The disk is full: the step was rolled back, and works again once there is room."""


class AlreadySettledError(StoreError):
    """An entry has its one outcome already, and it is another one."""
