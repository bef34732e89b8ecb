"""WebSub subscriptions: a hub that promises to tell us of news in a listing, and how that stands. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler import check_utc


class HubState(StrEnum):
    """How a subscription stands."""

    ASKED = "asked"  #: the hub has not confirmed it
    ACTIVE = "active"
    DENIED = "denied"  #: the hub says no
    ENDING = "ending"  #: asked to end


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """What can be subscribed to: a source's listing, and the hub it names."""

    source: str
    hub: str
    url: str  #: of the listing, as the hub knows it


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscribed:
    """One subscription."""

    topic: Topic
    token: str  #: of its address here, which nobody can guess
    secret: str  #: what pushes are signed with
    state: HubState = HubState.ASKED
    asked_at: datetime | None = None  #: when the hub was last asked for anything
    tries: int = 0  #: requests to the hub since it last confirmed
    confirmed_at: datetime | None = None
    lease_until: datetime | None = None
    pushed_at: datetime | None = None  #: when the hub last told of news
    error: str | None = None  #: of the last request, or why it was denied

    def __post_init__(self) -> None:
        for moment in (self.asked_at, self.confirmed_at, self.lease_until, self.pushed_at):
            check_utc(moment)

    def covers(self, now: datetime) -> bool:
        """Whether the hub has promised to tell of news at this time."""
        return self.state is HubState.ACTIVE and self.lease_until is not None and now < self.lease_until
