"""GM205: a body that decides without a stated quorum."""

from __future__ import annotations

from govmodel.checks.context import (
    Check,
    Context,
    clauses_of,
    holding,
    in_base,
    lowered,
    meeting_bodies,
    of_body,
    result,
)
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import DecisionRule, QuorumRule

ID, NAME = "GM205", "missing quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    for body in meeting_bodies(context):
        space = context.space(of_body(body.name, QuorumRule, DecisionRule))
        failing = []
        for reading in space.all:
            own = context.rules(reading).bodies.get(body.name)
            if own is None:
                continue
            asked += 1
            if own.decisions and not own.quorum:
                failing.append(reading)
        if not failing:
            continue
        base = in_base(context, failing)
        level = lowered("error", base)
        if level is None:
            continue
        own = context.rules(failing[0]).bodies[body.name]
        clauses = clauses_of(*own.decisions)
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=clauses,
                subject=body.name,
                message=f"the {own.title} decides, and nothing says how many must be there",
                mark=own.decisions[0].mark,
                story=(
                    f"One member comes to a meeting of the {own.title}. Nothing says that this is none.",
                    f"What that member decides under clause {' and '.join(clauses)} is a decision of all.",
                ),
                help="State a quorum.",
                readings=holding(space, failing),
                in_base=base,
            )
        )
    return result(ID, findings, (), asked)


CHECK = Check(ID, NAME, run)
