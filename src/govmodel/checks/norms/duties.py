"""Conflicts and unkeepable duties: one question, two findings."""

from __future__ import annotations

from collections.abc import Callable

from govmodel.checks.context import Context
from govmodel.checks.findings import result
from govmodel.checks.norms.asking import ask_conflicts, kinds, left_out
from govmodel.checks.norms.telling import blocked_finding
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.verdict import Verdict


def run_for(
    context: Context,
    check: str,
    name: str,
    *,
    level: Level,
    wanted: Callable[[tuple[str, ...]], bool],
    says: Callable[[tuple[str, ...]], str],
    help: str,
) -> CheckResult:
    """The findings of one of the two checks over every kind of case; `wanted` clause sets only."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = kinds(context)
    seen: set[tuple[str, ...]] = set()
    for kind in asked:
        undecided.extend(left_out(context, kind, check))
        answer = ask_conflicts(context, kind)
        if isinstance(answer, str):
            undecided.append(Undecided(check=check, subject=str(kind), why=answer))
            continue
        if answer.verdict is Verdict.UNKNOWN or answer.why:
            undecided.append(Undecided(check=check, subject=str(kind), why=answer.why))
        for blocked in answer.blocked:
            if not wanted(blocked.clauses) or blocked.clauses in seen:
                continue
            seen.add(blocked.clauses)
            made = blocked_finding(
                context,
                kind,
                blocked,
                check=check,
                name=name,
                level=level,
                message=says(blocked.clauses),
                help=help,
            )
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(made)
    return result(check, findings, undecided, len(asked))
