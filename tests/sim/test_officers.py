"""Offices that a body fills itself: when, with whom, and how long one is vacant."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import HEAD, at_least, board, constitution, office, presides, quorum, scenario, seat

from govmodel.model.expressions import Frequency, Is, Length
from govmodel.model.rules import CompositionRule, InquorateRule, OfficeRule, Rules
from govmodel.model.scenario import Chances, Merger, Officers, Offices, Scenario, Turnover, Urgent
from govmodel.report.simulation import story
from govmodel.semantics.meeting import quorate, tally
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction
NEVER = F(0)
EVERYBODY: dict[str, Any] = {"attendance": F(1), "consensus": F(1), "per_meeting": 1}


def elected(name: str = "chair", **more: Any) -> OfficeRule:
    """An office to which somebody is elected every second year."""
    given: dict[str, Any] = {"chosen_by": "election", "chosen_every": Frequency(1, "year", 2), **more}
    return replace(office(name), **given)


def world(chair: OfficeRule | None = None, *others: OfficeRule, **body: Any) -> Rules:
    seats = body.pop("seats", None) or [seat(name) for name in "abcd"]
    links = (presides(0, "chair", "casting"), presides(1, "deputy"))
    own = board(seats, **{"presiding": links, **body})
    return constitution(own, offices=(chair or elected(), *others))


def officers(again: Fraction = NEVER, *, stays: bool = False, at_once: bool = False, **more: Any) -> Scenario:
    return replace(
        scenario(**{**EVERYBODY, **more}), officers=Officers(again=again, stays=stays, at_once=at_once)
    )


def choices(rules: Rules, scene: Scenario, years: int = 6, which: int = 1) -> list[dict[str, Any]]:
    return [
        dict(r.facts) for r in replay(plan(rules, scene, years=years, seed=1), which) if r.what == "office"
    ]


def test_an_office_is_filled_when_its_term_ends() -> None:
    whole = plan(world(), officers(), years=6, seed=1)
    t = simulate_all(whole, 50)
    assert (t.of(0, "elections") == 3).all()
    assert (t.of(0, "elected") == 3).all()
    assert not t.of(0, "chair_vacant").any()
    days = [r.day for r in replay(whole, 1) if r.what == "office"]
    assert [day.year for day in days] == [2010, 2012, 2014]
    assert not any("elected is as" in said for said in whole.left_out)
    one = choices(world(), officers(F(1)))
    assert len({facts["put_up"] for facts in one}) == 1
    never = choices(world(elected(again=False)), officers(F(1)), years=20)
    assert all(a["put_up"] != b["put_up"] for a, b in pairwise(never))


def test_anybody_who_may_is_as_likely_to_be_put_up() -> None:
    only = CompositionRule(**HEAD, body="board", office="chair", needs=Is("party", ("b", "c")))
    rules = replace(world(), composition=(only,))
    put_up = Counter(choices(rules, officers(), years=2, which=k)[0]["put_up"] for k in range(1, 201))
    assert set(put_up) == {"B", "C"}
    assert abs(put_up["B"] - 100) < 47  # 99.9 % of fair draws are as even


def test_nobody_holds_two_of_them() -> None:
    rules = world(elected(), elected("deputy"))
    for which in range(1, 40):
        first, second = choices(rules, officers(F(1, 2)), years=2, which=which)
        assert first["put_up"] != second["put_up"]


@pytest.mark.parametrize("stays", [False, True])
def test_without_a_quorum_nobody_is_chosen(stays: bool) -> None:
    """Three meetings in four have a quorum; a vote is always carried: a run of failures that ends."""
    one = [seat("a"), seat("b")]
    rules = world(seats=one, quorum=(quorum(at_least(2)),))
    scene = officers(stays=stays, attendance=F(3, 4))
    result = simulate(rules, scene, years=8, replications=2000)
    fails = 1 - (3 / 4) ** 2
    tries = sum(fails**k for k in range(8))  # in each term of eight meetings
    body = result.bodies[0]
    assert body.estimate("offices to fill").value == pytest.approx(4 * tries / 8, rel=0.03)
    share = 0.0 if stays else fails * sum(fails**k for k in range(8)) / 8
    assert body.estimate("office of chair vacant").value == pytest.approx(share, abs=0.01)
    exact = {beside.figure: beside for beside in body.beside}
    assert exact["offices to fill"].exact == pytest.approx(4 * tries / 8)
    assert exact["office of chair vacant"].exact == pytest.approx(share)
    assert all(beside.agrees for beside in body.beside)


def test_an_office_is_vacant_when_its_holder_goes() -> None:
    goes = Turnover(leaves_a_year=F(1), first=0, last=0, notice_a_year=F(0))
    rules = world()
    vacant, filled = (
        simulate_all(plan(rules, replace(officers(at_once=soon), turnover=goes), years=4, seed=1), 500)
        for soon in (False, True)
    )
    # A quarter from one meeting to the next, the holder goes with chance one in four. The first meeting of a
    # term fills the office.
    there = (1 - 92 / 365) ** np.arange(8)
    assert vacant.of(0, "chair_vacant").mean() / 16 == pytest.approx(1 - there.mean(), abs=0.02)
    assert not filled.of(0, "chair_vacant").any()
    assert filled.of(0, "elections").mean() > 4


def test_a_party_that_is_no_more_holds_no_office() -> None:
    gone = Merger(
        on=plan(world(), officers(), years=1, seed=1).first.replace(year=2011), parties=("b",), into="a"
    )
    rules = world(seats=[seat("b"), seat("a")])
    only = CompositionRule(**HEAD, body="board", office="chair", needs=Is("party", ("b",)))
    whole = plan(replace(rules, composition=(only,)), replace(officers(), mergers=(gone,)), years=4, seed=1)
    found = [r.facts["chair"] for r in replay(whole, 1) if r.what == "meeting"]
    assert found == ["B"] * 4 + [None] * 12


def test_what_the_chair_s_absence_does() -> None:
    """The chair comes to half of the meetings, the deputy to none; nobody else may preside."""
    fixed = replace(elected(), chosen_by=None, chosen_every=None)
    rules = world(fixed, replace(fixed, name="deputy"))
    result = simulate(rules, officers(attendance=F(1, 2)), years=5, replications=400)
    body = result.bodies[0]
    for figure in ("chair not there", "nobody presides"):
        value = body.estimate(figure).value
        assert value == pytest.approx(1 / 2, abs=0.03)
    assert {b.figure: b.exact for b in body.beside}["chair not there"] == 0.5


def test_where_the_chair_may_come_late_or_be_removed_nothing_is_computed() -> None:
    """Whoever is late comes after all, and whoever loses a place is chair no more."""
    fixed = replace(elected(), chosen_by=None, chosen_every=None)
    waits = InquorateRule(
        **HEAD, body="board", when="never-reached", wait=Length(30, "minute"), then="close",
        second_quorum=None, second_notice=None,
    )  # fmt: skip
    rules = world(fixed, quorum=(quorum(at_least(3)),), inquorate=(waits,))
    scene = officers(attendance=F(1, 2))
    late = replace(scene, uses=replace(scene.uses, waiting=Chances(default=F(1, 2))))
    for scenario_, computed in ((scene, True), (late, False)):
        result = simulate(rules, scenario_, years=5, replications=400)
        assert ("chair not there" in {b.figure for b in result.bodies[0].beside}) is computed
        assert result.agrees


def test_meetings_that_are_called_have_the_chair_of_the_last() -> None:
    urgent = Urgent(a_year=F(6), called=F(1), first=0, last=0)
    whole = plan(world(), replace(officers(), urgent=urgent), years=4, seed=1)
    last = ""
    for record in replay(whole, 2):
        if record.what == "office":
            last = record.facts["put_up"]
        elif record.what == "meeting" and record.facts["called"]:
            assert record.facts["chair"] == last


def test_other_draws_are_as_they_were() -> None:
    """Whom a body elects changes nothing of who comes, nor a new seat of whom others are put up."""
    rules = world()
    with_, without = (
        [r.facts["absent"] for r in replay(plan(rules, scene, years=4, seed=1), 2) if r.what == "meeting"]
        for scene in (officers(attendance=F(1, 2)), scenario(**{**EVERYBODY, "attendance": F(1, 2)}))
    )
    assert with_ == without
    more = world(seats=[seat(name) for name in "abcde"])
    before, after = ([choices(r, officers(), years=4, which=k) for k in range(1, 40)] for r in (rules, more))
    pairs = [
        (a["put_up"], b["put_up"])
        for x, y in zip(before, after, strict=True)
        for a, b in zip(x, y, strict=True)
    ]
    assert all(a == b or b == "E" for a, b in pairs)
    assert any(b == "E" for _, b in pairs)


def test_the_judge_agrees_on_every_choice() -> None:
    rules = world(elected(), elected("deputy"), quorum=(quorum(at_least(2)),))
    scene = officers(attendance=F(1, 2), consensus=F(0), abstain=F(1, 5), interests=F(1, 10))
    seen: Counter[str] = Counter()
    for which in range(1, 60):
        for record in replay(plan(rules, scene, years=6, seed=2), which):
            if record.what != "office" or record.gathering is None:
                continue
            assert quorate(rules, record.gathering)
            judged = tally(rules, record.gathering)
            assert (judged.outcome == "carried") is record.facts["chosen"]
            seen[record.facts["outcome"]] += 1
    assert seen["carried"] > 20
    assert seen["lost"] > 20


def test_the_story() -> None:
    rules = world(elected(title="Chair"), quorum=(quorum(at_least(2)),))
    scene = officers(attendance=F(1, 2))
    told = "\n".join(
        line for k in range(1, 9) for line in story(simulate(rules, scene, years=4, replications=9, trace=k))
    )
    assert "  Chair: B is put up, and is chosen. Of the vote: carried by " in told
    assert "  Chair: nobody is chosen, for want of a quorum." in told


def test_it_is_read(tmp_path: Path) -> None:
    key = "officers: {again: 60%, until_chosen: stays, vacancy: next-meeting}\n"
    assert load(tmp_path, GOOD + key).officers == Officers(again=F(3, 5), stays=True, at_once=True)
    assert load(tmp_path, GOOD + "officers: none\n").officers is None
    for old, new, said in (
        ("60%", "often", "a probability from 0 to 1 is expected here"),
        ("stays", "stay", 'until_chosen is stays or vacant; found "stay"; did you mean "stays"?'),
        (", vacancy: next-meeting", "", "officers says nothing of vacancy"),
    ):
        assert any(said in problem for problem in problems(tmp_path, GOOD + key.replace(old, new)))


def test_an_office_with_a_seat_of_its_own_is_held_there() -> None:
    """Whatever other seat comes first, unless the scenario names another on this body or nobody at all."""
    theirs = replace(seat("d"), ex_officio="chair")
    rules = world(office("chair"), seats=[seat("a"), seat("b"), theirs])

    def held(**offices: Any) -> int:
        (body,) = plan(rules, scenario(offices=Offices(**offices)), years=1, seed=1).bodies
        return int(body.presiders[2][0])

    assert held(otherwise="first-seat") == 2
    assert held(otherwise="vacant", by_office={"chair": "elsewhere.x"}) == 2
    assert held(otherwise="vacant", by_office={"chair": "board.a"}) == 0
    assert held(otherwise="vacant") == -1
