"""What falls due at regular times: done in time, late, or not at all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scenario_help import GOOD, load, problems
from sim_worlds import HEAD, at_least, board, constitution, quorum, scenario, seat

from govmodel.model.expressions import Flag, Frequency
from govmodel.model.record import DutyResult, SimulationResult
from govmodel.model.rules import InstrumentRule, NormRule, RouteRule, Rules, StepRule
from govmodel.model.scenario import Clock, Duties, Keeping, Papers, Scenario
from govmodel.report.simulation import as_csv, as_text
from govmodel.sim import plan, replay, simulate_all
from govmodel.study.simulating import simulate

F = Fraction
YEARLY = Frequency(1, "year")


def norm(name: str = "event", **more: Any) -> NormRule:
    given: dict[str, Any] = {
        "situation": "year", "body": None, "who": "board", "force": "must", "when": None, "unless": None,
        "by": None, "agreed_by": None, "waived_by": None, "over": (), "limit": False, "only": False,
        "always": False, "overrides": (), "content": Flag("year.event"), **more,
    }  # fmt: skip
    return NormRule(**HEAD, name=name, **given)


def route(verb: Any, every: Frequency, **more: Any) -> RouteRule:
    given: dict[str, Any] = {
        "who": ("board",), "whom": ("top",), "any_of": False, "matters": (), "about": None,
        "about_receiver": None, "via": None, "within": None, "effect": None, "consent_of": (),
        "force": "must", **more,
    }  # fmt: skip
    return RouteRule(**HEAD, verb=verb, every=every, **given)


def paper(name: str, after: str | None = None, every: Frequency | None = YEARLY) -> InstrumentRule:
    return InstrumentRule(**HEAD, name=name, title=f"the {name}", every=every, external=False, after=after)


def step(of: str, order: int, verb: str, whom: str, **more: Any) -> StepRule:
    given: dict[str, Any] = {
        "any_of": False, "by": None, "when": None, "every": None, "within": None, "at": None,
        "consent_of": (), "force": "must", **more,
    }  # fmt: skip
    return StepRule(**HEAD, instrument=of, order=order, verb=verb, whom=(whom,), **given)


def keeping(kept: Fraction, late: Fraction, days: int = 30, **by_who: Keeping) -> Scenario:
    default = Keeping(kept=kept, late=late, first=days, last=days)
    return replace(scenario(attendance=F(1, 2)), duties=Duties(default=default, by_who=by_who))


WORLD = constitution(board([seat("a"), seat("b")], quorum=(quorum(at_least(2)),)))


def run(rules: Rules, scene: Scenario, years: int = 4, **more: Any) -> SimulationResult:
    return simulate(rules, scene, years=years, **{"replications": 1024, **more})


def figures(duty: DutyResult) -> dict[str, float | None]:
    return {e.figure: e.value for e in duty.estimates}


def agrees(result: SimulationResult, duty: DutyResult, share: float) -> None:
    """Simulated and exact: within four standard errors of what is known."""
    number = 1024 * 4
    assert duty.beside[0].exact == pytest.approx(share)
    assert figures(duty)["done in time"] == pytest.approx(
        share, abs=4 * (share * (1 - share) / number) ** 0.5
    )
    assert result.agrees


def test_what_a_norm_asks_of_every_year() -> None:
    result = run(replace(WORLD, norms=(norm(),)), keeping(F(3, 4), F(1, 5)))
    (duty,) = result.duties
    of = figures(duty)
    assert of["falls due"] == 1
    agrees(result, duty, 3 / 4)
    assert of["done late"] == pytest.approx(1 / 5, abs=0.025)
    assert of["not done"] == pytest.approx(1 / 20, abs=0.015)
    assert of["how late"] == 30
    assert not any("falls due" in said for said in result.left_out)
    assert not run(replace(WORLD, norms=(norm(),)), scenario()).duties


def test_what_falls_due_more_often_and_of_whom() -> None:
    rules = replace(
        WORLD, routes=(route("reports_to", Frequency(2, "year")), route("informs", Frequency(1, "week")))
    )
    never = Keeping(kept=F(0), late=F(0), first=0, last=0)
    result = run(rules, keeping(F(1), F(0), board=never))
    assert [duty.name for duty in result.duties] == ["reports_to-board-top"]
    assert figures(result.duties[0])["falls due"] == 2
    assert figures(result.duties[0])["not done"] == 1
    assert any("what falls due at regular times is taken as done" in said for said in result.left_out)


def test_what_a_body_does_at_a_meeting_needs_a_quorum() -> None:
    """One meeting in four has a quorum; there are four a year."""
    result = run(replace(WORLD, routes=(route("decides", YEARLY),)), keeping(F(4, 5), F(0)))
    agrees(result, result.duties[0], 4 / 5 * (1 - (3 / 4) ** 4))
    # Else it is done at the first meeting that has one, if that is in the year after, and in the run.
    late = 4 / 5 * (3 / 4) ** 4 * (1 - (3 / 4) ** 4)
    assert figures(result.duties[0])["done late"] == pytest.approx(late * 3 / 4, abs=0.02)


def test_a_step_waits_for_the_one_before() -> None:
    rules = replace(
        WORLD,
        instruments={"plan": paper("plan", after="survey"), "survey": paper("survey")},
        steps=(step("plan", 1, "sent_to", "top"), step("plan", 0, "agreed_by", "board"),
               step("survey", 0, "prepared_by", "a")),
    )  # fmt: skip
    result = run(rules, keeping(F(9, 10), F(1, 10)))
    assert [duty.name for duty in result.duties] == ["survey-prepared_by", "plan-agreed_by", "plan-sent_to"]
    met = 1 - (3 / 4) ** 4
    for duty, share in zip(result.duties, (0.9, 0.81 * met, 0.729 * met), strict=True):
        agrees(result, duty, share)
    told = replay(plan(rules, keeping(F(1, 2), F(1, 4)), years=40, seed=1), 1)
    done = [[r for r in told if r.what == "duty" and r.facts["duty"].startswith(name)] for name in
            ("the survey", "the plan: agreed", "the plan: sent")]  # fmt: skip
    order = ["in time", "late", "not done"]
    for survey, agreed, sent in zip(*done, strict=True):
        places = [order.index(r.facts["done"]) for r in (survey, agreed, sent)]
        assert places == sorted(places)
    with_papers = run(rules, replace(keeping(F(1), F(0)), papers=Papers(ready=F(1))))
    assert [duty.name for duty in with_papers.duties] == ["survey-prepared_by", "plan-sent_to"]


def test_a_clock_of_months() -> None:
    rules = replace(WORLD, routes=(route("decides", YEARLY),), norms=(norm(),))
    scene = replace(keeping(F(1, 2), F(1, 2), days=60), clock=Clock(unit="month"))
    result = run(rules, scene)
    assert {e.unit for e in result.duties[0].estimates if e.figure == "how late"} == {"months"}
    assert figures(result.duties[0])["how late"] == 2
    agrees(result, result.duties[1], 1 / 2 * (1 - (3 / 4) ** 4))


def test_other_draws_are_as_they_were() -> None:
    """Another duty changes neither the meetings nor the other duty."""
    one = plan(replace(WORLD, norms=(norm("b"),)), keeping(F(1, 2), F(1, 4)), years=4, seed=1)
    two = plan(replace(WORLD, norms=(norm("a"), norm("b"))), keeping(F(1, 2), F(1, 4)), years=4, seed=1)
    none = plan(WORLD, scenario(attendance=F(1, 2)), years=4, seed=1)
    t, u, v = (simulate_all(p, 300).counts for p in (one, two, none))
    assert np.array_equal(t[0], u[0])
    assert np.array_equal(t[0], v[0])
    assert np.array_equal(t[1], u[2])


def test_what_is_told() -> None:
    result = run(replace(WORLD, norms=(norm(),)), keeping(F(1, 2), F(1, 2)), trace=3)
    text = as_text(result)
    assert "What falls due  clauses  a year  in time" in text
    assert "Due by 1 May 2011: event (1): " in text
    assert "done late, on 31 May " in text
    assert "event,done in time,share," in as_csv(result)
    assert result.to_dict()["duties"][0]["figures"][1]["exact"] == 0.5


DUTIES = """\
duties:
  default: {kept: 0.9, late: 0.05, days: 5..40}
  by_who: {police: {kept: 0.5, late: 0.5, days: 10}}
"""


def test_they_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + DUTIES).duties
    assert found is not None
    assert found.of(None) == Keeping(kept=F(9, 10), late=F(1, 20), first=5, last=40)
    assert found.of("police").last == 10
    assert load(tmp_path, GOOD + "duties: none\n").duties is None
    for old, new, said in (
        ("late: 0.5", "late: 0.6", "not-one: kept and late together are more than 1"),
        (
            "police",
            "polise",
            'the model has no body, office, party or class "polise"; did you mean "police"?',
        ),
        ("days: 5..40", "days: soon", "a number of days is expected here"),
        (", late: 0.05", "", "duties of default says nothing of late"),
    ):
        assert any(said in problem for problem in problems(tmp_path, GOOD + DUTIES.replace(old, new)))
