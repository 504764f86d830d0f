"""Norms over one case: which bind, which are in force, which are kept, and what is possible at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import assert_never

from govmodel.calendar import days_before, days_within
from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Count,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Pick,
    Share,
    Sum,
    Timed,
    Times,
)
from govmodel.model.rules import NormRule, Reading
from govmodel.model.verdict import Case, Fact
from govmodel.model.vocabulary import (
    AFTER_MEETING,
    BEFORE_MEETING,
    TIME_AXIOMS,
    AttributeType,
    SituationType,
)
from govmodel.model.walk import names_in
from govmodel.semantics.counting import compare

WINDOW = 731
"""The events of the circumstances lie at most so many days from the day of the case (24 months). What is then
chosen may lie as far again: no event is out of reach because the story ends there."""
MOST = 10_000
"""Amounts lie between 0 and this."""


class NotDecidable(ValueError):
    """A condition that this version of the tool cannot place on the calendar or count in a case."""


def lineage(situations: Mapping[str, SituationType], situation: str) -> tuple[str, ...]:
    """The situation and those it is part of, the innermost first."""
    found = [situation]
    while (parent := situations[found[-1]].part_of) is not None:
        found.append(parent)
    return tuple(found)


def attributes(situations: Mapping[str, SituationType], situation: str) -> dict[str, AttributeType]:
    """Every attribute of a case of this situation by full name, outer events first."""
    return {
        f"{name}.{key}": kind
        for name in reversed(lineage(situations, situation))
        for key, kind in situations[name].attributes.items()
    }


def binding(
    norms: Iterable[NormRule], situations: Mapping[str, SituationType], situation: str, body: str | None
) -> tuple[NormRule, ...]:
    """The norms that bind in a case: about its event or one it is part of, of its body or of any."""
    line = lineage(situations, situation)
    return tuple(
        n for n in norms if n.situation in line and (n.body is None or body is None or n.body == body)
    )


def agreement(norm: NormRule) -> str:
    """The name of the choice on which a permission with `if_agreed_by` rests."""
    return f"agreed:{norm.name}"


def waiver(norm: NormRule) -> str:
    """The name of the choice to lift a norm, of whoever may lift it."""
    return f"waived:{norm.name}"


def choices_of(norm: NormRule) -> tuple[str, ...]:
    """The names of the choices that a norm itself leaves to somebody: to agree, to lift it."""
    agreed = (agreement(norm),) if norm.agreed_by is not None else ()
    return (*agreed, waiver(norm)) if norm.waived_by is not None else agreed


def prevails(other: NormRule, norm: NormRule) -> bool:
    """Whether a norm gives way to another that is in force (a permission: that is used)."""
    changed = norm.name in other.changes and not norm.always
    return norm.name in other.overrides or other.name in norm.subject_to or changed


# conditions


def offset_before(day: date, length: Length, nation: str, reading: Reading) -> int:
    """Days from the latest moment that is `length` before a day, to that day, as days are counted."""
    return days_before(day, length, nation, both_ends=reading.get("day-count") == "clear")


def offset_after(day: date, length: Length, nation: str, reading: Reading) -> int:
    return days_within(day, length, nation, both_ends=reading.get("day-count") == "clear")


def _when(case: Case, event: str) -> Fact:
    """When an event of a case is: days from the day of the meeting, which is an event itself."""
    return 0 if event == "meeting" else case.facts[event]


def timed(condition: Timed, case: Case, nation: str, reading: Reading) -> bool:
    """Whether the event lies on its side of the anchor, at the distance asked for. One day apart in
    calendar days is one day; working days and months are measured from the anchor."""
    event, anchor = _when(case, condition.event), _when(case, condition.anchor)
    if event is None or anchor is None:
        return False
    if not isinstance(event, int) or not isinstance(anchor, int):
        raise NotDecidable(f"{condition.event} is not a time")
    at = case.day + timedelta(days=anchor)
    if condition.way == "before":
        needed, distance = offset_before(at, condition.length, nation, reading), anchor - event
    else:
        needed, distance = offset_after(at, condition.length, nation, reading), event - anchor
    return distance >= 0 and compare(Fraction(distance), condition.op, Fraction(needed))


def value(amount: Amount, case: Case) -> Fraction:
    """An amount in a case. A length compared with an amount counts in its own unit."""
    match amount:
        case Number(number):
            return number
        case Length(number, _, _):
            return Fraction(number)
        case Attribute(name):
            fact = case.facts[name]
            if isinstance(fact, bool) or not isinstance(fact, (int, Fraction)):
                raise NotDecidable(f"{name} is not an amount")
            return Fraction(fact)
        case Times(factor, inner):
            return factor * value(inner, case)
        case Pick(which, first, second):
            pair = value(first, case), value(second, case)
            return max(pair) if which == "greater" else min(pair)
        case Sum(plus, minus):
            added = sum((value(a, case) for a in plus), Fraction(0))
            return added - sum((value(a, case) for a in minus), Fraction(0))
        case Count() | Share():
            raise NotDecidable("heads are not counted in a case of norms")
        case _:
            assert_never(amount)


def true(condition: Condition, case: Case, nation: str, reading: Reading) -> bool:
    """Whether a condition holds in a case."""
    match condition:
        case All(items):
            return all(true(item, case, nation, reading) for item in items)
        case AnyOf(items):
            return any(true(item, case, nation, reading) for item in items)
        case Not(item):
            return not true(item, case, nation, reading)
        case Flag(attribute):
            return case.facts[attribute] is True
        case Is(attribute, values):
            return case.facts[attribute] in values
        case Comparison(left, op, right):
            return compare(value(left, case), op, value(right, case))
        case Timed():
            return timed(condition, case, nation, reading)
        case Ordered(event, way, anchor):
            first, second = _when(case, event), _when(case, anchor)
            if first is None or second is None:
                return False
            if not isinstance(first, int) or not isinstance(second, int):
                raise NotDecidable(f"{event} is not a time")
            return first <= second if way == "before" else first >= second
        case OnDate(event, how, month, day, year):
            fact = _when(case, event)
            if fact is None:
                return False
            if not isinstance(fact, int):
                raise NotDecidable(f"{event} is not a time")
            return on_date(case.day + timedelta(days=fact), how, month, day, year)
        case _:
            assert_never(condition)


def on_date(when: date, how: str, month: int, day: int | None, year: int | None) -> bool:
    """Whether a day lies in a month (or on a day of it), or no later than it in its year."""
    if year is not None and when.year != year:
        return how == "by" and when.year < year
    if how == "in":
        return when.month == month and (day is None or when.day == day)
    return when.month < month or (when.month == month and (day is None or when.day <= day))


# norms


def limit_of(norm: NormRule) -> Condition | None:
    """What a permission with a limit thereby forbids outside itself, as a duty; None: nothing.

    A bound (`notice at least 48 hours before meeting`) binds the events that the permission speaks
    of: when it applies and the act is done at all, the bound holds. A plain act is forbidden
    outside the permission's condition.
    """
    if norm.force != "may" or not norm.limit:
        return None
    acts = [p for p in _parts(norm.content) if not isinstance(p, (Timed, Comparison, Ordered, OnDate))]
    bounds = [p for p in _parts(norm.content) if isinstance(p, (Timed, Comparison, Ordered, OnDate))]
    if bounds:
        done = [Not(_done(p)) for p in bounds if isinstance(p, (Timed, Ordered, OnDate))]
        outside: list[Condition] = [Not(norm.when)] if norm.when is not None else []
        return AnyOf((*outside, *done, norm.content))
    inside: list[Condition] = [norm.when] if norm.when is not None else []
    if norm.agreed_by is not None:
        inside.append(Flag(agreement(norm)))
    return AnyOf((*(Not(act) for act in acts), All(tuple(inside)))) if inside else None


def _done(part: Timed | Ordered | OnDate) -> Condition:
    """The event of a bound happens at all."""
    return Ordered(part.event, "before", part.event)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.items if isinstance(condition, All) else (condition,)


def act_of(norm: NormRule) -> Condition:
    """A permission exercised: what it allows is done, with the agreement that it needs."""
    if norm.agreed_by is None:
        return norm.content
    return All((*_parts(norm.content), Flag(agreement(norm))))


def in_force(norm: NormRule, norms: Iterable[NormRule], case: Case, nation: str, reading: Reading) -> bool:
    """Whether a norm applies: its `when`, not its `unless`, nobody lifted it, no norm that prevails over it
    in force, and, where it is about a breach, that breach.

    A permission that prevails is in force when it is exercised.
    """
    if norm.when is not None and not true(norm.when, case, nation, reading):
        return False
    if norm.unless is not None and true(norm.unless, case, nation, reading):
        return False
    if norm.waived_by is not None and case.facts[waiver(norm)]:
        return False
    everything = tuple(norms)
    breached = (o for o in everything if o.name in norm.breach_of)
    if norm.breach_of and all(kept(o, everything, case, nation, reading) for o in breached):
        return False
    for other in everything:
        over = prevails(other, norm) and not other.soft and in_force(other, everything, case, nation, reading)
        if over and (other.force != "may" or true(act_of(other), case, nation, reading)):
            return False
    return True


def duty(norm: NormRule) -> Condition | None:
    """What a norm asks for while it is in force, soft or hard; None for a plain permission."""
    if norm.force in ("must", "should"):
        return norm.content
    if norm.force in ("must-not", "should-not"):
        return Not(norm.content)
    return limit_of(norm)


def conditions_of(norm: NormRule) -> tuple[Condition, ...]:
    """Every condition of a norm, the limit of a permission included."""
    candidates = (norm.content, norm.when, norm.unless, duty(norm))
    return tuple(c for c in candidates if c is not None)


def mentioned(norm: NormRule) -> set[str]:
    """The names of the attributes and choices that a norm speaks of."""
    return {*choices_of(norm), *(name for c in conditions_of(norm) for name in names_in(c))}


def kept(norm: NormRule, norms: Iterable[NormRule], case: Case, nation: str, reading: Reading) -> bool:
    """Whether a norm is kept: where it is in force, what it asks for is so. The limit of a permission
    carries the permission's own condition, and is kept or not whether or not anything overrides."""
    asked = duty(norm)
    if asked is None:
        return True
    if norm.force == "may":
        return true(asked, case, nation, reading)
    return not in_force(norm, norms, case, nation, reading) or true(asked, case, nation, reading)


