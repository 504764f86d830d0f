"""The offices that bodies fill themselves: as which matter, when, and with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from govmodel.model.expressions import Frequency
from govmodel.model.rules import BodyRules, OfficeRule, Rules, SeatRule
from govmodel.model.scenario import Scenario
from govmodel.semantics.counting import places
from govmodel.semantics.holders import fits
from govmodel.sim.arrays import Truths
from govmodel.sim.holders import Holding, turns
from govmodel.sim.ladders import Ladders
from govmodel.sim.plan import MatterPlan, OfficerPlan, OfficesPlan
from govmodel.sim.randomness import threshold

ELECTION = "election-"
"""Before the name of an office, in that of the matter as which it is filled."""


def fills(office: OfficeRule) -> str | None:
    """The body whose members choose, at a meeting, who holds an office. None: it is filled in another way."""
    if office.chosen_by in ("election", "agreement"):
        return office.of
    if office.chosen_by == "appointment" and office.appointer == office.of:
        return office.of
    return None


def elections(rules: Rules, scenario: Scenario, meet: frozenset[str]) -> dict[str, OfficeRule]:
    """The offices that bodies fill in this run, by the names of their matters."""
    if scenario.officers is None:
        return {}
    return {ELECTION + office.name: office for office in rules.offices.values() if fills(office) in meet}


def matter(
    ladders: Ladders, body: BodyRules, where: Mapping[str, SeatRule], office: OfficeRule
) -> MatterPlan:
    """The matter as which an office is filled: what is not carried is put to the next meeting again."""
    made = ladders.matter(body, where, office.matter or "other")
    if made.givers and fills(office) == body.name:
        ladders.not_run.append(
            f"{body.name}: the consent of others is not awaited as to who is {office.title}"
        )
    name, title = ELECTION + office.name, f"who is {office.title}"
    return made.kept(name=name, title=title, givers=(), opts_out=())


def offices(
    rules: Rules, scenario: Scenario, holding: Holding, body: BodyRules, days: Sequence[date],
    numbers: Mapping[str, int], chain: tuple[str | None, str | None], rows: Sequence[str | None],
) -> OfficesPlan | None:  # fmt: skip
    """The offices of one body. `numbers`: of its matters, by name; `chain`: the offices of chair and deputy;
    `rows`: those of `BodyPlan.presiders`. None: the scenario does not speak of officers."""
    told = scenario.officers
    if told is None or not days:
        return None
    own = [o for name, o in rules.offices.items() if fills(o) == body.name and ELECTION + name in numbers]
    at = {office.name: number for number, office in enumerate(own)}
    where = places(body)
    sat = np.array([[place not in gone for place in where] for gone in _empty(holding, body, days)]).T
    return OfficesPlan(
        officers=tuple(
            OfficerPlan(
                name=office.name,
                title=office.title,
                matter=numbers[ELECTION + office.name],
                decided_as=office.matter or "other",
                due=_due(office, holding.first, days),
                may=tuple(
                    i for i, s in enumerate(where.values()) if fits(rules, office.name, s) is not False
                ),
                first=holding.holder(office.name, body, days[0]),
                again=threshold(told.again),
                barred=office.again is False,
            )
            for office in own
        ),
        chair=at.get(chain[0] or "", -1),
        deputy=at.get(chain[1] or "", -1),
        rows=np.array([at.get(office or "", -1) for office in rows], dtype=np.int64),
        sat=sat.reshape(len(where), len(days)),
        stays=told.stays,
        at_once=told.at_once,
    )


def _empty(holding: Holding, body: BodyRules, days: Sequence[date]) -> list[frozenset[str]]:
    """The places that nobody holds on each day, whatever chance brings."""
    return [holding.vacant[body.name] | holding.empty(body, day) | holding.gone(body, day) for day in days]


def _due(office: OfficeRule, first: date, days: Sequence[date]) -> Truths:
    """At which meetings an office is to be filled: the first of the run, and the first of each term."""
    every = office.chosen_every
    if every is None and office.term is not None and office.term.number:
        every = Frequency(1, office.term.unit, int(office.term.number))
    passed = [turns(every, first, day) if every else 0 for day in days]
    return np.array([number == 0 or passed[number] != passed[number - 1] for number in range(len(days))])
