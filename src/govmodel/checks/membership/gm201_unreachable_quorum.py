"""GM201: a quorum that full attendance does not reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from govmodel.checks.bodies import (
    at_its_most,
    electorate_of,
    filled,
    meeting_bodies,
    quorum_rules,
    regardless_of_chairs,
)
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import fewest
from govmodel.checks.spaces import of_kind, quorum_space
from govmodel.checks.stories import plural
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, CapRule, InquorateRule, QuorumRule, Reading, Rule, Rules, SeatRule
from govmodel.model.verdict import Gathering, Verdict
from govmodel.reading import Readings
from govmodel.semantics import meeting as judge
from govmodel.semantics.counting import NotCountable, places
from govmodel.smt.questions.meetings import reachable
from govmodel.words import text

ID, NAME = "GM201", "unreachable quorum"


def run(context: Context) -> CheckResult:
    findings, undecided, asked = [], [], 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name)
        failing, why, number = _failing(context, body.name, space, _as_stated)
        if failing and any(_open(rule) for rule in context.rulebook.rules if _seat_of(body.name, rule)):
            kinds = of_kind(SeatRule, CapRule, QuorumRule, InquorateRule)
            space = context.space(kinds, "rounding", body=body.name)
            failing, why, more = _failing(context, body.name, space, _as_stated, partial(filled, context))
            number += more
        asked += number
        if why:
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
        if not failing:
            continue
        rules = context.rules(failing[0])
        own = rules.bodies[body.name]
        level = lowered("error", in_base(context, failing))
        if level is None:
            continue
        size = electorate_of(context, rules, filled(context, own)).size
        clauses = clauses_of(*quorum_rules(own))
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=clauses,
                subject=body.name,
                message=f"the {own.title} can never be quorate, not even with all "
                f"{plural(size, 'voting seat')} filled",
                mark=own.quorum[0].mark,
                story=(
                    f"Everybody who has a voting seat comes to a meeting of the {own.title}: {size} in all.",
                    *_not_met(context, rules, own, clauses),
                ),
                help="Lower the quorum, or state it as a share of the members there are.",
                readings=holding(space, failing),
                in_base=in_base(context, failing),
                evidence={"voting_seats": size},
            )
        )
    return result(ID, findings, undecided, asked)


def _not_met(context: Context, rules: Rules, body: BodyRules, clauses: tuple[str, ...]) -> tuple[str, ...]:
    """Which quorums full attendance does not meet, and what follows."""
    most, own = at_its_most(context, rules, body.name)
    everybody = Gathering(body=body.name, present=tuple(places(own, judge.counted_roles(own))))
    quorums = [q for sitting in judge.sittings(own) for q in sitting]
    missed = [q for q in quorums if not judge.met(most, everybody, (q,))] or quorums
    deciding = all(q.gates == "decision" for q in missed)
    ends = "nothing can be decided" if deciding else "no meeting can be held"
    unmet = clauses_of(*missed)
    says = text.capital(text.clause(unmet, "is", "are"))
    if unmet == clauses:
        return (f"{says} not met: {ends}.",)
    return f"{says} not met.", f"Nor does a smaller meeting meet {text.clause(clauses)} together: {ends}."


def _failing(
    context: Context, name: str, space: Readings, *sizes: Callable[[BodyRules], BodyRules]
) -> tuple[list[Reading], str, int]:
    """The readings under which no size of the body reaches its quorum, why some were not decided, and how
    many questions were asked."""
    failing: list[Reading] = []
    why, asked = "", 0
    for reading, rules, own in context.under(space, name):
        if not own.quorum:
            continue
        asked += 1
        answers = [_unreachable(context, rules, size(own)) for size in sizes]
        why = next((a for a in answers if isinstance(a, str)), why)
        if all(a is True for a in answers):
            failing.append(reading)
    return failing, why, asked


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


def _seat_of(body: str, rule: Rule) -> bool:
    return isinstance(rule, SeatRule) and rule.body == body and rule.role == "voting"


def _open(rule: Rule) -> bool:
    """Whether the text leaves the number of these seats open."""
    return isinstance(rule, SeatRule) and (rule.optional or rule.high != rule.low)


def _as_stated(body: BodyRules) -> BodyRules:
    return body


CHECK = Check(ID, NAME, run)
