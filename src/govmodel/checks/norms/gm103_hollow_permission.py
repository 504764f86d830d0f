"""GM103: a permission that can never lawfully be used."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.norms.permissions import run_for
from govmodel.model.finding import CheckResult

ID, NAME = "GM103", "hollow permission"


def run(context: Context) -> CheckResult:
    return run_for(context, ID, NAME, hollow=True)


CHECK = Check(ID, NAME, run)
