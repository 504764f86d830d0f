"""The reference board in plain SimPy, a process for each body: items are entries of lists.

Written as one would write it who knows that a process for every item is dear: two processes a replication,
and what waits is a list of (date of raising, deferrals). `python benchmarks/body_simpy.py` prints six
ratios beside their exact values.
"""

from __future__ import annotations

import random
import sys
from dataclasses import astuple, fields

import simpy
from plain_simpy import (
    ALTERNATE,
    IN_FAVOUR,
    ITEMS,
    MOST_DEFERRALS,
    PARENT_PRESENT,
    PARENT_QUORUM,
    PARENT_SEATS,
    PRESENT,
    QUORUM,
    SEATS,
    Counts,
    Steps,
    poisson,
    ratios,
)


class World:
    def __init__(self, draw: random.Random) -> None:
        self.env, self.draw, self.counts = simpy.Environment(), draw, Counts()
        self.queue: list[float] = []
        self.env.process(self.board())
        self.env.process(self.parent())

    def board(self) -> Steps:
        draw, counts = self.draw.random, self.counts
        waiting: list[tuple[float, int]] = []
        while True:
            yield self.env.timeout(3)
            now = self.env.now
            new = poisson(ITEMS, draw)
            counts.raised += new
            agenda = [*waiting, *((now, 0) for _ in range(new))]
            waiting = []
            persons = [draw() < PRESENT for _ in range(SEATS)]
            filled = sum(person or draw() < ALTERNATE for person in persons)
            presided = persons[0] or persons[1]
            counts.board += 1
            counts.board_inquorate += filled < QUORUM
            for raised, deferred in agenda:
                lead = 0
                if filled >= QUORUM:
                    lead = 2 * sum(draw() < IN_FAVOUR for _ in range(filled)) - filled
                    if not lead and presided:
                        lead = 1 if draw() < IN_FAVOUR else -1
                if lead:
                    counts.passed += lead > 0
                    counts.rejected += lead < 0
                    counts.delays += int(now - raised)
                    continue
                counts.deferrals += 1
                if deferred + 1 < MOST_DEFERRALS:
                    waiting.append((raised, deferred + 1))
                else:
                    counts.escalated += 1
                    self.queue.append(raised)

    def parent(self) -> Steps:
        draw, counts = self.draw.random, self.counts
        yield self.env.timeout(0.5)  # on one date the board meets first
        while True:
            yield self.env.timeout(2)
            counts.parent += 1
            if sum(draw() < PARENT_PRESENT for _ in range(PARENT_SEATS)) < PARENT_QUORUM:
                counts.parent_inquorate += 1
                continue
            counts.settled += len(self.queue)
            counts.delays += sum(int(self.env.now - raised) for raised in self.queue)
            self.queue.clear()


def run(replications: int, years: int, seed: int = 1) -> Counts:
    """The sums over independent replications."""
    total = [0] * len(fields(Counts))
    for number in range(replications):
        world = World(random.Random(f"{seed} {number}"))
        world.env.run(until=12 * years + 0.75)
        total = [a + b for a, b in zip(total, astuple(world.counts), strict=True)]
    return Counts(*total)


if __name__ == "__main__":
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for name, (found, exact) in ratios(run(replications, 10)).items():
        print(f"{name:<18}{found:10.6f}  exact {exact:.6f}")
