"""Story scenarios: articles in, stories and messages out, whatever the order they arrive in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import playing
import pytest
import scenario as worlds
from playing import Played
from scenario import Scenario

from monitor.types import Story

ALL = worlds.scenarios()


def _label(one: Scenario) -> str:
    return one.label


def test_there_are_more_than_sixty_of_them_in_both_languages() -> None:
    assert len(ALL) >= 60
    assert len({one.label for one in ALL}) == len(ALL)
    languages = [given.get("language", "fr") for one in ALL for given in one.articles]
    assert min(languages.count("fr"), languages.count("en")) * 4 >= len(languages)
    assert sum(all("what" not in given for given in one.articles) for one in ALL) >= 10


@pytest.mark.parametrize("one", ALL, ids=_label)
def test_the_stories_and_messages_are_those_expected(one: Scenario) -> None:
    played = playing.play(one)
    assert _stories(played, one) == _expected(one)
    assert played.messages == [{"to": "crow", **given} for given in one.messages]


@pytest.mark.parametrize("one", [one for one in ALL if one.any_order and len(one.articles) > 1], ids=_label)
def test_any_order_of_arrival_gives_the_same_stories(one: Scenario) -> None:
    tied = playing.play(one).tied  # what was said by hand holds when the same articles come again
    first, *others = worlds.orders(len(one.articles))
    usual = playing.play(one, first, tied=tied)
    assert _stories(usual, one) == _expected(one)
    for order in others:
        assert _states(playing.play(one, order, tied=tied)) == _states(usual), f"in the order {order}"


def _states(played: Played) -> list[dict[str, Any]]:
    return sorted((worlds.state(story) for story in played.stories), key=repr)


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
