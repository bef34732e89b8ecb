"""`alerts list` shows what waits: until when, in the zone it is meant in, and why; and what another message told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import call
from desk import Desk, at
from fakes import an_announcement

from monitor.config import load
from monitor.store import Store
from monitor.vocabulary import DeliveryState

CONFIG = """
[[subscriptions]]
name = "york"
targets = ["terminal"]
match.origins = []
deliver = "daily 08:00"
zone = "America/New_York"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data folder with one digest sent and one alert that waits."""
    (tmp_path / "cocorico.toml").write_text(CONFIG, encoding="utf-8")
    config = load(tmp_path / "cocorico.toml", env={}, data_dir=tmp_path)
    with Store.open(config.store.url) as store:
        desk = Desk(store, *config.subscriptions, now=at("2026-07-01 12:00"))
        desk.say(an_announcement(title="Les Marées"))
        desk.go(at("2026-07-01 16:00"))
        desk.say(an_announcement(title="La Digue"), outlet="lune")
    return tmp_path


def test_what_waits_is_listed_with_its_hour_and_why(place: Path) -> None:
    done = call("alerts", "list", "--data", place, "--lang", "en")
    assert "held until 2026-07-02 08:00 (America/New_York): the hour of the digest" in " ".join(done.out.split())
    french = call("alerts", "list", "--data", place, "--lang", "fr", "--state", "held")
    assert "retenu jusqu'à 2026-07-02 08:00 (America/New_York) : l'heure du récapitulatif" in " ".join(
        french.out.split()
    )
    assert "récapitulatif new" not in french.out


def test_what_was_gathered_names_the_message_that_told_it(place: Path) -> None:
    found = json.loads(call("alerts", "list", "--data", place, "--json").out)
    by_state = {one["state"]: one for one in found}
    assert set(by_state) == {"held", "gathered", "sent"}
    assert by_state["gathered"]["gathered_in"] == by_state["sent"]["id"]
    assert (by_state["sent"]["form"], by_state["sent"]["article"]) == ("digest", "")
    assert by_state["held"]["next_try_at"] == "2026-07-02T12:00:00Z"
    told = call("alerts", "list", "--data", place, "--lang", "en", "--state", "gathered").out
    assert f"told by {by_state['sent']['id']}" in " ".join(told.split())


@pytest.mark.parametrize(
    ("lang", "dead", "owed"),
    [
        ("en", "No message is dead.", "No message is owed now."),
        ("fr", "Aucun message n'est mort.", "Aucun message n'est dû pour l'instant."),
    ],
)
def test_where_none_is_in_a_state_just_that_is_said(lang: str, dead: str, owed: str, place: Path) -> None:
    for state, says in (("dead", dead), ("owed", owed)):
        assert call("alerts", "list", "--data", place, "--lang", lang, "--state", state).out.strip() == says


@pytest.mark.parametrize("state", DeliveryState)
def test_every_state_can_be_without_messages(state: DeliveryState, tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/cocorico.db").close()
    told = call("alerts", "list", "--data", tmp_path, "--lang", "en", "--state", state)
    assert told.code == 0
    assert told.out.startswith("No message is" if state is not DeliveryState.SENT else "No message was sent.")
