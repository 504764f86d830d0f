"""Items of business as flat arrays, and what is counted of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from govmodel.model.record import Outcome, Record
from govmodel.sim.arrays import Truths, Whole, Words
from govmodel.sim.plan import Plan
from govmodel.sim.randomness import Streams, mixed

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun


FIGURES = (
    "meetings",
    "inquorate",
    "raised",
    "carried",
    "lost",
    "settled",
    "ties",
    "ties_unbroken",
    "deferrals",
    "quorum_lost",
    "undecidable",
    "escalated",
    "stuck",
    "pending",
    "days",
    "empty",
    "papers",
    "papers_kept",
    "called",
    "called_inquorate",
    "refused",
    "opted_out",
    "elections",
    "elected",
    "chair_vacant",
    "chair_away",
    "unpresided",
    "resumed",
    "resumed_inquorate",
    "written",
    "asked",
    "joined",
    "absences",
    "acted_on",
    "removed",
    "due",
    "kept",
    "late",
)
"""What is counted in each replication for each body. Of its meetings: how many; those without a quorum at
the start; equal votes; those of them that nobody broke and the text gives no meaning; deferrals; items
left for want of a quorum after withdrawals; items for which the text has no rule. Of the items raised
there: how many; carried; lost; settled elsewhere; passed on; those that no receiver settled; those still
open at the end; and, over those carried, lost or settled, the time since they were raised, in ticks of
the clock. Places that nobody holds, summed over meetings; yearly papers due, and those carried within
their year. Meetings that were called beside the regular ones, and those of them without a quorum. Items
carried here to which others refused consent; members who opted out, summed over items carried here. Offices
put to a meeting to be filled, and those filled; meetings at which the chair's office is vacant; those at
which the chair is not there; those that nobody presides over, of those with a quorum. Meetings
that went on another day for want of a quorum, and those of them that had none again. Organisations that asked
to join, and that did. Members who were absent so often in a row that the text speaks of it; those of whom it
came to something; who lost their place.

Of each duty, in rows after those of the bodies: how often it fell due, was done in time, was done late; and
in ticks how late, summed in the place of the time of items."""

COLUMN = {figure: number for number, figure in enumerate(FIGURES)}

OUTCOMES: tuple[Outcome, ...] = (
    "carried", "lost", "tied", "no rule", "inquorate", "quorum lost", "referred",
    "in writing",
)  # fmt: skip
URGENT, PAPERS = 50_000, 60_000
"""The numbers of urgent items among those of a day, and of yearly papers, begin here."""

CARRIED, LOST, TIED, NO_RULE, INQUORATE, QUORUM_LOST, REFERRED, WRITTEN = range(len(OUTCOMES))


@dataclass(slots=True)
class Items:
    """Items that wait. `owner`: the body at which each was raised; `raised`: when, as a tick; `serial`: its
    number (from 1) among the items raised there at that meeting in its replication; `due`: the number of
    the meeting at which it is heard, of the body where it waits."""

    rep: Whole
    matter: Whole
    raised: Whole
    deferred: Whole
    owner: Whole
    serial: Whole
    due: Whole

    @classmethod
    def none(cls) -> Items:
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(7)))

    def columns(self) -> tuple[Whole, ...]:
        return self.rep, self.matter, self.raised, self.deferred, self.owner, self.serial, self.due

    def __len__(self) -> int:
        return len(self.rep)

    def take(self, which: npt.NDArray[Any]) -> Items:
        return Items(*(column[which] for column in self.columns()))

    @classmethod
    def joined(cls, parts: list[Items]) -> Items:
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.none()
        return cls(*(np.concatenate(some) for some in zip(*(p.columns() for p in parts), strict=True)))


@dataclass(slots=True)
class Block:
    """What the bodies of one block of replications share. `tallies[body, figure, replication]`; `told`: the
    replication of the block that is told, `records` what is told of it."""

    plan: Plan
    number: int
    size: int
    streams: Streams
    tallies: Whole
    bodies: list[BodyRun] = field(default_factory=list)
    told: int | None = None
    records: list[Record] = field(default_factory=list)

    def add(self, figure: str, items: Items, which: Truths | None = None) -> None:
        """Count items under the bodies at which they were raised."""
        where = items.owner * self.size + items.rep
        if which is not None:
            where = where[which]
        if len(where):
            cells = self.tallies[:, COLUMN[figure], :]
            cells += np.bincount(where, minlength=cells.size).reshape(cells.shape)

    def add_amounts(self, figure: str, items: Items, amount: Whole) -> None:
        """Add amounts under the bodies at which the items were raised."""
        if len(items):
            cells = self.tallies[:, COLUMN[figure], :]
            # Weights are summed as floats; whole numbers below 2**53 come out exact.
            sums = np.bincount(items.owner * self.size + items.rep, weights=amount, minlength=cells.size)
            cells += sums.astype(np.int64).reshape(cells.shape)

    def names(self, items: Items) -> Words:
        """A word that names each item, whoever else is in the run: by its body, meeting and number."""
        owners = np.array([body.key for body in self.bodies], dtype=np.uint64)
        own = (items.raised << 26) | (items.rep << 16) | items.serial
        return mixed(owners.take(items.owner) ^ own.astype(np.uint64))
