"""GM602: two clauses with one number."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.stories import plural
from govmodel.model.finding import CheckResult, Finding

ID, NAME = "GM602", "repeated clause number"


def run(context: Context) -> CheckResult:
    printed: dict[str, list[str]] = {}
    for clause in context.rulebook.clauses.values():
        if clause.printed:
            printed.setdefault(clause.printed, []).append(clause.ref)
    findings = [
        Finding(
            check=ID,
            name=NAME,
            level="note",
            clauses=tuple(refs),
            subject=number,
            message=f"{plural(len(refs), 'clause')} bear the number {number}",
            mark=context.rulebook.clauses[refs[0]].mark,
            story=(
                f"A minute says that something was done under clause {number}.",
                "It could be: " + "; or: ".join(context.rulebook.clauses[ref].says for ref in refs) + ".",
            ),
            help="Number them anew, and mend what refers to them.",
        )
        for number, refs in printed.items()
        if len(refs) > 1
    ]
    return result(ID, findings, (), len(context.rulebook.clauses))


CHECK = Check(ID, NAME, run)
