"""GM607: a clause of the index on which nothing in the model rests, and nobody says why."""

from __future__ import annotations

from govmodel.checks.context import Check, Context, result
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import BodyNameRule, BodyRule, SeatRule

ID, NAME = "GM607", "unread clause"


def run(context: Context) -> CheckResult:
    rulebook = context.rulebook
    cited = {c for r in rulebook.rules if not isinstance(r, (BodyRule, BodyNameRule)) for c in r.clauses}
    cited |= set(rulebook.also_cited)
    # A body with seats is constituted by its clause; one without is a bare name, which says nothing.
    seated = {r.body for r in rulebook.rules if isinstance(r, SeatRule)}
    cited |= {c for r in rulebook.rules if isinstance(r, BodyRule) and r.name in seated for c in r.clauses}
    cited |= {
        again for clause in rulebook.clauses.values() if clause.ref in cited for again in clause.repeats
    }
    findings = []
    for clause in rulebook.clauses.values():
        resting = clause.ref in cited or any(again in cited for again in clause.repeats)
        if resting or clause.disposition not in (None, "unread"):
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
