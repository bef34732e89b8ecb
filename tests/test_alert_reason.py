"""The words that gave a story away, as its reader is told them."""

from __future__ import annotations

import pytest
import samples_alerts as samples

from monitor.alerts.catalogue import voice
from monitor.alerts.reason import met


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        (('order: "commande"',), "indice : « commande »"),
        (('type: "feuilleton quotidien"', 'series: "feuilleton quotidien"'), "indice : « feuilleton quotidien »"),
        (('order: "given an early thumbs-up"', 'time: "given an early"'), "indice : « given an early thumbs-up »"),
        (
            ('a: "un"', 'b: "un"', 'c: "deux"', 'd: "trois"', 'e: "quatre"', 'f: "cinq"'),
            "« deux », « trois », « quatre »",
        ),
        ((), ""),
    ],
)
def test_each_cue_is_named_once_and_the_first_four_of_them(cues: tuple[str, ...], said: str) -> None:
    shown = met(samples.told(samples.story(), cues=cues), voice("fr")).replace("\u00a0", " ").replace("\u202f", " ")
    assert shown.endswith(said)
    assert shown.count("«") <= 4
