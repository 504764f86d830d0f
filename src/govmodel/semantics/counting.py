"""Head counts in a room, and conditions over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import assert_never

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
from govmodel.model.rules import BodyRules, QuorumRule, SeatRule


class NotCountable(ValueError):
    """A condition over heads asks for something that a room does not have."""


def heads_of(quorum: QuorumRule) -> Condition:
    """What a quorum needs, where it looks at the voting seats only.

    Raises:
        NotCountable: it counts others too.
    """
    if set(quorum.counts) != {"voting"}:
        raise NotCountable("a quorum that counts others than those who vote")
    return quorum.needs


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each seat rule are in each base: seat rule's name → base → number."""

    seats: Mapping[str, SeatRule]
    numbers: Mapping[str, Mapping[str, int]]

    def count(self, count: Count) -> int:
        """Heads of a base that belong to any of the groups (all, if none is named)."""
        return sum(
            self.numbers[name].get(count.of, 0)
            for name, seat in self.seats.items()
            if not count.groups or set(count.groups) & groups_of(seat)
        )


def groups_of(seat: SeatRule) -> set[str]:
    """Names under which a condition can mean this seat: its own, its block's, its party, the classes of
    that and of whoever sits."""
    own = {seat.name, seat.name.partition(".")[0], *seat.classes, *seat.holder_is}
    return own | {seat.party} if seat.party else own


def instances(seat: SeatRule) -> tuple[str, ...]:
    """The places of a seat rule that are filled at full attendance, by name."""
    if seat.low <= 1:
        return (seat.name,) * seat.low
    return tuple(f"{seat.name}#{i}" for i in range(1, seat.low + 1))


def places(body: BodyRules) -> dict[str, SeatRule]:
    """Every voting place of a body that is filled at full attendance: its name → its seat rule."""
    return {place: seat for seat in body.voting for place in instances(seat)}


def amount(value: Amount, room: Room, rounding: str) -> Fraction:
    """An amount over a room, exactly. `rounding` (up, nearest, down) applies to shares of heads."""
    match value:
        case Number(number):
            return number
        case Count():
            return Fraction(room.count(value))
        case Share(share, of, nearest):
            exact = share * room.count(of)
            if nearest or rounding == "nearest":
                return Fraction(floor(exact + Fraction(1, 2)))
            return Fraction(floor(exact)) if rounding == "down" else Fraction(ceil(exact))
        case Times(factor, inner):
            return factor * amount(inner, room, rounding)
        case Pick(which, first, second):
            pair = amount(first, room, rounding), amount(second, room, rounding)
            return max(pair) if which == "greater" else min(pair)
        case Sum(plus, minus):
            added = sum((amount(a, room, rounding) for a in plus), Fraction(0))
            return added - sum((amount(a, room, rounding) for a in minus), Fraction(0))
        case Length() | Attribute():
            raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
        case _:
            assert_never(value)


def compare(left: Fraction, op: str, right: Fraction) -> bool:
    return {
        ">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right, "=": left == right,
    }[op]  # fmt: skip


def holds(condition: Condition, room: Room, rounding: str) -> bool:
    """Whether a condition over heads holds in a room."""
    match condition:
        case All(items):
            return all(holds(item, room, rounding) for item in items)
        case AnyOf(items):
            return any(holds(item, room, rounding) for item in items)
        case Not(item):
            return not holds(item, room, rounding)
        case Comparison(left, op, right):
            return compare(amount(left, room, rounding), op, amount(right, room, rounding))
        case Flag() | Is() | Timed() | Ordered() | OnDate():
            raise NotCountable("a condition over heads cannot speak of attributes of a case")
        case _:
            assert_never(condition)


def room(
    body: BodyRules,
    present: Iterable[str],
    *,
    left_out: Iterable[str] = (),
    in_favour: Iterable[str] = (),
    against: Iterable[str] = (),
    abstaining: Iterable[str] = (),
    barred: Iterable[str] = (),
) -> Room:
    """The head counts of a gathering of named places. `left_out`: present, not counted as present."""
    where = places(body)
    everyone, here = set(where), set(present) & set(where)
    favour, contra, silent = set(in_favour), set(against), set(abstaining)
    bases = {
        "seats": everyone,
        "members": everyone,
        "entitled": everyone - set(barred),
        "present": here - set(left_out),
        "taking-part": favour | contra | silent,
        "voting": favour | contra,
        "for": favour,
        "against": contra,
        "abstaining": silent,
    }
    numbers: dict[str, dict[str, int]] = {}
    seats: dict[str, SeatRule] = {}
    for place, seat in where.items():
        seats[seat.name] = seat
        row = numbers.setdefault(seat.name, dict.fromkeys(bases, 0))
        for base, members in bases.items():
            row[base] += place in members
    return Room(seats, numbers)
