"""What becomes of one item at one meeting, without sampling: each place comes, has an interest, and
votes on its own, and the rules count.

Places are gone through one after the other, with a table of how likely each count of what the rules look
at is by now. Exact in whole numbers over one denominator, or in floating point, which is right to about
twelve digits and a hundred times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm, prod
from typing import Any

import numpy as np
import numpy.typing as npt

from govmodel.dataclass import dataclass

MOST_STATES = 1_000_000
"""Tables of more counts than this are not computed."""

Truths = npt.NDArray[np.bool_]
Counts = tuple[int, ...]
"""Heads of each group that the quorum tells apart; then heads when the item is decided, votes
for, votes against, and votes withheld."""


@dataclass(frozen=True, slots=True)
class Place:
    """What one place can add to the counts, each addition with its probability; they add to 1."""

    adds: tuple[tuple[Counts, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Room:
    """Every count at once, as arrays of one shape: `groups` of heads that the quorum counts, and the rest."""

    groups: tuple[npt.NDArray[np.int64], ...]
    present: npt.NDArray[np.int64]
    favour: npt.NDArray[np.int64]
    against: npt.NDArray[np.int64]
    silent: npt.NDArray[np.int64]


@lru_cache(maxsize=1_000)
def place(
    group: int | None,
    groups: int,
    in_person: Fraction,
    standin: Fraction,
    *,
    ballot: tuple[Fraction, Fraction, Fraction],
    votes: int = 1,
    interest: Fraction = Fraction(0),
    leaves: Fraction = Fraction(0),
    barred: bool = False,
    mute: bool = False,
    gone_counts: bool = True,
    barred_counts: bool = True,
    standin_counts: bool = True,
    standin_votes: bool = True,
    proxy: Fraction = Fraction(0),
) -> Place:
    """A place that comes in person, else is stood in for; has an interest when it is there, and then
    leaves, or stays, barred from the vote or not; and votes for, against or neither (`ballot`).

    `group`: the place of its group among the quorum's `groups`; None: it counts in none. `gone_counts`,
    `barred_counts`: who has left and who is barred counts there all the same. `mute`: it has no vote on this.
    `proxy`: that it votes so where nobody is there.
    """
    adds: dict[Counts, Fraction] = {}

    def add(counts: int, here: int, cast: tuple[int, int, int], chance: Fraction) -> None:
        if chance:
            heads = tuple(counts if g == group else 0 for g in range(groups))
            adds[(*heads, here, *cast)] = adds.get((*heads, here, *cast), Fraction(0)) + chance

    other = (1 - in_person) * standin
    nobody = 1 - in_person - other
    sends = Fraction(0) if mute else nobody * proxy * (1 - interest * (1 if barred else leaves))
    add(0, 0, (0, 0, 0), nobody - sends)
    for cast, chance in zip(((votes, 0, 0), (0, votes, 0), (0, 0, votes)), ballot, strict=True):
        add(0, 0, cast, sends * chance)
    for there, counts, casts in ((in_person, 1, True), (other, int(standin_counts), standin_votes)):
        gone = there * interest * leaves
        silenced = there * interest * (1 - leaves) if barred else Fraction(0)
        free = there - gone - silenced
        add(counts * gone_counts, 0, (0, 0, 0), gone)
        add(counts * barred_counts, 1, (0, 0, 0), silenced)
        if mute or not casts:
            add(counts, 1, (0, 0, 0), free)
            continue
        yes, no, neither = ballot
        add(counts, 1, (votes, 0, 0), free * yes)
        add(counts, 1, (0, votes, 0), free * no)
        add(counts, 1, (0, 0, votes), free * neither)
    return Place(tuple(adds.items()))


@dataclass(frozen=True, slots=True)
class Rooms:
    """How likely every combination of counts is: `shares` over `bottom`."""

    shares: npt.NDArray[Any]
    bottom: int

    def chance(self, of: Callable[[Room], Truths]) -> Fraction:
        """The probability of the rooms in which something is so."""
        which = np.broadcast_to(of(self._every()), self.shares.shape)
        total = self.shares[which].sum()
        if self.shares.dtype == object:
            return Fraction(int(total), self.bottom)
        return Fraction(float(total))

    def mean(self, of: Callable[[Room], npt.NDArray[Any]]) -> float:
        """What is expected of a number that each room has."""
        return float((self.shares * of(self._every())).sum() / self.bottom)

    def _every(self) -> Room:
        axes: list[npt.NDArray[np.int64]] = list(np.indices(self.shares.shape))
        *groups, present, favour, against, silent = axes
        return Room(tuple(groups), present, favour, against, silent)


def rooms(places: Sequence[Place], *, present: bool, silent: bool, exact: bool = False) -> Rooms | None:
    """All rooms that these places can make. `present`, `silent`: whether anything looks at those counts,
    which are 0 otherwise. None: there are too many of them."""
    kept = [tuple(_seen(adds, present, silent) for adds in one.adds) for one in places]
    width = len(kept[0][0][0]) if kept else 4
    most = [sum(max(counts[axis] for counts, _ in adds) for adds in kept) for axis in range(width)]
    shape = tuple(n + 1 for n in most)
    if prod(shape) > MOST_STATES:
        return None
    table: npt.NDArray[Any] = np.zeros(shape, dtype=object if exact else float)
    table[(0,) * width] = 1
    bottom = 1
    for adds in kept:
        below = lcm(*(chance.denominator for _, chance in adds))
        then = np.zeros_like(table)
        for counts, chance in adds:
            weight = chance.numerator * (below // chance.denominator) if exact else float(chance)
            to = tuple(slice(n, None) for n in counts)
            of = tuple(slice(0, size - n) for size, n in zip(shape, counts, strict=True))
            then[to] += table[of] * weight
        table, bottom = then, bottom * below if exact else 1
    return Rooms(table, bottom)


def _seen(add: tuple[Counts, Fraction], present: bool, silent: bool) -> tuple[Counts, Fraction]:
    *groups, here, favour, against, neither = add[0]
    return (*groups, here if present else 0, favour, against, neither if silent else 0), add[1]
