"""What may happen beside meetings: papers that are due, people who go, mergers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import HEAD, at_least, board, constitution, meets, office, presides, quorum, scenario, seat

from govmodel.model.expressions import Frequency, Is, Length, Timed
from govmodel.model.rules import InstrumentRule, MeetingRule, MembershipRule, NormRule, Rules, StepRule
from govmodel.model.scenario import Clock, Merger, Papers, Scenario, Terms, Turnover, Urgent
from govmodel.report.simulation import story
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import inquorate, simulate

F = Fraction


def with_paper(rules: Rules) -> Rules:
    """The board agrees a plan every year."""
    step: dict[str, Any] = {
        "order": 0, "any_of": False, "by": None, "when": None, "every": None, "within": None, "at": None,
        "consent_of": (), "force": "must",
    }  # fmt: skip
    return replace(
        rules,
        instruments={
            "plan": InstrumentRule(
                **HEAD, name="plan", title="the plan", every=Frequency(1, "year"), external=False
            )
        },
        steps=(StepRule(**HEAD, instrument="plan", verb="agreed_by", whom=("board",), **step),),
    )


@pytest.mark.parametrize(("ready", "quorate"), [(F(1), F(1)), (F(1, 2), F(1)), (F(1, 2), F(3, 4))])
def test_papers_are_missed_as_often_as_no_meeting_carries_them(ready: Fraction, quorate: Fraction) -> None:
    """Four meetings a year; once ready, a paper is carried at the first meeting with a quorum."""
    rules = with_paper(constitution(board([seat("a")], quorum=(quorum(at_least(1)),))))
    world = replace(scenario(attendance=quorate, consensus=F(1)), papers=Papers(ready=ready))
    t = simulate_all(plan(rules, world, years=5, seed=1), 1024)
    assert (t.of(0, "papers") == 5).all()
    r, q = float(ready), float(quorate)
    missed = sum(
        (1 - r) ** k * r * (1 - q) ** (4 - k) for k in range(4)
    ) + (1 - r) ** 4  # fmt: skip
    found = 1 - t.of(0, "papers_kept").sum() / t.of(0, "papers").sum()
    assert found == pytest.approx(missed, abs=4 * (missed / (5 * 1024)) ** 0.5 + 1e-12)
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))


def test_without_a_word_papers_are_not_run() -> None:
    rules = with_paper(constitution(board([seat("a")])))
    assert not simulate_all(plan(rules, scenario(), years=2, seed=1), 20).of(0, "papers").any()


def turnover(**more: Any) -> Turnover:
    given: dict[str, Any] = {"leaves_a_year": F(0), "first": 60, "last": 60, "notice_a_year": F(0), **more}
    return Turnover(**given)


def test_places_are_empty_as_long_as_a_renewal_says() -> None:
    """A holder goes with chance 1/12 from one month to the next, and the place is empty for three."""
    monthly = board([seat("a"), seat("b")], meetings=(meets(Frequency(1, "month")),))
    world = replace(
        scenario(attendance=F(1)), clock=Clock(unit="month"),
        turnover=turnover(leaves_a_year=F(1), first=90, last=90),
    )  # fmt: skip
    result = simulate(constitution(monthly), world, years=20, replications=500)
    # Held for 12 months on average, of which the one when they go is the first that is empty; 3 are empty.
    share = 3 / (3 + 12 - 1 + 0)
    value = result.bodies[0].estimate("empty places").value
    assert value is not None
    assert value / 2 == pytest.approx(share, rel=0.03)
    assert result.bodies[0].not_compared == "of what becomes of items, since people go"


@pytest.mark.parametrize("renewed", [F(0), F(3, 5), F(1)])
def test_terms_of_seats_end(renewed: Fraction) -> None:
    """After each year but the last, a place is empty for three months unless its holder stays."""
    body = board([seat("a", term=Length(1, "year")), seat("b")], meetings=(meets(Frequency(1, "month")),))
    world = replace(scenario(attendance=F(1)), terms=Terms(renewed=renewed, first=80, last=80))
    whole = plan(constitution(body), world, years=10, seed=1)
    t = simulate_all(whole, 1000)
    share = (1 - renewed) * 3 * 9
    error = float(27 * renewed * (1 - renewed) * 3 / 1000) ** 0.5
    assert t.of(0, "empty").mean() == pytest.approx(float(share), abs=4 * error)
    assert not any("term" in said for said in whole.left_out)
    empty = {title for r in replay(whole, 1) if r.what == "meeting" for title in r.facts["vacant"]}
    assert empty == ({"A"} if renewed < 1 else set())
    # A text without terms is run as without the key.
    other = constitution(board([seat("a"), seat("b")]))
    one, two = (plan(other, s, years=2, seed=1) for s in (scenario(), replace(scenario(), terms=world.terms)))
    assert two.bodies[0].going is None
    assert np.array_equal(simulate_all(one, 50).counts, simulate_all(two, 50).counts)


def test_who_gives_notice_is_gone_when_it_has_run_out() -> None:
    leaves = MembershipRule(
        **HEAD, body="board", joins=(), leaves=("member",), agreed_by=None,
        notice=Length(6, "month"), told=(), force="may",
    )  # fmt: skip
    body = board([seat("a"), seat("b")], membership=(leaves,))
    world = replace(scenario(attendance=F(1)), turnover=turnover(notice_a_year=F(1, 2)))
    whole = plan(constitution(body), world, years=10, seed=3)
    assert "board: nobody leaves (1)" not in whole.left_out
    days = [r.day for r in replay(whole, 1) if r.what == "meeting" and r.facts["vacant"]]
    assert days  # gone for good, and never in the first months
    assert days[0] >= date(2010, 11, 1)
    away = [r.facts["absent"] for r in replay(whole, 1) if r.what == "meeting"]
    assert all(set(a) <= set(b) for a, b in pairwise(away))
    stays = replace(world, turnover=turnover())
    assert "board: nobody leaves (1)" in plan(constitution(body), stays, years=1, seed=3).left_out


def test_a_chair_who_is_gone_has_left_the_office_vacant() -> None:
    body = board([seat("a"), seat("b")], presiding=(presides(0, "chair", "casting"),))
    world = replace(scenario(attendance=F(1)), turnover=turnover(leaves_a_year=F(1), first=400, last=400))
    whole = plan(constitution(body, offices=(office("chair", [["a"]]),)), world, years=4, seed=1)
    chairs = {
        r.gathering.chair for k in range(1, 9) for r in replay(whole, k) if r.what == "item" and r.gathering
    }
    assert chairs == {"present", "vacant"}


def test_a_merger() -> None:
    chair = office("chair", [["a"], ["b"]])
    body = board([seat("a"), seat("b"), seat("c")], presiding=(presides(0, "chair"),),
                 quorum=(quorum(at_least(3)),))  # fmt: skip
    merged = Merger(on=date(2011, 6, 1), parties=("b",), into="a")
    world = replace(scenario(attendance=F(1), standins=F(1)), mergers=(merged,))
    whole = plan(constitution(body, offices=(chair,)), world, years=3, seed=1)
    days = whole.bodies[0].dates
    there = [3 if day < merged.on else 2 for day in days]
    records = [r for r in replay(whole, 1) if r.what == "meeting"]
    assert [r.facts["present"] for r in records] == there
    assert whole.bodies[0].chair.tolist() == [0] * 4 + [1] + [0] * 7
    exact = inquorate(whole, whole.bodies[0])
    assert exact == tuple(F(int(n == 2)) for n in there)


def urgent_world(**more: Any) -> tuple[Rules, Scenario]:
    """A board that may call extraordinary meetings at two days' notice."""
    extra = MeetingRule(
        **HEAD, body="board", kind="extraordinary", how_often=None, at_least=None, called_by="chair",
        on_request_of=None, cancelled_by=None,
    )  # fmt: skip
    body = board([seat("a")], meetings=(meets(), extra), quorum=(quorum(at_least(1)),))
    world = replace(
        scenario(attendance=F(3, 4), per_meeting=0, spread="fixed", consensus=F(1)),
        urgent=replace(Urgent(a_year=F(6), called=F(1), first=0, last=0), **more),
    )
    return constitution(body), world


