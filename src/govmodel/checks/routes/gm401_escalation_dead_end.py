"""GM401: an escalation that ends where nobody can settle it."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import (
    Told,
    matter_title,
    passed,
    run_routes,
    says,
    seen_of_escalations,
    who,
)
from govmodel.checks.stories import next_meeting, on
from govmodel.graph.asked import Asked
from govmodel.graph.escalations import SETTLING, dead_ends
from govmodel.model.finding import CheckResult, Level
from govmodel.model.rules import DecisionRule, MatterRule, Rules
from govmodel.words.text import capital

ID, NAME = "GM401", "escalation dead end"


def run(context: Context) -> CheckResult:
    about = (DecisionRule, MatterRule)
    return run_routes(
        context,
        ID,
        NAME,
        dead_ends,
        _tell,
        lambda rule: isinstance(rule, about),
        seen_of_escalations,
        SETTLING,
    )


def _tell(context: Context, rules: Rules, asked: Asked) -> Told:
    matter = matter_title(rules, asked.subject)
    first, last = asked.path.steps[0], asked.path.steps[-1]
    steps = [passed(rules, a, b, c) for a, _, b, c in asked.path.steps if b != "nobody"]
    levels: dict[str, Level] = {
        "no-receiver": "warning",
        "no-power": "error",
        "hears-only": "error",
        "silent": "note",
    }
    if asked.reason == "no-receiver":
        message = f"{matter} is to be escalated by {who(rules, first[0])}, and the text does not say to whom"
        end = "It has to go up, and no receiver is named: it stays where it is."
    elif asked.reason == "silent":
        message = f"the text does not say that {who(rules, last[2])} may settle {matter}"
        end = f"{capital(who(rules, last[2]))} is constituted elsewhere; this text is silent on its powers."
    else:
        message = f"{matter} ends with {who(rules, last[2])}, which has no power to settle it"
        end = f"{capital(who(rules, last[2]))} may not settle it and passes it on no further."
    return Told(
        message=message,
        story=(
            f"On {on(next_meeting(context))} there is {matter}.",
            *says(context, asked.clauses),
            *steps,
            end,
        ),
        help="Name who settles it in the end.",
        level=levels[asked.reason],
        evidence={},
    )


CHECK = Check(ID, NAME, run)
