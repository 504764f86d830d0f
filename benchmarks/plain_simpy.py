"""A small board and its parent in plain SimPy, a process for every item: what govmodel is held against.

Written as one would write it who knows SimPy and wants the rules to be readable: no arrays, one
replication at a time, the standard library's random numbers. The board is the reference board of
benchmarks/README.md; `python benchmarks/plain_simpy.py` prints six ratios beside their exact values.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Generator
from dataclasses import astuple, dataclass, fields
from math import exp
from typing import Any, TypeAlias

import simpy

Steps: TypeAlias = Generator[simpy.Event, Any, None]

SEATS, QUORUM, ITEMS, PRESENT, ALTERNATE, IN_FAVOUR = 15, 8, 6.0, 0.7, 0.5, 0.55
PARENT_SEATS, PARENT_QUORUM, PARENT_PRESENT, MOST_DEFERRALS = 9, 5, 0.8, 3


@dataclass
class Counts:
    """What one replication comes to. Times are whole months."""

    board: int = 0
    board_inquorate: int = 0
    raised: int = 0
    passed: int = 0
    rejected: int = 0
    escalated: int = 0
    settled: int = 0
    delays: int = 0
    deferrals: int = 0
    parent: int = 0
    parent_inquorate: int = 0


@dataclass
class Meeting:
    """How a meeting of the board stands: seats filled, and whether chair or vice-chair came in person."""

    filled: int
    presider: bool


class World:
    def __init__(self, draw: random.Random) -> None:
        self.env, self.draw, self.counts = simpy.Environment(), draw, Counts()
        self.board_meets, self.parent_meets = self.env.event(), self.env.event()
        self.env.process(self.board())
        self.env.process(self.parent())

    def board(self) -> Steps:
        draw, counts = self.draw.random, self.counts
        while True:
            yield self.env.timeout(3)
            for _ in range(poisson(ITEMS, draw)):
                self.env.process(self.item())
            yield self.env.timeout(0)  # every new item waits for the meeting now
            persons = [draw() < PRESENT for _ in range(SEATS)]
            filled = sum(person or draw() < ALTERNATE for person in persons)
            counts.board += 1
            counts.board_inquorate += filled < QUORUM
            meets, self.board_meets = self.board_meets, self.env.event()
            meets.succeed(Meeting(filled, persons[0] or persons[1]))

    def parent(self) -> Steps:
        draw, counts = self.draw.random, self.counts
        yield self.env.timeout(0.5)  # on one date the board meets first
        while True:
            yield self.env.timeout(2)
            counts.parent += 1
            if sum(draw() < PARENT_PRESENT for _ in range(PARENT_SEATS)) < PARENT_QUORUM:
                counts.parent_inquorate += 1
                continue
            meets, self.parent_meets = self.parent_meets, self.env.event()
            meets.succeed()

    def item(self) -> Steps:
        draw, counts, raised = self.draw.random, self.counts, self.env.now
        counts.raised += 1
        for _ in range(MOST_DEFERRALS):
            meeting = yield self.board_meets
            if meeting.filled >= QUORUM:
                lead = 2 * sum(draw() < IN_FAVOUR for _ in range(meeting.filled)) - meeting.filled
                if not lead and meeting.presider:
                    lead = 1 if draw() < IN_FAVOUR else -1
                if lead:
                    counts.passed += lead > 0
                    counts.rejected += lead < 0
                    counts.delays += int(self.env.now - raised)
                    return
            counts.deferrals += 1
        counts.escalated += 1
        yield self.parent_meets
        counts.settled += 1
        counts.delays += int(self.env.now - raised)


def poisson(mean: float, draw: Callable[[], float]) -> int:
    """Knuth's way."""
    limit, product, number = exp(-mean), draw(), 0
    while product > limit:
        product *= draw()
        number += 1
    return number


def run(replications: int, years: int, seed: int = 1) -> Counts:
    """The sums over independent replications."""
    total = [0] * len(fields(Counts))
    for number in range(replications):
        world = World(random.Random(f"{seed} {number}"))
        world.env.run(until=12 * years + 0.75)
        total = [a + b for a, b in zip(total, astuple(world.counts), strict=True)]
    return Counts(*total)


def ratios(c: Counts) -> dict[str, tuple[float, float]]:
    """Six ratios, each beside its exact value."""
    resolved = c.passed + c.rejected + c.settled
    return {
        "inquorate": (c.board_inquorate / c.board, 0.000610),
        "mean delay": (c.delays / resolved, 0.03011),
        "passed": (c.passed / c.raised, 0.645704),
        "deferrals": (c.deferrals / c.raised, 0.010295),
        "escalated": (c.escalated / c.raised, 0.000001),
        "parent inquorate": (c.parent_inquorate / c.parent, 0.019581),
    }


if __name__ == "__main__":
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for name, (found, exact) in ratios(run(replications, 10)).items():
        print(f"{name:<18}{found:10.6f}  exact {exact:.6f}")
