"""What falls due at regular times, done in time, late, or not at all, in each replication."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from govmodel.model.record import Record
from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.items import COLUMN, Block
from govmodel.sim.plan import DutyPlan
from govmodel.sim.randomness import BLOCK, Hashed, Limit
from govmodel.sim.telling import day_of

NEVER = np.iinfo(np.int64).max


def fall_due(block: Block) -> None:
    """Count what became of all that fell due in the run, when all meetings have been held."""
    done: list[Whole] = []
    for number, duty in enumerate(block.plan.duties):
        starts = (block.plan.year_starts[0], *duty.ends)
        rows = [
            _done(block, duty, period, start, end) for period, (start, end) in enumerate(pairwise(starts))
        ]
        at = np.array(rows, dtype=np.int64).reshape(len(rows), block.size)
        if duty.after is not None:
            at = np.maximum(at, done[duty.after])
        if duty.body is not None:
            at = _at_a_meeting(block, duty.body, at)
        done.append(at)
        _count(block, number, duty, starts, at)


def _done(block: Block, duty: DutyPlan, period: int, start: int, end: int) -> Whole:
    """When those who owe it are ready, in each replication: in time at any time, so from the start."""
    words = ("duty", duty.name)
    drawn = Hashed(block.streams.draws(words, block.number, BLOCK, period)[: block.size].astype(np.uint64))
    took = block.streams.draws((*words, "late"), block.number, BLOCK, period)[: block.size].astype(np.uint64)
    days = (took * np.uint64(duty.last - duty.first + 1)) >> np.uint64(31)
    late = end + duty.first + days.astype(np.int64)
    in_time, at_all = (drawn.below(Limit.of(limit)) for limit in (duty.kept, duty.late))
    return np.where(in_time, start, np.where(at_all, late, NEVER))


def _at_a_meeting(block: Block, body: int, ready: Whole) -> Whole:
    """The time of the first meeting with a quorum of a body at which each can be done."""
    run = block.bodies[body]
    ticks = np.append(run.body.ticks, NEVER)
    open_: Truths = np.ones((len(ticks), block.size), dtype=bool)
    if run.quorate and run.body.gates:
        open_[:-1] = np.concatenate(run.quorate)
    # From each meeting on, the number of the first that is quorate.
    follows = np.empty(open_.shape, dtype=np.int64)
    at = np.full(block.size, len(ticks) - 1)
    for number in range(len(ticks) - 1, -1, -1):
        at = np.where(open_[number], number, at)
        follows[number] = at
    where = np.minimum(np.searchsorted(ticks, ready, side="left"), len(ticks) - 1)
    found: Whole = ticks.take(follows[where, np.arange(block.size)])
    return found


def _count(block: Block, number: int, duty: DutyPlan, starts: tuple[int, ...], at: Whole) -> None:
    """In time is before the end of its time; late, before it falls due again."""
    ends = np.array(starts[1:], dtype=np.int64)[:, None]
    following = np.append(ends[1:], 2 * ends[-1:] - starts[-2], axis=0) if len(ends) else ends
    kept, late = at < ends, (at >= ends) & (at < following)
    row = block.tallies[len(block.plan.bodies) + number]
    row[COLUMN["due"]] += len(ends)
    row[COLUMN["kept"]] += kept.sum(axis=0)
    row[COLUMN["late"]] += late.sum(axis=0)
    row[COLUMN["days"]] += np.where(late, at - ends, 0).sum(axis=0)
    if block.told is None:
        return
    for period, end in enumerate(ends[:, 0]):
        when = int(at[period, block.told])
        block.records.append(
            Record(
                replication=block.number * BLOCK + block.told + 1,
                day=day_of(block.plan, int(end)),
                body="" if duty.body is None else block.plan.bodies[duty.body].name,
                what="duty",
                facts={
                    "duty": duty.title,
                    "who": duty.who,
                    "clauses": list(duty.clauses),
                    "done": "in time" if when < end else "late" if late[period, block.told] else "not done",
                    "on": day_of(block.plan, when) if late[period, block.told] else None,
                },
            )
        )