def broken(norms: Iterable[NormRule], case: Case, nation: str, reading: Reading) -> tuple[NormRule, ...]:
    """The hard norms that are not kept in a case."""
    everything = tuple(norms)
    return tuple(n for n in everything if not n.soft and not kept(n, everything, case, nation, reading))


# asked of a permission


def narrower(grant: NormRule, norm: NormRule) -> bool:
    """Whether a permission speaks of a strictly narrower case than a norm which does not insist."""
    if norm.always or grant.when is None:
        return False
    if norm.when is None:
        return True
    return set(_parts(norm.when)) < set(_parts(grant.when))


def set_aside(norm: NormRule, grant: NormRule, reading: Reading) -> bool:
    """Whether a norm is left out where it is asked if a permission can lawfully be used: it is of the
    permission's own clause and not overridden by it, or it is general and special cases prevail."""
    own = bool(set(norm.clauses) & set(grant.clauses)) and not prevails(grant, norm)
    return own or (reading.get("lex-specialis") == "yes" and narrower(grant, norm))


# what is possible at all


def time_axioms(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The pairs (earlier, later) of the axioms of time that concern these attributes."""
    known = set(names)
    return tuple((a, b) for a, b in TIME_AXIOMS if a in known and b in known)


def possible(situations: Mapping[str, SituationType], case: Case) -> bool:
    """Whether a case can be at all: values of their kinds, within the window, in the order of time."""
    kinds = attributes(situations, case.situation)
    for name, fact in case.facts.items():
        if name.startswith(("agreed:", "waived:")):
            if not isinstance(fact, bool):
                return False
            continue
        if not _fits(name, kinds[name], fact):
            return False
    for earlier, later in time_axioms(kinds):
        first, second = case.facts.get(earlier), case.facts.get(later)
        if isinstance(first, int) and isinstance(second, int) and first > second:
            return False
    return True


def _fits(name: str, kind: AttributeType, fact: Fact) -> bool:
    match kind.kind:
        case "yes-no":
            return isinstance(fact, bool)
        case "one-of":
            return isinstance(fact, str) and fact in (*kind.values, "other")
        case "amount":
            return isinstance(fact, (int, Fraction)) and not isinstance(fact, bool) and 0 <= fact <= MOST
        case "time":
            if fact is None:
                return True
            if not isinstance(fact, int) or isinstance(fact, bool) or abs(fact) > 2 * WINDOW:
                return False
            return not (name in BEFORE_MEETING and fact > 0) and not (name in AFTER_MEETING and fact < 0)
        case _:
            assert_never(kind.kind)