def norm(event: str, length: Length, **more: Any) -> NormRule:
    given: dict[str, Any] = {
        "name": event, "situation": "meeting", "body": "board", "who": None, "force": "must", "when": None,
        "unless": None, "by": None, "agreed_by": None, "waived_by": None, "over": (), "limit": False,
        "only": False, "always": False, "overrides": (), **more,
    }  # fmt: skip
    return NormRule(**HEAD, content=Timed(f"meeting.{event}", ">=", length, "before", "meeting"), **given)


def test_urgent_business_has_a_meeting_called() -> None:
    rules, world = urgent_world()
    whole = plan(rules, world, years=10, seed=1)
    assert not whole.left_out
    t = simulate_all(whole, 400)
    assert t.of(0, "called").sum() / 4000 == pytest.approx(6, rel=0.05)
    assert t.of(0, "called_inquorate").sum() / t.of(0, "called").sum() == pytest.approx(1 / 4, abs=0.02)
    assert t.of(0, "meetings").tolist() == [40] * 400
    ends = sum(t.of(0, figure) for figure in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, t.of(0, "raised"))
    # A regular meeting is half a quarter away, and one in four is inquorate: 45.6 + 91.3 / 3 days. A
    # called one is on a working day, and one in four of them is inquorate too.
    assert t.of(0, "days").sum() / t.of(0, "carried").sum() == pytest.approx(76 / 4 + 0.7, rel=0.05)
    never = simulate_all(plan(rules, replace(world, urgent=Urgent(a_year=F(6), called=F(0), first=0, last=0)),
                              years=10, seed=1), 400)  # fmt: skip
    assert never.of(0, "called").sum() == 0
    assert np.array_equal(never.of(0, "raised"), t.of(0, "raised"))
    assert never.of(0, "days").sum() / never.of(0, "carried").sum() == pytest.approx(76, rel=0.05)


