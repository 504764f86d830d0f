"""GM102: a duty that cannot be kept in circumstances that nobody chooses."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.norms.duties import run_for
from govmodel.model.finding import CheckResult

ID, NAME = "GM102", "unkeepable duty"


def run(context: Context) -> CheckResult:
    return run_for(
        context,
        ID,
        NAME,
        level="warning",
        wanted=lambda clauses: len(clauses) == 1,
        says=lambda clauses: f"what clause {clauses[0]} asks for cannot always be done",
        help="Except the case, or say what is to be done instead.",
    )


CHECK = Check(ID, NAME, run)
