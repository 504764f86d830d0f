"""Meetings that go on another day, as there was no quorum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.drawing import Again
from govmodel.sim.items import INQUORATE, QUORUM_LOST
from govmodel.sim.plan import Resumed
from govmodel.sim.randomness import mixed
from govmodel.sim.rooms import Rooms, beside
from govmodel.sim.telling import tell_meetings

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun


def resume(run: BodyRun, resumed: Resumed, room: Whole) -> Rooms:
    """The meetings as which those of some rooms of this window go on."""
    block, rooms = run.block, run.rooms
    if rooms is None:
        raise ValueError("a meeting goes on that was not held")
    number, rep = rooms.number(room), rooms.rep(room)
    held = None if rooms.held is None else rooms.held[:, room]
    then = beside(
        block, resumed.body, "resumed", resumed.body.ticks.take(number), rep, number,
        resumed.body.level.take(number), held,
    )  # fmt: skip
    then.seats = run.officers.at(number, rep) if run.officers else None
    return then


def count(run: BodyRun, rooms: Rooms) -> None:
    """Count meetings that went on, and tell them."""
    run.count("resumed", rooms.rep(np.arange(len(rooms.tick))))
    run.count("resumed_inquorate", rooms.rep(np.flatnonzero(~rooms.quorate)))
    if run.block.told is not None:
        tell_meetings(run.block, run.body, rooms)


def open_again(run: BodyRun, rooms: Rooms) -> None:
    """Hold the meetings of a window that go on as there was no quorum, whatever is on their agenda."""
    run.went_on = np.zeros(len(rooms.quorate), dtype=bool)
    for resumed in run.body.resumed:
        if resumed.never and run.body.gates:
            at = np.flatnonzero(~rooms.quorate)
            at = at[resumed.body.ticks.take(rooms.number(at)) >= 0]
            run.went_on[at] = True
            if len(at):
                then = resume(run, resumed, at)
                count(run, then)
                if run.keeps:
                    # What falls due is done then as at the meeting that goes on.
                    run.quorate[-1].reshape(-1)[at[then.quorate]] = True


def adjourned(run: BodyRun, agenda: Agenda, outcome: Small, stays: Truths) -> Truths | None:
    """Which items of an agenda are heard when their meeting goes on. None: no meeting of it does."""
    if not run.body.resumed or agenda.rooms.kind != "regular" or run.rooms is None:
        return None
    found = np.zeros(len(outcome), dtype=bool)
    number = agenda.rooms.number(agenda.room)
    for resumed in run.body.resumed:
        here = resumed.body.ticks.take(number) >= 0
        if resumed.never:
            found |= here & (outcome == INQUORATE)
        if resumed.lost:
            found |= here & (outcome == QUORUM_LOST)
    return found & stays


def hear_again(run: BodyRun, agenda: Agenda, outcome: Small, at: Whole) -> None:
    """Hear items when their meetings go on. `outcome`: of these items."""
    for resumed, hearing in zip(run.body.resumed, run.hearings, strict=True):
        own = (resumed.never & (outcome == INQUORATE)) | (resumed.lost & (outcome == QUORUM_LOST))
        which = at[own]
        if not len(which):
            continue
        items, room = agenda.take(which), agenda.room.take(which)
        some, where = np.unique(room, return_inverse=True)
        rooms = resume(run, resumed, some)
        new = np.flatnonzero(~run.went_on[some])
        if len(new):
            run.went_on[some] = True
            count(run, resume(run, resumed, some[new]))
        key = run.block.streams.key((run.body.name, "goes on"), run.block.number)
        names = mixed(mixed(run.block.names(items) + rooms.tick.take(where).astype(np.uint64)) ^ key)
        dice = Again(run.block, resumed.body, names)
        run.hear(Agenda(rooms, run.body.number, where, items.matter, dice, items), hearing)
