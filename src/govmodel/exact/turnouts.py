"""The quorate attendances of a body by what matters for a vote.

In closed form where the quorums come to ranges and the votes to casts; else by enumeration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from govmodel.dataclass import dataclass
from govmodel.exact.casting import Casting, casting, groups
from govmodel.exact.heads import Heads, gathered, heads
from govmodel.exact.quorums import applies, attendances, compiled, up_to
from govmodel.exact.votes import ALL, Voices, counted
from govmodel.model.expressions import Condition
from govmodel.model.rules import Rules
from govmodel.semantics.cells import Electorate, one_each

Kind: TypeAlias = tuple[int, int, bool]
"""So many votes can be cast, so many could be if all present had one whom the share is of, and somebody is
there who may be chair and votes."""


@dataclass(frozen=True, slots=True)
class Turnouts:
    """The quorate attendances by what matters for a vote: for each kind there is how many are there at
    least (`sizes`), and the smallest such attendance, with the most of the first cells."""

    sizes: Mapping[Kind, int]
    smallest: Callable[[Kind], tuple[int, ...]]


def turnouts(
    rules: Rules,
    electorate: Electorate,
    limit: Sequence[int] | None = None,
    say: Voices = ALL,
    case: Condition | None = None,
    ranges: Heads | None = None,
    *,
    chairs: bool = True,
) -> Turnouts | None:
    """The kinds of quorate attendances (within `limit`) in a case. None: not computed. Without `chairs` it
    does not matter who may be chair, and no kind says so."""
    limit = tuple(electorate.full if limit is None else limit)
    ranges = ranges or heads(rules, electorate)
    if ranges is not None and say.mute == say.out and case is None:
        one_each(electorate)
        if not say.mute and not electorate.caps and all(c.seat.role == "voting" for c in electorate.cells):
            return _in_ranges(ranges, electorate.chairs if chairs else (), limit)
        cells = enumerate(electorate.cells)
        weights = [0 if i in say.mute else cell.votes for i, cell in cells]
        caps = groups([cell.caps for cell in electorate.cells], electorate.caps)
        casts = casting(ranges, caps, weights, limit)
        if casts is not None:
            return _in_casts(casts, [i for i in electorate.chairs if chairs and i not in say.mute])
    return enumerated(rules, electorate, limit, say, case, ranges, chairs=chairs)


def enumerated(
    rules: Rules,
    electorate: Electorate,
    limit: Sequence[int],
    say: Voices = ALL,
    case: Condition | None = None,
    ranges: Heads | None = None,
    *,
    chairs: bool = True,
) -> Turnouts | None:
    """The turnouts by looking at each attendance. None: too many."""
    one_each(electorate)
    may = [i for i in electorate.chairs if chairs and i not in say.mute]
    if ranges is not None and case is None:
        return _by_kinds(electorate, limit, say, ranges, may)
    vectors = attendances(electorate, limit)
    if vectors is None:
        return None
    found: dict[Kind, tuple[int, ...]] = {}
    enough = compiled(rules, electorate) if ranges is None else ranges.holds
    votes, there_is = counted(electorate), applies(rules, electorate, case)
    for present in vectors:
        if enough(present) and there_is(present):
            cast = votes(electorate.less(present, say.mute))
            there = votes(electorate.less(present, say.out)) if say.mute != say.out else cast
            found.setdefault((cast, there, any(present[i] for i in may)), present)
    return Turnouts({kind: sum(present) for kind, present in found.items()}, found.__getitem__)


def _by_kinds(
    electorate: Electorate, limit: Sequence[int], say: Voices, ranges: Heads, may: Sequence[int]
) -> Turnouts | None:
    """The same with cells that neither the quorum nor the vote tells apart as one."""
    labels = [
        (cell.votes, cell.caps, i in may, i in say.mute, i in say.out)
        for i, cell in enumerate(electorate.cells)
    ]
    kinds = ranges.kinds(labels)
    first = [kinds.index(kind) for kind in range(max(kinds, default=-1) + 1)]
    one, top = electorate.merged(kinds), gathered(limit, kinds)
    vectors = up_to(top)
    if vectors is None:
        return None
    enough, votes = ranges.merged(kinds).holds, counted(one)
    mute, out = ([n for n, i in enumerate(first) if i in those] for those in (say.mute, say.out))
    chair = [n for n, i in enumerate(first) if i in may]
    found: dict[Kind, list[tuple[int, ...]]] = {}
    sizes: dict[Kind, int] = {}
    for present in vectors:
        if enough(present):
            cast = votes(one.less(present, mute))
            there = votes(one.less(present, out)) if mute != out else cast
            kind = cast, there, any(present[i] for i in chair)
            if sizes.setdefault(kind, size := sum(present)) == size:
                found.setdefault(kind, []).append(present)

    def smallest(kind: Kind) -> tuple[int, ...]:
        return max(_filled(present, kinds, limit) for present in found[kind])

    return Turnouts(sizes, smallest)


def _filled(present: Sequence[int], kinds: Sequence[int], limit: Sequence[int]) -> tuple[int, ...]:
    """So many of each kind, the most of the first cells."""
    left = list(present)
    cells = []
    for kind, most in zip(kinds, limit, strict=True):
        cells.append(min(left[kind], most))
        left[kind] -= cells[-1]
    return tuple(cells)


def _in_ranges(ranges: Heads, chairs: Sequence[int], limit: Sequence[int]) -> Turnouts:
    """The same where everybody has one vote: an attendance has as many votes as heads."""
    nobody = [0] * len(limit)
    without = [0 if i in chairs else n for i, n in enumerate(limit)]
    one = [[int(i == chair) for i, _ in enumerate(limit)] for chair in chairs]
    kinds = [(total, total, False) for total in ranges.totals(without, nobody)]
    with_one = set().union(*(ranges.totals(limit, least) for least in one))
    kinds += [(total, total, True) for total in with_one]

    def smallest(kind: Kind) -> tuple[int, ...]:
        total, _, chair = kind
        if not chair:
            found = ranges.gathering(total, without, nobody)
        else:
            found = ranges.gathering(total, limit, nobody)
            if found is None or not any(found[i] for i in chairs):
                each = (ranges.gathering(total, limit, least) for least in one)
                found = max((v for v in each if v is not None), default=None)
        if found is None:
            raise KeyError(kind)
        return found

    return Turnouts({kind: kind[0] for kind in kinds}, smallest)


def _in_casts(casts: Casting, chairs: Sequence[int]) -> Turnouts:
    """The same where whoever has a say is one whom the share is of."""
    nobody = (0,) * len(casts.limit)
    without = tuple(0 if i in chairs else n for i, n in enumerate(casts.limit))
    one = [tuple(int(i == chair) for i, _ in enumerate(nobody)) for chair in chairs]
    sizes = {(votes, votes, False): n for votes, n in casts.sizes(nobody, without).items()}
    for least in one:
        for votes, n in casts.sizes(least, casts.limit).items():
            kind = votes, votes, True
            sizes[kind] = min(sizes.get(kind, n), n)

    def smallest(kind: Kind) -> tuple[int, ...]:
        votes, _, chair = kind
        if not chair:
            found = casts.first(sizes[kind], votes, nobody, without)
        else:
            found = casts.first(sizes[kind], votes, nobody, casts.limit)
            if found is None or not any(found[i] for i in chairs):
                each = (casts.first(sizes[kind], votes, least, casts.limit) for least in one)
                found = max((v for v in each if v is not None), default=None)
        if found is None:
            raise KeyError(kind)
        return found

    return Turnouts(sizes, smallest)
