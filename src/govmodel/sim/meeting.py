"""One meeting of one body, in all replications of a block at once.

Items are flat arrays: one entry for each item of each replication, with the replication in `rep`.
Places are rows: `here[place, rep]`. The words are those of `semantics.meeting`, which judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, assert_never

import numpy as np
import numpy.typing as npt

from govmodel.model.expressions import Count, Threshold
from govmodel.model.record import Outcome, Record
from govmodel.model.rules import DecisionRule, QuorumRule
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics.counting import base_of, belongs, groups_of, of_parties, organisation, places
from govmodel.semantics.meeting import most_votes
from govmodel.sim.heads import Truths, holds
from govmodel.sim.plan import CHOSEN, EXTRA, NOBODY, BodyPlan, Plan, Step
from govmodel.sim.randomness import BLOCK, ONE, Draws, Streams, poisson_thresholds, threshold, thresholds

Whole: TypeAlias = npt.NDArray[np.int64]
Some: TypeAlias = "slice | Whole"
"""Which items: all (`slice(None)`) or those at these places."""

Answer: TypeAlias = tuple[str, str, int]
"""Of a receiver: its name in words, its answer, the day of the answer."""

ANSWERS = ("not settled", "settled", "no answer before the end", "on the agenda")

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
)
"""What is counted in each replication for each body: meetings; those without a quorum at the start;
items raised; carried; lost; settled elsewhere; equal votes; those of them that nobody broke and the text
gives no meaning; deferrals; items left for want of a quorum after withdrawals; items for which the text
has no rule; items passed on; those that no receiver settled; those still open at the end; and, over the
items carried, lost or settled, the days since they were raised."""

COLUMN = {figure: number for number, figure in enumerate(FIGURES)}

OUTCOMES: tuple[Outcome, ...] = (
    "carried", "lost", "tied", "no rule", "inquorate", "quorum lost", "referred",
)  # fmt: skip
CARRIED, LOST, TIED, NO_RULE, INQUORATE, QUORUM_LOST, REFERRED = range(len(OUTCOMES))

PRESENT, INTERESTED_STAYS, INTERESTED_LEAVES, ABSENT, VACANT = (
    STATUSES.index(word) for word in ("present", "interested-stays", "interested-leaves", "absent", "vacant")
)


@dataclass(slots=True)
class Items:
    """Items of business. `owner`: the body at which each was raised; days are ordinals; `serial`: its
    number (from 1) among the items raised there on that day in its replication, if a story is told."""

    rep: Whole
    matter: Whole
    raised: Whole
    deferred: Whole
    owner: Whole
    serial: Whole

    @classmethod
    def none(cls) -> Items:
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(6)))

    def columns(self) -> tuple[Whole, ...]:
        return self.rep, self.matter, self.raised, self.deferred, self.owner, self.serial

    def __len__(self) -> int:
        return len(self.rep)

    def take(self, which: npt.NDArray[Any]) -> Items:
        return Items(*(column[which] for column in self.columns()))

    def in_order(self) -> Items:
        """By replication, else as they are: so that what one draws does not depend on later ones."""
        return self.take(np.argsort(self.rep, kind="stable")) if len(self) else self

    def and_(self, other: Items) -> Items:
        if not len(other):
            return self
        if not len(self):
            return other
        return Items(*(np.concatenate(pair) for pair in zip(self.columns(), other.columns(), strict=True)))


@dataclass(slots=True)
class Block:
    """What the bodies of one block of replications share. `tallies[body, figure, replication]`."""

    plan: Plan
    number: int
    size: int
    streams: Streams
    tallies: Whole
    bodies: list[BodyRun]
    told: int | None = None
    records: list[Record] | None = None

    def add(
        self, figure: str, items: Items, which: Truths | None = None, amount: Whole | None = None
    ) -> None:
        """Count items (or add amounts) under the bodies at which they were raised."""
        where = items.owner * self.size + items.rep if len(self.plan.bodies) > 1 else items.rep
        if which is not None:
            where = where[which]
        if not len(where):
            return
        cells = self.tallies[:, COLUMN[figure], :]
        if amount is None:
            cells += np.bincount(where, minlength=cells.size).reshape(cells.shape)
        else:
            # Weights are summed as floats; whole numbers below 2**53 come out exact.
            sums = np.bincount(where, weights=amount, minlength=cells.size)
            cells += sums.astype(np.int64).reshape(cells.shape)

    def add_each(self, figures: tuple[str, ...], items: Items, which: Whole) -> None:
        """Count each item under one of several figures, by its number; number 0 counts nowhere."""
        cells = len(self.plan.bodies) * self.size
        where = which * cells + items.owner * self.size + items.rep
        found = np.bincount(where, minlength=len(figures) * cells).reshape(len(figures), -1, self.size)
        for number, figure in enumerate(figures[1:], start=1):
            self.tallies[:, COLUMN[figure], :] += found[number]


@dataclass(slots=True)
class Ballots:
    """The votes on some items: rows are places, columns items. `chair`, `deputy` and `presider` are
    those of the items for which it matters who presides; of all, if a story is told."""

    here: Truths
    for_: Truths
    against: Truths
    abstaining: Truths
    barred: Truths
    favour: Whole
    contra: Whole
    chair: Whole
    deputy: Whole
    presider: Whole
    casting: Whole
    agreed: Truths


class BodyRun:
    """A body in one block of replications: what was drawn beforehand, and what is waiting."""

    def __init__(self, block: Block, body: BodyPlan) -> None:
        self.block, self.plan, self.body = block, block.plan, body
        self.rules = body.rules
        self.meetings = len(body.dates)
        self.waiting = Items.none()
        self.inbox: list[tuple[Whole, Items]] = []
        self.rule_list: list[DecisionRule | None] = list(dict.fromkeys(m.rule for m in body.matters))
        self._tables()
        self._gather()

    # beforehand

    def _draws(self, *words: str, size: int, meeting: int = 0) -> Draws:
        return self.block.streams.draws((self.body.name, *words), self.block.number, size, meeting)

    def _by_meeting(self, *words: str) -> Draws:
        """One draw for each meeting and replication of the block."""
        drawn = self._draws(*words, size=self.meetings * BLOCK).reshape(self.meetings, BLOCK)
        return drawn[:, : self.block.size]

    def _tables(self) -> None:
        """Thresholds by matter, and groups of seats."""
        body, matters = self.body, self.body.matters
        self.rule_of = np.array([self.rule_list.index(m.rule) for m in matters], dtype=np.int64)
        self.in_favour = np.array([m.in_favour for m in matters], dtype=np.uint32)
        self.not_against = np.array([m.not_against for m in matters], dtype=np.uint32)
        self.consensus = np.array([m.consensus for m in matters], dtype=np.uint32)
        self.abstain = bool((self.not_against > self.in_favour).any())
        self.settle = np.array([m.settle for m in matters], dtype=bool)
        self.referred = np.array([m.referred for m in matters], dtype=bool)
        self.passes_on = np.array([bool(m.steps) for m in matters], dtype=bool)
        self.conflicted = np.array([m.conflicted for m in matters], dtype=np.uint32).T
        self.leaving = (self.conflicted.astype(np.uint64) * np.uint64(body.leaves) // np.uint64(ONE)).astype(
            np.uint32
        )
        self.shares = thresholds(tuple(body.agenda.matters.values()))
        self.share_matter = np.array(
            [self.plan.matters.index(name) for name in body.agenda.matters], dtype=np.int64
        )
        where = places(self.rules)
        self.interests = bool(self.conflicted.any())
        self.twice = bool((body.extra == EXTRA["additional"]).any())
        self.seats = [where[place] for place in body.places]
        self.mute = np.array([m.mute for m in matters], dtype=bool).T
        self.plain_votes = bool((body.weights == 1).all())

    def _gather(self) -> None:
        """Who comes to every meeting, whether it is quorate, and how much there is to decide."""
        body, size = self.body, self.block.size
        shape = (len(body.places), self.meetings, size)
        self.person = np.zeros(shape, dtype=bool)
        self.standin = np.zeros(shape, dtype=bool)
        bad = self._by_meeting("bad meeting") < np.uint32(threshold(body.bad))
        for i, place in enumerate(body.places):
            drawn = self._by_meeting(place, "comes")
            self.person[i] = drawn < body.came_below[i][:, None]
            if body.bad:
                self.person[i] = np.where(bad, drawn < body.came_bad_below[i][:, None], self.person[i])
            if body.standin[i]:
                comes = self._by_meeting(place, "stand-in") < np.uint32(threshold(body.standin[i]))
                self.standin[i] = comes & ~self.person[i]
        self.here = self.person | self.standin
        self.counted = self.here if body.standins_count else self.person
        self.quorate = self._quorate(body.quorum, self.counted)
        self._tally("meetings", np.full(size, self.meetings, dtype=np.int64))
        self._tally("inquorate", (~self.quorate).sum(axis=0))
        agenda = body.agenda
        if agenda.spread == "fixed":
            self.arrivals = np.full((self.meetings, size), int(agenda.per_meeting), dtype=np.int64)
        else:
            table = poisson_thresholds(agenda.per_meeting)
            self.arrivals = np.searchsorted(table, self._by_meeting("arrivals"), side="right")

    def _tally(self, figure: str, numbers: Whole) -> None:
        self.block.tallies[self.body.number, COLUMN[figure], :] += numbers

    # head counts

    def _count_in(self, rows: dict[str, Truths], what: Count) -> Whole:
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
        return _total(rows[base] if len(among) == len(self.seats) else rows[base][among])

    def _quorate(self, quorum: tuple[QuorumRule, ...], counted: Truths) -> Truths:
        """In which of the rooms every quorum is met. No rule: in all."""
        rows = {"present": counted, "entitled": np.ones_like(counted)}
        met = np.ones(counted.shape[1:], dtype=bool)
        for rule in quorum:
            stated = rule.rounding or self.plan.rules.reading.get("rounding", "up")
            met &= holds(rule.needs, lambda what: self._count_in(rows, what), stated)
        return met

    # the meeting

    def meet(self, number: int) -> None:
        """Hold one meeting in every replication of the block."""
        day = self.body.dates[number].toordinal()
        old = self._due(day)
        new = self._new_items(number, day)
        self._tally("raised", self.arrivals[number])
        agenda = old.and_(new)
        if self.block.records is not None:
            self._tell_meeting(number)
        if not len(agenda):
            return
        outcome = np.full(len(agenda), INQUORATE, dtype=np.int64)
        open_ = self.quorate[number][agenda.rep] if self.body.gates else np.ones(len(agenda), dtype=bool)
        referred = self.referred[agenda.matter] & (agenda.owner == self.body.number)
        which = np.flatnonzero(open_ & ~referred)
        if len(which):
            votes, found = self._vote(number, agenda, len(old), which)
            outcome[which] = found
        else:
            votes = None
        outcome[referred] = REFERRED
        self._settle(number, day, agenda, len(old), outcome, votes, which)

    def _due(self, day: int) -> Items:
        """Items that waited, and those received by this day."""
        due = self.waiting
        for index, (ready, items) in enumerate(self.inbox):
            due = due.and_(items.take(ready <= day))
            self.inbox[index] = (ready[ready > day], items.take(ready > day))
        self.inbox = [entry for entry in self.inbox if len(entry[0])]
        return due.in_order()

    def _new_items(self, number: int, day: int) -> Items:
        arrivals = self.arrivals[number]
        rep = np.repeat(np.arange(self.block.size), arrivals)
        drawn = self._draws("matters", size=len(rep), meeting=number)
        matter = self.share_matter[np.searchsorted(self.shares, drawn, side="right")]
        zero = np.zeros(len(rep), dtype=np.int64)
        serial = zero
        if self.block.records is not None:
            serial = np.arange(1, len(rep) + 1) - np.repeat(np.cumsum(arrivals) - arrivals, arrivals)
        return Items(rep, matter, zero + day, zero, zero + self.body.number, serial)

    def _item_draws(self, purpose: str, number: int, old: int, total: int, *words: str) -> Draws:
        """One draw an item: items heard again draw from a stream of their own, so that they leave the
        draws of the new ones alone."""
        fresh = self._draws(*words, purpose, size=total - old, meeting=number)
        if not old:
            return fresh
        again = self._draws(*words, f"{purpose} again", size=old, meeting=number)
        return np.concatenate((again, fresh))

    def _seat_draws(
        self, purpose: str, number: int, old: int, total: int, which: Whole
    ) -> Iterator[tuple[int, Draws]]:
        """One draw for each place and item heard, place by place: a whole table of them would be too
        large for the nearest cache."""
        for i, place in enumerate(self.body.places):
            drawn = self._item_draws(purpose, number, old, total, place)
            yield i, drawn if len(which) == total else drawn[which]

    def _vote(self, number: int, agenda: Items, old: int, which: Whole) -> tuple[Ballots, Whole]:
        """The votes on the items heard, and what becomes of each."""
        block, body, total = self.block, self.body, len(agenda)
        rep, matter = agenda.rep.take(which), agenda.matter.take(which)
        here = self.here[:, number, :].take(rep, axis=1)
        free = here
        barred = conflicted = gone = np.zeros((1, 1), dtype=bool)
        if self.interests:
            conflicted, gone = np.empty_like(here), np.empty_like(here)
            for i, drawn in self._seat_draws("interest", number, old, total, which):
                np.less(drawn, self.conflicted[i].take(matter), out=conflicted[i])
                np.less(drawn, self.leaving[i].take(matter), out=gone[i])
            conflicted &= here
            gone &= here
            here = here & ~gone
            free = here & ~conflicted
            if body.barred:
                barred = conflicted
        barred = np.broadcast_to(barred, here.shape)
        may_vote = free if body.barred else here
        if not body.standins_vote:
            may_vote = may_vote & self.person[:, number, :].take(rep, axis=1)

        if self.mute.any():
            may_vote = may_vote & ~self.mute.take(matter, axis=1)

        agreed = self._item_draws("consensus", number, old, total)[which] < self.consensus[matter]
        in_favour = np.where(agreed, np.uint32(ONE), self.in_favour[matter])
        not_against = np.where(agreed, np.uint32(ONE), self.not_against[matter])
        for_, against = np.empty_like(here), np.empty_like(here)
        for i, drawn in self._seat_draws("votes", number, old, total, which):
            np.less(drawn, in_favour, out=for_[i])
            np.greater_equal(drawn, not_against, out=against[i])
        for_ &= may_vote
        against &= may_vote
        abstaining = may_vote & ~for_ & ~against if self.abstain else np.broadcast_to(False, here.shape)
        if body.caps:
            self._observe_caps(for_, against)
        favour, contra = self._votes_in(for_), self._votes_in(against)

        # Who presides matters to the votes where they are equal, or where the presider has two.
        if self.twice or block.records is not None:
            asked = np.arange(len(which))
        else:
            asked = np.flatnonzero((favour == contra) & (favour > 0))
        seats = (
            (rep[asked], conflicted[:, asked], gone[:, asked]) if self.interests else (rep[asked], gone, gone)
        )
        chair = self._status(body.chair[number], number, *seats)
        deputy = self._status(body.deputy[number], number, *seats)
        status = chair * len(STATUSES) + deputy
        presider = self._presider(number, rep[asked], status, here[:, asked], free[:, asked])
        side = self._side(presider, for_[:, asked], against[:, asked])
        extra = body.extra.reshape(-1).take(status)
        favour[asked] += (extra == 2) & (side > 0)
        contra[asked] += (extra == 2) & (side < 0)
        casting = np.zeros(len(which), dtype=np.int64)
        casting[asked] = np.where(extra == 1, side, 0)
        if self.plan.scenario.votes.casting is not None:
            given = (extra == 1) & (presider >= 0) & ~barred[presider, asked]
            given &= ~self.mute[presider, matter[asked]]
            way = self._item_draws("casting", number, old, total)[which][asked]
            for_it = way < np.uint32(threshold(self.plan.scenario.votes.casting))
            casting[asked] = np.where(given, np.where(for_it, 1, -1), 0)

        ballots = Ballots(
            here, for_, against, abstaining, barred, favour, contra, chair, deputy, presider,
            np.zeros(len(which), dtype=np.int64), agreed,
        )  # fmt: skip
        found = np.full(len(which), NO_RULE, dtype=np.int64)
        if len(self.rule_list) == 1:
            groups: list[tuple[DecisionRule | None, Some]] = [(self.rule_list[0], slice(None))]
        else:
            rules = self.rule_of[matter]
            groups = [(rule, np.flatnonzero(rules == i)) for i, rule in enumerate(self.rule_list)]
        for rule, chosen in groups:
            if rule is not None and rule.carried is not None:
                found[chosen] = self._outcome(rule, rule.carried, ballots, chosen, casting, agreed)
        if body.rechecked and self.interests:
            counted = here if body.barred_count else here & ~barred
            if not body.standins_count:
                counted = counted & self.person[:, number, :].take(rep, axis=1)
            few = ~self._quorate(body.rechecked, counted)
            found[few] = QUORUM_LOST
            ballots.casting[few] = 0
        # Where the text has no rule, what nobody opposes is taken as agreed.
        found[(found == NO_RULE) & agreed & (favour > 0)] = CARRIED
        return ballots, found

    def _votes_in(self, rows: Truths) -> Whole:
        if self.plain_votes:
            return _total(rows)
        return self.body.weights @ rows.astype(np.int64)

    def _observe_caps(self, for_: Truths, against: Truths) -> None:
        """Of places that share votes, the first in the order of the file cast them."""
        used = [np.zeros(for_.shape[1], dtype=np.int64) for _ in self.body.caps]
        for place in sorted({p for _, under in self.body.caps for p in under}):
            weight = int(self.body.weights[place])
            cast = for_[place] | against[place]
            allowed = np.ones_like(cast)
            mine = [i for i, (_, under) in enumerate(self.body.caps) if place in under]
            for i in mine:
                allowed &= used[i] + weight <= self.body.caps[i][0]
            for_[place] &= allowed
            against[place] &= allowed
            for i in mine:
                used[i] += weight * (cast & allowed)

    # presiding

    def _status(self, seat: int, number: int, rep: Whole, conflicted: Truths, gone: Truths) -> Whole:
        """The status of the holder of an office, as a number in `STATUSES`, for each item."""
        if seat < 0:
            return np.full(len(rep), VACANT, dtype=np.int64)
        there = self.person[seat, number].take(rep)
        if not self.interests:
            return np.where(there, PRESENT, ABSENT)
        away = np.where(gone[seat], INTERESTED_LEAVES, INTERESTED_STAYS)
        return np.where(there, np.where(conflicted[seat], away, PRESENT), ABSENT)

    def _presider(self, number: int, rep: Whole, status: Whole, here: Truths, free: Truths) -> Whole:
        """The place of who presides over each item, -1 for nobody."""
        presider: Whole = self.body.presiders[:, number].take(self.body.who.reshape(-1).take(status))
        chosen = np.flatnonzero(presider == CHOSEN)
        if len(chosen):
            # The first who came in person and is free of an interest, else the first in the room.
            best = free[:, chosen] & self.person[:, number, :].take(rep[chosen], axis=1)
            rest = here[:, chosen]
            presider[chosen] = np.where(
                best.any(axis=0), best.argmax(axis=0), np.where(rest.any(axis=0), rest.argmax(axis=0), NOBODY)
            )
        return presider

    def _side(self, presider: Whole, for_: Truths, against: Truths) -> Whole:
        """How the presider votes: 1 for, -1 against, 0 not at all."""
        columns = np.arange(len(presider))
        side = for_[presider, columns].astype(np.int64) - against[presider, columns]
        return np.where(presider >= 0, side, 0)

    # what is carried

    def _outcome(
        self,
        rule: DecisionRule,
        carried: Threshold,
        ballots: Ballots,
        chosen: Some,
        casting: Whole,
        agreed: Truths,
    ) -> Whole:
        """What becomes of the items under one rule; `casting` is the side of a casting vote, 0 for none."""
        favour, contra, casting = ballots.favour[chosen], ballots.contra[chosen], casting[chosen]
        reaches = self._reaches(carried, ballots, chosen)
        won = reaches(favour, contra)
        if rule.first == "consensus":
            won |= agreed[chosen] & (favour > 0)
        found = np.where(won, CARRIED, LOST)
        if carried.kind in ("share", "plurality"):
            equal = np.flatnonzero(~won & (favour == contra) & (favour > 0))
            if len(equal):
                tied = np.zeros_like(won)
                where = equal if isinstance(chosen, slice) else chosen[equal]
                tied[equal] = self._reaches(carried, ballots, where)(favour[equal] + 1, contra[equal])
                found[tied] = TIED
                ballots.casting[chosen] = np.where(tied, casting, 0)
                found[tied & (casting > 0)] = CARRIED
                found[tied & (casting < 0)] = LOST
        return found

    def _reaches(
        self, carried: Threshold, ballots: Ballots, chosen: Some
    ) -> Callable[[Whole, Whole], Truths]:
        """Whether so many votes for and against reach the threshold."""
        match carried.kind:
            case "consensus":
                return lambda favour, contra: (favour > 0) & (contra == 0)
            case "plurality":
                return lambda favour, contra: favour > contra
            case "count":
                return lambda favour, _: favour >= carried.number
            case "formula":
                if carried.formula is None:
                    raise ValueError("a formula without a condition passed the loader")
                rows = {
                    "entitled": ~ballots.barred[:, chosen],
                    "present": ballots.here[:, chosen],
                    "for": ballots.for_[:, chosen],
                    "against": ballots.against[:, chosen],
                    "abstaining": ballots.abstaining[:, chosen],
                }
                rows["voting"] = rows["for"] | rows["against"]
                rows["taking-part"] = rows["voting"] | rows["abstaining"]
                met = holds(carried.formula, lambda what: self._count_in(rows, what), "up")
                return lambda favour, _: np.broadcast_to(met, favour.shape).copy()
            case "all":
                size = self._base(carried, ballots, chosen)
                return lambda favour, contra: (favour > 0) & (favour >= size(favour, contra) - carried.number)
            case "share":
                size = self._base(carried, ballots, chosen)
                top, bottom = carried.share.numerator, carried.share.denominator
                if carried.strict:
                    return lambda favour, contra: favour * bottom > size(favour, contra) * top
                return lambda favour, contra: (favour > 0) & (favour * bottom >= size(favour, contra) * top)
            case _:
                assert_never(carried.kind)

    def _base(self, carried: Threshold, ballots: Ballots, chosen: Some) -> Callable[[Whole, Whole], Whole]:
        """The size of the base of a threshold, in votes."""
        base = carried.base or self.plan.rules.reading.get("base-of-a-majority", "voting")
        counted = np.array([carried.without not in groups_of(seat) for seat in self.seats], dtype=bool)
        if base in ("seats", "members"):
            everyone = [place for place, yes in zip(self.body.places, counted, strict=True) if yes]
            size = most_votes(self.rules, everyone)
            return lambda favour, _: np.full_like(favour, size)
        if base in ("entitled", "present"):
            rows = ~ballots.barred[:, chosen] if base == "entitled" else ballots.here[:, chosen]
            most = self._most_votes(rows & counted[:, None])
            return lambda _favour, _contra: most
        if base == "taking-part":
            silent = self._votes_in(ballots.abstaining[:, chosen])
            return lambda favour, contra: favour + contra + silent
        return lambda favour, contra: favour + contra

    def _most_votes(self, rows: Truths) -> Whole:
        """The most votes that the places of each column can cast together, caps observed."""
        under = sorted({p for _, group in self.body.caps for p in group})
        free = rows.copy()
        free[under] = False
        total = self._votes_in(free)
        if under:
            patterns, inverse = np.unique(rows[under], axis=1, return_inverse=True)
            packed = [
                most_votes(
                    self.rules, [self.body.places[p] for p, yes in zip(under, column, strict=True) if yes]
                )
                for column in patterns.T
            ]
            total = total + np.array(packed, dtype=np.int64)[inverse.reshape(-1)]
        return total

    # what follows

    def _settle(
        self,
        number: int,
        day: int,
        agenda: Items,
        old: int,
        outcome: Whole,
        votes: Ballots | None,
        which: Whole,
    ) -> None:
        """Count what was decided; keep, defer or pass on the rest."""
        block, own = self.block, agenda.owner == self.body.number
        tied = outcome == TIED
        met = tied.copy()
        if votes is not None:
            met[which] |= votes.casting != 0
        block.add("ties", agenda, met)
        final, unbroken, stays = self._ties(number, agenda, old, tied)
        block.add("ties_unbroken", agenda, unbroken)
        result = np.where(tied, final, outcome)
        lost = (result == LOST) & ~stays
        stays = stays | (result >= NO_RULE) | (lost & self.settle[agenda.matter] & own)
        done = ~stays
        block.add("quorum_lost", agenda, outcome == QUORUM_LOST)
        block.add("undecidable", agenda, outcome == NO_RULE)
        ends = np.where(done, np.where(own, np.where(lost, 2, 1), 3), 0)
        block.add_each(("", "carried", "lost", "settled"), agenda, ends)
        late = done & (agenda.raised < day)
        block.add("days", agenda, late, day - agenda.raised[late])
        if not stays.any():
            self.waiting = Items.none()
            up = stays
        else:
            referred = outcome == REFERRED
            deferred = stays & ~referred
            agenda.deferred += deferred
            block.add("deferrals", agenda, deferred)
            enough = agenda.deferred >= self.plan.scenario.escalation.after
            up = referred | (deferred & self.passes_on[agenda.matter] & enough)
            self.waiting = agenda.take(np.flatnonzero(stays & ~up))
        told = self._pass_on(number, day, agenda, up) if up.any() else {}
        if block.records is not None:
            self._tell_items(number, agenda, outcome, result, stays, votes, which, told)

    def _ties(self, number: int, agenda: Items, old: int, tied: Truths) -> tuple[Whole, Truths, Truths]:
        """(what equal votes mean, where the text gives them no meaning, which stay undecided)."""
        final = np.full(len(agenda), LOST, dtype=np.int64)
        unbroken, stays = np.zeros_like(tied), np.zeros_like(tied)
        if not tied.any():
            return final, unbroken, stays
        rules = self.rule_of[agenda.matter]
        for index, rule in enumerate(self.rule_list):
            among = tied & (rules == index)
            match rule.equal_votes if rule else None:
                case "carried":
                    final[among] = CARRIED
                case "not-carried":
                    pass
                case "deferred":
                    stays |= among
                case "lot":
                    lot = self._item_draws("lot", number, old, len(agenda)) < np.uint32(ONE // 2)
                    final[among & lot] = CARRIED
                case None:
                    unbroken |= among
                    if self.plan.rules.reading.get("equal-votes", "not-carried") == "undecided":
                        stays |= among
        return final, unbroken, stays

    def _pass_on(self, number: int, day: int, agenda: Items, up: Truths) -> dict[int, list[Answer]]:
        """Send items along the receivers of their matters. For the replication that is told: the answers
        to each of its items, by its place on the agenda."""
        block = self.block
        at = np.flatnonzero(up)
        at = at[np.argsort(agenda.rep[at], kind="stable")]
        items = agenda.take(at)
        block.add("escalated", items)
        until = self.plan.until.toordinal()
        told: dict[int, list[Answer]] = {}
        for index in np.unique(items.matter):
            matter = self.body.matters[index]
            which = np.flatnonzero(items.matter == index)
            left, ready = items.take(which), np.full(len(which), day, dtype=np.int64)
            which = at[which]
            for place, step in enumerate(matter.steps):
                if not len(left):
                    break
                if step.body is not None:
                    self._tell_answers(told, which, left, step, ready, np.full(len(left), 3))
                    block.bodies[step.body].receive(ready, left)
                    left = Items.none()
                    break
                words = ("receiver", matter.name, str(place), step.name)
                took = self._draws(*words, "days", size=len(left), meeting=number)
                span = np.uint64(step.last - step.first + 1)
                ready = ready + step.first + ((took * span) >> np.uint64(31)).astype(np.int64)
                settled = self._draws(*words, "settles", size=len(left), meeting=number) < np.uint32(
                    step.settles
                )
                over = ready >= until
                done = settled & ~over
                block.add("settled", left, done)
                block.add("days", left, done, (ready - left.raised)[done])
                block.add("pending", left, over)
                self._tell_answers(told, which, left, step, ready, np.where(over, 2, np.where(settled, 1, 0)))
                rest = ~settled & ~over
                left, ready, which = left.take(rest), ready[rest], which[rest]
            block.add("stuck", left)
        return told

    def receive(self, ready: Whole, items: Items) -> None:
        """Put items of other bodies on the agenda of the first meeting on or after their days."""
        fresh = Items(
            items.rep, items.matter, items.raised, np.zeros_like(items.rep), items.owner, items.serial
        )
        self.inbox.append((ready, fresh))

    def end(self) -> None:
        """Count what is still open when the run ends."""
        self.block.add("pending", self.waiting)
        for _, items in self.inbox:
            self.block.add("pending", items)

    # the story of one replication

    def _names(self, rows: npt.NDArray[Any], replication: int | None = None) -> tuple[str, ...]:
        column = rows if replication is None else rows[:, replication]
        return tuple(self.body.places[i] for i in np.flatnonzero(column))

    def _titled(self, rows: npt.NDArray[Any]) -> list[str]:
        return [self.body.titles[i] for i in np.flatnonzero(rows)]

    def _tell_meeting(self, number: int) -> None:
        block = self.block
        if block.told is None or block.records is None:
            return
        at = block.told
        here, standin = self.here[:, number, at], self.standin[:, number, at]
        block.records.append(
            Record(
                replication=block.number * BLOCK + at + 1,
                day=self.body.dates[number],
                body=self.body.name,
                what="meeting",
                facts={
                    "body": self.body.title,
                    "places": len(self.body.places),
                    "present": int(here.sum()),
                    "counted": int(self.counted[:, number, at].sum()),
                    "absent": self._titled(~here),
                    "standing_in": self._titled(standin),
                    "quorate": bool(self.quorate[number, at]),
                    "has_quorum_rule": bool(self.body.quorum),
                },
                gathering=Gathering(
                    body=self.body.name, present=self._names(here), standing_in=self._names(standin)
                ),
            )
        )

    def _tell_answers(
        self,
        told: dict[int, list[Answer]],
        which: Whole,
        left: Items,
        step: Step,
        ready: Whole,
        answers: Whole,
    ) -> None:
        if self.block.told is None:
            return
        for i in np.flatnonzero(left.rep == self.block.told):
            told.setdefault(int(which[i]), []).append((step.title, ANSWERS[answers[i]], int(ready[i])))

    def _tell_items(
        self,
        number: int,
        agenda: Items,
        outcome: Whole,
        result: Whole,
        stays: Truths,
        votes: Ballots | None,
        which: Whole,
        told: dict[int, list[Answer]],
    ) -> None:
        block = self.block
        if block.told is None or block.records is None:
            return
        standin = self.standin[:, number, block.told]
        for i in np.flatnonzero(agenda.rep == block.told):
            matter = self.body.matters[agenda.matter[i]]
            facts: dict[str, Any] = {
                "body": self.body.title,
                "matter": matter.title,
                "serial": int(agenda.serial[i]),
                "raised": date.fromordinal(int(agenda.raised[i])),
                "raised_at": self.plan.bodies[agenda.owner[i]].title,
                "outcome": OUTCOMES[outcome[i]],
                "result": OUTCOMES[result[i]],
                "open": bool(stays[i]),
                "deferred": int(agenda.deferred[i]),
                "passed_on": [
                    {"to": to, "answer": answer, "day": date.fromordinal(day)}
                    for to, answer, day in told.get(int(i), [])
                ],
            }
            gathering = None
            heard = np.flatnonzero(which == i)
            if len(heard) and votes is not None:
                k = int(heard[0])
                presider = int(votes.presider[k])
                facts |= {
                    "agreed": bool(votes.agreed[k]),
                    "votes_for": int(votes.favour[k]),
                    "votes_against": int(votes.contra[k]),
                    "abstaining": int(votes.abstaining[:, k].sum()),
                    "casting": int(votes.casting[k]),
                    "presider": self.body.titles[presider] if presider >= 0 else None,
                    "left": self._titled(self.here[:, number, block.told] & ~votes.here[:, k]),
                }
                gathering = Gathering(
                    body=self.body.name,
                    present=self._names(votes.here, k),
                    in_favour=self._names(votes.for_, k),
                    against=self._names(votes.against, k),
                    abstaining=self._names(votes.abstaining, k),
                    barred=self._names(votes.barred, k),
                    standing_in=tuple(
                        self.body.places[p] for p in np.flatnonzero(standin & votes.here[:, k])
                    ),
                    chair=STATUSES[votes.chair[k]],
                    deputy=STATUSES[votes.deputy[k]],
                    presider=self.body.places[presider] if presider >= 0 else None,
                    matter=matter.name,
                )
            block.records.append(
                Record(
                    replication=block.number * BLOCK + block.told + 1,
                    day=self.body.dates[number],
                    body=self.body.name,
                    what="referral" if outcome[i] == REFERRED else "item",
                    facts=facts,
                    gathering=gathering,
                )
            )


def _total(rows: Truths) -> Whole:
    """How many are true in each column. Summed narrow, which is six times as fast."""
    found: Whole = rows.sum(axis=0, dtype=np.int16).astype(np.int64)
    return found
