"""GM104: a permission that another clause takes back in part."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.norms.permissions import run_for
from govmodel.model.finding import CheckResult

ID, NAME = "GM104", "narrowed permission"


def run(context: Context) -> CheckResult:
    return run_for(context, ID, NAME, hollow=False)


CHECK = Check(ID, NAME, run)
