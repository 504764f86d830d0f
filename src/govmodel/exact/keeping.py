"""Duties that can all be kept at once, whatever is so: by writing down one way to keep them.

A set of conditions is gone through once: flags are on or off, an attribute of several values takes one that
is allowed, an amount lies between bounds, events happen or do not, and distances between events are a system
of differences (Cormen et al., Introduction to Algorithms), in which a length of time counts as the most, or
the least, that it can come to on any day. What is found holds on every day and however days are counted; what
is not found is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import assert_never

from govmodel.dataclass import dataclass, replace
from govmodel.exact.times import Difference, consistent
from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.vocabulary import AFTER_MEETING, BEFORE_MEETING, AttributeType
from govmodel.model.walk import names_in
from govmodel.semantics.cases import MOST, WINDOW, time_axioms

MOST_TRIED = 200
"""Alternatives gone through at most."""


@dataclass(frozen=True, slots=True)
class _World:
    """What was decided so far: flags; values still allowed; bounds of amounts; whether events happen; how far
    they lie apart."""

    flags: Mapping[str, bool] = field(default_factory=dict)
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    amounts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    happens: Mapping[str, bool] = field(default_factory=dict)
    apart: tuple[Difference, ...] = ()


def together(
    conditions: Iterable[Condition],
    kinds: Mapping[str, AttributeType],
    given: Collection[str] = (),
    window: int = WINDOW,
) -> bool:
    """Whether one choice makes all these conditions so, on every day, however days are counted, and
    whatever the attributes `given` are.

    `kinds`: the attributes of the case by full name; a name that is none of them is a flag. `window`: how
    many days from that of the case events lie at most. False: not known.
    """
    search = _Search(kinds, frozenset(given), window)
    return any(search.in_time(world) for world in search.worlds(tuple(conditions), _World()))


class _Search:
    def __init__(self, kinds: Mapping[str, AttributeType], given: frozenset[str], window: int) -> None:
        self.kinds, self.given, self.window = kinds, given, window
        self.left = MOST_TRIED

    def worlds(self, conditions: Sequence[Condition], world: _World) -> Iterator[_World]:
        """The ways to make all conditions so that are found by taking each condition by itself."""
        if not conditions:
            yield world
            return
        first, rest = conditions[0], conditions[1:]
        match first:
            case All(items):
                yield from self.worlds((*items, *rest), world)
            case AnyOf(items):
                for item in items:
                    self.left -= 1
                    if self.left < 0:
                        return
                    yield from self.worlds((item, *rest), world)
            case Not(Not(item)):
                yield from self.worlds((item, *rest), world)
            case Not(All(items)):
                yield from self.worlds((AnyOf(tuple(Not(i) for i in items)), *rest), world)
            case Not(AnyOf(items)):
                yield from self.worlds((*(Not(i) for i in items), *rest), world)
            case _:
                then = None if names_in(first) & self.given else self._with(first, world)
                if then is not None:
                    yield from self.worlds(rest, then)

    def _kind(self, name: str) -> str:
        return self.kinds[name].kind if name in self.kinds else "yes-no"

    def _with(self, condition: Condition, world: _World) -> _World | None:
        """The world in which a single condition is so too; None: it is not, or that is not known."""
        so = not isinstance(condition, Not)
        plain = condition.item if isinstance(condition, Not) else condition
        match plain:
            case Flag(attribute):
                if self._kind(attribute) != "yes-no" or world.flags.get(attribute, so) is not so:
                    return None
                return replace(world, flags={**world.flags, attribute: so})
            case Is(attribute, values):
                if self._kind(attribute) != "one-of":
                    return None
                every = frozenset((*self.kinds[attribute].values, "other"))
                own = frozenset(values) if so else every - frozenset(values)
                left = world.values.get(attribute, every) & own
                return replace(world, values={**world.values, attribute: left}) if left else None
            case Comparison(Attribute(name), op, Number(number)) if number.denominator == 1:
                at = int(number)
                bounds = {
                    ">=": (at, MOST),
                    ">": (at + 1, MOST),
                    "<=": (0, at),
                    "<": (0, at - 1),
                    "=": (at, at),
                }
                opposite = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
                if self._kind(name) != "amount" or (not so and op not in opposite):
                    return None
                low, high = bounds[op if so else opposite[op]]
                known = world.amounts.get(name, (0, MOST))
                both = max(low, known[0]), min(high, known[1])
                return replace(world, amounts={**world.amounts, name: both}) if both[0] <= both[1] else None
            case Timed(event=event, anchor=anchor) | Ordered(event=event, anchor=anchor):
                if not so:
                    return _happening(world, event, False)
                there = _happening(world, event, True)
                there = there if there is None or anchor == "meeting" else _happening(there, anchor, True)
                far = _far(plain)
                return None if there is None or far is None else replace(there, apart=(*there.apart, *far))
            case OnDate(event=event):
                return None if so else _happening(world, event, False)
            case Comparison() | All() | AnyOf() | Not():
                return None
            case _:
                assert_never(plain)

    def in_time(self, world: _World) -> bool:
        """Whether the events that happen can lie within the window, in the order of time, so far apart."""
        events = {event for event, so in world.happens.items() if so}
        if any(self._kind(event) != "time" for event in events):
            return False
        axioms = time_axioms(self.kinds)
        if any({a, b} & events and {a, b} & self.given for a, b in axioms):
            return False
        graph = [*world.apart, *(Difference(a, b, 0) for a, b in axioms if {a, b} <= events)]
        for event in events:
            first = 0 if event in AFTER_MEETING else -self.window
            last = 0 if event in BEFORE_MEETING else self.window
            graph += [Difference("meeting", event, first), Difference(event, "meeting", -last)]
        return consistent(graph)


def _happening(world: _World, event: str, so: bool) -> _World | None:
    if event == "meeting":
        return world if so else None
    if world.happens.get(event, so) is not so:
        return None
    return replace(world, happens={**world.happens, event: so})


def _far(part: Timed | Ordered) -> tuple[Difference, ...] | None:
    """How far an event lies from its anchor at least, as differences; None: not known."""
    before = part.way == "before"
    first, second = (part.event, part.anchor) if before else (part.anchor, part.event)
    sides = (Difference(first, second, 0),)
    if isinstance(part, Ordered):
        return sides
    least, most = _comes_to(part.length)
    match part.op:
        case ">=":
            return (Difference(first, second, most),)
        case ">":
            return (Difference(first, second, most + 1),)
        case "<=":
            return (*sides, Difference(second, first, -least))
        case "<":
            return (*sides, Difference(second, first, 1 - least))
        case _:
            return None


def _comes_to(length: Length) -> tuple[int, int]:
    """The fewest and the most days that a length can come to on any day: of seven days one is worked at
    least, and to count neither end adds a day."""
    n = length.number
    match length.unit:
        case "minute":
            return n // 1_440, -(-n // 1_440)
        case "hour":
            return n // 24, -(-n // 24)
        case "day" if length.counting in ("working", "clear-working"):
            return n, 7 * (n + 2)
        case "day":
            return n, n + 2
        case "week":
            return 7 * n, 7 * n + 2
        case "month":
            return 28 * n, 31 * n + 2
        case "quarter":
            return 89 * n, 92 * n + 2
        case "year":
            return 365 * n, 366 * n + 2
        case "term":
            return 0, 2 * WINDOW + 1
        case _:
            assert_never(length.unit)


__all__ = ["together"]
