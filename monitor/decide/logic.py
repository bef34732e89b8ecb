"""Can all of this hold at once? A search over the little that rules can ask, with a bound on how long it looks. Pure.

A formula is made of four questions: is a field one of these values, is the confidence at least so much, has a story one
of these names, and what `Both`, `Either` and `Not` make of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

#: Steps after which the search gives up; a rule that a person wrote takes some dozens.
_PATIENCE: Final = 20_000

Name: TypeAlias = tuple[str, str]  #: a field and a key: ("works", "lupin")


@dataclass(frozen=True, slots=True)
class Is:
    """A field, of which a story has exactly one value, has one of these."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The confidence is so high, 0 to 1."""

    confidence: float


@dataclass(frozen=True, slots=True)
class Has:
    """A story has one of these names; it may have any number."""

    names: frozenset[Name]


@dataclass(frozen=True, slots=True)
class Both:
    """All of these hold; of none, always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds; of none, never."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Formula


Formula: TypeAlias = Is | AtLeast | Has | Both | Either | Not


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What holds of any story."""

    values: Mapping[str, frozenset[str]]  #: of each field of `Is`, all there are
    floor: float = 0.0  #: no story is less sure, 0 to 1
    never: frozenset[Name] = frozenset()  #: names that no story has
    brings: Mapping[Name, frozenset[Name]] = field(default_factory=dict)  #: with a name a story has these, too


@dataclass(frozen=True, kw_only=True, slots=True)
class _State:
    """What has been asked so far, and can hold together."""

    values: Mapping[str, frozenset[str]]
    low: float = 0.0
    high: float = 1.1  #: the confidence is below
    lacks: frozenset[Name]
    has: tuple[frozenset[Name], ...] = ()


def possible(formula: Formula, facts: Facts) -> bool:
    """Tell whether it can hold; True, too, when that takes longer to find out than it is worth."""
    steps = iter(range(_PATIENCE))
    return _search([(formula, True)], _State(values=facts.values, low=facts.floor, lacks=facts.never), facts, steps)


def _search(asked: list[tuple[Formula, bool]], state: _State, facts: Facts, steps: Iterator[int]) -> bool:
    """Ask what is left, each part with whether it is to hold; where there is a choice, each way in turn."""
    choices: list[tuple[tuple[Formula, ...], bool]] = []
    todo = list(asked)
    while todo:
        if next(steps, None) is None:
            return True
        part, holds = todo.pop()
        if isinstance(part, Not):
            todo.append((part.part, not holds))
        elif not isinstance(part, Both | Either):
            narrowed = _narrowed(state, part, facts, holds=holds)
            if narrowed is None:
                return False
            state = narrowed
        elif isinstance(part, Both) is holds:
            todo += [(one, holds) for one in part.parts]
        else:
            choices.append((part.parts, holds))
    if not choices:
        return True
    (ways, holds), *others = sorted(choices, key=lambda one: len(one[0]))
    rest = [(Either(parts) if wanted else Both(parts), wanted) for parts, wanted in others]
    return any(_search([*rest, (way, holds)], state, facts, steps) for way in ways)


def _narrowed(state: _State, part: Is | AtLeast | Has, facts: Facts, *, holds: bool) -> _State | None:
    """Ask one thing more; None when it can't hold with what was asked before."""
    if isinstance(part, Is):
        left = state.values[part.field]
        left = left & part.values if holds else left - part.values
        return replace(state, values={**state.values, part.field: left}) if left else None
    if isinstance(part, AtLeast):
        low, high = (part.confidence, state.high) if holds else (state.low, part.confidence)
        new = replace(state, low=max(state.low, low), high=min(state.high, high))
        return new if new.low < new.high and new.low <= 1 else None
    new = replace(state, has=(*state.has, part.names)) if holds else replace(state, lacks=state.lacks | part.names)
    return new if all(any(_may(name, new, facts) for name in names) for names in new.has) else None


def _may(name: Name, state: _State, facts: Facts) -> bool:
    """Tell whether a story may have a name: nothing forbids it, nor what comes with it."""
    return name not in state.lacks and state.lacks.isdisjoint(facts.brings.get(name, ()))
