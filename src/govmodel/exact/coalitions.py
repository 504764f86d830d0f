"""Quorums and votes of a body, by how many of each cell are there.

In closed form where the quorums come to ranges (`heads`) and no cap binds; else by enumeration.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import Any, TypeAlias, assert_never

from govmodel.exact.casting import Casting, casting, groups
from govmodel.exact.heads import Heads, gathered, heads
from govmodel.model.expressions import (
    All,
    Amount,
    AnyOf,
    Attribute,
    Comparison,
    Condition,
    Count,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Pick,
    Share,
    Sum,
    Timed,
    Times,
)
from govmodel.model.rules import DecisionRule, Role, Rules
from govmodel.semantics.cells import Electorate, one_each
from govmodel.semantics.counting import VOTING, NotCountable, base_of, heads_in, heads_of, of_parties
from govmodel.semantics.meeting import TIES, reaches, rounding, sittings

MOST = 250_000
"""Attendances enumerated at most; beyond, no closed form is offered (None)."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The fewest in favour that carry at some quorate meeting where all present vote: how many, of
    how many votes cast, how many are there, and whether it took the presider's second vote."""

    in_favour: int
    cast: int
    present: tuple[int, ...]
    second_vote: bool


def attendances(electorate: Electorate, limit: Sequence[int] | None = None) -> list[tuple[int, ...]] | None:
    """Every vector of how many of each cell are there, the fewest in all first; None: too many."""
    return up_to(limit if limit is not None else electorate.full)


def up_to(top: Sequence[int]) -> list[tuple[int, ...]] | None:
    """The same where there are at most so many of each cell."""
    if prod(n + 1 for n in top) > MOST:
        return None
    # The most of the first cells come first, and stay so among those of one sum.
    return sorted(product(*(range(n, -1, -1) for n in top)), key=sum)


def quorate(
    rules: Rules, electorate: Electorate, present: Sequence[int], ranges: Heads | None = None
) -> bool:
    """Whether so many of each cell meet every quorum of the body. `ranges`, here and below: the `heads` of
    the body, where they are known."""
    ranges = ranges or heads(rules, electorate)
    return compiled(rules, electorate)(present) if ranges is None else ranges.holds(present)


def compiled(rules: Rules, electorate: Electorate) -> Callable[[Sequence[int]], bool]:
    """Whether a meeting of a body is valid, as one function of how many of each cell are there."""
    ways = [
        [_test(heads_of(rules, q), electorate, rounding(rules, q.rounding), q.counts) for q in quorums]
        for quorums in sittings(electorate.body)
    ]
    return lambda present: any(all(test(present) for test in tests) for tests in ways)


Present = Sequence[int]


def _test(
    condition: Condition, electorate: Electorate, round_to: str, roles: Collection[Role]
) -> Callable[[Present], bool]:
    match condition:
        case All(items):
            tests = [_test(item, electorate, round_to, roles) for item in items]
            return lambda present: all(test(present) for test in tests)
        case AnyOf(items):
            tests = [_test(item, electorate, round_to, roles) for item in items]
            return lambda present: any(test(present) for test in tests)
        case Not(item):
            inner = _test(item, electorate, round_to, roles)
            return lambda present: not inner(present)
        case Comparison(left, op, right):
            one, two = _sum(left, electorate, round_to, roles), _sum(right, electorate, round_to, roles)
            compare = COMPARE[op]
            return lambda present: compare(one(present), two(present))
        case Flag() | Is() | Timed() | Ordered() | OnDate():
            raise NotCountable("a condition over heads cannot speak of attributes of a case")
        case _:
            assert_never(condition)


COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


