"""Simulated figures beside closed forms that are written down here, and beside those of `study.beside`."""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt
from typing import Any

import numpy as np
import pytest
from sim_worlds import (
    BAD,
    BOUND,
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    presides,
    quorum,
    route,
    scenario,
    seat,
    standin,
    within,
)

from govmodel.exact.ballots import place
from govmodel.exact.chains import run_of
from govmodel.model import rules as r
from govmodel.model.expressions import All, Frequency, Threshold
from govmodel.model.record import BodyResult, Estimate
from govmodel.model.scenario import Chances, Escalation, Receiver, Scenario
from govmodel.sim import Tallies, estimates, plan, simulate_all
from govmodel.study.beside import NotCovered, expected
from govmodel.study.simulating import inquorate, simulate

F = Fraction
HALF = Threshold(kind="share", share=F(1, 2), strict=True, base="voting")
MONTHLY = Frequency(1, "month")


def seats(number: int, **more: Any) -> list[r.SeatRule]:
    return [seat(f"s{i}", **more) for i in range(number)]


def run(rules: r.Rules, given: Scenario, years: int = 5, replications: int = 4000, seed: int = 1) -> Tallies:
    return simulate_all(plan(rules, given, years=years, seed=seed), replications)


# closed forms, written down here and nowhere else


def test_a_binomial_quorum() -> None:
    rules = constitution(board(seats(9), quorum=(quorum(at_least(6)),)))
    tallies = run(rules, scenario(attendance=F(7, 10)))
    fails = sum(comb(9, k) * 0.7**k * 0.3 ** (9 - k) for k in range(6))
    assert within(tallies.of(0, "inquorate"), 20 * fails)


def test_a_poisson_binomial_quorum() -> None:
    chances = [F(3, 10), F(5, 10), F(6, 10), F(9, 10), F(7, 10)]
    rules = constitution(board(seats(5), quorum=(quorum(at_least(3)),)))
    given = scenario(attendance=Chances(default=F(1), by_party={f"s{i}": p for i, p in enumerate(chances)}))
    row = np.array([1.0])
    for p in map(float, chances):
        row = np.convolve(row, [1 - p, p])
    assert within(run(rules, given).of(0, "inquorate"), 20 * row[:3].sum())


def test_a_quorum_with_classes() -> None:
    members = [
        *(seat(f"a{i}", ["statutory"]) for i in range(3)),
        *(seat(f"b{i}", ["other"]) for i in range(4)),
    ]
    needs = All((at_least(4), at_least(2, "statutory")))
    tallies = run(constitution(board(members, quorum=(quorum(needs),))), scenario(attendance=F(6, 10)))

    def binomial(n: int, k: int) -> float:
        return comb(n, k) * 0.6**k * 0.4 ** (n - k)

    quorate = sum(binomial(3, a) * binomial(4, b) for a in (2, 3) for b in range(5) if a + b >= 4)
    assert within(tallies.of(0, "inquorate"), 20 * (1 - quorate))


def test_meetings_that_are_bad_for_all() -> None:
    tallies = run(
        constitution(board(seats(5), quorum=(quorum(at_least(3)),))),
        scenario(attendance=F(8, 10), bad_meetings=BAD),
    )

    def fails(p: float) -> float:
        return sum(comb(5, k) * p**k * (1 - p) ** (5 - k) for k in range(3))

    assert within(tallies.of(0, "inquorate"), 20 * (0.75 * fails(0.8) + 0.25 * fails(0.4)))


def test_a_geometric_wait() -> None:
    """An item waits for the first quorate meeting: deferred fail / (1 - fail) times, but for the end."""
    rules = constitution(board(seats(3), quorum=(quorum(at_least(2)),)))
    tallies = run(
        rules, scenario(attendance=F(1, 2), in_favour=F(1), per_meeting=2, spread="fixed"), years=10
    )
    fail = 0.5
    meetings = 40
    expected_deferrals = 2 * sum(fail * (1 - fail**left) / (1 - fail) for left in range(1, meetings + 1))
    assert within(tallies.of(0, "deferrals"), expected_deferrals)
    assert within(tallies.of(0, "pending"), 2 * sum(fail**left for left in range(1, meetings + 1)))


def test_ties_of_an_even_board() -> None:
    rules = constitution(board(seats(6), decisions=(decision(HALF),)))
    tallies = run(rules, scenario(attendance=F(1), in_favour=F(1, 2), per_meeting=3, spread="fixed"))
    assert within(tallies.of(0, "ties"), 60 * comb(6, 3) / 2**6)
    assert within(tallies.of(0, "carried"), 60 * (1 - comb(6, 3) / 2**6) / 2)


