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
