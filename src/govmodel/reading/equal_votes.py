"""What a provision of its own says of equal votes, as a part of the rules by which matters are decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govmodel.dataclass import replace
from govmodel.model.constitution import Ambiguity, Gate
from govmodel.model.rules import DecisionRule
from govmodel.reading.lower import conjoin, together


def with_equal_votes(
    rules: Sequence[DecisionRule], ambiguities: Mapping[str, Ambiguity]
) -> Iterator[DecisionRule]:
    """The rules on decisions of one body. One that says what carries and not what equal votes mean is joined
    by the block that says nothing else, where there is one. What names the matter comes before what is about
    any, and later blocks before earlier ones. A matter that such a block names, and no rule on what carries,
    has the rule on any matter, with what the block says."""
    alone = [r for r in reversed(rules) if r.carried is None and r.equal_votes is not None]
    for rule in rules:
        if not _can_be_equal(rule) or rule.equal_votes is not None:
            yield rule
            continue
        rest = [rule]
        for block in sorted(alone, key=lambda b: "any" in b.matters):
            if _about(block, rule, rules):
                yield from _joined(rest, block)
                rest = [left for part in rest for left in _without(part, block.gate, ambiguities)]
        yield from rest
    for block in reversed(alone):
        general = [r for r in rules if "any" in r.matters and _can_be_equal(r) and _for_like_cases(block, r)]
        for matter in (m for m in block.matters if m != "any"):
            rest = [replace(rule, matters=(matter,)) for rule in _joined(general, block)]
            for own in (r for r in rules if matter in r.matters and r.carried is not None):
                rest = [left for part in rest for left in _without(part, own.gate, ambiguities)]
            yield from rest


def _can_be_equal(rule: DecisionRule) -> bool:
    """Whether a rule carries by more votes for than against, or by a share of votes."""
    return rule.carried is not None and rule.carried.kind in ("share", "plurality")


def _about(block: DecisionRule, rule: DecisionRule, rules: Iterable[DecisionRule]) -> bool:
    """Whether what a block says of equal votes is said of what this rule decides."""
    same = _for_like_cases(block, rule)
    if "any" not in block.matters:
        return same and {*rule.matters} <= {*block.matters}
    another_round = any({*r.matters} & {*rule.matters} and r.round > rule.round for r in rules)
    return same and not another_round


def _for_like_cases(block: DecisionRule, rule: DecisionRule) -> bool:
    return (
        block.round == rule.round
        and block.touching in ((), rule.touching)
        and block.when in (None, rule.when)
        and (not block.how or not rule.how or bool({*block.how} & {*rule.how}))
    )


def _joined(rules: Iterable[DecisionRule], block: DecisionRule) -> Iterator[DecisionRule]:
    for rule in rules:
        gate = together(rule.gate, block.gate)
        if gate is not None:
            clauses = rule.clauses
            if block.equal_votes == "carried":  # else it bears on no question but that of equal votes
                clauses = tuple(dict.fromkeys((*clauses, *block.clauses)))
            yield replace(rule, equal_votes=block.equal_votes, ties=block.clauses, clauses=clauses, gate=gate)


def _without(rule: DecisionRule, gate: Gate, ambiguities: Mapping[str, Ambiguity]) -> Iterator[DecisionRule]:
    """The rule under the readings that a gate does not let through."""
    before: Gate | None = rule.gate
    for name, options in gate:
        others = tuple(option for option in ambiguities[name].options if option not in options)
        left = conjoin(before, name, others) if before is not None and others else None
        if left is not None:
            yield replace(rule, gate=left)
        before = conjoin(before, name, options) if before is not None else None