def _sum(
    amount: Amount, electorate: Electorate, round_to: str, roles: Collection[Role]
) -> Callable[[Present], Fraction | int]:
    match amount:
        case Number(number):
            fixed = int(number) if number.denominator == 1 else number
            return lambda _: fixed
        case Count():
            return _heads(amount, electorate, roles)
        case Share(share, of, nearest):
            whole = _heads(of, electorate, roles)

            def part(present: Present) -> int:
                exact = share * whole(present)
                if nearest or round_to == "nearest":
                    return floor(exact + Fraction(1, 2))
                return floor(exact) if round_to == "down" else ceil(exact)

            return part
        case Times(factor, inner):
            once = _sum(inner, electorate, round_to, roles)
            return lambda present: factor * once(present)
        case Pick(which, first, second):
            one, two = _sum(first, electorate, round_to, roles), _sum(second, electorate, round_to, roles)
            best = max if which == "greater" else min
            return lambda present: best(one(present), two(present))
        case Sum(plus, minus):
            added = [_sum(a, electorate, round_to, roles) for a in plus]
            taken = [_sum(a, electorate, round_to, roles) for a in minus]
            return lambda present: sum(a(present) for a in added) - sum(a(present) for a in taken)
        case Length() | Attribute():
            raise NotCountable("a condition over heads cannot speak of times or of attributes of a case")
        case _:
            assert_never(amount)


def _heads(count: Count, electorate: Electorate, roles: Collection[Role]) -> Callable[[Present], int]:
    """How many of some seats are there, or for how many organisations somebody is."""
    base, cells = base_of(count), electorate.among(count, roles)
    groups = electorate.by_organisation(cells) if of_parties(count) else None
    if base in ("seats", "members", "entitled"):
        size = len(groups) if groups is not None else sum(electorate.cells[i].size for i in cells)
        return lambda _: size
    if base != "present":
        raise NotCountable(f"a quorum cannot count {base}: nobody has voted yet")
    if groups is not None:
        return lambda present: sum(any(present[i] for i in own) for own in groups)
    return lambda present: sum(present[i] for i in cells)


def fewest_quorate(
    rules: Rules, electorate: Electorate, ranges: Heads | None = None
) -> tuple[int, ...] | None:
    """The smallest quorate attendance, the empty tuple where there is none. None: not computed."""
    ranges = ranges or heads(rules, electorate)
    if ranges is not None:
        return ranges.fewest()
    vectors = attendances(electorate)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    return next((v for v in vectors if enough(v)), ())


def fewest_leaving(
    rules: Rules, electorate: Electorate, start: Sequence[int], ranges: Heads | None = None
) -> tuple[int, ...] | None:
    """The fewest that leave a quorate meeting of `start` so that it is quorate no more, per cell; the
    empty tuple where nobody's leaving does it. None: not computed."""
    ranges = ranges or heads(rules, electorate)
    if ranges is not None:
        return ranges.leaving(start)
    vectors = attendances(electorate, start)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    for left in vectors:
        if not enough([a - b for a, b in zip(start, left, strict=True)]):
            return left
    return ()


Passes: TypeAlias = Callable[[int, int], bool]
"""Whether so many votes for and against carry a matter."""


def carries(rules: Rules, electorate: Electorate, decision: DecisionRule, present: Sequence[int]) -> Passes:
    """Whether so many votes for and against carry a matter at an attendance where all who are there and
    have a say vote."""
    out = voices(rules, electorate, decision).out
    return passing(rules, electorate, decision)(electorate.votes(electorate.less(present, out)))


def passing(rules: Rules, electorate: Electorate, decision: DecisionRule) -> Callable[[int], Passes]:
    """The same, for so many votes that those present could cast of whom the share is."""
    threshold = decision.carried
    if threshold is None:
        return lambda _there: lambda _favour, _against: False
    if threshold.kind == "formula":
        raise NotCountable("a formula over votes is left to the judge")
    base = threshold.base or rules.reading["base-of-a-majority"]
    fixed = base in ("seats", "members", "entitled")
    out = voices(rules, electorate, decision).out
    whole = electorate.votes(electorate.less(electorate.full, out)) if fixed else 0

    def of(there: int) -> Passes:
        def passes(favour: int, against: int) -> bool:
            match threshold.kind:
                case "consensus":
                    return favour > 0 and against == 0
                case "plurality":
                    return favour > against
                case "count":
                    return favour >= threshold.number
                case "formula":
                    return False  # refused above
                case "share" | "all":
                    size = whole if fixed else there if base == "present" else favour + against
                    return reaches(threshold, favour, size)
                case _:
                    assert_never(threshold.kind)

        return passes

    return of


