"""Solver, closed form and judge say the same of thousands of constitutions drawn from seeds."""

from __future__ import annotations

import os
import random

import pytest

from govmodel.reading import readings
from strategies.agreement import (
    COMPARED,
    compare_norms,
    compare_quorums,
    compare_votes,
    rules_of,
    seats_of,
)
from strategies.dice import Rolled
from strategies.meetings import rulebook
from strategies.situations import drawn_world

MEETINGS, FLAGS, TIMES = 1600, 480, 48
"""Constitutions by default: of bodies, of norms about flags and amounts, of norms about days."""


def judge_meetings(seeds: range) -> None:
    for seed in seeds:
        book = rulebook(Rolled(seed))
        chance = random.Random(seed)
        own = [name for name, a in book.ambiguities.items() if not a.built_in]
        reading = dict(chance.choice(readings(book, own).all))
        reading["rounding"] = chance.choice(("up", "nearest", "down"))
        reading["base-of-a-majority"] = chance.choice(("voting", "present", "members"))
        rules, seats = rules_of(book, reading)
        compare_quorums(rules, seats)
        if seats_of(rules) <= 5:
            limit = {i: chance.randint(0, n) for i, n in enumerate(seats.full)}
            for matter in ("ordinary", "major"):
                compare_votes(rules, seats, matter, limit if chance.random() < 0.5 else {})
        COMPARED["constitutions"] += 1


def judge_norms(seeds: range, *, timed: bool) -> None:
    for seed in seeds:
        compare_norms(drawn_world(Rolled(seed), timed=timed))
        COMPARED["constitutions"] += 1


@pytest.mark.parametrize("part", range(4))
def test_on_meetings(part: int) -> None:
    size = MEETINGS // 4
    judge_meetings(range(part * size, (part + 1) * size))


@pytest.mark.parametrize("part", range(4))
def test_on_norms(part: int) -> None:
    size = FLAGS // 4
    judge_norms(range(part * size, (part + 1) * size), timed=False)


@pytest.mark.parametrize("part", range(4))
def test_on_norms_about_days(part: int) -> None:
    size = TIMES // 4
    judge_norms(range(part * size, (part + 1) * size), timed=True)


def test_on_what_was_once_told_apart() -> None:
    """The readings of a finding came in another order where an option has no sense without another."""
    judge_norms(range(50_741, 50_742), timed=False)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_on_many_more(part: int) -> None:
    first = 10_000 * (part + 1)
    judge_meetings(range(first, first + 2500))
    judge_norms(range(first, first + 800), timed=False)
    judge_norms(range(first, first + 60), timed=True)


def test_how_many_were_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Says so, and that rare things were among them. Alone or on one of several workers it sees less."""
    with capsys.disabled():
        print(f"\n{COMPARED['constitutions']} constitutions compared:", dict(sorted(COMPARED.items())))
    if "PYTEST_XDIST_WORKER" in os.environ or COMPARED["constitutions"] < MEETINGS + FLAGS + TIMES:
        pytest.skip("not all were compared in this process")
    rare = ("tied", "carried", "hollow", "clause sets found", "replayed", "withdrawals")
    assert all(COMPARED[what] >= 20 for what in rare)
    assert COMPARED["clause sets found"] == COMPARED["clause sets there are"]
