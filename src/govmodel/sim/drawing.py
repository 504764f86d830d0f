"""The draws of items that are heard: of new ones from streams, of those heard again one by one.

Both give tables of truths, a row for each place, and rows of truths, one for each item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from govmodel.sim.arrays import Truths, Whole, Words
from govmodel.sim.items import Block
from govmodel.sim.plan import BodyPlan
from govmodel.sim.randomness import Coarse, Hashed, Limit, mixed, rest_of


class Dice(Protocol):
    """Draws for some items of one body."""

    def item(self, purpose: str, /) -> Coarse | Hashed:
        """One draw for each item."""

    def seats(self, purpose: str, /, *sides: Sequence[Limit]) -> list[Truths]:
        """One draw for each place and item, held against one or several limits of each place: tables."""

    def take(self, which: Whole, /) -> Dice:
        """The same for some of the items."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Of new items, in the order of meetings and replications. `first`: the meeting that names their
    streams; `size`: how many items a whole block has; `spans`: where those of the replications that are
    run stand among them, None for everywhere; `at`: their places in it; `which`: of these, some."""

    block: Block
    body: BodyPlan
    first: int
    size: int
    spans: tuple[tuple[int, int], ...] | None
    at: Whole | None
    which: Whole | None = None

    def _draw(self, *words: str) -> Coarse:
        streams = self.block.streams
        drawn = streams.coarse((self.body.name, *words), self.block.number, self.size, self.first)
        if self.spans is not None:
            some = np.concatenate([drawn.first[a:b] for a, b in self.spans])
            drawn = Coarse(some, drawn.key, self.at)
        return drawn if self.which is None else drawn.take(self.which)

    def item(self, purpose: str) -> Coarse:
        return self._draw(purpose)

    def seats(self, purpose: str, *sides: Sequence[Limit]) -> list[Truths]:
        number = len(self.which) if self.which is not None else self.size if self.at is None else len(self.at)
        rows: list[Truths] = [np.empty((len(self.body.places), number), dtype=bool) for _ in sides]
        # What the first bits leave open is settled for all places together.
        left: list[list[tuple[Whole, Words, Words]]] = [[] for _ in sides]
        for i, place in enumerate(self.body.places):
            drawn = self._draw(place, purpose)
            for found, limits, open_ in zip(rows, sides, left, strict=True):
                some = drawn.surely_below(limits[i], found[i])
                if some is not None:
                    open_.append((some[0] + i * number, *some[1:]))
        for found, open_ in zip(rows, left, strict=True):
            if open_:
                edge, names, low = (np.concatenate(column) for column in zip(*open_, strict=True))
                found.reshape(-1)[edge] = rest_of(names) < low
        return rows

    def take(self, which: Whole) -> Fresh:
        which = which if self.which is None else self.which.take(which)
        return Fresh(self.block, self.body, self.first, self.size, self.spans, self.at, which)


@dataclass(frozen=True, slots=True)
class Again:
    """Of items that are heard again: a hash of the item, the meeting and the purpose."""

    block: Block
    body: BodyPlan
    names: Words

    def item(self, purpose: str) -> Hashed:
        return Hashed(mixed(self.names ^ self._key(purpose)) >> np.uint64(33))

    def _key(self, *words: str) -> np.uint64:
        return self.block.streams.key((self.body.name, *words), self.block.number)

    def seats(self, purpose: str, *sides: Sequence[Limit]) -> list[Truths]:
        keys = np.array([self._key(place, purpose) for place in self.body.places], dtype=np.uint64)
        drawn = mixed(self.names ^ keys[:, None]) >> np.uint64(33)
        found = []
        for limits in sides:
            if all(limit is limits[0] for limit in limits):
                found.append(Hashed(drawn).below(limits[0]))
            else:
                rows = [Hashed(row).below(limit) for row, limit in zip(drawn, limits, strict=True)]
                found.append(np.array(rows))
        return found

    def take(self, which: Whole) -> Again:
        return Again(self.block, self.body, self.names.take(which))


LASTING = ("interest", "bar lifted", "proxy")
"""What is the same in every round of an election."""


@dataclass(frozen=True, slots=True)
class InRound:
    """The same in a later round of an election: votes are drawn anew."""

    dice: Dice
    number: int

    def _name(self, purpose: str) -> str:
        return purpose if purpose in LASTING else f"{purpose}, round {self.number}"

    def item(self, purpose: str) -> Coarse | Hashed:
        return self.dice.item(self._name(purpose))

    def seats(self, purpose: str, *sides: Sequence[Limit]) -> list[Truths]:
        return self.dice.seats(self._name(purpose), *sides)

    def take(self, which: Whole) -> InRound:
        return InRound(self.dice.take(which), self.number)
