"""GM101: duties of several clauses that cannot all be kept."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.norms.duties import run_for
from govmodel.model.finding import CheckResult
from govmodel.words import text

ID, NAME = "GM101", "conflict"


def run(context: Context) -> CheckResult:
    return run_for(
        context,
        ID,
        NAME,
        level="error",
        wanted=lambda clauses: len(clauses) > 1,
        says=lambda clauses: f"{text.clause(clauses)} cannot all be kept in the same case",
        help="Say which of them gives way, or except the case from one of them.",
    )


CHECK = Check(ID, NAME, run)
