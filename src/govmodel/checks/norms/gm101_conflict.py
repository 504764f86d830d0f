"""GM101: duties of several clauses that cannot all be kept."""

from __future__ import annotations

from govmodel.checks.context import Check, Context, result
from govmodel.checks.norms.asking import ask_conflicts, kinds
from govmodel.checks.norms.telling import blocked_finding
from govmodel.model.finding import CheckResult, Undecided
from govmodel.model.verdict import Verdict

ID, NAME = "GM101", "conflict"


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
        if answer.why:
            undecided.append(Undecided(check=ID, subject=str(kind), why=answer.why))
        for blocked in answer.blocked:
            if len(blocked.clauses) < 2 or blocked.clauses in seen:
                continue
            seen.add(blocked.clauses)
            findings.append(
                blocked_finding(
                    context,
                    kind,
                    blocked,
                    check=ID,
                    name=NAME,
                    level="error",
                    message=f"clauses {' and '.join(blocked.clauses)} cannot all be kept in the same case",
                    help="Say which of them gives way, or except the case from one of them.",
                )
            )
    return result(ID, [f for f in findings if f is not None], undecided, len(asked))


CHECK = Check(ID, NAME, run)
