"""How many a quorum needs, found once for all bodies whose quorums come to the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from govmodel.checks.bodies import quorum_rules
from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.exact.heads import Heads
from govmodel.exact.quorums import fewest_quorate, quorate
from govmodel.model.rules import BodyRules, QuorumRule, Rule, Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import counted_roles, met


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


def unmet(rules: Rules, body: BodyRules, gone: Collection[str] = ()) -> tuple[QuorumRule, ...]:
    """Of the quorums of a meeting as it is called, those that everybody but those in these places does not
    meet, as the judge has it. All, where it is none of them alone."""
    away = frozenset(gone)
    there = tuple(place for place in places(body, counted_roles(body)) if place not in away)
    whole = replace(rules, bodies={**rules.bodies, body.name: body})
    missed = (q for q in body.quorum if not met(whole, Gathering(body=body.name, present=there), (q,)))
    return tuple(missed) or body.quorum


def cited(
    body: BodyRules, missed: tuple[QuorumRule, ...], stands: Callable[[BodyRules], bool]
) -> tuple[Rule, ...]:
    """What a finding on quorums cites: these and what is offered where they are not met, if the finding
    stands on them alone, else all quorums."""
    if missed != body.quorum and stands(replace(body, quorum=missed)):
        return quorum_rules(replace(body, quorum=missed))
    return quorum_rules(body)


def _in_all(ranges: Heads) -> tuple[int, ...]:
    least = ranges.least()
    return () if least is None else (least,)
