"""GM201: a quorum that full attendance does not reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from govmodel.checks.bodies import (
    at_its_most,
    electorate_of,
    filled,
    meeting_bodies,
    regardless_of_chairs,
)
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import cited, fewest, unmet
from govmodel.checks.spaces import of_kind, quorum_space
from govmodel.checks.stories import plural
from govmodel.dataclass import replace
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, CapRule, InquorateRule, QuorumRule, Reading, Rules, SeatRule
from govmodel.model.verdict import Gathering, Verdict
from govmodel.reading import Readings
from govmodel.semantics import meeting as judge
from govmodel.semantics.counting import NotCountable, places
from govmodel.smt.questions.meetings import reachable
from govmodel.words import text

ID, NAME = "GM201", "unreachable quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: dict[Undecided, None] = {}
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name)
        never = _failing(context, body.name, space, _as_stated)
        called = _failing(context, body.name, space, _as_called)
        if (never.rows or called.rows) and _may_be_more(context, body.name):
            kinds = of_kind(SeatRule, CapRule, QuorumRule, InquorateRule)
            space = context.space(kinds, "rounding", body=body.name)
            never = _failing(context, body.name, space, _as_stated, at_most=True)
            called = _failing(context, body.name, space, _as_called, at_most=True)
        asked += never.asked + called.asked
        for why in (never.why, called.why):
            if why:
                undecided[Undecided(check=ID, subject=body.name, why=why)] = None
        only_again = [reading for reading in called.rows if reading not in never.rows]
        for make, failing in ((_never, never.rows), (_as_called_never, only_again)):
            made = make(context, body.name, space, failing) if failing else None
            findings += [made] if isinstance(made, Finding) else []
            undecided |= {made: None} if isinstance(made, Undecided) else {}
    return result(ID, findings, undecided, asked)


def _never(context: Context, name: str, space: Readings, failing: list[Reading]) -> Finding | None:
    """No meeting is ever quorate."""
    level = lowered("error", in_base(context, failing))
    if level is None:
        return None
    rules = context.rules(failing[0])
    own = rules.bodies[name]
    size = sum(electorate_of(context, rules, filled(context, own)).full)
    most, whole = at_its_most(context, rules, name)
    stands = partial(_surely_unreachable, context, rules)
    missed = unmet(most, whole)
    clauses = clauses_of(*cited(own, missed, stands))
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses,
        subject=name,
        message=f"the {own.title} can never be quorate, not even with all {_whom(own, size)} filled",
        mark=missed[0].mark,
        story=(
            _everybody(own, size),
            *_not_met(context, rules, own, clauses),
        ),
        help="Lower the quorum, or state it as a share of the members there are.",
        readings=holding(space, failing),
        in_base=in_base(context, failing),
        evidence={"voting_seats": size},
    )


def _as_called_never(
    context: Context, name: str, space: Readings, failing: list[Reading]
) -> Finding | Undecided | None:
    """No meeting is quorate as it is called; one that was adjourned may be, or it goes on without."""
    rules = context.rules(failing[0])
    own = rules.bodies[name]
    after = [i for i in own.inquorate if i.when != "lost" and (i.then == "continue" or i.second_quorum)]
    goes_on = any(i.then == "continue" for i in after)
    level = lowered("note" if goes_on else "warning", in_base(context, failing))
    if level is None:
        return None
    most, everybody = _all_there(context, rules, name)
    if judge.met(most, everybody, own.quorum):
        why = "the judge does not confirm that full attendance is no quorum"
        return Undecided(check=ID, subject=name, why=why)
    size = sum(electorate_of(context, rules, filled(context, own)).full)
    quorum, then = text.clause(clauses_of(*own.quorum), "is", "are"), text.clause(clauses_of(*after))
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses_of(*own.quorum, *after),
        subject=f"{name}/as-called",
        message=f"no meeting of the {own.title} can be quorate as it is called, not even with all "
        f"{_whom(own, size)} filled, "
        + ("and goes on all the same" if goes_on else "but only when it was adjourned"),
        mark=own.quorum[0].mark,
        story=(
            _everybody(own, size),
            f"{text.capital(quorum)} not met.",
            f"By {then} the meeting goes on without a quorum: the quorum changes nothing."
            if goes_on
            else f"Only a meeting after that one can be held, by {then}: whatever is decided waits for it.",
        ),
        help="Lower the quorum of the first meeting, or strike it out.",
        readings=holding(space, failing),
        in_base=in_base(context, failing),
        evidence={"voting_seats": size, "goes_on": goes_on},
    )


def _whom(body: BodyRules, size: int) -> str:
    """All seats on which its quorum depends, in words."""
    return plural(size, "voting seat" if judge.counted_roles(body) == ("voting",) else "seat")


def _everybody(body: BodyRules, size: int) -> str:
    has = "has a voting seat" if judge.counted_roles(body) == ("voting",) else "votes or is counted"
    return f"Everybody who {has} comes to a meeting of the {body.title}: {size} in all."


def _all_there(context: Context, rules: Rules, name: str) -> tuple[Rules, Gathering]:
    """Full attendance with as many seats as the text allows."""
    most, own = at_its_most(context, rules, name)
    return most, Gathering(body=name, present=tuple(places(own, judge.counted_roles(own))))


def _not_met(context: Context, rules: Rules, body: BodyRules, clauses: tuple[str, ...]) -> tuple[str, ...]:
    """Which quorums full attendance does not meet, and what follows."""
    most, everybody = _all_there(context, rules, body.name)
    quorums = [q for sitting in judge.sittings(body) for q in sitting]
    missed = [q for q in quorums if not judge.met(most, everybody, (q,))] or quorums
    deciding = all(q.gates == "decision" for q in missed)
    ends = "nothing can be decided" if deciding else "no meeting can be held"
    unmet = clauses_of(*missed)
    says = text.capital(text.clause(unmet, "is", "are"))
    if unmet == clauses:
        return (f"{says} not met: {ends}.",)
    return f"{says} not met.", f"Nor does a smaller meeting meet {text.clause(clauses)} together: {ends}."


class _Failing(NamedTuple):
    """The readings under which no size of the body reaches its quorum, why some were not decided, and how
    many questions were asked."""

    rows: list[Reading]
    why: str
    asked: int


def _failing(
    context: Context, name: str, space: Readings, as_it: Callable[[BodyRules], BodyRules | None],
    *, at_most: bool = False,
) -> _Failing:  # fmt: skip
    """Of the body `as_it` is looked at, None: not at all. `at_most`: also with as many as may sit there."""
    failing: list[Reading] = []
    why, asked = "", 0
    for reading, rules, whole in context.under(space, name):
        own = as_it(whole)
        if own is None:
            continue
        asked += 1
        sizes = (own, filled(context, own)) if at_most else (own,)
        answers = [_unreachable(context, rules, sized) for sized in sizes]
        why = next((a for a in answers if isinstance(a, str)), why)
        if all(a is True for a in answers):
            failing.append(reading)
    return _Failing(failing, why, asked)


def _unreachable(context: Context, rules: Rules, body: BodyRules) -> bool | str:
    """Whether full attendance is not quorate, by solver and closed form; a text: undecided."""
    seats = regardless_of_chairs(context, rules, body)
    try:
        closed = fewest(context, rules, seats)
        ask = partial(reachable, rules, seats, effort=context.effort, beside=context.numbers, fewest=False)
        answer = context.counted("reachable", rules, seats, ask)
    except NotCountable as error:
        return str(error)
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if closed is not None and (answer.verdict is Verdict.FAILS) != (closed == ()):
        return "the solver and the closed form disagree"
    return answer.verdict is Verdict.FAILS


def _surely_unreachable(context: Context, rules: Rules, body: BodyRules) -> bool:
    return all(_unreachable(context, rules, size) is True for size in (body, filled(context, body)))


def _may_be_more(context: Context, body: str) -> bool:
    """Whether the text leaves the number open of seats that vote or that a quorum counts."""
    rules = context.of_body(body)
    counted = {role for rule in rules if isinstance(rule, QuorumRule) for role in rule.counts} | {"voting"}
    seats = [r for r in rules if isinstance(r, SeatRule) and r.role in counted]
    return any(seat.optional or seat.high != seat.low for seat in seats)


def _as_stated(body: BodyRules) -> BodyRules | None:
    return body if body.quorum else None


def _as_called(body: BodyRules) -> BodyRules | None:
    """The body without what it may do where its quorum was not reached; None: it may do nothing."""
    return replace(body, inquorate=()) if len(judge.sittings(body)) > 1 else None


CHECK = Check(ID, NAME, run)
