"""Who presides at a meeting, whatever has become of the chair and the deputy chair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from govmodel.model.expressions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.remembered import remembered
from govmodel.model.rules import BodyRules, PresidingRule
from govmodel.model.vocabulary import STATUSES

IN_WORDS: dict[str, frozenset[str]] = {
    "present": frozenset({"present"}),
    "late": frozenset({"late"}),
    "interested-stays": frozenset({"present", "conflicted"}),
    "interested-leaves": frozenset({"conflicted", "absent"}),
    "absent": frozenset({"absent", "late"}),
    "vacant": frozenset({"vacant", "absent", "late"}),
}
"""What is true of the holder of an office in each status. Who is absent is not there in time either."""

if set(IN_WORDS) != set(STATUSES):
    raise AssertionError("every status needs its words")


def chain(body: BodyRules) -> tuple[str | None, str | None]:
    """The offices of the chair and of the deputy: the first two offices in the order of presiding."""
    return _chain(body.presiding)


@remembered(10_000)
def _chain(order: Sequence[PresidingRule]) -> tuple[str | None, str | None]:
    offices = [p.who for p in order if p.who not in ("agreed", "member", "members", "body")]
    distinct = list(dict.fromkeys(offices))
    return (distinct[0] if distinct else None, distinct[1] if len(distinct) > 1 else None)


def says(condition: Condition, chair: str, deputy: str) -> bool:
    """Whether a condition on the chair and the deputy chair holds at these statuses."""
    match condition:
        case All(items):
            return all(says(item, chair, deputy) for item in items)
        case AnyOf(items):
            return any(says(item, chair, deputy) for item in items)
        case Not(item):
            return not says(item, chair, deputy)
        case Flag(attribute):
            office, _, word = attribute.rpartition(".")
            status = deputy if office == "deputy-chair" else chair
            return word in IN_WORDS[status] or (word == "unwilling" and status == "interested-stays")
        case Comparison() | Is() | Timed() | Ordered() | OnDate():
            raise ValueError("a rule on presiding speaks of the chair and the deputy chair only")
        case _:
            assert_never(condition)


def presiding(body: BodyRules, chair: str, deputy: str) -> PresidingRule | None:
    """The rule under which somebody presides at these statuses of chair and deputy; None: nobody.

    Rules are tried in the order of the text. The holder of an office presides only if in the room
    and free of an interest, unless the rule says that an interest is no matter; who is chosen there and
    then can always preside.
    """
    return _presiding(body.presiding, chair, deputy)


@remembered(10_000)
def _presiding(order: Sequence[PresidingRule], chair: str, deputy: str) -> PresidingRule | None:
    chair_office, deputy_office = _chain(order)
    for rule in order:
        if rule.when is not None and not says(rule.when, chair, deputy):
            continue
        status = {chair_office: chair, deputy_office: deputy}.get(rule.who, "present")
        if status == "present" or (status == "interested-stays" and rule.even_if == "conflicted"):
            return rule
    return None
