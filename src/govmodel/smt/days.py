"""Lengths of time and dates in a case, as SMT-LIB text over a year of start days.

From the day of the case (`meeting`) a length comes to a number of days that is fixed by the start day: it
is counted outside the solver, and start days that agree in all of them are one *shape*, `S` its number. From
any other event the number depends on where that event lies: `R` says what it comes to from a day, made of
the weekdays and what bank holidays and months change. Then each start day is a shape of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache, partial

from govmodel.calendar import days_before, days_within, is_working_day
from govmodel.dataclass import dataclass
from govmodel.model.expressions import Length, OnDate, Timed
from govmodel.semantics.cases import offset_after, offset_before, on_date
from govmodel.semantics.counting import compare
from govmodel.smt.operators import integer, some

YEAR = 365
MOST_DAYS = 60
"""Working days that are counted exactly (semantics, section 9)."""
MOST_YEARS = 2
"""Lengths in calendar time that are placed: 24 months."""
_REACH = 120
"""Calendar days that are known beyond the window: what MOST_DAYS working days come to, and more."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Start days on which every length of time in the case comes to the same number of days.

    `days[i]`: what the i-th length comes to from the day of the case, as (counted one-end, counted clear).
    """

    first: date
    share: int
    days: tuple[tuple[int, int], ...]


class Days:
    """The calendar of one kind of case, over so many start days. `clear`: the literal for days counted with
    neither end."""

    def __init__(
        self,
        parts: Iterable[Timed | OnDate],
        first: date,
        nation: str,
        window: int,
        clear: str,
        starts: int = YEAR,
    ) -> None:
        self.first = first
        self.starts = starts
        self.nation = nation
        self.window = window
        self.clear = clear
        self.lengths: dict[tuple[Length, str], int] = {}
        self.tables: dict[tuple[Length, str], int] = {}
        self.counts = self.by_day = False
        for part in parts:
            if isinstance(part, OnDate):
                self.by_day = True
                continue
            self.counts = self.counts or part.length.unit not in ("hour", "minute")
            if not moves(part):
                self.lengths.setdefault((part.length, part.way), len(self.lengths))
                continue
            self.by_day = True
            self.tables.setdefault((part.length, part.way), len(self.tables))
        self.shapes = _shapes(tuple(self.lengths), first, starts, nation, self.by_day)

    def position(self, part: Timed) -> int | None:
        """Which of the lengths of a shape this one is; None for one that is counted elsewhere."""
        return None if moves(part) else self.lengths[part.length, part.way]

    @property
    def ordinary(self) -> tuple[int, ...]:
        """The shapes, those first in which stories are best set."""
        numbers = range(len(self.shapes))
        firsts = [shape.first for shape in self.shapes]
        return tuple(sorted(numbers, key=lambda n: (_oddness(firsts[n], self.nation), firsts[n])))

    def at_work(self, number: int) -> bool:
        """Whether the day on which a shape's story is set is a working day."""
        return is_working_day(self.shapes[number].first, self.nation)

    # text

    def declarations(self) -> Iterator[str]:
        """`S`, the shape; `L…`, what each length comes to from the day of the case; `R…`, from any day."""
        yield f"(declare-const S Int)(assert (and (<= 0 S) (< S {len(self.shapes)})))"
        yield from (f"(declare-const L{i} Int)" for i in range(len(self.lengths)))
        yield from self._functions

    @cached_property
    def _functions(self) -> tuple[str, ...]:
        """Written once for all questions about such cases."""
        return tuple(
            self._table(f"R{number}", partial(self._reach, length, way))
            for (length, way), number in self.tables.items()
        )

    def meanings(self) -> Iterator[str]:
        """What each start day makes of them. The literal for clear days is declared by then."""
        for number, shape in enumerate(self.shapes):
            for i, (one_end, both) in enumerate(shape.days):
                days = f"{one_end}" if one_end == both else f"(ite |{self.clear}| {both} {one_end})"
                yield f"(assert (=> (= S {number}) (= L{i} {days})))"

    def timed(self, part: Timed, event: str, anchor: str) -> str:
        """An event at a distance from its anchor, on its side, given the days of both as terms."""
        distance = f"(- {anchor} {event})" if part.way == "before" else f"(- {event} {anchor})"
        if not moves(part):
            far = f"({part.op} {distance} L{self.lengths[part.length, part.way]})"
        elif (at := _number(event)) is not None and (start := _number(anchor)) is not None:
            return self._on_start_days(part, at, start)
        else:
            table = self.tables[part.length, part.way]
            beyond = "1" if part.length.counting == "clear-working" else "0"
            clear = f"(ite |{self.clear}| 1 {beyond})"
            far = f"({part.op} {distance} (+ (R{table} (+ S {anchor})) {clear}))"
        return f"(and (>= {distance} 0) {far})"

    def _on_start_days(self, part: Timed, event: int, anchor: int) -> str:
        """The same where both are known: on which start days it is so."""
        distance = Fraction(anchor - event if part.way == "before" else event - anchor)
        if distance < 0:
            return "false"
        ways = []
        for option in (0, 1):

            def far(number: int, option: int = option) -> bool:
                day = self.first + timedelta(days=number + anchor)
                return compare(
                    distance, part.op, Fraction(_both_ways(day, part.length, part.way, self.nation)[option])
                )

            ways.append(_among("S", _spans(range(self.starts), far)))
        return ways[0] if ways[0] == ways[1] else f"(ite |{self.clear}| {ways[1]} {ways[0]})"

    def on_date(self, part: OnDate, event: str) -> str:
        """Whether an event lies on such a date, given its day."""

        def there(number: int) -> bool:
            return on_date(self.first + timedelta(days=number), part.how, part.month, part.day, part.year)

        return _among(f"(+ S {event})", _spans(self._window(), there))

    # the calendar of the window

    def _window(self) -> range:
        return range(-2 * self.window - _REACH, self.starts + 2 * self.window + _REACH)

    def _reach(self, length: Length, way: str, day: date) -> int:
        count = days_before if way == "before" else days_within
        return count(day, length, self.nation)

    def _table(self, name: str, value: Callable[[date], int]) -> str:
        """A function from days to numbers that mostly hang on the weekday: those, and the exceptions."""
        window = self._window()
        monday = window.start - (self.first + timedelta(days=window.start)).weekday()
        found = {n: value(self.first + timedelta(days=n)) for n in window}
        usual = [
            Counter(found[n] for n in found if (n - monday) % 7 == d).most_common(1)[0][0] for d in range(7)
        ]
        week = str(usual[6])
        for d in range(5, -1, -1):
            if usual[d] != usual[d + 1]:
                week = f"(ite (<= (mod y 7) {d}) {usual[d]} {week})"
        steps: list[tuple[int, int | None]] = [(window.start, None)]
        for n in window:
            odd = found[n] if found[n] != usual[(n - monday) % 7] else None
            if odd != steps[-1][1]:
                steps.append((n, odd))

        def tree(low: int, high: int) -> str:
            if high - low == 1:
                odd = steps[low][1]
                return "u" if odd is None else str(odd)
            middle = (low + high) // 2
            return f"(ite (< x {integer(steps[middle][0])}) {tree(low, middle)} {tree(middle, high)})"

        whole = f"(let ((u {week})) {tree(0, len(steps))})"
        return f"(define-fun {name} ((x Int)) Int (let ((y (- x {integer(monday)}))) {whole}))"


