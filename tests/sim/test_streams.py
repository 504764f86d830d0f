"""Draws by name: nothing else changes them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import exp, factorial

import numpy as np
import pytest
from sim_worlds import at_least, board, constitution, quorum, scenario, seat

from govmodel.sim import plan, simulate_all
from govmodel.sim.meeting import Block, BodyRun
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import BLOCK, ONE, Streams, poisson_thresholds, threshold, thresholds


def test_a_draw_depends_on_its_name_alone() -> None:
    first, second = Streams(7), Streams(7)
    wanted = first.draws(("board", "a", "comes"), 3, 100)
    second.draws(("board", "b", "comes"), 0, 999)
    assert (second.draws(("board", "a", "comes"), 3, 100) == wanted).all()
    assert (second.draws(("board", "a", "comes"), 3, 41) == wanted[:41]).all()
    for other in (
        Streams(8).draws(("board", "a", "comes"), 3, 100),
        first.draws(("board", "a", "votes"), 3, 100),
        first.draws(("board", "a", "comes"), 4, 100),
        first.draws(("board", "a", "comes"), 3, 100, meeting=1),
        first.draws(("board", "acomes"), 3, 100),
    ):
        assert (other != wanted).mean() > 0.9


def test_draws_are_even() -> None:
    drawn = Streams(1).draws(("x",), 0, 200_000)
    assert drawn.max() < ONE
    assert abs((drawn < threshold(Fraction(3, 10))).mean() - 0.3) < 0.005
    halves = drawn.reshape(-1, 2)
    assert abs(np.corrcoef(halves[:, 0], halves[:, 1])[0, 1]) < 0.01


def test_never_and_always() -> None:
    drawn = Streams(1).draws(("x",), 0, 10_000)
    assert not (drawn < np.uint32(threshold(Fraction(0)))).any()
    assert (drawn < np.uint32(threshold(Fraction(1)))).all()


def test_a_choice_among_several() -> None:
    table = thresholds((Fraction(1, 2), Fraction(0), Fraction(1, 2)))
    drawn = np.array([0, ONE // 2 - 1, ONE // 2, ONE - 1], dtype=np.uint32)
    assert list(np.searchsorted(table, drawn, side="right")) == [0, 0, 2, 2]


@pytest.mark.parametrize("mean", [Fraction(0), Fraction(1, 10), Fraction(6), Fraction(40)])
def test_poisson(mean: Fraction) -> None:
    table = poisson_thresholds(mean)
    total = 0.0
    for number, reached in enumerate(table):
        total += exp(-mean) * float(mean) ** number / factorial(number)
        assert reached / ONE == pytest.approx(total, abs=1e-8)


def _seats(number: int) -> Plan:
    rules = constitution(board([seat(f"s{i}") for i in range(number)], quorum=(quorum(at_least(3)),)))
    return plan(rules, scenario(), years=2, seed=5)


def _body(whole: Plan, size: int = 40) -> BodyRun:
    block = Block(
        plan=whole, number=0, size=size, streams=Streams(whole.seed),
        tallies=np.zeros((1, 15, size), dtype=np.int64), bodies=[],
    )  # fmt: skip
    return BodyRun(block, whole.bodies[0])


def test_a_seat_more_leaves_the_others_alone() -> None:
    few, more = _body(_seats(5)), _body(_seats(6))
    assert (few.person == more.person[:5]).all()
    assert (few.arrivals == more.arrivals).all()
    which = np.arange(30)
    draws = [[drawn for _, drawn in body._seat_draws("votes", 2, 0, 30, which)] for body in (few, more)]
    assert np.array_equal(draws[0], draws[1][:5])


def test_more_replications_and_more_years_begin_alike() -> None:
    """The first replications of a longer list, and the first years of a longer run, are the same."""
    whole = _seats(5)
    many = simulate_all(whole, BLOCK + 30).counts
    assert (simulate_all(whole, BLOCK).counts == many[:, :, :BLOCK]).all()
    assert (simulate_all(whole, 7).counts == many[:, :, :7]).all()
    short, long_ = _body(whole), _body(plan(whole.rules, whole.scenario, years=5, seed=5))
    assert (short.person == long_.person[:, : short.meetings]).all()


def test_replications_with_items_that_wait_begin_alike() -> None:
    """Also where items are deferred and passed on, which orders them anew at each meeting."""
    whole = plan(_seats(4).rules, scenario(attendance=Fraction(6, 10)), years=4, seed=9)
    many = simulate_all(whole, 400).counts
    assert many[:, 8].sum() > 100
    assert (simulate_all(whole, 123).counts == many[:, :, :123]).all()


def test_another_seed_is_another_run() -> None:
    whole = _seats(5)
    other = replace(whole, seed=6)
    assert (simulate_all(whole, 50).counts != simulate_all(other, 50).counts).any()
