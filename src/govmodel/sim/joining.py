"""Organisations that ask to join a body, are let in, and from then on have a place on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from govmodel.model.record import Record
from govmodel.model.rules import BodyRules, MembershipRule, SeatRule
from govmodel.model.scenario import Clock, Scenario
from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.items import COLUMN, Block
from govmodel.sim.plan import JOINED, BodyPlan, JoiningPlan
from govmodel.sim.randomness import BLOCK, Limit, threshold, thresholds_of
from govmodel.sim.telling import day_of
from govmodel.sim.turnover import NEVER


def lets_in(body: BodyRules, scenario: Scenario) -> tuple[MembershipRule, ...]:
    """The rules by which organisations join a body in a run; none: they do not."""
    return tuple(m for m in body.membership if m.joins) if scenario.joining is not None else ()


def itself(body: BodyRules, rule: MembershipRule) -> bool:
    """Whether a body itself agrees to who joins."""
    return rule.agreed_by in (body.name, "body", "members")


def with_places(body: BodyRules, scenario: Scenario) -> BodyRules:
    """The body with places for those who may join."""
    rules = lets_in(body, scenario)
    if not rules or scenario.joining is None or not scenario.joining.most:
        return body
    rule = rules[0]
    most = scenario.joining.most
    seat = SeatRule(
        mark=rule.mark, clauses=rule.clauses, body=body.name, name=JOINED, party=None, classes=(), low=most,
        high=most, role="voting", votes=1, optional=False, holder="a member who joined",
    )  # fmt: skip
    return replace(body, seats=(*body.seats, seat))


def joining(
    scenario: Scenario, body: BodyRules, where: Sequence[str], times: Sequence[tuple[int, date]]
) -> JoiningPlan | None:
    """How organisations join one body. `times`: of its meetings. None: they do not."""
    rules, told = lets_in(body, scenario), scenario.joining
    if not rules or told is None:
        return None
    year = 12 if (scenario.clock or Clock(unit="day")).unit == "month" else 365
    ticks = [tick for tick, _ in times]
    passed = [0, *(after - before for before, after in pairwise(ticks))][: len(ticks)]
    return JoiningPlan(
        asks=thresholds_of([[min(Fraction(1), told.asks_a_year * Fraction(t, year)) for t in passed]])[0],
        agreed=threshold(told.agreed),
        by_body=all(itself(body, rule) for rule in rules),
        places=np.array([place.partition("#")[0] == JOINED for place in where], dtype=bool),
        clauses=tuple(dict.fromkeys(clause for rule in rules for clause in rule.clauses)),
    )


class Joining:
    """`since`: from when each place (row) of who joins is held, as a tick; `asked`: where somebody waits."""

    def __init__(self, block: Block, body: BodyPlan, plan: JoiningPlan) -> None:
        self.block, self.body, self.plan = block, body, plan
        self.rows = np.flatnonzero(plan.places)
        self.since: Whole = np.full((len(self.rows), block.size), NEVER, dtype=np.int64)
        self.asked: Truths = np.zeros(block.size, dtype=bool)

    def sit(self, number: int, held: Truths) -> None:
        """Take away from `held` the places to which nobody has come yet."""
        held[self.rows] &= self.since <= int(self.body.ticks[number])

    def act(self, number: int, quorate: Truths) -> None:
        """Hear who asks to join, at one meeting: they sit from the next one on."""
        block, body, size = self.block, self.body, self.block.size
        tallies = block.tallies[body.number]
        drawn = block.streams.coarse((body.name, "asks to join"), block.number, BLOCK, number)
        free = (self.since == NEVER).any(axis=0)
        asks = drawn.below(Limit.of(int(self.plan.asks[number])))[:size] & ~self.asked & free
        tallies[COLUMN["asked"]] += asks
        self.asked |= asks
        heard = self.asked & quorate if self.plan.by_body and body.gates else self.asked.copy()
        agrees = block.streams.coarse((body.name, "lets in"), block.number, BLOCK, number)
        joins = heard & agrees.below(Limit.of(self.plan.agreed))[:size]
        tallies[COLUMN["joined"]] += joins
        self.asked &= ~heard
        for rep in np.flatnonzero(joins):
            row = int((self.since[:, rep] == NEVER).argmax())
            self.since[row, rep] = int(body.ticks[number]) + 1
        if block.told is not None and heard[block.told]:
            block.records.append(self._told(number, bool(joins[block.told])))

    def _told(self, number: int, joins: bool) -> Record:
        return Record(
            replication=self.block.number * BLOCK + (self.block.told or 0) + 1,
            day=day_of(self.block.plan, int(self.body.ticks[number])),
            body=self.body.name,
            what="joining",
            facts={"body": self.body.title, "joins": joins, "clauses": list(self.plan.clauses), "serial": 0},
        )
