"""Solver, closed form and judge say the same of thousands of constitutions drawn from seeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from strategies.agreement import judge_meetings, judge_norms
from strategies.compared import COMPARED

MEETINGS, FLAGS, TIMES = (37, 200), (24, 100), (20, 10)
"""Parts by default, and constitutions in each: of bodies, of norms about flags and amounts, of norms about
days. Together ten thousand."""
RARE = {
    "meetings": ("quorum", "withdrawals", "carried", "ties", "tied", "cases of turnout"),
    "norms": ("permissions", "clause sets found", "replayed", "hollow"),
    "days": ("permissions", "clause sets found", "replayed"),
}
"""What every part must have met."""


def seeds(part: int, sizes: tuple[int, int]) -> range:
    return range(part * sizes[1], (part + 1) * sizes[1])


@contextmanager
def among(rare: str) -> Iterator[None]:
    """What is compared has rare things in it, and of all minimal clause sets none was missed."""
    before = COMPARED.copy()
    yield
    here = COMPARED - before
    assert [what for what in RARE[rare] if not here[what]] == []
    assert here["clause sets found"] == here["clause sets there are"]


def test_ten_thousand_are_compared() -> None:
    assert sum(parts * size for parts, size in (MEETINGS, FLAGS, TIMES)) >= 10_000


@pytest.mark.parametrize("part", range(MEETINGS[0]))
def test_on_meetings(part: int) -> None:
    with among("meetings"):
        judge_meetings(seeds(part, MEETINGS))


@pytest.mark.parametrize("part", range(FLAGS[0]))
def test_on_norms(part: int) -> None:
    with among("norms"):
        judge_norms(seeds(part, FLAGS), timed=False)


@pytest.mark.parametrize("part", range(TIMES[0]))
def test_on_norms_about_days(part: int) -> None:
    with among("days"):
        judge_norms(seeds(part, TIMES), timed=True)


def test_on_what_was_once_told_apart() -> None:
    """The readings of a finding came in another order where an option has no sense without another."""
    judge_norms(range(50_741, 50_742), timed=False)


def test_on_an_amount_beyond_all_that_are_named() -> None:
    """Brute force had not tried it, and held every fact beside it unneeded."""
    judge_norms(range(100_193, 100_194), timed=False)


def test_on_a_presider_whom_those_present_agree_on() -> None:
    """Brute force let nobody preside where no office is named that does."""
    judge_meetings(range(601_580, 601_581))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_on_many_more(part: int) -> None:
    first = 100_000 * (part + 1)
    judge_meetings(range(first, first + 2500))
    judge_norms(range(first, first + 800), timed=False)
    judge_norms(range(first, first + 60), timed=True)
