"""What a run has done so far: of each listing, and in all."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.types import Decision
from monitor.vocabulary import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What a listing led to."""

    source: str
    status: str
    listed: int = 0
    fetches: int = 0
    skipped: int = 0
    decisions: tuple[Decision, ...] = ()  #: of entries whose listing is all we may read


@dataclass(slots=True)
class Tally:
    """What a run has done so far, for the report of `run --once` and the simulated day."""

    listings: dict[str, Listed] = field(default_factory=dict)  #: the last one of each source
    polls: int = 0
    poisoned: int = 0  #: jobs that made our own code fail
    outcomes: dict[str, int] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)  #: the last ones that changed something

    #: Kept for a report; a daemon that runs for years must not keep more.
    KEPT = 1_000

    def listed(self, listing: Listed) -> None:
        """Count a poll, and what it decided by itself."""
        self.polls += 1
        self.listings[listing.source] = listing
        if listing.skipped:
            self.outcomes[Outcome.SKIPPED] = self.outcomes.get(Outcome.SKIPPED, 0) + listing.skipped

    def decided(self, decision: Decision) -> None:
        """Count a decision, and keep it if it opened or changed a story."""
        self.outcomes[decision.outcome] = self.outcomes.get(decision.outcome, 0) + 1
        if decision.changes:
            self.decisions = [*self.decisions[-self.KEPT :], decision]
