"""Quorums as ranges: so many at least and so many at most, present of these seats together.

"Eight members", "a third of the members", "one of each class" all come to ranges. Where their sets of seats
lie within one another or apart, questions about numbers have answers in closed form, however large the body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TypeAlias, assert_never

from govmodel.dataclass import dataclass
from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Count,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Pick,
    Share,
    Sum,
    Timed,
    Times,
)
from govmodel.model.rules import QuorumRule, Role, Rules
from govmodel.model.walk import all_amounts, takes_shares
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, heads_of, of_parties
from govmodel.semantics.meeting import rounding, sittings

MOST = 64
"""Alternatives of one quorum; more are left to enumeration."""

Cells: TypeAlias = tuple[int, ...]
Range: TypeAlias = tuple[Cells, int, int]
"""Cells, the fewest and the most of them together."""
Ranges: TypeAlias = tuple[Range, ...]
"""All of them hold."""


@dataclass(frozen=True, slots=True)
class Heads:
    """When a body is quorate, and when it is not: one of these alternatives holds.

    `sizes`: of the cells. What is equal has one answer to every question about numbers present.
    """

    sizes: Cells
    quorate: tuple[Ranges, ...]
    inquorate: tuple[Ranges, ...]

    def holds(self, present: Sequence[int]) -> bool:
        """Whether so many of each cell are quorate."""
        for ranges in self.quorate:
            for cells, least, most in ranges:
                if not least <= sum([present[i] for i in cells]) <= most:
                    break
            else:
                return True
        return False

    def fewest(self) -> Cells:
        """The smallest quorate attendance, with the most of the first cells; empty: there is none."""
        return _smallest(_Tree(ranges, self.sizes) for ranges in self.quorate)

    def least(self) -> int | None:
        """How many are there at the smallest; None: there is none."""
        found = (_Tree(ranges, self.sizes).smallest() for ranges in self.quorate)
        return min((n for n in found if n is not None), default=None)

    def leaving(self, start: Sequence[int]) -> Cells:
        """The fewest of each cell that leave a meeting of `start` so that it is quorate no more; empty:
        nobody's leaving does it."""
        trees = []
        for ranges in self.inquorate:
            there = [sum(start[i] for i in cells) for cells, _, _ in ranges]
            left = (
                (cells, n - most, n - least) for n, (cells, least, most) in zip(there, ranges, strict=True)
            )
            trees.append(_Tree(left, start))
        return _smallest(trees)

    def totals(self, limit: Sequence[int], least: Sequence[int]) -> set[int]:
        """How many can be there in all at a quorate meeting of at least and at most so many of each cell."""
        found: set[int] = set()
        for ranges in self.quorate:
            span = _Tree(ranges, limit).span(least)
            found |= set(range(span[0], span[1] + 1)) if span else set()
        return found

    def gathering(self, total: int, limit: Sequence[int], least: Sequence[int]) -> Cells | None:
        """The quorate attendance of so many in all with the most of the first cells; None: there is none."""
        found = (_Tree(ranges, limit).fullest(total, least) for ranges in self.quorate)
        return max((v for v in found if v is not None), default=None)

    def kinds(self, labels: Sequence[object] = ()) -> Cells:
        """For each cell a number that is the same for cells which neither a quorum nor their labels (one
        for each cell) tell apart."""
        sets = list(dict.fromkeys(c for ranges in (*self.quorate, *self.inquorate) for c, _, _ in ranges))
        own = labels or (None,) * len(self.sizes)
        rows = [(*(i in cells for cells in sets), own[i]) for i, _ in enumerate(self.sizes)]
        numbers = {row: n for n, row in enumerate(dict.fromkeys(rows))}
        return tuple(numbers[row] for row in rows)

    def merged(self, kinds: Cells) -> Heads:
        """The same with one cell for each kind."""

        def renamed(alternatives: tuple[Ranges, ...]) -> tuple[Ranges, ...]:
            return tuple(
                tuple((tuple(dict.fromkeys(kinds[i] for i in cells)), a, b) for cells, a, b in ranges)
                for ranges in alternatives
            )

        return Heads(gathered(self.sizes, kinds), renamed(self.quorate), renamed(self.inquorate))

    def needing(self, cells: Cells, least: int) -> Heads:
        """The same where so many of these cells have to be there as well."""
        more: Range = (cells, least, sum(self.sizes[i] for i in cells))
        both = (_both(ranges, (more,)) for ranges in self.quorate)
        quorate = tuple(ranges for ranges in both if ranges is not None)
        fewer: Range = (cells, 0, least - 1)
        return Heads(self.sizes, quorate, (*self.inquorate, (fewer,)))

    def spread(self, kinds: Cells, sizes: Cells) -> Heads:
        """The other way round: of a body with a cell for each kind, the same for the cells of these kinds."""
        own = [tuple(i for i, kind in enumerate(kinds) if kind == n) for n, _ in enumerate(self.sizes)]

        def of(alternatives: tuple[Ranges, ...]) -> tuple[Ranges, ...]:
            return tuple(
                tuple((tuple(sorted(i for kind in cells for i in own[kind])), a, b) for cells, a, b in ranges)
                for ranges in alternatives
            )

        return Heads(sizes, of(self.quorate), of(self.inquorate))


