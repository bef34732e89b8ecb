"""When a source is polled next: its interval, longer after failures, never a final give-up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler import LISTING_PARSER, Entry, Listing, ListingStatus, SourceKind, Validators
from monitor.decide import polls
from monitor.decide.health import standing
from monitor.rhythm import Bounds, Rhythm
from monitor.types import Source, SourceState

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SOURCE = Source(id="lune", name="La Lune", url="https://lune.example/rss", kind=SourceKind.FEED, language="fr")
STATE = SourceState(id="lune", next_poll_at=NOW)


def listing(status: ListingStatus, **fields: object) -> Listing:
    made = Listing(order="1", source="lune", status=status, fetched_at=NOW)
    return replace(made, **fields)  # type: ignore[arg-type]


def entry(number: int, published: datetime | None = None) -> Entry:
    url = f"https://lune.example/{number}"
    return Entry(source="lune", url=url, listed_url=url, published=published)


@pytest.mark.parametrize(
    ("entries", "stands"),
    [
        ((entry(1), entry(2)), False),  # links of a page that stands in the listing's place, maybe
        ((entry(1), entry(2), entry(3)), True),
        ((entry(1), entry(2, NOW)), True),
        ((), False),
    ],
)
def test_a_first_crawl_is_over_when_a_listing_showed_what_was_d07(entries: tuple[Entry, ...], *, stands: bool) -> None:
    state = polls.after_poll(STATE, SOURCE, listing(ListingStatus.OK, entries=entries), now=NOW)
    assert (state.baseline_at is not None) is stands


def after(status: ListingStatus, state: SourceState = STATE, *, offline: bool = False, **fields: object) -> SourceState:
    return polls.after_poll(state, SOURCE, listing(status, **fields), now=NOW, offline=offline)


def wait(state: SourceState) -> timedelta:
    return state.next_poll_at - NOW


def test_a_good_poll_comes_back_after_the_interval_and_at_most_a_tenth_more() -> None:
    state = after(ListingStatus.OK, validators=Validators(etag='"1"'), entries=(entry(1, NOW),))
    assert QUARTER <= wait(state) <= QUARTER * 1.1
    assert (state.validators.etag, state.validators_at, state.baseline_at, state.failures) == ('"1"', NOW, NOW, 0)


def test_failures_wait_longer_each_time_up_to_a_day_and_never_end() -> None:
    state, waits = STATE, []
    for _ in range(40):
        state = after(ListingStatus.FAILED, state, error="refused")
        waits.append(wait(state))
    assert waits[1] > 1.5 * waits[0]
    assert waits == sorted(waits)
    assert waits[-1] <= timedelta(hours=24) + QUARTER
    assert (state.failures, state.error) == (40, "refused")


def test_a_failure_while_we_are_offline_is_not_the_sources() -> None:
    state = after(ListingStatus.FAILED, replace(STATE, failures=2), offline=True)
    assert state.failures == 2
    assert wait(state) <= QUARTER * 1.1


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({"status": ListingStatus.FAILED}, 4),  # no answer at all: a timeout, a broken connection
        ({"status": ListingStatus.FAILED, "http_status": 503}, 4),
        ({"status": ListingStatus.BLOCKED, "http_status": 429}, 4),
        ({"status": ListingStatus.FAILED, "http_status": 404}, 24),
        ({"status": ListingStatus.NOT_A_FEED, "http_status": 200}, 24),
        ({"status": ListingStatus.FAILED, "lasting": True}, 24),  # TLS, an unknown name
        ({"status": ListingStatus.BLOCKED, "http_status": 403}, 24),
        ({"status": ListingStatus.BLOCKED}, 24),  # robots.txt
    ],
    ids=["network", "503", "429", "404", "not a feed", "TLS", "403", "robots.txt"],
)
def test_what_passes_is_looked_at_more_often_than_what_somebody_must_mend(fields: dict[str, Any], hours: int) -> None:
    """S16, O18: pauses grow up to a ceiling and never end."""
    state = STATE
    for _ in range(100):
        state = after(state=state, **fields)
    assert timedelta(hours=hours) <= wait(state) <= timedelta(hours=hours) + QUARTER * 0.1


def test_a_source_that_is_back_has_its_rhythm_back_at_once() -> None:
    """S16: a day of failures leaves no trace in how often a source is asked."""
    known = replace(STATE, rhythm=Rhythm(learned_at=NOW, counts=(4.0,) * 48, hours=(1.0,) * 48), last_ok_at=NOW)
    before = after(ListingStatus.UNCHANGED, known)
    broken = before
    for _ in range(20):
        broken = after(ListingStatus.FAILED, broken, http_status=404)
    assert wait(broken) >= timedelta(hours=24)
    again = after(ListingStatus.UNCHANGED, broken)
    assert (again.next_poll_at, again.rhythm) == (before.next_poll_at, before.rhythm)
    assert wait(again) < QUARTER * 0.7


def test_a_push_is_news_and_says_nothing_of_how_the_host_does() -> None:
    before = replace(STATE, failures=3, error="refused", unchanged=7, validators=Validators(etag='"1"'))
    entry = Entry(source="lune", url="https://lune.example/1", listed_url="https://lune.example/1", published=NOW)
    state = after(ListingStatus.OK, before, pushed=True, entries=(entry,))
    assert replace(state, rhythm=before.rhythm, news_at=before.news_at) == before
    assert state.rhythm.listed == 1
    assert after(ListingStatus.NOT_A_FEED, before, pushed=True) == before


def test_while_a_hub_tells_of_news_polls_are_a_safety_net() -> None:
    made = polls.after_poll(STATE, SOURCE, listing(ListingStatus.UNCHANGED), now=NOW, covered=True)
    assert Bounds().slowest <= wait(made) <= Bounds().slowest + QUARTER * 0.1


def test_one_success_forgets_the_failures() -> None:
    state = after(ListingStatus.UNCHANGED, replace(STATE, failures=9, error="refused"))
    assert (state.failures, state.error) == (0, None)
    assert wait(state) <= QUARTER * 1.1


@pytest.mark.parametrize(
    ("seconds", "least", "most"),
    [(7200, 7200, 7200), (1, 900, 900), (10.0**12, 86_400, 86_400), (-5, 900, 900)],
)
def test_retry_after_is_kept_within_a_day(seconds: float, least: float, most: float) -> None:
    waited = wait(after(ListingStatus.BLOCKED, retry_after=seconds)).total_seconds()
    assert least <= waited <= most + 90


def test_gone_is_asked_again_tomorrow() -> None:
    assert wait(after(ListingStatus.GONE)) >= timedelta(hours=24)


@pytest.mark.parametrize("status", [ListingStatus.NOT_A_FEED, ListingStatus.FAILED, ListingStatus.BLOCKED])
def test_a_wall_is_no_baseline_and_keeps_the_validators(status: ListingStatus) -> None:
    """Fault D07."""
    known = replace(STATE, validators=Validators(etag='"1"'), validators_at=NOW)
    state = after(status, known)
    assert state.baseline_at is None
    assert state.validators == known.validators


def test_validators_are_distrusted_after_a_week() -> None:
    state = replace(STATE, validators=Validators(etag='"1"'), validators_at=NOW)
    assert polls.validators_to_send(state, now=NOW + timedelta(days=6)).etag == '"1"'
    assert polls.validators_to_send(state, now=NOW + timedelta(days=7)) == Validators()
    assert after(ListingStatus.UNCHANGED, state).validators_at == NOW


def test_validators_are_distrusted_after_fifty_unchanged_answers_in_a_row() -> None:
    """F17, F18: a server that says 304 for ever silences nobody for longer than that."""
    state = replace(STATE, validators=Validators(etag='"1"'), validators_at=NOW)
    for number in range(50):
        assert polls.validators_to_send(state, now=NOW).etag == '"1"', number
        state = after(ListingStatus.UNCHANGED, state, http_status=304, validators=state.validators)
    assert polls.validators_to_send(state, now=NOW) == Validators()
    state = after(ListingStatus.OK, state, http_status=200, validators=Validators(etag='"2"'))
    assert polls.validators_to_send(state, now=NOW).etag == '"2"'


def test_the_same_body_again_is_no_sign_of_a_server_that_always_says_unchanged() -> None:
    state = replace(STATE, validators=Validators(etag='"1"'), validators_at=NOW)
    assert after(ListingStatus.UNCHANGED, state, http_status=200).unchanged == 0


def test_what_an_older_parser_read_is_read_again() -> None:
    """F17: validators are dropped when listings are read differently."""
    state = replace(STATE, validators=Validators(etag='"1"', body_hash="aa"), validators_at=NOW, parser=0)
    assert polls.validators_to_send(state, now=NOW) == Validators()
    assert after(ListingStatus.OK, state).parser == LISTING_PARSER
    assert after(ListingStatus.UNCHANGED, state).parser == 0


def test_an_unchanged_listing_does_not_count_as_a_full_fetch() -> None:
    then = NOW - timedelta(days=6)
    state = after(ListingStatus.UNCHANGED, replace(STATE, validators=Validators(etag='"1"'), validators_at=then))
    assert state.validators_at == then


def test_sources_do_not_herd() -> None:
    """Fault S13."""
    later = {
        polls.after_poll(STATE, replace(SOURCE, id=f"s{n}"), listing(ListingStatus.OK), now=NOW) for n in range(50)
    }
    assert len({state.next_poll_at for state in later}) > 40


def test_a_source_stands_where_it_was_read_last_and_where_it_moved() -> None:
    moved = replace(after(ListingStatus.OK, moved_to="https://new.example/"), failures=0)
    assert standing(moved) is ListingStatus.MOVED
    assert standing(after(ListingStatus.UNCHANGED, moved, moved_to="https://new.example/")) is ListingStatus.MOVED
    failed = after(ListingStatus.FAILED, moved)
    assert (standing(failed), failed.moved_to) == (ListingStatus.FAILED, "https://new.example/")
    assert standing(after(ListingStatus.EMPTY, failed)) is ListingStatus.EMPTY
