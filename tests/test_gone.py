"""F21: a source that is gone for good (HTTP 410) is asked about once, and kept or dropped as somebody says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import Done, call
from fakes import a_source

from crawler import ListingStatus
from monitor.alerts.notices import notice_view
from monitor.decide import health, notices
from monitor.decide.notices import Condition
from monitor.notice import Notice
from monitor.store import Store, sources
from monitor.types import SourceState
from monitor.vocabulary import NoticeKind

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LUNE = a_source("lune", name="La Lune")
WELL = SourceState(id="lune", next_poll_at=NOON, last_ok_at=NOON, status=ListingStatus.OK)
GONE = replace(WELL, status=ListingStatus.GONE, failures=1, error="HTTP 410")
KEPT = replace(GONE, kept_at=NOON + timedelta(hours=2))
FAILING = replace(GONE, status=ListingStatus.FAILED, failures=3)
BACK = replace(KEPT, status=ListingStatus.OK, failures=0, last_ok_at=NOON + timedelta(days=9))


def told(*states: SourceState) -> list[Notice]:
    """Watch a source, each state for six hours; what is told."""
    conditions: dict[object, Condition] = {}
    found: list[Notice] = []
    for number, state in enumerate(states):
        for hour in range(6):
            seen = [health.broken(LUNE, state), health.gone(LUNE, state)]
            after = notices.notice(seen, [*conditions.values()], now=NOON + timedelta(hours=6 * number + hour))
            conditions |= {(one.alarm, one.subject): one for one in after.conditions}
            found += after.notices
    return found


@pytest.mark.parametrize(
    ("states", "kinds"),
    [
        ((WELL, GONE, GONE), [NoticeKind.SOURCE_GONE]),
        ((WELL, KEPT, KEPT), []),
        ((WELL, GONE, KEPT, BACK), [NoticeKind.SOURCE_GONE, NoticeKind.SOURCE_RECOVERED]),
        ((FAILING, GONE, BACK), [NoticeKind.SOURCE_BROKEN, NoticeKind.SOURCE_GONE, NoticeKind.SOURCE_RECOVERED]),
        (
            (GONE, KEPT, BACK, replace(BACK, status=ListingStatus.GONE, failures=1)),
            [NoticeKind.SOURCE_GONE, NoticeKind.SOURCE_RECOVERED, NoticeKind.SOURCE_GONE],
        ),
    ],
)
def test_f21_what_is_gone_is_asked_about_once(states: tuple[SourceState, ...], kinds: list[NoticeKind]) -> None:
    assert [one.kind for one in told(*states)] == kinds


def test_f21_the_question_holds_both_answers_in_either_language() -> None:
    (asked,) = told(GONE)
    french, english = (notice_view(asked, language, "Europe/Paris") for language in ("fr", "en"))
    assert french.line.replace("\u00a0", " ") == "La Lune a disparu, dit son serveur : la garder ?"
    assert french.details == ("Sa dernière réponse est du 21 novembre 2026 à 13:00.",)
    assert english.line == "La Lune is gone for good, says its server: keep it?"
    for view in (french, english):
        assert "`cocorico sources keep lune`" in view.advice
        assert "`cocorico sources remove lune`" in view.advice


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data folder whose two sources are gone: one added by hand, one of the configuration."""
    (tmp_path / "cocorico.toml").write_text(
        '[[source]]\nid = "conf"\nname = "Conf"\nurl = "https://conf.example/rss"\nkind = "feed"\nlanguage = "fr"\n',
        encoding="utf-8",
    )
    call("--data", tmp_path, "sources", "list")
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        sources.add(tx, LUNE)
        sources.sync(tx, [a_source("conf")], now=NOON)
        for name in ("lune", "conf"):
            sources.polled(tx, name, state=replace(GONE, id=name))
    return tmp_path


def run(place: Path, *arguments: object, lang: str = "en") -> Done:
    return call("--data", place, "--lang", lang, "sources", *arguments)


def said(done: Done) -> str:
    return " ".join(done.out.split())


def test_f21_the_list_asks_until_somebody_says_keep(place: Path) -> None:
    asked = said(run(place, "list"))
    assert "`cocorico sources keep lune`; or drop it: `cocorico sources remove lune`." in asked
    assert '`cocorico sources keep conf`; or drop it: [sources] disable = ["conf"].' in asked
    assert "est gardée" in said(run(place, "keep", "lune", lang="fr"))
    after = said(run(place, "list", lang="fr"))
    assert "sources keep lune" not in after
    assert "La garder, redemandée chaque jour : `cocorico sources keep conf`" in after
    known = {one["id"]: one["kept_at"] for one in json.loads(run(place, "list", "--json").out)}
    assert (known["lune"] is None, known["conf"]) == (False, None)


def test_f21_the_card_asks_and_then_says_that_it_is_kept(place: Path) -> None:
    assert "keep it, asked daily" in said(run(place, "show", "lune")).lower()
    assert json.loads(run(place, "keep", "lune", "--json").out) == {"id": "lune", "kept": True}
    assert f"kept since {datetime.now(UTC):%Y-%m-%d}" in said(run(place, "show", "lune"))
    assert "is kept already" in said(run(place, "keep", "lune"))


def test_f21_what_is_there_needs_no_answer(place: Path) -> None:
    with Store.open(f"sqlite:///{place}/cocorico.db") as store, store.write() as tx:
        sources.polled(tx, "lune", state=WELL)
    assert "is not gone" in said(run(place, "keep", "lune"))
    assert json.loads(run(place, "keep", "lune", "--json").out) == {"id": "lune", "kept": False}
    assert run(place, "keep", "nobody").code == 1


def test_f21_a_poll_leaves_what_somebody_said_and_another_address_ends_it(store: Store) -> None:
    with store.write() as tx:
        sources.add(tx, LUNE)
        sources.polled(tx, "lune", state=GONE)
        sources.keep(tx, "lune", now=KEPT.kept_at or NOON)
        sources.polled(tx, "lune", state=GONE)  # by a poll that had begun before
        state = sources.state(tx, "lune")
        assert state is not None
        assert health.keeps(state)
        sources.move(tx, "lune", "https://lune.example/new.xml")
        state = sources.state(tx, "lune")
        assert state is not None
        assert state.kept_at is None
