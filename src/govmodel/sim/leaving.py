"""How people and organisations go, from a scenario and the text, in steps from one meeting to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from govmodel.calendar import add
from govmodel.model.rules import BodyRules, Rules, SeatRule
from govmodel.model.scenario import Clock, Scenario
from govmodel.sim.plan import Going
from govmodel.sim.randomness import thresholds_of


def going(
    rules: Rules, scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule],
    times: tuple[tuple[int, date], ...], in_ticks: Callable[[int], int],
) -> Going | None:  # fmt: skip
    """How people of one body go. `times`: of its meetings; `in_ticks`: days on the clock. None: they stay."""
    turnover, clock = scenario.turnover, scenario.clock or Clock(unit="day")
    if turnover is None:
        return None
    year = 12 if clock.unit == "month" else 365
    ticks = [tick for tick, _ in times]
    passed = [0, *(after - before for before, after in pairwise(ticks))][: len(ticks)]
    steps = [Fraction(ticks_passed, year) for ticks_passed in passed]
    notice = next((m for m in body.membership if m.leaves and m.notice is not None), None)
    organisations = tuple(dict.fromkeys(seat.party for seat in where.values() if seat.party))
    runs_out = [0] * len(ticks)
    if notice is not None and notice.notice is not None and turnover.notice_a_year:
        length = notice.notice
        runs_out = [tick_of(clock, tick, day, add(day, length, rules.nation)) for tick, day in times]
    may = set(organisations) if any(runs_out) else set()
    return Going(
        leaves=thresholds_of([[min(Fraction(1), turnover.leaves_a_year * step) for step in steps]])[0],
        first=in_ticks(turnover.first),
        last=in_ticks(turnover.last),
        notice=thresholds_of([[min(Fraction(1), turnover.notice_a_year * step) for step in steps]])[0],
        runs_out=np.array(runs_out, dtype=np.int64),
        sent_by=np.array(
            [organisations.index(s.party) if s.party in may else -1 for s in where.values()],
            dtype=np.int64,
        ),
        organisations=organisations,
    )


def tick_of(clock: Clock, tick: int, day: date, later: date) -> int:
    """The tick of a later day, as told by the tick of a day."""
    if clock.unit == "day":
        return later.toordinal()
    return tick + (later.year - day.year) * 12 + later.month - day.month
