"""How likely each meeting of a run has no quorum, without sampling."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from govmodel.dataclass import replace
from govmodel.exact import chances
from govmodel.exact.chances import Coming
from govmodel.model.rules import BodyRules, SeatRule
from govmodel.semantics.counting import instances
from govmodel.sim import Plan
from govmodel.sim.plan import BodyPlan

Row: TypeAlias = tuple[Fraction, ...]
"""Probabilities by place."""


def inquorate(whole: Plan, body: BodyPlan) -> tuple[Fraction, ...] | None:
    """The exact probability that each meeting of a body is inquorate, at its start or after it has waited.
    None: not computed."""

    if (
        body.going is not None
        or body.joining is not None
        or (body.absences is not None and body.absences.ends)
    ):
        return None
    if body.late and not chances.QuorumChance(whole.rules, body.rules).monotone:
        return None
    quorums: dict[frozenset[str], chances.QuorumChance] = {}
    never = ((Fraction(0),) * len(body.places),) * len(body.came)

    def chance(gone: frozenset[str], column: Row, standins: Row, late: Row) -> Fraction | None:
        left, names = _without(body, gone)
        if gone not in quorums:
            quorums[gone] = chances.QuorumChance(whole.rules, left)
        coming = {
            names[place]: _by_then(in_person, standin, comes)
            for place, in_person, standin, comes in zip(body.places, column, standins, late, strict=True)
            if place in names
        }
        return quorums[gone].of(coming)

    by_level: list[Fraction] = []
    for normal, bad, standins, late, late_bad, gone in zip(
        body.came, body.came_bad, body.standin, body.late or never, body.late_bad or never, _gone(body),
        strict=True,
    ):  # fmt: skip
        quorate = chance(gone, normal, standins, late)
        if body.bad and quorate is not None:
            other = chance(gone, bad, standins, late_bad)
            quorate = None if other is None else (1 - body.bad) * quorate + body.bad * other
        if quorate is None:
            return None
        by_level.append(1 - quorate)
    return tuple(by_level[level] for level in body.level)


def _gone(body: BodyPlan) -> list[frozenset[str]]:
    """The places that do not count in the membership, by level."""
    if body.members is None:
        return [frozenset()] * len(body.came)
    return [
        frozenset(place for place, counts in zip(body.places, column, strict=True) if not counts)
        for column in body.members.T
    ]


def _without(body: BodyPlan, gone: frozenset[str]) -> tuple[BodyRules, Mapping[str, str]]:
    """The rules of a body without some places, and the names that the other places then have."""
    seats: list[SeatRule] = []
    names: dict[str, str] = {}
    for seat in body.rules.seats:
        own = [place for place in body.places if place == seat.name or place.startswith(f"{seat.name}#")]
        stay = [place for place in own if place not in gone]
        if own and seat.role == "voting":
            seat = replace(seat, low=len(stay))
            names |= dict(zip(stay, instances(seat), strict=True))
        seats.append(seat)
    return replace(body.rules, seats=tuple(seats)), names


def _by_then(in_person: Fraction, standin: Fraction, late: Fraction) -> Coming:
    """Who is there when a meeting that waits has waited: a place at which nobody was may be filled. Where
    more never end a quorum, it is as if all who come while it waits had come to every meeting."""
    if not late:
        return Coming(in_person, standin)
    instead = (1 - in_person) * standin
    there = in_person + (1 - in_person - instead) * late
    return Coming(there, instead / (1 - there) if there < 1 else Fraction(0))


def again(whole: Plan, body: BodyPlan) -> tuple[tuple[Fraction, Fraction], ...] | None:
    """Of each meeting: how likely it goes on another day, as its quorum was never reached, and how likely it
    then has none again. None: not computed."""
    resumed = next((one for one in body.resumed if one.never), None)
    first = inquorate(whole, body)
    second = inquorate(whole, resumed.body) if resumed else None
    if resumed is None or first is None or second is None or not body.gates:
        return None
    on = [tick >= 0 for tick in resumed.body.ticks]
    return tuple(
        (fails if yes else Fraction(0), fails * again if yes else Fraction(0))
        for fails, again, yes in zip(first, second, on, strict=True)
    )
