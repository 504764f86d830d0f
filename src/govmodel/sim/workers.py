"""Blocks of replications, spread over whoever works. Whoever works on a block, the block is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from govmodel.model.record import Record
from govmodel.sim.arrays import Whole
from govmodel.sim.items import COLUMN
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import BLOCK
from govmodel.sim.run import run_block
from govmodel.spread import Hands, spread


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
    hands: Hands = Hands(),  # noqa: B008, frozen
    progress: Callable[[int], None] | None = None,
) -> Tallies:
    """Run all replications. `progress` is told how many have just been finished.

    Blocks are put together in their order, whoever ran them and whenever it was done.

    Raises:
        Lost: the workers cannot be reached, or went away.
    """
    todo = blocks(replications)
    parts: dict[int, Whole] = {}
    for place, part in spread(_work, plan, todo, hands):
        parts[place] = part
        if progress:
            progress(part.shape[2])
    return Tallies(counts=np.concatenate([parts[place] for place in range(len(todo))], axis=2))


def _work(plan: Plan, block: tuple[int, int]) -> Whole:
    return run_block(plan, *block)[0]


def replay(plan: Plan, replication: int) -> tuple[Record, ...]:
    """Everything that happened in one replication (counted from 1), in order."""
    number, place = divmod(replication - 1, BLOCK)
    return run_block(plan, number, place + 1, told=place)[1]
