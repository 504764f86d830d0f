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


def holding_parties(context: Context, rules: Rules, seats: Electorate) -> tuple[str, ...]:
    """The parties without whom no attendance is quorate; no sector could stay away as one."""

    def make() -> tuple[str, ...]:
        ranges = context.heads(rules, seats)
        own: dict[str, list[int]] = {}
        for i, cell in enumerate(seats.cells):
            for seat in cell.seats:
                if seat.party:
                    own.setdefault(seat.party, [0] * len(seats.cells))[i] += seat.low
        found, full = [], seats.full
        met: dict[tuple[int, ...], bool] = {}
        for party in dict.fromkeys(s.party for s in seats.body.voting if s.party):
            rest = tuple(n - gone for n, gone in zip(full, own[party], strict=True))
            if not any(rest):
                continue  # nobody else could be kept from meeting: the body is the party's own
            if rest not in met:
                met[rest] = quorate(rules, seats, rest, ranges)
            if not met[rest]:
                found.append(party)
        return tuple(p for p in found if not rules.parties[p].sector)

    return context.shared(("holding", id(seats), context.rounded(rules, seats)), make)


def _in_all(ranges: Heads) -> tuple[int, ...]:
    least = ranges.least()
    return () if least is None else (least,)