def counted(electorate: Electorate) -> Callable[[Sequence[int]], int]:
    """`electorate.votes` as one function. Where caps nest, the most votes are the sum of what each cap
    lets through, from the innermost out."""
    groups = [
        (frozenset(i for i, c in enumerate(electorate.cells) if k in c.caps), most)
        for k, most in enumerate(electorate.caps)
    ]
    nested = all(a <= b or b <= a or not a & b for a, _ in groups for b, _ in groups)
    if not nested:
        return electorate.votes
    weights = [cell.votes for cell in electorate.cells]
    steps: list[tuple[list[int], list[int], int]] = []
    free, open_steps = set(range(len(weights))), set[int]()
    for group, most in sorted(groups, key=lambda pair: len(pair[0])):
        inner = [s for s in sorted(open_steps) if _cells(steps, s) <= group]
        steps.append((sorted(group & free), inner, most))
        free -= group
        open_steps = (open_steps - set(inner)) | {len(steps) - 1}
    rest = sorted(free)

    def votes(present: Sequence[int]) -> int:
        through: list[int] = []
        for cells, inner, most in steps:
            total = sum([present[i] * weights[i] for i in cells]) + sum([through[s] for s in inner])
            through.append(min(total, most))
        return sum([present[i] * weights[i] for i in rest]) + sum([through[s] for s in open_steps])

    return votes


def _cells(steps: Sequence[tuple[list[int], list[int], int]], step: int) -> set[int]:
    cells, inner, _ = steps[step]
    return set(cells).union(*(_cells(steps, s) for s in inner))


@dataclass(frozen=True, slots=True)
class Voices:
    """Who has no say in a matter: cells that do not vote (`mute`), and those of them that are left out of
    what a share is of too (`out`)."""

    mute: frozenset[int] = frozenset()
    out: frozenset[int] = frozenset()


ALL = Voices()


def voices(rules: Rules, electorate: Electorate, decision: DecisionRule) -> Voices:
    """Who has no say in a matter under a rule. Votes of those left out of a share's whole do not count.

    Raises:
        NotCountable: the rule names somebody of whom a number of people does not say which seat it is.
    """
    out = electorate.named(rules, decision.carried.without if decision.carried else None)
    return Voices(electorate.named(rules, decision.without) | out, out)


Kind: TypeAlias = tuple[int, int, bool]
"""So many votes can be cast, so many could be if all present had one whom the share is of, and somebody is
there who may be chair and votes."""


@dataclass(frozen=True, slots=True)
class Turnouts:
    """The quorate attendances by what matters for a vote: for each kind there is how many are there at
    least (`sizes`), and the smallest such attendance, with the most of the first cells."""

    sizes: Mapping[Kind, int]
    smallest: Callable[[Kind], tuple[int, ...]]


def applies(rules: Rules, electorate: Electorate, case: Condition | None) -> Callable[[Present], bool]:
    """Whether a rule's case is there, as a function of how many of each cell are."""
    if case is None:
        return lambda _: True
    return _test(heads_in(rules, electorate.body, case), electorate, rounding(rules, None), VOTING)


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


