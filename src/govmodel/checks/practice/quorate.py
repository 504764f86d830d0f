"""How likely each meeting of a run has no quorum, without sampling."""

from __future__ import annotations

from fractions import Fraction

from govmodel.exact import chances
from govmodel.exact.chances import Coming
from govmodel.sim import Plan
from govmodel.sim.plan import BodyPlan


def inquorate(whole: Plan, body: BodyPlan) -> tuple[Fraction, ...] | None:
    """The exact probability that each meeting of a body is inquorate at its start. None: not computed."""

    if body.going is not None:
        return None
    quorum = chances.QuorumChance(whole.rules, body.rules)

    def chance(column: tuple[Fraction, ...], standins: tuple[Fraction, ...]) -> Fraction | None:
        coming = {
            place: Coming(in_person, standin)
            for place, in_person, standin in zip(body.places, column, standins, strict=True)
        }
        return quorum.of(coming)

    by_level: list[Fraction] = []
    for normal, bad, standins in zip(body.came, body.came_bad, body.standin, strict=True):
        quorate = chance(normal, standins)
        if body.bad and quorate is not None:
            other = chance(bad, standins)
            quorate = None if other is None else (1 - body.bad) * quorate + body.bad * other
        if quorate is None:
            return None
        by_level.append(1 - quorate)
    return tuple(by_level[level] for level in body.level)
