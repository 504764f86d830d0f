"""Who holds a place: people go and are replaced, organisations give notice and leave for good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.items import Block
from govmodel.sim.plan import BodyPlan, Going
from govmodel.sim.randomness import BLOCK, Limit

NEVER = np.iinfo(np.int64).max


@dataclass(slots=True)
class Holding:
    """Until when each place (row) is empty in each replication, and from when for good, as ticks."""

    empty_until: Whole
    gone_from: Whole

    @classmethod
    def at_first(cls, body: BodyPlan, size: int) -> Holding:
        shape = len(body.places), size
        organisations = len(body.going.organisations) if body.going else 0
        return cls(np.zeros(shape, dtype=np.int64), np.full((organisations, size), NEVER, dtype=np.int64))


def held(
    block: Block, body: BodyPlan, going: Going, state: Holding, first: int, last: int
) -> tuple[Truths, Truths]:
    """Which places are held at each of these meetings, in each replication; and from which somebody has gone
    since the meeting before. Carries the state on."""
    size = block.size
    found = np.ones((len(body.places), last - first, size), dtype=bool)
    fresh = np.zeros_like(found)
    span = np.uint64(going.last - going.first + 1)
    for number in range(first, last):
        tick = int(body.ticks[number])
        notice, leaves = Limit.of(int(going.notice[number])), Limit.of(int(going.leaves[number]))
        if (going.sent_by >= 0).any():
            for place, name in enumerate(going.organisations):
                drawn = block.streams.coarse((body.name, name, "gives notice"), block.number, BLOCK, number)
                gives = drawn.below(notice)[:size] & (state.gone_from[place] == NEVER)
                state.gone_from[place][gives] = going.runs_out[number]
        for i, name in enumerate(body.places):
            until = state.empty_until[i]
            drawn = block.streams.coarse((body.name, name, "goes"), block.number, BLOCK, number)
            goes = np.flatnonzero(drawn.below(leaves)[:size] & (until <= tick))
            if len(goes):
                fresh[i, number - first, goes] = True
                words = (body.name, name, "empty for")
                took = block.streams.draws(words, block.number, BLOCK, number)[goes].astype(np.uint64)
                until[goes] = tick + going.first + ((took * span) >> np.uint64(31)).astype(np.int64)
            if going.term_ends[i, number]:
                _end_term(block, body, going, number, i, until, fresh[i, number - first])
            found[i, number - first] = until <= tick
            if going.sent_by[i] >= 0:
                found[i, number - first] &= tick < state.gone_from[going.sent_by[i]]
    return found, fresh


def _end_term(
    block: Block, body: BodyPlan, going: Going, number: int, place: int, until: Whole, fresh: Truths
) -> None:
    """Whether the holder of a place stays for another term, in each replication. Changes until when the place
    is empty, and whether somebody has gone."""
    tick = int(body.ticks[number])
    words = (body.name, body.places[place], "term")
    drawn = block.streams.coarse(words, block.number, BLOCK, number)
    goes = np.flatnonzero(~drawn.below(Limit.of(going.renewed))[: block.size] & (until <= tick))
    if not len(goes):
        return
    took = block.streams.draws((*words, "empty for"), block.number, BLOCK, number)[goes].astype(np.uint64)
    span = np.uint64(going.term_last - going.term_first + 1)
    until[goes] = tick + going.term_first + ((took * span) >> np.uint64(31)).astype(np.int64)
    fresh[goes] = True
