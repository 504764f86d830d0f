"""A gathering enacted: one meeting of the simulator at which nothing is left to chance.

The engine itself says what comes of it, with the attendance, the interests and the votes of the gathering
in the place of draws. So a story that the solver tells can be held against what would happen in a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from govmodel.errors import InputError
from govmodel.model.expressions import Frequency, Length
from govmodel.model.rules import MeetingRule, Rules
from govmodel.model.scenario import Agenda, Ballot, Items, Scenario
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import STATUSES
from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.certain import ALWAYS, NEVER, certain
from govmodel.sim.drawing import Dice
from govmodel.sim.hearing import Hearing
from govmodel.sim.items import INQUORATE, OUTCOMES
from govmodel.sim.plan import NOBODY, BodyPlan, Plan
from govmodel.sim.planning import plan
from govmodel.sim.randomness import Hashed, Limit
from govmodel.sim.rooms import Heads, Rooms, packed


class NotEnacted(ValueError):
    """The simulator does not run what this gathering needs; the message says what."""


@dataclass(frozen=True, slots=True)
class Enacted:
    """What came of a gathering. `outcome` as in records; votes without a casting vote; `casting`: 1 for,
    -1 against, 0 none was given."""

    quorate: bool
    outcome: str
    in_favour: int
    against: int
    casting: int


def enact(rules: Rules, gathering: Gathering) -> Enacted:
    """What the simulator makes of a gathering on one item.

    Raises:
        NotEnacted: the body's rules, or the case, are not run.
    """
    whole = _planned(rules, gathering)
    body = whole.bodies[0]
    absent = gathering.in_writing or gathering.by_proxy
    if gathering.touching is not None or gathering.subject is not None or absent:
        raise NotEnacted("amendments, matters about a member, and votes without being there are not run")
    if whole.not_run:
        raise NotEnacted("; ".join(whole.not_run))
    here = _rows(body, gathering.present)
    standin = _rows(body, gathering.standing_in) & here
    person = here & ~standin
    counted = here if body.standins_count else person
    heads = Heads(whole.rules, body.rules)
    quorate = heads.quorate(body.quorum, counted)
    if body.gates and not quorate[0]:
        # As a meeting that goes on another day, if not as the first one.
        then = [r.body for r in body.resumed if r.never and heads.quorate(r.body.quorum, counted)[0]]
        if not then:
            return Enacted(False, OUTCOMES[INQUORATE], 0, 0, 0)
        body, quorate = then[0], np.ones(1, dtype=bool)
    rooms = Rooms(
        first=0, last=1, size=1, tick=np.array([body.ticks[0]]), person=person, standin=standin, here=here,
        counted=counted, quorate=quorate, arrivals=np.ones((1, 1), dtype=np.int64), planes=packed(here),
    )  # fmt: skip
    zero = np.zeros(1, dtype=np.int64)
    dice = _Said(
        interest=_rows(body, gathering.barred), in_favour=_rows(body, gathering.in_favour),
        against=_rows(body, gathering.against),
    )  # fmt: skip
    hearing = _Case(whole, body, gathering)
    ballots, found = hearing.vote(rooms, zero, zero, dice, True)
    valid = not body.gates or bool(quorate[0])
    return Enacted(
        valid, OUTCOMES[found[0]], int(ballots.favour[0]), int(ballots.contra[0]),
        int(ballots.casting[0]),
    )  # fmt: skip


class _Case(Hearing):
    """A hearing at which the statuses of chair and deputy are given."""

    def __init__(self, whole: Plan, body: BodyPlan, gathering: Gathering) -> None:
        super().__init__(whole, body, gathering.election_round)
        self.later = None  # what comes of this round, and no other
        self.given = [STATUSES.index(gathering.chair), STATUSES.index(gathering.deputy)]

    def _status(self, seat: Whole, *_: object) -> Whole:
        # The plan numbers the chair 0 and the deputy 1.
        return np.array([self.given[int(seat[0])]], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Said:
    """The interests and votes of the gathering in the place of draws."""

    interest: Truths
    in_favour: Truths
    against: Truths

    def item(self, _purpose: str) -> Hashed:
        return Hashed(np.array([(1 << 31) - 1], dtype=np.uint64))

    def seats(self, purpose: str, *_sides: Sequence[Limit]) -> list[Truths]:
        if purpose == "interest":
            return [self.interest.copy(), np.zeros_like(self.interest)]
        return [self.in_favour.copy(), ~self.against]

    def take(self, _which: Whole) -> Dice:
        return self


def _rows(body: BodyPlan, names: Sequence[str]) -> Truths:
    return np.array([[place in names] for place in body.places], dtype=bool)


def _planned(rules: Rules, gathering: Gathering) -> Plan:
    """A plan of the one body, which meets once a year, under a scenario without chance."""
    body = rules.bodies[gathering.body]
    yearly = MeetingRule(
        clauses=body.clauses or ("-",), mark=_scenario(gathering).mark(), body=body.name, kind="ordinary",
        how_often=Frequency(1, "year"), at_least=None, called_by=None, on_request_of=None, cancelled_by=None,
    )  # fmt: skip
    # A second meeting is on any day, where the text does not say when it is.
    inquorate = tuple(
        replace(rule, resumes=rule.resumes or rule.second_notice or Length(1, "week"))
        for rule in body.inquorate
    )
    own = replace(body, meetings=(yearly,), inquorate=inquorate)
    alone = replace(rules, bodies={body.name: own}, first_day=date(2001, 1, 1))
    try:
        whole = plan(alone, _scenario(gathering), years=1, seed=0)
    except InputError as error:
        raise NotEnacted("; ".join(problem.message for problem in error.problems)) from error
    planned = whole.bodies[0]
    place = {name: number for number, name in enumerate(planned.places)}
    if gathering.presider is not None and gathering.presider not in place:
        raise NotEnacted("who presides has no seat that votes")
    if not {*gathering.present} <= {*place}:
        raise NotEnacted("somebody is there who has no seat that votes")
    presider = NOBODY if gathering.presider is None else place[gathering.presider]
    if gathering.presider is not None and gathering.presider not in gathering.present:
        presider = NOBODY
    presiders = np.full_like(planned.presiders, presider)
    presiders[0] = NOBODY
    one, two = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    again = tuple(
        replace(r, body=replace(r.body, chair=one, deputy=two, presiders=presiders)) for r in planned.resumed
    )
    given = replace(planned, chair=one, deputy=two, presiders=presiders, resumed=again)
    return replace(whole, bodies=(given,))


def _scenario(gathering: Gathering) -> Scenario:
    """Interests and abstentions are possible, so that the engine asks who has one and who is silent."""
    return certain(
        "enacted", "one gathering",
        Items(default=Agenda(per_meeting=ALWAYS, spread="fixed", matters={gathering.matter: ALWAYS})),
        Ballot(in_favour=NEVER, against=NEVER, abstain=ALWAYS),
        interest=ALWAYS if gathering.barred else NEVER,
    )  # fmt: skip
