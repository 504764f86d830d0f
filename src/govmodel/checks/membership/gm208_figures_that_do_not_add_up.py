"""GM208: the text states a number that its own provisions do not make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.dataclass import dataclass, replace
from govmodel.model.expressions import All, AnyOf, Comparison, Condition, Count, Not
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import PartyRule, Reading, Rule, Rules, SeatRule, StatementRule
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import NotCountable, Room, groups_of, holds, instances
from govmodel.semantics.meeting import rounding
from govmodel.words import text

ID, NAME = "GM208", "figures that do not add up"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    statements: dict[str, list[StatementRule]] = {}
    for rule in context.rulebook.rules:
        if isinstance(rule, StatementRule):
            statements.setdefault(rule.says, []).append(rule)
    for says, variants in statements.items():
        space = context.space(partial(_bears, says, any(v.holds is not None for v in variants)), seen=_seen)
        failing: list[Reading] = []
        numbers: dict[str, object] = {}
        for reading in space.all:
            rules = context.rules(reading)
            for statement in rules.statements:
                if statement.says != says:
                    continue
                try:
                    wrong, seen = _wrong(rules, statement)
                except NotCountable as error:
                    undecided.append(Undecided(check=ID, subject=says, why=str(error)))
                    continue
                if wrong:
                    failing.append(reading)
                    numbers = numbers or seen
        if not failing:
            continue
        base = in_base(context, failing)
        level = lowered("warning", base)
        if level is None:
            continue
        statement = variants[0]
        counted = text.listed(f"{number} {name}" for name, number in numbers.items())
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=statement.clauses,
                subject="-".join(re.findall(r"\w+", says.lower())[:6]),
                mark=statement.mark,
                message=f"{_clauses(statement.clauses)} not add up: {says}",
                story=(f"The text says: {says}.", f"It comes to something else: {counted}."),
                help="Correct the number or the list.",
                readings=holding(space, failing),
                in_base=base,
                evidence=numbers,
            )
        )
    return result(ID, findings, undecided, len(statements))


def _clauses(clauses: tuple[str, ...]) -> str:
    return f"{text.clause(clauses, 'does', 'do')}"


def _bears(says: str, counts: bool, rule: Rule) -> bool:
    """Whether a statement depends on a rule; one that `counts` does on seats and parties."""
    if isinstance(rule, StatementRule):
        return rule.says == says
    return counts and (isinstance(rule, PartyRule) or (isinstance(rule, SeatRule) and rule.role == "voting"))


def _seen(rule: Rule) -> object:
    """What is counted of a rule: that a party is there, and how many voting seats there are for whom."""
    if isinstance(rule, SeatRule):
        return rule.body, groups_of(rule), rule.low, rule.optional, rule.party
    return replace(rule, gate=())


def _wrong(rules: Rules, statement: StatementRule) -> tuple[bool, dict[str, object]]:
    """Whether the statement fails under one reading, with the numbers that were compared."""
    if statement.stated is not None and statement.listed is not None and statement.stated != statement.listed:
        return True, {"stated": statement.stated, "listed": statement.listed}
    if statement.holds is None:
        return False, {}
    seen = {_words(count): _number(rules, count) for count in counts_in(statement.holds)}
    return not _true(rules, statement.holds), dict(seen)


def _words(count: Count) -> str:
    return f"{count.of} of {' or '.join(count.groups)}" if count.groups else count.of


def _number(rules: Rules, count: Count) -> int:
    """Parties of a class; or voting seats of a body, or of a class or party in the bodies of the text."""
    if count.of == "parties":
        return sum(
            not count.groups or bool(set(count.groups) & {p.name, *p.classes}) for p in rules.parties.values()
        )
    if count.of in ("seats", "members"):
        bodies = [rules.bodies[g] for g in count.groups if g in rules.bodies]
        groups = {g for g in count.groups if g not in rules.bodies}
        if bodies and not groups:
            return sum(len(instances(seat)) for body in bodies for seat in body.voting)
        if groups and not bodies:
            own = [b for b in rules.bodies.values() if not b.external]
            return sum(len(instances(s)) for b in own for s in b.voting if groups & groups_of(s))
    raise NotCountable(f"a statement cannot count {count.of} of {' or '.join(count.groups) or 'nothing'}")


def _true(rules: Rules, condition: Condition) -> bool:
    match condition:
        case All(items):
            return all(_true(rules, item) for item in items)
        case AnyOf(items):
            return any(_true(rules, item) for item in items)
        case Not(item):
            return not _true(rules, item)
        case Comparison():
            numbers = {count: _number(rules, count) for count in counts_in(condition)}
            return holds(condition, _Numbers({}, {}, numbers), rounding(rules, None))
        case _:
            raise NotCountable("a statement compares numbers of seats or parties")


@dataclass(frozen=True, slots=True)
class _Numbers(Room):
    """A room that already knows its counts."""

    known: Mapping[Count, int]

    def count(self, count: Count) -> int:
        return self.known[count]


CHECK = Check(ID, NAME, run)
