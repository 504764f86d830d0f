"""GM309: a majority, and the text does not say of whom."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import AmbiguityRule, BodyRule, DecisionRule, Rule, Rulebook, Rules
from govmodel.words import text

ID, NAME = "GM309", "threshold without a base"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    rules = [r for r in context.rulebook.of(DecisionRule) if r.carried is not None]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for rule in rules:
        key = (rule.body, rule.clauses)
        if key in seen or rule.carried is None or rule.carried.kind not in ("share", "all"):
            continue
        ambiguity = _base_is_asked(context.rulebook, rule)
        if rule.carried.base is not None and ambiguity is None:
            continue
        space = context.space(partial(_same, rule))
        failing = [r for r in space.all if _stands(context.rules(r), rule, asked=ambiguity is not None)]
        base = in_base(context, failing)
        level = lowered("warning", base)
        if level is None:
            continue
        seen.add(key)
        title = next(r.title for r in context.rulebook.of(BodyRule) if r.name == rule.body)
        options = (ambiguity or context.rulebook.ambiguities["base-of-a-majority"]).options
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=rule.clauses,
                subject=f"{rule.body}/{'+'.join(rule.matters)}",
                message=f"{text.clause(rule.clauses, 'does', 'do')} not say of whom its majority is",
                mark=rule.mark,
                story=(
                    f"At a meeting of the {title} some vote for a proposal, fewer against, and the "
                    "others abstain or are away.",
                    f"Whether it is carried depends on who is counted: {_or(options)}.",
                ),
                help="Say of whom: of the votes cast, of those present, or of all members.",
                readings=holding(space, failing),
                in_base=base,
                evidence={"options": [option for option, _ in options]},
            )
        )
    return result(ID, findings, (), len(rules))


def _same(rule: DecisionRule, other: Rule) -> bool:
    """Whether two rules are of one clause on how one body decides."""
    return isinstance(other, DecisionRule) and (other.body, other.clauses) == (rule.body, rule.clauses)


def _stands(rules: Rules, rule: DecisionRule, *, asked: bool) -> bool:
    """Whether the clause asks for a share under a reading, and its base is not stated, or asked about."""
    body = rules.bodies.get(rule.body)
    own = [d.carried for d in body.decisions if _same(rule, d)] if body else []
    return any(c is not None and c.kind in ("share", "all") and (asked or c.base is None) for c in own)


def _base_is_asked(rulebook: Rulebook, rule: DecisionRule) -> AmbiguityRule | None:
    """A declared reading of this very clause on which the base of its threshold depends."""
    for name, _ in rule.gate:
        bases = {
            other.carried.base
            for other in rulebook.rules
            if isinstance(other, DecisionRule)
            and other.body == rule.body
            and other.clauses == rule.clauses
            and other.carried is not None
            and any(n == name for n, _ in other.gate)
        }
        if len(bases) > 1:
            return rulebook.ambiguities[name]
    return None


def _or(options: tuple[tuple[str, str], ...]) -> str:
    return "; or ".join(words[:1].lower() + words[1:].rstrip(".") for _, words in options)


CHECK = Check(ID, NAME, run)
