"""The reference board: an ordinary model and three scenarios, against exact values."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from govmodel.loading import load
from govmodel.loading.scenario import load_scenario
from govmodel.reading import read, under
from govmodel.sim import plan, simulate_all

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

EXACT = {
    "base": (0.000610, 0.03011, 0.645704, 0.010295, 0.000001, 0.019581),
    "nodep": (0.050013, 0.185571, 0.634874, 0.063603, 0.000204, 0.019581),
    "stress": (0.346496, 1.456288, 0.628474, 0.5315, 0.044469, 0.019581),
}
"""Shares of inquorate meetings; months to a decision; items carried, of those that the board decides itself;
deferrals and items passed on for each item raised; inquorate meetings of the parent."""

RARE = 20
"""With fewer events than this a share is held against the Poisson bound."""


@pytest.mark.parametrize("name", list(EXACT))
def test_the_reference_board(name: str) -> None:
    rulebook = read(load(BENCHMARKS / "reference-board.yaml"))
    scenario = load_scenario(BENCHMARKS / f"reference-{name}.yaml", rulebook)
    whole = plan(under(rulebook, rulebook.base), scenario, years=10, seed=1)
    assert whole.bodies[0].ticks.tolist() == list(range(3, 121, 3))
    assert whole.bodies[1].ticks.tolist() == list(range(2, 121, 2))
    t = simulate_all(whole, 1000)
    decided = t.of(0, "carried") + t.of(0, "lost")
    done = decided + t.of(0, "settled")
    shares = [
        (t.of(0, "inquorate"), t.of(0, "meetings")),
        (t.of(0, "days"), done),
        (t.of(0, "carried"), decided),
        (t.of(0, "deferrals"), t.of(0, "raised")),
        (t.of(0, "escalated"), t.of(0, "raised")),
        (t.of(1, "inquorate"), t.of(1, "meetings")),
    ]
    for (part, of), exact in zip(shares, EXACT[name], strict=True):
        expected = exact * of.sum()
        if expected < RARE:
            assert abs(part.sum() - expected) <= 4 * sqrt(max(expected, 1)) + 1
            continue
        value = part.sum() / of.sum()
        spread = sqrt(float(((part - value * of) ** 2).sum())) / of.sum()
        # Beyond 3.5 standard errors one in two thousand sound figures would be; here are eighteen.
        assert abs(value - exact) <= 3.5 * spread
    ends = done + t.of(0, "stuck") + t.of(0, "pending")
    assert np.array_equal(ends, t.of(0, "raised"))
