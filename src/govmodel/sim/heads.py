"""Conditions over head counts, for many rooms at once, in whole numbers.

Says the same as `semantics.counting` says of one room; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TypeAlias, assert_never

import numpy as np
import numpy.typing as npt

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
from govmodel.semantics.counting import NotCountable
from govmodel.sim.arrays import Truths

Heads: TypeAlias = npt.NDArray[np.int64]
Counter: TypeAlias = Callable[[Count], Heads]
"""Gives the head counts that a `Count` asks for: a number for each room (or one for all)."""

Ratio: TypeAlias = tuple[Heads, int]
"""Numbers over one denominator, so that every comparison is exact."""


def _amount(value: Amount, count: Counter, rounding: str) -> Ratio:
    match value:
        case Number(number):
            return np.asarray(number.numerator, dtype=np.int64), number.denominator
        case Count():
            return count(value), 1
        case Share(share, of, nearest):
            top, bottom = count(of) * share.numerator, share.denominator
            if nearest or rounding == "nearest":
                return (2 * top + bottom) // (2 * bottom), 1
            return (top // bottom if rounding == "down" else -(-top // bottom)), 1
        case Times(factor, inner):
            numbers, bottom = _amount(inner, count, rounding)
            return numbers * factor.numerator, bottom * factor.denominator
        case Pick(which, first, second):
            left, right, bottom = _common(_amount(first, count, rounding), _amount(second, count, rounding))
            return (np.maximum(left, right) if which == "greater" else np.minimum(left, right)), bottom
        case Sum(plus, minus):
            total: Ratio = (np.asarray(0, dtype=np.int64), 1)
            for sign, terms in ((1, plus), (-1, minus)):
                for term in terms:
                    left, right, bottom = _common(total, _amount(term, count, rounding))
                    total = left + sign * right, bottom
            return total
        case Length() | Attribute():
            raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
        case _:
            assert_never(value)


def _common(first: Ratio, second: Ratio) -> tuple[Heads, Heads, int]:
    """Both over one denominator."""
    return first[0] * second[1], second[0] * first[1], first[1] * second[1]


def holds(condition: Condition, count: Counter, rounding: str) -> Truths:
    """In which of the rooms a condition over heads holds.

    Raises:
        NotCountable: it speaks of times or of attributes of a case.
    """
    match condition:
        case All(items):
            return reduce(np.logical_and, (holds(item, count, rounding) for item in items), np.asarray(True))
        case AnyOf(items):
            return reduce(np.logical_or, (holds(item, count, rounding) for item in items), np.asarray(False))
        case Not(item):
            return ~holds(item, count, rounding)
        case Comparison(first, op, second):
            left, right, _ = _common(_amount(first, count, rounding), _amount(second, count, rounding))
            match op:
                case ">=":
                    return np.asarray(left >= right)
                case "<=":
                    return np.asarray(left <= right)
                case ">":
                    return np.asarray(left > right)
                case "<":
                    return np.asarray(left < right)
                case "=":
                    return np.asarray(left == right)
                case _:
                    assert_never(op)
        case Flag() | Is() | Timed() | Ordered() | OnDate():
            raise NotCountable("a condition over heads cannot speak of attributes of a case")
        case _:
            assert_never(condition)
