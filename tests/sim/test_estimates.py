"""Figures and intervals against tables and worked examples."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from govmodel.sim.estimates import mean, ratio, share, student


@pytest.mark.parametrize(
    ("confidence", "freedom", "quantile"),
    [
        (0.95, 1, 12.7062047),
        (0.95, 2, 4.3026527),
        (0.95, 10, 2.2281389),
        (0.99, 30, 2.7499957),
        (0.95, 399, 1.9659273),
        (0.95, 999, 1.9623415),
        (0.999, 5000, 3.2924737),
    ],
)
def test_student(confidence: float, freedom: int, quantile: float) -> None:
    assert student(confidence, freedom) == pytest.approx(quantile, abs=2e-6)


def test_student_is_smooth_where_the_formula_changes() -> None:
    assert student(0.95, 400) - student(0.95, 401) == pytest.approx(1.48e-5, abs=1e-6)


def test_a_mean() -> None:
    found = mean("x", np.array([4, 6, 8, 10]), 2, "per year")
    assert found.value == 3.5
    assert found.low is not None
    half = student(0.95, 3) * sqrt(20 / 3 / 4) / 2
    assert found.low == pytest.approx(3.5 - half)


def test_one_replication_has_no_interval() -> None:
    one = np.array([3])
    assert mean("x", one, 1, "per year").low is None
    assert share("x", one, np.array([4])).high is None
    assert ratio("x", one, np.array([4]), "days").low is None


def test_a_share_of_nothing() -> None:
    none = np.zeros(5, dtype=np.int64)
    assert share("x", none, none).value is None
    assert ratio("x", none, none, "days").value is None


def test_what_was_never_seen_may_still_be() -> None:
    found = mean("x", np.zeros(100, dtype=np.int64), 10, "per year")
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(3.6888795 / 1000)
    rare = share("x", np.zeros(100, dtype=np.int64), np.full(100, 40))
    assert rare.low == 0
    assert rare.high is not None
    assert 0 < rare.high < 0.002


def test_wilson_where_meetings_are_independent() -> None:
    """Each replication one meeting: the plain interval, with Student's quantile for the normal one."""
    part = np.array([1] * 10 + [0] * 90)
    found = share("x", part, np.ones(100, dtype=np.int64))
    assert found.low == pytest.approx(0.0552, abs=0.001)
    assert found.high == pytest.approx(0.1744, abs=0.002)


def test_a_share_widens_where_a_replication_is_all_or_nothing() -> None:
    spread = share("x", np.tile([0, 4, 2, 2], 25), np.full(100, 4))
    clustered = share("x", np.tile([0, 4], 50), np.full(100, 4))
    assert spread.value == clustered.value == 0.5
    assert spread.low is not None
    assert clustered.low is not None
    assert clustered.low < spread.low < 0.5


def test_the_order_of_replications_is_nothing() -> None:
    rng = np.random.default_rng(1)
    part, whole = rng.integers(0, 5, 1000), rng.integers(5, 9, 1000)
    order = rng.permutation(1000)
    assert ratio("x", part, whole, "days") == ratio("x", part[order], whole[order], "days")
    assert share("x", part, whole) == share("x", part[order], whole[order])


def test_a_rare_count_stays_above_zero() -> None:
    """Two events in a thousand replications: Student would say from -0.0008 to 0.0048."""
    two = np.zeros(1000, dtype=np.int64)
    two[[3, 500]] = 1
    found = mean("x", two, 1, "per year")
    z = student(0.95, 999)
    assert found.value == 0.002
    assert found.low == pytest.approx((2 + z * z / 2 - z * sqrt(2 + z * z / 4)) / 1000, rel=1e-3)
    assert found.high == pytest.approx((2 + z * z / 2 + z * sqrt(2 + z * z / 4)) / 1000, rel=1e-3)
    bunch = mean("x", two * 6, 1, "per year")
    assert bunch.low is not None
    assert found.low is not None
    assert bunch.low == pytest.approx(6 * found.low, rel=1e-2), "six at a time are one event"


def test_a_rare_count_is_covered() -> None:
    """Alone or in bunches: about nineteen in twenty intervals hold the truth."""
    dice = np.random.default_rng(1)
    for events, bunch in ((5, 1), (10, 1), (20, 1), (40, 1), (10, 6), (40, 6)):
        held = 0
        for _ in range(1000):
            found = mean("x", dice.poisson(events / 200, 200) * bunch, 1, "per year")
            assert found.low is not None
            assert found.high is not None
            assert found.low >= 0
            held += found.low <= events * bunch / 200 <= found.high
        assert held >= 925, (events, bunch, held)
