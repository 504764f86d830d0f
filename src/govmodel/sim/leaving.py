"""How people and organisations go, from a scenario and the text, in steps from one meeting to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from govmodel.calendar import add
from govmodel.model.expressions import Frequency
from govmodel.model.rules import BodyRules, Rules, SeatRule
from govmodel.model.scenario import Clock, Scenario, Terms, Turnover
from govmodel.sim.arrays import Truths
from govmodel.sim.holders import turns
from govmodel.sim.plan import Going
from govmodel.sim.randomness import threshold, thresholds_of


def going(
    rules: Rules, scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule],
    times: tuple[tuple[int, date], ...], first: date, in_ticks: Callable[[int], int],
) -> Going | None:  # fmt: skip
    """How people of one body go. `times`: of its meetings; `in_ticks`: days on the clock. None: they stay."""
    turnover, clock = scenario.turnover, scenario.clock or Clock(unit="day")
    ends = _term_ends(where, [day for _, day in times], first) if scenario.terms is not None else None
    if turnover is None and (ends is None or not ends.any()):
        return None
    terms = scenario.terms or Terms(renewed=Fraction(1), first=0, last=0)
    turnover = turnover or Turnover(leaves_a_year=Fraction(0), first=0, last=0, notice_a_year=Fraction(0))
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
        term_ends=np.zeros((len(where), len(ticks)), dtype=bool) if ends is None else ends,
        renewed=threshold(terms.renewed),
        term_first=in_ticks(terms.first),
        term_last=in_ticks(terms.last),
    )


def _term_ends(where: Mapping[str, SeatRule], days: Sequence[date], first: date) -> Truths:
    """Whether the term of a place has ended since the meeting before, by place and meeting. The first terms
    begin on the first day."""
    found = np.zeros((len(where), len(days)), dtype=bool)
    for row, seat in zip(found, where.values(), strict=True):
        if seat.term is None or not seat.term.number:
            continue
        every = Frequency(1, seat.term.unit, int(seat.term.number))
        passed = [turns(every, first, day) for day in days]
        row[:] = [after != before for before, after in pairwise([0, *passed])]
    return found


def tick_of(clock: Clock, tick: int, day: date, later: date) -> int:
    """The tick of a later day, as told by the tick of a day."""
    if clock.unit == "day":
        return later.toordinal()
    return tick + (later.year - day.year) * 12 + later.month - day.month
