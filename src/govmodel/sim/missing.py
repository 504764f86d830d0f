"""What the text makes of members who stay away from several meetings in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Literal, TypeAlias, assert_never

import numpy as np

from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import BodyRules, NormRule, RouteRule, Rules, SeatRule
from govmodel.model.scenario import Scenario
from govmodel.model.walk import conditions, names_in
from govmodel.semantics.counting import groups_of
from govmodel.sim.arrays import Truths
from govmodel.sim.plan import AbsencesPlan, MissingRule
from govmodel.sim.randomness import ONE, threshold

ABSENCES = "attendance.absences"

Effect: TypeAlias = Literal["removed", "suspended", "acted on"]

ENDS: Mapping[str, Effect] = {"removes": "removed", "suspends": "suspended"}
"""What becomes of a member, by the verb of a route."""

MOST_TRIED = 8
"""With more that may be so or not beside the absences, it is left to the scenario what comes of them."""


def speaks_of(rule: NormRule | RouteRule) -> bool:
    """Whether something follows by a rule from absences in a row, in a number that is known."""
    if rule.when is None or ABSENCES not in names_in(rule.when) or least(rule.when) is None:
        return False
    if isinstance(rule, RouteRule):
        return rule.verb in ENDS and bool(rule.whom)
    return rule.situation == "attendance" and rule.force in ("must", "should", "may")


def of_body(rules: Rules, body: BodyRules) -> Iterator[tuple[NormRule | RouteRule, Effect]]:
    """The rules of that kind on the members of a body."""
    for route in rules.routes:
        own = {body.name, f"{body.name}.members", "members", "member"}
        if speaks_of(route) and (own & {*route.whom} or _seats(body, route.whom)) and _meant(body, route):
            yield route, ENDS[route.verb]
    for norm in rules.norms:
        if speaks_of(norm) and norm.body in (None, body.name):
            yield norm, "acted on"


def _meant(body: BodyRules, route: RouteRule) -> bool:
    """Whether a route that speaks of members means those of this body."""
    plain = {"members", "member"} & {*route.whom}
    return not plain or body.name in route.who or any(f"{body.name}." in name for name in route.who)


def _seats(body: BodyRules, names: tuple[str, ...]) -> bool:
    return any(groups_of(seat) & {*names} for seat in body.seats)


def absences(
    rules: Rules, scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule],
    in_ticks: Callable[[int], int], sat: Truths,
) -> AbsencesPlan | None:  # fmt: skip
    """What follows from absences on one body. `in_ticks`: days on the clock; `sat`: whether places are held,
    by place and level. None: nothing is run of it."""
    told = scenario.absences
    if told is None:
        return None
    found: list[MissingRule] = []
    for rule, effect in of_body(rules, body):
        number = least(rule.when) if rule.when is not None else None
        if number is None or rule.when is None:
            continue
        answers = set(_answers(rule.when))
        also = ONE if answers == {True} else 0 if answers == {False} else threshold(told.also)
        whom = {*rule.whom} if isinstance(rule, RouteRule) else set()
        every = not whom or bool(whom & {body.name, f"{body.name}.members", "members", "member"})
        whose = [every or bool(groups_of(seat) & whom) for seat in where.values()]
        found.append(
            MissingRule(
                name="-".join((effect.replace(" ", "-"), *rule.clauses)),
                clauses=rule.clauses,
                least=number,
                effect=effect,
                whose=np.array(whose, dtype=bool),
                also=also,
                by_body=isinstance(rule, RouteRule) and body.name in rule.who,
            )
        )
    if not found:
        return None
    return AbsencesPlan(
        rules=tuple(found), acted_on=threshold(told.acted_on), first=in_ticks(told.first),
        last=in_ticks(told.last), standin_counts=told.standin_counts,
        sat=sat,
    )  # fmt: skip


def least(condition: Condition) -> int | None:
    """The number of absences in a row from which a condition may hold; None: it sets none."""
    for part in conditions(condition):
        if (
            isinstance(part, Comparison)
            and part.left == Attribute(ABSENCES)
            and isinstance(part.right, Number)
        ):
            number = part.right.value
            if part.op in (">=", "=") and number.denominator == 1:
                return int(number)
            if part.op == ">" and number.denominator == 1:
                return int(number) + 1
    return None


def _answers(condition: Condition) -> Iterator[bool]:
    """Whether a condition holds at that number of absences, whatever else may be so."""
    others = sorted(names_in(condition) - {ABSENCES})
    if len(others) > MOST_TRIED:
        yield from (True, False)
        return
    for so in product((False, True), repeat=len(others)):
        yield _holds(condition, dict(zip(others, so, strict=True)))


def _holds(condition: Condition, so: Mapping[str, bool]) -> bool:
    match condition:
        case All(items):
            return all(_holds(item, so) for item in items)
        case AnyOf(items):
            return any(_holds(item, so) for item in items)
        case Not(item):
            return not _holds(item, so)
        case Comparison(left, _, _):
            return left == Attribute(ABSENCES)
        case Flag(attribute) | Is(attribute, _):
            return so.get(attribute, False)
        case Timed(event=event) | Ordered(event=event) | OnDate(event=event):
            return so.get(event, False)
        case _:
            assert_never(condition)
