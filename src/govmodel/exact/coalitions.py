"""Coalitions of a body: the fewest that carry a matter, and votes with which nothing is carried.

From the turnouts of the body; None where those are too many to be computed.
"""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.dataclass import dataclass
from govmodel.exact.turnouts import Kind, Turnouts, turnouts
from govmodel.exact.votes import Passes, carries, passing, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.meeting import TIES


@dataclass(frozen=True, slots=True)
class Capture:
    """The fewest in favour that carry at some quorate meeting where all present vote: how many, of
    how many votes cast, how many are there, and whether it took the presider's second vote."""

    in_favour: int
    cast: int
    present: tuple[int, ...]
    second_vote: bool


def fewest_to_carry(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    kinds: Turnouts | None = None,
    case: Condition | None = None,
) -> Capture | None:
    """The fewest in favour, over all quorate attendances of a case at which all present vote.
    `extra_vote` is the chair's; `kinds` are the `turnouts`, where they are known. None: not computed, or
    nothing is ever carried."""
    if kinds is None:
        kinds = turnouts(rules, electorate, say=voices(rules, electorate, decision), case=case)
    if kinds is None:
        return None
    best: tuple[int, Kind, bool] | None = None
    ties = decision.carried is not None and decision.carried.kind in TIES
    carried = passing(rules, electorate, decision)
    for cast, there, chair in sorted(kinds.sizes):
        passes = carried(there)

        def equal(favour: int, against: int, passes: Passes = passes) -> bool:
            return ties and favour == against and passes(favour + 1, against)

        def counted(favour: int, against: int, passes: Passes = passes) -> bool:
            by_text = decision.equal_votes == "carried" and equal(favour, against, passes)
            return passes(favour, against) or by_text

        def second(favour: int, against: int, passes: Passes = passes) -> bool:
            if extra_vote == "additional":
                return counted(favour + 1, against, passes)
            return extra_vote == "casting" and equal(favour, against, passes)

        def enough(favour: int, cast: int = cast, chair: bool = chair) -> bool:
            against = cast - favour
            return counted(favour, against) or (chair and second(favour, against))

        # More in favour never carry less, so the fewest are found by bisection.
        low, high = 1, cast if best is None else min(cast, best[0] - 1)
        if low > high or not enough(high):
            continue
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle + 1, high)
        best = low, (cast, there, chair), not counted(low, cast - low)
    if best is None:
        return None
    in_favour, kind, by_second = best
    return Capture(in_favour, kind[0], kinds.smallest(kind), by_second)


def equal_votes(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    limit: Sequence[int],
    kinds: Turnouts | None = None,
    *,
    additional: bool = False,
    case: Condition | None = None,
) -> tuple[tuple[int, ...], int] | None:
    """The smallest quorate attendance within `limit` at which everybody's votes can be equal, and one
    more would carry: (attendance, votes on each side). `((), 0)`: none. None: not computed. `kinds` are
    the `turnouts` within the limit, where they are known. `additional`: somebody who may be chair is
    there, presides, and has a second vote that always counts."""
    if kinds is None:
        say = voices(rules, electorate, decision)
        kinds = turnouts(rules, electorate, limit, say, case, chairs=additional)
    if kinds is None:
        return None
    if decision.carried is None or decision.carried.kind not in TIES:
        return (), 0
    carried = passing(rules, electorate, decision)
    found: list[tuple[tuple[int, ...], int]] = []
    least: int | None = None
    for (cast, there, chair), size in sorted(kinds.sizes.items(), key=lambda item: item[1]):
        if least is not None and size > least:
            break
        if additional and not chair:
            continue
        passes = carried(there)
        half, odd = divmod(cast + additional, 2)
        if half > additional and not odd and not passes(half, half) and passes(half + 1, half):
            least = size
            found.append((kinds.smallest((cast, there, chair)), half))
    return max(found, default=((), 0))


def no_side_carries(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    present: Sequence[int],
    extra_vote: str | None,
    *,
    presided: bool,
    voting: Sequence[int] | None = None,
) -> int | None:
    """The fewest votes on one side at an attendance where all (or those `voting`) vote and neither what
    is proposed nor the contrary is carried, whoever presides; None: one side always is. `presided`:
    somebody there presides, with this `extra_vote`."""
    passes = carries(rules, electorate, decision, present)
    mute = voices(rules, electorate, decision).mute
    votes = electorate.votes(electorate.less(present if voting is None else voting, mute))
    ties = decision.carried is not None and decision.carried.kind in TIES

    def either(one: int, other: int) -> bool:
        if passes(one, other) or passes(other, one):
            return True
        equal = one == other and one > 0 and ties and passes(one + 1, other)
        return equal and (
            decision.equal_votes in ("carried", "lot") or (presided and extra_vote == "casting")
        )

    for one in range(votes // 2 + 1):
        other = votes - one
        twice = presided and extra_vote == "additional"
        sides = [(one + 1, other)] * (one > 0) + [(one, other + 1)] * (other > 0) if twice else [(one, other)]
        if votes and not any(either(a, b) for a, b in sides):
            return one
    return None
