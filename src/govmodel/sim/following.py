"""A case enacted: its events happen on their days, and each norm is watched until it is plain what becomes
of it.

SimPy's clock runs from the first event to the last, and nobody looks ahead. A duty with a deadline is missed
on the evening of the last day on which it could have been kept; what never happens is known when the case is
over. So a story that the solver tells as facts without an order is held against what happens day by day.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Any, Literal, TypeAlias, assert_never

import simpy

from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import NormRule, Rules
from govmodel.model.verdict import Case
from govmodel.model.vocabulary import AFTER_MEETING, BEFORE_MEETING, TIME_AXIOMS
from govmodel.model.walk import all_amounts, conditions, numbers_of
from govmodel.semantics.cases import (
    NotDecidable,
    act_of,
    attributes,
    binding,
    conditions_of,
    duty,
    mentioned,
    offset_after,
    offset_before,
    on_date,
    prevails,
    value,
    waiver,
)
from govmodel.semantics.counting import compare
from govmodel.sim.enacting import NotEnacted

EVENING = 0.5
"""Of a day. What happens on it has happened by then."""

Fate: TypeAlias = Literal["kept", "broken", "not in force", "used", "not used"]
"""What becomes of a norm: the last two of a permission. That it has a limit, which is broken, goes first."""

Known: TypeAlias = "bool | None"
"""None: not yet."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What was so on a day: an event happened (`fate` None), or it was plain what becomes of a norm."""

    day: date
    name: str
    fate: Fate | None = None


def follow(rules: Rules, case: Case) -> tuple[Happening, ...]:
    """What happens in a case, day by day: its events, and of each norm that binds in it what becomes of it.

    Norms that speak of what the case does not have are left out.

    Raises:
        NotEnacted: the case cannot be played: events are out of order, or times are compared as amounts.
    """
    world = _World(rules, case)
    world.clock.run()
    return tuple(sorted(world.told, key=lambda h: (h.day, h.fate is not None)))


def fates(happenings: Iterable[Happening]) -> Mapping[str, Fate]:
    """By the name of each norm, what became of it."""
    return {h.name: h.fate for h in happenings if h.fate is not None}


