"""Findings before an edit and after it: which are the same defect, and which are worse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govmodel.dataclass import dataclass
from govmodel.model.finding import LEVELS, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """`goes`: findings from before that are none of those after. `stays`, `comes`, `worsens`: findings from
    after that were there and are no worse, that were not there, and that were there and are worse now."""

    goes: tuple[Finding, ...]
    stays: tuple[Finding, ...]
    comes: tuple[Finding, ...]
    worsens: tuple[Finding, ...]


def matched(before: Sequence[Finding], after: Sequence[Finding]) -> Matched:
    """Each finding with the one that it was, one to one: by its id, else by most of its clauses, for an edit
    may change what is cited. What is told in one finding now and was told in two is gone with neither, and
    what is told in two and was told in one is no new one."""
    kin = _kin(before, after)
    olds: dict[int, list[Finding]] = {}
    for old, new in kin:
        olds.setdefault(new, []).append(before[old])
    kept = {old for old, _ in kin}
    worse = {n for n, own in olds.items() if all(_worse(after[n], old) for old in own)}
    return Matched(
        goes=tuple(f for place, f in enumerate(before) if place not in kept),
        stays=tuple(f for place, f in enumerate(after) if place in olds and place not in worse),
        comes=tuple(f for place, f in enumerate(after) if place not in olds),
        worsens=tuple(f for place, f in enumerate(after) if place in worse),
    )


def _kin(before: Sequence[Finding], after: Sequence[Finding]) -> set[tuple[int, int]]:
    """Places of findings that belong together."""
    pairs = _each_once(
        (o, n) for o, old in enumerate(before) for n, new in enumerate(after) if old.id == new.id
    )
    same_old, same_new = {o for o, _ in pairs}, {n for _, n in pairs}
    near = [
        (o, n)
        for o, old in enumerate(before)
        for n, new in enumerate(after)
        if o not in same_old and n not in same_new and _about_one(old, new)
    ]
    near.sort(key=lambda pair: _distance(before[pair[0]], after[pair[1]]))
    paired = _each_once(near)
    took_old, took_new = {o for o, _ in paired}, {n for _, n in paired}
    parted = {
        (o, n)
        for o, n in near
        if (o not in took_old and set(before[o].clauses) <= set(after[n].clauses))
        or (n not in took_new and set(after[n].clauses) <= set(before[o].clauses))
    }
    return {*pairs, *paired, *parted}


def _each_once(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in their order, those of which no part is taken yet."""
    taken: list[tuple[int, int]] = []
    olds, news = set[int](), set[int]()
    for old, new in pairs:
        if old not in olds and new not in news:
            taken.append((old, new))
            olds.add(old)
            news.add(new)
    return taken


def _about_one(one: Finding, other: Finding) -> bool:
    same = (one.check, one.subject) == (other.check, other.subject)
    return same and not set(one.clauses).isdisjoint(other.clauses)


def _distance(old: Finding, new: Finding) -> tuple[int, int, bool, bool]:
    """The smaller, the likelier they are about one defect."""
    one, other = set(old.clauses), set(new.clauses)
    return -len(one & other), len(one ^ other), old.level != new.level, old.in_base != new.in_base


def _worse(new: Finding, old: Finding) -> bool:
    """Of a higher level, or in the base reading now, where it was not."""
    return LEVELS.index(new.level) < LEVELS.index(old.level) or (new.in_base and not old.in_base)


__all__ = ["Matched", "matched"]
