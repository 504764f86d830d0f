"""GM705: a body without a quorate meeting at which to do what falls due, if few come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod

from govmodel.calendar import add_months
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.practice.asking import finding, not_run, percent, practised
from govmodel.checks.practice.quorate import inquorate
from govmodel.dataclass import dataclass
from govmodel.model.expressions import Frequency
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import Rule, Rules
from govmodel.sim import Plan
from govmodel.sim.plan import BodyPlan

ID, NAME = "GM705", "missed yearly duty"

OFTEN = Fraction(1, 20)
"""One year in twenty."""

DECIDES = frozenset({"considered_by", "agreed_by", "approved_by", "reviewed_by"})
"""Steps of a paper that a body takes at a meeting."""

ACTS = frozenset({"decides", "approves", "determines", "appoints", "admits", "creates"})
"""What a body does at a meeting."""

MONTHS: Mapping[str, int] = {"quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due at a body every so many months."""

    rule: Rule
    months: int


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    ran = practised(context)
    for body in ran.bodies() if ran else ():
        if ran is None:
            continue
        duties = list(_duties(ran.plan.rules, body.name))
        fails = inquorate(ran.plan, body) if duties and body.quorum and body.gates else None
        if fails is None:
            continue
        asked += 1
        missed = {due: _missed(ran.plan, body, fails, due.months) for due in duties}
        often = [due for due, share in missed.items() if share >= OFTEN]
        if not often:
            continue
        worst = max(often, key=lambda due: missed[due])
        share = float(missed[worst])
        when = "years" if worst.months == 12 else f"periods of {worst.months} months"
        findings.append(
            finding(
                context, ran, (ID, NAME), "warning", body, [due.rule for due in often],
                f"in {percent(share)} of {when} no meeting of the {body.title} has a quorum, and it "
                "cannot do what then falls due",
                (
                    f"Every meeting of such a time fails. What falls due in it, by clause "
                    f"{' and '.join(worst.rule.clauses)}, is not done.",
                ),
                "Lower the quorum, or let somebody else act where the body cannot.",
                {"share": share, "exact": True},
            )
        )  # fmt: skip
    return result(ID, findings, not_run(context, ID), asked)


def _duties(rules: Rules, body: str) -> Iterator[Due]:
    """What falls due at a body each quarter, each year, or every few of them."""
    for step in rules.steps:
        paper = rules.instruments.get(step.instrument)
        months = _months(step.every or (paper.every if paper else None))
        if months and body in step.whom and step.verb in DECIDES and step.force == "must":
            yield Due(step, months)
    for route in rules.routes:
        months = _months(route.every)
        if months and body in route.who and route.verb in ACTS and route.force == "must":
            yield Due(route, months)


def _months(every: Frequency | None) -> int | None:
    if every is None or every.unit is None or every.unit not in MONTHS or every.times != 1:
        return None
    return MONTHS[every.unit] * every.units


def _missed(whole: Plan, body: BodyPlan, fails: tuple[Fraction, ...], months: int) -> Fraction:
    """The share of the periods in which all meetings of a body fail, of those in which it meets."""
    shares: list[Fraction] = []
    start = whole.first
    while (end := add_months(start, months)) <= whole.until:
        own = [fail for day, fail in zip(body.dates, fails, strict=True) if start <= day < end]
        if own:
            shares.append(prod(own, start=Fraction(1)))
        start = end
    return sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)


CHECK = Check(ID, NAME, run)
