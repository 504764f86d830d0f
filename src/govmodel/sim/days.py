"""When bodies meet: by their frequency, ahead of others, and as a scenario says where the text does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from govmodel.calendar import add_months, is_working_day, meeting_dates
from govmodel.errors import Problem
from govmodel.model.expressions import Frequency
from govmodel.model.rules import BodyRules, MeetingRule, Rules
from govmodel.model.scenario import Clock, Scenario
from govmodel.model.vocabulary import MONTHS_IN
from govmodel.sim.calling import regular
from govmodel.sim.families import kind


def begins(first: date, month: int) -> date:
    """The day on which a month of the run begins, which stands for it; months count from 1."""
    return add_months(first, month - 1)


def held_ahead(rules: Rules, scenario: Scenario, rule: MeetingRule) -> bool:
    """Whether meetings are held ahead of those of somebody else: where it is known when those meet, and the
    scenario says how long before."""
    other = rules.bodies.get(rule.ahead_of or "")
    if other is None or scenario.uses.ahead is None or (scenario.clock and scenario.clock.unit == "month"):
        return False
    known = not other.external and any(regular(m) and m.ahead_of is None for m in other.meetings)
    return known or other.name in scenario.uses.meets


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a run, from the first to before `until`. `not_run` and `problems` gather what is not run
    and what cannot be."""

    rules: Rules
    scenario: Scenario
    clock: Clock
    first: date
    until: date
    years: int
    not_run: list[str]
    problems: list[Problem]

    def of(self, body: BodyRules) -> tuple[tuple[int, date], ...]:
        """When a body meets: (tick, day), in order."""
        idle = [period for period in self.scenario.periods if not period.meetings]
        due = self._due(body).items()
        return tuple(sorted((t, day) for t, day in due if not any(p.on(day) for p in idle)))

    def why_not(self, body: BodyRules) -> str:
        """Why a body has no meeting in the run."""
        if self._due(body):
            return "all its meetings fall into periods of the scenario in which none are held"
        often = (often for rule in body.meetings for often in (rule.how_often, rule.at_least))
        if any(frequency and frequency.times for frequency in often):
            return "none of its meetings falls into the run"
        return "the text does not say how often it meets"

    def _due(self, body: BodyRules) -> dict[int, date]:
        """The day of each tick at which a body meets, if no period is against it."""
        found: dict[int, date] = {}
        for rule in body.meetings:
            frequency = rule.how_often or rule.at_least
            if frequency is None:
                continue
            if held_ahead(self.rules, self.scenario, rule):
                found.update(self._ahead(body, rule, frequency))
            else:
                found.update(self._every(body, frequency))
        more = self.scenario.uses.meets.get(kind(body.name))
        if more:
            found.update(self._every(body, Frequency(more, "year"), _between(found)))
        return found

    def _every(self, body: BodyRules, frequency: Frequency, more: int = 0) -> dict[int, date]:
        """`more`: by so many ticks later than the first could be."""
        later = self.clock.first.get(kind(body.name))
        if self.clock.unit == "day":
            start = self.first + timedelta(days=(later or 0) + more)
            days = meeting_dates(frequency, start, self.until, self.rules.nation)
            return {day.toordinal(): day for day in days}
        if not frequency.times or frequency.unit is None:
            return {}
        period = MONTHS_IN.get(frequency.unit, 0) * frequency.units
        if not period or period % frequency.times:
            self.problems.append(
                Problem(
                    self.scenario.mark("clock", "unit"), "not-whole-months",
                    f"{body.name} does not meet every so many whole months, as a clock of months needs",
                    "Leave the clock out, and its meetings are on days of the calendar.",
                )
            )  # fmt: skip
            return {}
        apart = period // frequency.times
        months = range((later or 1) + more, 12 * self.years + 1, apart)
        return {month: begins(self.first, month) for month in months}

    def _ahead(self, body: BodyRules, rule: MeetingRule, frequency: Frequency) -> dict[int, date]:
        """Some days before meetings of others: as many as the frequency wants, spread over those. All the
        regular ones, if the others meet less often."""
        other = self.rules.bodies[rule.ahead_of or ""]
        theirs: dict[int, date] = {}
        for often in (m.how_often or m.at_least for m in other.meetings if m.ahead_of is None):
            if often is not None and often.times and not other.external:
                theirs.update(self._every(other, often))
        more = self.scenario.uses.meets.get(other.name)
        if more:
            theirs.update(self._every(other, Frequency(more, "year"), _between(theirs)))
        before = timedelta(days=self.scenario.uses.ahead or 0)
        days = sorted({self._working(day - before) for day in theirs.values()})
        days = [day for day in days if day >= self.first]
        regular_ones = self._every(body, frequency)
        wanted = len(regular_ones)
        if len(days) + self.years < wanted:
            # One a year may fall before the first day.
            cited = ", ".join(rule.clauses)
            said = f"{body.name}: it meets at regular intervals, as {other.name} meets less often ({cited})"
            self.not_run.append(said)
            return regular_ones
        number = min(wanted, len(days))
        chosen = [days[i * len(days) // number] for i in range(number)]
        return {day.toordinal(): day for day in chosen}

    def _working(self, day: date) -> date:
        """The last working day up to a day."""
        while not is_working_day(day, self.rules.nation):
            day -= timedelta(days=1)
        return day


def _between(found: Mapping[int, date]) -> int:
    """Half of the ticks from one meeting to the next, so that others fall between them."""
    first = sorted(found)[:2]
    return (first[1] - first[0]) // 2 if len(first) == 2 else 0