def gathered(present: Sequence[int], kinds: Cells) -> Cells:
    """How many of each kind, from how many of each cell."""
    found = [0] * (max(kinds, default=-1) + 1)
    for n, kind in zip(present, kinds, strict=True):
        found[kind] += n
    return tuple(found)


def heads(
    rules: Rules, electorate: Electorate, kept: dict[object, tuple[Condition, _Both]] | None = None
) -> Heads | None:
    """The quorums of a body as ranges; None: they are none, or their sets cross one another. `kept`: what
    single quorums come to, for another call about the same body under another reading.

    Raises:
        NotCountable: a quorum asks for something that a room does not have.
    """
    ways, none = [], []
    try:
        for quorums in sittings(electorate.body):
            both = [_met_and_missed(rules, electorate, quorum, kept) for quorum in quorums]
            ways.append(_all([met for met, _ in both]))
            none.append(_any(missed for _, missed in both))
        return Heads(electorate.full, _apart(_any(ways)), _apart(_all(none)))
    except _NoRanges:
        return None


def some_meet(
    rules: Rules, electorate: Electorate, met: Iterable[QuorumRule], missed: Iterable[QuorumRule]
) -> bool | None:
    """Whether some attendance meets all of these quorums and none of those; None: they are no ranges, or
    their sets cross one another."""
    try:
        wanted = [_met_and_missed(rules, electorate, quorum)[0] for quorum in met]
        wanted += [_met_and_missed(rules, electorate, quorum)[1] for quorum in missed]
        alternatives = _apart(_all(wanted))
    except _NoRanges:
        return None
    return any(_Tree(ranges, electorate.full).smallest() is not None for ranges in alternatives)


def rounded(rules: Rules, electorate: Electorate) -> tuple[Exact, ...] | str:
    """What the shares in the quorums of a body come to, in the order of the text; where that depends on who
    is there, the way in which they are rounded."""
    found: list[Exact] = []
    for quorum in (q for sitting in sittings(electorate.body) for q in sitting):
        if quorum.needs is None or not takes_shares(quorum.needs):
            continue
        words = _Words(electorate, rounding(rules, quorum.rounding), quorum.counts)
        try:
            shares = [words.fixed(a) for a in all_amounts(quorum.needs) if isinstance(a, Share)]
        except _NoRanges:
            return rules.reading["rounding"]
        if any(share is None for share in shares):
            return rules.reading["rounding"]
        found += [share for share in shares if share is not None]
    return tuple(found)


_Both: TypeAlias = "tuple[tuple[Ranges, ...], tuple[Ranges, ...]]"
"""When a quorum is met, and when it is missed."""


