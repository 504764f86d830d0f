"""GM607: a clause of the index on which nothing in the model rests, and nobody says why."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.model.finding import CheckResult, Finding
from govmodel.reading import resting

ID, NAME = "GM607", "unread clause"


def run(context: Context) -> CheckResult:
    rulebook = context.rulebook
    rests = resting(rulebook)
    findings = []
    for clause in rulebook.clauses.values():
        if clause.ref in rests or clause.disposition not in (None, "unread"):
            continue
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level="note",
                clauses=(clause.ref,),
                subject=clause.ref,
                message=f"nothing in the model rests on clause {clause.ref}",
                mark=clause.mark,
                story=(
                    f"Clause {clause.ref}: {clause.says}.",
                    "No rule of the model cites it, so no check has read it.",
                ),
                help="Cite it where it is encoded, or say what it is (aspiration, description, …).",
            )
        )
    return result(ID, findings, (), len(rulebook.clauses))


CHECK = Check(ID, NAME, run)
