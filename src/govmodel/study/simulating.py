"""The use case of `govmodel simulate`: meeting years of one reading, with exact figures beside."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from govmodel.calendar import data_version
from govmodel.checks.practice.quorate import again
from govmodel.checks.practice.quorate import inquorate as inquorate
from govmodel.errors import InputError, Problem
from govmodel.exact import chances
from govmodel.exact.chains import run_of
from govmodel.loading import load
from govmodel.loading.scenario import load_scenario
from govmodel.model.constitution import Constitution
from govmodel.model.record import Beside, BodyResult, Record, SimulationResult
from govmodel.model.rules import Rulebook, Rules
from govmodel.model.scenario import Scenario
from govmodel.reading import read, under
from govmodel.sim import Plan, Tallies, estimates, plan, replay, simulate_all
from govmodel.sim.left_out import in_vain
from govmodel.sim.plan import BodyPlan
from govmodel.spread import Hands
from govmodel.study.absences import beside_absences
from govmodel.study.beside import NotCovered, beside
from govmodel.study.duties import duty_results
from govmodel.study.naming import CALL, known_reading
from govmodel.study.offices import beside_offices
from govmodel.study.vacancies import beside_vacancies

TOO_UNLIKELY = 1e-6
"""A run without a defect is flagged this rarely, so that a sweep of thousands of runs can trust a flag."""


IN_A_ROW = (2, 3)
"""Runs of meetings without a quorum that are told."""


class OutOfRange(ValueError):
    """A number that cannot be run: too few replications, or years that the calendar does not know."""


def simulate(
    model: str | os.PathLike[str] | Constitution | Rulebook | Rules,
    scenario: Scenario | str | os.PathLike[str],
    *,
    years: int = 10,
    replications: int = 1000,
    seed: int = 1,
    workers: int = 1,
    scheduler: str | None = None,
    reading: Mapping[str, str] | None = None,
    first: date | None = None,
    trace: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> SimulationResult:
    """Run meeting years of a constitution under one reading (completed with the base).

    `scenario`: one, or the path of its file. `first`: the first day, else the document's. `trace`: a
    replication (from 1) whose records are kept. `progress` is told of replications as they are done.
    `scheduler`: the address of a Dask scheduler, whose workers then do the work instead of processes of
    this machine. The same arguments give the same result, whoever works.

    Raises:
        InputError: the scenario or the reading cannot be used, or no body meets.
        OutOfRange: a number that cannot be run.
        Lost: the workers cannot be reached, or went away.
    """
    for name, number in (("years", years), ("replications", replications), ("workers", workers)):
        if number < 1:
            raise OutOfRange(f"{name} must be 1 or more, not {number}")
    if seed < 0:
        raise OutOfRange(f"the seed must be 0 or more, not {seed}")
    if trace is not None and not 1 <= trace <= replications:
        raise OutOfRange(f"there are replications 1 to {replications}, not {trace}")
    if isinstance(model, (str, os.PathLike)):
        model = load(model)
    rulebook = read(model) if isinstance(model, Constitution) else model
    if rulebook.texts:
        files = ", ".join(text.path for text in rulebook.texts.values())
        says = f"{rulebook.id} is a landscape: it joins texts, and meeting years are those of one text"
        raise InputError((Problem(CALL, "landscape", says, f"Simulate one of them: {files}."),))
    if not isinstance(scenario, Scenario):
        scenario = load_scenario(scenario, rulebook)
    chosen: Mapping[str, str] = {}
    if isinstance(rulebook, Rulebook):
        rules = under(rulebook, known_reading(rulebook, reading or {}))
        base = rulebook.base
        chosen = {name: option for name, option in rules.reading.items() if option != base[name]}
        title, path = rulebook.title, rulebook.path
    else:
        rules, title, path = rulebook, rulebook.id, ""
    try:
        whole = plan(rules, scenario, years=years, seed=seed, first=first)
    except ValueError as error:
        raise OutOfRange(str(error)) from error
    tallies = simulate_all(whole, replications, Hands(workers, scheduler), progress)
    records: tuple[Record, ...] = replay(whole, trace) if trace is not None else ()
    return SimulationResult(
        model=rules.id, path=path, title=title, reading=rules.reading, chosen=chosen,
        scenario=scenario.name, scenario_path=scenario.path, scenario_about=scenario.about,
        first=whole.first, until=whole.until, years=years, replications=replications, seed=seed,
        calendar=data_version(),
        bodies=tuple(
            replace(_body_result(whole, tallies, body, replications), has_quorum=bool(body.quorum))
            for body in whole.bodies
        ),
        duties=duty_results(whole, tallies, TOO_UNLIKELY),
        left_out=whole.left_out, in_vain=tuple(in_vain(scenario, whole.first, whole.until)),
        traced=trace, records=records,
    )  # fmt: skip


def _body_result(whole: Plan, tallies: Tallies, body: BodyPlan, replications: int) -> BodyResult:
    if not body.meets:
        return BodyResult(name=body.name, title=body.title, why_not=body.why_not)
    figures = estimates(whole, tallies, body.number)
    by_meeting = inquorate(whole, body)
    if by_meeting is None:
        people = body.going is not None or body.absences is not None or body.joining is not None
        why = "people go" if people else "its quorum tells too many groups of seats apart"
        known = tuple(beside_vacancies(whole, tallies, body, TOO_UNLIKELY))
        what = "of what becomes of items, " if known else ""
        return BodyResult(
            name=body.name,
            title=body.title,
            estimates=figures,
            beside=known,
            not_compared=f"{what}since {why}",
        )
    happened = int(tallies.of(body.number, "inquorate").sum())
    events = [(chance, many * replications) for chance, many in Counter(by_meeting).items()]
    chance = chances.so_far_off(happened, events)
    exact = sum(by_meeting, Fraction(0)) / len(by_meeting)
    inquorate_share = Beside("inquorate meetings", float(exact), chance, chance >= TOO_UNLIKELY)
    more: tuple[Beside, ...] = ()
    why = ""
    going_on = again(whole, body)
    quorums = _beside_again(whole, tallies, body, going_on) if going_on else ()
    fails = by_meeting
    if going_on:
        # A meeting that goes on and is quorate then has not failed.
        fails = tuple(one - on + twice for one, (on, twice) in zip(by_meeting, going_on, strict=True))
    try:
        more = beside(whole, tallies, body, TOO_UNLIKELY)
    except NotCovered as error:
        why = f"of what becomes of items, since {error}"
    more += tuple(beside_offices(whole, tallies, body, TOO_UNLIKELY))
    more += tuple(beside_absences(whole, tallies, body, TOO_UNLIKELY))
    return BodyResult(
        name=body.name, title=body.title, estimates=figures, beside=(inquorate_share, *quorums, *more),
        in_a_row={length: float(run_of(fails, length)) for length in IN_A_ROW}, not_compared=why,
    )  # fmt: skip


def _beside_again(
    whole: Plan, tallies: Tallies, body: BodyPlan, going_on: Sequence[tuple[Fraction, Fraction]]
) -> tuple[Beside, ...]:
    """How many meetings go on, and how many of them are inquorate again, beside what was counted."""
    if any(one.lost for one in body.resumed) and body.rechecked and body.leaves:
        return ()
    found = []
    for which, (figure, counted) in enumerate(
        (("meetings that go on", "resumed"), ("going on and inquorate", "resumed_inquorate"))
    ):
        wanted = [chances_[which] for chances_ in going_on]
        simulated = tallies.of(body.number, counted)
        events = [(chance, many * len(simulated)) for chance, many in Counter(wanted).items()]
        chance = chances.so_far_off(int(simulated.sum()), events)
        found.append(
            Beside(figure, float(sum(wanted, Fraction(0))) / whole.years, chance, chance >= TOO_UNLIKELY)
        )
    return tuple(found)