def _met_and_missed(
    rules: Rules,
    electorate: Electorate,
    quorum: QuorumRule,
    kept: dict[object, tuple[Condition, _Both]] | None = None,
) -> _Both:
    needs = heads_of(rules, quorum)
    to = rounding(rules, quorum.rounding)
    way = to if takes_shares(needs) else None
    cells = tuple((cell.size, cell.groups, cell.seat.role) for cell in electorate.cells)
    key = id(needs), quorum.counts, way, cells
    known = kept.get(key) if kept is not None else None
    if known is None or known[0] is not needs:
        words = _Words(electorate, to, quorum.counts)
        known = needs, (words.ranges(needs, negated=False), words.ranges(needs, negated=True))
        if kept is not None:
            kept[key] = known
    return known[1]


class _NoRanges(Exception):
    """What is asked is more than ranges can say."""


# alternatives


def _any(parts: Iterable[tuple[Ranges, ...]]) -> tuple[Ranges, ...]:
    found = tuple(dict.fromkeys(ranges for part in parts for ranges in part))
    if len(found) > MOST:
        raise _NoRanges
    return found


def _all(parts: Sequence[tuple[Ranges, ...]]) -> tuple[Ranges, ...]:
    found = _any(parts[:1]) if parts else ((),)
    for part in parts[1:]:
        if part == ((),):
            continue
        found = _any(
            [tuple(r for one, other in product(found, part) if (r := _both(one, other)) is not None)]
        )
    return found


def _both(one: Ranges, other: Ranges) -> Ranges | None:
    """Both at once, in the order of their cells; None: impossible."""
    found = {cells: (least, most) for cells, least, most in one}
    for cells, least, most in other:
        low, high = found.get(cells, (least, most))
        found[cells] = max(low, least), min(high, most)
    if any(least > most for least, most in found.values()):
        return None
    return tuple((cells, least, most) for cells, (least, most) in sorted(found.items()))


def _apart(alternatives: tuple[Ranges, ...]) -> tuple[Ranges, ...]:
    """The alternatives, whose sets of cells must lie within one another or apart."""
    for ranges in alternatives:
        sets = [set(cells) for cells, _, _ in ranges]
        if any(a & b and not a <= b and not b <= a for n, a in enumerate(sets) for b in sets[:n]):
            raise _NoRanges
    return alternatives


# from words to ranges

Exact: TypeAlias = Fraction | int
Linear: TypeAlias = tuple[tuple[Ranges, ...], dict[int, Exact], Exact]
"""An amount where one of these alternatives holds: so much for each of a cell who is present, and so much."""


