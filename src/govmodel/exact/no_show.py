"""What it does to a vote that one of those against it stays away, where the rule depends on who is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from govmodel.dataclass import dataclass
from govmodel.exact.heads import heads
from govmodel.exact.quorums import applies, attendances, compiled
from govmodel.exact.votes import counted, passing, voices
from govmodel.model.expressions import Condition
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate, one_each
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import TIES

MOST = 20_000
"""Attendances that are tried at most."""


@dataclass(frozen=True, slots=True)
class NoShow:
    """A meeting at which all vote and a matter is carried, and without one of those against it is not: who is
    there, the cell of the one who had better stay away, and the votes in favour."""

    present: tuple[int, ...]
    cell: int
    in_favour: int


def no_show(
    rules: Rules, electorate: Electorate, ways: Sequence[tuple[DecisionRule, Condition | None]]
) -> NoShow | tuple[()] | None:
    """The smallest such meeting, quorate before and after; `()`: there is none. `ways`: the rules of a
    matter, each with its case. None: too many attendances.

    Raises:
        NotCountable: a formula, or a rule that leaves out others than the next.
    """
    vectors = attendances(electorate)
    if vectors is None or len(vectors) > MOST:
        return None
    mute = same_say(rules, electorate, ways)
    ranges = heads(rules, electorate)
    enough = compiled(rules, electorate) if ranges is None else ranges.holds
    votes, made = counted(electorate), [_way(rules, electorate, decision, case) for decision, case in ways]

    def carried(present: Sequence[int], favour: int) -> bool:
        against = votes(electorate.less(present, mute)) - favour
        return any(there_is(present) and passes(present, favour, against) for there_is, passes in made)

    for present in vectors:
        if not enough(present):
            continue
        cast = votes(electorate.less(present, mute))
        for cell in (i for i, n in enumerate(present) if n and i not in mute):
            after = (*present[:cell], present[cell] - 1, *present[cell + 1 :])
            if votes(electorate.less(after, mute)) != cast - 1 or not enough(after):
                continue
            # More in favour never carry less: the fewest that carry are the ones to look at.
            low, high = 1, cast - 1
            if high < 1 or not carried(present, high):
                continue
            while low < high:
                middle = (low + high) // 2
                low, high = (low, middle) if carried(present, middle) else (middle + 1, high)
            if not carried(after, low):
                return NoShow(tuple(present), cell, low)
    return ()


def same_say(
    rules: Rules, electorate: Electorate, ways: Sequence[tuple[DecisionRule, Condition | None]]
) -> frozenset[int]:
    """The cells that have no say, which must be the same under each of these rules."""
    one_each(electorate)
    says = {voices(rules, electorate, decision).mute for decision, _ in ways}
    if len(says) > 1:
        raise NotCountable("who has no vote depends on who is there")
    if any(d.carried is not None and d.carried.kind == "formula" for d, _ in ways):
        raise NotCountable("a formula over votes is left to the judge")
    return says.pop() if says else frozenset()


Applies: TypeAlias = Callable[[Sequence[int]], bool]
Carries: TypeAlias = Callable[[Sequence[int], int, int], bool]


def _way(
    rules: Rules, electorate: Electorate, decision: DecisionRule, case: Condition | None
) -> tuple[Applies, Carries]:
    """Whether a rule's case is there, and whether so many votes carry by it then."""
    passing_of, out = passing(rules, electorate, decision), voices(rules, electorate, decision).out
    ties = decision.carried is not None and decision.carried.kind in TIES
    text = decision.equal_votes == "carried"

    def carries(present: Sequence[int], favour: int, against: int) -> bool:
        passes = passing_of(electorate.votes(electorate.less(present, out)))
        if passes(favour, against):
            return True
        return text and ties and favour == against and favour > 0 and passes(favour + 1, against)

    return applies(rules, electorate, case), carries
