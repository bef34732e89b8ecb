"""Story scenarios: articles in, stories and messages out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import scenario as worlds
from scenario import Played, Scenario

from monitor.types import Story

ALL = worlds.scenarios()


def _id(one: Scenario) -> str:
    return f"{one.file}: {one.name}"


@pytest.mark.parametrize("one", ALL, ids=_id)
def test_the_stories_and_messages_are_those_expected(one: Scenario) -> None:
    played = worlds.play(one)
    assert _stories(played, one) == _expected(one)
    assert played.messages == [_message(given) for given in one.messages]


def _stories(played: Played, one: Scenario) -> list[dict[str, Any]]:
    """Read off each story what the fixture says of the one it was meant to be: the one most alike."""
    left, seen = list(played.stories), []
    for expected in _expected(one):
        best = max(left, key=lambda story: _alike(story, expected), default=None)
        if best is not None:
            left.remove(best)
            seen.append(worlds.observed(best, expected))
    return [*seen, *(worlds.state(story) for story in left)]


def _alike(story: Story, expected: Mapping[str, Any]) -> int:
    found = worlds.observed(story, expected)
    return sum(bool(found[key] == value) * (10 if key == "kind" else 1) for key, value in expected.items())


def _expected(one: Scenario) -> list[dict[str, Any]]:
    return [worlds.expected_of(given) for given in one.stories]


def _message(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"to": "crow", **given}
