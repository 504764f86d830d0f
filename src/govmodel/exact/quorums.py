"""Quorums of a body, by how many of each cell are there.

In closed form where they come to ranges (`heads`); else by enumeration.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import Any, assert_never

from govmodel.exact.heads import Heads, heads
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
from govmodel.model.rules import Role, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import VOTING, NotCountable, base_of, heads_in, heads_of, of_parties
from govmodel.semantics.meeting import rounding, sittings

MOST = 250_000
"""Attendances enumerated at most; beyond, no closed form is offered (None)."""


def attendances(electorate: Electorate, limit: Sequence[int] | None = None) -> list[tuple[int, ...]] | None:
    """Every vector of how many of each cell are there, the fewest in all first; None: too many."""
    return up_to(limit if limit is not None else electorate.full)


def up_to(top: Sequence[int]) -> list[tuple[int, ...]] | None:
    """The same where there are at most so many of each cell."""
    if prod(n + 1 for n in top) > MOST:
        return None
    # The most of the first cells come first, and stay so among those of one sum.
    return sorted(product(*(range(n, -1, -1) for n in top)), key=sum)


def quorate(
    rules: Rules, electorate: Electorate, present: Sequence[int], ranges: Heads | None = None
) -> bool:
    """Whether so many of each cell meet every quorum of the body. `ranges`, here and below: the `heads` of
    the body, where they are known."""
    ranges = ranges or heads(rules, electorate)
    return compiled(rules, electorate)(present) if ranges is None else ranges.holds(present)


def compiled(rules: Rules, electorate: Electorate) -> Callable[[Sequence[int]], bool]:
    """Whether a meeting of a body is valid, as one function of how many of each cell are there."""
    ways = [
        [_test(heads_of(rules, q), electorate, rounding(rules, q.rounding), q.counts) for q in quorums]
        for quorums in sittings(electorate.body)
    ]
    return lambda present: any(all(test(present) for test in tests) for tests in ways)


Present = Sequence[int]


def _test(
    condition: Condition, electorate: Electorate, round_to: str, roles: Collection[Role]
) -> Callable[[Present], bool]:
    match condition:
        case All(items):
            tests = [_test(item, electorate, round_to, roles) for item in items]
            return lambda present: all(test(present) for test in tests)
        case AnyOf(items):
            tests = [_test(item, electorate, round_to, roles) for item in items]
            return lambda present: any(test(present) for test in tests)
        case Not(item):
            inner = _test(item, electorate, round_to, roles)
            return lambda present: not inner(present)
        case Comparison(left, op, right):
            one, two = _sum(left, electorate, round_to, roles), _sum(right, electorate, round_to, roles)
            compare = COMPARE[op]
            return lambda present: compare(one(present), two(present))
        case Flag() | Is() | Timed() | Ordered() | OnDate():
            raise NotCountable("a condition over heads cannot speak of attributes of a case")
        case _:
            assert_never(condition)


COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


def _sum(
    amount: Amount, electorate: Electorate, round_to: str, roles: Collection[Role]
) -> Callable[[Present], Fraction | int]:
    match amount:
        case Number(number):
            fixed = int(number) if number.denominator == 1 else number
            return lambda _: fixed
        case Count():
            return _heads(amount, electorate, roles)
        case Share(share, of, nearest):
            whole = _heads(of, electorate, roles)

            def part(present: Present) -> int:
                exact = share * whole(present)
                if nearest or round_to == "nearest":
                    return floor(exact + Fraction(1, 2))
                return floor(exact) if round_to == "down" else ceil(exact)

            return part
        case Times(factor, inner):
            once = _sum(inner, electorate, round_to, roles)
            return lambda present: factor * once(present)
        case Pick(which, first, second):
            one, two = _sum(first, electorate, round_to, roles), _sum(second, electorate, round_to, roles)
            best = max if which == "greater" else min
            return lambda present: best(one(present), two(present))
        case Sum(plus, minus):
            added = [_sum(a, electorate, round_to, roles) for a in plus]
            taken = [_sum(a, electorate, round_to, roles) for a in minus]
            return lambda present: sum(a(present) for a in added) - sum(a(present) for a in taken)
        case Length() | Attribute():
            raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
        case _:
            assert_never(amount)


def _heads(count: Count, electorate: Electorate, roles: Collection[Role]) -> Callable[[Present], int]:
    """How many of some seats are there, or for how many organisations somebody is."""
    base, cells = base_of(count), electorate.among(count, roles)
    groups = electorate.by_organisation(cells) if of_parties(count) else None
    if base in ("seats", "members", "entitled"):
        size = len(groups) if groups is not None else sum(electorate.cells[i].size for i in cells)
        return lambda _: size
    if base != "present":
        raise NotCountable(f"a quorum cannot count {base}: nobody has voted yet")
    if groups is not None:
        return lambda present: sum(any(present[i] for i in own) for own in groups)
    return lambda present: sum(present[i] for i in cells)


def fewest_quorate(
    rules: Rules, electorate: Electorate, ranges: Heads | None = None
) -> tuple[int, ...] | None:
    """The smallest quorate attendance, the empty tuple where there is none. None: not computed."""
    ranges = ranges or heads(rules, electorate)
    if ranges is not None:
        return ranges.fewest()
    vectors = attendances(electorate)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    return next((v for v in vectors if enough(v)), ())


def fewest_there(rules: Rules, electorate: Electorate) -> tuple[int, ...] | None:
    """The same of meetings to which somebody comes: a quorum may be met by nobody."""
    ranges = heads(rules, electorate)
    if ranges is not None:
        return ranges.needing(tuple(range(len(electorate.cells))), 1).fewest()
    vectors = attendances(electorate)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    return next((v for v in vectors if any(v) and enough(v)), ())


def fewest_leaving(
    rules: Rules, electorate: Electorate, start: Sequence[int], ranges: Heads | None = None
) -> tuple[int, ...] | None:
    """The fewest that leave a quorate meeting of `start` so that it is quorate no more, per cell; the
    empty tuple where nobody's leaving does it. None: not computed."""
    ranges = ranges or heads(rules, electorate)
    if ranges is not None:
        return ranges.leaving(start)
    vectors = attendances(electorate, start)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    for left in vectors:
        if not enough([a - b for a, b in zip(start, left, strict=True)]):
            return left
    return ()


def applies(rules: Rules, electorate: Electorate, case: Condition | None) -> Callable[[Present], bool]:
    """Whether a rule's case is there, as a function of how many of each cell are."""
    if case is None:
        return lambda _: True
    return _test(heads_in(rules, electorate.body, case), electorate, rounding(rules, None), VOTING)
