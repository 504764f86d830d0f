"""Look-ups in conditions: which names they mention, which numbers they compare with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Compare,
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
from govmodel.model.remembered import remembered


def conditions(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it."""
    yield condition
    match condition:
        case All(items) | AnyOf(items):
            for item in items:
                yield from conditions(item)
        case Not(item):
            yield from conditions(item)
        case Comparison() | Flag() | Is() | Timed() | Ordered() | OnDate():
            pass
        case _:
            assert_never(condition)


def amounts(amount: Amount) -> Iterator[Amount]:
    """The amount and everything below it."""
    yield amount
    match amount:
        case Times(_, inner):
            yield from amounts(inner)
        case Pick(_, first, second):
            yield from amounts(first)
            yield from amounts(second)
        case Sum(plus, minus):
            for term in (*plus, *minus):
                yield from amounts(term)
        case Share(_, count, _):
            yield count
        case Number() | Length() | Count() | Attribute():
            pass
        case _:
            assert_never(amount)


def all_amounts(condition: Condition) -> Iterator[Amount]:
    for part in conditions(condition):
        if isinstance(part, Comparison):
            yield from amounts(part.left)
            yield from amounts(part.right)


def names_in(condition: Condition) -> set[str]:
    """Full names of the attributes that a condition mentions (`meeting`, the day, is none)."""
    found: set[str] = set()
    for part in conditions(condition):
        match part:
            case Flag(attribute) | Is(attribute, _):
                found.add(attribute)
            case Timed(event=event, anchor=anchor) | Ordered(event=event, anchor=anchor):
                found.update((event, anchor))
            case OnDate(event=event):
                found.add(event)
            case Comparison() | All() | AnyOf() | Not():
                pass
            case _:
                assert_never(part)
    found.update(a.name for a in all_amounts(condition) if isinstance(a, Attribute))
    return {name for name in found if "." in name}


def commanded_in(condition: Condition) -> set[str]:
    """The attributes of which a duty with this content makes a demand: all but those from which a time is
    only counted (`answered within 28 days after issued` demands an answer)."""
    demanded: set[str] = set()
    for part in conditions(condition):
        match part:
            case Timed(event=event) | Ordered(event=event) | OnDate(event=event):
                demanded.add(event)
            case Flag(attribute) | Is(attribute, _):
                demanded.add(attribute)
            case Comparison() | All() | AnyOf() | Not():
                pass
            case _:
                assert_never(part)
    demanded.update(a.name for a in all_amounts(condition) if isinstance(a, Attribute))
    return {name for name in demanded if "." in name}


@remembered(10_000)
def counts_in(condition: Condition) -> tuple[Count, ...]:
    """The head counts in a condition, in order, each once."""
    return tuple(dict.fromkeys(a for a in all_amounts(condition) if isinstance(a, Count)))


@remembered(10_000)
def takes_shares(condition: Condition) -> bool:
    """Whether a share of something is in a condition, so that it may have to be rounded."""
    return any(isinstance(amount, Share) for amount in all_amounts(condition))


def numbers_of(op: Compare, number: int) -> tuple[int, int | None]:
    """The least and the most of the whole numbers from 0 on that are `op` a number. None: no most."""
    match op:
        case ">=":
            return number, None
        case ">":
            return number + 1, None
        case "<=":
            return 0, number
        case "<":
            return 0, number - 1
        case "=":
            return number, number
        case _:
            assert_never(op)
