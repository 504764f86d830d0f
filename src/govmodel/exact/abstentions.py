"""The fewest votes for that carry a matter where some of those present abstain.

Less against never hurts, so that one of three ballots does best: nobody against, as many against as for it,
or one more against where a second vote makes up for it.
"""

from __future__ import annotations

from collections.abc import Callable

from govmodel.dataclass import dataclass, replace
from govmodel.exact.turnouts import Turnouts, turnouts
from govmodel.exact.votes import passing, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.meeting import TIES


@dataclass(frozen=True, slots=True)
class Sparse:
    """So many votes for and against carry at an attendance, all others who are there abstaining;
    `second_vote`: with that of whoever presides, who votes for it."""

    in_favour: int
    against: int
    present: tuple[int, ...]
    second_vote: bool


def fewest_with_abstentions(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    kinds: Turnouts | None = None,
    case: Condition | None = None,
) -> Sparse | None:
    """The fewest in favour, over all quorate attendances of a case at which any number abstain, caps
    observed. `kinds`: the turnouts, where they are known. None: not computed, or nothing is ever carried.

    Raises:
        NotCountable: whose votes count, a number of people does not say.
    """
    if kinds is None:
        kinds = turnouts(rules, electorate, say=voices(rules, electorate, decision), case=case)
    if kinds is None:
        return None
    best: Sparse | None = None
    for cast, there, chair in sorted(kinds.sizes):
        carried = _carried(rules, electorate, decision, extra_vote, cast, there, chair)
        most = cast if best is None else min(cast, best.in_favour - 1)
        low, high = 1, most
        if low > high or carried(high) is None:
            continue
        while low < high:  # more in favour never carry less
            middle = (low + high) // 2
            low, high = (low, middle) if carried(middle) is not None else (middle + 1, high)
        found = carried(low)
        assert found is not None
        best = Sparse(low, found[0], kinds.smallest((cast, there, chair)), found[1])
    return best


def _carried(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    cast: int,
    there: int,
    chair: bool,
) -> Callable[[int], tuple[int, bool] | None]:
    """For so many votes for: the fewest against with which it is carried, and whether a second vote was
    needed; None: it is not."""
    threshold = decision.carried
    base = (threshold.base if threshold else None) or rules.reading["base-of-a-majority"]
    grows = 0
    if threshold is not None and base == "taking-part":  # who abstains takes part, and so does a second vote
        decision, there, grows = replace(decision, carried=replace(threshold, base="present")), cast, 1
    once, twice, thrice = (passing(rules, electorate, decision)(there + n * grows) for n in range(3))
    ties = threshold is not None and threshold.kind in TIES
    by_text = decision.equal_votes == "carried"

    def first(favour: int) -> tuple[int, bool] | None:
        for against in (0, favour, favour + 1):
            if favour + against > cast:
                continue
            tie = ties and favour == against and twice(favour + 1, against)
            if once(favour, against) or (by_text and tie):
                return against, False
            if not chair:
                continue
            if extra_vote == "casting" and tie:
                return against, True
            if extra_vote == "additional":
                tied = ties and favour + 1 == against and thrice(favour + 2, against)
                if twice(favour + 1, against) or (by_text and tied):
                    return against, True
        return None

    return first


__all__ = ["Sparse", "fewest_with_abstentions"]
