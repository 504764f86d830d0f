"""What it does to a vote that somebody keeps silent: who abstains, or who may not vote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import ceil, floor
from typing import TypeAlias

from govmodel.dataclass import dataclass
from govmodel.exact.heads import heads
from govmodel.exact.quorums import applies, attendances, compiled
from govmodel.exact.turnouts import turnouts
from govmodel.exact.votes import voices
from govmodel.model.expressions import Condition, Threshold
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate, one_each

WHOLE = frozenset({"members", "seats", "entitled"})
"""Bases that count people wherever they are."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A meeting at which so many keep silent and a proposal is lost that is carried without them: who is
    there and may vote, how many of the votes are kept back, and how many are cast in favour; the rest is
    against."""

    voters: tuple[int, ...]
    silent: int
    in_favour: int


def counted_in(base: str, *, recused: bool, stays: bool) -> bool:
    """Whether a base counts those who keep silent."""
    if recused:
        return base in ("members", "seats") or (base == "present" and stays)
    return base in WHOLE or base in ("present", "taking-part")


def against_by_silence(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    *,
    recused: bool,
    stays: bool = False,
    case: Condition | None = None,
) -> Silence | tuple[()] | None:
    """A quorate meeting, of many, at which the fewest keep silent and so defeat a proposal, since a share is
    of a number in which they are; `()`: there is none. `recused`: they may not vote, and do not
    count towards the quorum; `stays`: they are in the room. None: not computed.

    Raises:
        NotCountable: it is not known whom the quorum or the vote leaves out.
    """
    threshold = decision.carried
    if threshold is None or threshold.kind != "share":
        return ()
    base = threshold.base or rules.reading["base-of-a-majority"]
    if not counted_in(base, recused=recused, stays=stays):
        return ()
    say = voices(rules, electorate, decision)
    one_each(electorate)
    whole = electorate.votes(electorate.less(electorate.full, say.out))
    rows = _rooms(rules, electorate, decision, recused=recused, case=case)
    if rows is None:
        return None
    best: Silence | None = None
    for votes, there, free, voters in sorted(rows, key=lambda row: -row[0]):
        if best is not None and best.silent == 1:
            break
        of = whole if base in WHOLE else there

        def defeated(silent: int, votes: int = votes, of: int = of) -> bool:
            """More who keep silent leave fewer to convince, and never make it easier to convince enough."""
            more = of if base in WHOLE or not recused else of + silent
            favour = least(threshold, more - silent)
            return favour < least(threshold, more) and (not recused or favour <= votes)

        if not votes or free < 1 or not defeated(free):
            continue
        silent = bisect_left(range(1, free), True, key=defeated) + 1
        favour = least(threshold, (of if base in WHOLE or not recused else of + silent) - silent)
        if favour <= (votes if recused else votes - silent) and (best is None or silent < best.silent):
            best = Silence(voters(), silent, favour)
    return best or ()


def least(threshold: Threshold, of: int) -> int:
    """The fewest votes that are a share of so many, one at least."""
    exact = threshold.share * of
    return max(1, floor(exact) + 1 if threshold.strict else ceil(exact))


Room: TypeAlias = tuple[int, int, int, Callable[[], tuple[int, ...]]]
"""Votes that can be cast, votes of those of whom the share is, how many more might come, who is there."""


def _rooms(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    *,
    recused: bool,
    case: Condition | None,
) -> list[Room] | None:
    say = voices(rules, electorate, decision)
    if not recused or not (electorate.caps or say.mute):
        kinds = turnouts(rules, electorate, say=say, case=case)
        if kinds is None:
            return None
        full = electorate.votes(electorate.full)
        return [
            (
                votes,
                there,
                full - votes if recused else votes,
                partial(kinds.smallest, (votes, there, chair)),
            )
            for votes, there, chair in sorted(kinds.sizes)
        ]
    vectors = attendances(electorate)
    if vectors is None:
        return None
    return list(_each(rules, electorate, decision, vectors, case))


def _each(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    vectors: Sequence[tuple[int, ...]],
    case: Condition | None,
) -> Iterator[Room]:
    """The same where caps bind or some have no say: only seats that neither touches may be recused."""
    say = voices(rules, electorate, decision)
    ranges = heads(rules, electorate)
    enough = compiled(rules, electorate) if ranges is None else ranges.holds
    there_is = applies(rules, electorate, case)
    free = recusable(electorate, say.mute)
    for present in vectors:
        if enough(present) and there_is(present):
            votes = electorate.votes(electorate.less(present, say.mute))
            there = electorate.votes(electorate.less(present, say.out))
            yield votes, there, sum(electorate.full[i] - present[i] for i in free), partial(tuple, present)


def recusable(electorate: Electorate, mute: frozenset[int]) -> tuple[int, ...]:
    """The cells of which one less is one vote less: those that vote, without a cap."""
    return tuple(
        i
        for i, cell in enumerate(electorate.cells)
        if cell.seat.role == "voting" and not cell.caps and i not in mute
    )
