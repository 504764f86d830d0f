"""Exact probabilities against trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sim_worlds import at_least, board, constitution, quorum, seat, standin

from govmodel.exact.chances import Coming, QuorumChance, heads, so_far_off
from govmodel.model.expressions import All, Comparison, Count, Share
from govmodel.model.rules import Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics import meeting

F = Fraction
CHANCES = st.integers(0, 10).map(lambda n: F(n, 10))


@given(st.lists(CHANCES, max_size=7))
def test_heads_against_all_outcomes(chances: list[Fraction]) -> None:
    expected = [F(0)] * (len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        weight = F(1)
        for came, chance in zip(outcome, chances, strict=True):
            weight *= chance if came else 1 - chance
        expected[sum(outcome)] += weight
    assert list(heads(chances)) == expected


def test_many_heads_in_floating_point() -> None:
    found = heads([F(1, 2)] * 300)
    assert float(sum(found)) == pytest.approx(1)
    assert float(found[150]) == pytest.approx(comb(300, 150) / 2**300)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(CHANCES, CHANCES, st.sampled_from(["red", "green"])), min_size=1, max_size=5),
    st.integers(0, 4),
    st.integers(0, 2),
    st.booleans(),
)
def test_a_quorum_with_a_class_condition(
    members: list[tuple[Fraction, Fraction, str]], all_: int, red: int, standins_count: bool
) -> None:
    seats = [seat(f"s{i}", [colour]) for i, (_, _, colour) in enumerate(members)]
    needs = All(
        (
            at_least(all_),
            at_least(red, "red"),
            Comparison(Count("present"), ">=", Share(F(1, 3), Count("seats"))),
        )
    )
    body = board(seats, quorum=(quorum(needs),), standins=(standin(counts_to_quorum=standins_count),))
    rules = constitution(body)
    coming = {f"s{i}": Coming(p, q) for i, (p, q, _) in enumerate(members)}
    assert QuorumChance(rules, body).of(coming) == by_hand(rules, coming)


def by_hand(rules: Rules, coming: dict[str, Coming]) -> Fraction:
    total = F(0)
    for outcome in product(("in person", "stand-in", "nobody"), repeat=len(coming)):
        weight = F(1)
        for how, who in zip(outcome, coming.values(), strict=True):
            weight *= {
                "in person": who.in_person,
                "stand-in": (1 - who.in_person) * who.standin,
                "nobody": (1 - who.in_person) * (1 - who.standin),
            }[how]
        here = [place for place, how in zip(coming, outcome, strict=True) if how != "nobody"]
        standing = [place for place, how in zip(coming, outcome, strict=True) if how == "stand-in"]
        gathering = Gathering(body="board", present=tuple(here), standing_in=tuple(standing))
        total += weight * meeting.quorate(rules, gathering)
    return total


def test_no_quorum_rule_is_always_met() -> None:
    body = board([seat("a")])
    assert QuorumChance(constitution(body), body).of({"a": Coming(F(0), F(0))}) == 1


@pytest.mark.parametrize(("happened", "number", "p"), [(0, 10, F(1, 10)), (7, 10, F(1, 2)), (3, 40, F(1, 5))])
def test_tails(happened: int, number: int, p: Fraction) -> None:
    expected = float(p) * number
    ks = range(happened, number + 1) if happened > expected else range(happened + 1)
    tail = sum(comb(number, k) * float(p) ** k * float(1 - p) ** (number - k) for k in ks)
    assert so_far_off(happened, [(p, number)]) == pytest.approx(min(1, 2 * tail))


def test_tails_of_what_cannot_be_otherwise() -> None:
    assert so_far_off(0, [(F(0), 100)]) == 1
    assert so_far_off(1, [(F(0), 100)]) == 0
    assert so_far_off(0, []) == 1
    assert so_far_off(10**6, [(F(1, 2), 10**6)]) < 1e-300
    assert so_far_off(0, [(F(1, 10**9), 10**6)]) == pytest.approx(1)
