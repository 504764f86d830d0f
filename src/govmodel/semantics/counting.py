"""Head counts in a room, and conditions over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from operator import eq, ge, gt, le, lt
from types import MappingProxyType
from typing import NamedTuple, assert_never

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
from govmodel.model.remembered import remembered
from govmodel.model.rules import BodyRules, QuorumRule, Role, Rules, SeatRule
from govmodel.model.vocabulary import NAMES
from govmodel.model.walk import counts_in
from govmodel.semantics.actors import resolve, title


class NotCountable(ValueError):
    """A condition over heads asks for something that a room does not have."""


VOTING: tuple[Role, ...] = ("voting",)


def heads_of(rules: Rules, quorum: QuorumRule) -> Condition:
    """What a quorum needs.

    Raises:
        NotCountable: the text leaves that to somebody, or it leaves somebody out of a number of whom the
            rules do not say who that is.
    """
    if quorum.needs is None:
        raise NotCountable(_left(rules, quorum))
    return heads_in(rules, rules.bodies[quorum.body], quorum.needs)


def _left(rules: Rules, quorum: QuorumRule) -> str:
    """Whose it is to say who must be present."""
    body = rules.bodies[quorum.body]
    actor = resolve(rules, quorum.set_by or "nobody")
    named = actor.kind in ("party", "class", "seat", "outsider")
    who = title(rules, actor) if named else f"the {title(rules, actor)}"
    clauses = f"clause{'s' if len(quorum.clauses) > 1 else ''} {' and '.join(quorum.clauses)}"
    return f"{clauses} leaves the quorum of the {body.title} to {who}, so it cannot be counted"


def heads_in(rules: Rules, body: BodyRules, condition: Condition) -> Condition:
    """A condition over the heads of a body. Raises NotCountable as `heads_of`."""
    for count in counts_in(condition):
        known_group(rules, body, count.without)
    return condition


def known_group(rules: Rules, body: BodyRules, name: str | None) -> None:
    """Raises NotCountable unless a name that is left out of a number is one of seats, parties or classes:
    who is chair, or whom a matter is about, a number of people does not say."""
    if name is None:
        return
    groups = {group for seat in body.seats for group in groups_of(seat)}
    known = groups | {group for p in rules.parties.values() for group in (p.name, *p.classes)}
    if name not in known:
        raise NotCountable(f"a number that leaves out {name}: which seat that is, the text does not say")


def belongs(count: Count, seat: SeatRule) -> bool:
    """Whether a count speaks of a seat: it is in one of the groups, and not left out."""
    return speaks_of(count, groups_of(seat))


def speaks_of(count: Count, names: set[str] | frozenset[str]) -> bool:
    """The same of a seat with these names."""
    return (not count.groups or not names.isdisjoint(count.groups)) and count.without not in names


def organisation(seat: SeatRule) -> str | None:
    """For whom somebody sits here; None: for nobody whom the text names."""
    return seat.party or (None if seat.nominated_by in NAMES else seat.nominated_by)


def of_parties(count: Count) -> bool:
    """Whether organisations are counted, and not people."""
    return count.parties or count.of == "parties"


def base_of(count: Count) -> str:
    """The base of a count; the organisations of a body are those with a seat."""
    return "seats" if count.of == "parties" else count.of


@dataclass(frozen=True, slots=True)
class Room:
    """How many of each seat rule are in each base: seat rule's name → base → number."""

    seats: Mapping[str, SeatRule]
    numbers: Mapping[str, Mapping[str, int]]

    def count(self, count: Count) -> int:
        """Heads of a base, or organisations that have one there, of the seats that a count speaks of."""
        base = base_of(count)
        among = _spoken_of(self.seats, count)
        if of_parties(count):
            here = {organisation(self.seats[name]) for name in among if self.numbers[name].get(base, 0)}
            return len(here - {None})
        return sum([self.numbers[name].get(base, 0) for name in among])


@remembered(10_000)
def _spoken_of(seats: Mapping[str, SeatRule], count: Count) -> tuple[str, ...]:
    return tuple([name for name, seat in seats.items() if belongs(count, seat)])


@remembered(10_000)
def groups_of(seat: SeatRule) -> frozenset[str]:
    """Names under which a condition can mean this seat: its own, its block's, its party, the classes of
    that and of whoever sits."""
    own = {seat.name, seat.name.partition(".")[0], *seat.classes, *seat.holder_is}
    return frozenset(own | {seat.party} if seat.party else own)


def instances(seat: SeatRule) -> tuple[str, ...]:
    """The places of a seat rule that are filled at full attendance, by name."""
    return _numbered(seat.name, seat.low)


@lru_cache(maxsize=1_000)
def _numbered(name: str, number: int) -> tuple[str, ...]:
    return (name,) * number if number <= 1 else tuple(f"{name}#{i}" for i in range(1, number + 1))


class _Filled(NamedTuple):
    """The places of a body that are filled at full attendance, the seats that have some, and how many."""

    places: Mapping[str, SeatRule]
    seats: Mapping[str, SeatRule]
    sizes: Mapping[str, int]


@remembered(1_000)
def _filled(seats: tuple[SeatRule, ...]) -> _Filled:
    filled = {place: seat for seat in seats for place in instances(seat)}
    sizes = Counter(seat.name for seat in filled.values())
    return _Filled(MappingProxyType(filled), {seat.name: seat for seat in filled.values()}, sizes)


def places(body: BodyRules, roles: Collection[Role] = VOTING) -> Mapping[str, SeatRule]:
    """Every place of a body with one of these roles that is filled at full attendance: its name → its
    seat rule."""
    return _filled(body.filled(tuple(roles))).places


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


_COMPARED: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
    "=": eq,
}


def compare(left: Fraction, op: str, right: Fraction) -> bool:
    return _COMPARED[op](left, right)


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
    roles: Collection[Role] = VOTING,
) -> Room:
    """The head counts of a gathering of named places, of seats with these roles. `left_out`: present, not
    counted as present."""
    filled = _filled(body.filled(tuple(roles)))
    where = filled.places
    numbers: dict[str, dict[str, int]] = {}
    for name, size in filled.sizes.items():
        entitled = size if filled.seats[name].role == "voting" else 0
        numbers[name] = {"seats": size, "members": size, "entitled": entitled}
    for place in where.keys() & set(barred):
        if where[place].role == "voting":
            numbers[where[place].name]["entitled"] -= 1
    favour, contra = set(in_favour), set(against)
    bases = {
        "present": set(present).difference(left_out),
        "taking-part": favour | contra | set(abstaining),
        "voting": favour | contra,
        "for": favour,
        "against": contra,
        "abstaining": set(abstaining),
    }
    for base, members in bases.items():
        for place in where.keys() & members:
            own = numbers[where[place].name]
            own[base] = own.get(base, 0) + 1
    return Room(filled.seats, numbers)
