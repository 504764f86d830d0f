"""How many a quorum needs, found once for all bodies whose quorums come to the same numbers."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Context
from govmodel.exact.coalitions import fewest_quorate, quorate
from govmodel.model.rules import Rules
from govmodel.semantics.cells import Electorate


def enough(context: Context, rules: Rules, seats: Electorate) -> bool:
    """Whether full attendance is quorate."""
    ranges = context.heads(rules, seats)
    return context.counted("full", rules, seats, partial(quorate, rules, seats, seats.full, ranges))


def fewest(context: Context, rules: Rules, seats: Electorate) -> tuple[int, ...] | None:
    """The smallest quorate attendance of one of the bodies that are alike: its sum is that of all of them.
    Empty: there is none. None: not computed."""
    ranges = context.heads(rules, seats)
    return context.counted("fewest", rules, seats, partial(fewest_quorate, rules, seats, ranges))
