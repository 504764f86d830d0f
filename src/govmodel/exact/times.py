"""Pure time constraints: shortest paths and negative cycles of the difference graph.

Bellman, "On a routing problem" (1958); that a system of differences `a - b <= n` can be met iff its
graph has no negative cycle: Cormen et al., Introduction to Algorithms, section on difference
constraints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`later - earlier >= days`; events by name, the meeting being `meeting`. `label`: who says so."""

    earlier: str
    later: str
    days: int
    label: str = ""


def least_distance(constraints: Sequence[Difference], event: str, anchor: str = "meeting") -> int | None:
    """The least `anchor - event` in days that all constraints together allow (at least 0).

    The longest path from the event to the anchor. None: the constraints cannot be met at all.
    """
    nodes = {event, anchor, *(c.earlier for c in constraints), *(c.later for c in constraints)}
    longest: dict[str, int | None] = dict.fromkeys(nodes)
    longest[event] = 0
    for _ in range(len(nodes)):
        changed = False
        for c in constraints:
            start = longest[c.earlier]
            if start is None:
                continue
            reached = longest[c.later]
            if reached is None or reached < start + c.days:
                longest[c.later] = start + c.days
                changed = True
        if not changed:
            return max(0, longest[anchor] or 0)
    return None


def consistent(constraints: Sequence[Difference]) -> bool:
    """Whether all constraints can be met together."""
    nodes = {*(c.earlier for c in constraints), *(c.later for c in constraints)}
    at: Mapping[str, int] = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes) + 1):
        moved = dict(at)
        for c in constraints:
            moved[c.later] = max(moved[c.later], moved[c.earlier] + c.days)
        if moved == at:
            return True
        at = moved
    return False
