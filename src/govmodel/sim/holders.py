"""Who sits and who holds office: what the text leaves of it to the scenario, and to the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from govmodel.calendar import add_months
from govmodel.errors import Problem
from govmodel.model.expressions import Frequency
from govmodel.model.rules import BodyRules, Rules, SeatRule
from govmodel.model.scenario import Scenario
from govmodel.model.vocabulary import DAYS_IN, MONTHS_IN, STATUSES
from govmodel.semantics.counting import places
from govmodel.semantics.holders import by_office, fits
from govmodel.semantics.presiding import presiding
from govmodel.sim.arrays import Whole
from govmodel.sim.families import kind
from govmodel.sim.plan import CHOSEN, EXTRA, NOBODY


@dataclass(slots=True)
class Holding:
    """Peoples bodies. `vacant`: the places of each body that nobody holds; `not_run` and `problems`
    gather what is not run and what cannot be."""

    rules: Rules
    scenario: Scenario
    first: date
    not_run: list[str]
    problems: list[Problem]
    vacant: dict[str, frozenset[str]] = field(default_factory=dict)

    def peopled(self, body: BodyRules) -> BodyRules:
        """The body with the seats held as the scenario says."""
        holders = self.scenario.holders
        seats: list[SeatRule] = []
        vacant: set[str] = set()
        for seat in body.seats:
            if seat.role != "voting":
                seats.append(seat)
                continue
            key = f"{kind(body.name)}.{seat.name}"
            open_ = seat.optional or not seat.low
            held = holders.by_seat.get(key)
            if held is not None and seat.high is not None and held > seat.high:
                self.problems.append(
                    Problem(
                        self.scenario.mark("holders", "by_seat", key), "too-many-holders",
                        f"{key} has at most {seat.high} places, not {held}",
                    )
                )  # fmt: skip
            if held is None:
                held = (max(seat.low, 1) if holders.optional == "held" else 0) if open_ else seat.low
            if open_ and not held:
                seats.append(replace(seat, low=0, high=0))
                continue
            keeps = not open_ and held < seat.low and self.rules.reading["seat-without-holder"] != "not"
            filled = replace(seat, low=seat.low if keeps else held, optional=False)
            seats.append(filled)
            if keeps:
                names = places(replace(body, seats=(filled,)))
                vacant.update(tuple(names)[held:])
        self.vacant[body.name] = frozenset(vacant)
        return replace(body, seats=tuple(seats))

    def gone(self, body: BodyRules, day: date) -> frozenset[str]:
        """The places on a body of organisations that have merged into another by this day."""
        if not self.scenario.mergers:
            return frozenset()
        merged = {party for m in self.scenario.mergers if m.on <= day for party in m.parties}
        return frozenset(place for place, seat in places(body).items() if seat.party in merged)

    # offices

    def holders(self, office: str, body: BodyRules, days: Sequence[date]) -> Whole:
        """The place of the holder of an office on each of some days; -1 for none."""
        rules = [rule for rule in self.rules.offices.values() if rule.rotation]
        if days and not rules and not self.scenario.mergers and not self.scenario.periods:
            return np.full(len(days), self.holder(office, body, days[0]), dtype=np.int64)
        return np.array([self.holder(office, body, day) for day in days], dtype=np.int64)

    def holder(self, office: str, body: BodyRules, day: date) -> int:
        """The place on a body of the holder of an office on a day; -1 for none."""
        if (seated := self._by_office(office, body, day)) is not None:
            return seated
        rule = self.rules.offices.get(office)
        ahead = 0
        while rule is not None and rule.follows is not None and rule.follows in self.rules.offices:
            if ahead > len(self.rules.offices):
                return NOBODY
            rule, ahead = self.rules.offices[rule.follows], ahead + 1
        if rule is not None and rule.rotation and rule.chosen_every is not None:
            turn = turns(rule.chosen_every, self.first, day) + ahead
            parties = rule.rotation[turn % len(rule.rotation)]
            found = (self._place_of(party, body, office, day) for party in parties)
            return next((place for place in found if place >= 0), NOBODY)
        where = places(body)
        names = tuple(where)
        gone = self.gone(body, day)
        empty = self.empty(body, day) | gone
        rotating = {party for place in rule.rotation for party in place} if rule else set()
        stated = self.scenario.offices.by_office.get(office)
        if stated is None:
            if self.scenario.offices.otherwise != "first-seat":
                return NOBODY
            may = [
                i
                for i, (place, seat) in enumerate(where.items())
                if fits(self.rules, office, seat) is not False
                and (not rotating or seat.party in rotating)
                and place not in gone
            ]
            at = may[min(ahead, len(may) - 1)] if may else NOBODY
            return NOBODY if at >= 0 and names[at] in empty else at
        home, _, seat = stated.partition(".")
        if home != kind(body.name):
            return NOBODY
        held = ((i, p) for i, p in enumerate(names) if p not in empty)
        return next((i for i, p in held if p == seat or p.partition("#")[0] == seat), NOBODY)

    def _by_office(self, office: str, body: BodyRules, day: date) -> int | None:
        """The place that the office itself gives its holder on a body; None: there is none, or the scenario
        names another there, or has nobody hold the office."""
        own = by_office(body, office)
        stated = self.scenario.offices.by_office.get(office)
        rule = self.rules.offices.get(office)
        if stated is None:
            held = self.scenario.offices.otherwise == "first-seat" or (rule is not None and rule.rotation)
        else:
            held = stated.partition(".")[0] != kind(body.name)
        if not own or not held:
            return None
        out = self.vacant.get(body.name, frozenset()) | self.empty(body, day) | self.gone(body, day)
        at = (i for i, (place, seat) in enumerate(places(body).items()) if seat in own and place not in out)
        return next(at, NOBODY)

    def empty(self, body: BodyRules, day: date) -> frozenset[str]:
        """The places of a body that are vacant on a day because of a period."""
        named = self.scenario.vacant(day)
        if not named:
            return frozenset()
        return frozenset(p for p in places(body) if f"{kind(body.name)}.{kind(p)}" in named)

    def _place_of(self, party: str, body: BodyRules, office: str, day: date) -> int:
        """The first place of a party on a body from which an office may be held on a day, else of the party
        that it is a part of."""
        empty = self.vacant[body.name] | self.empty(body, day)
        seen: set[str] = set()
        into = {p: m.into for m in self.scenario.mergers if m.on <= day for p in m.parties}
        at: str | None = party
        for _ in into:
            at = into.get(at, at) if at is not None else None
        where = places(body)
        while at is not None and at not in seen:
            seen.add(at)
            for index, (place, seat) in enumerate(where.items()):
                held = place not in empty
                if seat.party == at and held and fits(self.rules, office, seat) is not False:
                    return index
            rule = self.rules.parties.get(at)
            at = rule.part_of if rule else None
        return NOBODY

    def presiding(
        self, body: BodyRules, holders: Mapping[str, Whole], dates: tuple[date, ...]
    ) -> tuple[Whole, Whole, Whole, tuple[str | None, ...]]:
        """(who, extra, presiders): see `BodyPlan`; and the offices of whose holders `presiders` has rows."""
        rows = [np.full(len(dates), NOBODY, dtype=np.int64), np.full(len(dates), CHOSEN, dtype=np.int64)]
        row_of: dict[str, int] = {}
        who = np.zeros((len(STATUSES), len(STATUSES)), dtype=np.int64)
        extra = np.zeros_like(who)
        try:
            table = {
                (i, j): presiding(body, chair, deputy)
                for i, chair in enumerate(STATUSES)
                for j, deputy in enumerate(STATUSES)
            }
        except ValueError as error:
            if dates:
                self.not_run.append(f"{body.name}: nobody presides, since {error}")
            table = {}
        for (i, j), rule in table.items():
            if rule is None:
                continue
            extra[i, j] = EXTRA[rule.extra_vote]
            if rule.who in ("agreed", "member", "members", "body"):
                who[i, j] = 1
                continue
            if rule.who not in row_of:
                row_of[rule.who] = len(rows)
                rows.append(holders[rule.who] if rule.who in holders else self.holders(rule.who, body, dates))
            who[i, j] = row_of[rule.who]
        return who, extra, np.array(rows), (None, None, *row_of)


def turns(every: Frequency, first: date, day: date) -> int:
    """How often an office has passed on from the first day to a day."""
    if every.unit is not None and every.unit in MONTHS_IN:
        passed = (day.year - first.year) * 12 + day.month - first.month
        passed -= day < add_months(first, passed)
        return passed * every.times // (MONTHS_IN[every.unit] * every.units)
    days = DAYS_IN.get(every.unit or "", 0) * every.units
    return (day - first).days * every.times // days if days else 0
