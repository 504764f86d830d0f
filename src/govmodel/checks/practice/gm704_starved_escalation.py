"""GM704: business that is passed on and that nobody settles, if people behave as a scenario says."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.practice.asking import finding, not_run, percent, practised
from govmodel.model.finding import CheckResult, Finding
from govmodel.sim.estimates import share as share_of

ID, NAME = "GM704", "starved escalation"

MANY = 0.5
"""Every second item that is passed on."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    ran = practised(context)
    for body in ran.bodies() if ran else ():
        receivers = dict.fromkeys(
            step.name for matter in body.matters for _, steps in matter.chains for step in steps
        )
        if ran is None or not receivers:
            continue
        asked += 1
        passed, stuck = (ran.tallies.of(body.number, name) for name in ("escalated", "stuck"))
        share = share_of("settled by nobody", stuck, passed)
        if share.value is None or share.low is None or share.high is None or share.low < MANY:
            continue
        routes = [
            route
            for route in ran.plan.rules.routes
            if route.verb == "escalates_to" and receivers.keys() & set(route.whom)
        ]
        findings.append(
            finding(
                context,
                ran,
                (ID, NAME),
                "warning",
                body,
                routes,
                f"{percent(share.value)} of what the {body.title} passes on is settled by nobody",
                (
                    f"It goes to {', '.join(step.replace('-', ' ') for step in receivers)}, and between "
                    f"{percent(share.low)} and {percent(share.high)} of it comes to nothing (95 %).",
                ),
                "End the ladder with somebody who has the last word.",
                {"share": share.value, "low": share.low, "high": share.high, "method": share.method},
            )
        )
    return result(ID, findings, not_run(context, ID), asked)


CHECK = Check(ID, NAME, run)
