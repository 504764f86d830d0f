"""How many votes can be cast at a quorate meeting where caps on votes nest with what its quorum counts.

Of so many present, every number of votes between a fewest and a most can be cast: whoever is replaced by
somebody else, within nested ranges, moves the votes by one at most. A table of these two numbers for a set of
seats follows from the tables of its parts, so its cost grows with the seats and not with the attendances.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

from govmodel.dataclass import dataclass
from govmodel.exact.heads import Cells, Heads, Ranges

Cap: TypeAlias = tuple[Cells, int]
"""Cells, and the most votes that count of them together."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The fewest and the most votes of so many heads: of `start`, of one more … A `range` where each
    further head is a further vote."""

    start: int
    fewest: Sequence[int]
    most: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Set:
    """Cells together: how many of them there may be, how many of their votes count; what it consists of."""

    least: int
    top: int | None
    cap: int | None
    voting: Cells
    silent: Cells
    parts: tuple[int, ...]


class Casting:
    """The quorate attendances of at most `limit` by their heads and votes. `weights`: 1 for a cell whose
    members have a vote, 0 for one of those who are only counted."""

    def __init__(self, trees: Sequence[Sequence[_Set]], limit: Sequence[int]) -> None:
        self.trees = trees
        self.limit = tuple(limit)

    def sizes(self, low: Sequence[int], high: Sequence[int]) -> dict[int, int]:
        """The fewest heads with which so many votes can be cast, with at least and at most so many of each
        cell: votes → heads."""
        found: dict[int, int] = {}
        for tree in self.trees:
            table = _table(tree, low, high)
            if table is None:
                continue
            below, above = table.most[0] + 1, table.most[0]  # what was reached is between these two
            for heads, (few, many) in enumerate(zip(table.fewest, table.most, strict=True), table.start):
                for votes in (*range(few, below), *range(above + 1, many + 1)):
                    found[votes] = min(found.get(votes, heads), heads)
                below, above = min(few, below), max(many, above)
        return found

    def first(self, heads: int, votes: int, low: Sequence[int], high: Sequence[int]) -> Cells | None:
        """So many heads with so many votes, the most of the first cell, then of the second …; None: there
        is no such attendance."""
        found = (_first(tree, heads, votes, list(low), list(high)) for tree in self.trees)
        return max((v for v in found if v is not None), default=None)


def casting(
    ranges: Heads, caps: Sequence[Cap], weights: Sequence[int], limit: Sequence[int]
) -> Casting | None:
    """The votes under a quorum and caps; None: their sets cross one another."""
    trees = [_tree(alternative, caps, weights) for alternative in ranges.quorate]
    if any(tree is None for tree in trees):
        return None
    return Casting([tree for tree in trees if tree is not None], limit)


def _tree(ranges: Ranges, caps: Sequence[Cap], weights: Sequence[int]) -> list[_Set] | None:
    everything = tuple(range(len(weights)))
    bounds: dict[Cells, tuple[int, int | None, int | None]] = {cells: (a, b, None) for cells, a, b in ranges}
    for cells, cap in (*caps, (everything, None)):
        least, top, other = bounds.get(cells, (0, None, None))
        both = [most for most in (cap, other) if most is not None]
        bounds[cells] = least, top, min(both, default=None)
    rows = sorted(bounds.items(), key=lambda row: len(row[0]))
    made: list[_Set] = []
    above: dict[int, int] = {}
    home: dict[int, int] = {}
    for n, (cells, (least, top, cap)) in enumerate(rows):
        inside = set(cells)
        parts = tuple(m for m in range(n) if m not in above and inside & set(rows[m][0]))
        if any(not inside.issuperset(rows[m][0]) for m in parts):
            return None
        above.update(dict.fromkeys(parts, n))
        own = [i for i in cells if i not in home]
        home.update(dict.fromkeys(own, n))
        voting, silent = (tuple(i for i in own if weights[i] == weight) for weight in (1, 0))
        made.append(_Set(least, top, cap, voting, silent, parts))
    return made


def _table(tree: Sequence[_Set], low: Sequence[int], high: Sequence[int]) -> _Table | None:
    """The votes of everybody, with at least and at most so many of each cell; None: nobody is quorate."""
    if any(a > b for a, b in zip(low, high, strict=True)):
        return None
    tables: list[_Table] = []
    for one in tree:
        own = [sum(bound[i] for i in one.voting) for bound in (low, high)]
        silent = [sum(bound[i] for i in one.silent) for bound in (low, high)]
        votes: Sequence[int] = range(own[0], own[1] + 1)
        table = _Table(own[0], votes, votes)
        if silent[1]:
            none = (0,) * (silent[1] - silent[0] + 1)
            table = _joined(table, _Table(silent[0], none, none))
        for part in one.parts:
            table = _joined(table, tables[part])
        start = max(one.least - table.start, 0)
        end = len(table.most) if one.top is None else min(one.top - table.start + 1, len(table.most))
        if start >= end:
            return None
        fewest, most = table.fewest[start:end], table.most[start:end]
        if one.cap is not None and max(most) > one.cap:
            fewest, most = [min(n, one.cap) for n in fewest], [min(n, one.cap) for n in most]
        tables.append(_Table(table.start + start, fewest, most))
    return tables[-1]


def _joined(one: _Table, other: _Table) -> _Table:
    """Two sets apart from each other, together."""
    start = one.start + other.start
    if isinstance(one.fewest, range) and isinstance(other.fewest, range):
        both = range(one.fewest[0] + other.fewest[0], one.fewest[-1] + other.fewest[-1] + 1)
        return _Table(start, both, both)
    # One more head of a set never adds more to its most votes than the one before it did.
    steps = sorted((b - a for table in (one, other) for a, b in pairwise(table.most)), reverse=True)
    most = list(accumulate(steps, initial=one.most[0] + other.most[0]))
    return _Table(start, _sums(one.fewest, other.fewest), most)


def _sums(one: Sequence[int], other: Sequence[int]) -> Sequence[int]:
    """The least sums of a number of each, by the sum of their places."""
    if isinstance(other, range):
        one, other = other, one
    if isinstance(one, range):  # each of these heads is a vote, so they come last
        return [one[0] + n for n in (*other, *range(other[-1] + 1, other[-1] + len(one)))]
    found = [one[-1] + other[-1]] * (len(one) + len(other) - 1)
    for i, first in enumerate(one):
        for place, second in enumerate(other, i):
            if first + second < found[place]:
                found[place] = first + second
    return found


def _first(
    tree: Sequence[_Set], heads: int, votes: int, low: list[int], high: list[int]
) -> tuple[int, ...] | None:
    def possible() -> bool:
        table = _table(tree, low, high)
        if table is None or not 0 <= heads - table.start < len(table.most):
            return False
        return table.fewest[heads - table.start] <= votes <= table.most[heads - table.start]

    if not possible():
        return None
    for i, least in enumerate(low):
        most = min(high[i], heads - sum(low) + least)
        for number in range(most, least - 1, -1):
            low[i] = high[i] = number
            if possible():
                break
    return tuple(low)


def groups(cells: Iterable[Sequence[int]], caps: Sequence[int]) -> tuple[Cap, ...]:
    """The caps with their cells. `cells`: the numbers of the caps on each cell."""
    each = list(cells)
    return tuple((tuple(i for i, own in enumerate(each) if k in own), most) for k, most in enumerate(caps))


__all__ = ["Cap", "Casting", "casting", "groups"]
