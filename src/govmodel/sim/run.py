"""The clock: SimPy calls each body to its meetings; each meeting handles a whole block at once."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from govmodel.model.record import Record
from govmodel.sim.meeting import FIGURES, Block, BodyRun, Whole
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import Streams


def run_block(plan: Plan, number: int, size: int, told: int | None = None) -> tuple[Whole, list[Record]]:
    """Run one block of replications: what was counted, by body, figure and replication.

    `told`: the place in the block of a replication whose records are kept.
    """
    tallies = np.zeros((len(plan.bodies), len(FIGURES), size), dtype=np.int64)
    records: list[Record] = []
    block = Block(
        plan=plan, number=number, size=size, streams=Streams(plan.seed), tallies=tallies, bodies=[],
        told=told, records=None if told is None else records,
    )  # fmt: skip
    block.bodies.extend(BodyRun(block, body) for body in plan.bodies)
    clock = simpy.Environment(initial_time=plan.first.toordinal() * len(plan.bodies))
    for place, index in enumerate(plan.order):
        clock.process(_meetings(clock, block.bodies[index], place, len(plan.bodies)))
    clock.run()
    for body in block.bodies:
        body.end()
    return tallies, records


def _meetings(
    clock: simpy.Environment, body: BodyRun, place: int, bodies: int
) -> Generator[simpy.Event, Any, None]:
    """A day is as many ticks as there are bodies, so that on one day they meet in the plan's order."""
    for number, day in enumerate(body.body.dates):
        yield clock.timeout(day.toordinal() * bodies + place - clock.now)
        body.meet(number)