class _Words:
    """Conditions over heads of one electorate, in seats with these roles. The bases mean what they mean
    in `coalitions.compiled`."""

    def __init__(self, electorate: Electorate, round_to: str, roles: Collection[Role]) -> None:
        self.electorate = electorate
        self.roles = roles
        self.sizes = electorate.full
        self.round_to = round_to
        self.differences: dict[int, list[Linear]] = {}

    def ranges(self, condition: Condition, *, negated: bool) -> tuple[Ranges, ...]:
        match condition:
            case All(items) | AnyOf(items):
                parts = [self.ranges(item, negated=negated) for item in items]
                return _all(parts) if isinstance(condition, All) is not negated else _any(parts)
            case Not(item):
                return self.ranges(item, negated=not negated)
            case Comparison(left, op, right):
                opposite = {">=": ("<",), "<=": (">",), ">": ("<=",), "<": (">=",), "=": ("<", ">")}
                ops = opposite[op] if negated else (op,)
                if isinstance(left, Count) and left.of == "present" and (of := self.fixed(right)) is not None:
                    return tuple(r for o in ops for r in self.between(self.inside(left), o, of))
                if id(condition) not in self.differences:  # asked for twice: met, and missed
                    self.differences[id(condition)] = self.linear(Sum((left,), (right,)))
                return _any(self.compared(d, o) for o in ops for d in self.differences[id(condition)])
            case Flag() | Is() | Timed() | Ordered() | OnDate():
                raise NotCountable("a condition over heads cannot speak of attributes of a case")
            case _:
                assert_never(condition)

    def compared(self, linear: Linear, op: str) -> tuple[Ranges, ...]:
        """Where the amount is above, below or at nought."""
        where, weights, constant = linear
        factors = set(weights.values())
        if len(factors) > 1:
            raise _NoRanges
        if not factors:
            true = {">=": constant >= 0, "<=": constant <= 0, ">": constant > 0, "<": constant < 0}
            return where if true.get(op, constant == 0) else ()
        factor = factors.pop()
        if factor < 0:
            op = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}.get(op, op)
        return _all([where, self.between(tuple(sorted(weights)), op, Fraction(-constant, factor))])

    def between(self, cells: Cells, op: str, bound: Exact) -> tuple[Ranges, ...]:
        """Where so many of some cells are there."""
        least, most = 0, sum(self.sizes[i] for i in cells)
        if op in (">=", "=", ">"):
            least = max(least, floor(bound) + 1 if op == ">" else ceil(bound))
        if op in ("<=", "=", "<"):
            most = min(most, ceil(bound) - 1 if op == "<" else floor(bound))
        return (((cells, least, most),),) if least <= most else ()

    def inside(self, count: Count) -> Cells:
        """The cells that a count of people speaks of."""
        if of_parties(count):
            raise _NoRanges
        return self.electorate.among(count, self.roles)

    def fixed(self, amount: Amount) -> Exact | None:
        """A number, or a count or a share of the seats; None: what it comes to depends on who is there."""
        match amount:
            case Number(number):
                return number.numerator if number.denominator == 1 else number
            case Count(of=("seats" | "members" | "entitled")):
                return sum(self.sizes[i] for i in self.inside(amount))
            case Share(share, of, nearest):
                whole = self.fixed(of)
                if whole is None:
                    return None
                top, bottom = share.numerator * whole, share.denominator
                if nearest or self.round_to == "nearest":
                    return (2 * top + bottom) // (2 * bottom)
                return top // bottom if self.round_to == "down" else -(-top // bottom)
            case _:
                return None

    def linear(self, amount: Amount) -> list[Linear]:
        always: tuple[Ranges, ...] = ((),)
        number = self.fixed(amount)
        if number is not None:
            return [(always, {}, number)]
        match amount:
            case Count(of):
                if of_parties(amount):
                    raise _NoRanges
                if of != "present":
                    raise NotCountable(f"a quorum cannot count {of}: nobody has voted yet")
                return [(always, dict.fromkeys(self.inside(amount), 1), 0)]
            case Number() | Share():
                raise _NoRanges  # a share of those present
            case Times(factor, inner):
                return [_scaled(linear, factor) for linear in self.linear(inner)]
            case Pick(which, first, second):
                return list(self.picked(which, first, second))
            case Sum(plus, minus):
                terms = [self.linear(a) for a in plus]
                terms += [[_scaled(linear, -1) for linear in self.linear(a)] for a in minus]
                return [_added(some) for some in product(*terms)]
            case Length() | Attribute():
                raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
            case _:
                assert_never(amount)

    def picked(self, which: str, first: Amount, second: Amount) -> Iterator[Linear]:
        """The first where it is the greater (lesser) or they are equal, else the second."""
        op, other = (">=", "<") if which == "greater" else ("<=", ">")
        for one, two in product(self.linear(first), self.linear(second)):
            difference = _added((one, _scaled(two, -1)))
            yield self.compared(difference, op), one[1], one[2]
            yield self.compared(difference, other), two[1], two[2]


def _scaled(linear: Linear, factor: Exact) -> Linear:
    where, weights, constant = linear
    scaled = {i: weight * factor for i, weight in weights.items()} if factor else {}
    return where, scaled, constant * factor