def test_an_escalation_that_ends() -> None:
    """A dispute is lost (and so stays) half of the time, twice; then two receivers outside."""
    rules = constitution(
        board(seats(3), decisions=(decision(HALF),), meetings=(meets_monthly(),)),
        matters=(matter("dispute", settle=True),),
        routes=(
            route("parties", "board", ["dispute"], "resolves"),
            route("board", "chief", ["dispute"]),
            route("chief", "council", ["dispute"]),
        ),
    )
    escalation = Escalation(
        after=2, default=Receiver(settles=F(1, 4), first=1, last=1),
        by_receiver={"council": Receiver(settles=F(1, 2), first=10, last=10)},
    )  # fmt: skip
    given = scenario(
        attendance=F(1), in_favour=F(1, 2), per_meeting=1, spread="fixed", matters={"dispute": F(1)},
        escalation=escalation,
    )  # fmt: skip
    tallies = run(rules, given, years=4)
    assert within(tallies.of(0, "escalated"), 47 / 4)
    # Of the last ones, which are passed on within days of the end, not all are answered by then.
    assert float(tallies.of(0, "stuck").mean()) == pytest.approx(47 / 4 * 3 / 4 / 2, rel=0.05)


def meets_monthly() -> r.MeetingRule:
    from sim_worlds import meets

    return meets(MONTHLY)


# worlds for all figures at once

