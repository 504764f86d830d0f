"""GM205: a body that decides without a stated quorum."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import of_kind
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import BodyRules, DecisionRule, QuorumRule, Rules
from govmodel.semantics.deciding import at_meetings, rules_for
from govmodel.words import text

ID, NAME = "GM205", "missing quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    for body in meeting_bodies(context):
        space = context.space(of_kind(QuorumRule, DecisionRule), *_leans(body), body=body.name)
        failing = []
        for reading, rules, own in context.under(space, body.name):
            asked += 1
            if not own.quorum and _by_few(rules, own):
                failing.append(reading)
        if not failing:
            continue
        base = in_base(context, failing)
        level = lowered("error", base)
        if level is None:
            continue
        own = context.rules(failing[0]).bodies[body.name]
        decisions = [d for d in _at_meetings(own) if d.carried is not None or d.equal_votes is None]
        clauses = clauses_of(*decisions)
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=clauses,
                subject=body.name,
                message=f"the {own.title} decides, and nothing says how many must be there",
                mark=decisions[0].mark,
                story=(
                    f"One member comes to a meeting of the {own.title}. Nothing says that this is none.",
                    f"What that member decides under {text.clause(clauses)} is a decision of all.",
                ),
                help="State a quorum.",
                readings=holding(space, failing),
                in_base=base,
            )
        )
    return result(ID, findings, (), asked)


def _leans(body: BodyRules) -> tuple[str, ...]:
    """The built-in reading on which a majority without a base depends."""
    open_base = any(d.carried is not None and d.carried.base is None for d in body.decisions)
    return ("base-of-a-majority",) if open_base else ()


def _by_few(rules: Rules, body: BodyRules) -> bool:
    """Whether few could decide something: a share of all members, or a number of them, is as good as a
    quorum for what it carries."""
    decisions = _at_meetings(body)
    matters = dict.fromkeys(("any", *(m for d in decisions for m in d.matters)))
    return bool(decisions) and any(_few_carry(rules, rules_for(body, matter)) for matter in matters)


def _at_meetings(body: BodyRules) -> list[DecisionRule]:
    """How meetings of a body decide: what is decided in writing only needs nobody to come."""
    return [d for d in body.decisions if at_meetings(d)]


def _few_carry(rules: Rules, found: Sequence[DecisionRule]) -> bool:
    """Whether few could, in all but special cases."""
    if found and found[-1].when is not None:
        return False  # it takes a case, which is as good as a quorum where it asks for heads
    carried = found[-1].carried if found else None
    if carried is None or carried.kind not in ("share", "all", "count"):
        return True
    base = carried.base or rules.reading["base-of-a-majority"]
    return carried.kind != "count" and base not in ("seats", "members")


CHECK = Check(ID, NAME, run)