def _added(terms: Sequence[Linear]) -> Linear:
    weights: dict[int, Exact] = {}
    for _, own, _ in terms:
        for i, weight in own.items():
            weights[i] = weights.get(i, 0) + weight
    kept = {i: weight for i, weight in weights.items() if weight}
    where = [where for where, _, _ in terms if where != ((),)]
    return _all(where), kept, sum(constant for _, _, constant in terms)


# attendances within ranges


class _Tree:
    """Ranges over sets that lie within one another or apart, as a tree; `limit`: the most of each cell.

    What a set can come to is then every number between two bounds, which follow from those of its parts.
    """

    def __init__(self, ranges: Iterable[Range], limit: Sequence[int]) -> None:
        self.limit = list(limit)
        everything = tuple(range(len(limit)))
        nodes = [*sorted(ranges, key=lambda r: len(r[0])), (everything, 0, sum(limit))]
        self.bounds = [(least, most) for _, least, most in nodes]
        self.parts: list[list[int]] = []
        self.own: list[list[int]] = []
        self.above: list[int] = [-1] * len(nodes)
        self.home = [-1] * len(limit)
        for n, (cells, _, _) in enumerate(nodes):
            inside = set(cells)
            self.parts.append([m for m in range(n) if self.above[m] < 0 and inside.issuperset(nodes[m][0])])
            for m in self.parts[n]:
                self.above[m] = n
            self.own.append([i for i in cells if self.home[i] < 0])
            for i in self.own[n]:
                self.home[i] = n

    def _spans(self, low: Sequence[int], high: Sequence[int]) -> list[tuple[int, int, int]] | None:
        """For each set the least that its parts come to, and the least and most of it; None: impossible."""
        found: list[tuple[int, int, int]] = []
        for (least, most), parts, own in zip(self.bounds, self.parts, self.own, strict=True):
            below = sum(low[i] for i in own) + sum(found[m][1] for m in parts)
            above = sum(high[i] for i in own) + sum(found[m][2] for m in parts)
            least, most = max(least, below), min(most, above)
            if least > most:
                return None
            found.append((below, least, most))
        return found

    def span(self, least: Sequence[int]) -> tuple[int, int] | None:
        """The fewest and the most in all, at least so many of each cell."""
        if any(a > b for a, b in zip(least, self.limit, strict=True)):
            return None
        spans = self._spans(least, self.limit)
        return spans[-1][1:] if spans else None

    def smallest(self) -> int | None:
        """The fewest in all; None: nobody can be within all ranges."""
        span = self.span([0] * len(self.limit))
        return span[0] if span else None

    def fullest(self, total: int, least: Sequence[int]) -> Cells | None:
        """So many in all, the most of the first cell, then of the second …"""
        span = self.span(least)
        if span is None or not span[0] <= total <= span[1]:
            return None
        self.bounds[-1] = (total, total)
        low, high = list(least), list(self.limit)
        for i in range(len(high)):
            spans = self._spans(low, high)
            assert spans is not None
            path = [self.home[i]]
            while self.above[path[-1]] >= 0:
                path.append(self.above[path[-1]])
            room = total
            for upper, lower in zip(reversed(path), [*reversed(path[:-1]), None], strict=True):
                below = spans[upper][0]
                if lower is None:
                    room = min(high[i], room - (below - low[i]))
                else:
                    room = min(spans[lower][2], room - (below - spans[lower][1]))
            low[i] = high[i] = room
        return tuple(low)


def _smallest(trees: Iterable[_Tree]) -> Cells:
    """The smallest attendance within one of these, with the most of the first cells; empty: there is none."""
    spans = [(tree, least) for tree in trees if (least := tree.smallest()) is not None]
    fewest = min((least for _, least in spans), default=0)
    found = (tree.fullest(fewest, [0] * len(tree.limit)) for tree, least in spans if least == fewest)
    return max((v for v in found if v is not None), default=())


__all__ = ["Cells", "Heads", "gathered", "heads", "rounded", "some_meet"]
