"""GM109: two clauses state one rule with different numbers, or of one office two periods."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import assert_never

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.offices.terms import terms_that_differ
from govmodel.dataclass import dataclass, replace
from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Comparison,
    Condition,
    Flag,
    Frequency,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import MeetingRule, NormRule, Reading, Rule
from govmodel.model.vocabulary import DAYS_IN, MONTHS_IN
from govmodel.semantics.cases import prevails
from govmodel.words import text
from govmodel.words.numbers import frequency
from govmodel.words.numbers import length as in_words

ID, NAME = "GM109", "rule that is said twice and differently"

_MINUTES = {"minute": 1, "hour": 60, **{unit: days * 24 * 60 for unit, days in DAYS_IN.items()}}


@dataclass(frozen=True, slots=True)
class _Said:
    """A rule, what it says with the numbers taken out, of which body (None: of any), the numbers in words,
    and what they come to."""

    rule: Rule
    subject: str
    plain: object
    body: str | None
    numbers: tuple[str, ...]
    values: tuple[object, ...]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    said = [s for rule in context.rulebook.rules if (s := _said(rule)) is not None]
    groups: dict[object, list[_Said]] = {}
    for each in said:
        groups.setdefault((each.plain, each.body), []).append(each)
    bodies: dict[object, set[str | None]] = {}
    for each in said:
        bodies.setdefault(_wherever(each), set()).add(each.body)
    seen: set[frozenset[str]] = set()
    asked = 0
    for group in groups.values():
        for one, other in combinations(group, 2):
            clauses = frozenset((*one.rule.clauses, *other.rule.clauses))
            if set(one.rule.clauses) & set(other.rule.clauses) or _settled(one, other):
                continue
            first, second = bodies[_wherever(one)], bodies[_wherever(other)]
            if first < second or second < first:
                continue  # said of more bodies than the other, which is a special case of it
            asked += 1
            if one.values == other.values or clauses in seen:
                continue
            found = _finding(context, one, other)
            if found is not None:
                seen.add(clauses)
                findings.append(found)
    terms, offices = terms_that_differ(context, ID, NAME)
    return result(ID, [*findings, *terms], (), asked + offices)


def _said(rule: Rule) -> _Said | None:
    if isinstance(rule, NormRule) and not rule.soft:
        plain, found = _masked(rule.content)
        if not found:
            return None
        numbers, values = zip(*found, strict=True)
        rest = (rule.situation, rule.force, rule.when, rule.unless, rule.limit, rule.agreed_by,
                rule.breach_of)  # fmt: skip
        return _Said(rule, rule.name, (*rest, plain), rule.body, numbers, values)
    if isinstance(rule, MeetingRule):
        for name, often in (("how-often", rule.how_often), ("at-least", rule.at_least)):
            if often is not None and often.unit is not None:
                plain, (words, value) = ("meetings", rule.kind, name), _often(often, often.unit)
                return _Said(rule, rule.body, plain, rule.body, (words,), (value,))
    return None


def _masked(condition: Condition) -> tuple[object, list[tuple[str, object]]]:
    """A condition with every number taken out, and the numbers in words and by value, in order."""
    numbers: list[tuple[str, object]] = []

    def mask(part: Condition) -> object:
        match part:
            case All(items) | AnyOf(items):
                return (type(part).__name__, tuple(mask(i) for i in items))
            case Not(item):
                return ("not", mask(item))
            case Comparison(left, op, right):
                return ("compared", _amount(left, numbers), op, _amount(right, numbers))
            case Timed(length=length):
                numbers.append((in_words(length), _time(length)))
                return replace(part, length=Length(0, "day", "calendar"))
            case OnDate():
                numbers.append((f"{part.day or ''}.{part.month}.{part.year or ''}", part))
                return replace(part, month=0, day=None, year=None)
            case Flag() | Is() | Ordered():
                return part
            case _:
                assert_never(part)

    return mask(condition), numbers


def _amount(amount: Amount, numbers: list[tuple[str, object]]) -> object:
    if isinstance(amount, Number):
        numbers.append((_digits(amount.value), amount.value))
        return "number"
    return amount


def _digits(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(number)


def _time(length: Length) -> object:
    """What a length comes to: two weeks are 14 days, 48 hours two days, a quarter three months."""
    if length.unit in _MINUTES:
        return length.counting, "minute", length.number * _MINUTES[length.unit]
    if length.unit in MONTHS_IN:
        return length.counting, "month", length.number * MONTHS_IN[length.unit]
    return length


def _often(often: Frequency, unit: str) -> tuple[str, object]:
    """A frequency in words and as its share of a year or a day, so that every two months is six a year."""
    if unit in MONTHS_IN:
        rate = Fraction(often.times * 12, MONTHS_IN[unit] * often.units)
        return f"{_digits(rate)} a year", ("year", rate)
    if unit in DAYS_IN:
        return frequency(often), ("day", Fraction(often.times, DAYS_IN[unit] * often.units))
    return frequency(often), often


def _settled(one: _Said, other: _Said) -> bool:
    """Whether the text says which of the two prevails."""
    first, second = one.rule, other.rule
    if not (isinstance(first, NormRule) and isinstance(second, NormRule)):
        return False
    return prevails(first, second) or prevails(second, first)


def _wherever(said: _Said) -> object:
    """What a clause says, whatever the body."""
    return said.rule.clauses, said.plain, said.values


def _finding(context: Context, one: _Said, other: _Said) -> Finding | None:
    def about(rule: Rule) -> bool:
        return rule is one.rule or rule is other.rule

    space = context.space(about)
    both = [reading for reading in space.all if _stands(one.rule, reading) and _stands(other.rule, reading)]
    if not both:
        return None
    base = in_base(context, both)
    level = lowered("warning", base)
    if level is None:
        return None
    first, second = one.rule.clauses, other.rule.clauses
    index = context.rulebook.clauses
    cited = clauses_of(one.rule, other.rule)
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=one.subject,
        message=f"{text.clause(first, 'says', 'say')} {' and '.join(one.numbers)}, "
        f"and {text.clause(second)}, of the same, "
        f"{' and '.join(other.numbers)}",
        mark=other.rule.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            "Both stand at once, and nothing says which of them is meant.",
        ),
        told_in=both[0],
        help="Say it once, and refer to it.",
        readings=holding(space, both),
        in_base=base,
        evidence={
            "says": {" and ".join(first): list(one.numbers), " and ".join(second): list(other.numbers)}
        },
    )


def _stands(rule: Rule, reading: Reading) -> bool:
    return all(reading.get(name, options[0]) in options for name, options in rule.gate)


CHECK = Check(ID, NAME, run)
