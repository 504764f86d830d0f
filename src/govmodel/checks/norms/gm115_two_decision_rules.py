"""GM115: two clauses say differently what carries one matter."""

from __future__ import annotations

from itertools import combinations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import of_kind
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import DecisionRule, Reading, Rules
from govmodel.words import text

ID, NAME = "GM115", "two decision rules for one matter"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    every = [r for r in context.rulebook.rules if isinstance(r, DecisionRule) and r.carried is not None]
    for body in dict.fromkeys(r.body for r in every):
        for matter in dict.fromkeys(m for r in every if r.body == body for m in r.matters):
            if len([r for r in every if r.body == body and matter in r.matters]) < 2:
                continue
            asked += 1
            found = _finding(context, body, matter)
            if found is not None:
                findings.append(found)
    return result(ID, findings, (), asked)


def _rivals(rules: Rules, body: str, matter: str) -> tuple[DecisionRule, DecisionRule] | None:
    """Two rules that both stand, name the matter, come from different clauses and do not ask the same."""
    own = rules.bodies.get(body)
    stating = [d for d in own.decisions if d.carried is not None and matter in d.matters] if own else []
    for one, other in combinations(stating, 2):
        apart = not set(one.clauses) & set(other.clauses) and _cases(one) == _cases(other)
        if (
            apart
            and one.carried != other.carried
            and set(one.how) & set(other.how) == set(one.how or other.how)
        ):
            return one, other
    return None


def _cases(rule: DecisionRule) -> tuple[object, ...]:
    """For what a rule is: rules for unlike cases are no rivals."""
    return (rule.round, rule.touching, rule.when)


def _finding(context: Context, body: str, matter: str) -> Finding | None:
    space = context.space(of_kind(DecisionRule), body=body)
    failing: list[tuple[Reading, tuple[DecisionRule, DecisionRule]]] = []
    for reading in space.all:
        pair = _rivals(context.rules(reading), body, matter)
        if pair is not None:
            failing.append((reading, pair))
    if not failing:
        return None
    holds = [reading for reading, _ in failing]
    base = in_base(context, holds)
    level = lowered("warning", base)
    if level is None:
        return None
    reading, (one, other) = next((f for f in failing if in_base(context, [f[0]])), failing[0])
    rules = context.rules(reading)
    title = rules.matters[matter].title if matter in rules.matters else "a matter without a rule of its own"
    index = context.rulebook.clauses
    cited = clauses_of(one, other)
    first, second = text.clause(one.clauses), text.clause(other.clauses)
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=f"{body}/{matter}",
        message=f"{text.clause(cited)} say differently what carries {title} "
        f"at the {rules.bodies[body].title}",
        mark=other.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            "A proposal that one of them carries can fail by the other, and nothing says which prevails.",
        ),
        told_in=reading,
        help=f"Say in {second} that it goes before {first}, or for which matters it is.",
        readings=holding(space, holds),
        in_base=base,
    )


CHECK = Check(ID, NAME, run)
