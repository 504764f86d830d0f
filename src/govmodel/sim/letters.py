"""Decisions in writing: new items on which members are asked to answer, and no meeting is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from govmodel.calendar import add
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.model.scenario import Clock, Scenario
from govmodel.semantics.deciding import rules_for
from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.consents import come_back
from govmodel.sim.drawing import Dice
from govmodel.sim.items import CARRIED, LOST, TIED
from govmodel.sim.leaving import tick_of
from govmodel.sim.passing import Answer, hashed
from govmodel.sim.plan import NOBODY, BodyPlan, Letters, ticks_of
from govmodel.sim.randomness import Coarse, Hashed, Limit, threshold
from govmodel.sim.rooms import Rooms, packed
from govmodel.sim.thresholds import Ballots

if TYPE_CHECKING:
    from govmodel.sim.body import BodyRun

SILENCE = {None: 0, "assent": 1, "refusal": -1}


# the plan


def written_rule(body: BodyRules, matter: str) -> DecisionRule | None:
    """By which a matter is decided in writing, in every case. None: it is not, or not in every case."""
    found = rules_for(body, matter, written=True)
    return found[0] if len(found) == 1 and found[0].when is None else None


def letters(rules: Rules, scenario: Scenario, clock: Clock, made: BodyPlan) -> Letters | None:
    """How a body decides in writing. None: it does not, or the scenario does not say how often it does."""
    writing = scenario.uses.writing
    found = [None if m.paper else written_rule(made.rules, m.decided_as) for m in made.matters]
    if writing is None or not any(found) or not made.meets:
        return None
    nobody = np.full(len(made.ticks), NOBODY, dtype=np.int64)
    body = replace(
        made, rechecked=(), proxy=(), offices=None, lifting=None, chair=nobody, deputy=nobody,
        who=np.zeros_like(made.who), extra=np.zeros_like(made.extra), standins_vote=True,
        matters=tuple(
            replace(m, cases=((None, rule),), rounds=(), by_proxy=())
            for m, rule in zip(made.matters, found, strict=True)
        ),
    )  # fmt: skip
    after = np.full((len(found), len(made.ticks)), -1, dtype=np.int64)
    for number, rule in enumerate(found):
        if rule is not None and rule.within is not None:
            within = rule.within
            after[number] = [
                tick_of(clock, int(tick), day, add(day, within, rules.nation))
                for tick, day in zip(made.ticks, made.dates, strict=True)
            ]
    return Letters(
        body=body, may=np.array([rule is not None for rule in found], dtype=bool),
        share=threshold(writing.share), answers=threshold(writing.answers),
        silence=np.array([SILENCE[rule.silence if rule else None] for rule in found], dtype=np.int64),
        after=after,
    )  # fmt: skip


# the run


@dataclass(slots=True)
class Posted:
    """What came of the items of an agenda that were decided in writing: their places, their votes and ends,
    when (a tick), and where those went that were passed on."""

    at: Whole
    ballots: Ballots
    rooms: Rooms
    result: Small
    ready: Whole
    passed: dict[int, list[Answer]]


@dataclass(frozen=True, slots=True)
class _Answers:
    """Votes of those who answer, and what the silence of the others means. `meant`: 1 to agree, -1 to refuse,
    for each item; `agreed`: nobody who answers opposes."""

    dice: Dice
    silent: Truths
    meant: Whole
    agreed: Truths

    def item(self, purpose: str) -> Coarse | Hashed:
        if purpose == "consensus":
            return Hashed(np.full(len(self.meant), (1 << 31) - 1, dtype=np.uint64))
        return self.dice.item(f"{purpose}, in writing")

    def seats(self, purpose: str, *sides: Sequence[Limit]) -> list[Truths]:
        if purpose != "votes":
            return self.dice.seats(purpose, *sides)
        tables = self.dice.seats("votes, in writing", *sides)
        return [np.where(self.silent, self.meant > 0, table | self.agreed) for table in tables]

    def take(self, which: Whole) -> _Answers:
        return _Answers(
            self.dice.take(which), self.silent[:, which], self.meant.take(which), self.agreed.take(which)
        )


def posted(plan: Letters, agenda: Agenda) -> Truths | None:
    """Which new items are decided in writing. None: no items of this agenda are."""
    if agenda.items is not None:
        return None
    found = plan.may.take(agenda.matter)
    found &= agenda.dice.item("in writing").below(Limit.of(plan.share))
    return found if found.any() else None


def decide(run: BodyRun, plan: Letters, agenda: Agenda, at: Whole) -> Posted:
    """Decide items of an agenda in writing, and count what comes of it."""
    block, hearing = run.block, run.by_letter
    writing = run.plan.scenario.uses.writing
    if hearing is None or writing is None:
        raise ValueError("nothing is decided in writing here")
    dice, matter, room = agenda.dice.take(at), agenda.matter.take(at), agenda.room.take(at)
    answers = dice.seats("answers", [Limit.of(plan.answers)] * len(run.body.places))[0]
    meant = plan.silence.take(matter)
    here = agenda.rooms.sitting(run.body, room) & (answers | (meant != 0))
    number = agenda.rooms.number(room)
    rooms = Rooms(
        first=0, last=0, size=block.size, tick=agenda.rooms.tick.take(room), person=here,
        standin=np.zeros_like(here), here=here, counted=here, quorate=np.ones(len(at), dtype=bool),
        arrivals=np.zeros((0, 0), dtype=np.int64), planes=packed(here), held=None,
        members=agenda.rooms.of_members(room),
        reps=agenda.rooms.rep(room), numbers=number, kind="called",
    )  # fmt: skip
    agreed = dice.item("consensus").below(hearing.consensus.take(matter))
    said = _Answers(dice, here & ~answers, meant, agreed)
    everyone = np.arange(len(at))
    ballots, result = hearing.vote(rooms, everyone, matter, said, block.told is not None)
    result, stays = _ends(run, ballots, result, dice, matter)
    items = agenda.take(at)
    ready = plan.after[matter, number]
    if (ready < 0).any():
        first, last = (ticks_of(run.plan, days) for days in (writing.first, writing.last))
        took = hashed(run, items, rooms.tick, run.body.name, "answered") * np.uint64(last - first + 1)
        ready = np.where(ready < 0, rooms.tick + first + (took >> np.uint64(31)).astype(np.int64), ready)
    over: Truths = np.greater_equal(ready, run.plan.end)
    block.add("pending", items, over)
    run.count("written", items.rep)
    done = ~over & ~stays
    run.count_done(items.take(done), ready[done], result[done])
    back = np.flatnonzero(stays & ~over)
    passed = come_back(run, items.take(back), ready[back], at[back]) if len(back) else {}
    return Posted(at, ballots, rooms, result, ready, passed)


def _ends(run: BodyRun, ballots: Ballots, found: Small, dice: Dice, matter: Whole) -> tuple[Small, Truths]:
    """What votes in writing come to, and which items must still be settled. Nobody presides."""
    result, stays = found.copy(), found > TIED
    for index, rule in enumerate(run.by_letter.rule_list if run.by_letter else ()):
        tied = (found == TIED) & (ballots.rule == index)
        meaning = rule.equal_votes if rule else None
        undecided = run.plan.rules.reading["equal-votes"] == "undecided"
        stays |= tied & (meaning == "deferred" or (meaning is None and undecided))
        carried = np.full(len(found), meaning == "carried")
        if meaning == "lot":
            carried = dice.item("lot").below(Limit.of(1 << 30))
        result[tied] = np.where(carried[tied], CARRIED, LOST)
    return result, stays | ((result == LOST) & run.settle.take(matter))
