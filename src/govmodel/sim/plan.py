"""What the rules and a scenario make of a run, in arrays: everything that does not depend on chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from govmodel.calendar import add_months, meeting_dates
from govmodel.errors import InputError, Problem
from govmodel.model.expressions import Condition, Frequency
from govmodel.model.rules import BodyRules, DecisionRule, QuorumRule, RouteRule, Rules, SeatRule
from govmodel.model.scenario import Agenda, Scenario
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics.counting import NotCountable, groups_of, heads_of, known_group, places
from govmodel.semantics.holders import fits
from govmodel.semantics.meeting import chain, presiding, rule_for, rules_for
from govmodel.sim.heads import holds
from govmodel.sim.left_out import left_out
from govmodel.sim.randomness import ONE, threshold, thresholds_of

Whole = npt.NDArray[np.int64]
Thresholds = npt.NDArray[np.uint32]

NOBODY, CHOSEN = -1, -2
"""Who presides, where it is no seat: nobody, or somebody chosen there and then."""

EXTRA = {None: 0, "none": 0, "casting": 1, "additional": 2}
"""The presider's second vote."""

PEOPLE = frozenset({"parties", "member", "members", "anyone", "complainant", "requesters"})
"""Words for whoever starts an escalation without being a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One receiver of escalated items. `body`: its number if it meets in this run, else None."""

    name: str
    title: str
    body: int | None
    settles: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPlan:
    """One matter at one body. `steps`: where its items go when it cannot decide them; `referred`: they
    go there at once. `conflicted`: the threshold of an interest, for each place; `mute`: has no say."""

    name: str
    title: str
    rule: DecisionRule | None
    mute: tuple[bool, ...]
    settle: bool
    in_favour: int
    not_against: int
    consensus: int
    conflicted: Thresholds
    steps: tuple[Step, ...]
    referred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """One body. Arrays are by place (seats in the order of the file) and by meeting.

    `came`, `came_bad`: the probability of coming in person, normally and at a bad meeting, and
    `came_below`, `came_bad_below` the same as thresholds; `standin`:
    that a stand-in comes instead, 0 where the text allows none. `vacant`: places that nobody holds.
    `chair`, `deputy`: the place of the holder at each meeting, -1 for none. `who`, `extra`: who presides
    and with which second vote, by status of chair and deputy; `who` is a row of `presiders`.
    `leaves`: the threshold for a member with an interest to leave. `gates`: no quorum, no decisions.
    """

    number: int
    name: str
    title: str
    rules: BodyRules
    places: tuple[str, ...]
    titles: tuple[str, ...]
    vacant: frozenset[str]
    weights: Whole
    dates: tuple[date, ...]
    why_not: str
    came: tuple[tuple[Fraction, ...], ...]
    came_bad: tuple[tuple[Fraction, ...], ...]
    came_below: Thresholds
    came_bad_below: Thresholds
    bad: Fraction
    standin: tuple[Fraction, ...]
    standins_vote: bool
    standins_count: bool
    quorum: tuple[QuorumRule, ...]
    rechecked: tuple[QuorumRule, ...]
    gates: bool
    chair: Whole
    deputy: Whole
    presiders: Whole
    who: Whole
    extra: Whole
    caps: tuple[tuple[int, tuple[int, ...]], ...]
    barred: bool
    barred_count: bool
    leaves: int
    agenda: Agenda
    matters: tuple[MatterPlan, ...]

    @property
    def meets(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole run. `rules` are those of the reading, with the seats held as the scenario says; `order`:
    in which bodies meet when they meet on one day. `left_out`: what the text says and this does not do.
    """

    rules: Rules
    scenario: Scenario
    first: date
    until: date
    years: int
    seed: int
    matters: tuple[str, ...]
    bodies: tuple[BodyPlan, ...]
    order: tuple[int, ...]
    left_out: tuple[str, ...]


def plan(rules: Rules, scenario: Scenario, *, years: int, seed: int, first: date | None = None) -> Plan:
    """The run of a constitution under one reading, from its first day (or another) for whole years.

    Raises:
        InputError: the scenario cannot be used with these rules, or no body meets in the run.
        ValueError: no bank holidays are known for the years.
    """
    return _Planner(rules, scenario, years, seed, first or rules.first_day).plan()


class _Planner:
    def __init__(self, rules: Rules, scenario: Scenario, years: int, seed: int, first: date) -> None:
        self.scenario = scenario
        self.first, self.until = first, add_months(first, 12 * years)
        self.years, self.seed = years, seed
        self.vacant: dict[str, frozenset[str]] = {}
        self.problems: list[Problem] = []
        self.not_run: list[str] = []
        own = {name: body for name, body in rules.bodies.items() if not body.external}
        self.rules = replace(
            rules,
            bodies={**rules.bodies, **{n: self._peopled(rules, b) for n, b in own.items()}},
        )
        self.names = tuple(own)
        self.dates = {name: self._dates(self.rules.bodies[name]) for name in self.names}
        self.numbers = {name: number for number, name in enumerate(self.names)}
        agendas = [scenario.items.of(name) for name in self.names]
        self.matters = tuple(dict.fromkeys(matter for a in agendas for matter in a.matters))

    def plan(self) -> Plan:
        bodies = tuple(self._body(name) for name in self.names)
        if not any(body.meets for body in bodies):
            why = "; ".join(f"{body.name}: {body.why_not}" for body in bodies) or "it has no body of its own"
            self.problems.append(
                Problem(
                    self.scenario.mark(), "nothing-meets",
                    f"no body of {self.rules.id} meets in this run ({why})",
                    "A simulation needs a body with voting seats and a frequency of meetings.",
                )
            )  # fmt: skip
        if self.problems:
            raise InputError(self.problems)
        return Plan(
            rules=self.rules, scenario=self.scenario, first=self.first, until=self.until, years=self.years,
            seed=self.seed, matters=self.matters, bodies=bodies, order=_order(bodies),
            left_out=self._left_out(),
        )  # fmt: skip

    def _left_out(self) -> tuple[str, ...]:
        meeting = [self.rules.bodies[name] for name in self.names if self.dates[name]]
        return tuple(dict.fromkeys((*self.not_run, *left_out(self.rules, meeting, self.matters))))

    # who sits

    def _peopled(self, rules: Rules, body: BodyRules) -> BodyRules:
        """The body with the seats held as the scenario says."""
        holders = self.scenario.holders
        seats: list[SeatRule] = []
        vacant: set[str] = set()
        for seat in body.seats:
            if seat.role != "voting":
                seats.append(seat)
                continue
            key = f"{body.name}.{seat.name}"
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
                seats.append(seat)
                continue
            keeps = not open_ and held < seat.low and rules.reading.get("seat-without-holder") != "not"
            filled = replace(seat, low=seat.low if keeps else held, optional=False)
            seats.append(filled)
            if keeps:
                names = places(replace(body, seats=(filled,)))
                vacant.update(tuple(names)[held:])
        self.vacant[body.name] = frozenset(vacant)
        return replace(body, seats=tuple(seats))

    def _dates(self, body: BodyRules) -> tuple[date, ...]:
        found: set[date] = set()
        if _uncountable(self.rules, body):
            return ()
        for rule in body.meetings:
            frequency = rule.how_often or rule.at_least
            if frequency is not None:
                found.update(meeting_dates(frequency, self.first, self.until, self.rules.nation))
        return tuple(sorted(found))

    # one body

    def _body(self, name: str) -> BodyPlan:
        body = self.rules.bodies[name]
        where = places(body)
        names = tuple(where)
        dates = self.dates[name]
        why_not = "" if names else "the text gives it no voting seats that are held"
        if not dates:
            why_not = "the text does not say how often it meets"
        why_not = _uncountable(self.rules, body) or why_not
        if why_not:
            dates = ()
        chair_office, deputy_office = chain(body)
        seats = dict.fromkeys((chair_office, deputy_office))
        holders = {
            office: np.array([self._holder(office, body, day) for day in dates], dtype=np.int64)
            for office in seats
            if office is not None
        }
        nobody = np.full(len(dates), NOBODY, dtype=np.int64)
        chair = holders[chair_office] if chair_office else nobody
        deputy = holders[deputy_office] if deputy_office else nobody
        who, extra, presiders = self._presiding(body, holders, dates)
        allows = [self._standin_allowed(body, seat) for seat in where.values()]
        interests = [i for i in body.interests if i.kind in ("any", "prejudicial")]
        rechecked = tuple(
            q
            for q in body.quorum
            if q.gates != "start"
            and (q.measured or self.rules.reading.get("quorum-measured")) in ("throughout", "each-vote")
        )
        factor = self.scenario.bad_meetings.attendance if self.scenario.bad_meetings else Fraction(1)
        came, came_bad = (self._came(name, where, dates, f) for f in (Fraction(1), factor))
        return BodyPlan(
            number=self.numbers[name],
            name=name,
            title=body.title,
            rules=body,
            places=names,
            titles=tuple(self._title(place, seat) for place, seat in where.items()),
            vacant=self.vacant[name],
            weights=np.array([seat.votes for seat in where.values()], dtype=np.int64),
            dates=dates,
            why_not=why_not,
            came=came,
            came_bad=came_bad,
            came_below=thresholds_of(came),
            came_bad_below=thresholds_of(came_bad),
            bad=self.scenario.bad_meetings.chance if self.scenario.bad_meetings else Fraction(0),
            standin=tuple(
                self.scenario.standins.of(name, seat.name, seat.party, seat.classes)
                if allowed and place not in self.vacant[name] else Fraction(0)
                for (place, seat), allowed in zip(where.items(), allows, strict=True)
            ),
            standins_vote=not any(s.votes is False for s in body.standins if s.kind != "proxy"),
            standins_count=not any(s.counts_to_quorum is False for s in body.standins if s.kind != "proxy"),
            quorum=body.quorum,
            rechecked=rechecked,
            gates=not any(i.then == "continue" for i in body.inquorate),
            chair=chair,
            deputy=deputy,
            presiders=presiders,
            who=who,
            extra=extra,
            caps=_binding_caps(body, names),
            barred=any(i.votes is False for i in body.interests),
            barred_count=not any(i.counts_to_quorum is False for i in body.interests),
            leaves=max((self._leaves(i.withdraws) for i in interests), default=0),
            agenda=self.scenario.items.of(name),
            matters=tuple(self._matter(body, where, matter) for matter in self.matters),
        )  # fmt: skip

    def _came(
        self, body: str, where: Mapping[str, SeatRule], dates: tuple[date, ...], factor: Fraction
    ) -> tuple[tuple[Fraction, ...], ...]:
        rows = []
        for place, seat in where.items():
            usual = self.scenario.attendance.of(body, seat.name, seat.party, seat.classes) * factor
            if place in self.vacant[body]:
                usual = Fraction(0)
            months = self.scenario.months
            rows.append(tuple(min(Fraction(1), usual * months.get(day.month, 1)) for day in dates))
        return tuple(rows)

    def _standin_allowed(self, body: BodyRules, seat: SeatRule) -> bool:
        """A matter's own stand-ins and proxies are left out: they do not come to the whole meeting."""
        return any(
            s.kind != "proxy" and s.matter is None and (s.seats is None or s.seats in groups_of(seat))
            for s in body.standins
        )

    def _leaves(self, withdraws: str | None) -> int:
        interests = self.scenario.interests
        match withdraws:
            case "must":
                return ONE
            case "should":
                return threshold(interests.leaves_if_should)
            case "may":
                return threshold(interests.leaves_if_may)
            case _:
                return 0

    def _title(self, place: str, seat: SeatRule) -> str:
        party = self.rules.parties.get(seat.party or "")
        title = party.title if party else (seat.holder or seat.name.replace("-", " "))
        number = place.partition("#")[2]
        return f"{title} ({number})" if number else title

    # offices

    def _holder(self, office: str, body: BodyRules, day: date) -> int:
        """The place on a body of the holder of an office on a day; -1 for none."""
        rule = self.rules.offices.get(office)
        ahead = 0
        while rule is not None and rule.follows is not None and rule.follows in self.rules.offices:
            if ahead > len(self.rules.offices):
                return NOBODY
            rule, ahead = self.rules.offices[rule.follows], ahead + 1
        if rule is not None and rule.rotation and rule.chosen_every is not None:
            turn = _turns(rule.chosen_every, self.first, day) + ahead
            parties = rule.rotation[turn % len(rule.rotation)]
            return next((p for p in (self._place_of(x, body) for x in parties) if p >= 0), NOBODY)
        where = places(body)
        names = tuple(where)
        stated = self.scenario.offices.by_office.get(office)
        if stated is None:
            if self.scenario.offices.otherwise != "first-seat":
                return NOBODY
            may = [i for i, seat in enumerate(where.values()) if fits(self.rules, office, seat) is not False]
            return may[min(ahead, len(may) - 1)] if may else NOBODY
        home, _, seat = stated.partition(".")
        if home != body.name:
            return NOBODY
        return next((i for i, p in enumerate(names) if p == seat or p.partition("#")[0] == seat), NOBODY)

    def _place_of(self, party: str, body: BodyRules) -> int:
        """The first place of a party on a body, else of the party that it is a part of."""
        seen: set[str] = set()
        at: str | None = party
        where = places(body)
        while at is not None and at not in seen:
            seen.add(at)
            for index, (place, seat) in enumerate(where.items()):
                if seat.party == at and place not in self.vacant[body.name]:
                    return index
            rule = self.rules.parties.get(at)
            at = rule.part_of if rule else None
        return NOBODY

    def _presiding(
        self, body: BodyRules, holders: Mapping[str, Whole], dates: tuple[date, ...]
    ) -> tuple[Whole, Whole, Whole]:
        """(who, extra, presiders): see `BodyPlan`."""
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
                rows.append(
                    holders[rule.who]
                    if rule.who in holders
                    else np.array([self._holder(rule.who, body, day) for day in dates], dtype=np.int64)
                )
            who[i, j] = row_of[rule.who]
        return who, extra, np.array(rows)

    # matters

    def _kinds(self, matter: str) -> Iterator[str]:
        """The matter and the wider ones that it is a kind of."""
        seen: set[str] = set()
        at: str | None = matter
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            rule = self.rules.matters.get(at)
            at = rule.kind_of if rule else None

    def _routes(self, senders: frozenset[str], matter: str) -> list[RouteRule]:
        kinds = {"any", *self._kinds(matter)}
        return [
            r
            for r in self.rules.routes
            if r.verb == "escalates_to" and senders & set(r.who) and (not r.matters or kinds & set(r.matters))
        ]

    def _matter(self, body: BodyRules, where: Mapping[str, SeatRule], matter: str) -> MatterPlan:
        scenario, stated = self.scenario, self.rules.matters.get(matter)
        own = self._routes(frozenset({body.name}), matter)
        by_people = self._routes(PEOPLE, matter)
        settle = stated is not None and stated.settle
        decides = any(matter in d.matters for d in body.decisions) or any(
            r.verb in ("decides", "determines") and body.name in r.who and {matter} & {*r.matters, *r.whom}
            for r in self.rules.routes
        )
        ballot = scenario.votes.of(matter)
        interested = set(stated.interested) if stated else set()
        rule = self._rule(body, matter)
        silent = {rule.without, rule.carried.without if rule.carried else None} if rule else set()
        return MatterPlan(
            name=matter,
            title=stated.title if stated else ("other business" if matter == "other" else matter),
            rule=rule,
            mute=tuple(bool(silent & groups_of(seat)) for seat in where.values()),
            settle=settle,
            in_favour=threshold(ballot.in_favour),
            not_against=threshold(ballot.in_favour + ballot.abstain),
            consensus=threshold(scenario.consensus.of(matter)),
            conflicted=np.array(
                [
                    threshold(
                        scenario.interests.named
                        if interested & groups_of(seat)
                        else scenario.interests.of(matter)
                    )
                    for seat in where.values()
                ],
                dtype=np.uint32,
            ),
            steps=self._steps(own or by_people, matter, body.name),
            referred=settle and bool(by_people) and not own and not decides,
        )

    def _rule(self, body: BodyRules, matter: str) -> DecisionRule | None:
        rule = rule_for(body, matter)
        for special in rules_for(body, matter)[: -1 if rule else None]:
            cited = ", ".join(special.clauses)
            self.not_run.append(f"{body.name}: who is there does not change what carries a matter ({cited})")
        formula = rule.carried.formula if rule and rule.carried else None
        if rule and formula is not None and not _about_heads(formula):
            if not self.dates[body.name]:
                return None
            said = f"{body.name}: what asks for more than heads carries nothing ({', '.join(rule.clauses)})"
            self.not_run.append(said)
            return None
        try:
            for name in (rule.without, rule.carried.without if rule.carried else None) if rule else ():
                known_group(self.rules, body, name)
        except NotCountable:
            cited = ", ".join(rule.clauses) if rule else ""
            said = "nothing is decided where it is not known who has no vote"
            self.not_run.append(f"{body.name}: {said} ({cited})")
            return None
        return rule

    def _steps(self, routes: list[RouteRule], matter: str, start: str) -> tuple[Step, ...]:
        """The receivers in order, until one that meets in this run, or the end of the routes."""
        found: list[Step] = []
        seen = {start}
        while routes:
            route = routes[0]
            name = route.whom[0] if route.whom else "nobody"
            if name in seen or name in ("nobody", "anyone"):
                break
            seen.add(name)
            number = self.numbers[name] if self.dates.get(name) and places(self.rules.bodies[name]) else None
            receiver = self.scenario.escalation.of(name)
            powerless = route.effect in ("hears", "advises")
            body, office = self.rules.bodies.get(name), self.rules.offices.get(name)
            found.append(
                Step(
                    name=name,
                    title=body.title if body else office.title if office else name.replace("-", " "),
                    body=number,
                    settles=0 if powerless else threshold(receiver.settles),
                    first=receiver.first,
                    last=receiver.last,
                )
            )
            if number is not None:
                break
            routes = self._routes(frozenset({name}), matter)
        return tuple(found)


def _uncountable(rules: Rules, body: BodyRules) -> str:
    """Why a quorum of a body cannot be counted by heads of those who vote; empty: all can."""
    for rule in body.quorum:
        if set(rule.counts) != {"voting"}:
            return "its quorum counts others than those who vote"
        try:
            heads_of(rules, rule)
        except NotCountable:
            return "its quorum leaves out somebody of whom it is not known which seat it is"
        if not _about_heads(rule.needs):
            return "its quorum asks for more than heads"
    return ""


def _about_heads(condition: Condition) -> bool:
    none = np.zeros(1, dtype=np.int64)
    try:
        holds(condition, lambda _: none, "up")
    except NotCountable:
        return False
    return True


def _turns(every: Frequency, first: date, day: date) -> int:
    """How often an office has passed on from the first day to a day."""
    months = {"month": 1, "quarter": 3, "year": 12}
    if every.unit in months:
        passed = (day.year - first.year) * 12 + day.month - first.month - (day.day < first.day)
        return passed * every.times // (months[every.unit] * every.units)
    days = {"day": 1, "week": 7}.get(every.unit or "", 0) * every.units
    return (day - first).days * every.times // days if days else 0


def _binding_caps(body: BodyRules, names: tuple[str, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """(most votes, places) of the caps that can be exceeded."""
    where = places(body)
    found = []
    for cap in body.caps:
        under = tuple(i for i, place in enumerate(names) if where[place].party in cap.parties)
        if sum(where[names[i]].votes for i in under) > cap.at_most:
            found.append((cap.at_most, under))
    return tuple(found)


def _order(bodies: tuple[BodyPlan, ...]) -> tuple[int, ...]:
    """Bodies in the order in which they meet on one day: who passes items on comes before who receives
    them, else in the order of the file."""
    before: dict[int, set[int]] = {body.number: set() for body in bodies}
    for body in bodies:
        for matter in body.matters:
            for step in matter.steps:
                if step.body is not None and step.body != body.number:
                    before[step.body].add(body.number)
    order: list[int] = []
    while len(order) < len(bodies):
        rest = [b.number for b in bodies if b.number not in order]
        ready = [number for number in rest if before[number] <= set(order)]
        order.append((ready or rest)[0])
    return tuple(order)