@dataclass(slots=True)
class _World:
    rules: Rules
    case: Case
    told: list[Happening] = field(default_factory=list)
    happened: dict[str, int] = field(default_factory=dict)
    over: bool = False
    times: dict[str, int] = field(init=False)
    norms: tuple[NormRule, ...] = field(init=False)
    clock: simpy.Environment = field(init=False)
    bell: simpy.Event = field(init=False)

    def __post_init__(self) -> None:
        rules, case = self.rules, self.case
        kinds = attributes(rules.situations, case.situation)
        today = case.day.toordinal()
        self.times = {"meeting": today}
        for name, fact in case.facts.items():
            if name in kinds and kinds[name].kind == "time" and isinstance(fact, int):
                self.times[name] = today + fact
        unplaced = {name for name, kind in kinds.items() if kind.kind == "time"}
        bound = binding(rules.norms, rules.situations, case.situation, case.body)
        self.norms = tuple(n for n in bound if mentioned(n) <= case.facts.keys())
        for norm in self.norms:
            if unplaced & _amounts_of(norm):
                raise NotEnacted(f"{norm.name} compares a time with an amount")
        # Whoever plans a meeting knows its day, and when what is due before it is due; all else is known
        # when it happens.
        self.happened["meeting"] = today
        ends = [
            window[1]
            for norm in self.norms
            for part in _timed(norm)
            if (window := self._window(part)) is not None and abs(window[1]) < inf
        ]
        self.clock = simpy.Environment(initial_time=int(min([*self.times.values(), *ends])))
        self.bell = self.clock.event()
        for name, day in self.times.items():
            self.clock.process(self._event(name, day))
        for norm in self.norms:
            self.clock.process(self._watch(norm))
        self.clock.process(self._end())

    # what happens

    def _event(self, name: str, day: int) -> Generator[simpy.Event, Any, None]:
        yield self.clock.timeout(day - self.clock.now)
        if name != "meeting":
            self._in_order(name, day)
            self.happened[name] = day
        self._tell(name)
        self._ring()

    def _in_order(self, name: str, day: int) -> None:
        """Nothing happens before what it waits for; on one day everything may."""
        early, late = day < self.times["meeting"], day > self.times["meeting"]
        if (name in BEFORE_MEETING and late) or (name in AFTER_MEETING and early):
            raise NotEnacted(f"{name} cannot be on that side of the meeting")
        for first, then in TIME_AXIOMS:
            if then == name and self.times.get(first, day) > day:
                raise NotEnacted(f"{name} cannot be before {first}")

    def _end(self) -> Generator[simpy.Event, Any, None]:
        """The case is over when its last event is, and the last deadline after it."""
        last = max(self.times.values())
        yield self.clock.timeout(last - self.clock.now + EVENING)
        while (later := self._next_deadline()) < inf:
            yield self.clock.timeout(later + EVENING - self.clock.now)
        yield self.clock.timeout(1)
        self.over = True
        self._ring()

    def _ring(self) -> None:
        rung, self.bell = self.bell, self.clock.event()
        rung.succeed()

    def _tell(self, name: str, fate: Fate | None = None) -> None:
        self.told.append(Happening(date.fromordinal(int(self.clock.now)), name, fate))

    # norms

    def _watch(self, norm: NormRule) -> Generator[simpy.Event, Any, None]:
        """Follow a norm from evening to evening until it is plain what becomes of it."""
        while True:
            now = self.clock.now
            if now == int(now) and not self.over:
                yield self.clock.timeout(EVENING)
            fate = self._fate(norm)
            if fate is not None:
                self._tell(norm.name, fate)
                return
            deadline = self._next_deadline()
            waits: list[simpy.Event] = [self.bell]
            if deadline < inf:
                waits.append(self.clock.timeout(deadline + EVENING - self.clock.now))
            yield self.clock.any_of(waits)

    def _fate(self, norm: NormRule) -> Fate | None:
        kept = self._kept(norm)
        if kept is False:
            return "broken"
        force = self._force(norm)
        if norm.force == "may":
            used = _both((force, self._so(act_of(norm))))
            return None if kept is None or used is None else "used" if used else "not used"
        if force is False:
            return "not in force"
        return None if kept is None or force is None else "kept"

    def _kept(self, norm: NormRule) -> Known:
        asked = duty(norm)
        if asked is None:
            return True
        so = self._so(asked)
        return so if norm.force == "may" else _either((_not(self._force(norm)), so))

    def _force(self, norm: NormRule) -> Known:
        parts: list[Known] = []
        if norm.when is not None:
            parts.append(self._so(norm.when))
        if norm.unless is not None:
            parts.append(_not(self._so(norm.unless)))
        if norm.waived_by is not None:
            parts.append(not self.case.facts[waiver(norm)])
        if norm.breach_of:
            watched = [other for other in self.norms if other.name in norm.breach_of]
            parts.append(_not(_both([self._kept(other) for other in watched])))
        if False in parts:
            return False
        for other in self.norms:
            if prevails(other, norm) and not other.soft:
                done = self._so(act_of(other)) if other.force == "may" else True
                parts.append(_not(_both((self._force(other), done))))
        return _both(parts)

    # conditions

    def _so(self, condition: Condition) -> Known:
        """Whether a condition is so, as far as it is known now."""
        match condition:
            case All(items):
                return _both([self._so(item) for item in items])
            case AnyOf(items):
                return _either([self._so(item) for item in items])
            case Not(item):
                return _not(self._so(item))
            case Flag(attribute):
                return self.case.facts[attribute] is True
            case Is(attribute, values):
                return self.case.facts[attribute] in values
            case Comparison(left, op, right):
                try:
                    return compare(value(left, self.case), op, value(right, self.case))
                except NotDecidable as error:
                    raise NotEnacted(str(error)) from None
            case Timed() | Ordered():
                return self._in_window(condition)
            case OnDate(event, how, month, day, year):
                at = self.happened.get(event)
                if at is None:
                    return False if self.over else None
                return on_date(date.fromordinal(at), how, month, day, year)
            case _:
                assert_never(condition)

    def _in_window(self, condition: Timed | Ordered) -> Known:
        window = self._window(condition)
        if window is None:
            return False if self.over else None
        first, last = window
        at = self.happened.get(condition.event)
        if at is not None:
            return first <= at <= last
        # Not yet: it may still be tomorrow, or on any later day, if there is one that would do.
        tomorrow = int(self.clock.now) + 1
        return False if self.over or first > last or last < tomorrow else None

    def _window(self, condition: Timed | Ordered) -> tuple[float, float] | None:
        """From which day to which the event would do, seen from its anchor. None: that is not known yet."""
        anchor = self.happened.get(condition.anchor)
        if anchor is None:
            return None
        if isinstance(condition, Ordered):
            return (-inf, anchor) if condition.way == "before" else (anchor, inf)
        day, reading = date.fromordinal(anchor), self.rules.reading
        before = condition.way == "before"
        count = offset_before if before else offset_after
        distance = count(day, condition.length, self.rules.nation, reading)
        nearest, most = numbers_of(condition.op, distance)
        farthest = inf if most is None else most
        return (anchor - farthest, anchor - nearest) if before else (anchor + nearest, anchor + farthest)

    def _next_deadline(self) -> float:
        """The next day with the end of a window in which something has not happened."""
        today = int(self.clock.now)
        found = inf
        for norm in self.norms:
            for part in _timed(norm):
                if part.event not in self.happened and (window := self._window(part)) is not None:
                    found = min([found, *(day for day in window[1:] if today < day < inf)])
        return found


def _timed(norm: NormRule) -> Iterator[Timed | Ordered]:
    """The parts of a norm's conditions that are about when something happens."""
    for condition in conditions_of(norm):
        for part in conditions(condition):
            if isinstance(part, (Timed, Ordered)):
                yield part


def _amounts_of(norm: NormRule) -> set[str]:
    """The attributes that a norm compares as amounts."""
    parts = (amount for condition in conditions_of(norm) for amount in all_amounts(condition))
    return {amount.name for amount in parts if isinstance(amount, Attribute)}


def _not(one: Known) -> Known:
    return None if one is None else not one


def _both(parts: Iterable[Known]) -> Known:
    """All of them. What one already denies need not wait for the others."""
    known = list(parts)
    return False if False in known else None if None in known else True


def _either(parts: Iterable[Known]) -> Known:
    return _not(_both([_not(part) for part in parts]))
