"""Correction sets: which clauses to change so that no conflict is left."""

from __future__ import annotations

from collections.abc import Collection, Sequence

MOST_STEPS = 100_000
"""Partial sets that are looked at before the enumeration gives up."""


def clusters(conflicts: Sequence[Collection[str]]) -> tuple[tuple[int, ...], ...]:
    """The conflicts in groups that share no clause with one another: what is changed for one group leaves the
    others as they are. Each group is the places of its conflicts, in their order; so are the groups."""
    groups: list[tuple[set[str], list[int]]] = []
    for place, conflict in enumerate(conflicts):
        met = [group for group in groups if not group[0].isdisjoint(conflict)]
        clauses = set(conflict).union(*(group[0] for group in met))
        places = sorted([place, *(p for group in met for p in group[1])])
        groups = [group for group in groups if group not in met] + [(clauses, places)]
    return tuple(sorted(tuple(places) for _, places in groups))


def corrections(conflicts: Sequence[Collection[str]], most: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Minimal sets of clauses that have a clause of every conflict, and whether these are all of them.

    The correction sets of a text are the minimal hitting sets of its conflicts (Reiter, A theory of
    diagnosis from first principles, 1987), so that they are right only if `conflicts` are all there are.
    Smallest first, then in the order in which the conflicts name their clauses; `most` at most.
    """
    order = {clause: place for place, clause in enumerate(dict.fromkeys(c for s in conflicts for c in s))}
    names = tuple(order)
    sets = [frozenset(order[clause] for clause in conflict) for conflict in conflicts]
    found: list[frozenset[int]] = []
    steps = 0
    for size in range(1, len(sets) + 1):
        level: set[frozenset[int]] = set()
        open_now = [frozenset[int]()]
        while open_now:
            steps += 1
            if steps > MOST_STEPS:
                return _named(found, names), False
            chosen = open_now.pop()
            left = next((s for s in sets if s.isdisjoint(chosen)), None)
            if left is None:
                if len(chosen) == size:
                    level.add(chosen)
            elif len(chosen) < size:
                open_now.extend(chosen | {clause} for clause in left)
        for chosen in sorted(level, key=sorted):
            if any(smaller < chosen for smaller in found):
                continue
            if len(found) == most:
                return _named(found, names), False
            found.append(chosen)
    return _named(found, names), True


def _named(found: Sequence[frozenset[int]], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(names[place] for place in sorted(each)) for each in found)
