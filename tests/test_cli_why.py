"""`cocorico why STORY SUBSCRIPTION`: for messages and for silences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archived import fill
from command import call
from fakes import a_delivery

from monitor.store import Store, deliveries
from monitor.subscribing import Subscription
from monitor.vocabulary import DeliveryState, Timing

MINE = """
[[subscriptions]]
name = "all"
targets = ["terminal"]
[[subscriptions]]
name = "arte"
targets = ["terminal"]
match = { platforms = ["Arte"] }
[[subscriptions]]
name = "either"
targets = ["terminal"]
match = { any = [{ works = ["Lupin"], people = ["Nobody"] }, { platforms = ["TF1"] }] }
[[subscriptions]]
name = "never"
targets = ["terminal"]
match = { none = [{ works = ["Le Phare"] }, { works = ["Les Marées"] }] }
[[subscriptions]]
name = "ops"
targets = ["terminal"]
operations = true
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    fill(folder, [Subscription(name="all", targets=("terminal",))])
    (folder / "cocorico.toml").write_text(MINE, encoding="utf-8")
    return folder


def why(data: Path, story: str, subscription: str) -> Any:
    (found,) = json.loads(call("why", story, subscription, "--json", "--data", data).out)
    return found


def test_a_message_says_what_it_met(data: Path) -> None:
    found = why(data, "les marees", "all")
    assert (found["answer"], found["matched"]) == ("sent", 'kinds: "renewal"')
    assert found["message"]["target"] == "terminal"
    assert why(data, found["story"], "all") == why(data, found["article"], "all") == found


@pytest.mark.parametrize(
    ("state", "english", "french"),
    [
        (DeliveryState.HELD, "Not yet: held for phone until 2026-03-14 13:00 (quiet hours).", "(heures calmes)."),
        (
            DeliveryState.DEAD,
            "No: phone refused the message (410 gone); ",
            "Non : phone a refusé le message (410 gone)",
        ),
        (DeliveryState.OWED, "Not yet: phone could not be reached (410 gone); next try", "n'a pas pu être joint"),
        (DeliveryState.GATHERED, "Yes, in another message: d-digest, ", "Oui, dans un autre message : d-digest, "),
    ],
)
def test_a_message_says_how_it_stands(tmp_path: Path, state: DeliveryState, english: str, french: str) -> None:
    (story, *_) = fill(tmp_path).stories
    (tmp_path / "cocorico.toml").write_text(MINE, encoding="utf-8")
    gathered = "d-digest" if state is DeliveryState.GATHERED else None
    message = a_delivery(
        "d-1",
        subscription="all",
        target="phone",
        stories=(story.id,),
        state=state,
        timing=Timing.QUIET,
        last_error="410 gone",
        gathered_in=gathered,
    )
    with Store.open(f"sqlite:///{tmp_path / 'cocorico.db'}") as store, store.write() as tx:
        deliveries.owe(tx, message)
    assert english in call("why", story.id, "all", "--data", tmp_path).out
    assert french in call("why", story.id, "all", "--lang", "fr", "--data", tmp_path).out


def test_a_silence_says_the_first_condition_that_fails(data: Path) -> None:
    found = why(data, "Les Marées", "arte")
    assert found["answer"] == "unmatched"
    failed = next(one for one in found["conditions"] if not one["holds"])
    assert (failed["field"], failed["wanted"], failed["found"]) == ("platforms", ["Arte"], ["Netflix"])
    assert why(data, "Le Phare", "arte")["answer"] == "not_then"
    assert why(data, "Le Phare", "ops")["answer"] == "operations"


@pytest.mark.parametrize(
    ("subscription", "english", "french"),
    [
        ("all", "Yes: sent to terminal on ", "Oui : envoyé à terminal le "),
        (
            "arte",
            "No: arte wants platforms Arte; the story has Netflix.",
            "Non : arte veut platforms Arte ; l'annonce a Netflix.",
        ),
        (
            "either",
            "No: either wants any no. 2 platforms TF1; the story has Netflix.",
            "Non : either veut any no. 2 platforms TF1 ; l'annonce a Netflix.",
        ),
        (
            "never",
            "No: never leaves out what its none no. 2 describes.",
            "Non : never écarte ce que décrit son none n° 2.",
        ),
        (
            "ops",
            "No: ops hears of how Cocorico itself is, and of no story.",
            "Non : ops suit la marche de Cocorico, et aucune annonce.",
        ),
    ],
)
def test_people_read_it_in_their_language(data: Path, subscription: str, english: str, french: str) -> None:
    assert english in call("why", "Les Marées", subscription, "--data", data).out
    assert french in call("why", "Les Marées", subscription, "--lang", "fr", "--data", data).out


def test_conditions_are_shown_one_by_one(data: Path) -> None:
    lines = call("why", "Les Marées", "arte", "--data", data).out.splitlines()
    shown = {line.split()[1]: line.split()[0] for line in lines if line[:1] in {"✓", "✗"}}
    assert shown == {"kinds": "✓", "statuses": "✓", "origins": "✓", "min_confidence": "✓", "platforms": "✗"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Les Marées", "al"), 'there is no subscription "al"; did you mean "all"?'),
        (("Les Marées", "xyzzy"), 'there is no subscription "xyzzy"; there are: all, arte, either, never, ops'),
        (("Nothing", "all"), 'no story is known by "Nothing": give an id, an article\'s address or a title'),
    ],
)
def test_what_is_not_there(data: Path, arguments: tuple[str, str], says: str) -> None:
    done = call("why", *arguments, "--data", data)
    assert done.code == 1
    assert says in done.err
