"""Pure time constraints: shortest paths and negative cycles of the difference graph.

Bellman, "On a routing problem" (1958); that a system of differences `a - b <= n` can be met iff its
graph has no negative cycle: Cormen et al., Introduction to Algorithms, section on difference
constraints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`later - earlier >= days`; events by name, the meeting being `meeting`. `label`: who says so."""

    earlier: str
    later: str
    days: int
    label: str = ""


def least_distance(constraints: Sequence[Difference], event: str, anchor: str = "meeting") -> int | None:
    """The least `anchor - event` in days, of 0 or more, that all constraints together allow.

    The longest path from the event to the anchor. None: they cannot be met with the event on or
    before its anchor.
    """
    constraints = [*constraints, Difference(event, anchor, 0)]
    if not consistent(constraints):
        return None
    longest: dict[str, int] = {event: 0}
    changed = True
    while changed:
        changed = False
        for c in constraints:
            reached = longest[c.earlier] + c.days if c.earlier in longest else None
            if reached is not None and longest.get(c.later, reached - 1) < reached:
                longest[c.later] = reached
                changed = True
    return longest[anchor]


def consistent(constraints: Sequence[Difference]) -> bool:
    """Whether all constraints can be met together."""
    at = dict.fromkeys((e for c in constraints for e in (c.earlier, c.later)), 0)
    pushed_by: dict[str, str] = {}
    for _ in range(len(at) + 1):
        moved = False
        for c in constraints:
            if at[c.earlier] + c.days > at[c.later]:
                at[c.later] = at[c.earlier] + c.days
                pushed_by[c.later] = c.earlier
                moved = True
        if not moved:
            return True
        if _goes_round(pushed_by):
            return False
    return False


def _goes_round(pushed_by: Mapping[str, str]) -> bool:
    """Whether some event was pushed on by itself, by way of others: then no day is late enough."""
    ends: set[str] = set()
    for start in pushed_by:
        path: dict[str, None] = {}
        at = start
        while at in pushed_by and at not in ends:
            if at in path:
                return True
            path[at] = None
            at = pushed_by[at]
        ends.update(path)
    return False
