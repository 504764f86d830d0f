"""The simulation against what can be computed without sampling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import comb, sqrt

import numpy as np
import pytest
from sim_worlds import (
    BAD,
    MAJORITY,
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    meets,
    office,
    presides,
    quorum,
    route,
    scenario,
    seat,
    standin,
)

from govmodel.errors import InputError
from govmodel.model.expressions import AnyOf, Attribute, Comparison, Flag, Frequency, Number, Threshold
from govmodel.model.record import SimulationResult
from govmodel.model.scenario import Agenda, Chances, Clock, Escalation, Holders, Receiver, Scenario
from govmodel.sim import Tallies, plan, simulate_all
from govmodel.sim.arrays import Whole
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import BLOCK
from govmodel.spread import Hands
from govmodel.study.simulating import inquorate, simulate

F = Fraction


def run(whole: Plan, replications: int = 1000) -> Tallies:
    return simulate_all(whole, replications)


def near(part: Whole, whole: Whole, expected: float) -> None:
    """A ratio of sums lies within four standard errors of what is expected."""
    value = part.sum() / whole.sum()
    spread = sqrt(float(((part - value * whole) ** 2).sum())) / whole.sum()
    assert abs(value - expected) <= 4 * spread + 1e-12


def beside(result: SimulationResult, body: int = 0) -> float:
    return result.bodies[body].beside[0].exact


def test_binomial_quorum() -> None:
    rules = constitution(board([seat(f"s{i}") for i in range(9)], quorum=(quorum(at_least(6)),)))
    result = simulate(rules, scenario(attendance=F(6, 10)), years=5, replications=600, seed=2)
    expected = sum(comb(9, k) * 0.6**k * 0.4 ** (9 - k) for k in range(6))
    assert beside(result) == pytest.approx(expected)
    share = result.bodies[0].estimate("inquorate meetings")
    assert share.low is not None
    assert share.high is not None
    assert share.low < expected < share.high
    assert result.agrees


def test_class_condition_with_standins_months_and_bad_meetings() -> None:
    seats = [seat(f"r{i}", ["statutory"]) for i in range(4)] + [seat(f"o{i}") for i in range(3)]
    needs = (quorum(at_least(4)), quorum(at_least(3, "statutory")))
    rules = constitution(board(seats, quorum=needs, standins=(standin(seats="statutory"),)))
    world = scenario(
        attendance=Chances(default=F(7, 10), by_party={"r1": F(9, 10)}), standins=F(1, 3),
        months={8: F(1, 2)}, bad_meetings=BAD,
    )  # fmt: skip
    result = simulate(rules, world, years=5, replications=800, seed=3)
    assert result.agrees
    figures = result.bodies[0].estimate("inquorate meetings")
    assert figures.value == pytest.approx(beside(result), abs=0.03)


def test_an_item_waits_for_a_quorum_as_long_as_a_coin_says() -> None:
    """A deferred item is heard at the first quorate meeting: the number of deferrals is geometric."""
    rules = constitution(
        board([seat("a")], quorum=(quorum(at_least(1)),), meetings=(meets(Frequency(1, "month")),))
    )
    whole = plan(rules, scenario(attendance=F(1, 4), per_meeting=1, spread="fixed"), years=20, seed=1)
    tallies = run(whole, 400)
    # Of items raised well before the end, each meeting defers one with probability 3/4: 3 on average.
    settled = tallies.of(0, "raised") - tallies.of(0, "pending")
    value = tallies.of(0, "deferrals").sum() / settled.sum()
    assert value == pytest.approx(3, rel=0.05)
    near(tallies.of(0, "inquorate"), tallies.of(0, "meetings"), 0.75)


def test_votes_follow_the_binomial() -> None:
    """Three members, each for with 1/2 and abstaining with 1/4: carried if more for than against."""
    rules = constitution(board([seat("a"), seat("b"), seat("c")]))
    whole = plan(
        rules,
        scenario(attendance=F(1), in_favour=F(1, 2), abstain=F(1, 4), per_meeting=10, spread="fixed"),
        years=5,
        seed=4,
    )
    t = run(whole, 200)
    chances = {1: 0.5, -1: 0.25, 0: 0.25}
    outcomes = [
        (a + b + c, chances[a] * chances[b] * chances[c]) for a in chances for b in chances for c in chances
    ]
    near(t.of(0, "carried"), t.of(0, "raised"), sum(p for total, p in outcomes if total > 0))
    # All three silent is no tie; equal votes are one for, one against, one silent.
    near(t.of(0, "ties"), t.of(0, "raised"), 6 * 0.5 * 0.25 * 0.25)
    assert (t.of(0, "ties") == t.of(0, "ties_unbroken")).all()


@pytest.mark.parametrize(
    ("stated", "reading", "carried", "unbroken", "deferred"),
    [
        (None, "not-carried", 0, True, False),
        (None, "undecided", 0, True, True),
        ("not-carried", "undecided", 0, False, False),
        ("carried", "undecided", 1, False, False),
        ("deferred", "not-carried", 0, False, True),
    ],
)
def test_what_equal_votes_mean(
    stated: str | None, reading: str, carried: int, unbroken: bool, deferred: bool
) -> None:
    rules = constitution(
        board([seat("a"), seat("b")], decisions=(decision(equal_votes=stated),)),
        reading={"equal-votes": reading},
    )
    whole = plan(rules, scenario(attendance=F(1), in_favour=F(1, 2), per_meeting=3), years=2, seed=4)
    t = run(whole, 100)
    ties = t.of(0, "ties")
    assert ties.sum() > 0
    assert (t.of(0, "ties_unbroken") == (ties if unbroken else 0)).all()
    assert (t.of(0, "deferrals") == (ties if deferred else 0)).all()
    if not deferred:
        # For-for is carried, and for-against is equal, twice as often.
        near(t.of(0, "carried") - carried * ties, t.of(0, "raised"), 0.25)
        near(ties, t.of(0, "raised"), 0.5)


def test_a_casting_vote_breaks_every_tie_while_the_chair_is_there() -> None:
    chair = office("chair", [["a"]])
    body = board([seat("a"), seat("b")], presiding=(presides(0, "chair", "casting"),))
    whole = plan(
        constitution(body, offices=(chair,)),
        scenario(attendance=F(1), in_favour=F(1, 2), per_meeting=5),
        years=4,
        seed=2,
    )
    t = run(whole, 100)
    assert t.of(0, "ties").sum() > 0
    assert t.of(0, "ties_unbroken").sum() == 0
    near(t.of(0, "carried"), t.of(0, "raised"), 0.5)  # the chair's vote decides everything


def test_the_deputy_presides_for_a_conflicted_chair() -> None:
    body = board(
        [seat("a"), seat("b"), seat("c")],
        presiding=(
            presides(0, "chair", "casting"),
            presides(1, "deputy", "casting", AnyOf((Flag("chair.late"), Flag("chair.conflicted")))),
        ),
        interests=(interest(),),
    )
    # The chair always has an interest and leaves; b, next in the rotation, is the deputy and presides.
    rotating = office("chair", [["a"], ["b"]])
    rules = constitution(
        body,
        offices=(rotating, office("deputy", follows="chair")),
        matters=(matter("grant", interested=["a"]),),
    )
    world = scenario(attendance=F(1), in_favour=F(1, 2), per_meeting=5, matters={"grant": F(1)})

    world = replace(world, interests=replace(world.interests, named=F(1)))
    t = run(plan(rules, world, years=1, seed=2), 200)
    assert t.of(0, "ties").sum() > 0
    assert t.of(0, "ties_unbroken").sum() == 0


def test_withdrawals_end_a_quorum_only_where_it_must_last() -> None:
    for measured, lost in (("throughout", True), ("each-vote", True), ("start", False)):
        body = board(
            [seat("a"), seat("b"), seat("c")],
            quorum=(quorum(at_least(3), measured=measured),),
            interests=(interest(),),
        )
        world = scenario(attendance=F(1), interests=F(1, 4), per_meeting=4)
        t = run(plan(constitution(body), world, years=2, seed=1), 100)
        assert t.of(0, "inquorate").sum() == 0
        assert bool(t.of(0, "quorum_lost").sum()) is lost


def test_seats_that_share_a_vote() -> None:
    from sim_worlds import HEAD

    from govmodel.model.rules import CapRule

    cap = CapRule(**HEAD, body="board", parties=("a", "b"), at_most=1)
    body = board([seat("a"), seat("b"), seat("c")], caps=(cap,))
    t = run(plan(constitution(body), scenario(attendance=F(1), in_favour=F(1)), years=1, seed=1), 10)
    assert (t.of(0, "carried") == t.of(0, "raised")).all()
    everyone = Threshold(kind="all", base="members")
    body = board([seat("a"), seat("b"), seat("c")], caps=(cap,), decisions=(decision(everyone),))
    t = run(plan(constitution(body), scenario(attendance=F(1), in_favour=F(1)), years=1, seed=1), 10)
    assert (t.of(0, "carried") == t.of(0, "raised")).all()


def test_a_dispute_climbs_to_whoever_settles_it() -> None:
    body = board([seat("a"), seat("b")])
    rules = constitution(
        body,
        matters=(matter("dispute", settle=True),),
        routes=(
            route("parties", "chiefs", ["dispute"], "resolves"),
            route("chiefs", "top", ["dispute"], "final"),
        ),
    )
    ladder = Escalation(
        after=3,
        default=Receiver(settles=F(1, 2), first=10, last=20),
        by_receiver={"top": Receiver(settles=F(1), first=5, last=5)},
    )
    world = scenario(matters={"dispute": F(1)}, escalation=ladder)
    t = run(plan(rules, world, years=10, seed=1), 200)
    assert (t.of(0, "escalated") == t.of(0, "raised")).all()
    assert t.of(0, "stuck").sum() == 0
    assert (t.of(0, "settled") + t.of(0, "pending") == t.of(0, "raised")).all()
    near(t.of(0, "days"), t.of(0, "settled"), 15 + 0.5 * 5)


def test_a_receiver_without_power_settles_nothing() -> None:
    rules = constitution(
        board([seat("a")]),
        matters=(matter("dispute", settle=True),),
        routes=(route("parties", "wise", ["dispute"], "advises"),),
    )
    t = run(plan(rules, scenario(matters={"dispute": F(1)}), years=2, seed=1), 50)
    assert t.of(0, "settled").sum() == 0
    assert t.of(0, "stuck").sum() > 0


def test_every_item_is_accounted_for() -> None:
    rules = constitution(
        board([seat(f"s{i}") for i in range(5)], quorum=(quorum(at_least(4)),), interests=(interest(),)),
        routes=(route("board", "above", ["any"]),),
        reading={"equal-votes": "undecided"},
    )
    world = scenario(
        interests=F(1, 10),
        escalation=Escalation(after=2, default=Receiver(settles=F(1, 2), first=10, last=90)),
    )
    t = run(plan(rules, world, years=3, seed=8), 300)
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))
    assert all(
        t.of(0, f).sum() > 0 for f in ("carried", "lost", "settled", "stuck", "pending", "quorum_lost")
    )


def test_holders_and_vacancies() -> None:
    body = board([seat("a"), seat("b"), seat("c", optional=True)], quorum=(quorum(at_least(2)),))
    rules = constitution(body)
    whole = plan(rules, scenario(attendance=F(1)), years=1, seed=1)
    assert whole.bodies[0].places == ("a", "b")
    held = plan(
        rules,
        scenario(attendance=F(1), holders=Holders(optional="held", by_seat={"board.a": 0})),
        years=1,
        seed=1,
    )
    assert held.bodies[0].places == ("a", "b", "c")
    assert held.bodies[0].vacant == {"a"}
    assert inquorate(held, held.bodies[0]) == (F(0),) * 4
    gone = constitution(body, reading={"seat-without-holder": "not"})
    left = plan(gone, scenario(holders=Holders(optional="empty", by_seat={"board.a": 0})), years=1, seed=1)
    assert left.bodies[0].places == ("b",)


def test_the_chair_rotates_yearly() -> None:
    body = board([seat("a"), seat("b"), seat("c")], presiding=(presides(0, "chair"), presides(1, "deputy")))
    chair = office("chair", [["b"], ["nobody-here", "c"]])
    rules = constitution(body, offices=(chair, office("deputy", follows="chair")))
    whole = plan(rules, scenario(), years=3, seed=1).bodies[0]
    assert whole.chair.tolist() == [1] * 4 + [2] * 4 + [1] * 4
    assert whole.deputy.tolist() == [2] * 4 + [1] * 4 + [2] * 4


@pytest.mark.parametrize("first", [date(2010, 1, 1), date(2012, 2, 29), date(2011, 8, 31)])
def test_on_a_clock_of_months_an_office_passes_on_after_twelve(first: date) -> None:
    body = board(
        [seat("a"), seat("b")], presiding=(presides(0, "chair"),), meetings=(meets(Frequency(1, "month")),)
    )
    rules = constitution(body, offices=(office("chair", [["a"], ["b"]]),))
    whole = plan(rules, replace(scenario(), clock=Clock(unit="month")), years=3, seed=1, first=first)
    assert whole.year_starts == (1, 13, 25, 37)
    assert whole.bodies[0].ticks.tolist() == list(range(1, 37))
    assert whole.bodies[0].chair.tolist() == [0] * 12 + [1] * 12 + [0] * 12
    assert whole.bodies[0].dates[0] == first


def test_a_clock_of_the_calendar_puts_first_meetings_off() -> None:
    rules = constitution(board([seat("a")]), board([seat("b", body="panel")], name="panel"))
    clock = Clock(unit="day", first={"panel": 10}, order=("panel", "board"))
    whole = plan(rules, replace(scenario(), clock=clock), years=1, seed=1)
    assert [body.dates[0].isoformat() for body in whole.bodies] == ["2010-05-04", "2010-05-11"]
    assert whole.order == (1, 0)


def test_a_clock_of_months_needs_whole_months() -> None:
    rules = constitution(board([seat("a")], meetings=(meets(Frequency(1, "week")),)))
    with pytest.raises(InputError, match="board does not meet every so many whole months"):
        plan(rules, replace(scenario(), clock=Clock(unit="month")), years=1, seed=1)


@pytest.mark.parametrize(("order", "days"), [(("board", "above"), 0), (("above", "board"), 1)])
def test_what_is_passed_on_is_heard_on_the_same_day_by_who_meets_later(
    order: tuple[str, ...], days: int
) -> None:
    """Nobody of the board votes for anything, so all that it has goes up the first time."""
    above = board([seat("x", body="above")], name="above", decisions=(decision(body="above"),))
    tied = board([seat("a"), seat("b")], decisions=(decision(Threshold(kind="count", number=9)),))
    rules = constitution(
        tied, above, matters=(matter("plan", settle=True),), routes=(route("board", "above", ["plan"]),)
    )
    world = scenario(
        attendance=F(1), in_favour=F(1), matters={"plan": F(1)}, clock=Clock(unit="month", order=order),
        escalation=Escalation(after=1, default=Receiver(settles=F(0), first=0, last=0)),
    )  # fmt: skip
    world = replace(world, items=replace(world.items, by_body={"above": _nothing(world)}))
    t = run(plan(rules, world, years=1, seed=1), 40)
    assert t.of(0, "escalated").sum() > 0
    assert t.of(0, "days").sum() == 3 * days * t.of(0, "settled").sum()


def _nothing(world: Scenario) -> Agenda:
    return replace(world.items.default, per_meeting=F(0), spread="fixed")


def test_two_workers_change_nothing() -> None:
    rules = constitution(board([seat(f"s{i}") for i in range(5)], quorum=(quorum(at_least(3)),)))
    whole = plan(rules, scenario(), years=2, seed=1)
    done: list[int] = []
    one = simulate_all(whole, 2 * BLOCK + 76)
    two = simulate_all(whole, 2 * BLOCK + 76, Hands(2), progress=done.append)
    assert np.array_equal(one.counts, two.counts)
    assert sorted(done) == [76, BLOCK, BLOCK], "told as they are done"


def test_thresholds_of_other_kinds() -> None:
    everybody = scenario(attendance=F(1), in_favour=F(1, 2), per_meeting=8, spread="fixed")
    seats = [seat(f"s{i}") for i in range(4)]
    expected = {
        Threshold(kind="consensus"): 1 / 16,
        Threshold(kind="count", number=3): 5 / 16,
        Threshold(kind="all", number=1, base="members"): 5 / 16,
        Threshold(kind="share", share=F(2, 3), base="voting"): 5 / 16,
        Threshold(kind="share", share=F(3, 4), base="present"): 5 / 16,
        Threshold(kind="share", share=F(1, 4), strict=True, base="seats"): 11 / 16,
        Threshold(kind="plurality"): 5 / 16,
        MAJORITY: 5 / 16,
    }
    for carried, chance in expected.items():
        rules = constitution(board(seats, decisions=(decision(carried),)))
        t = run(plan(rules, everybody, years=5, seed=6), 100)
        near(t.of(0, "carried"), t.of(0, "raised"), chance)


def test_a_member_with_an_interest_who_stays_may_not_count() -> None:
    for counts, lost in ((None, False), (False, True)):
        body = board(
            [seat("a"), seat("b"), seat("c")],
            quorum=(quorum(at_least(3), measured="throughout"),),
            interests=(interest(withdraws="no", counts_to_quorum=counts),),
        )
        world = scenario(attendance=F(1), interests=F(1, 4), per_meeting=4)
        t = run(plan(constitution(body), world, years=2, seed=1), 100)
        assert bool(t.of(0, "quorum_lost").sum()) is lost


def test_nothing_meets() -> None:
    with pytest.raises(InputError, match="the text does not say how often it meets"):
        plan(constitution(board([seat("a")], meetings=())), scenario(), years=1, seed=1)


def test_what_is_not_run_is_said() -> None:
    body = board([seat("a")], decisions=(decision(None, consent_of=("x",)),), standins=(standin("proxy"),))
    said = plan(constitution(body), scenario(), years=1, seed=1).left_out
    assert said == (
        "board: proxies do not vote (1)",
        "board: the text has no rule to decide by, so only what nobody opposes is carried",
        "board: the consent of others is not awaited (1)",
    )


def test_what_speaks_of_more_than_heads_is_not_run() -> None:
    odd = Comparison(Attribute("meeting.requesters"), ">=", Number(F(4)))
    formula = Threshold(kind="formula", formula=odd)
    body = board(
        [seat("a"), seat("b")], decisions=(decision(formula),), presiding=(presides(0, "chair", when=odd),)
    )
    whole = plan(constitution(body), scenario(attendance=F(1), consensus=F(1, 2)), years=1, seed=1)
    assert [said.partition(", since")[0] for said in whole.left_out] == [
        "board: nobody presides",
        "board: what asks for more than heads carries nothing (1)",
    ]
    assert run(whole, 20).of(0, "undecidable").sum() > 0
    with pytest.raises(InputError, match="its quorum asks for more than heads"):
        plan(constitution(replace(body, quorum=(quorum(odd),))), scenario(), years=1, seed=1)


def test_where_it_is_not_known_who_has_no_vote_nothing_is_decided() -> None:
    whole_but_one = Threshold(kind="all", base="members", without="subject")
    body = board([seat("a"), seat("b")], decisions=(decision(whole_but_one),))
    whole = plan(constitution(body), scenario(attendance=F(1)), years=1, seed=1)
    assert whole.left_out == ("board: nothing is decided where it is not known who has no vote (1)",)
    assert run(whole, 20).of(0, "carried").sum() == 0


def test_who_has_no_vote_casts_none() -> None:
    seats = [seat("a"), seat("b", ["guests"]), seat("c", ["guests"])]
    body = board(seats, decisions=(decision(Threshold(kind="count", number=2), without="guests"),))
    whole = plan(constitution(body), scenario(attendance=F(1), in_favour=F(1)), years=1, seed=1)
    assert run(whole, 20).of(0, "carried").sum() == 0


def test_a_quorum_of_others_than_voters_is_not_run() -> None:
    body = board([seat("a")], quorum=(replace(quorum(at_least(1)), counts=("voting", "attending")),))
    with pytest.raises(InputError, match="its quorum counts others than those who vote"):
        plan(constitution(body), scenario(), years=1, seed=1)
