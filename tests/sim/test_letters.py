"""Decisions in writing: who answers, what silence means, when the answers are in."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import (
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    office,
    presides,
    quorum,
    scenario,
    seat,
    within,
)

from govmodel.model.expressions import Length, Threshold
from govmodel.model.rules import Rules
from govmodel.model.scenario import Period, Scenario
from govmodel.model.uses import OptingOut, Uses, Writing
from govmodel.report.simulation import story
from govmodel.semantics import meeting as judge
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction
MEMBERS = Threshold(kind="share", share=F(1, 2), strict=True, base="members")
URGENT = {"urgent": F(1)}
ALL = F(1)


def rules_of(members: int = 5, settle: bool = False, **more: Any) -> Rules:
    """Urgent matters may be decided in writing, by a majority of the members."""
    own: dict[str, Any] = {"how": ("writing",), "within": Length(10, "day"), **more}
    by_letter = decision(MEMBERS, ("urgent",), **own)
    body = board(
        [seat(f"s{i}") for i in range(members)], decisions=(decision(), by_letter),
        quorum=(quorum(at_least(members)),),
    )  # fmt: skip
    return constitution(body, matters=(matter("urgent", settle=settle),))


def world(share: Fraction = ALL, **more: Any) -> Scenario:
    given: dict[str, Any] = {
        "attendance": F(0), "in_favour": F(6, 10), "abstain": F(1, 10), "per_meeting": 4, "spread": "fixed",
        "matters": URGENT, **more,
    }  # fmt: skip
    uses = Uses(writing=Writing(share=share, answers=F(1, 2), first=20, last=40))
    return replace(scenario(**given), uses=uses)


@pytest.mark.parametrize(("silence", "chance"), [(None, 0.3), ("assent", 0.8), ("refusal", 0.3)])
def test_what_silence_means(silence: Any, chance: float) -> None:
    """One in two answers, six in ten of them for it; a majority of the five members carries."""
    whole = plan(rules_of(silence=silence), world(), years=5, seed=1)
    assert whole.left_out == ()
    t = simulate_all(whole, 2000)
    carried = sum(comb(5, k) * chance**k * (1 - chance) ** (5 - k) for k in (3, 4, 5))
    assert within(t.of(0, "carried"), 80 * carried)
    assert np.array_equal(t.of(0, "written"), t.of(0, "raised"))
    # Nobody ever comes to a meeting, and all is decided ten days after it came up.
    assert (t.of(0, "inquorate") == 20).all()
    assert np.array_equal(t.of(0, "days"), 10 * t.of(0, "raised"))
    assert np.array_equal(t.of(0, "carried") + t.of(0, "lost"), t.of(0, "raised"))


def test_only_a_share_is() -> None:
    """The others are heard at the meetings as they come up; the votes at meetings stay as they were."""
    given = world(F(1, 4), attendance=F(1))
    t = simulate_all(plan(rules_of(), given, years=5, seed=1), 2000)
    assert within(t.of(0, "written"), 20)
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))
    other = replace(given, items=replace(given.items, default=replace(
        given.items.default, matters={"other": F(1)})))  # fmt: skip
    assert simulate_all(plan(rules_of(), other, years=5, seed=1), 100).of(0, "written").sum() == 0
    result = simulate(rules_of(), given, years=2, replications=20)
    assert (
        result.bodies[0].not_compared == "of what becomes of items, since some items are decided in writing"
    )


def test_where_the_text_gives_no_time() -> None:
    t = simulate_all(plan(rules_of(within=None), world(), years=5, seed=1), 1000)
    assert within(t.of(0, "days") - 30 * t.of(0, "raised"), 0.0)


def test_what_must_be_settled_comes_to_the_next_meeting() -> None:
    rules = rules_of(settle=True)
    t = simulate_all(
        plan(rules, world(attendance=F(1), in_favour=F(9, 10), abstain=F(0)), years=9, seed=1), 200
    )
    assert t.of(0, "lost").sum() == 0
    assert t.of(0, "deferrals").sum() > 0
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))


@pytest.mark.parametrize("silence", [None, "assent", "refusal"])
def test_the_judge_says_the_same(silence: Any) -> None:
    """Of the votes in writing and of those at meetings; nobody presides over letters."""
    rules = rules_of(silence=silence, how=("writing", "meeting"), equal_votes="carried")
    body = replace(
        rules.bodies["board"],
        interests=(interest(),),
        quorum=(),
        presiding=(presides(0, "chair", "casting"),),
    )
    rules = replace(rules, bodies={"board": body}, offices={"chair": office("chair", [["s0"]])})
    given = world(F(1, 2), attendance=F(1, 2), interests=F(1, 10), consensus=F(1, 5))
    seen: set[bool] = set()
    for record in replay(plan(rules, given, years=8, seed=2), 1):
        if record.what != "item" or record.gathering is None:
            continue
        facts, tally = record.facts, judge.tally(rules, record.gathering)
        assert tally.in_favour == facts["votes_for"] + (facts["casting"] > 0)
        assert tally.outcome == (facts["result"] if record.gathering.in_writing else facts["outcome"])
        seen.add(record.gathering.in_writing)
    assert seen == {True, False}


def test_the_story_of_a_decision_in_writing() -> None:
    told = "\n".join(story(simulate(rules_of(), world(), years=2, replications=1, trace=1)))
    assert ": in writing, by 14 May 2010: " in told
    without = replace(world(), uses=Uses())
    assert plan(rules_of(), without, years=1, seed=1).left_out == (
        "board: nothing is decided in writing (1)",
    )


def test_an_added_seat_leaves_the_letters_of_the_others_alone() -> None:
    seen = []
    for members in (5, 6):
        records = replay(plan(rules_of(members), world(), years=4, seed=3), 2)
        voted = [r.gathering.present for r in records if r.what == "item" and r.gathering]
        seen.append([[place for place in present if place != "s5"] for present in voted])
    assert seen[0] == seen[1]


def test_writing_is_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + "writing: {share: 0.5, answers: 80%, days: 5..10}\n").uses.writing
    assert found == Writing(share=F(1, 2), answers=F(4, 5), first=5, last=10)
    said = problems(tmp_path, GOOD + "writing: {share: 5, answers: 0.8}\n")
    assert any("missing-key: writing says nothing of days" in one for one in said)


def test_a_place_that_nobody_holds_is_not_silent() -> None:
    """While two of five places are vacant, silence agrees for three of the others at most."""
    gone = Period(name="gone", first=(1, 1), last=None, vacant=("board.s0", "board.s1"))
    given = world()
    uses = Uses(writing=Writing(share=F(1), answers=F(0), first=1, last=1))
    for vacant, votes in (((gone,), 3), ((), 5)):
        whole = plan(rules_of(silence="assent"), replace(given, periods=vacant, uses=uses), years=2, seed=1)
        seen = {r.facts["votes_for"] for r in replay(whole, 1) if r.what == "item"}
        assert seen == {votes}


def test_a_place_that_nobody_holds_does_not_opt_out() -> None:
    gone = Period(name="gone", first=(1, 1), last=None, vacant=("board.s0",))
    rules = rules_of(how=(), may_opt_out="member")
    rules = replace(rules, bodies={"board": replace(rules.bodies["board"], quorum=())})
    every = Uses(opting_out=OptingOut(against=F(1), others=F(1)))
    given = replace(world(attendance=F(9, 10), abstain=F(0)), periods=(gone,), uses=every)
    out = [
        r.facts["opted_out"] for r in replay(plan(rules, given, years=4, seed=1), 1) if "opted_out" in r.facts
    ]
    assert out
    assert not any("S0" in names for names in out)
