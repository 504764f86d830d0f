"""The items that one body hears in one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govmodel.sim.arrays import Truths, Whole
from govmodel.sim.drawing import Dice
from govmodel.sim.items import Items
from govmodel.sim.rooms import Rooms


@dataclass(slots=True)
class Agenda:
    """Items that one body hears in one step, each in its room. `items` None: they are new, and those of
    each room (from room `start` on) begin at the places `begins`. `dice`: their draws."""

    rooms: Rooms
    owner: int
    room: Whole
    matter: Whole
    dice: Dice
    items: Items | None = None
    start: int = 0
    begins: Whole | None = None

    def rep(self, at: Whole) -> Whole:
        """The replications of some of the items."""
        return self.rooms.rep(self.room.take(at)) if self.items is None else self.items.rep.take(at)

    def own(self) -> Truths:
        """Which of them were raised here."""
        return np.ones(len(self.room), dtype=bool) if self.items is None else self.items.owner == self.owner

    def take(self, at: Whole) -> Items:
        """Some of the items, as such."""
        if self.items is not None or self.begins is None:
            return (self.items or Items.none()).take(at)
        room = self.room.take(at)
        zero = np.zeros(len(at), dtype=np.int64)
        return Items(
            rep=self.rooms.rep(room), matter=self.matter.take(at), raised=self.rooms.tick.take(room),
            deferred=zero, owner=zero + self.owner, serial=at - self.begins.take(room - self.start) + 1,
            due=self.rooms.number(room),
        )  # fmt: skip
