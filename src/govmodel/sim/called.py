"""Urgent business between meetings, and the meetings that are called for it where the text has such ones."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from govmodel.calendar import add_months
from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Whole, Words
from govmodel.sim.drawing import Again
from govmodel.sim.items import URGENT, Items
from govmodel.sim.plan import WINDOW, Calls
from govmodel.sim.randomness import BLOCK, Hashed, Limit, chosen, mixed, poisson_thresholds, threshold
from govmodel.sim.rooms import beside
from govmodel.sim.telling import tell_meetings

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun


def call(run: BodyRun, calls: Calls, window: int) -> None:
    """The urgent items of a window: each waits for the next regular meeting, or has one called for it if
    that is lawful and sooner."""
    block, body, plan = run.block, run.body, run.plan
    urgent = plan.scenario.urgent
    if urgent is None:
        return
    start = plan.windows[window]
    length = add_months(date.fromordinal(start), WINDOW).toordinal() - start
    table = poisson_thresholds(urgent.a_year * Fraction(WINDOW, 12))
    drawn = block.streams.draws((body.name, "urgent"), block.number, BLOCK, window)
    numbers = chosen(table, drawn)[: block.size]
    rep = np.repeat(np.arange(block.size), numbers)
    serial = URGENT + np.arange(len(rep)) - np.repeat(np.cumsum(numbers) - numbers, numbers)
    own = mixed(run.key ^ ((start << 26) | (rep << 16) | serial).astype(np.uint64))

    def hashed(*words: str) -> Words:
        return mixed(own ^ block.streams.key((body.name, *words), block.number)) >> np.uint64(33)

    raised = start + ((hashed("comes up") * np.uint64(length)) >> np.uint64(31)).astype(np.int64)
    wait = urgent.first + (
        (hashed("waits") * np.uint64(urgent.last - urgent.first + 1)) >> np.uint64(31)
    ).astype(np.int64)
    wanted = Hashed(hashed("called")).below(Limit.of(threshold(urgent.called)))
    matter = run.share_matter.take(chosen(run.shares, hashed("matter").astype(np.uint32)))
    due = np.searchsorted(body.ticks, raised, side="left")
    zero = np.zeros(len(rep), dtype=np.int64)
    items = Items(
        rep=rep, matter=matter, raised=raised, deferred=zero, owner=zero + body.number, serial=serial, due=due
    )
    inside = raised < plan.end
    run.count("raised", rep[inside])
    first_day = plan.first.toordinal()
    since = np.minimum(raised - first_day, plan.end - first_day - 1)
    soon = zero + plan.end
    if calls.lawful is not None:
        later = np.minimum(since + wait, len(calls.working) - 1)
        soon = np.maximum(calls.working.take(later), calls.lawful.take(since))
    regular = np.append(body.ticks, np.iinfo(np.int64).max).take(due)
    extra = inside & wanted & (soon < regular) & (soon < plan.end)
    run.inbox.append(items.take(inside & ~extra))
    if extra.any():
        _meet(run, calls, items.take(extra), soon[extra])


def _meet(run: BodyRun, calls: Calls, items: Items, day: Whole) -> None:
    """Hold the meetings that were called: one a day in each replication, for all that it was called for."""
    block, body = run.block, run.body
    code, room = np.unique((day << 10) | items.rep, return_inverse=True)
    tick, rep = code >> 10, code & (BLOCK - 1)
    number = np.maximum(np.searchsorted(body.ticks, tick, side="right") - 1, 0)
    level = calls.level.take(tick - run.plan.first.toordinal())
    held = None
    if run.rooms is not None and run.rooms.held is not None:
        # Whoever held a place at the last regular meeting, or holds it at the first of the window.
        at = np.clip(number, run.rooms.first, run.rooms.last - 1) - run.rooms.first
        held = run.rooms.held[:, at * block.size + rep]
    rooms = beside(block, body, "called", tick, rep, number, level, held)
    rooms.seats = run.officers.at(number, rep) if run.officers else None
    run.count("called", rep)
    run.count("called_inquorate", rep[~rooms.quorate])
    if block.told is not None:
        tell_meetings(block, body, rooms)
    items.due = items.due - 1  # what is deferred is heard at the regular meeting after it
    dice = Again(block, body, mixed(block.names(items) + day.astype(np.uint64)))
    run.hear(Agenda(rooms, body.number, room, items.matter, dice, items))
