"""The reference board by hand in NumPy: what somebody writes who wants this one board to be fast.

All replications of a meeting are one array step; items that wait are flat arrays. It knows that seats are
alike, that nobody abstains and that there is one matter; govmodel knows none of that beforehand.
`python benchmarks/numpy_board.py` prints six ratios beside their exact values.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from plain_simpy import Counts, ratios


@dataclass(frozen=True)
class Board:
    """The parameters of the reference board: benchmarks/README.md."""

    present: float = 0.7
    alternate: float = 0.5
    seats: int = 15
    quorum: int = 8
    items: float = 6.0
    in_favour: float = 0.55
    parent_seats: int = 9
    parent_quorum: int = 5
    parent_present: float = 0.8
    most_deferrals: int = 3


def run(replications: int, years: int, seed: int = 1, board: Board | None = None) -> Counts:
    """The sums over independent replications."""
    b = board or Board()
    rng = np.random.Generator(np.random.SFC64(seed))
    c = Counts()
    rep = raised = deferred = queue = queue_raised = np.zeros(0, dtype=np.int64)
    for month in range(1, 12 * years + 1):
        if month % 3 == 0:
            person = rng.random((b.seats, replications), dtype=np.float32) < b.present
            here = person
            if b.alternate:
                here = person | (rng.random((b.seats, replications), dtype=np.float32) < b.alternate)
            quorate = here.sum(axis=0, dtype=np.int8) >= b.quorum
            presided = person[0] | person[1]
            c.board += replications
            c.board_inquorate += replications - int(quorate.sum())
            new = np.repeat(np.arange(replications), rng.poisson(b.items, replications))
            c.raised += len(new)
            zeros = np.zeros(len(new), dtype=np.int64)
            rep = np.concatenate([rep, new])
            raised = np.concatenate([raised, zeros + month])
            deferred = np.concatenate([deferred, zeros])
            there = here[:, rep]
            votes = (rng.random((b.seats, len(rep)), dtype=np.float32) < b.in_favour) & there
            lead = 2 * votes.sum(axis=0, dtype=np.int8) - there.sum(axis=0, dtype=np.int8)
            tied = np.flatnonzero((lead == 0) & presided[rep])
            lead[tied] = np.where(rng.random(len(tied)) < b.in_favour, 1, -1)
            lead[~quorate[rep]] = 0
            c.passed += int((lead > 0).sum())
            c.rejected += int((lead < 0).sum())
            c.delays += int((month - raised[lead != 0]).sum())
            stays = np.flatnonzero(lead == 0)
            rep, raised, deferred = rep[stays], raised[stays], deferred[stays] + 1
            c.deferrals += len(rep)
            up = deferred >= b.most_deferrals
            c.escalated += int(up.sum())
            queue = np.concatenate([queue, rep[up]])
            queue_raised = np.concatenate([queue_raised, raised[up]])
            rep, raised, deferred = rep[~up], raised[~up], deferred[~up]
        if month % 2 == 0:
            there = rng.random((b.parent_seats, replications), dtype=np.float32) < b.parent_present
            quorate = there.sum(axis=0, dtype=np.int8) >= b.parent_quorum
            c.parent += replications
            c.parent_inquorate += replications - int(quorate.sum())
            done = quorate[queue]
            c.settled += int(done.sum())
            c.delays += int((month - queue_raised[done]).sum())
            queue, queue_raised = queue[~done], queue_raised[~done]
    return c


if __name__ == "__main__":
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for name, (found, exact) in ratios(run(replications, 10)).items():
        print(f"{name:<18}{found:10.6f}  exact {exact:.6f}")
