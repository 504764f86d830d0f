"""GM407: one sender reports on one matter to two receivers."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, run_routes, says, who
from govmodel.graph.asked import Asked
from govmodel.graph.lines import double_lines
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rules

ID, NAME = "GM407", "double reporting line"


def run(context: Context) -> CheckResult:
    return run_routes(context, ID, NAME, double_lines, _tell, verbs=("reports_to",))


def _tell(context: Context, rules: Rules, asked: Asked) -> Told | None:
    if asked.reason == "one-clause":
        return None  # one provision that names both receivers means it
    steps = asked.path.steps
    return Told(
        message=f"{who(rules, steps[0][0])} reports on one matter to {who(rules, steps[0][2])} "
        f"and to {who(rules, steps[1][2])}",
        story=(
            *says(context, asked.clauses),
            "Two clauses, two receivers: neither says which of the reports counts.",
        ),
        help="Say which report goes to whom, or that both are meant.",
        level="note",
        evidence={},
    )


CHECK = Check(ID, NAME, run)