def test_the_story_of_what_happens_between_meetings() -> None:
    rules, world = urgent_world()
    world = replace(world, papers=Papers(ready=F(1)))
    told = "\n".join(story(simulate(with_paper(rules), world, years=2, replications=3, trace=2)))
    assert "meets, called for urgent business." in told
    assert "  The paper due this year (the plan): carried by 1 vote" in told
    assert "  Urgent item (other business, raised on " in told


def test_where_no_meeting_can_be_called_it_waits() -> None:
    rules, world = urgent_world()
    only = replace(rules, bodies={"board": replace(rules.bodies["board"], meetings=(meets(),))})
    t = simulate_all(plan(only, world, years=5, seed=1), 50)
    assert t.of(0, "called").sum() == 0
    assert t.of(0, "carried").sum() > 0


def test_a_meeting_is_called_no_sooner_than_its_papers_can_go_out() -> None:
    """Notice of 48 hours is allowed, and papers must be out five working days before each meeting."""
    rules, world = urgent_world()
    short = Is("meeting.kind", ("extraordinary",))
    notice = norm("notice", Length(48, "hour"), force="may", when=short)
    papers = norm("papers", Length(5, "day", "working"), always=True)
    whole = plan(rules, world, years=4, seed=2)
    for norms, least in (((notice,), 2), ((notice, papers), 7)):
        whole = plan(replace(rules, norms=norms), world, years=4, seed=2)
        calls = whole.bodies[0].calls
        assert calls is not None
        assert calls.lawful is not None
        waits = calls.lawful - (whole.first.toordinal() + np.arange(len(calls.lawful)))
        assert waits.min() == least
    for record in replay(whole, 3):
        if record.what == "item" and record.facts["raised"] != record.day and record.facts["deferred"] == 0:
            assert (record.day - record.facts["raised"]).days >= 0
    called = [r for r in replay(whole, 3) if r.what == "meeting" and r.facts["called"]]
    assert called
    assert all(record.day.weekday() < 5 for record in called)
    for record in (r for r in replay(whole, 3) if r.what == "item" and r.day in {c.day for c in called}):
        assert (record.day - record.facts["raised"]).days >= 7


