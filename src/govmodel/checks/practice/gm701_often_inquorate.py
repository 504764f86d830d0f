"""GM701: a body whose meetings often have no quorum, if people behave as a scenario says."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.practice.asking import finding, not_run, percent, practised
from govmodel.model.finding import CheckResult, Finding

ID, NAME = "GM701", "often inquorate body"

OFTEN = 0.10
"""One meeting in ten."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    ran = practised(context)
    for body in ran.bodies() if ran else ():
        if not body.quorum or ran is None:
            continue
        asked += 1
        share = ran.figure(body, "inquorate meetings")
        if share.value is None or share.low is None or share.high is None or share.low < OFTEN:
            continue
        findings.append(
            finding(
                context,
                ran,
                (ID, NAME),
                "warning",
                body,
                body.quorum,
                f"{percent(share.value)} of the meetings of the {body.title} have no quorum",
                (f"Between {percent(share.low)} and {percent(share.high)} of its meetings fail (95 %).",),
                "Lower the quorum, or let stand-ins count towards it.",
                {"share": share.value, "low": share.low, "high": share.high, "method": share.method},
            )
        )
    return result(ID, findings, not_run(context, ID), asked)


CHECK = Check(ID, NAME, run)
