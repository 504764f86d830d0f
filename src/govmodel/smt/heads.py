"""Conditions over heads as text: `p{i}` stands for how many of the i-th cell are there."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias, assert_never

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
from govmodel.model.rules import Role
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, base_of, of_parties
from govmodel.smt.operators import every, integer, real, some, total

Sort: TypeAlias = Literal["Int", "Real"]
"""Of a term. Whole numbers are told as such: the solver needs less for them."""


def stated(
    condition: Condition, electorate: Electorate, name: str, round_to: str, roles: Collection[Role]
) -> str:
    def inner(item: Condition) -> str:
        return stated(item, electorate, name, round_to, roles)

    match condition:
        case All(items):
            return every(map(inner, items))
        case AnyOf(items):
            return some(map(inner, items))
        case Not(item):
            return f"(not {inner(item)})"
        case Comparison(left, op, right):
            sort: Sort = "Int" if whole(left) and whole(right) else "Real"
            one, two = (amount_of(a, sort, electorate, name, round_to, roles) for a in (left, right))
            return f"({op} {one} {two})"
        case Flag() | Is() | Timed() | Ordered() | OnDate():
            raise NotCountable("a condition over heads cannot speak of attributes of a case")
        case _:
            assert_never(condition)


def whole(amount: Amount) -> bool:
    """Whether an amount is a whole number, whoever is there."""
    match amount:
        case Number(number):
            return number.denominator == 1
        case Times(factor, part):
            return factor.denominator == 1 and whole(part)
        case Pick(_, first, second):
            return whole(first) and whole(second)
        case Sum(plus, minus):
            return all(whole(part) for part in (*plus, *minus))
        case Count() | Share() | Length() | Attribute():
            return True
        case _:
            assert_never(amount)


def amount_of(
    amount: Amount, sort: Sort, electorate: Electorate, name: str, round_to: str, roles: Collection[Role]
) -> str:
    def inner(item: Amount) -> str:
        return amount_of(item, sort, electorate, name, round_to, roles)

    match amount:
        case Number(number):
            return number_of(number, sort)
        case Count():
            return of_sort(count_of(amount, electorate, name, roles), sort)
        case Share(share, of, nearest):
            return of_sort(share_of(share, count_of(of, electorate, name, roles), nearest, round_to), sort)
        case Times(factor, part):
            return f"(* {number_of(factor, sort)} {inner(part)})"
        case Pick(which, first, second):
            one, two = inner(first), inner(second)
            return f"(ite ({'>=' if which == 'greater' else '<='} {one} {two}) {one} {two})"
        case Sum(plus, minus):
            none = number_of(Fraction(0), sort)
            added, taken = " ".join(map(inner, plus)), " ".join(map(inner, minus))
            return f"(- (+ {none} {added}) {none} {taken})"
        case Length() | Attribute():
            raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
        case _:
            assert_never(amount)


def share_of(share: Fraction, heads: str, nearest: bool, round_to: str) -> str:
    """A share of so many heads, rounded; reckoned out where that is a number."""
    way = "nearest" if nearest else round_to
    if heads.isdecimal():
        exact = share * int(heads)
        up = ceil(exact) if way == "up" else floor(exact + Fraction(1, 2))
        return str(floor(exact) if way == "down" else up)
    part = f"(* {number_of(share, 'Real')} (to_real {heads}))"
    if way == "nearest":
        return f"(to_int (+ {part} 0.5))"
    return f"(to_int {part})" if way == "down" else f"(- (to_int (- {part})))"


def count_of(count: Count, electorate: Electorate, name: str, roles: Collection[Role]) -> str:
    base, inside = base_of(count), electorate.among(count, roles)
    parties = electorate.by_organisation(inside) if of_parties(count) else None
    if base == "present" and parties is not None:
        there = [some(f"(> {name}{i} 0)" for i in own) for own in parties]
        return total(f"(ite {one} 1 0)" for one in there)
    if base == "present":
        return total(f"{name}{i}" for i in inside)
    if base in ("seats", "members", "entitled"):
        return str(len(parties) if parties is not None else sum(electorate.cells[i].size for i in inside))
    raise NotCountable(f"a quorum cannot count {base}: nobody has voted yet")


def of_sort(whole: str, sort: Sort) -> str:
    return whole if sort == "Int" else f"(to_real {whole})"


def number_of(number: Fraction, sort: Sort) -> str:
    if sort == "Real":
        return real(number)
    assert number.denominator == 1, f"{number} is told as a whole number"
    return integer(number.numerator)


def renamed(text: str, name: str) -> str:
    """The same of others: `q0` for `p0`, …"""
    return re.sub(r"\bp(\d+)", rf"{name}\1", text)
