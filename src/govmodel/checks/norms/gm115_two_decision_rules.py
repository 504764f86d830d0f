"""GM115: two clauses say differently what carries a matter, what equal votes mean, or whose word is final."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TypeAlias

from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.settled_twice import settled_twice
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.routes.last_words import two_last_words
from govmodel.checks.spaces import of_kind
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import DecisionRule, Reading, Rules
from govmodel.words import text

ID, NAME = "GM115", "two decision rules for one matter"

Says: TypeAlias = Callable[[DecisionRule], object]
"""What a rule says of one thing; None: nothing."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    of_bodies = context.rulebook.of(DecisionRule)
    for says in SAYING:
        every = [r for r in of_bodies if says(r) is not None]
        for body in dict.fromkeys(r.body for r in every):
            for matter in dict.fromkeys(m for r in every if r.body == body for m in r.matters):
                if len([r for r in every if r.body == body and matter in r.matters]) < 2:
                    continue
                asked += 1
                found = _finding(context, body, matter, says)
                if found is not None:
                    findings.append(found)
    words, undecided, matters = two_last_words(context, ID, NAME)
    twice, open_, bodies = settled_twice(context, ID, NAME)
    ours = [f for f in (*findings, *words, *twice) if context.ours(f.clauses)]
    return result(ID, ours, [*undecided, *open_], asked + matters + bodies)


def _carried(rule: DecisionRule) -> object:
    return rule.carried


def _equal_votes(rule: DecisionRule) -> object:
    return rule.equal_votes


SAYING: Mapping[Says, str] = {_carried: "what carries {}", _equal_votes: "what equal votes on {} mean"}
"""What two rules can say of one matter and not say alike."""


def _rivals(rules: Rules, body: str, matter: str, says: Says) -> tuple[DecisionRule, DecisionRule] | None:
    """Two rules that both stand, name the matter, come from different clauses and do not say the same."""
    own = rules.bodies.get(body)
    stating = [d for d in own.decisions if says(d) is not None and matter in d.matters] if own else []
    stating.sort(key=lambda d: d.carried is not None)  # a clause on equal votes alone is the one to cite
    for one, other in combinations(stating, 2):
        apart = not set(one.clauses) & set(other.clauses) and _cases(one) == _cases(other)
        if apart and says(one) != says(other) and set(one.how) & set(other.how) == set(one.how or other.how):
            return one, other
    return None


def _cases(rule: DecisionRule) -> tuple[object, ...]:
    """For what a rule is: rules for unlike cases are no rivals."""
    return (rule.round, rule.touching, rule.when)


def _finding(context: Context, body: str, matter: str, says: Says) -> Finding | None:
    space = context.space(of_kind(DecisionRule), body=body)
    failing: list[tuple[Reading, tuple[DecisionRule, DecisionRule]]] = []
    for reading in space.all:
        pair = _rivals(context.rules(reading), body, matter, says)
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
        message=f"{text.clause(cited)} say differently {SAYING[says].format(title)} "
        f"at the {rules.bodies[body].title}",
        mark=other.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            "A proposal that one of them carries can fail by the other, and nothing says which prevails."
            if says is _carried
            else "When the votes are equal, what one of them says is not what the other says, and nothing "
            "says which prevails.",
        ),
        told_in=reading,
        help=f"Say in {second} that it goes before {first}, or for which matters it is.",
        readings=holding(space, holds),
        in_base=base,
    )


CHECK = Check(ID, NAME, run)
