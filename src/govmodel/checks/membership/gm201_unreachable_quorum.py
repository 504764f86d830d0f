"""GM201: a quorum that full attendance does not reach."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import (
    Check,
    Context,
    clauses_of,
    electorate_of,
    holding,
    in_base,
    lowered,
    meeting_bodies,
    plural,
    quorum_space,
    result,
)
from govmodel.exact.coalitions import fewest_quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.verdict import Verdict
from govmodel.semantics.counting import NotCountable
from govmodel.smt.questions.meetings import reachable

ID, NAME = "GM201", "unreachable quorum"


def run(context: Context) -> CheckResult:
    findings, undecided, asked = [], [], 0
    for body in meeting_bodies(context.rules()):
        space = quorum_space(context, body.name)
        failing, why = [], ""
        for reading in space.all:
            rules = context.rules(reading)
            own = rules.bodies[body.name]
            if not own.quorum:
                continue
            asked += 1
            seats = electorate_of(context, rules, own)
            try:
                closed = fewest_quorate(rules, seats)
                ask = partial(reachable, rules, seats, effort=context.effort)
                answer = context.once("reachable", rules, seats, ask)
            except NotCountable as error:
                why = str(error)
                continue
            if answer.verdict is Verdict.UNKNOWN:
                why = answer.why
            elif closed is not None and (answer.verdict is Verdict.FAILS) != (closed == ()):
                why = "the solver and the closed form disagree"
            elif answer.verdict is Verdict.FAILS:
                failing.append(reading)
        if why:
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
        if not failing:
            continue
        rules = context.rules(failing[0])
        own = rules.bodies[body.name]
        level = lowered("error", in_base(context, failing))
        if level is None:
            continue
        size = electorate_of(context, rules, own).size
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=clauses_of(*own.quorum),
                subject=body.name,
                message=f"the {own.title} can never be quorate, not even with all "
                f"{plural(size, 'voting seat')} filled",
                mark=own.quorum[0].mark,
                story=(
                    f"Everybody who has a voting seat comes to a meeting of the {own.title}: {size} in all.",
                    f"Clause {' and '.join(clauses_of(*own.quorum))} is not met: no meeting can be held.",
                ),
                help="Lower the quorum, or state it as a share of the members there are.",
                readings=holding(space, failing),
                in_base=in_base(context, failing),
                evidence={"voting_seats": size},
            )
        )
    return result(ID, findings, undecided, asked)


CHECK = Check(ID, NAME, run)
