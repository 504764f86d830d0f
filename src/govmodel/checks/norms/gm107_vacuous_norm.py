"""GM107: a norm about a case that can never be."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import result
from govmodel.checks.norms.asking import kind_of_norm, norms, theory
from govmodel.exact.keeping import together
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import NormRule, Rule
from govmodel.model.verdict import Answer, Verdict
from govmodel.smt.questions.cases import spoken_of
from govmodel.words import text

ID, NAME = "GM107", "vacuous norm"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    variants: dict[str, list[NormRule]] = {}
    for norm in norms(context):
        if not norm.soft:
            variants.setdefault(norm.name, []).append(norm)
    asked = {name: own for name, own in variants.items() if all(n.when is not None for n in own)}
    for name, own in asked.items():
        found = _never(context, own)
        if isinstance(found, str):
            undecided.append(Undecided(check=ID, subject=name, why=found))
        elif found:
            findings.append(_finding(context, own[0]))
    return result(ID, findings, undecided, len(asked))


def _never(context: Context, variants: list[NormRule]) -> bool | str:
    """Whether no case can be of which the norm speaks, under any reading; a text: not decided."""

    def about(rule: Rule) -> bool:
        return isinstance(rule, NormRule) and rule.name == variants[0].name

    for reading in context.space(about).all:
        rules = context.rules(reading)
        norm = next((n for n in rules.norms if n.name == variants[0].name), None)
        if norm is None:
            continue
        text = theory(context, kind_of_norm(context, norm))
        if isinstance(text, str):
            return text
        if norm.name in text.left_out:
            return text.left_out[norm.name]
        if norm.when is None or together([norm.when], text.kinds):
            return False
        ask = partial(spoken_of, text.only([norm]), norm, rules.reading, effort=context.effort)
        answer = context.shared(("spoken of", norm.name, norm.gate, rules.reading["day-count"]), ask)
        assert isinstance(answer, Answer)
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if answer.verdict is Verdict.HOLDS:
            return False
    return True


def _finding(context: Context, norm: NormRule) -> Finding:
    index = context.rulebook.clauses
    return Finding(
        check=ID,
        name=NAME,
        level="note",
        clauses=norm.clauses,
        subject=norm.name,
        message=f"{text.clause(norm.clauses, 'speaks', 'speak')} of a case that can never be",
        mark=norm.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in norm.clauses if c in index),
            "What it asks to be so at once cannot be so at once, whoever obeys or does not obey.",
        ),
        help="Look at the conditions of the clause: two of them exclude each other.",
    )


CHECK = Check(ID, NAME, run)