def fewest_to_carry(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    kinds: Turnouts | None = None,
    case: Condition | None = None,
) -> Capture | None:
    """The fewest in favour, over all quorate attendances of a case at which all present vote.
    `extra_vote` is the chair's; `kinds` are the `turnouts`, where they are known. None: not computed, or
    nothing is ever carried."""
    if kinds is None:
        kinds = turnouts(rules, electorate, say=voices(rules, electorate, decision), case=case)
    if kinds is None:
        return None
    best: tuple[int, Kind, bool] | None = None
    ties = decision.carried is not None and decision.carried.kind in TIES
    carried = passing(rules, electorate, decision)
    for cast, there, chair in sorted(kinds.sizes):
        passes = carried(there)

        def equal(favour: int, against: int, passes: Passes = passes) -> bool:
            return ties and favour == against and passes(favour + 1, against)

        def counted(favour: int, against: int, passes: Passes = passes) -> bool:
            by_text = decision.equal_votes == "carried" and equal(favour, against, passes)
            return passes(favour, against) or by_text

        def second(favour: int, against: int, passes: Passes = passes) -> bool:
            if extra_vote == "additional":
                return counted(favour + 1, against, passes)
            return extra_vote == "casting" and equal(favour, against, passes)

        def enough(favour: int, cast: int = cast, chair: bool = chair) -> bool:
            against = cast - favour
            return counted(favour, against) or (chair and second(favour, against))

        # More in favour never carry less, so the fewest are found by bisection.
        low, high = 1, cast if best is None else min(cast, best[0] - 1)
        if low > high or not enough(high):
            continue
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle + 1, high)
        best = low, (cast, there, chair), not counted(low, cast - low)
    if best is None:
        return None
    in_favour, kind, by_second = best
    return Capture(in_favour, kind[0], kinds.smallest(kind), by_second)


def equal_votes(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    limit: Sequence[int],
    kinds: Turnouts | None = None,
    *,
    additional: bool = False,
    case: Condition | None = None,
) -> tuple[tuple[int, ...], int] | None:
    """The smallest quorate attendance within `limit` at which everybody's votes can be equal, and one
    more would carry: (attendance, votes on each side). `((), 0)`: none. None: not computed. `kinds` are
    the `turnouts` within the limit, where they are known. `additional`: somebody who may be chair is
    there, presides, and has a second vote that always counts."""
    if kinds is None:
        say = voices(rules, electorate, decision)
        kinds = turnouts(rules, electorate, limit, say, case, chairs=additional)
    if kinds is None:
        return None
    if decision.carried is None or decision.carried.kind not in TIES:
        return (), 0
    carried = passing(rules, electorate, decision)
    found: list[tuple[tuple[int, ...], int]] = []
    least: int | None = None
    for (cast, there, chair), size in sorted(kinds.sizes.items(), key=lambda item: item[1]):
        if least is not None and size > least:
            break
        if additional and not chair:
            continue
        passes = carried(there)
        half, odd = divmod(cast + additional, 2)
        if half > additional and not odd and not passes(half, half) and passes(half + 1, half):
            least = size
            found.append((kinds.smallest((cast, there, chair)), half))
    return max(found, default=((), 0))


def no_side_carries(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    present: Sequence[int],
    extra_vote: str | None,
    *,
    presided: bool,
    voting: Sequence[int] | None = None,
) -> int | None:
    """The fewest votes on one side at an attendance where all (or those `voting`) vote and neither what
    is proposed nor the contrary is carried, whoever presides; None: one side always is. `presided`:
    somebody there presides, with this `extra_vote`."""
    passes = carries(rules, electorate, decision, present)
    mute = voices(rules, electorate, decision).mute
    votes = electorate.votes(electorate.less(present if voting is None else voting, mute))
    ties = decision.carried is not None and decision.carried.kind in TIES

    def either(one: int, other: int) -> bool:
        if passes(one, other) or passes(other, one):
            return True
        equal = one == other and one > 0 and ties and passes(one + 1, other)
        return equal and (
            decision.equal_votes in ("carried", "lot") or (presided and extra_vote == "casting")
        )

    for one in range(votes // 2 + 1):
        other = votes - one
        twice = presided and extra_vote == "additional"
        sides = [(one + 1, other)] * (one > 0) + [(one, other + 1)] * (other > 0) if twice else [(one, other)]
        if votes and not any(either(a, b) for a, b in sides):
            return one
    return None
