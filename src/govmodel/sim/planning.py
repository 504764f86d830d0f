"""From rules and a scenario to a plan: which bodies meet when, who may come, and what may come up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal, assert_never

import numpy as np

from govmodel.calendar import add_months, bank_holidays
from govmodel.errors import InputError, Problem
from govmodel.model.rules import BodyRules, InquorateRule, QuorumRule, Rules, SeatRule
from govmodel.model.scenario import Clock, Scenario
from govmodel.semantics.counting import places
from govmodel.semantics.presiding import chain
from govmodel.sim.adjourning import day_then, going_on, quorum_then, waits
from govmodel.sim.calling import LONGEST, calls
from govmodel.sim.coming import Coming, Level, standin_allowed
from govmodel.sim.days import Days
from govmodel.sim.electing import elections, fills, offices
from govmodel.sim.electing import matter as election
from govmodel.sim.families import kind, with_families
from govmodel.sim.holders import Holding
from govmodel.sim.joining import joining, with_places
from govmodel.sim.ladders import PAPER, Ladders, uncountable
from govmodel.sim.leaving import going, tick_of
from govmodel.sim.left_beside import Ran, left_beside
from govmodel.sim.left_out import left_out
from govmodel.sim.letters import letters
from govmodel.sim.missing import absences
from govmodel.sim.others import lifters
from govmodel.sim.owing import duties
from govmodel.sim.plan import NOBODY, WINDOW, BodyPlan, DutyPlan, Lifting, Plan, Resumed
from govmodel.sim.randomness import ONE, threshold, thresholds_of

CALENDAR = Clock(unit="day")
"""Without a clock of its own a scenario has the days of the calendar."""


def plan(rules: Rules, scenario: Scenario, *, years: int, seed: int, first: date | None = None) -> Plan:
    """The run of a constitution under one reading, from its first day (or another) for whole years.

    Raises:
        InputError: the scenario cannot be used with these rules, or no body meets in the run.
        ValueError: no bank holidays are known for the years.
    """
    return _Planner(rules, scenario, years, seed, first or rules.first_day).plan()


class _Planner:
    def __init__(self, rules: Rules, scenario: Scenario, years: int, seed: int, first: date) -> None:
        self.scenario, self.clock = scenario, scenario.clock or CALENDAR
        if first.year + years > date.max.year:
            bank_holidays(first.year + years, rules.nation)  # which are not known
        self.first, self.until = first, add_months(first, 12 * years)
        self.years, self.seed = years, seed
        self.problems: list[Problem] = []
        self.not_run: list[str] = []
        rules = with_families(rules, scenario, self.problems)
        self.holding = Holding(rules, scenario, first, self.not_run, self.problems)
        self.coming = Coming(scenario, self.holding)
        own = {name: body for name, body in rules.bodies.items() if not body.external}
        peopled = {name: with_places(self.holding.peopled(body), scenario) for name, body in own.items()}
        self.rules = self.holding.rules = replace(rules, bodies={**rules.bodies, **peopled})
        self.names = tuple(own)
        self.times = {name: self._times(self.rules.bodies[name]) for name in self.names}
        self.numbers = {name: number for number, name in enumerate(self.names)}
        agendas = [scenario.items.of(kind(name)) for name in self.names]
        self.agendas = tuple(dict.fromkeys(matter for a in agendas for matter in a.matters))
        meet = frozenset(name for name, times in self.times.items() if times)
        self.ladders = Ladders(self.rules, scenario, self.numbers, meet, self.not_run)
        self.papers = self.ladders.papers() if scenario.papers else {}
        self.elections = elections(self.rules, scenario, meet)
        self.matters = (*self.agendas, *self.papers, *self.elections)

    def plan(self) -> Plan:
        bodies = tuple(self._body(name) for name in self.names)
        if not any(body.meets for body in bodies):
            why = "; ".join(f"{body.name}: {body.why_not}" for body in bodies) or "it has no body of its own"
            self.problems.append(
                Problem(
                    self.scenario.mark(), "nothing-meets",
                    f"no body of {self.rules.id} meets in this run ({why})",
                    "A simulation needs a body with voting seats that meets at times which the text gives.",
                )
            )  # fmt: skip
        if self.problems:
            raise InputError(self.problems)
        order = _order(bodies, self.clock)
        bodies = tuple(replace(body, rank=order.index(body.number)) for body in bodies)
        months = self.clock.unit == "month"
        return Plan(
            rules=self.rules, scenario=self.scenario, first=self.first, until=self.until,
            unit=self.clock.unit, end=12 * self.years + 1 if months else self.until.toordinal(),
            windows=self._windows(),
            year_starts=tuple(self._tick(12 * year) for year in range(self.years + 1)),
            years=self.years, seed=self.seed, matters=self.matters, bodies=bodies,
            order=order, not_run=tuple(dict.fromkeys(self.not_run)), left_out=self._left_out(),
            duties=self._duties(),
        )  # fmt: skip

    def _duties(self) -> tuple[DutyPlan, ...]:
        meet = {name: self.numbers[name] for name, times in self.times.items() if times}
        ticks = self.ladders.ticks
        papers = frozenset(paper.removeprefix(PAPER) for paper in self.papers)
        return duties(self.rules, self.scenario, meet, papers, self.years, self._tick, ticks)

    def _left_out(self) -> tuple[str, ...]:
        meeting = [self.rules.bodies[name] for name in self.names if self.times[name]]
        papers = frozenset(paper.removeprefix(PAPER) for paper in self.papers)
        filled = frozenset(office.name for office in self.elections.values())
        said = left_out(self.rules, meeting, self.agendas, self.scenario)
        ran = Ran(self.scenario, papers, filled, self._duties())
        return tuple(dict.fromkeys((*self.not_run, *said, *left_beside(self.rules, meeting, ran))))

    # the clock

    def _windows(self) -> tuple[int, ...]:
        """The first tick of each step of the run."""
        return tuple(self._tick(months) for months in range(0, 12 * self.years, WINDOW))

    def _tick(self, months: int) -> int:
        """The first tick so many months after the first day."""
        months_only = self.clock.unit == "month"
        return months + 1 if months_only else add_months(self.first, months).toordinal()

    def _times(self, body: BodyRules) -> tuple[tuple[int, date], ...]:
        """When a body meets: (tick, day), in order."""
        if uncountable(self.rules, body) or not places(body):
            return ()
        return self._days_of(self.not_run, self.problems).of(body)

    def _days_of(self, not_run: list[str], problems: list[Problem]) -> Days:
        return Days(
            self.rules, self.scenario, self.clock, self.first, self.until, self.years, not_run, problems
        )

    # one body

    def _body(self, name: str) -> BodyPlan:
        body = self.rules.bodies[name]
        where = places(body)
        names = tuple(where)
        times = self.times[name]
        why_not = "" if names else "the text gives it no voting seats that are held"
        if names and not times:
            why_not = self._days_of([], []).why_not(body)
        why_not = uncountable(self.rules, body) or why_not
        if why_not:
            times = ()
        ticks, dates = [tick for tick, _ in times], tuple(day for _, day in times)
        chair_office, deputy_office = chain(body)
        seats = dict.fromkeys((chair_office, deputy_office))
        holders = {
            office: self.holding.holders(office, body, dates) for office in seats if office is not None
        }
        nobody = np.full(len(dates), NOBODY, dtype=np.int64)
        chair = holders[chair_office] if chair_office else nobody
        deputy = holders[deputy_office] if deputy_office else nobody
        who, extra, presiders, rows = self.holding.presiding(body, holders, dates)
        numbers = {matter: number for number, matter in enumerate(self.matters)}
        chairs = chair_office, deputy_office
        allows = [standin_allowed(body, seat) for seat in where.values()]
        interests = [i for i in body.interests if i.kind in ("any", "prejudicial")]
        factor = self.scenario.bad_meetings.attendance if self.scenario.bad_meetings else Fraction(1)
        usual = [self.coming.level(body, day) for day in dates]
        called = self._days() if self.scenario.urgent and times else ()
        again = [(rule, self._days_then(rule, times)) for rule, _, _ in going_on(body) if times]
        then = [day for _, days in again for day in days if day is not None]
        levels = list(dict.fromkeys((*usual, *(self.coming.level(body, day) for day in (*called, *then)))))
        held = self.coming.held(name, where, levels)
        of_days = [levels.index(self.coming.level(body, day)) for day in called]
        came, came_bad = (self.coming.in_person(name, where, levels, f) for f in (Fraction(1), factor))
        standin = self.coming.instead(name, where, levels, allows)
        vacant = self.holding.vacant[name]
        waiting = self.scenario.uses.waiting if waits(body) and body.quorum else None
        late, late_bad = (
            self.coming.in_person(name, where, levels, f, waiting) if waiting else ()
            for f in (Fraction(1), factor)
        )
        bounds = [bisect_left(ticks, start) for start in self._windows()] + [len(ticks)]
        made = BodyPlan(
            number=self.numbers[name],
            name=name,
            title=body.title,
            rules=body,
            places=names,
            titles=self._titles(where),
            vacant=vacant,
            weights=np.array([seat.votes for seat in where.values()], dtype=np.int64),
            dates=dates,
            ticks=np.array(ticks, dtype=np.int64),
            rank=0,
            windows=tuple(pairwise(bounds)),
            why_not=why_not,
            level=np.array([levels.index(of) for of in usual], dtype=np.int64),
            came=came,
            came_bad=came_bad,
            sits=held,
            members=self.coming.members(held, where),
            fixed=self.coming.fixed(where),
            joining=joining(self.scenario, body, names, times),
            absences=absences(self.rules, self.scenario, body, where, self.ladders.ticks, held),
            going=going(self.rules, self.scenario, body, where, times, self.first, self.ladders.ticks),
            offices=offices(self.rules, self.scenario, self.holding, body, dates, numbers, chairs, rows),
            calls=calls(self.rules, self.scenario, body, called, of_days) if called else None,
            papers=tuple(self.matters.index(paper) for paper, by in self.papers.items() if by == name),
            came_below=thresholds_of(came).T,
            came_bad_below=thresholds_of(came_bad).T,
            bad=self.scenario.bad_meetings.chance if self.scenario.bad_meetings else Fraction(0),
            standin=standin,
            standin_below=thresholds_of(standin).T,
            standins_vote=not any(s.votes is False for s in body.standins if s.kind != "proxy"),
            standins_count=not any(s.counts_to_quorum is False for s in body.standins if s.kind != "proxy"),
            quorum=body.quorum,
            rechecked=self._rechecked(body, body.quorum),
            gates=not any(i.then == "continue" and i.when != "lost" for i in body.inquorate),
            chair=chair,
            deputy=deputy,
            presiders=presiders,
            who=who,
            extra=extra,
            caps=_binding_caps(body, names),
            barred=any(i.votes is False for i in body.interests),
            barred_count=not any(i.counts_to_quorum is False for i in body.interests),
            leaves=max((self._leaves(i.withdraws) for i in interests), default=0),
            agenda=self.scenario.items.of(kind(name)),
            matters=(
                *(self.ladders.matter(body, where, matter) for matter in self.agendas),
                *(self.ladders.paper(body, where, paper) for paper in self.papers),
                *(election(self.ladders, body, where, office) for office in self.elections.values()),
            ),
            lifting=self._lifting(body, dates),
            late=late,
            late_bad=late_bad,
            proxy=self.coming.by_proxy(name, where, levels),
        )  # fmt: skip
        return replace(
            made, resumed=tuple(self._resumed(made, levels, days) for days in again),
            letters=letters(self.rules, self.scenario, self.clock, made),
        )  # fmt: skip

    def _days_then(self, rule: InquorateRule, times: tuple[tuple[int, date], ...]) -> tuple[date | None, ...]:
        """The days on which meetings go on, None for those that do not: before the next regular one."""
        found: list[date | None] = []
        idle = [period for period in self.scenario.periods if not period.meetings]
        for (_, day), after in zip(times, [*(day for _, day in times[1:]), self.until], strict=True):
            then = day_then(self.rules, rule, day)
            found.append(
                then if then < min(after, self.until) and not any(p.on(then) for p in idle) else None
            )
        return tuple(found)

    def _resumed(
        self, made: BodyPlan, levels: Sequence[Level], again: tuple[InquorateRule, tuple[date | None, ...]]
    ) -> Resumed:
        """A body as it meets when an inquorate meeting goes on."""
        rule, days = again
        quorum = quorum_then(made.rules, rule)
        ticks = [
            -1 if day is None else tick_of(self.clock, int(tick), first, day)
            for tick, first, day in zip(made.ticks, made.dates, days, strict=True)
        ]
        at = [0 if day is None else levels.index(self.coming.level(made.rules, day)) for day in days]
        body = replace(
            made, rules=replace(made.rules, quorum=quorum), quorum=quorum,
            rechecked=self._rechecked(made.rules, quorum),
            ticks=np.array(ticks, dtype=np.int64), level=np.array(at, dtype=np.int64),
        )  # fmt: skip
        never, lost = next((never, lost) for own, never, lost in going_on(made.rules) if own is rule)
        return Resumed(body=body, never=never, lost=lost)

    def _rechecked(self, body: BodyRules, quorum: Sequence[QuorumRule]) -> tuple[QuorumRule, ...]:
        """Those that must last, and not be there at the start only."""
        if any(i.then == "continue" and i.when != "never-reached" for i in body.inquorate):
            return ()
        usual = self.rules.reading["quorum-measured"]
        lasting = ("throughout", "each-vote")
        return tuple(q for q in quorum if q.gates != "start" and (q.measured or usual) in lasting)

    def _lifting(self, body: BodyRules, dates: tuple[date, ...]) -> Lifting | None:
        chance, who = self.scenario.uses.lifting, lifters(body)
        if not chance or not who:
            return None
        offices = [name for name in who if name in self.rules.offices]
        rows = [self.holding.holders(name, body, dates) for name in offices]
        own = np.array(rows, dtype=np.int64).reshape(len(rows), len(dates))
        filled = [office.name for office in self.elections.values() if fills(office) == body.name]
        return Lifting(
            chance=threshold(chance), by_body=body.name in who, holders=own,
            filled=tuple(filled.index(name) if name in filled else -1 for name in offices),
        )  # fmt: skip

    def _days(self) -> tuple[date, ...]:
        """The days of the run, and some after it on which a meeting that was called may be held."""
        if self.clock.unit == "month":
            self.problems.append(
                Problem(
                    self.scenario.mark("urgent"), "urgent-by-month",
                    "urgent business comes up on days, and a clock of months has none",
                    "Leave out the clock, or write urgent: none.",
                )
            )  # fmt: skip
            return ()
        number = (self.until - self.first).days + LONGEST
        return tuple(self.first + timedelta(days=days) for days in range(number))

    def _leaves(self, withdraws: Literal["must", "should", "may", "no"] | None) -> int:
        """The threshold for a member with an interest to leave."""
        interests = self.scenario.interests
        match withdraws:
            case "must":
                return ONE
            case "should":
                return threshold(interests.leaves_if_should)
            case "may":
                return threshold(interests.leaves_if_may)
            case "no" | None:
                return 0
            case _:
                assert_never(withdraws)

    def _titles(self, where: Mapping[str, SeatRule]) -> tuple[str, ...]:
        """Every place in words; two places of one party are told apart by their seats."""
        plain = [self._title(place, seat) for place, seat in where.items()]
        return tuple(
            title if plain.count(title) == 1
            else f"{title} ({seat.holder or seat.name.partition('.')[0].replace('-', ' ')})"
            for title, seat in zip(plain, where.values(), strict=True)
        )  # fmt: skip

    def _title(self, place: str, seat: SeatRule) -> str:
        party = self.rules.parties.get(seat.party or "")
        title = party.title if party else (seat.holder or seat.name.replace("-", " "))
        number = place.partition("#")[2]
        return f"{title} ({number})" if number else title


def _binding_caps(body: BodyRules, names: tuple[str, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(most votes, places) of the caps that can be exceeded."""
    where = places(body)
    found = []
    for cap in body.caps:
        under = tuple(i for i, place in enumerate(names) if where[place].party in cap.parties)
        if sum(where[names[i]].votes for i in under) > cap.at_most:
            found.append((cap.at_most, under))
    return tuple(found)


def _order(bodies: tuple[BodyPlan, ...], clock: Clock) -> tuple[int, ...]:
    """Bodies in the order in which they meet on one day: as the scenario says; else who passes items on
    comes before who receives them, else in the order of the file."""
    before: dict[int, set[int]] = {body.number: set() for body in bodies}
    for body in bodies:
        for matter in body.matters:
            for step in (step for _, steps in matter.chains for step in steps):
                if step.body is not None and step.body != body.number:
                    before[step.body].add(body.number)
    numbers = {body.name: body.number for body in bodies}
    order = [numbers[name] for name in clock.order if name in numbers]
    while len(order) < len(bodies):
        rest = [b.number for b in bodies if b.number not in order]
        ready = [number for number in rest if before[number] <= set(order)]
        order.append((ready or rest)[0])
    return tuple(order)
