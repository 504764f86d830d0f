"""Exact figures on offices beside the simulated ones: how often one is to be filled, and is vacant.

Without people who go, an office is open from the end of a term to the first meeting that fills it, and
whether one does is independent of the others: a run of failures that ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import mul

from govmodel.exact import chances
from govmodel.model.record import Beside
from govmodel.sim import Plan, Tallies
from govmodel.sim.plan import BodyPlan, OfficerPlan, OfficesPlan
from govmodel.study.beside import NotCovered, carried_at, chance_of


def beside_offices(whole: Plan, tallies: Tallies, body: BodyPlan, too_unlikely: float) -> Iterator[Beside]:
    """Each figure on the offices of a body that can be computed, held against the simulated one."""
    offices = body.offices
    lost = body.absences is not None and body.absences.ends
    if offices is None or body.going is not None or lost or body.late:
        return

    def held(figure: str, simulated: str, wanted: float, per: float, lump: int = 1) -> Beside:
        chance = chance_of(tallies.of(body.number, simulated), wanted, lump)
        return Beside(
            figure, wanted / per, 1.0 if chance is None else chance, chance is None or chance >= too_unlikely
        )

    opened: list[list[float]] = []
    fails: list[list[float]] = []
    try:
        for officer in offices.officers:
            chance = [1 - c for c in carried_at(whole, body, officer.matter)]
            if not _always_somebody(offices, officer):
                raise NotCovered("there may be nobody to put up")
            fails.append(chance)
            opened.append(_open(officer, chance))
    except NotCovered:
        fails, opened = [], []
    if opened:
        tried = sum(map(sum, opened))
        failed = sum(sum(map(mul, own, fail)) for own, fail in zip(opened, fails, strict=True))
        yield held("offices to fill", "elections", tried, whole.years, len(opened))
        filled = held("offices not filled", "elected", tried - failed, whole.years, len(opened))
        yield Beside(filled.figure, failed / whole.years, filled.chance, filled.agrees)
    if not body.rules.presiding or not len(body.dates):
        return
    if offices.chair < 0:
        yield from _of_a_known_chair(tallies, body, too_unlikely)
    elif opened:
        own, fail = opened[offices.chair], fails[offices.chair]
        stays = offices.stays and offices.officers[offices.chair].first >= 0
        vacant = 0.0 if stays else sum(map(mul, own, fail))
        if not offices.stays or stays:
            yield held("office of chair vacant", "chair_vacant", vacant, len(body.dates))


def _open(officer: OfficerPlan, fails: Sequence[float]) -> list[float]:
    """How likely an office is open at each meeting."""
    found: list[float] = []
    for due, before in zip(officer.due, (0.0, *fails), strict=False):
        found.append(1.0 if due else found[-1] * before)
    return found


def _always_somebody(offices: OfficesPlan, officer: OfficerPlan) -> bool:
    """Whether there is always somebody to put up, whoever holds the other offices and held this one."""
    return len(officer.may) >= len(offices.officers) + officer.barred and bool(offices.sat.all())


def _of_a_known_chair(tallies: Tallies, body: BodyPlan, too_unlikely: float) -> Iterator[Beside]:
    """How often the chair is not there, where it is known beforehand who that is at each meeting."""
    away: list[Fraction] = []
    for level, chair in zip(body.level, body.chair, strict=True):
        came = body.came[level][chair] if chair >= 0 else Fraction(0)
        worse = body.came_bad[level][chair] if chair >= 0 else Fraction(0)
        away.append(1 - (1 - body.bad) * came - body.bad * worse)
    seen = tallies.of(body.number, "chair_away")
    chance = chances.so_far_off(int(seen.sum()), [(share, len(seen)) for share in away])
    exact = float(sum(away, Fraction(0)) / len(away))
    yield Beside("chair not there", exact, chance, chance >= too_unlikely)
