"""How likely people are to come, from a scenario: by the day of a meeting and by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from govmodel.model.rules import BodyRules, SeatRule
from govmodel.model.scenario import Chances, Period, Scenario
from govmodel.semantics.counting import groups_of
from govmodel.sim.arrays import Truths
from govmodel.sim.families import kind
from govmodel.sim.holders import Holding
from govmodel.sim.plan import JOINED, Table

Level: TypeAlias = tuple[Fraction, tuple[int, ...], frozenset[str]]
"""What makes people likelier to come at one meeting than at another: the factor of the month, the numbers
of the periods of the scenario, and the places whose organisations are one with another."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The probabilities of a scenario."""

    scenario: Scenario
    holding: Holding

    def level(self, body: BodyRules, day: date) -> Level:
        scenario = self.scenario
        on = tuple(number for number, period in enumerate(scenario.periods) if period.on(day))
        return scenario.months.get(day.month, Fraction(1)), on, self.holding.gone(body, day)

    def _on(self, level: Level) -> Iterator[Period]:
        return (self.scenario.periods[number] for number in level[1])

    def in_person(
        self, body: str, where: Mapping[str, SeatRule], levels: Sequence[Level], factor: Fraction,
        usual: Chances | None = None,
    ) -> Table:  # fmt: skip
        """Of coming in person, or with other `usual` probabilities, when all are multiplied by a factor."""
        usual = usual or self.scenario.attendance
        return tuple(
            tuple(
                self._at(
                    body, place, seat, usual, level, factor * level[0],
                    [p.attendance for p in self._on(level)],
                )
                for place, seat in where.items()
            )
            for level in levels
        )  # fmt: skip

    def instead(
        self, body: str, where: Mapping[str, SeatRule], levels: Sequence[Level], allows: Sequence[bool],
        usual: Chances | None = None,
    ) -> Table:  # fmt: skip
        """That a stand-in comes where the member does not (or somebody else does, with other `usual`
        probabilities), where the text allows one."""
        usual = usual or self.scenario.standins
        return tuple(
            tuple(
                self._at(
                    body, place, seat, usual, level, Fraction(allowed), [p.standins for p in self._on(level)]
                )
                for (place, seat), allowed in zip(where.items(), allows, strict=True)
            )
            for level in levels
        )

    def by_proxy(self, body: str, where: Mapping[str, SeatRule], levels: Sequence[Level]) -> Table:
        """Of voting by proxy where nobody is there."""
        proxies = self.scenario.uses.proxies
        return self.instead(body, where, levels, [True] * len(where), proxies) if proxies else ()

    def _held(self, body: str, place: str, seat: SeatRule, level: Level) -> bool:
        empty = any(f"{kind(body)}.{seat.name}" in period.vacant for period in self._on(level))
        return not empty and place not in self.holding.vacant[body] and place not in level[2]

    def held(self, body: str, where: Mapping[str, SeatRule], levels: Sequence[Level]) -> Truths:
        """Which places are held, by place and level."""
        held = [[self._held(body, place, seat, level) for level in levels] for place, seat in where.items()]
        return np.array(held, dtype=bool).reshape(len(where), len(levels))

    def fixed(self, where: Mapping[str, SeatRule]) -> Truths:
        """Which places count in the membership while nobody holds them."""
        counts = self.holding.rules.reading["seat-without-holder"] != "not"
        return np.array([counts and seat.name != JOINED for seat in where.values()], dtype=bool)

    def members(self, held: Truths, where: Mapping[str, SeatRule]) -> Truths | None:
        """Which places count in the membership, by place and level; None: every place of the body does."""
        scenario = self.scenario
        if self.holding.rules.reading["seat-without-holder"] != "not":
            joins = any(seat.name == JOINED for seat in where.values())
            return np.ones_like(held) if joins else None
        changing = (scenario.turnover, scenario.terms, scenario.absences, scenario.joining)
        people_go = any(given is not None for given in changing)
        return held if people_go or not held.all() else None

    def _at(
        self, body: str, place: str, seat: SeatRule, usual: Chances, level: Level, factor: Fraction,
        periods: Sequence[Chances | None],
    ) -> Fraction:  # fmt: skip
        """The probability for a place, multiplied by those of all periods; 0 where nobody holds it."""
        if not self._held(body, place, seat, level):
            return Fraction(0)
        chance = usual.of(kind(body), seat.name, seat.party, seat.classes) * factor
        for factors in periods:
            if factors is not None:
                chance *= factors.of(kind(body), seat.name, seat.party, seat.classes)
        return min(Fraction(1), chance)


def standin_allowed(body: BodyRules, seat: SeatRule) -> bool:
    """A matter's own stand-ins and proxies are left out: they do not come to the whole meeting."""
    return any(
        s.kind != "proxy" and s.matter is None and (s.seats is None or s.seats in groups_of(seat))
        for s in body.standins
    )
