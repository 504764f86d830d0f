"""Waiting and failing without sampling: closed forms of the literature, and trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest

from govmodel.exact.chains import Answering, Hearing, fate, run_of, waits

F = Fraction
UNEQUAL = [F(1, 3), F(1, 7), F(2, 5), F(1, 2), F(1, 9), F(3, 4)]


def tried(fails: list[Fraction], length: int) -> Fraction:
    """The probability of a run, by going through every year."""
    total = F(0)
    for year in product((True, False), repeat=len(fails)):
        chance, run, most = F(1), 0, 0
        for failed, fail in zip(year, fails, strict=True):
            chance *= fail if failed else 1 - fail
            run = run + 1 if failed else 0
            most = max(most, run)
        total += chance if most >= length else 0
    return total


@pytest.mark.parametrize("length", range(8))
def test_a_run_of_failed_meetings(length: int) -> None:
    assert run_of(UNEQUAL, length) == (tried(UNEQUAL, length) if length else 1)


def test_fair_coins() -> None:
    """De Moivre: without two heads in a row, of n tosses, are as many as the Fibonacci number n + 2."""
    fibonacci = [1, 1]
    while len(fibonacci) < 14:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    for n in range(1, 12):
        assert 1 - run_of([F(1, 2)] * n, 2) == F(fibonacci[n + 1], 2**n)


def test_waiting_is_geometric() -> None:
    found = waits([F(1, 5)] * 6)
    assert found == tuple(F(4, 5) * F(1, 5) ** k for k in range(6))
    assert 1 - sum(found) == F(1, 5) ** 6


def test_an_item_that_waits_for_a_quorum() -> None:
    """Geometric: heard at each meeting with probability 4/5, then carried."""
    found = fate([Hearing(30 * k, {"carried": F(4, 5)}) for k in range(50)], None, (), 2000)
    assert found.ends["carried"] + found.ends["pending"] == 1
    assert float(found.days / found.ends["carried"]) == pytest.approx(30 * 0.25)
    assert float(found.deferrals) == pytest.approx(0.25)


def test_an_item_that_is_passed_on() -> None:
    """Three times deferred with 1/2 each, then two receivers: one settles a third, the other the rest."""
    hearings = [Hearing(90 * k, {"carried": F(1, 4), "lost": F(1, 4)}) for k in range(10)]
    chain = (Answering(F(1, 3), 10, 20), Answering(F(1), 30, 30))
    found = fate(hearings, 3, chain, 10_000)
    assert found.passed_on == F(1, 8)
    assert found.ends == {"carried": F(7, 16), "lost": F(7, 16), "settled": F(1, 8)}
    assert found.deferrals == F(1, 2) + F(1, 4) + F(1, 8)
    settled_after = F(1, 8) * (180 + 15) + F(1, 8) * F(2, 3) * 30
    assert found.days == F(1, 4) * 90 + F(1, 8) * 180 + settled_after


def test_powerless_receivers_settle_nothing_and_the_end_cuts_off() -> None:
    hearings = [Hearing(0, {})]
    assert fate(hearings, 1, (Answering(F(0), 5, 9),), 100).ends == {"stuck": 1}
    assert fate(hearings, 1, (), 100).ends == {"stuck": 1}
    assert fate(hearings, 1, (Answering(F(1), 1, 10),), 6).ends == {"settled": F(1, 2), "pending": F(1, 2)}
    assert fate(hearings, None, (), 100).ends == {"pending": 1}


def test_a_random_walk_to_the_end() -> None:
    """The gambler's ruin by binomials: deferred n times of n with probability of the binomial."""
    n, p = 6, F(2, 7)
    found = fate([Hearing(k, {"carried": p}) for k in range(n)], None, (), 100)
    assert found.ends["pending"] == comb(n, 0) * (1 - p) ** n
