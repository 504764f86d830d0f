"""One way to draw, two sources of chance: Hypothesis (shrinks what fails) and a seeded generator (bulk)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice(Protocol):
    def pick(self, options: Sequence[T]) -> T: ...


class Rolled:
    """Chance from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        return options[self._random.randrange(len(options))]


class Drawn:
    """Chance from Hypothesis; what stands first in a list is what it shrinks to."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self._draw = draw

    def pick(self, options: Sequence[T]) -> T:
        place: int = self._draw(st.integers(0, len(options) - 1))
        return options[place]


def number(dice: Dice, low: int, high: int) -> int:
    return dice.pick(range(low, high + 1))


def one_in(dice: Dice, times: int) -> bool:
    """True once in so many times."""
    return dice.pick(range(times)) == times - 1


def some(dice: Dice, options: Sequence[T], low: int = 0, high: int | None = None) -> tuple[T, ...]:
    """Some of the options, each at most once, in their order."""
    wanted = number(dice, low, len(options) if high is None else min(high, len(options)))
    places: set[int] = set()
    for _ in range(wanted):
        places.add(dice.pick([i for i in range(len(options)) if i not in places]))
    return tuple(options[i] for i in sorted(places))


def drawn(make: Callable[[Dice], T]) -> st.SearchStrategy[T]:
    """A Hypothesis strategy out of a function of dice."""

    @st.composite
    def build(draw: Callable[[Any], Any]) -> T:
        return make(Drawn(draw))

    return build()
