"""Conditions and numbers as terms of SMT-LIB."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

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
from govmodel.model.vocabulary import AttributeType
from govmodel.semantics.cases import NotDecidable
from govmodel.smt.days import Days
from govmodel.smt.operators import every, real, some


def term(condition: Condition, env: Mapping[str, str], kinds: Mapping[str, AttributeType], days: Days) -> str:
    """A condition of a norm as a term, with `env` in place of attributes, which are of these `kinds`.

    Raises:
        NotDecidable: the condition counts heads.
    """
    match condition:
        case All(items):
            return every(term(i, env, kinds, days) for i in items)
        case AnyOf(items):
            return some(term(i, env, kinds, days) for i in items)
        case Not(item):
            return f"(not {term(item, env, kinds, days)})"
        case Flag(attribute):
            return env.get(attribute, f"|{attribute}|")
        case Is(attribute, values):
            own = env.get(attribute, f"|{attribute}|")
            return some(f"(= {own} {index(kinds, attribute, v)})" for v in values)
        case Comparison(left, op, right):
            return f"({op} {_amount(left, env)} {_amount(right, env)})"
        case Timed(event=event, anchor=anchor):
            both = f"{happens(event, env)} {happens(anchor, env)}"
            far = days.timed(condition, at(event, env), at(anchor, env))
            return f"(and {both} {far})"
        case Ordered(event, way, anchor):
            both = f"{happens(event, env)} {happens(anchor, env)}"
            op = "<=" if way == "before" else ">="
            return f"(and {both} ({op} {at(event, env)} {at(anchor, env)}))"
        case OnDate(event=event):
            on = days.on_date(condition, at(event, env))
            return f"(and {happens(event, env)} {on})"
        case _:
            assert_never(condition)


def index(kinds: Mapping[str, AttributeType], attribute: str, value: str) -> int:
    """The number that stands for a value of an attribute of several values; the last is `other`."""
    values = kinds[attribute].values
    return values.index(value) if value in values else len(values)


def _amount(amount: Amount, env: Mapping[str, str]) -> str:
    match amount:
        case Number(number):
            return real(number)
        case Length(number, _, _):
            return real(Fraction(number))
        case Attribute(name):
            return f"(to_real {env.get(name, f'|{name}|')})"
        case Times(factor, inner):
            return f"(* {real(factor)} {_amount(inner, env)})"
        case Pick(which, first, second):
            one, two = _amount(first, env), _amount(second, env)
            op = ">=" if which == "greater" else "<="
            return f"(ite ({op} {one} {two}) {one} {two})"
        case Sum(plus, minus):
            added = " ".join(_amount(a, env) for a in plus)
            taken = " ".join(_amount(a, env) for a in minus)
            total = f"(+ 0.0 {added})"
            return f"(- {total} {taken})" if minus else total
        case Count() | Share():
            raise NotDecidable("heads are not counted in a case of norms")
        case _:
            assert_never(amount)


def happens(name: str, env: Mapping[str, str]) -> str:
    """Whether an event happens."""
    return "true" if name == "meeting" else env.get(f"{name}?", f"|{name}?|")


def at(name: str, env: Mapping[str, str]) -> str:
    """The day of an event, from the meeting."""
    return "0" if name == "meeting" else env.get(name, f"|{name}|")
