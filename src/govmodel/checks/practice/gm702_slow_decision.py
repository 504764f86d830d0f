"""GM702: a body whose business waits long for a decision, if people behave as a scenario says."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.practice.asking import finding, not_run, practised
from govmodel.model.finding import CheckResult, Finding

ID, NAME = "GM702", "slow decision"

SLOW = 60
"""Days on average from the meeting that first has an item to its decision."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    ran = practised(context)
    for body in ran.bodies() if ran else ():
        if ran is None or not body.rules.meetings:
            continue
        asked += 1
        days = ran.figure(body, "time to decision")
        if days.value is None or days.low is None or days.high is None or days.low < SLOW:
            continue
        findings.append(
            finding(
                context,
                ran,
                (ID, NAME),
                "note",
                body,
                (*body.rules.meetings, *body.quorum),
                f"an item before the {body.title} takes {days.value:.0f} days to be decided, on average",
                (f"It takes between {days.low:.0f} and {days.high:.0f} days from its first meeting (95 %).",),
                "Meet more often, or say what may be decided between meetings and by whom.",
                {"days": days.value, "low": days.low, "high": days.high, "method": days.method},
            )
        )
    return result(ID, findings, not_run(context, ID), asked)


CHECK = Check(ID, NAME, run)
