"""GM106: once a permission is used, duties that can each be kept cannot be kept together."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import lowered, merged, result
from govmodel.checks.norms.asking import (
    ask_conflicts,
    ask_dilemmas,
    ask_narrowed,
    found_in,
    grants,
    kind_of_norm,
    kinds,
    left_out,
    unknown,
)
from govmodel.checks.norms.telling import event_in_words, plain, sentence, spoken
from govmodel.checks.stories import on
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import NormRule
from govmodel.semantics.replay import blocks, promised
from govmodel.smt.questions.norms import Blocked
from govmodel.words import text

ID, NAME = "GM106", "dilemma"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = grants(context)
    whole = [ask_conflicts(context, kind) for kind in kinds(context)] if asked else []
    known_anyway = [set(blocked.clauses) for answer in whole for blocked in found_in(answer)]
    for grant in asked:
        undecided.extend(left_out(context, kind_of_norm(context, grant), ID))
        narrowed = ask_narrowed(context, grant)
        known = [*known_anyway, *(set(blocked.clauses) for blocked in found_in(narrowed))]
        answer = ask_dilemmas(context, grant, known)
        why = next((w for w in map(unknown, (answer, narrowed)) if w), "")
        if why:
            undecided.append(Undecided(check=ID, subject=grant.name, why=why))
            continue
        if not isinstance(answer, str) and answer.why:
            undecided.append(Undecided(check=ID, subject=grant.name, why=answer.why))
        if not found_in(answer):
            continue
        why = next((w for w in map(unknown, whole) if w), "")
        if why:  # it may be one of the conflicts that there are anyway
            undecided.append(Undecided(check=ID, subject=grant.name, why=why))
            continue
        for blocked in found_in(answer):
            if any(found <= set(blocked.clauses) for found in known):
                continue
            made = _finding(context, grant, blocked)
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(made)
    return result(ID, merged(findings), dict.fromkeys(undecided), len(asked))


def _finding(context: Context, grant: NormRule, blocked: Blocked) -> Finding | Undecided | None:
    level = lowered("warning", blocked.in_base)
    if level is None:
        return None
    rules = context.rules(blocked.reading)
    for clause, case in blocked.cases.items():
        if not (promised(rules, case, grant) and blocks(rules, case, clause, blocked.clauses, grant=grant)):
            why = f"the judge does not confirm that clause {clause} is needed"
            return Undecided(check=ID, subject=grant.name, why=why)
    case = next(iter(blocked.cases.values()))
    index = context.rulebook.clauses
    own, others = text.clause(grant.clauses), text.clause(blocked.clauses)
    allows = text.clause(grant.clauses, "allows", "allow")
    story = [
        f"The case: {event_in_words(context, kind_of_norm(context, grant))}, on {on(case.day)}.",
        *(f"{sentence(context, name, fact, case.day)}." for name, fact in blocked.facts.items()),
        *(f"Clause {c}: {index[c].says}." for c in (*grant.clauses, *blocked.clauses) if c in index),
        f"Once what {allows} is done, one of {others} is not kept, whatever is chosen.",
    ]
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=(*grant.clauses, *blocked.clauses),
        subject=grant.name,
        message=f"once what {allows} is done, {others} cannot all be kept",
        mark=grant.mark,
        story=tuple(story),
        told_in=blocked.reading,
        help=f"Say which of {others} gives way, or keep the case out of {own}.",
        readings=spoken(blocked.readings),
        in_base=blocked.in_base,
        evidence={"facts": {k: plain(v) for k, v in blocked.facts.items()}, "norms": list(blocked.norms)},
    )


CHECK = Check(ID, NAME, run)
