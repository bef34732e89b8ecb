"""Operations, on both databases: what lasts is told once to those who asked, by a way that works."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from desk import Desk, at
from fakes import a_delivery, a_rejection, a_source, an_announcement, an_article

from crawler import Lesson, ListingStatus, Refusal, RejectReason, SiteReport, Template, gate_key, host_key
from monitor import rhythm
from monitor.alerts.notices import notice_view
from monitor.decide.health import Disk
from monitor.decide.hosts import HostState
from monitor.noticing import Noticing, measure
from monitor.pages import Pages
from monitor.store import Store, deliveries, hosts, notices, pages, sources, templates
from monitor.subscribing import Deliver, Quiet, Rhythm, Subscription
from monitor.types import Source, SourceState
from monitor.vocabulary import DeliveryState, Form, NoticeKind

NOON = at("2026-03-14 12:00")
ROOM = Disk(path="/data", free=1 << 40, total=1 << 41)


def asks(**fields: Any) -> Subscription:
    return Subscription(**{"name": "ops", "targets": ("phone",), "operations": True, **fields})


class Ward(Desk):
    """A desk that looks after itself."""

    def __init__(self, store: Store, *subscriptions: Subscription, now: datetime = NOON) -> None:
        super().__init__(store, *subscriptions, now=now)
        self.disk = ROOM
        self.noticing = Noticing(
            store=store,
            sources=self.pipeline.sources,
            subscriptions=[one for one in subscriptions if one.operations],
            targets=("phone", "mail"),
            disk=lambda: self.disk,
            log=self.pipeline.log,
        )

    def _round(self) -> None:
        self.noticing.look(self.now)
        super()._round()

    def watch(self, *, hours: int) -> None:
        """Look every quarter of an hour for so long."""
        self.go(self.now + timedelta(hours=hours), every=timedelta(minutes=15))

    def poll(self, source: str, **fields: Any) -> None:
        """Say how a source answers."""
        with self.store.write() as tx:
            state = sources.state(tx, source)
            assert state is not None
            sources.polled(tx, source, state=replace(state, **fields))

    @property
    def noticed(self) -> list[tuple[str, NoticeKind, str]]:
        """What was told of the operation: when, what, of whom."""
        return [
            (when, context.notice.kind, context.notice.facts.name)
            for (when, _, _), context in zip(self.heard, self.told, strict=True)
            if context.notice
        ]


def test_a_source_that_breaks_is_told_once_and_so_is_its_recovery(store: Store) -> None:
    ward = Ward(store, asks())
    ward.poll("lune", failures=3, error="HTTP 500", last_ok_at=NOON - timedelta(hours=2))
    ward.watch(hours=9)
    assert ward.noticed == [("03-14 15:00", NoticeKind.SOURCE_BROKEN, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    assert (notice.facts.reason, notice.facts.since) == ("HTTP 500", NOON - timedelta(hours=2))
    ward.poll("lune", failures=0, error=None, last_ok_at=ward.now)
    ward.watch(hours=9)
    assert ward.noticed[1:] == [("03-14 22:00", NoticeKind.SOURCE_RECOVERED, "Lune")]
    well = ward.told[1].notice
    assert well is not None
    assert well.facts.since == NOON - timedelta(hours=2), "when it broke, not when it answered last"
    assert notice_view(well, "fr", "Europe/Paris").details[0] == "En panne depuis le 14 mars 2026 à 10:00."


class Catalogue(dict[str, Source]):
    """Counts, at each thousandth source that is asked for, how many states of sources and ends of pages are alive."""

    asked, alive = 0, 0

    def __getitem__(self, name: str) -> Source:
        self.asked += 1
        if self.asked % 1_000 == 0:
            held = sum(isinstance(one, (SourceState, Pages)) for one in gc.get_objects())
            self.alive = max(self.alive, held)
        return super().__getitem__(name)


def test_looking_at_thousands_of_sources_holds_a_few_at_a_time(tmp_path: Path) -> None:
    catalogue = Catalogue({f"s-{number}": a_source(f"s-{number}") for number in range(3_000)})
    with Store.open(f"sqlite:///{tmp_path / 'cocorico.db'}") as store:
        with store.write() as tx:
            sources.sync(tx, list(catalogue.values()), now=NOON)
            pages.note_all(tx, [an_article(source=name) for name in catalogue])
        watched = Noticing(
            store=store, sources=catalogue, subscriptions=(), targets=(), disk=lambda: ROOM, log=lambda *_a, **_k: None
        )
        watched.look(NOON)
    assert catalogue.asked >= 3_000
    assert 0 < catalogue.alive < 20


def test_a_source_that_moved_is_told_once_with_its_new_address(store: Store) -> None:
    ward = Ward(store, asks())
    ward.poll("lune", status=ListingStatus.UNCHANGED, moved_to="https://lune.example/new.xml")
    ward.watch(hours=11)
    assert ward.noticed == []
    ward.watch(hours=30)
    assert ward.noticed == [("03-15 00:00", NoticeKind.SOURCE_MOVED, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    assert notice.facts.address == "https://lune.example/new.xml"
    view = notice_view(notice, "fr", "Europe/Paris")
    assert view.line == "Lune a déménagé"
    assert view.details == ("Sa nouvelle adresse\u00a0: lune.example/new.xml",)
    assert "`cocorico sources move lune`" in view.advice
    ward.poll("lune", moved_to=None)
    ward.watch(hours=30)
    assert len(ward.noticed) == 1


def test_a_certificate_that_runs_out_is_told_two_weeks_before_and_once(store: Store) -> None:
    """F13."""
    ward = Ward(store, asks())
    ward.poll("lune", trusted_until=NOON + timedelta(days=15))
    ward.watch(hours=23)
    assert ward.noticed == []
    ward.watch(hours=48)
    assert ward.noticed == [("03-16 00:00", NoticeKind.SOURCE_EXPIRES, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    view = notice_view(notice, "fr", "Europe/Paris")
    assert view.line == "Le certificat de Lune expire bientôt"
    assert "Il est valable jusqu’au 29 mars 2026 à 13:00." in view.details
    ward.poll("lune", trusted_until=NOON + timedelta(days=90))
    ward.watch(hours=24)
    assert len(ward.noticed) == 1


def test_a_night_of_redirects_moves_nothing(store: Store) -> None:
    ward = Ward(store, asks())
    for _ in range(4):
        ward.poll("lune", moved_to="https://maintenance.example/")
        ward.watch(hours=10)
        ward.poll("lune", moved_to=None)
        ward.watch(hours=14)
    assert ward.noticed == []


def test_nothing_is_told_twice_after_a_restart(store: Store) -> None:
    ward = Ward(store, asks())
    ward.poll("lune", failures=3)
    ward.watch(hours=4)
    again = Ward(store, asks(), now=ward.now)
    again.watch(hours=4)
    assert (len(ward.noticed), again.noticed) == (1, [])


def test_a_target_that_fails_is_told_by_way_of_another(store: Store) -> None:
    news = Subscription(name="mine", targets=("mail",))
    ward = Ward(store, news, asks(targets=("phone", "mail")))
    ward.fails = lambda context: context.delivery.target == "mail" and ward.now < NOON + timedelta(hours=5)
    ward.say(an_announcement())
    ward.watch(hours=3)
    ((when, kind, name),) = ward.noticed
    assert (kind, name) == (NoticeKind.DELIVERIES_FAILING, "mail")
    assert "03-14 13:00" <= when <= "03-14 13:15"
    assert ward.told[-1].delivery.target == "phone"
    notice = ward.told[-1].notice
    assert notice is not None
    assert (notice.facts.waiting, notice.facts.reason) == (1, "as the test wants it")
    ward.watch(hours=12)
    assert [kind for _, kind, _ in ward.noticed[1:]] == [NoticeKind.DELIVERIES_RECOVERED] * 2
    assert {context.delivery.target for context in ward.told[-2:]} == {"phone", "mail"}


def test_a_message_given_up_is_told_too(store: Store) -> None:
    ward = Ward(store, asks(targets=("phone",)))
    ward.say(an_announcement())
    with store.write() as tx:
        deliveries.owe(tx, a_delivery(target="mail", stories=()))
        deliveries.failed(tx, "d-1", error="no such mailbox", next_try_at=None, now=NOON)
    ward.watch(hours=2)
    assert [(kind, name) for _, kind, name in ward.noticed] == [(NoticeKind.DELIVERIES_FAILING, "mail")]


def test_the_only_target_is_tried_whatever_is_wrong_with_it(store: Store) -> None:
    ward = Ward(store, Subscription(name="mine", targets=("phone",)), asks())
    ward.fails = lambda _context: ward.now < NOON + timedelta(hours=5)
    ward.say(an_announcement())
    ward.watch(hours=15)
    kinds = [kind for _, kind, _ in ward.noticed]
    assert kinds == [NoticeKind.DELIVERIES_FAILING, NoticeKind.DELIVERIES_RECOVERED]


def test_a_disk_that_fills_is_told(store: Store) -> None:
    ward = Ward(store, asks())
    ward.watch(hours=1)
    ward.disk = replace(ROOM, free=1 << 20)
    ward.watch(hours=5)
    assert [(when, kind) for when, kind, _ in ward.noticed] == [("03-14 13:00", NoticeKind.DISK_FILLING)]


def test_a_silent_source_is_told_from_what_it_listed(store: Store) -> None:
    ward = Ward(store, asks())
    for _ in range(8):
        ward.say(an_announcement(), outlet="lune")
        ward.poll("lune", news_at=ward.now)
        ward.now += timedelta(days=1)
    for _ in range(8):
        ward.poll("lune", last_ok_at=ward.now)
        ward.watch(hours=1)
        ward.now += timedelta(hours=23)
    assert [(when[:5], kind, name) for when, kind, name in ward.noticed] == [
        ("03-26", NoticeKind.SOURCE_SILENT, "Lune"),
    ]
    ward.say(an_announcement(), outlet="lune")
    ward.poll("lune", last_ok_at=ward.now, news_at=ward.now)
    ward.watch(hours=1)
    assert [kind for _, kind, _ in ward.noticed[1:]] == [NoticeKind.SOURCE_SPEAKS]


def test_a_source_with_a_rhythm_is_missed_the_same_day(store: Store) -> None:
    ward = Ward(store, asks())
    ward.say(an_announcement(), outlet="lune")
    known = rhythm.Rhythm(learned_at=NOON, counts=(150.0,) * 48, hours=(50.0,) * 48)
    ward.poll("lune", news_at=NOON, rhythm=known)
    for _ in range(12):
        ward.poll("lune", last_ok_at=ward.now)
        ward.watch(hours=1)
    assert ward.noticed == [("03-14 17:00", NoticeKind.SOURCE_SILENT, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    assert notice_view(notice, "fr", "Europe/Paris").details[1] == "D’habitude 72 par jour."


def test_a_source_whose_pages_are_refused_or_reserved_is_told_once_and_so_is_the_end(store: Store) -> None:
    ward = Ward(store, asks())
    gate = gate_key(a_source("lune").url)
    stopped = HostState(host=gate, refusal=Refusal.PAYMENT, refused_at=NOON, probe_at=NOON + timedelta(days=1))
    with store.write() as tx:
        hosts.put(tx, stopped)
    ward.watch(hours=5)
    assert [(kind, name) for _, kind, name in ward.noticed][:1] == [(NoticeKind.SOURCE_REFUSES, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    view = notice_view(notice, "fr", "Europe/Paris")
    assert view.line == "Lune ne veut pas que ses pages soient lues"
    refused = f"L’hôte {gate} nous refuse (paiement demandé) depuis le 2026-03-14\u00a0; redemandé le 2026-03-15."
    assert refused in view.details
    told = len(ward.noticed)
    with store.write() as tx:
        hosts.put(tx, HostState(host=gate))
    ward.watch(hours=5)
    assert NoticeKind.SOURCE_ADMITS in [kind for _, kind, _ in ward.noticed[told:]]


def test_a_source_whose_listing_is_refused_is_broken_and_nothing_else(store: Store) -> None:
    ward = Ward(store, asks())
    gate = gate_key(a_source("lune").url)
    refused = HostState(host=gate, refusal=Refusal.FORBIDDEN, refused_at=NOON, probe_at=NOON + timedelta(days=1))
    with store.write() as tx:
        hosts.put(tx, refused)
    ward.poll("lune", status=ListingStatus.BLOCKED, failures=3, error="HTTP 403", last_ok_at=NOON)
    ward.watch(hours=5)
    assert [(kind, name) for _, kind, name in ward.noticed] == [(NoticeKind.SOURCE_BROKEN, "Lune")]
    with store.write() as tx:
        hosts.put(tx, HostState(host=gate))
    ward.poll("lune", status=ListingStatus.OK, failures=0, error=None, last_ok_at=ward.now)
    ward.watch(hours=5)
    assert [kind for _, kind, _ in ward.noticed[1:]] == [NoticeKind.SOURCE_RECOVERED]


def test_a_source_that_goes_blind_is_told_once_and_so_is_its_recovery(store: Store) -> None:
    ward = Ward(store, asks())

    def end(count: int, *, good: bool) -> None:
        with store.write() as tx:
            for _ in range(count):
                article = an_article(source="lune", text="Une phrase. " * 100)
                pages.note(tx, article if good else a_rejection(source="lune", reason=RejectReason.TOO_SHORT))

    end(60, good=True)
    ward.watch(hours=1)
    end(15, good=False)
    ward.watch(hours=6)
    assert [(kind, name) for _, kind, name in ward.noticed] == [(NoticeKind.SOURCE_BLIND, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    assert notice_view(notice, "fr", "Europe/Paris").details == (
        "25\u00a0% de ses dernières pages ont donné un article, 98\u00a0% avant.",
        "La plupart n’ont plus de texte.",
    )
    end(20, good=True)
    ward.watch(hours=6)
    assert [kind for _, kind, _ in ward.noticed[1:]] == [NoticeKind.SOURCE_SEES]


def test_a_site_that_is_made_otherwise_is_told_once_and_so_is_that_it_is_learned_anew(store: Store) -> None:
    ward = Ward(store, asks())
    host = host_key(a_source("lune").url)

    def taught(lesson: Lesson) -> None:
        with store.write() as tx:
            templates.learned(tx, host, SiteReport(lesson=lesson, template=Template()), now=ward.now)

    taught(Lesson.LEARNED)
    ward.watch(hours=2)
    assert ward.noticed == []
    taught(Lesson.DROPPED)
    ward.watch(hours=2)
    taught(Lesson.LEARNING)
    ward.watch(hours=2)
    assert [(kind, name) for _, kind, name in ward.noticed] == [(NoticeKind.SOURCE_REBUILT, "Lune")]
    notice = ward.told[0].notice
    assert notice is not None
    assert notice_view(notice, "fr", "Europe/Paris").line == "Les pages de Lune ne sont plus faites comme avant"
    taught(Lesson.LEARNED)
    ward.watch(hours=2)
    taught(Lesson.AGREED)
    ward.watch(hours=2)
    assert [kind for _, kind, _ in ward.noticed[1:]] == [NoticeKind.SOURCE_RELEARNED]


def test_pages_that_could_not_be_had_say_nothing_of_a_source(store: Store) -> None:
    with store.write() as tx:
        for reason in (RejectReason.TIMEOUT, RejectReason.NOT_FOUND, RejectReason.ROBOTS, RejectReason.RESERVED):
            pages.note(tx, a_rejection(source="lune", reason=reason))
        assert not list(pages.every(tx))
        pages.note(tx, an_article(source="lune", partial=True))
        assert [end.length for end in pages.of(tx, "lune").recent] == [0], "its title and summary are not its text"


def test_many_sources_that_break_together_are_one_message(store: Store) -> None:
    ward = Ward(store, asks())
    many: Sequence[Source] = [a_source(f"s{number}") for number in range(12)]
    with store.write() as tx:
        sources.sync(tx, many, now=NOON)
    watched = Ward(store, asks())
    object.__setattr__(watched, "noticing", replace(watched.noticing, sources={one.id: one for one in many}))
    with store.write() as tx:
        sources.sync(tx, many, now=NOON)
    for one in many:
        watched.poll(one.id, failures=4)
    watched.watch(hours=4)
    assert [name for _, _, name in watched.noticed] == ["S0, S1, S10 +9"]
    assert ward.noticed == []
    watched.poll("s5", failures=0, error=None, last_ok_at=watched.now)
    watched.watch(hours=2)
    well = watched.told[1].notice
    assert well is not None
    assert (well.subject, well.facts.since) == ("s5", watched.told[0].notice and watched.told[0].notice.facts.since)


def test_quiet_hours_and_digests_hold_notices_each_by_itself(store: Store) -> None:
    night = Quiet(start=time(14), end=time(20))
    ward = Ward(store, asks(quiet=night), asks(name="daily", deliver=Deliver(rhythm=Rhythm.DAILY, at=time(8))))
    ward.poll("lune", failures=3)
    ward.poll("soleil", failures=3)
    ward.watch(hours=24)
    assert sorted(
        (one.delivery.subscription, when, name) for (when, _, name), one in zip(ward.noticed, ward.told, strict=True)
    ) == [
        ("daily", "03-15 08:00", "Lune"),
        ("daily", "03-15 08:00", "Soleil"),
        ("ops", "03-14 20:00", "Lune"),
        ("ops", "03-14 20:00", "Soleil"),
    ]
    assert {one.form for one in ward.told} == {Form.NOTICE}


def test_it_says_that_it_lives_at_the_hour_that_was_asked_for(store: Store) -> None:
    weekly = Deliver(rhythm=Rhythm.WEEKLY, at=time(8), weekday=0)
    quiet = Quiet(start=time(22), end=time(9))
    ward = Ward(store, asks(proof_of_life=weekly, quiet=quiet), Subscription(name="mine", targets=("mail",)))
    ward.poll("lune", failures=1)
    ward.watch(hours=1)
    ward.say(an_announcement())
    for _ in range(20):
        ward.watch(hours=1)
        ward.now += timedelta(hours=23)
        ward.now = ward.now.replace(hour=6)  # the clock changes on the way: 07:00 and then 08:00 in Paris
    lives = [context.notice for context in ward.told if context.notice]
    assert [notice.at for notice in lives] == [
        at("2026-03-16 08:00"),
        at("2026-03-23 08:00"),
        at("2026-03-30 08:00"),
    ]
    facts = [(one.facts.healthy, one.facts.sources, one.facts.told) for one in lives]
    assert facts == [(2, 3, 1), (2, 3, 0), (2, 3, 0)]
    with store.read() as tx:
        assert [one.kind for one in notices.recent(tx, limit=9)] == [NoticeKind.PROOF_OF_LIFE] * 3


def test_a_week_away_is_one_proof_of_life(store: Store) -> None:
    daily = asks(proof_of_life=Deliver(rhythm=Rhythm.DAILY, at=time(8)))
    Ward(store, daily).go()
    later = Ward(store, daily, now=NOON + timedelta(days=7))
    later.go()
    assert [context.notice.at for context in later.told if context.notice] == [at("2026-03-21 08:00")]


def test_a_story_is_none_of_operations(store: Store) -> None:
    ward = Ward(store, asks())
    ward.say(an_announcement())
    ward.go()
    assert ward.told == []


def test_without_anybody_to_tell_what_was_noticed_is_kept(store: Store) -> None:
    ward = Ward(store)
    ward.disk = replace(ROOM, free=0)
    ward.go()
    with store.read() as tx:
        (kept,) = notices.recent(tx, limit=9)
        assert notices.get(tx, kept.id) == kept
        assert deliveries.listing(tx, state=DeliveryState.OWED, limit=9) == []
    assert (kept.kind, kept.facts.path, kept.at) == (NoticeKind.DISK_FILLING, "/data", NOON)


def test_the_room_on_a_disk_is_measured(tmp_path: Path) -> None:
    found = measure(tmp_path)
    assert found.path == str(tmp_path)
    assert 0 < found.free <= found.total


def test_times_are_kept_in_utc(store: Store) -> None:
    ward = Ward(store, asks())
    ward.poll("lune", failures=3, last_ok_at=NOON)
    ward.watch(hours=4)
    notice = ward.told[0].notice
    assert notice is not None
    assert notice.facts.since is not None
    assert notice.facts.since.tzinfo is UTC
