"""Correction sets against trying every set of clauses."""

from __future__ import annotations

import random
from itertools import combinations

from govmodel.exact.corrections import clusters, corrections


def _tried(conflicts: list[frozenset[str]]) -> list[tuple[str, ...]]:
    names = list(dict.fromkeys(c for s in conflicts for c in sorted(s)))
    found: list[frozenset[str]] = []
    for size in range(1, len(names) + 1):
        for each in combinations(names, size):
            chosen = frozenset(each)
            if all(chosen & s for s in conflicts) and not any(f < chosen for f in found):
                found.append(chosen)
    return [tuple(n for n in names if n in f) for f in found]


def test_they_are_all_minimal_sets_smallest_first() -> None:
    dice = random.Random(1)
    for _ in range(500):
        names = [str(n) for n in range(dice.randint(1, 7))]
        conflicts = [
            frozenset(dice.sample(names, dice.randint(1, min(3, len(names)))))
            for _ in range(dice.randint(1, 6))
        ]
        found, whole = corrections([sorted(c) for c in conflicts], most=1000)
        assert whole
        assert list(found) == _tried(conflicts)


def test_a_limit_is_said() -> None:
    pairs = [(f"{n}a", f"{n}b") for n in range(6)]
    found, whole = corrections(pairs, most=5)
    assert len(found) == 5
    assert not whole
    assert found[0] == tuple(f"{n}a" for n in range(6))


def test_work_without_end_is_cut() -> None:
    found, whole = corrections([(f"{n}a", f"{n}b", f"{n}c") for n in range(30)], most=5)
    assert (found, whole) == ((), False)


def test_what_shares_no_clause_is_apart() -> None:
    assert clusters([("1", "2"), ("3", "4"), ("2", "5"), ("6",), ("4", "5")]) == ((0, 1, 2, 4), (3,))


def test_no_conflict_needs_no_change() -> None:
    assert corrections([], most=5) == ((), True)
