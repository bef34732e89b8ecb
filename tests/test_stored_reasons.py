"""Reasons that are stored in English are said in the reader's language, whoever made them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command import call
from fakes import a_source, an_entry
from hypothesis import given
from hypothesis import strategies as st

from crawler import Refusal
from monitor.alerts.catalogue import voice
from monitor.alerts.notices import notice_view
from monitor.alerts.stored import reason
from monitor.classifier.prospects import Prospect
from monitor.decide import entries as entry_rules
from monitor.decide import hosts, storms
from monitor.decide.entries import EntryVerdict
from monitor.decide.hosts import HostState, Reserved
from monitor.notice import Facts, Notice
from monitor.store import Store, entries
from monitor.vocabulary import FetchPolicy, NoticeKind, Outcome

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
AGAIN = NOW + timedelta(days=2)
OLD = NOW - timedelta(days=9)
REFUSING = HostState(host="mur.example", refusal=Refusal.FORBIDDEN, refused_at=NOW, probe_at=AGAIN)
RESERVED = Reserved(
    source="gazette", since=NOW, seen_at=NOW, until=AGAIN, evidence="the tdm-reservation header", policy="https://p"
)


def skipped(published: datetime) -> str:
    """Why an entry is passed over."""
    entry = an_entry(published=published)
    (verdict,) = entry_rules.judge(
        [entry],
        known=(),
        source=a_source(fetch=FetchPolicy.PROMISING),
        first_crawl=False,
        fresh=timedelta(days=2),
        prospect=lambda _title, _summary: Prospect(promising=False),
        now=NOW,
    )
    return str(verdict.reason)


def held() -> str:
    some = [EntryVerdict(entry=an_entry(number), fetch=True) for number in range(9)]
    return str(storms.hold(some, limit=5, usual=0.5)[-1].reason)


def why(host: HostState | None, reserved: Reserved | None, *, forbids: bool = False) -> str:
    ask = hosts.forbids if forbids else hosts.unread
    return str(ask(a_source(), host, reserved, now=NOW))


@pytest.mark.parametrize(
    ("stored", "french"),
    [
        (why(REFUSING, None), "mur.example nous refuse (interdit) depuis le 2026-11-21\u00a0; redemandé le 2026-11-23"),
        (
            why(REFUSING, None, forbids=True),
            "l’hôte mur.example nous refuse (interdit) depuis le 2026-11-21\u00a0; redemandé le 2026-11-23",
        ),
        (
            why(None, RESERVED),
            (
                "la fouille de textes et de données est réservée, dit l’en-tête tdm-reservation\u00a0; "
                "redemandé le 2026-11-23"
            ),
        ),
        (
            why(None, RESERVED, forbids=True),
            (
                "la fouille de textes et de données est réservée depuis le 2026-11-21, dit l’en-tête tdm-reservation, "
                "conditions\u00a0: https://p"
            ),
        ),
        (skipped(OLD), "paru 9 jours avant d’être listé ici"),
        (
            skipped(NOW),
            (
                "peu prometteur\u00a0: ni le titre ni le résumé n’ont un nom connu, une saison, un mot pour une œuvre "
                "ou de l’écran, ou un acte tel qu’une commande ou un renouvellement"
            ),
        ),
        (held(), "retenu\u00a0: 9 nouveautés d’un coup là où 0.5 est l’habitude"),
        (
            f"announces nothing (by title and summary: {why(REFUSING, None)})",
            (
                "n’annonce rien (d’après le titre et le résumé\u00a0: mur.example nous refuse (interdit) depuis le "
                "2026-11-21\u00a0; redemandé le 2026-11-23)"
            ),
        ),
        ("timeout: no full answer", "timeout: no full answer"),
    ],
)
def test_what_is_decided_is_said_in_french(stored: str, french: str) -> None:
    assert reason(stored, voice("fr")) == french
    assert reason(stored, voice("en")) == stored


@given(st.text(max_size=80))
def test_english_readers_see_what_is_stored(text: str) -> None:
    assert reason(text, voice("en")) == text
    assert reason(f"not promising: {text}", voice("en")) == f"not promising: {text}"


def test_a_notice_of_a_refusal_says_why_in_french() -> None:
    facts = Facts(name="Le Mur", reason=why(REFUSING, None, forbids=True))
    view = notice_view(
        Notice(id="n", kind=NoticeKind.SOURCE_REFUSES, subject="mur", at=NOW, facts=facts), "fr", "Europe/Paris"
    )
    assert any("nous refuse (interdit) depuis le 2026-11-21" in said for said in view.details)


def test_a_trace_says_why_in_french(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/cocorico.db") as store, store.write() as tx:
        entries.add(tx, an_entry(1), now=NOW, outcome=Outcome.SKIPPED, reason=skipped(OLD))
    assert "paru 9 jours avant d’être listé ici" in call(
        "--data", tmp_path, "--lang", "fr", "trace", an_entry(1).url
    ).out.replace("\n", " ")
