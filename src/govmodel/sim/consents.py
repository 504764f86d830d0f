"""What follows when something is carried: others consent to it or not, and members opt out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.items import CARRIED, LOST, Items
from govmodel.sim.passing import Answer, hashed, pass_on
from govmodel.sim.plan import ticks_of
from govmodel.sim.randomness import Hashed, Limit, threshold
from govmodel.sim.thresholds import Ballots

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun


@dataclass(slots=True)
class More:
    """What followed from items of an agenda that were carried. `asked`: their places, where others were asked
    for consent; `answers`: of those of the replication that is told; `passed`: where those of them went that
    were refused too often; `left`: the places of those of which members may opt out, `out`: who did, by place
    on the body and item."""

    asked: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    passed: dict[int, list[Answer]] = field(default_factory=dict)
    left: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    out: Truths = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))


NO_ANSWER, GIVES, REFUSES = "no answer before the end", "consents", "refuses"


def seek(run: BodyRun, agenda: Agenda, at: Whole, more: More) -> None:
    """Ask those whose consent these items of an agenda need, all at once, and count what comes of it: they
    are carried when the last has consented, and lost when the last has answered and one refused; one that
    must be settled comes back then. `at`: their places, as in `more`."""
    block, consents = run.block, run.plan.scenario.uses.consents
    more.asked = at
    if consents is None:
        return
    items = agenda.take(at)
    tick = agenda.rooms.tick.take(agenda.room.take(at))
    ready, given = tick.copy(), np.ones(len(at), dtype=bool)
    first, last = (ticks_of(run.plan, days) for days in (consents.first, consents.last))
    for index in np.unique(items.matter):
        which = np.flatnonzero(items.matter == index)
        some, asked = items.take(which), tick[which]
        for giver in run.body.matters[index].givers:
            words = (run.body.name, "consent", giver.name)
            took = (hashed(run, some, asked, *words, "days") * np.uint64(last - first + 1)) >> np.uint64(31)
            answered = asked + first + took.astype(np.int64)
            gives = Hashed(hashed(run, some, asked, *words)).below(Limit.of(giver.gives))
            ready[which] = np.maximum(ready[which], answered)
            given[which] &= gives
            if block.told is not None:
                for i in np.flatnonzero(some.rep == block.told):
                    answer = NO_ANSWER if answered[i] >= run.plan.end else GIVES if gives[i] else REFUSES
                    to = more.answers.setdefault(int(at[which[i]]), [])
                    to.append((giver.title, answer, int(answered[i])))
    over: Truths = np.greater_equal(ready, run.plan.end)
    block.add("pending", items, over)
    run.count("refused", items.rep[~given & ~over])
    back = ~given & ~over & run.settle.take(items.matter) & (items.owner == run.body.number)
    done = ~over & ~back
    result: Small = np.where(given, CARRIED, LOST).astype(np.int8)
    run.count_done(items.take(done), ready[done], result[done])
    if back.any():
        more.passed = come_back(run, items.take(back), ready[back], at[back])


def come_back(run: BodyRun, items: Items, ready: Whole, at: Whole) -> dict[int, list[Answer]]:
    """What must be settled and was refused is heard again, or passed on when that was too often."""
    run.count("deferrals", items.rep)
    items.deferred = items.deferred + 1
    up = run.passes_on.take(items.matter) & (items.deferred >= run.plan.scenario.escalation.after)
    rest = items.take(~up)
    rest.due = np.maximum(rest.due + 1, np.searchsorted(run.body.ticks, ready[~up], side="left"))
    run.waiting = Items.joined([part for part in (run.waiting, rest) if len(part)])
    return pass_on(run, items.take(up), ready[up], at[up]) if up.any() else {}


def opt_out(run: BodyRun, agenda: Agenda, at: Whole, ballots: Ballots, column: Whole) -> Truths:
    """Who opts out of these items, which were carried: a row for each place. `column`: of each ballot."""
    chances = run.plan.scenario.uses.opting_out
    body, rooms = run.body, agenda.rooms
    if chances is None:
        return np.zeros((len(body.places), len(at)), dtype=bool)
    free = np.array([m.opts_out or (False,) * len(body.places) for m in body.matters], dtype=bool).T
    limits = [Limit.of(threshold(chance)) for chance in (chances.against, chances.others)]
    tables = agenda.dice.take(at).seats("opts out", *([limit] * len(body.places) for limit in limits))
    against, for_ = ballots.against[:, column], ballots.for_[:, column]
    found: Truths = np.where(against, tables[0], tables[1] & ~for_)
    found &= free.take(agenda.matter.take(at), axis=1)
    found &= rooms.sitting(body, agenda.room.take(at))
    run.count_each("opted_out", agenda.rep(at), found.sum(axis=0))
    return found
