"""GM116: duties that cannot all be kept, at least one of which is only expected."""

from __future__ import annotations

from typing import cast

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.norms.asking import (
    ask_conflicts,
    found_in,
    kinds,
    left_out,
    named,
    norms,
    theory,
    unknown,
)
from govmodel.checks.norms.telling import blocked_finding
from govmodel.dataclass import replace
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import Force, NormRule, Rulebook
from govmodel.smt.questions.norms import Blocked
from govmodel.words import text

ID, NAME = "GM116", "soft-duty clash"


def run(context: Context) -> CheckResult:
    """Conflicts of the same text with every *should* read as *must*, less those that are conflicts anyway."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    soft = {n.name for n in norms(context) if n.soft}
    if not soft:
        return result(ID, (), (), 0)
    hard = context.shared("hardened", lambda: _with_expectations(context))
    asked = 0
    seen: set[tuple[str, ...]] = set()
    for kind in kinds(hard):
        case = theory(hard, kind)
        if not isinstance(case, str) and not soft & {*(n.name for n in case.hard), *case.left_out}:
            continue
        asked += 1
        undecided.extend(left_out(hard, kind, ID))
        answer, plain = ask_conflicts(hard, kind, context.shared), ask_conflicts(context, kind)
        why = unknown(answer) or (unknown(plain) if found_in(answer) else "")
        if why:  # without the conflicts that there are anyway, none is known to be of expectations
            undecided.append(Undecided(check=ID, subject=str(kind), why=why))
            continue
        if not isinstance(answer, str) and answer.why:
            undecided.append(Undecided(check=ID, subject=str(kind), why=answer.why))
        already = [set(b.clauses) for b in found_in(plain)]
        for blocked in found_in(answer):
            if any(found <= set(blocked.clauses) for found in already) or blocked.clauses in seen:
                continue
            seen.add(blocked.clauses)
            clauses = text.clause(blocked.clauses)
            one = len(blocked.clauses) == 1
            made = blocked_finding(
                hard,
                kind,
                blocked,
                check=ID,
                name=NAME,
                level="note",
                message=f"what {clauses} expects cannot be done in some case that it speaks of"
                if one
                else f"{clauses} cannot all be followed, {_which(hard, soft, blocked)}",
                help="Except the case from what is expected, or say which of them comes first.",
            )
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(made)
    return result(ID, findings, undecided, asked)


def _which(context: Context, soft: set[str], blocked: Blocked) -> str:
    """Which of the clauses only expect something, as far as that is sure of all that they say."""
    own = named(context, blocked.norms)
    expecting = [
        {
            norm.name in soft
            for norm in own
            if clause in norm.clauses and set(norm.clauses) <= {*blocked.clauses}
        }
        for clause in blocked.clauses
    ]
    if all(each == {True} for each in expecting):
        return f"{'both' if len(expecting) == 2 else 'all'} being expectations only"
    if sum(True in each for each in expecting) == 1:
        return "one of them being an expectation only"
    return "not all of them being duties"


def _with_expectations(context: Context) -> Context:
    return Context(hardened(context.rulebook), context.effort, context.fixed, context.most_conflicts)


def hardened(rulebook: Rulebook) -> Rulebook:
    """The same rules with every expectation as a duty. Nothing gives way to it, as before."""
    soft = {r.name for r in rulebook.of(NormRule) if r.soft}
    rules = tuple(_hard(r, soft) if isinstance(r, NormRule) else r for r in rulebook.rules)
    return replace(rulebook, rules=rules)


def _hard(norm: NormRule, soft: set[str]) -> NormRule:
    left = tuple(name for name in norm.subject_to if name not in soft)
    if not norm.soft:
        return norm if left == norm.subject_to else replace(norm, subject_to=left)
    force = cast(Force, norm.force.replace("should", "must"))
    return replace(norm, force=force, overrides=(), subject_to=left)


CHECK = Check(ID, NAME, run)
