"""Calendars of meetings: whether one keeps every clause, and whether an answer in time is possible or sure.

What clauses say of a calendar are bounds on how many meetings lie in every period: differences of the number
of meetings held so far, so that some calendar keeps them all iff the graph of these differences has no
negative cycle (see `times`). Periods begin with a calendar year. A calendar has 24 months, or 104 weeks, and
is repeated for ever.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, combinations, pairwise

from govmodel.dataclass import dataclass
from govmodel.exact.times import Difference, consistent
from govmodel.model.expressions import Frequency
from govmodel.model.vocabulary import DAYS_IN, MONTHS_IN

MONTHS, WEEKS = 24, 104
TRIES = 8
"""Numbers of meetings that are tried for one calendar, where the rules leave it open."""


@dataclass(frozen=True, slots=True)
class Often:
    """In every period of so many `unit`s, at least `least` and at most `most` meetings (None: any number).
    `label`: who says so."""

    units: int
    unit: str
    least: int = 0
    most: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """What is to be answered by a meeting no earlier than `ready` and no later than `due`, in days from the
    start of the calendar."""

    ready: int
    due: int


def often(frequency: Frequency, label: str = "", *, exactly: bool) -> Often | None:
    """What a frequency says of a calendar: so many in each period, or at least so many; None for one that
    fixes no number (as needed, once, at meetings of others) or periods that no calendar has (terms)."""
    if not frequency.times or frequency.unit not in (*MONTHS_IN, *DAYS_IN) or frequency.at is not None:
        return None
    most = frequency.times if exactly else None
    return Often(frequency.units, frequency.unit, frequency.times, most, label)


def start_of(day: date) -> date:
    """The day on which the periods of a calendar begin."""
    return date(day.year, 1, 1)


def periods(rule: Often, first: date, rounds: int = 1) -> tuple[date, ...] | None:
    """Where the periods of a rule begin in so many rounds of the calendar that starts on a day, and the end
    of the last; None where they do not fill it evenly."""
    if rule.unit in MONTHS_IN:
        months = MONTHS_IN[rule.unit] * rule.units
        if MONTHS % months:
            return None
        return tuple(_later(first, n) for n in range(0, MONTHS * rounds + 1, months))
    days = DAYS_IN[rule.unit] * rule.units
    if WEEKS * 7 % days:
        return None
    return tuple(first + timedelta(days=n) for n in range(0, WEEKS * 7 * rounds + 1, days))


def _later(first: date, months: int) -> date:
    index = first.month - 1 + months
    return date(first.year + index // 12, index % 12 + 1, 1)


def _cuts(rules: Sequence[Often], first: date, rounds: int = 1) -> list[list[int]] | None:
    """The same of several rules, in days from the start; None where they do not all end on one day."""
    found = []
    for rule in rules:
        cut = periods(rule, first, rounds)
        if cut is None:
            return None
        found.append([(day - first).days for day in cut])
    return found if len({cut[-1] for cut in found}) <= 1 else None


# whether a calendar keeps them all


def differences(rules: Sequence[Often], first: date) -> tuple[Difference, ...] | None:
    """The rules as differences of the number of meetings before a day, one meeting a day at most; None where
    their periods do not fill one calendar."""
    cuts = _cuts(rules, first)
    if cuts is None:
        return None
    found = []
    for one, later in pairwise(sorted({day for cut in cuts for day in cut})):
        found.append(Difference(f"d{one}", f"d{later}", 0))
        found.append(Difference(f"d{later}", f"d{one}", one - later))
    for rule, cut in zip(rules, cuts, strict=True):
        for one, later in pairwise(cut):
            if rule.least:
                found.append(Difference(f"d{one}", f"d{later}", rule.least, rule.label))
            if rule.most is not None:
                found.append(Difference(f"d{later}", f"d{one}", -rule.most, rule.label))
    return tuple(found)


def clashes(rules: Sequence[Often], first: date) -> Iterator[tuple[Often, ...]]:
    """Sets of rules that no calendar keeps, and every smaller one is kept by some: all pairs; where there is
    no pair, one larger set."""
    pairs = [pair for pair in combinations(rules, 2) if impossible(pair, first)]
    yield from pairs
    if not pairs and impossible(rules, first):
        left = list(rules)
        for rule in rules:
            rest = [r for r in left if r is not rule]
            if impossible(rest, first):
                left = rest
        yield tuple(left)


def impossible(rules: Sequence[Often], first: date) -> bool:
    """Whether no calendar keeps these rules. False too where their periods do not fill one calendar."""
    found = differences(rules, first)
    return found is not None and not consistent(found)


# whether an answer in time is possible, and whether it is sure


def meetable(rules: Sequence[Often], first: date, waits: Sequence[Wait]) -> bool | None:
    """Whether some calendar that keeps the rules serves all these waits, in every round; None where the
    periods of the rules do not fill one calendar."""
    cuts = _cuts(rules, first)
    if cuts is None or not cuts:
        return None
    if any(wait.due < wait.ready for wait in waits):
        return False
    return _calendar(rules, cuts, [(w.ready, w.due + 1, 1) for w in waits], few=False) is not None


def may_be_late(rules: Sequence[Often], first: date, waits: Sequence[Wait]) -> tuple[Wait, ...] | None:
    """Those waits for each of which some calendar that keeps the rules has no meeting from `ready` to `due`:
    enough days of every period lie outside. None where the periods do not fill one calendar."""
    cuts = _cuts(rules, first, rounds=3)
    if cuts is None:
        return None
    spans = [
        (one, later, rule.least)
        for rule, cut in zip(rules, cuts, strict=True)
        for one, later in pairwise(cut)
        if rule.least
    ]

    def left_out(wait: Wait) -> bool:
        for one, later, least in spans:
            inside = min(later - 1, wait.due) - max(one, wait.ready) + 1
            if inside > 0 and later - one - inside < least:
                return False
        return True

    empty = any(later - one < least for one, later, least in spans)
    return tuple(wait for wait in waits if wait.due < wait.ready or (not empty and left_out(wait)))


def calendar_without(
    rules: Sequence[Often], first: date, wait: Wait, working: Sequence[bool]
) -> tuple[int, ...] | None:
    """The days of a calendar that keeps the rules, on working days only, without a meeting from `ready` to
    `due`; None where there is none."""
    cuts = _cuts(rules, first)
    if cuts is None:
        return None
    closed = [(day + 1, day, 0) for day in range(cuts[0][-1]) if not working[day]]
    return _calendar(rules, cuts, [*closed, (wait.due + 1, wait.ready, 0)], few=True)


def _calendar(
    rules: Sequence[Often],
    cuts: Sequence[Sequence[int]],
    more: Sequence[tuple[int, int, int]],
    *,
    few: bool,
) -> tuple[int, ...] | None:
    """The days of a repeated calendar that keeps the rules and some more (from, to, number): at least so many
    more meetings before the second day than before the first. `few`: as few meetings as can be, else as many.
    None where there is none."""
    length = cuts[0][-1]
    edges = [edge for day in range(length) for edge in ((day, day + 1, 0), (day + 1, day, -1))]
    for rule, cut in zip(rules, cuts, strict=True):
        for one, later in pairwise(cut):
            edges.append((one, later, rule.least))
            if rule.most is not None:
                edges.append((later, one, -rule.most))
    edges.extend(more)
    needed = max(r.least * (len(c) - 1) for r, c in zip(rules, cuts, strict=True))
    bounds = [r.most * (len(c) - 1) for r, c in zip(rules, cuts, strict=True) if r.most is not None]
    most = min([length, *bounds])
    # With fewer meetings a gap is easier to leave, with more it is easier to serve everything.
    every = range(needed, most + 1)
    totals = every[: TRIES + 1] if few else every[: -TRIES - 2 : -1]
    for total in totals:
        days = _solved(edges, length, total)
        if days is not None:
            return days
    return None


def _solved(edges: Sequence[tuple[int, int, int]], length: int, total: int) -> tuple[int, ...] | None:
    """The days on which the number of meetings grows, where numbers with all these differences can be, with
    so many meetings in each round: the least such numbers, found as by Bellman and Ford. They start from
    nought and never fall, so that they do not come to more than there are in a round."""
    after: list[list[tuple[int, int]]] = [[] for _ in range(length)]
    for one, two, number in edges:
        after[one % length].append((two % length, number - (two // length - one // length) * total))
    at = [0] * length
    waiting, waits = deque(range(length)), [True] * length
    while waiting:
        day = waiting.popleft()
        waits[day] = False
        for other, number in after[day]:
            least = at[day] + number
            if least > at[other]:
                if least > total:
                    return None
                at[other] = least
                if not waits[other]:
                    waiting.append(other)
                    waits[other] = True
    at.append(at[0] + total)
    return tuple(day for day in range(length) if at[day + 1] > at[day])


def most_in_time(total: int, waits: Sequence[Wait]) -> int:
    """At most so many of these waits are served by so many meetings: none serves more than the best day."""
    change = [0] * (max((w.due for w in waits), default=0) + 2)
    for wait in waits:
        if wait.due >= wait.ready:
            change[wait.ready] += 1
            change[wait.due + 1] -= 1
    return min(len(waits), max(accumulate(change)) * total)


def fewest_meetings(waits: Sequence[Wait]) -> int | None:
    """The fewest meetings that serve all of these, each as late as the most pressing allows; None where one
    cannot be served at all."""
    if any(wait.due < wait.ready for wait in waits):
        return None
    number, last = 0, -1
    for wait in sorted(waits, key=lambda w: w.due):
        if wait.ready > last:
            number, last = number + 1, wait.due
    return number


def longest_gap(waits: Sequence[Wait]) -> int | None:
    """The most days from one meeting to the next with which every wait is surely served; None where no
    number is small enough."""
    gap = min((wait.due - wait.ready for wait in waits), default=None)
    return None if gap is None or gap < 0 else gap + 1
