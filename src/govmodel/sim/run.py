"""The clock: SimPy calls the bodies to the meetings of each window; each step handles a whole block."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from govmodel.model.record import Record
from govmodel.sim.arrays import Whole
from govmodel.sim.body import BodyRun
from govmodel.sim.duties import fall_due
from govmodel.sim.items import FIGURES, Block
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import BLOCK, Streams
from govmodel.sim.telling import in_order

NEARLY = 0.9
"""A block that is nearly whole is run as a whole one."""


def run_block(
    plan: Plan, number: int, size: int, told: int | None = None
) -> tuple[Whole, tuple[Record, ...]]:
    """Run one block of replications: what was counted, by body (and duty), figure and replication.

    `told`: the place in the block of a replication whose records are kept.
    """
    if told is None and NEARLY * BLOCK <= size < BLOCK:
        # A whole block begins with the same replications, and needs no looking for what they draw.
        counted, none = run_block(plan, number, BLOCK)
        return counted[:, :, :size], none
    tallies = np.zeros((len(plan.bodies) + len(plan.duties), len(FIGURES), size), dtype=np.int64)
    streams = Streams(plan.seed)
    block = Block(plan=plan, number=number, size=size, streams=streams, tallies=tallies, told=told)
    block.bodies.extend(BodyRun(block, body) for body in plan.bodies)
    clock = simpy.Environment(initial_time=plan.windows[0])
    clock.process(_windows(clock, block))
    clock.run()
    for body in block.bodies:
        body.end()
    fall_due(block)
    return tallies, in_order(plan, block.records)


def _windows(clock: simpy.Environment, block: Block) -> Generator[simpy.Event, Any, None]:
    """Run each window: first the new items of all its meetings, then those that wait, in waves."""
    order = [block.bodies[index] for index in block.plan.order]
    for number, start in enumerate(block.plan.windows):
        yield clock.timeout(start - clock.now)
        for body in order:
            body.open(number)
        while any(body.wave() for body in order):
            pass
