"""Probabilities that need no sampling: that a quorum is there when everybody comes on their own.

Seats that a quorum cannot tell apart are one group; in each group the number present is
Poisson-binomial, and the groups are independent. Exact in whole numbers over one denominator, as long
as the numbers stay small enough to be quick; in floating point beyond, which is then right to about
twelve digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import exp, lgamma, log, prod

from govmodel.dataclass import dataclass
from govmodel.model.rules import BodyRules, QuorumRule, Rules, SeatRule
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import Room, belongs, heads_of, holds, of_parties, organisation, places
from govmodel.semantics.meeting import rounding

EXACT_SEATS = 200
"""Up to so many seats in a group the numbers are exact."""

MOST_ROOMS = 200_000
"""A quorum over more combinations of groups than this is not computed."""

_FINE = 1 << 100


def heads(chances: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The probabilities that 0, 1, … of independent events happen (Poisson-binomial).

    Exact up to `EXACT_SEATS` events, else right to about twelve digits.
    """
    row, bottom = _heads(chances)
    return tuple(Fraction(number, bottom) for number in row)


def _heads(chances: Sequence[Fraction]) -> tuple[list[int], int]:
    """The same as whole numerators over one denominator: no common divisor is ever looked for."""
    if len(chances) > EXACT_SEATS:
        rough = [1.0]
        for some in map(float, chances):
            rough = [a * (1 - some) + b * some for a, b in zip([*rough, 0.0], [0.0, *rough], strict=True)]
        return [round(Fraction(share) * _FINE) for share in rough], _FINE
    row, bottom = [1], 1
    for chance in chances:
        yes, no = chance.numerator, chance.denominator - chance.numerator
        row = [a * no + b * yes for a, b in zip([*row, 0], [0, *row], strict=True)]
        bottom *= chance.denominator
    return row, bottom


@dataclass(frozen=True, slots=True)
class Coming:
    """How a place is filled: in person, and by a stand-in where the member does not come."""

    in_person: Fraction
    standin: Fraction


class QuorumChance:
    """The probability that a body is quorate at the start of a meeting.

    Which rooms are quorate is worked out once, so that many meetings can be asked about.

    Raises:
        ValueError: the quorum asks for something other than heads.
    """

    def __init__(self, rules: Rules, body: BodyRules) -> None:
        self._standins_count = not any(
            s.counts_to_quorum is False for s in body.standins if s.kind != "proxy"
        )
        where = places(body)
        # What the quorum can tell apart: of which of its numbers a seat is part, and for which organisation.
        counts = [c for rule in body.quorum for c in counts_in(heads_of(rules, rule))]
        by_party = any(of_parties(count) for count in counts)
        groups: dict[tuple[tuple[bool, ...], str | None], list[str]] = {}
        for place, seat in where.items():
            signature = tuple(belongs(count, seat) for count in counts)
            groups.setdefault((signature, organisation(seat) if by_party else None), []).append(place)
        self._groups = tuple(groups.values())
        sizes = [len(members) for members in self._groups]
        self.computable = prod(size + 1 for size in sizes) <= MOST_ROOMS
        self._quorate: list[tuple[int, ...]] = []
        if self.computable:
            seats = [where[members[0]] for members in self._groups]
            self._quorate = [
                numbers
                for numbers in product(*(range(size + 1) for size in sizes))
                if _met(rules, body.quorum, seats, sizes, numbers)
            ]

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The places that the quorum does not tell apart, together."""
        return tuple(map(tuple, self._groups))

    @property
    def quorate(self) -> frozenset[tuple[int, ...]]:
        """How many of each group make a quorum, in every way that there is."""
        return frozenset(self._quorate)

    @property
    def monotone(self) -> bool:
        """Whether a quorum never ends by somebody's coming."""
        sizes = [len(members) for members in self._groups]
        enough = self.quorate
        return all(
            (*heads[:i], heads[i] + 1, *heads[i + 1 :]) in enough
            for heads in enough
            for i, size in enumerate(sizes)
            if heads[i] < size
        )

    def of(self, coming: Mapping[str, Coming]) -> Fraction | None:
        """For a meeting at which each place (by name) is filled independently. No quorum rule: 1.
        None: there are too many combinations of groups to go through."""
        if not self.computable:
            return None
        rows, bottom = [], 1
        for members in self._groups:
            row, below = _heads([self._counted(coming[place]) for place in members])
            rows.append(row)
            bottom *= below
        total = 0
        for numbers in self._quorate:
            total += prod(row[number] for row, number in zip(rows, numbers, strict=True))
        return Fraction(total, bottom)

    def _counted(self, who: Coming) -> Fraction:
        return who.in_person + (1 - who.in_person) * who.standin if self._standins_count else who.in_person


def _met(
    rules: Rules,
    quorum: Sequence[QuorumRule],
    seats: Sequence[SeatRule],
    sizes: Sequence[int],
    numbers: Sequence[int],
) -> bool:
    """Whether every quorum holds with so many of each group present."""
    room = Room(
        seats={str(i): seat for i, seat in enumerate(seats)},
        numbers={
            str(i): {"seats": size, "members": size, "entitled": size, "present": number}
            for i, (size, number) in enumerate(zip(sizes, numbers, strict=True))
        },
    )
    return all(holds(heads_of(rules, q), room, rounding(rules, q.rounding)) for q in quorum)


def so_far_off(happened: int, chances: Sequence[tuple[Fraction, int]]) -> float:
    """How likely it is, at most, that a count of independent events is at least so far from what is
    expected, on its side, doubled. `chances`: (probability, how many events have it).

    The events are taken as if all had the mean probability: their count then spreads a little wider,
    so that this is never too small. Source: Hoeffding (1956), theorem 4.
    """
    number = sum(many for _, many in chances)
    if not number:
        return 1.0
    expected = sum((chance * many for chance, many in chances), Fraction(0))
    if expected in (0, number):
        return 1.0 if happened == expected else 0.0
    p = float(expected / number)
    return min(1.0, 2 * tail(happened, number, p, above=happened > expected))


def tail(happened: int, number: int, p: float, above: bool) -> float:
    """The binomial probability of `happened` or what lies further on its side: of `number` events with
    probability `p`, at least so many (`above`) or at most."""
    if p <= 0 or p >= 1:  # rounded to certainty
        return float((happened <= number * p) if above else (happened >= number * p))
    if not above:
        return tail(number - happened, number, 1 - p, above=True)
    logged = (
        lgamma(number + 1) - lgamma(happened + 1) - lgamma(number - happened + 1)
        + happened * log(p) + (number - happened) * log(1 - p)
    )  # fmt: skip
    term = exp(logged)
    total = 0.0
    for k in range(happened, number + 1):
        total += term
        step = (number - k) / (k + 1) * p / (1 - p)
        term *= step
        if step < 1 and term < total * 1e-12:
            break
    return total
