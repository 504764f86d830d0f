"""Who comes to which meeting, drawn beforehand: a room is one meeting in one replication."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from govmodel.model.expressions import Count
from govmodel.model.rules import BodyRules, QuorumRule, Rules, SeatRule
from govmodel.semantics.counting import base_of, belongs, heads_of, of_parties, organisation, places
from govmodel.sim.arrays import Bytes, Truths, Whole, Words
from govmodel.sim.heads import holds
from govmodel.sim.items import Block
from govmodel.sim.plan import BodyPlan
from govmodel.sim.randomness import (
    BLOCK,
    Coarse,
    Hashed,
    Limit,
    chosen,
    mixed,
    poisson_thresholds,
    rest_of,
    threshold,
    thresholds_of,
)

CHUNK = 64
"""At most so many meetings of a window have draws of one name, which has the number of the first of them."""


@dataclass(slots=True)
class Rooms:
    """The meetings of one body from number `first` to before `last`, in all replications of a block.

    A room has the number of its meeting (from 0 here) times the replications, plus its replication; unless
    `reps` and `numbers` say of each room which replication it is in, and which is the last regular meeting
    before it: then these are meetings that were called, or go on from those (`kind`).
    Rows are places: `person`, `standin`: who is there; `here`: either; `counted`: towards the quorum.
    `arrivals`: new items, of all replications that a block may have. `tick`: when. `held`: which places
    somebody holds, None: all that are ever held. `seats`: the places of the holders of the offices that the
    body fills itself (rows), None where that is not run. `late`: who came while the meeting waited for a
    quorum. `level`: as in the plan, None: as there, by the number of the meeting. `members`: which places
    count in the membership, None: all of them.
    """

    first: int
    last: int
    size: int
    tick: Whole
    person: Truths
    standin: Truths
    here: Truths
    counted: Truths
    quorate: Truths
    arrivals: Whole
    planes: list[Bytes]
    held: Truths | None = None
    seats: Whole | None = None
    reps: Whole | None = None
    numbers: Whole | None = None
    kind: Literal["regular", "called", "resumed"] = "regular"
    late: Truths | None = None
    level: Whole | None = None
    members: Truths | None = None

    def rep(self, room: Whole) -> Whole:
        """The replications of some rooms."""
        return room % self.size if self.reps is None else self.reps.take(room)

    def number(self, room: Whole) -> Whole:
        """The numbers of the meetings of some rooms."""
        return self.first + room // self.size if self.numbers is None else self.numbers.take(room)

    def levels(self, body: BodyPlan, room: Whole) -> Whole:
        """Of which level the meetings of some rooms are."""
        if self.level is not None:
            return self.level.take(room)
        return body.level.take(self.number(room))

    def of_members(self, room: Whole) -> Truths | None:
        """Which places count in the membership, for each of some rooms; None: all of them."""
        return None if self.members is None else self.members.take(room, axis=1)

    def sitting(self, body: BodyPlan, room: Whole) -> Truths:
        """Which places somebody holds, for each of some rooms: rows are places."""
        found: Truths = body.sits.take(self.levels(body, room), axis=1)
        return found if self.held is None else found & self.held.take(room, axis=1)

    def heads(self, room: Whole) -> Truths:
        """Who is there, for each of some rooms: rows are places."""
        return spread(self.planes, len(self.here), room)


def gather(block: Block, body: BodyPlan, first: int, last: int, held: Truths | None = None,
    follow: Callable[[Truths, Truths], None] | None = None,
) -> Rooms:  # fmt: skip
    """Who comes to these meetings of a body, whether they are quorate, and how much there is to decide.
    `held`: by place, meeting and replication, where people go; `follow` is told who would come, and
    takes from it the places that become empty."""
    size, meetings = block.size, last - first
    level = body.level[first:last, None]
    rows = _Table(len(body.places), meetings)
    worse, others = (_Table(*rows.found.shape[:2]) if some else None for some in (
        body.bad, body.standin_below.any()
    ))  # fmt: skip
    for i, place in enumerate(body.places):
        drawn = _by_meeting(block, body, (place, "comes"), first, last)
        rows.fill(i, drawn, Limit.of(body.came_below[i]).take(level))
        if worse is not None:
            worse.fill(i, drawn, Limit.of(body.came_bad_below[i]).take(level))
        if others is not None and body.standin_below[i].any():
            instead = _by_meeting(block, body, (place, "stand-in"), first, last)
            others.fill(i, instead, Limit.of(body.standin_below[i]).take(level))
    person, bad = rows.done(size), None
    if worse is not None:
        drawn = _by_meeting(block, body, ("bad meeting",), first, last)
        bad = drawn.below(Limit.of(threshold(body.bad)))[:, :size].reshape(-1)
        person = np.where(bad, worse.done(size), person)
    standin = others.done(size) if others is not None else np.zeros_like(person)
    if follow is not None:
        follow(person, standin)
    if held is not None:
        person &= held.reshape(len(held), -1)
        standin &= held.reshape(len(held), -1)
    standin &= ~person
    here = person | standin
    counted = here if body.standins_count else person
    heads = Heads(block.plan.rules, body.rules)
    members = membership(body, np.repeat(body.level[first:last], size), held)
    made = Rooms(
        first=first,
        last=last,
        size=size,
        tick=np.repeat(body.ticks[first:last], size),
        person=person,
        standin=standin,
        here=here,
        counted=counted,
        quorate=heads.quorate(body.quorum, counted, members),
        arrivals=_arrivals(block, body, first, last),
        planes=[],
        held=None if held is None else held.reshape(len(held), -1),
        members=members,
    )
    if body.late:
        each = np.repeat(body.level[first:last], size)
        wait(block, body, made, each, bad)
    made.planes = packed(made.here)
    return made


def membership(body: BodyPlan, level: Whole, held: Truths | None) -> Truths | None:
    """Which places count in the membership, for rooms of these levels; None: all of them."""
    if body.members is None:
        return None
    found: Truths = body.members[:, level]
    return found if held is None else found & (held.reshape(len(held), -1) | body.fixed[:, None])


def wait(block: Block, body: BodyPlan, rooms: Rooms, level: Whole, bad: Truths | None) -> None:
    """Where there is no quorum, somebody may come for a place at which nobody is, while the meeting waits.
    `level`, `bad`: of each room. Changes the rooms."""
    at = np.flatnonzero(~rooms.quorate)
    rooms.late = np.zeros_like(rooms.here)
    if not len(at):
        return
    usual, worse = (thresholds_of(table).T for table in (body.late, body.late_bad))
    names = alone(block, body, rooms.tick.take(at), rooms.rep(at))
    for i, place in enumerate(body.places):
        below = usual[i].take(level.take(at))
        if bad is not None:
            below = np.where(bad.take(at), worse[i].take(level.take(at)), below)
        comes = one_by_one(block, names, (body.name, place, "comes late", rooms.kind)).below(Limit.of(below))
        comes &= ~rooms.here[i, at]
        if rooms.held is not None:
            comes &= rooms.held[i, at]
        rooms.late[i, at] = comes
    rooms.person = rooms.person | rooms.late
    rooms.here = rooms.person | rooms.standin
    rooms.counted = rooms.here if body.standins_count else rooms.person
    heads = Heads(block.plan.rules, body.rules)
    rooms.quorate = rooms.quorate.copy()
    rooms.quorate[at] = heads.quorate(body.quorum, rooms.counted[:, at], rooms.of_members(at))


# meetings drawn one by one

ROOM = (1 << 16) - 1
"""In the place of the number of an item, where a meeting itself is named."""


def alone(block: Block, body: BodyPlan, tick: Whole, rep: Whole) -> Words:
    """Words that name meetings by their body, day and replication."""
    key = block.streams.key((body.name, "item"), block.number)
    return mixed(key ^ ((tick << 26) | (rep << 16) | ROOM).astype(np.uint64))


def one_by_one(block: Block, names: Words, words: tuple[str, ...]) -> Hashed:
    """A draw for each of these meetings."""
    return Hashed(mixed(names ^ block.streams.key(words, block.number)) >> np.uint64(33))


def beside(
    block: Block, body: BodyPlan, kind: Literal["called", "resumed"], tick: Whole, rep: Whole, number: Whole,
    level: Whole, held: Truths | None,
) -> Rooms:  # fmt: skip
    """Meetings beside the regular ones, each in one replication: when, and who comes. `number`: the last
    regular meeting before each; `level`, `held`: of each."""
    names, when = alone(block, body, tick, rep), f"when {kind}"
    person = np.zeros((len(body.places), len(tick)), dtype=bool)
    standin = np.zeros_like(person)
    bad = one_by_one(block, names, (body.name, "bad meeting", when)).below(Limit.of(threshold(body.bad)))
    for i, place in enumerate(body.places):
        usual, worse = body.came_below[i].take(level), body.came_bad_below[i].take(level)
        comes = one_by_one(block, names, (body.name, place, "comes", when))
        person[i] = comes.below(Limit.of(np.where(bad, worse, usual)))
        other = one_by_one(block, names, (body.name, place, "stand-in", when))
        standin[i] = other.below(Limit.of(body.standin_below[i].take(level)))
    if held is not None:
        person &= held
        standin &= held
    standin &= ~person
    here = person | standin
    counted = here if body.standins_count else person
    heads, members = Heads(block.plan.rules, body.rules), membership(body, level, held)
    made = Rooms(
        first=0, last=0, size=block.size, tick=tick, person=person, standin=standin, here=here,
        counted=counted, quorate=heads.quorate(body.quorum, counted, members), members=members,
        arrivals=np.zeros((0, 0), dtype=np.int64), planes=[], held=held, reps=rep, numbers=number, kind=kind,
        level=level,
    )  # fmt: skip
    if body.late:
        wait(block, body, made, level, bad)
    made.planes = packed(made.here)
    return made


class _Table:
    """Truths by place, meeting and replication of a whole block. What the first bits of draws leave open is
    settled for all places together."""

    def __init__(self, places: int, meetings: int) -> None:
        self.found = np.zeros((places, meetings, BLOCK), dtype=bool)
        self.open: list[tuple[Whole, Words, Words]] = []

    def fill(self, row: int, drawn: Coarse, limit: Limit) -> None:
        left = drawn.surely_below(limit, self.found[row])
        if left is not None:
            self.open.append((left[0] + row * self.found[row].size, *left[1:]))

    def done(self, size: int) -> Truths:
        """Rows of places, for so many replications."""
        if self.open:
            edge, names, low = (np.concatenate(column) for column in zip(*self.open, strict=True))
            self.found.reshape(-1)[edge] = rest_of(names) < low
        return self.found[:, :, :size].reshape(len(self.found), -1)


def _by_meeting(block: Block, body: BodyPlan, words: tuple[str, ...], first: int, last: int) -> Coarse:
    """One draw for each of some meetings (rows) and each replication that a block may have."""
    parts = [
        block.streams.coarse(
            (body.name, *words), block.number, (min(start + CHUNK, last) - start) * BLOCK, start
        )
        for start in range(first, last, CHUNK)
    ]
    if len(parts) == 1:
        return Coarse(parts[0].first.reshape(-1, BLOCK), parts[0].key)
    # Of several streams, the key of each is added to the places in it.
    with np.errstate(over="ignore"):
        at = [np.arange(len(part.first), dtype=np.uint64) + (part.key - parts[0].key) for part in parts]
    whole = np.concatenate([part.first for part in parts]).reshape(-1, BLOCK)
    return Coarse(whole, parts[0].key, np.concatenate(at).view(np.int64))


def _arrivals(block: Block, body: BodyPlan, first: int, last: int) -> Whole:
    agenda = body.agenda
    if agenda.spread == "fixed":
        return np.full((last - first, BLOCK), int(agenda.per_meeting), dtype=np.int64)
    table = poisson_thresholds(agenda.per_meeting)
    if not len(table):
        return np.zeros((last - first, BLOCK), dtype=np.int64)
    found = []
    for start in range(first, last, CHUNK):
        number = (min(start + CHUNK, last) - start) * BLOCK
        drawn = block.streams.draws((body.name, "arrivals"), block.number, number, start)
        found.append(chosen(table, drawn).reshape(-1, BLOCK))
    return np.concatenate(found)


# bits


def packed(rows: Truths) -> list[Bytes]:
    """Rows of truths, eight to a byte: numpy's own packing across rows is forty times as slow."""
    planes = []
    for start in range(0, len(rows), 8):
        plane = np.zeros(rows.shape[1], dtype=np.uint8)
        for bit, row in enumerate(rows[start : start + 8]):
            plane |= row.view(np.uint8) << np.uint8(bit)
        planes.append(plane)
    return planes


