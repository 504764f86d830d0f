"""GM204: a quorum that cannot be met without seats that may be empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from govmodel.checks.bodies import Asked, ask
from govmodel.checks.context import (
    Check,
    Context,
    clauses_of,
    lowered,
    meeting_bodies,
    of_kind,
    result,
)
from govmodel.exact.coalitions import fewest_quorate
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, MembershipRule, QuorumRule, Rules, SeatRule
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, electorate
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import counted_roles, quorate
from govmodel.smt.questions.meetings import reachable

ID, NAME = "GM204", "quorum on optional members"

MANY = 20
"""Places that are filled of a seat without a stated limit."""


class Resting(NamedTuple):
    """The seats that may be empty, and whether anybody might fill them without a meeting of the body."""

    seats: tuple[SeatRule, ...]
    open: bool


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        about = of_kind(SeatRule, QuorumRule, MembershipRule)
        asked = ask(
            context,
            ID,
            body.name,
            context.space(about, "rounding", body=body.name),
            partial(_resting, context),
        )
        number += asked.number
        undecided += asked.undecided
        if asked.found:
            made = _finding(context, body.name, asked)
            findings += [made] if made else []
    return result(ID, findings, undecided, number)


def _resting(context: Context, rules: Rules, body: BodyRules) -> Resting | str | None:
    """Whether a quorum is within reach, and no more when every seat is empty that may be."""
    if not body.quorum:
        return None
    key = (
        "resting on optional members",
        body.name,
        tuple(id(s) for s in body.seats if s.role == "voting"),
        tuple(id(q) for q in body.quorum),
        tuple(id(m) for m in body.membership),
        rules.reading["rounding"],
    )
    return context.shared(key, partial(_rests, context, rules, body))


def _rests(context: Context, rules: Rules, body: BodyRules) -> Resting | str | None:
    unsure = tuple(s for s in body.seats if s.role == "voting" and _may_be_empty(s))
    if not unsure:
        return None
    for keeps in (_surely, lambda s: _surely(s) or _filled_without(s, body)):
        within = _reached(context, rules, body, keeps)
        if within is not False:
            return within if isinstance(within, str) else None
    whole = _reached(context, rules, body, lambda _: True)
    if whole is not True:
        return whole or None  # out of reach even then: GM201
    doubt = _reached(context, rules, body, lambda s: _surely(s) or _filled_without(s, body) or not _filler(s))
    if isinstance(doubt, str):
        return doubt
    return Resting(unsure, doubt or _anybody_else(body))


def _may_be_empty(seat: SeatRule) -> bool:
    """Optional, invited, co-opted, or held for a term by somebody whom others choose."""
    return seat.optional or seat.low == 0 or bool(seat.invited_by) or bool(_filler(seat))


def _surely(seat: SeatRule) -> bool:
    return not _may_be_empty(seat)


def _filler(seat: SeatRule) -> str | None:
    return seat.invited_by or seat.agreed_by or seat.chosen_by


def _filled_without(seat: SeatRule, body: BodyRules) -> bool:
    """Whether somebody else than the body or its members together fills the seat."""
    filler = _filler(seat)
    return filler is not None and filler not in (body.name, "members", "body")


def _anybody_else(body: BodyRules) -> bool:
    """Whether members may join by somebody else's agreement."""
    return any(m.joins and m.agreed_by not in (body.name, "members", "body") for m in body.membership)


def _with(body: BodyRules, keeps: Callable[[SeatRule], bool]) -> BodyRules:
    """The body when just these of its voting seats are filled, as far as they may be."""
    return replace(body, seats=tuple(_filled(body, keeps)))


def _filled(body: BodyRules, keeps: Callable[[SeatRule], bool]) -> Iterator[SeatRule]:
    for seat in body.seats:
        if seat.role != "voting":
            yield seat
        elif keeps(seat):
            yield replace(seat, low=_size(seat), optional=False)


def _reached(
    context: Context, rules: Rules, body: BodyRules, keeps: Callable[[SeatRule], bool]
) -> bool | str:
    """Whether some attendance is quorate when just these seats are filled: everybody's, or else any, by
    solver and count."""
    left = _with(body, keeps)
    if _all_are_enough(rules, left):
        return True
    if not left.voting:
        return False
    seats = electorate(rules, left)
    return context.shared(
        ("within reach", seats.shape, rules.reading["rounding"]), partial(_asked, context, rules, seats)
    )


def _all_are_enough(rules: Rules, body: BodyRules) -> bool:
    """Whether all who sit on the body, so filled, are quorate together; the judge says so."""
    own = replace(rules, bodies={body.name: body})
    present = tuple(places(body, counted_roles(body)))
    return quorate(own, Gathering(body=body.name, present=present))


def _size(seat: SeatRule) -> int:
    return MANY if seat.high is None else seat.high


def _asked(context: Context, rules: Rules, seats: Electorate) -> bool | str:
    answer = reachable(rules, seats, effort=context.effort, beside=context.numbers)
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    closed = fewest_quorate(rules, seats)
    if closed is not None and (closed == ()) != (answer.verdict is Verdict.FAILS):
        return "the solver and the closed form disagree"
    return answer.verdict is Verdict.HOLDS


def _finding(context: Context, name: str, asked: Asked[Resting]) -> Finding | None:
    reading, readings, base = asked.where(context)
    resting = next(found for r, found in asked.found if r == reading)
    level: Level | None = lowered("error", base)
    if resting.open and level == "error":
        level = "warning"
    if level is None:
        return None
    rules = context.rules(reading)
    body = rules.bodies[name]
    left = _with(body, _surely)
    if _all_are_enough(rules, left):
        return None
    everyone = places(left)
    own = clauses_of(*body.quorum)
    needed = _needed(context, rules, body, resting)
    who = clauses_of(*needed)
    fill = (
        "The text does not say who could fill them without a meeting of the body."
        if resting.open
        else f"Only the {body.title} itself can fill them, and it cannot decide anything."
    )
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=(*own, *(c for c in who if c not in own)),
        subject=name,
        message=f"the {body.title} cannot be quorate unless seats are filled that may be empty",
        mark=body.quorum[0].mark,
        story=(
            f"The seats of clause {' and '.join(who)} are empty: nobody was found, or the term has ended.",
            f"All others come to a meeting of the {body.title}: {len(everyone)} in all.",
            f"Clause {' and '.join(own)} is not met, however many of them come.",
            fill,
        ),
        told_in=reading,
        help="Let the others meet without them, or say who fills the seats when there is no quorum.",
        readings=readings,
        in_base=base,
        evidence={"empty": [s.name for s in resting.seats], "would_do": [s.name for s in needed]},
    )


def _needed(context: Context, rules: Rules, body: BodyRules, resting: Resting) -> tuple[SeatRule, ...]:
    """Those seats of which any one kind alone would bring the quorum within reach; all, if none does."""
    alone = tuple(
        seat
        for seat in resting.seats
        if _reached(context, rules, body, lambda s, one=seat: _surely(s) or s is one) is True  # type: ignore[misc]
    )
    return alone or resting.seats


CHECK = Check(ID, NAME, run)