HAPPENS = """\
papers: {ready: 0.9}
urgent: {a_year: 2, called: 0.5, days: 5..15}
terms: {renewed: 0.8, vacant_days: 30}
turnover: {leaves_a_year: 0.1, vacant_days: 60..180, notice_a_year: 0.01}
mergers: [{on: 2013-04-01, parties: [police], into: council}]
"""


def test_they_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + HAPPENS)
    assert found.papers == Papers(ready=F(9, 10))
    assert found.terms == Terms(renewed=F(4, 5), first=30, last=30)
    assert found.turnover is not None
    assert (found.turnover.last, found.turnover.notice_a_year) == (180, F(1, 100))
    assert found.mergers == (Merger(on=date(2013, 4, 1), parties=("police",), into="council"),)
    assert load(tmp_path, GOOD + "papers: none\nmergers: none\n").papers is None
    for old, new, said in (
        ("ready: 0.9", "ready: 9", "not-a-probability"),
        ("2013-04-01", "2013-02-30", 'not-a-day: a day is expected here; found "2013-02-30"'),
        ("into: council", "into: concil", 'unknown-name: the model has no party "concil"; did you mean'),
        ("renewed: 0.8, ", "", "terms says nothing of renewed"),
        ("60..180", "long", 'not-days: a number of days is expected here; found "long"'),
        (", into: council", "", "missing-key: a merger says nothing of into"),
        ("a_year: 2", "a_yaer: 2", "missing-key"),
        ("into: council", "into: police", "merged-already: police cannot merge into itself"),
    ):
        assert any(said in problem for problem in problems(tmp_path, GOOD + HAPPENS.replace(old, new)))


def test_whoever_has_merged_is_no_more(tmp_path: Path) -> None:
    chain = "mergers:\n  - {on: 2013-04-01, parties: [police], into: council}\n"
    later = chain + "  - {on: 2014-04-01, parties: [council], into: police}\n"
    gone = "it is one with council from 2013-04-01 on"
    said = f"merged-already: nobody can merge into police on 2014-04-01: {gone}"
    assert problems(tmp_path, GOOD + later)[0].endswith(said)
    twice = chain + "  - {on: 2014-04-01, parties: [police], into: council}\n"
    said = "merged-already: police is one with council from 2013-04-01 on, and merges no more"
    assert problems(tmp_path, GOOD + twice)[0].endswith(said)


def test_what_happens_beside_meetings_and_is_not_run_is_said() -> None:
    """Offices that are filled in time, what falls due, norms: each is named, with its clause."""
    chair = replace(office("chair"), chosen_by="election", title="Chair", clauses=("7",))
    rotates = replace(office("deputy", [["a"]]), title="Deputy")
    of_a_year = replace(norm("held", Length(1, "day")), situation="year", clauses=("8", "9"))
    body = board([seat("a", term=Length(1, "year"))])
    rules = replace(with_paper(constitution(body, offices=(chair, rotates))), norms=(of_a_year,))
    assert plan(rules, scenario(), years=1, seed=1).left_out == (
        "Chair: who is elected is as the scenario says, in the whole run (7)",
        "board: no term of a seat ends (1)",
        "papers that are due at regular times do not come up (1)",
        "what falls due at regular times is taken as done (8, 9)",
    )
    run = plan(rules, replace(scenario(), papers=Papers(ready=F(1))), years=1, seed=1)
    assert "papers that are due at regular times do not come up (1)" not in run.left_out
