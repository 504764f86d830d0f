"""Quorums in a few words, for pictures and stories: `5 and 1 of lead authority`."""

from __future__ import annotations

from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Comparison,
    Condition,
    Count,
    Number,
    Pick,
    Share,
)
from govmodel.model.rules import QuorumRule
from govmodel.words.text import spaced, the


def quorum_in_short(quorum: QuorumRule) -> str:
    """A quorum in words; where it is of a rarer kind, only that there is one; where it is left to somebody,
    to whom."""
    if quorum.needs is None:
        return f"left to {the(spaced(quorum.set_by or 'nobody'))}"
    return _in_short(quorum.needs)


def _in_short(condition: Condition) -> str:
    match condition:
        case All(items):
            return " and ".join(_in_short(item) for item in items)
        case AnyOf(items):
            return " or ".join(_in_short(item) for item in items)
        case Comparison(Count("present", groups, None, parties), ">=" | ">" as op, right):
            amount = _amount(right)
            if amount is None:
                return "by a rule of its own"
            more = "more than " if op == ">" else ""
            if parties:
                noun = "organisation" if amount == "1" else "organisations"
                return f"{more}{amount} {noun}{_whom(groups)}"
            return f"{more}{amount}{_whom(groups)}"
        case _:
            return "by a rule of its own"


def _whom(groups: tuple[str, ...]) -> str:
    return f" of {' or '.join(spaced(group) for group in groups)}" if groups else ""


def _amount(amount: Amount) -> str | None:
    match amount:
        case Number(value):
            return str(value)
        case Count(of, groups, None, False):
            return f"all {spaced(of)}{_whom(groups)}"
        case Share(share, Count(of, groups, None, False), nearest):
            said = f"{share} of {spaced(of)}{_whom(groups)}"
            return f"the number nearest to {said}" if nearest else said
        case Pick(which, first, second):
            both = _amount(first), _amount(second)
            return None if None in both else f"the {which} of {both[0]} and {both[1]}"
        case _:
            return None
