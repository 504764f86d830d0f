"""Who has stayed away from how many meetings in a row, and what becomes of it."""

from __future__ import annotations

import numpy as np

from govmodel.model.record import Record
from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.items import COLUMN, Block
from govmodel.sim.plan import AbsencesPlan, BodyPlan
from govmodel.sim.randomness import BLOCK, Limit
from govmodel.sim.telling import day_of


class Absences:
    """`run`: of absences in a row, by place and replication; `empty_until`: as a tick, where the text has
    made a place empty; `fresh`: where somebody has lost a place since the last meeting."""

    def __init__(self, block: Block, body: BodyPlan, plan: AbsencesPlan) -> None:
        self.block, self.body, self.plan = block, body, plan
        shape = len(body.places), block.size
        self.run: Whole = np.zeros(shape, dtype=np.int64)
        self.empty_until: Whole = np.zeros(shape, dtype=np.int64)
        self.gone: Truths = np.zeros(shape, dtype=bool)

    def sit(self, number: int, held: Truths, fresh: Truths, attends: Truths) -> None:
        """Take away from `held` the places that are empty at a meeting, and say in `fresh` where somebody has
        lost one. `attends`: who comes, were all held."""
        held &= self.empty_until <= int(self.body.ticks[number])
        fresh |= self.gone
        self.gone[:] = False
        there = held & self.plan.sat[:, self.body.level[number], None]
        # A run is of one member: who begins in a place has missed nothing yet.
        self.run[fresh | ~there] = 0
        self.run = np.where(there & ~attends, self.run + 1, 0)

    def act(self, number: int, quorate: Truths) -> None:
        """Do what follows from the runs that are reached at a meeting."""
        block, body, plan = self.block, self.body, self.plan
        tallies = block.tallies[body.number]
        for order, rule in enumerate(plan.rules):
            reached = (self.run == rule.least) & rule.whose[:, None]
            for i in np.flatnonzero(reached.any(axis=1)):
                words = (body.name, body.places[i], rule.name)
                counts = block.streams.coarse((*words, "also"), block.number, BLOCK, number)
                act = block.streams.coarse((*words, "acted on"), block.number, BLOCK, number)
                so = reached[i] & counts.below(Limit.of(rule.also))[: block.size]
                acted = so & act.below(Limit.of(plan.acted_on))[: block.size]
                if rule.by_body and body.gates:
                    acted &= quorate
                tallies[COLUMN["absences"]] += so
                tallies[COLUMN["acted_on"]] += acted
                if rule.effect != "acted on":
                    took = block.streams.draws((*words, "empty for"), block.number, BLOCK, number)
                    span = np.uint64(plan.last - plan.first + 1)
                    days = (took[: block.size].astype(np.uint64) * span) >> np.uint64(31)
                    until = int(body.ticks[number]) + plan.first + days.astype(np.int64)
                    self.empty_until[i][acted] = until[acted]
                    self.gone[i] |= acted
                    tallies[COLUMN["removed"]] += acted
                    self.run[i][acted] = 0
                if block.told is not None and so[block.told]:
                    self._tell(number, order, int(i), bool(acted[block.told]))

    def _tell(self, number: int, order: int, place: int, acted: bool) -> None:
        rule = self.plan.rules[order]
        self.block.records.append(
            Record(
                replication=self.block.number * BLOCK + (self.block.told or 0) + 1,
                day=day_of(self.block.plan, int(self.body.ticks[number])),
                body=self.body.name,
                what="absence",
                facts={
                    "body": self.body.title,
                    "who": self.body.titles[place],
                    "times": rule.least,
                    "then": rule.effect if acted else "nothing follows",
                    "clauses": list(rule.clauses),
                    "serial": place,
                },
            )
        )
