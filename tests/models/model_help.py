"""What the expectation tests of the models share."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import Any

from govmodel.model.checked import Checked
from govmodel.model.expressions import Comparison, Frequency, Length, Number, Timed
from govmodel.model.finding import Finding
from govmodel.model.rules import Rulebook
from govmodel.model.walk import all_amounts, conditions


def of(checked: Checked, name: str, *clauses: str) -> Finding:
    """The one finding of a check that cites these clauses."""
    found = [f for f in checked.findings if f.check == name and set(clauses) <= set(f.clauses)]
    assert len(found) == 1, [f.id for f in checked.findings if f.check == name]
    return found[0]


def numbers_by_clause(rulebook: Rulebook) -> dict[str, set[str]]:
    """Every length of time, frequency and number of heads that some rule says under some reading, in words,
    by the clauses of the rule. Numbers of seats are not among them."""
    found: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        said = {words for field in fields(rule) for words in _words(getattr(rule, field.name))}
        if said:
            found.setdefault("+".join(rule.clauses), set()).update(said)
    return found


def _words(value: Any) -> set[str]:
    match value:
        case Length(number, unit, counting):
            kind = "" if counting == "calendar" else f"{counting} "
            return {f"{number} {kind}{unit}{'' if number == 1 else 's'}"}
        case Frequency():
            return {_frequency(value)}
        case Timed() | Comparison():
            pass
        case _ if type(value).__name__ in ("All", "AnyOf", "Not"):
            pass
        case _:
            return set()
    parts = tuple(conditions(value))
    lengths = {w for part in parts if isinstance(part, Timed) for w in _words(part.length)}
    plain = {a.value for a in all_amounts(value) if isinstance(a, Number)}
    return lengths | {_number(n) for n in plain}


def _number(number: Fraction) -> str:
    return str(number)


def _frequency(frequency: Frequency) -> str:
    if frequency.at is not None:
        return f"{frequency.at} of {frequency.of}"
    if frequency.words is not None:
        return frequency.words
    if not frequency.times:
        return "as asked"
    per = "" if frequency.units == 1 else f"{frequency.units} "
    return f"{frequency.times} per {per}{frequency.unit}"