WORLDS: dict[str, tuple[r.Rules, Scenario]] = {
    "binomial": (constitution(board(seats(7), quorum=(quorum(at_least(4)),))), scenario(attendance=F(6, 10))),
    "classes and stand-ins": (
        constitution(
            board(
                [*(seat(f"a{i}", ["statutory"]) for i in range(3)), *(seat(f"b{i}") for i in range(3))],
                quorum=(quorum(All((at_least(3), at_least(2, "statutory")))),),
                standins=(standin(votes=False),),
            )
        ),
        scenario(attendance=F(6, 10), standins=F(1, 2), abstain=F(1, 10), consensus=F(1, 2)),
    ),
    "interests": (
        constitution(
            board(
                seats(5),
                quorum=(quorum(at_least(3), measured="throughout"),),
                interests=(interest(withdraws="should"),),
            ),
        ),
        scenario(
            attendance=F(8, 10),
            interests=F(1, 5),
        ),
    ),
    "bad meetings and a lot": (
        constitution(
            board(seats(4), quorum=(quorum(at_least(2)),), decisions=(decision(equal_votes="lot"),))
        ),
        scenario(attendance=F(7, 10), bad_meetings=BAD),
    ),
    "a casting vote": (
        constitution(
            board(seats(4), quorum=(quorum(at_least(2)),), presiding=(presides(0, "agreed", "casting"),))
        ),
        scenario(attendance=F(7, 10), in_favour=F(1, 2)),
    ),
    "of those present": (
        constitution(
            board(
                seats(6),
                quorum=(quorum(at_least(3)),),
                decisions=(decision(Threshold(kind="share", share=F(2, 3), strict=False, base="present")),),
            )
        ),
        scenario(attendance=F(7, 10), abstain=F(1, 4), in_favour=F(6, 10)),
    ),
    "votes that weigh": (
        constitution(
            board(
                [seat("a", votes=2), seat("b", votes=3), *seats(3)],
                decisions=(
                    decision(Threshold(kind="share", share=F(1, 2), strict=True, base="taking-part")),
                ),
            )
        ),
        scenario(attendance=F(7, 10), abstain=F(1, 4)),
    ),
    "escalation": (
        constitution(
            board(seats(3), quorum=(quorum(at_least(2)),)),
            matters=(matter("dispute", settle=True),),
            routes=(route("board", "chief", ["dispute"]), route("chief", "council", ["dispute"], "advises")),
        ),
        scenario(
            attendance=F(7, 10),
            matters={"dispute": F(1, 2), "other": F(1, 2)},
            escalation=Escalation(after=2, default=Receiver(settles=F(1, 3), first=10, last=200)),
        ),
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_every_figure_that_is_computed_is_the_simulated_one(name: str) -> None:
    rules, given = WORLDS[name]
    whole = plan(rules, given, years=5, seed=3)
    tallies = simulate_all(whole, 4000)
    found = expected(whole, whole.bodies[0])
    assert {"decisions", "ties", "deferrals", "time to decision"} <= set(found.counts)
    column = {
        "items raised": "raised",
        "passed on": "escalated",
        "settled elsewhere": "settled",
        "settled by nobody": "stuck",
        "still open at the end": "pending",
        "time to decision": "days",
    }
    for figure, wanted in found.counts.items():
        if figure == "decisions":
            simulated = tallies.of(0, "carried") + tallies.of(0, "lost")
        else:
            simulated = tallies.of(0, column.get(figure, figure))
        if simulated.any() or wanted * 4000 > 50:
            assert within(simulated, wanted), (figure, wanted, float(simulated.mean()))
        else:
            assert wanted * 4000 < 10, figure
    assert simulate(rules, given, years=5, replications=500).agrees


def test_what_is_not_covered_says_why() -> None:
    twice = constitution(board(seats(4), presiding=(presides(0, "agreed", "additional"),)))
    whole = plan(twice, scenario(), years=1, seed=1)
    with pytest.raises(NotCovered, match="two votes in every ballot"):
        expected(whole, whole.bodies[0])
    (body,) = simulate(twice, scenario(), years=1, replications=20).bodies
    assert [b.figure for b in body.beside] == ["inquorate meetings"]
    assert body.not_compared == "of what becomes of items, since who presides has two votes in every ballot"


def test_a_wrong_figure_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exact engine that takes an item for lost a little too often must not pass."""
    import govmodel.study.heard as module

    real = place

    def wrong(*arguments: Any, ballot: tuple[F, F, F], **more: Any) -> Any:
        yes, no, neither = ballot
        moved = (yes - F(1, 20), no + F(1, 20), neither) if yes < 1 else ballot
        return real(*arguments, ballot=moved, **more)

    rules, given = WORLDS["binomial"]
    assert simulate(rules, given, years=5, replications=2000).agrees
    monkeypatch.setattr(module, "place", wrong)
    found: BodyResult = simulate(rules, given, years=5, replications=2000).bodies[0]
    assert {b.figure for b in found.beside if not b.agrees} >= {"carried", "lost"}


def test_runs_of_failed_meetings() -> None:
    """The exact probability against the share of simulated years, meeting by meeting."""
    rules = constitution(board(seats(3), quorum=(quorum(at_least(2)),), meetings=(meets_monthly(),)))
    given = scenario(attendance=F(6, 10), per_meeting=1, spread="fixed", in_favour=F(1))
    whole = plan(rules, given, years=1, seed=1)
    fails = inquorate(whole, whole.bodies[0])
    assert fails is not None
    result = simulate(rules, given, years=1, replications=10).bodies[0]
    assert result.in_a_row[2] == float(run_of(fails, 2))
    dice = np.random.default_rng(1)
    p = float(fails[0])
    years = dice.random((40_000, len(fails))) < p
    pairs = (years[:, 1:] & years[:, :-1]).any(axis=1)
    assert abs(pairs.mean() - result.in_a_row[2]) < BOUND * sqrt(0.25 / 40_000)


# coverage


@pytest.mark.slow
def test_intervals_cover_as_often_as_they_say() -> None:
    """2,000 repeats of 1,000 replications: between 93.5 and 96.5 of a hundred intervals hold the truth."""
    rules, given = WORLDS["binomial"]
    truth: dict[str, float] = {}
    covered: dict[str, int] = {}
    for seed in range(2000):
        whole = plan(rules, given, years=2, seed=seed)
        body = whole.bodies[0]
        if not truth:
            fails = inquorate(whole, body)
            assert fails is not None
            truth["inquorate meetings"] = float(sum(fails, F(0)) / len(fails))
            assert 0.05 < truth["inquorate meetings"] < 0.95
            made = expected(whole, body)
            done = made.counts["carried"] + made.counts["lost"]
            truth |= {
                name: made.counts[name] / 2 for name in ("decisions", "carried", "lost", "ties", "deferrals")
            }
            truth["time to decision"] = made.counts["time to decision"] / done
            truth["still open at the end"] = made.counts["still open at the end"] / made.raised
        for estimate in estimates(whole, simulate_all(whole, 1000), 0):
            if estimate.figure in truth:
                covered[estimate.figure] = covered.get(estimate.figure, 0) + holds(
                    estimate, truth[estimate.figure]
                )
    print({name: count / 2000 for name, count in covered.items()})
    for name, count in covered.items():
        assert abs(count / 2000 - 0.95) <= 0.015, (name, count / 2000)


def holds(estimate: Estimate, truth: float) -> bool:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low <= truth <= estimate.high