def spread(planes: list[Bytes], count: int, columns: Whole) -> Truths:
    """Some columns of rows that were packed."""
    found = np.empty((count, len(columns)), dtype=bool)
    for number, plane in enumerate(planes):
        taken = plane.take(columns)
        for bit in range(min(8, count - 8 * number)):
            np.not_equal(taken & np.uint8(1 << bit), 0, out=found[8 * number + bit])
    return found


def total(rows: Truths) -> Whole:
    """How many are true in each column. Summed narrow, which is ten times as fast."""
    narrow = np.uint8 if len(rows) < 256 else np.int64
    found: Whole = rows.view(np.uint8).sum(axis=0, dtype=narrow).astype(np.int64)
    return found


# head counts


def of_membership(members: Truths | None) -> dict[str, Truths]:
    """The rows of a membership that changes; none of one that does not."""
    return {} if members is None else dict.fromkeys(("seats", "members", "entitled"), members)


class Heads:
    """Counts heads of one body in many rooms at once. Rows are its places."""

    def __init__(self, rules: Rules, body: BodyRules) -> None:
        self.rules = rules
        self.seats: list[SeatRule] = list(places(body).values())

    def count(self, rows: dict[str, Truths], what: Count) -> Whole:
        """A head count over rows of places by base, or one of organisations."""
        base = base_of(what)
        among = [i for i, seat in enumerate(self.seats) if belongs(what, seat)]
        if base not in rows and base not in ("seats", "members"):
            return np.asarray(0, dtype=np.int64)
        if of_parties(what):
            own: dict[str, list[int]] = {}
            for i in among:
                if (name := organisation(self.seats[i])) is not None:
                    own.setdefault(name, []).append(i)
            if base not in rows:
                return np.asarray(len(own), dtype=np.int64)
            there = (rows[base][own_places].any(axis=0) for own_places in own.values())
            return np.asarray(sum(here.astype(np.int64) for here in there), dtype=np.int64)
        if base not in rows:
            return np.asarray(len(among), dtype=np.int64)
        return total(rows[base] if len(among) == len(self.seats) else rows[base][among])

    def quorate(self, quorum: Sequence[QuorumRule], counted: Truths, members: Truths | None = None) -> Truths:
        """In which of the rooms every quorum is met. No rule: in all. `members`: who counts in the
        membership, None: every place."""
        rows = {"present": counted, "entitled": np.ones_like(counted), **of_membership(members)}
        met: npt.NDArray[np.bool_] = np.ones(counted.shape[1:], dtype=bool)
        for rule in quorum:
            stated = rule.rounding or self.rules.reading["rounding"]
            met &= holds(heads_of(self.rules, rule), lambda what: self.count(rows, what), stated)
        return met
