"""GM102: a duty that cannot be kept in circumstances that nobody chooses."""

from __future__ import annotations

from govmodel.checks.context import Check, Context, result
from govmodel.checks.norms.asking import ask_conflicts, kinds
from govmodel.checks.norms.telling import blocked_finding
from govmodel.model.finding import CheckResult, Undecided
from govmodel.model.verdict import Verdict

ID, NAME = "GM102", "unkeepable duty"


def run(context: Context) -> CheckResult:
    findings, undecided = [], []
    asked = kinds(context)
    seen: set[tuple[str, ...]] = set()
    for kind in asked:
        answer = ask_conflicts(context, kind)
        if isinstance(answer, str) or answer.verdict is Verdict.UNKNOWN:
            why = answer if isinstance(answer, str) else answer.why
            undecided.append(Undecided(check=ID, subject=str(kind), why=why))
            continue
        for blocked in answer.blocked:
            if len(blocked.clauses) != 1 or blocked.clauses in seen:
                continue
            seen.add(blocked.clauses)
            findings.append(
                blocked_finding(
                    context,
                    kind,
                    blocked,
                    check=ID,
                    name=NAME,
                    level="warning",
                    message=f"what clause {blocked.clauses[0]} asks for cannot be done in every case",
                    help="Except the case, or say what is to be done instead.",
                )
            )
    return result(ID, [f for f in findings if f is not None], undecided, len(asked))


CHECK = Check(ID, NAME, run)
