"""Blocks of replications over processes. Whoever works on a block, the block is the same."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from govmodel.model.record import Record
from govmodel.sim.meeting import COLUMN, Whole
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import BLOCK
from govmodel.sim.run import run_block


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """What was counted in every replication: `counts[body, figure, replication]`, see `FIGURES`."""

    counts: Whole

    def of(self, body: int, figure: str) -> Whole:
        """One number for each replication."""
        found: Whole = self.counts[body, COLUMN[figure], :]
        return found


def blocks(replications: int) -> list[tuple[int, int]]:
    """(number, size) of the blocks of a run."""
    return [
        (number, min(BLOCK, replications - number * BLOCK)) for number in range(-(-replications // BLOCK))
    ]


def simulate_all(
    plan: Plan,
    replications: int,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Tallies:
    """Run all replications. `progress` is told how many have just been finished.

    Blocks are put together in their order, whichever process ran them and whenever it was done.
    """
    todo = blocks(replications)
    parts: list[Whole] = []
    for part in _parts(plan, todo, min(workers, len(todo))):
        parts.append(part)
        if progress:
            progress(part.shape[2])
    return Tallies(counts=np.concatenate(parts, axis=2))


def _parts(plan: Plan, todo: list[tuple[int, int]], workers: int) -> Iterator[Whole]:
    if workers <= 1:
        for number, size in todo:
            yield run_block(plan, number, size)[0]
        return
    # Spawned, not forked: a fork copies locks that other threads (a progress bar's) may hold.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (plan,))
    try:
        yield from pool.map(_work, todo)
    finally:
        pool.shutdown(cancel_futures=True)


_plan: Plan | None = None
"""In a worker process: the plan, received once."""


def _start(plan: Plan) -> None:
    global _plan
    _plan = plan
    # A user's Ctrl-C reaches every process; the parent says what there is to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(block: tuple[int, int]) -> Whole:
    if _plan is None:
        raise RuntimeError("a worker was not given its plan")
    return run_block(_plan, *block)[0]


def replay(plan: Plan, replication: int) -> tuple[Record, ...]:
    """Everything that happened in one replication (counted from 1), in order."""
    number, place = divmod(replication - 1, BLOCK)
    return tuple(run_block(plan, number, place + 1, told=place)[1])
