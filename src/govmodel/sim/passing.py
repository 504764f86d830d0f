"""Items on their way along the receivers of their matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from govmodel.sim.arrays import Whole, Words
from govmodel.sim.items import Items
from govmodel.sim.plan import MatterPlan, Step
from govmodel.sim.randomness import Hashed, Limit, chosen, mixed, thresholds

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun

Answer: TypeAlias = tuple[str, str, int]
"""Of a receiver: its name in words, its answer, the tick of the answer."""

ANSWERS = ("not settled", "settled", "no answer before the end", "on the agenda")
NOT_SETTLED, SETTLED, NO_ANSWER, ON_AGENDA = range(len(ANSWERS))


def pass_on(run: BodyRun, items: Items, tick: Whole, at: Whole) -> dict[int, list[Answer]]:
    """Send items along the receivers of their matters. `tick`: when they are passed on; `at`: their places
    on the agenda, by which the answers to those of the replication that is told are given."""
    block = run.block
    block.add("escalated", items)
    told: dict[int, list[Answer]] = {}
    for which, matter, steps in _ways(run, items, tick):
        left, ready, passed, places = items.take(which), tick[which], tick[which], at[which]
        for place, step in enumerate(steps):
            if not len(left):
                break
            if step.body is not None:
                _tell(run, told, places, left, step, ready, np.full(len(left), ON_AGENDA))
                _send(run, step.body, left, ready, passed)
                left = Items.none()
                break
            words = (run.body.name, "receiver", matter.name, str(place), step.name)
            span = np.uint64(step.last - step.first + 1)
            took = (hashed(run, left, passed, *words, "days") * span) >> np.uint64(31)
            ready = ready + step.first + took.astype(np.int64)
            settles = Hashed(hashed(run, left, passed, *words, "settles")).below(Limit.of(step.settles))
            over = ready >= run.plan.end
            done = settles & ~over
            block.add("settled", left, done)
            block.add_amounts("days", left.take(done), (ready - left.raised)[done])
            block.add("pending", left, over)
            answers = np.where(over, NO_ANSWER, np.where(settles, SETTLED, NOT_SETTLED))
            _tell(run, told, places, left, step, ready, answers)
            rest = ~settles & ~over
            left, ready, passed, places = left.take(rest), ready[rest], passed[rest], places[rest]
        block.add("stuck", left)
    return told


def _ways(run: BodyRun, items: Items, tick: Whole) -> Iterator[tuple[Whole, MatterPlan, tuple[Step, ...]]]:
    """The items of each matter that go along the same receivers, by their places."""
    for index in np.unique(items.matter):
        which = np.flatnonzero(items.matter == index)
        matter = run.body.matters[index]
        if not matter.ways:
            yield which, matter, matter.steps
            continue
        words = (run.body.name, "which receiver", matter.name)
        drawn = hashed(run, items.take(which), tick[which], *words).astype(np.uint32)
        taken = chosen(thresholds(tuple(share for share, _ in matter.ways)), drawn)
        for number, (_, steps) in enumerate(matter.ways):
            if (taken == number).any():
                yield which[taken == number], matter, steps


def hashed(run: BodyRun, items: Items, tick: Whole, *words: str) -> Words:
    """A draw for each item and what is asked of it at a tick."""
    key = run.block.streams.key(words, run.block.number)
    return mixed(mixed(run.block.names(items) + tick.astype(np.uint64)) ^ key) >> np.uint64(33)


def _send(run: BodyRun, number: int, items: Items, ready: Whole, passed: Whole) -> None:
    """Put items on the agenda of the first meeting of another body on or after the days on which they are
    ready; on the day on which they are passed on, only if that meeting comes later in the day."""
    other = run.block.bodies[number]
    due = np.searchsorted(other.body.ticks, ready, side="left")
    if other.body.rank < run.body.rank:
        same = ready == passed
        due[same] = np.searchsorted(other.body.ticks, ready[same], side="right")
    items.due = due
    other.receive(items)


def _tell(
    run: BodyRun,
    told: dict[int, list[Answer]],
    places: Whole,
    left: Items,
    step: Step,
    ready: Whole,
    answers: Whole,
) -> None:
    if run.block.told is None:
        return
    for i in np.flatnonzero(left.rep == run.block.told):
        told.setdefault(int(places[i]), []).append((step.title, ANSWERS[answers[i]], int(ready[i])))
