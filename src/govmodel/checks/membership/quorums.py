"""How many a quorum needs, found once for all bodies whose quorums come to the same numbers."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Context
from govmodel.exact.heads import Heads
from govmodel.exact.quorums import fewest_quorate, quorate
from govmodel.model.rules import Rules
from govmodel.semantics.cells import Electorate


def enough(context: Context, rules: Rules, seats: Electorate) -> bool:
    """Whether full attendance is quorate."""
    ranges = context.heads(rules, seats)
    if ranges is not None:
        return ranges.holds(seats.full)
    return context.once("full", rules, seats, partial(quorate, rules, seats, seats.full))


def fewest(context: Context, rules: Rules, seats: Electorate) -> tuple[int, ...] | None:
    """The smallest quorate attendance, with all cells as one where the quorums come to ranges. Empty: there
    is none. None: not computed."""
    ranges = context.heads(rules, seats)
    if ranges is None:
        return context.once("fewest", rules, seats, partial(fewest_quorate, rules, seats))
    return context.counted("fewest", rules, seats, partial(_in_all, ranges))


def _in_all(ranges: Heads) -> tuple[int, ...]:
    least = ranges.least()
    return () if least is None else (least,)
