"""Quorums and votes of a body, by enumeration of how many of each cell are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import assert_never

from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, holds
from govmodel.semantics.meeting import reaches, rounding

MOST = 250_000
"""Attendances enumerated at most; beyond, no closed form is offered (None)."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The fewest in favour that carry at some quorate meeting where all present vote: how many, of
    how many votes cast, how many are there, and whether it took the presider's second vote."""

    in_favour: int
    cast: int
    present: tuple[int, ...]
    second_vote: bool


def attendances(electorate: Electorate, limit: Sequence[int] | None = None) -> list[tuple[int, ...]] | None:
    """Every vector of how many of each cell are there, the fewest in all first; None: too many."""
    top = limit if limit is not None else electorate.full
    if prod(n + 1 for n in top) > MOST:
        return None
    vectors: Iterator[tuple[int, ...]] = product(*(range(n + 1) for n in top))
    return sorted(vectors, key=lambda v: (sum(v), tuple(-n for n in v)))


def quorate(rules: Rules, electorate: Electorate, present: Sequence[int]) -> bool:
    """Whether so many of each cell meet every quorum of the body."""
    here = electorate.room(present)
    return all(holds(q.needs, here, rounding(rules, q.rounding)) for q in electorate.body.quorum)


def fewest_quorate(rules: Rules, electorate: Electorate) -> tuple[int, ...] | None:
    """The smallest quorate attendance, the empty tuple where there is none. None: not computed."""
    vectors = attendances(electorate)
    if vectors is None:
        return None
    return next((v for v in vectors if quorate(rules, electorate, v)), ())


def fewest_leaving(rules: Rules, electorate: Electorate, start: Sequence[int]) -> tuple[int, ...] | None:
    """The fewest that leave a quorate meeting of `start` so that it is quorate no more, per cell; the
    empty tuple where nobody's leaving does it. None: not computed."""
    vectors = attendances(electorate, start)
    if vectors is None:
        return None
    for left in vectors:
        rest = [a - b for a, b in zip(start, left, strict=True)]
        if not quorate(rules, electorate, rest):
            return left
    return ()


def carries(
    rules: Rules, electorate: Electorate, decision: DecisionRule, present: Sequence[int]
) -> Callable[[int, int], bool]:
    """Whether so many votes for and against carry a matter at an attendance where all present vote."""
    threshold = decision.carried
    if threshold is None:
        return lambda _favour, _against: False
    base = threshold.base or rules.reading["base-of-a-majority"]
    whole = {"seats": electorate.full, "members": electorate.full, "parties": electorate.full,
             "entitled": electorate.full, "present": present}.get(base)  # fmt: skip
    size = None if whole is None else electorate.votes(whole)

    def passes(favour: int, against: int) -> bool:
        match threshold.kind:
            case "consensus":
                return favour > 0 and against == 0
            case "plurality":
                return favour > against
            case "count":
                return favour >= threshold.number
            case "formula":
                raise NotCountable("a formula over votes is left to the judge")
            case "share" | "all":
                return reaches(threshold, favour, favour + against if size is None else size)
            case _:
                assert_never(threshold.kind)

    return passes


def fewest_to_carry(
    rules: Rules, electorate: Electorate, decision: DecisionRule, extra_vote: str | None
) -> Capture | None:
    """The fewest in favour, over all quorate attendances at which all present vote. `extra_vote` is
    the chair's. None: not computed, or nothing is ever carried."""
    vectors = attendances(electorate)
    if vectors is None:
        return None
    # Only how many votes are cast matters, and whether the chair is there: the smallest of each kind.
    kinds: dict[tuple[int, bool], tuple[int, ...]] = {}
    for present in vectors:
        if quorate(rules, electorate, present):
            chair = any(n and c.may_chair for c, n in zip(electorate.cells, present, strict=True))
            kinds.setdefault((electorate.votes(present), chair), present)
    best: Capture | None = None
    for (cast, chair), present in sorted(kinds.items()):
        passes = carries(rules, electorate, decision, present)
        for favour in range(1, cast + 1):
            if best is not None and favour >= best.in_favour:
                break
            against = cast - favour
            alone = passes(favour, against)
            second = (extra_vote == "additional" and passes(favour + 1, against)) or (
                extra_vote == "casting" and favour == against and passes(favour + 1, against)
            )
            if alone or (chair and second):
                best = Capture(favour, cast, present, not alone)
                break
    return best


def equal_votes(
    rules: Rules, electorate: Electorate, decision: DecisionRule, limit: Sequence[int]
) -> tuple[tuple[int, ...], int] | None:
    """The smallest quorate attendance within `limit` at which everybody's votes can be equal, and one
    more would carry: (attendance, votes on each side). `((), 0)`: none. None: not computed."""
    vectors = attendances(electorate, limit)
    if vectors is None:
        return None
    for present in vectors:
        if not quorate(rules, electorate, present):
            continue
        cast = electorate.votes(present)
        passes = carries(rules, electorate, decision, present)
        if cast and cast % 2 == 0 and not passes(cast // 2, cast // 2) and passes(cast // 2 + 1, cast // 2):
            return present, cast // 2
    return (), 0
