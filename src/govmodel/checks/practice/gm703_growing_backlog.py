"""GM703: a body whose open business grows year by year, if people behave as a scenario says."""

from __future__ import annotations

from math import sqrt

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.practice.asking import REPLICATIONS, YEARS, finding, not_run, practised
from govmodel.model.finding import CheckResult, Finding
from govmodel.sim.arrays import Whole
from govmodel.sim.estimates import mean

ID, NAME = "GM703", "growing backlog"

GROWTH = 1.5
"""Twice the years leave open at least so many times as much."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    ran, longer = practised(context), practised(context, 2 * YEARS)
    for body in ran.bodies() if ran and longer else ():
        if ran is None or longer is None:
            continue
        asked += 1
        before = ran.tallies.of(body.number, "pending")
        after = longer.tallies.of(body.number, "pending")
        first, second = float(before.mean()), float(after.mean())
        if second < 1 or not body.agenda.per_meeting:
            continue
        # Larger than it could be by chance: three standard errors.
        spread = 3 * sqrt((float(after.var(ddof=1)) + GROWTH**2 * float(before.var(ddof=1))) / REPLICATIONS)
        if second - GROWTH * first < spread:
            continue
        findings.append(
            finding(
                context,
                ran,
                (ID, NAME),
                "warning",
                body,
                (*body.quorum, *body.rules.decisions, *body.rules.meetings),
                f"the business that the {body.title} leaves open grows from {first:.0f} items after "
                f"{YEARS} years to {second:.0f} after {2 * YEARS}",
                (
                    f"On average {_average(before)} items are open after {YEARS} years, and "
                    f"{_average(after)} after {2 * YEARS} (95 %).",
                ),
                "Say what becomes of an item that cannot be decided, and lower what a decision needs.",
                {"after": {str(YEARS): first, str(2 * YEARS): second}},
                f"{YEARS} and {2 * YEARS}",
            )
        )
    return result(ID, findings, not_run(context, ID), asked)


def _average(open_: Whole) -> str:
    """With its interval."""
    found = mean("open", open_, 1, "items")
    return f"{found.value:.1f} ({found.low:.1f} to {found.high:.1f})"


CHECK = Check(ID, NAME, run)
