"""GM402: an escalation that goes round."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, matter_title, passed, run_routes, seen_of_escalations
from govmodel.checks.stories import next_meeting, on
from govmodel.graph.asked import Asked
from govmodel.graph.escalations import SETTLING, cycles
from govmodel.model.finding import CheckResult
from govmodel.model.rules import DecisionRule, MatterRule, Rules

ID, NAME = "GM402", "escalation cycle"


def run(context: Context) -> CheckResult:
    about = (DecisionRule, MatterRule)
    return run_routes(
        context,
        ID,
        NAME,
        cycles,
        _tell,
        lambda rule: isinstance(rule, about),
        seen_of_escalations,
        SETTLING,
    )


def _tell(context: Context, rules: Rules, asked: Asked) -> Told:
    matter = matter_title(rules, asked.subject)
    steps = [passed(rules, a, b, c) for a, _, b, c in asked.path.steps]
    return Told(
        message=f"{matter} is escalated in a circle, and nobody on it may settle the matter",
        story=(
            f"On {on(next_meeting(context))} there is {matter}.",
            *steps,
            "It is back where it began, and nobody on the way may settle it.",
        ),
        help="Give one of them the final word, or name somebody outside the circle.",
        level="error",
        evidence={},
    )


CHECK = Check(ID, NAME, run)
