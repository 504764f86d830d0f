"""Items heard by one body: interests, votes, who presides, and what comes of them.

The words are those of `semantics.meeting`, which judges it. Rows are places, columns items, each in its
own room; it does not matter here at which meetings or in which replications.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from govmodel.model.rules import DecisionRule, Rules, SeatRule
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics.counting import groups_of
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.drawing import Dice, InRound
from govmodel.sim.heads import holds
from govmodel.sim.items import CARRIED, LOST, NO_RULE, QUORUM_LOST, TIED
from govmodel.sim.plan import CHOSEN, EXTRA, NOBODY, BodyPlan, Lifting, Plan
from govmodel.sim.randomness import ONE, Limit, threshold, thresholds_of
from govmodel.sim.rooms import Rooms, of_membership
from govmodel.sim.thresholds import Ballots, Counting, Some

PRESENT, INTERESTED_STAYS, INTERESTED_LEAVES, ABSENT, VACANT = (
    STATUSES.index(word) for word in ("present", "interested-stays", "interested-leaves", "absent", "vacant")
)


class Hearing:
    """How one body hears items: everything that does not depend on the meeting."""

    def __init__(self, plan: Plan, body: BodyPlan, number: int = 1) -> None:
        self.plan, self.body, matters = plan, body, body.matters
        rounds = [(m.cases, *m.rounds) for m in matters]
        self.number, self.cases = number, [own[number - 1] if number <= len(own) else () for own in rounds]
        self.goes_on = np.array([number < len(own) for own in rounds], dtype=bool)
        self.later = Hearing(plan, body, number + 1) if self.goes_on.any() else None
        self.rules: Rules = plan.rules
        self.counting = Counting(plan.rules, body)
        governing = [rule for own in rounds for cases in own for _, rule in cases]
        self.rule_list: list[DecisionRule | None] = list(dict.fromkeys((*governing, None)))
        usual = [next((rule for when, rule in cases if when is None), None) for cases in self.cases]
        self.rule_of = np.array([self.rule_list.index(rule) for rule in usual], dtype=np.int64)
        self.special = any(when is not None for cases in self.cases for when, _ in cases)
        self.in_favour = Limit.of([m.in_favour for m in matters])
        self.not_against = Limit.of([m.not_against for m in matters])
        self.consensus = Limit.of([m.consensus for m in matters])
        self.abstain = any(m.not_against > m.in_favour for m in matters)
        conflicted = np.array([m.conflicted for m in matters], dtype=np.int64).reshape(len(matters), -1).T
        self.conflicted = _limits(conflicted)
        self.leaving = _limits(conflicted * body.leaves // ONE)
        self.interests = bool(conflicted.any())
        self.agrees = any(m.consensus for m in matters)
        self.mute = np.array([mute(rule, self.counting.heads.seats) for rule in self.rule_list]).T
        self.by_proxy = self._by_proxy()
        self.twice = bool((body.extra == EXTRA["additional"]).any())
        casting = plan.scenario.votes.casting
        self.casting = None if casting is None else Limit.of(threshold(casting))

    def _by_proxy(self) -> Whole | None:
        """The threshold of voting by proxy, by place, level and matter. None: nobody does."""
        matters = self.body.matters
        allowed = [m.by_proxy or (False,) * len(self.body.places) for m in matters]
        if not self.body.proxy or not any(map(any, allowed)):
            return None
        chances = thresholds_of(self.body.proxy).astype(np.int64).T
        found: Whole = chances[:, :, None] * np.array(allowed, dtype=np.int64).T[:, None, :]
        return found

    def vote(self, rooms: Rooms, room: Whole, matter: Whole, dice: Dice, told: bool) -> tuple[Ballots, Small]:
        """The votes on items in these rooms, and what becomes of each. `told`: with who presides."""
        body, counting = self.body, self.counting
        here = rooms.heads(room)
        free = here
        nobody = np.zeros((1, 1), dtype=bool)
        barred = conflicted = gone = nobody
        lifted: Truths | None = None
        away: Truths | None = None
        if self.interests:
            each = [_of_matters(limits, matter) for limits in (self.conflicted, self.leaving)]
            conflicted, gone = dice.seats("interest", *each)
            kept = conflicted if body.barred else gone  # nor does one vote by proxy then
            away = kept.copy() if self.by_proxy is not None else None
            conflicted &= here
            gone &= here
            if body.lifting is not None:
                lifted = conflicted & self._lifted(body.lifting, rooms, room, here & ~conflicted, dice)
                conflicted &= ~lifted
                gone &= ~lifted
            here = here & ~gone
            free = here & ~conflicted
            if body.barred:
                barred = conflicted
        barred = np.broadcast_to(barred, here.shape)
        members = rooms.of_members(room)
        rule = self._rules(here, matter, members)
        may_vote = free if body.barred else here
        if not body.standins_vote:
            may_vote = may_vote & rooms.person.take(room, axis=1)
        proxies = None
        if self.by_proxy is not None:
            proxies = self._proxies(self.by_proxy, rooms, room, matter, dice)
            if away is not None:
                proxies &= ~away
            if self.mute.any():
                proxies &= ~self.mute.take(rule, axis=1)
            may_vote = may_vote | proxies
        if self.mute.any():
            may_vote = may_vote & ~self.mute.take(rule, axis=1)

        sides = [[self.in_favour.take(matter)] * len(body.places)]
        if self.abstain:
            sides.append([self.not_against.take(matter)] * len(body.places))
        tables = dice.seats("votes", *sides)
        for_ = tables[0]
        agreed = np.zeros(len(room), dtype=bool)
        if self.agrees:
            agreed = dice.item("consensus").below(self.consensus.take(matter))
            for_ |= agreed
        for_ &= may_vote
        against = None
        abstaining = np.broadcast_to(nobody, here.shape)
        if self.abstain:
            against = may_vote & ~(tables[1] | agreed)
            abstaining = may_vote & ~for_ & ~against
        if body.caps:
            against = may_vote & ~for_ if against is None else against
            counting.observe_caps(for_, against)
        favour = counting.votes_in(for_)
        # Who may vote and does not abstain votes for or against, so that one count gives the other.
        contra = counting.votes_in(may_vote) - favour if against is None else counting.votes_in(against)
        nothing = np.zeros(0, dtype=np.int64)
        ballots = Ballots(
            here=here, may=may_vote, for_=for_, cast_against=against, abstaining=abstaining, barred=barred,
            favour=favour, contra=contra, asked=nothing, chair=nothing, deputy=nothing, presider=nothing,
            casting=np.zeros(len(room), dtype=np.int8), agreed=agreed, rule=rule,
            lifted=lifted, proxies=proxies, members=members,
        )  # fmt: skip
        casting = self._preside(ballots, rooms, room, dice, told, free, conflicted, gone)
        found = self._outcomes(ballots, rooms, room, casting)
        if self.later is not None:
            left = self.goes_on.take(matter) & ((found == LOST) | (found == TIED))
            if left.any():
                at = np.flatnonzero(left)
                then = InRound(dice.take(at), self.number + 1)
                again = self.later.vote(rooms, room.take(at), matter.take(at), then, told)
                found[at] = again[1]
                ballots.replace(at, again[0], self.number + 1)
        return ballots, found

    def _proxies(self, by_proxy: Whole, rooms: Rooms, room: Whole, matter: Whole, dice: Dice) -> Truths:
        """Who votes by proxy: some of those for whom nobody came, where somebody came at all."""
        level = rooms.levels(self.body, room)
        limits = [Limit.of(table[level, matter]) for table in by_proxy]
        proxies = dice.seats("proxy", limits)[0]
        came = rooms.heads(room)
        proxies &= ~came & came.any(axis=0)
        if rooms.held is not None:
            proxies &= rooms.held.take(room, axis=1)
        return proxies

    def _lifted(self, lifting: Lifting, rooms: Rooms, room: Whole, free: Truths, dice: Dice) -> Truths:
        """For whom a bar would be lifted: where those can who may, without the interested."""
        drawn = dice.seats("bar lifted", [Limit.of(lifting.chance)] * len(self.body.places))[0]
        if not lifting.by_body and not len(lifting.holders):
            return drawn
        can = np.zeros(len(room), dtype=bool)
        if lifting.by_body:
            counted = free if self.body.standins_count else free & rooms.person.take(room, axis=1)
            can |= self.counting.heads.quorate(self.body.quorum, counted, rooms.of_members(room)) & free.any(
                axis=0
            )
        for row, officer in zip(lifting.holders, lifting.filled, strict=True):
            place = row.take(rooms.number(room))
            if officer >= 0 and rooms.seats is not None:
                place = rooms.seats[officer].take(room)
            at = np.arange(len(room))
            can |= (place >= 0) & free[place, at] & rooms.person[place, room]
        return drawn & can

    def _outcomes(self, ballots: Ballots, rooms: Rooms, room: Whole, casting: Small) -> Small:
        body = self.body
        found = np.full(len(room), NO_RULE, dtype=np.int8)
        groups: list[tuple[DecisionRule | None, Some]] = [(self.rule_list[0], slice(None))]
        if self.special or self.rule_of.any():
            groups = [(rule, np.flatnonzero(ballots.rule == i)) for i, rule in enumerate(self.rule_list)]
        for rule, chosen in groups:
            if rule is not None and rule.carried is not None:
                found[chosen] = self.counting.outcome(rule, rule.carried, ballots, chosen, casting)
        if body.rechecked and self.interests:
            counted = ballots.here if body.barred_count else ballots.here & ~ballots.barred
            if not body.standins_count:
                counted = counted & rooms.person.take(room, axis=1)
            few = ~self.counting.heads.quorate(body.rechecked, counted, ballots.members)
            found[few] = QUORUM_LOST
            ballots.casting[few] = 0
        # Where the text has no rule, what nobody opposes is taken as agreed.
        found[(found == NO_RULE) & ballots.agreed & (ballots.favour > 0)] = CARRIED
        return found

    def _rules(self, here: Truths, matter: Whole, members: Truths | None) -> Whole:
        """By which rule each item is decided, as its number in `rule_list`."""
        if not self.special and not self.rule_of.any():
            return np.zeros(len(matter), dtype=np.int64)
        found: Whole = self.rule_of.take(matter)
        if not self.special:
            return found
        rows = {"present": here, "entitled": np.ones_like(here), **of_membership(members)}
        rounding = self.rules.reading["rounding"]
        for number, cases in enumerate(self.cases):
            for when, rule in reversed(cases):
                if when is not None:
                    so = holds(when, lambda what: self.counting.heads.count(rows, what), rounding)
                    found[(matter == number) & so] = self.rule_list.index(rule)
        return found

    # presiding

    def _preside(
        self, ballots: Ballots, rooms: Rooms, room: Whole, dice: Dice, told: bool,
        free: Truths, conflicted: Truths, gone: Truths,
    ) -> Small:  # fmt: skip
        """Who presides, where it matters to the votes: where they are equal, or where the presider has
        two. Counts the additional ones; gives the side of a casting vote for each item, 0 for none."""
        body = self.body
        casting = np.zeros(len(room), dtype=np.int8)
        if self.twice or told:
            asked = np.arange(len(room))
        else:
            asked = np.flatnonzero((ballots.favour == ballots.contra) & (ballots.favour > 0))
        if not len(asked):
            return casting
        where = room.take(asked)
        meeting = rooms.number(where)
        seats = (conflicted[:, asked], gone[:, asked]) if self.interests else None
        chair, deputy = (
            self._status(held, rooms, where, seats) for held in self._chairs(rooms, where, meeting)
        )
        status = chair * len(STATUSES) + deputy
        presider = self._presider(rooms, where, meeting, status, ballots.here, free, asked)
        side = np.where(presider >= 0, ballots.side(presider, asked), 0)
        extra = body.extra.reshape(-1).take(status)
        ballots.favour[asked] += (extra == 2) & (side > 0)
        ballots.contra[asked] += (extra == 2) & (side < 0)
        casting[asked] = np.where(extra == 1, side, 0)
        if self.casting is not None:
            given = (extra == 1) & (presider >= 0) & ~ballots.barred[presider, asked]
            given &= ~self.mute[presider, ballots.rule[asked]]
            for_it = dice.take(asked).item("casting").below(self.casting)
            casting[asked] = np.where(given, np.where(for_it, 1, -1), 0)
        ballots.asked, ballots.chair, ballots.deputy, ballots.presider = asked, chair, deputy, presider
        return casting

    def _chairs(self, rooms: Rooms, room: Whole, meeting: Whole) -> Iterator[Whole]:
        """The places of the chair and of the deputy in each of some rooms, -1 for none."""
        offices = self.body.offices
        numbers = (offices.chair, offices.deputy) if offices else (-1, -1)
        for fixed, number in zip((self.body.chair, self.body.deputy), numbers, strict=True):
            if number >= 0 and rooms.seats is not None:
                yield rooms.seats[number].take(room)
            else:
                yield fixed.take(meeting)

    def without_chair(self, rooms: Rooms) -> tuple[Truths, Truths, Truths]:
        """Of each room, were nobody interested: whether the office of chair is vacant; the chair is not there
        in person; there is a quorum, and nobody presides."""
        room = np.arange(len(rooms.tick))
        meeting = rooms.number(room)
        chair, deputy = (self._status(held, rooms, room, None) for held in self._chairs(rooms, room, meeting))
        status = chair * len(STATUSES) + deputy
        presider = self._presider(rooms, room, meeting, status, rooms.here, rooms.here, room)
        alone = (presider < 0) | ~rooms.here[np.maximum(presider, 0), room]
        return chair == VACANT, chair != PRESENT, rooms.quorate & alone

    def _status(
        self, seat: Whole, rooms: Rooms, room: Whole, interested: tuple[Truths, Truths] | None
    ) -> Whole:
        """The status of the holder of an office, as a number in `STATUSES`, for each item."""
        held = np.maximum(seat, 0)
        if not len(rooms.person):
            return np.full(len(room), VACANT, dtype=np.int64)
        there = rooms.person[held, room]
        status = np.where(there, PRESENT, ABSENT)
        if interested is not None:
            conflicted, gone = (rows[held, np.arange(len(room))] for rows in interested)
            away = np.where(gone, INTERESTED_LEAVES, INTERESTED_STAYS)
            status = np.where(there & conflicted, away, status)
        empty = seat < 0
        if rooms.held is not None:
            empty = empty | ~rooms.held[held, room]
        return np.where(empty, VACANT, status)

    def _presider(
        self, rooms: Rooms, room: Whole, meeting: Whole, status: Whole, here: Truths, free: Truths,
        asked: Whole,
    ) -> Whole:  # fmt: skip
        """The place of who presides over each item, -1 for nobody."""
        who = self.body.who.reshape(-1).take(status)
        presider: Whole = self.body.presiders[who, meeting]
        offices = self.body.offices
        if offices is not None and rooms.seats is not None and len(rooms.seats):
            officer = offices.rows.take(who)
            held = rooms.seats[np.maximum(officer, 0), room]
            presider = np.where(officer >= 0, held, presider)
        chosen = np.flatnonzero(presider == CHOSEN)
        if len(chosen):
            # The first who came in person and is free of an interest, else the first in the room.
            at = asked[chosen]
            best = free[:, at] & rooms.person[:, room[chosen]]
            rest = here[:, at]
            presider[chosen] = np.where(
                best.any(axis=0), best.argmax(axis=0), np.where(rest.any(axis=0), rest.argmax(axis=0), NOBODY)
            )
        return presider


def mute(rule: DecisionRule | None, seats: Iterable[SeatRule]) -> list[bool]:
    """Which places have no say under a rule."""
    silent = {rule.without, rule.carried.without if rule.carried else None} if rule else set()
    return [bool(silent & groups_of(seat)) for seat in seats]


def _limits(rows: Whole) -> list[Limit]:
    """The limits of each row; of rows that are alike, one."""
    made: dict[bytes, Limit] = {}
    return [made.setdefault(row.tobytes(), Limit.of(row)) for row in rows]


def _of_matters(limits: list[Limit], matter: Whole) -> list[Limit]:
    """The limit of each place and item."""
    taken = {id(limit): limit.take(matter) for limit in {id(limit): limit for limit in limits}.values()}
    return [taken[id(limit)] for limit in limits]
