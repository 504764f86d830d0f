"""What one meeting makes of an item, without sampling: how likely it is carried, lost, tied, not heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from govmodel.exact.ballots import Room, Rooms, place, rooms
from govmodel.exact.chances import QuorumChance
from govmodel.model.expressions import Threshold
from govmodel.semantics.counting import places as places_of
from govmodel.semantics.meeting import most_votes
from govmodel.sim import Plan
from govmodel.sim.hearing import mute as mute_under
from govmodel.sim.plan import BodyPlan, MatterPlan
from govmodel.sim.randomness import ONE

Truths: TypeAlias = npt.NDArray[np.bool_]
Reaches: TypeAlias = Callable[[Room, int], Truths]
"""In which of the rooms so many votes for, and so many more, reach a threshold."""


class NotCovered(Exception):
    """Why there is no exact figure, in words."""


class OneMeeting:
    """How items of a body are heard. Raises NotCovered."""

    def __init__(self, whole: Plan, body: BodyPlan) -> None:
        self.whole, self.body = whole, body
        chains = [steps for b in whole.bodies for m in b.matters for _, steps in m.chains]
        if any(step.body is not None for steps in chains for step in steps):
            raise NotCovered("items pass from body to body")
        if body.joining is not None:
            raise NotCovered("organisations join")
        if body.members is not None:
            raise NotCovered("a place that nobody holds is no seat, and there are such places")
        if body.absences is not None and body.absences.ends:
            raise NotCovered("members who stay away lose their places")
        if body.going is not None or body.papers or body.calls is not None:
            raise NotCovered("people go, or business comes up beside that of the meetings")
        if body.caps:
            raise NotCovered("some members share votes")
        if body.letters is not None:
            raise NotCovered("some items are decided in writing")
        if any(matter.rounds for matter in body.matters):
            raise NotCovered("an election has several rounds")
        if any(matter.by_turnout for matter in body.matters):
            raise NotCovered("who is there changes what carries a matter")
        if body.lifting is not None:
            raise NotCovered("bars for interests are lifted")
        if body.proxy and not body.quorum and any(m.by_proxy for m in body.matters):
            raise NotCovered("proxies vote only where somebody is there, and no quorum sees to that")
        self.interests = any(bool(m.conflicted.any()) for m in body.matters)
        if (body.extra == 2).any():
            raise NotCovered("who presides has two votes in every ballot")
        self.casting = bool((body.extra == 1).any())
        self.quorum = QuorumChance(whole.rules, body.rules)
        if not self.quorum.computable:
            raise NotCovered("its quorum tells too many groups of seats apart")
        groups = self.quorum.groups
        self.group = {place: number for number, members in enumerate(groups) for place in members}
        self.groups = len(groups) if body.quorum else 0
        self.rechecks = bool(self.interests and body.rechecked)
        if self.rechecks and not (set(body.quorum) == set(body.rechecked) and self.quorum.monotone):
            raise NotCovered("only a part of the quorum must last")
        self.results = cache(self._results)
        self.made: dict[object, Rooms | None] = {}
        self.everyone = most_votes(body.rules, list(body.places))

    def _results(self, matter: int, level: int) -> dict[str, float]:
        """How likely each end is, of an item of a matter at a meeting of a level; that votes are `tied`, and
        that it is `heard`."""
        bad = self.body.bad
        standins = self.body.standin[level]
        proxies = self.body.proxy[level] if self.body.proxy else ()
        ends = self._heard(matter, self.body.came[level], standins, proxies)
        if bad:
            worse = self._heard(matter, self.body.came_bad[level], standins, proxies)
            b = float(bad)
            ends = {name: (1 - b) * share + b * worse[name] for name, share in ends.items()}
        return ends

    def _heard(
        self,
        number: int,
        came: tuple[Fraction, ...],
        standins: tuple[Fraction, ...],
        proxies: tuple[Fraction, ...],
    ) -> dict[str, float]:
        matter = self.body.matters[number]
        agreed = Fraction(matter.consensus, ONE)
        favour, kept = Fraction(matter.in_favour, ONE), Fraction(matter.not_against, ONE)
        ends = dict.fromkeys(("carried", "lost", "decided", "tied", "heard", "out"), 0.0)
        for share, ballot, unopposed in (
            (agreed, (Fraction(1), Fraction(0), Fraction(0)), True),
            (1 - agreed, (favour, 1 - kept, kept - favour), False),
        ):
            if not share:
                continue
            made = self._rooms(matter, came, standins, ballot, proxies)
            for name, chance in self._ends(matter, made, unopposed):
                ends[name] += float(share) * chance
        return ends

    def _rooms(
        self, matter: MatterPlan, came: tuple[Fraction, ...], standins: tuple[Fraction, ...],
        ballot: tuple[Fraction, Fraction, Fraction], proxies: tuple[Fraction, ...],
    ) -> Rooms:  # fmt: skip
        body = self.body
        none = Fraction(0)
        by_proxy = tuple(
            chance if may else none
            for chance, may in zip(proxies, matter.by_proxy or (False,) * len(proxies), strict=True)
        ) or (none,) * len(body.places)
        mute = tuple(mute_under(matter.rule, places_of(body.rules).values()))
        interests = tuple(int(interest) for interest in matter.conflicted)
        base = self._base(matter.rule.carried) if matter.rule and matter.rule.carried else ""
        # Most matters are heard and voted on alike, and differ in what carries them.
        key = (came, standins, ballot, by_proxy, mute, interests, base)
        if key not in self.made:
            self.made[key] = self._make_rooms(*key)
        made = self.made[key]
        if made is None:
            raise NotCovered("there are too many ways in which a meeting can be attended")
        return made

    def _make_rooms(
        self, came: tuple[Fraction, ...], standins: tuple[Fraction, ...],
        ballot: tuple[Fraction, Fraction, Fraction], by_proxy: tuple[Fraction, ...],
        mute: tuple[bool, ...], interests: tuple[int, ...], base: str,
    ) -> Rooms | None:  # fmt: skip
        body = self.body
        leaves = Fraction(body.leaves, ONE)
        places = [
            place(
                self.group.get(name) if self.groups else None, self.groups, in_person, standin, ballot=ballot,
                votes=int(votes), interest=Fraction(interest, ONE), leaves=leaves, barred=body.barred,
                mute=silenced, gone_counts=not self.rechecks,
                barred_counts=not self.rechecks or body.barred_count,
                standin_counts=body.standins_count, standin_votes=body.standins_vote, proxy=proxy,
            )
            for name, in_person, standin, votes, interest, proxy, silenced in zip(
                body.places, came, standins, body.weights, interests, by_proxy, mute, strict=True
            )
        ]  # fmt: skip
        return rooms(places, present=base in ("present", "entitled"), silent=base == "taking-part")

    def _base(self, carried: Threshold) -> str:
        if carried.kind not in ("share", "all"):
            return ""
        return carried.base or self.whole.rules.reading["base-of-a-majority"]

    def _ends(self, matter: MatterPlan, made: Rooms, unopposed: bool) -> Iterator[tuple[str, float]]:
        """How likely each end is at a meeting. What is missing to 1 is that the item is deferred."""
        rule, carried = matter.rule, matter.rule.carried if matter.rule else None
        # A quorum that must last when members have left was there before they did: it is asked for once.
        asked = self.body.gates or self.rechecks

        def chance(of: Truths | np.bool_, room: Room) -> Truths:
            return np.asarray(self._quorate(room) & of if asked else of)

        yield "heard", float(made.chance(lambda room: chance(np.bool_(True), room)))
        if rule is None or carried is None:
            if unopposed:
                yield "carried", float(made.chance(lambda room: chance(room.favour > 0, room)))
            return
        reaches = self._reaches(carried)

        def won(room: Room) -> Truths:
            found = reaches(room, 0)
            return found | (room.favour > 0) if unopposed and rule.first == "consensus" else found

        def equal(room: Room) -> Truths:
            if carried.kind not in ("share", "plurality"):
                return np.zeros_like(room.favour, dtype=bool)
            level = (room.favour == room.against) & (room.favour > 0)
            return np.asarray(level & ~won(room) & reaches(room, 1))

        yes = float(made.chance(lambda room: chance(won(room), room)))
        tied = float(made.chance(lambda room: chance(equal(room), room)))
        heard = float(made.chance(lambda room: chance(np.bool_(True), room)))
        lost = heard - yes - tied
        after = self._after_a_tie(rule.equal_votes)
        if tied and self.casting and (matter.settle or after == "deferred"):
            raise NotCovered("a casting vote decides whether an item waits")
        if tied and self.casting:
            yield "decided", tied
        elif after == "lot":
            yes, lost = yes + tied / 2, lost + tied / 2
        elif after == "carried":
            yes += tied
        elif after == "lost":
            lost += tied
        if matter.opts_out:
            share = {"lot": 0.5, "carried": 1.0}.get(after, 0.0)
            yield (
                "out",
                made.mean(
                    lambda room: (
                        self._out(room) * (chance(won(room), room) + share * chance(equal(room), room))
                    )
                ),
            )
        yield "tied", tied
        yield "carried", yes
        if not matter.settle:
            yield "lost", lost

    def _out(self, room: Room) -> npt.NDArray[np.float64]:
        """How many opt out of what is carried, where every place is held, may do so and has one vote."""
        opting = self.whole.scenario.uses.opting_out
        against, others = (float(opting.against), float(opting.others)) if opting else (0.0, 0.0)
        rest = len(self.body.places) - room.favour - room.against
        found: npt.NDArray[np.float64] = room.against * against + rest * others
        return found

    def _after_a_tie(self, meaning: str | None) -> str:
        match meaning:
            case "carried" | "lot" | "deferred":
                return meaning
            case "not-carried":
                return "lost"
            case _:
                undecided = self.whole.rules.reading["equal-votes"] == "undecided"
                return "deferred" if undecided else "lost"

    def _quorate(self, room: Room) -> Truths:
        met = np.zeros(room.favour.shape, dtype=bool)
        if not self.groups:
            return ~met
        for heads in self.quorum.quorate:
            here = np.ones(room.favour.shape, dtype=bool)
            for axis, number in zip(room.groups, heads, strict=True):
                here &= axis == number
            met |= here
        return met

    def _reaches(self, carried: Threshold) -> Reaches:
        """Whether so many votes for (and `more`) and against reach the threshold."""
        body = self.body
        if carried.kind == "formula" or carried.without is not None:
            raise NotCovered("a rule to decide by asks for more than votes")
        match carried.kind:
            case "consensus":
                return lambda room, more: (room.favour + more > 0) & (room.against == 0)
            case "plurality":
                return lambda room, more: room.favour + more > room.against
            case "count":
                return lambda room, more: room.favour + more >= carried.number
        base = self._base(carried)
        everyone = self.everyone
        plain = bool((body.weights == 1).all())
        if base in ("present", "entitled") and (not plain or (base == "entitled" and self.interests)):
            raise NotCovered("the votes of those present are not all alike")

        def size(room: Room, more: int) -> npt.NDArray[np.int64]:
            if base in ("seats", "members") or base == "entitled":
                return np.full_like(room.favour, everyone)
            if base == "present":
                return room.present
            cast = room.favour + more + room.against
            return cast + room.silent if base == "taking-part" else cast

        if carried.kind == "all":
            return lambda room, more: (
                (room.favour + more > 0) & (room.favour + more >= size(room, more) - carried.number)
            )
        top, bottom = carried.share.numerator, carried.share.denominator
        if carried.strict:
            return lambda room, more: (room.favour + more) * bottom > size(room, more) * top
        return lambda room, more: (
            (room.favour + more > 0) & ((room.favour + more) * bottom >= size(room, more) * top)
        )
