"""Draws by name: nothing else changes them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import exp, factorial

import numpy as np
import pytest
from sim_worlds import at_least, board, constitution, quorum, scenario, seat

from govmodel.sim import plan, simulate_all
from govmodel.sim.body import BodyRun
from govmodel.sim.drawing import Again, Fresh
from govmodel.sim.items import FIGURES, Block, Items
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import (
    BLOCK,
    ONE,
    Hashed,
    Limit,
    Streams,
    mixed,
    poisson_thresholds,
    threshold,
    thresholds,
)


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
        tallies=np.zeros((1, len(FIGURES), size), dtype=np.int64),
    )  # fmt: skip
    body = BodyRun(block, whole.bodies[0])
    block.bodies.append(body)
    body.open(0)
    return body


def test_a_seat_more_leaves_the_others_alone() -> None:
    few, more = _body(_seats(5)), _body(_seats(6))
    assert few.rooms is not None
    assert more.rooms is not None
    assert (few.rooms.person == more.rooms.person[:5]).all()
    assert (few.rooms.arrivals == more.rooms.arrivals).all()
    half = [Limit.of(threshold(Fraction(1, 3)))] * 6
    new = [Fresh(b.block, b.body, 2, 300, None, None).seats("votes", half)[0] for b in (few, more)]
    assert np.array_equal(new[0], new[1][:5])
    number, nothing = np.arange(30), np.zeros(30, dtype=np.int64)
    items = Items(number, nothing, number, nothing, nothing, number, number)
    old = [
        Again(b.block, b.body, b.block.names(items)).seats("votes", half[: len(b.body.places)])[0]
        for b in (few, more)
    ]
    assert np.array_equal(old[0], old[1][:5])


def test_eight_bits_and_the_rest_are_one_draw() -> None:
    """What is told by the first bits, and what needs the others, is as if all had been drawn."""
    drawn = Streams(3).coarse(("x",), 0, 300_000)
    rest = mixed(np.arange(300_000, dtype=np.uint64) + drawn.key) >> np.uint64(41)
    whole = Hashed((drawn.first.astype(np.uint64) << np.uint64(23)) | rest)
    for chance in (Fraction(0), Fraction(1, 1000), Fraction(1, 2), Fraction(55, 100), Fraction(1)):
        limit = Limit.of(threshold(chance))
        assert np.array_equal(drawn.below(limit), whole.below(limit))
        assert abs(drawn.below(limit).mean() - float(chance)) < 0.004
    some = np.arange(7, 300_000, 3)
    each = Limit.of(np.arange(len(some)) * (ONE // len(some)))
    taken = Hashed(whole.drawn.take(some))
    assert np.array_equal(drawn.take(some).below(each), taken.below(each))


def test_more_replications_and_more_years_begin_alike() -> None:
    """The first replications of a longer list, and the first years of a longer run, are the same."""
    whole = _seats(5)
    many = simulate_all(whole, BLOCK + 30).counts
    assert (simulate_all(whole, BLOCK).counts == many[:, :, :BLOCK]).all()
    assert (simulate_all(whole, 7).counts == many[:, :, :7]).all()
    short, long_ = (_body(plan(whole.rules, whole.scenario, years=years, seed=5)).rooms for years in (2, 13))
    assert short is not None
    assert long_ is not None
    assert (short.person == long_.person[:, : short.person.shape[1]]).all()
    assert (short.quorate == long_.quorate[: len(short.quorate)]).all()


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
