"""One meeting after the other: who joins a body, and who loses a place for staying away."""

from __future__ import annotations

import numpy as np

from govmodel.sim.absences import Absences
from govmodel.sim.arrays import Truths
from govmodel.sim.items import Block
from govmodel.sim.joining import Joining
from govmodel.sim.plan import BodyPlan
from govmodel.sim.rooms import Heads, membership


class Changing:
    """What a meeting changes for those after it."""

    def __init__(self, block: Block, body: BodyPlan) -> None:
        self.block, self.body = block, body
        self.absences = Absences(block, body, body.absences) if body.absences is not None else None
        self.joining = Joining(block, body, body.joining) if body.joining is not None else None
        self.heads = Heads(block.plan.rules, body.rules)

    def follow(
        self, first: int, last: int, held: Truths, fresh: Truths, person: Truths, standin: Truths
    ) -> None:
        """Take away from `held` the places that are empty in a window, by place, meeting and replication, and
        say in `fresh` where somebody has lost one. `person`, `standin`: who comes, were all held."""
        size = self.block.size
        shape = len(person), last - first, size
        came = (person | standin).reshape(shape)
        person = person.reshape(shape)
        counted = came if self.body.standins_count else person
        for number in range(first, last):
            at = number - first
            there, level = held[:, at], np.repeat(self.body.level[number], size)
            if self.joining is not None:
                self.joining.sit(number, there)
            if self.absences is not None:
                counts = self.absences.plan.standin_counts
                self.absences.sit(number, there, fresh[:, at], (came if counts else person)[:, at])
            members = membership(self.body, level, there)
            quorate = self.heads.quorate(self.body.quorum, counted[:, at] & there, members)
            if self.absences is not None:
                self.absences.act(number, quorate)
            if self.joining is not None:
                self.joining.act(number, quorate)


def changing(block: Block, body: BodyPlan) -> Changing | None:
    """None: no meeting changes anything for those after it."""
    return Changing(block, body) if body.absences is not None or body.joining is not None else None
