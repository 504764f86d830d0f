"""GM108: a duty that is done by whoever does what another clause asks for."""

from __future__ import annotations

from itertools import permutations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, merged, result
from govmodel.checks.norms.asking import kind_of_norm, norms, theory
from govmodel.checks.norms.telling import clauses_in_words, plain, sentence
from govmodel.checks.stories import on
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import NormRule, Reading, Rule, stands
from govmodel.model.verdict import Case, Verdict
from govmodel.model.walk import names_in
from govmodel.semantics.cases import duty, lineage, prevails
from govmodel.smt.questions.comparing import subsumed

ID, NAME = "GM108", "subsumed norm"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    duties = [n for n in norms(context) if n.force in ("must", "must-not")]
    for norm, other in permutations(duties, 2):
        if not _comparable(context, norm, other):
            continue
        asked += 1
        found = _asked(context, norm, other, context.base)
        made = _finding(context, norm, other, found) if isinstance(found, Case) else found
        if isinstance(made, str):
            undecided.append(Undecided(check=ID, subject=norm.name, why=made))
        elif made is not None:
            findings.append(made)
    return result(ID, merged(findings), undecided, asked)


def _comparable(context: Context, norm: NormRule, other: NormRule) -> bool:
    """Whether another clause's norm binds wherever this one does, and nobody else, and speaks of the same."""
    first, second = duty(norm), duty(other)
    if first is None or second is None or set(norm.clauses) & set(other.clauses):
        return False
    if other.situation not in lineage(context.rulebook.situations, norm.situation):
        return False
    if other.body not in (None, norm.body) or (norm.who and other.who and norm.who != other.who):
        return False
    return (
        bool(names_in(first) & names_in(second)) and not prevails(norm, other) and not prevails(other, norm)
    )


def _asked(context: Context, norm: NormRule, other: NormRule, reading: Reading) -> Case | str | None:
    """A case in which the norm is kept and the other, which says it all, is not; a text: not decided."""
    if not (stands(norm.gate, reading) and stands(other.gate, reading)):
        return None
    text = theory(context, kind_of_norm(context, norm))
    if isinstance(text, str):
        return text
    for one in (norm, other):
        if one.name in text.left_out:
            return text.left_out[one.name]
    first, second = duty(norm), duty(other)
    if first is None or second is None or not {norm, other} <= set(text.bound):
        return None
    answer = subsumed(text, norm, first, other, second, reading, effort=context.effort)
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    return answer.witness if isinstance(answer.witness, Case) else None


def _finding(context: Context, norm: NormRule, other: NormRule, case: Case) -> Finding | str:
    """A text: under which readings it is so is not decided."""

    def about(rule: Rule) -> bool:
        return isinstance(rule, NormRule) and (
            rule in (norm, other) or prevails(rule, norm) or prevails(rule, other)
        )

    space = context.space(about, "day-count")
    answers = [(r, _asked(context, norm, other, {**context.base, **r})) for r in space.all]
    why = next((answer for _, answer in answers if isinstance(answer, str)), None)
    if why is not None:
        return why
    holds = [reading for reading, answer in answers if answer is not None]
    first, second = clauses_in_words(norm.clauses), clauses_in_words(other.clauses)
    index = context.rulebook.clauses
    cited = clauses_of(norm, other)
    spoken = sorted(names_in(norm.content) | names_in(other.content), key=list(case.facts).index)
    return Finding(
        check=ID,
        name=NAME,
        level="note",
        clauses=cited,
        subject=norm.name,
        message=f"whoever keeps {second} keeps {first} too",
        mark=norm.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            f"The case: {context.rulebook.situations[case.situation].says}, on {on(case.day)}.",
            *(f"{sentence(context, name, case.facts[name], case.day)}." for name in spoken),
            f"That keeps {first} and breaks {second}; the other way round there is no case.",
        ),
        told_in=context.base,
        help=f"Leave {first} out, or say there for what case it is meant.",
        readings=holding(space, holds),
        in_base=in_base(context, holds),
        evidence={"facts": {name: plain(case.facts[name]) for name in spoken}, "implied_by": other.name},
    )


CHECK = Check(ID, NAME, run)
