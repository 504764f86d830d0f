"""Who holds the offices that a body fills itself, meeting by meeting: terms end, somebody is put up and voted
on, and holds the office from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Small, Truths, Whole, Words
from govmodel.sim.drawing import Again
from govmodel.sim.items import CARRIED, INQUORATE, TIED
from govmodel.sim.plan import NOBODY, OfficerPlan, OfficesPlan
from govmodel.sim.randomness import Hashed, Limit, mixed
from govmodel.sim.rooms import Rooms
from govmodel.sim.telling import tell_choice

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun


class Officers:
    """`holder`: the place of each officer (rows) in each replication, -1 for none; `last`: of whoever held it
    last and is still there; `open`: whether somebody is to be chosen."""

    def __init__(self, run: BodyRun, offices: OfficesPlan) -> None:
        self.run, self.offices = run, offices
        first = np.array([officer.first for officer in offices.officers], dtype=np.int64)
        self.holder = np.repeat(first[:, None], run.block.size, axis=1)
        self.last = self.holder.copy()
        self.open = np.zeros_like(self.holder, dtype=bool)

    def sit(self, rooms: Rooms, fresh: Truths | None) -> None:
        """Fill the offices at the meetings of a window, and say in the rooms who holds them. `fresh`: where
        somebody has gone since the meeting before, by place, meeting and replication."""
        size = self.run.block.size
        rooms.seats = np.full((len(self.holder), len(rooms.tick)), NOBODY, dtype=np.int64)
        for number in range(rooms.first, rooms.last):
            at = slice((number - rooms.first) * size, (number - rooms.first + 1) * size)
            there = np.repeat(self.offices.sat[:, number, None], size, axis=1)
            if rooms.held is not None:
                there &= rooms.held[:, at]
            same = there if fresh is None else there & ~fresh[:, number - rooms.first]
            for officer, holder, last, open_ in zip(
                self.offices.officers, self.holder, self.last, self.open, strict=True
            ):
                holder[~_of(same, holder)] = NOBODY
                last[~_of(same, last)] = NOBODY
                if officer.due[number]:
                    open_[:] = True
                    if not self.offices.stays:
                        holder[:] = NOBODY
                elif self.offices.at_once:
                    open_ |= holder == NOBODY
            rooms.seats[:, at] = self.holder
            for index in range(len(self.holder)):
                if self.open[index].any():
                    self._choose(index, rooms, number, there)
                    rooms.seats[:, at] = self.holder

    def at(self, number: Whole, rep: Whole) -> Whole:
        """Who held each office after the last regular meeting before some others."""
        rooms = self.run.rooms
        if rooms is None or rooms.seats is None:
            return self.holder[:, rep]
        at = np.clip(number, rooms.first, rooms.last - 1) - rooms.first
        return rooms.seats[:, at * self.run.block.size + rep]

    # choosing

    def _choose(self, index: int, rooms: Rooms, number: int, there: Truths) -> None:
        """Put somebody up for an office at one meeting, in the replications in which it is open."""
        run, officer = self.run, self.offices.officers[index]
        rep = np.flatnonzero(self.open[index])
        room = (number - rooms.first) * run.block.size + rep
        run.count("elections", rep)
        tick = rooms.tick.take(room)
        key = run.block.streams.key((run.body.name, officer.name, "election"), run.block.number)
        names = mixed(key ^ ((tick << 26) | (rep << 16)).astype(np.uint64))
        who = self._put_up(index, officer, names, there[:, rep], rep)
        outcome: Small = np.full(len(rep), INQUORATE, dtype=np.int8)
        heard = who >= 0
        if run.body.gates:
            heard &= rooms.quorate.take(room)
        at = np.flatnonzero(heard)
        ballots, won = None, np.zeros(len(rep), dtype=bool)
        if len(at):
            told, matter = run.block.told is not None, np.full(len(at), officer.matter)
            dice = Again(run.block, run.body, names.take(at))
            ballots, outcome[at] = run.hearing.vote(rooms, room.take(at), matter, dice, told)
            tied = np.flatnonzero(outcome[at] == TIED)
            if len(tied):
                agenda = Agenda(rooms, run.body.number, room.take(at), matter, dice)
                result, _, stays = run.ties(agenda, tied, ballots.rule.take(tied))
                won[at[tied]] = (result == CARRIED) & ~stays
        won |= outcome == CARRIED
        chosen = rep[won]
        run.count("elected", chosen)
        self.holder[index, chosen] = self.last[index, chosen] = who[won]
        self.open[index, chosen] = False
        if run.block.told is not None:
            tell_choice(run, officer, rooms, room, who, won, outcome, at, ballots)

    def _put_up(self, index: int, officer: OfficerPlan, names: Words, there: Truths, rep: Whole) -> Whole:
        """Who is put up in each replication, -1 for nobody: the holder again, or any other who may be and
        holds no other of these offices."""
        block, body = self.run.block, self.run.body
        most = np.full(len(rep), NOBODY, dtype=np.int64)
        best = np.zeros(len(rep), dtype=np.uint64)
        last = self.last[index, rep]
        again = np.zeros(len(rep), dtype=bool)
        for place in officer.may:
            free = there[place] & ~(np.delete(self.holder[:, rep], index, axis=0) == place).any(axis=0)
            if officer.barred:
                free &= last != place
            again |= free & (last == place)
            key = block.streams.key((body.name, officer.name, body.places[place], "stands"), block.number)
            drawn = mixed(names ^ key) | np.uint64(1)
            ahead = free & (drawn > best)
            most[ahead], best[ahead] = place, drawn[ahead]
        key = block.streams.key((body.name, officer.name, "again"), block.number)
        again &= Hashed(mixed(names ^ key) >> np.uint64(33)).below(Limit.of(officer.again))
        return np.where(again, last, most)


def _of(rows: Truths, place: Whole) -> Truths:
    """What is true of the place of each replication; of none, no."""
    found: Truths = rows[np.maximum(place, 0), np.arange(len(place))] & (place >= 0)
    return found


def count_presiding(run: BodyRun, rooms: Rooms) -> None:
    """Count the meetings without the chair, with the office vacant, and those that nobody presides over."""
    vacant, away, alone = run.hearing.without_chair(rooms)
    for figure, which in (("chair_vacant", vacant), ("chair_away", away), ("unpresided", alone)):
        run.count(figure, rooms.rep(np.flatnonzero(which)))
