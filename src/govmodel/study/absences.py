"""How often members are absent so often in a row that the text speaks of it, without sampling."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from govmodel.model.record import Beside
from govmodel.sim import Plan, Tallies
from govmodel.sim.plan import BodyPlan, MissingRule
from govmodel.sim.randomness import ONE
from govmodel.study.beside import chance_of


def beside_absences(whole: Plan, tallies: Tallies, body: BodyPlan, too_unlikely: float) -> Iterator[Beside]:
    """The expected number a year, held against the simulated one; nothing where people go."""
    missing = body.absences
    if missing is None or missing.ends or body.going is not None or body.joining is not None:
        return
    wanted = {"absent in a row": Fraction(0)}
    acted = None if any(rule.by_body for rule in missing.rules) else Fraction(0)
    for rule in missing.rules:
        runs = sum(
            (_runs(body, rule, place) for place, whose in enumerate(rule.whose) if whose), Fraction(0)
        ) * Fraction(rule.also, ONE)
        wanted["absent in a row"] += runs
        if acted is not None:
            acted += runs * Fraction(missing.acted_on, ONE)
    if acted is not None:
        wanted["absences acted on"] = acted
    for figure, number in wanted.items():
        counted = tallies.of(body.number, "absences" if figure == "absent in a row" else "acted_on")
        chance = chance_of(counted, float(number), 1)
        yield Beside(
            figure, float(number) / whole.years, 1.0 if chance is None else chance,
            chance is None or chance >= too_unlikely,
        )  # fmt: skip


def _runs(body: BodyPlan, rule: MissingRule, place: int) -> Fraction:
    """How often whoever holds a place is expected to be absent just so often in a row: there, or not yet
    there, at the meeting before the run, and then absent at each."""
    missing = body.absences
    if missing is None:
        return Fraction(0)
    away: list[Fraction] = []
    for level in body.level:
        here = Fraction(0)
        for share, came in ((1 - body.bad, body.came), (body.bad, body.came_bad)):
            standin = (1 - came[level][place]) * body.standin[level][place]
            here += share * (came[level][place] + (standin if missing.standin_counts else 0))
        away.append(1 - here if missing.sat[place, level] else Fraction(-1))
    found = Fraction(0)
    for end in range(rule.least - 1, len(away)):
        run = away[end - rule.least + 1 : end + 1]
        if any(chance < 0 for chance in run):
            continue
        chance = Fraction(1)
        for each in run:
            chance *= each
        before = away[end - rule.least] if end >= rule.least else Fraction(-1)
        found += chance * (1 if before < 0 else 1 - before)
    return found
