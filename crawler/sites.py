"""What sites ask of us, and for how long we know it: robots.txt and tdmrep.json. Reads no clock and no network.

A child keeps this for the sites it visits and tells its parent, which tells the next child: a successor asks nobody
again (faults O10, O11).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.answers import Answer, FailedError, failure
from crawler.remembered import text_of
from crawler.reserved import Reservation, of_file, read_file
from crawler.robots import Rules, ours
from crawler.types import Limits, RejectReason
from crawler.wire import Site

#: How long a copy of either file is used; RFC 9309, 2.4.
KEPT = timedelta(hours=24)
#: A robots.txt that can't be read: its last good copy holds for so much longer, then nothing may be fetched.
GRACE = timedelta(hours=24)
#: It is then asked for again after the time it has been failing, within these.
_SOONEST, _LATEST = timedelta(minutes=1), timedelta(hours=1)
#: Sites known, characters of their rules in all, and sites whose rules are kept parsed. Sites are visited in turn, so
#: with one more than is kept each of them would be forgotten just before it is needed, and asked again at each poll.
_SITES, _TEXT, _PARSED = 50_000, 16 << 20, 2_000
_NEVER = datetime.min.replace(tzinfo=UTC)


def token(limits: Limits) -> str:
    """The name that a robots.txt calls us by."""
    return limits.user_agent.partition("/")[0].strip() or "*"


def _until(moment: datetime | None) -> datetime:
    return moment or _NEVER


class Sites:
    """The sites a child knows. A site is a scheme, a host and a port; times are passed in."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._token = limits, token(limits)
        self._known: OrderedDict[str, Site] = OrderedDict()
        self._text = 0
        self._rules: OrderedDict[str, Rules] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, site: Site) -> Site:
        """Take in what is known of a site, and give it back."""
        self._forget(site.site)
        self._known[site.site] = site
        self._text += text_of(site)
        while len(self._known) > _SITES or self._text > _TEXT:
            self._forget(next(iter(self._known)))
        return site

    def merge(self, said: Site) -> Site:
        """Take in what somebody else has learned of a site, of either file what is newer."""
        known = self.known(said.site)
        newer = said if _until(said.robots_until) >= _until(known.robots_until) else known
        other = said if _until(said.file_until) >= _until(known.file_until) else known
        return self.learn(replace(newer, locations=other.locations, file_until=other.file_until))

    def _forget(self, site: str) -> None:
        known = self._known.pop(site, None)
        self._text -= text_of(known) if known else 0
        self._rules.pop(site, None)

    def known(self, site: str) -> Site:
        """All that is known of a site."""
        return self._known.get(site) or Site(site=site)

    def wants_robots(self, site: str, now: datetime) -> bool:
        """Whether its robots.txt must be asked for before anything else is."""
        known = self._known.get(site)
        return known is None or known.robots_until is None or known.robots_until <= now

    def wants_file(self, site: str, now: datetime) -> bool:
        """Whether its tdmrep.json must be asked for before a page is."""
        known = self._known.get(site)
        return known is None or known.file_until is None or known.file_until <= now

    def delay(self, site: str) -> float:
        """Seconds that it wants between two requests."""
        rules = self._of(site)
        return rules.delay if rules else 0.0

    def check(self, url: str, site: str, now: datetime) -> None:
        """Refuse what its robots.txt disallows, as far as that is known.

        Raises:
            FailedError: it does, or it can't be read and nothing may be fetched for now.
        """
        known = self._known.get(site)
        if known is None or known.robots_until is None or known.robots_until <= now:
            return
        if known.refusal:
            reason = RejectReason(known.refused_as or RejectReason.ROBOTS)
            wait = (known.robots_until - now).total_seconds() if reason is RejectReason.ROBOTS else None
            failed = FailedError(reason, known.refusal, retry=reason is not RejectReason.ADDRESS, retry_after=wait)
            failed.lasting = known.lasting
            raise failed
        rules = self._of(site)
        if rules and not rules.allow(url):
            raise FailedError(
                RejectReason.ROBOTS, f"{site}/robots.txt disallows {url}; exclude it, or ask the publisher"
            )

    def reservation(self, url: str, site: str) -> Reservation | None:
        """What its tdmrep.json says of a page."""
        known = self._known.get(site)
        return of_file(known.locations, url) if known else None

    def robots_read(self, site: str, answer: Answer, now: datetime) -> Site:
        """Its robots.txt was answered: any refusal but "too many requests" allows everything (RFC 9309, 2.3.1.3)."""
        if answer.status == 429 or answer.status >= 500:
            return self.robots_failed(site, failure(answer, now=now), now)
        text = ""
        if answer.status == 200:
            text = answer.body[: self._limits.robots_bytes].decode("utf-8-sig", "replace")
        known = self._known.get(site) or Site(site=site)
        return self.learn(
            replace(
                known,
                robots=ours(text, self._token),
                robots_read=now,
                robots_until=now + KEPT,
                failing_since=None,
                refusal=None,
                refused_as=None,
                lasting=False,
            )
        )

    def robots_failed(self, site: str, error: FailedError, now: datetime) -> Site:
        """Its robots.txt can't be read: the last good copy holds for a while, then nothing may be fetched."""
        known = self._known.get(site) or Site(site=site)
        since = known.failing_since or now
        asked = timedelta(seconds=error.retry_after or 0.0)
        until = now + max(min(max(now - since, _SOONEST), _LATEST), asked)
        good = known.robots_read is not None and now < known.robots_read + KEPT + GRACE
        named = error.reason in {RejectReason.NETWORK, RejectReason.ADDRESS}  # a host that is not there says so itself
        detail = f"{site}/robots.txt cannot be read, so nothing is fetched for now: {error.detail}"
        return self.learn(
            replace(
                known,
                robots_until=until,
                failing_since=since,
                refusal=None if good else error.detail if named else detail,
                refused_as=None if good else str(error.reason if named else RejectReason.ROBOTS),
                lasting=error.lasting and not good,
            )
        )

    def file_read(self, site: str, answer: Answer | None, now: datetime) -> Site:
        """Its tdmrep.json was answered, or was not to be had: then it makes no use of the protocol, as that says."""
        rules = read_file(answer.body) if answer and answer.status == 200 else ()
        known = self._known.get(site) or Site(site=site)
        return self.learn(replace(known, locations=rules, file_until=now + KEPT))

    def _of(self, site: str) -> Rules | None:
        known = self._known.get(site)
        if known is None or not known.robots:
            return None
        if site not in self._rules:
            self._rules[site] = Rules(known.robots, self._token)
        self._rules.move_to_end(site)
        if len(self._rules) > _PARSED:
            self._rules.popitem(last=False)
        return self._rules[site]