def moves(part: Timed) -> bool:
    """Whether a length comes to different numbers of days as its anchor moves about."""
    return part.anchor != "meeting" and _varies(part.length)


def _varies(length: Length) -> bool:
    """Whether a length comes to different numbers of days from one day and another."""
    fixed = length.unit in ("hour", "minute", "week") or (
        length.counting in ("calendar", "clear") and length.unit == "day"
    )
    return not fixed and length.number > 0


def not_placed(part: Timed | OnDate) -> str:
    """Why a length cannot be placed in a case; empty where it can."""
    if isinstance(part, OnDate):
        return ""
    if part.length.counting != "calendar" and part.length.number > MOST_DAYS:
        return f"more than {MOST_DAYS} working days are not counted exactly"
    if _years(part.length) > MOST_YEARS:
        return "more than 24 months are not placed"
    return ""


def _years(length: Length) -> float:
    """About how many years a length is."""
    in_year = {"minute": 525_600, "hour": 8_766, "day": 365, "week": 52, "month": 12, "quarter": 4}
    return length.number / in_year.get(length.unit, 1)


@lru_cache(maxsize=1_000)
def _shapes(
    lengths: tuple[tuple[Length, str], ...], first: date, starts: int, nation: str, by_day: bool
) -> tuple[Shape, ...]:
    found: dict[tuple[object, ...], list[date]] = {}
    for number in range(starts):
        day = first + timedelta(days=number)
        row = tuple(
            _both_ways(day if _varies(length) else first, length, way, nation) for length, way in lengths
        )
        found.setdefault((row, number if by_day else 0), []).append(day)
    shapes = [Shape(_told(days, nation), len(days), key[0]) for key, days in found.items()]  # type: ignore[arg-type]
    if by_day:
        return tuple(shapes)
    return tuple(sorted(shapes, key=lambda s: (_oddness(s.first, nation), s.first)))


@lru_cache(maxsize=20_000)
def _both_ways(day: date, length: Length, way: str, nation: str) -> tuple[int, int]:
    """What a length comes to from a day, as days are counted one-end and clear."""
    count = offset_before if way == "before" else offset_after
    one_end, clear = (count(day, length, nation, {"day-count": o}) for o in ("one-end", "clear"))
    return one_end, clear


def _oddness(day: date, nation: str) -> int:
    """0: a Thursday or Friday at work, so that what leads up to it lies on working days; 2: a free day."""
    if not is_working_day(day, nation):
        return 2
    return 0 if day.weekday() >= 3 else 1


def _told(days: list[date], nation: str) -> date:
    """The day on which a story is set: the most ordinary, then the first."""
    return min(days, key=lambda day: (_oddness(day, nation), day))


def _spans(numbers: range, holds: Callable[[int], bool]) -> tuple[tuple[int, int], ...]:
    """The stretches of numbers for which something holds, each with its first and last."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if not holds(number):
            continue
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _among(term: str, spans: Iterable[tuple[int, int]]) -> str:
    return some(f"(<= {integer(low)} {term} {integer(high)})" for low, high in spans)


_NUMBER = re.compile(r"\(- (\d+)\)|(\d+)")


def _number(term: str) -> int | None:
    """The number that a term is, if it is one."""
    found = _NUMBER.fullmatch(term)
    return None if found is None else int(found.group(2) or -int(found.group(1)))
