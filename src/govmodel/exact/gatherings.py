"""What the quorums of a body allow: in closed form where they come to ranges, else by trying who is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from govmodel.dataclass import replace
from govmodel.exact.heads import Heads, heads, some_meet
from govmodel.exact.quorums import applies, attendances, compiled, up_to
from govmodel.exact.turnouts import turnouts
from govmodel.exact.votes import counted, passing, voices
from govmodel.model.expressions import All, Condition
from govmodel.model.rules import DecisionRule, QuorumRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import heads_of

Vector = tuple[int, ...]


Way: TypeAlias = "tuple[DecisionRule, Condition | None]"
"""A rule by which a matter is decided, and the case in which it applies; None: always."""


def disjoint(rules: Rules, electorate: Electorate, ways: Sequence[Way] = ()) -> tuple[Vector, Vector] | None:
    """Two quorate attendances without a common member, the fewest at the first, `((), ())` where there are
    none. `ways`: each of the two carries a matter by one of them, when all who are there and have a vote on
    it vote for it. None: too many attendances."""
    ranges = heads(rules, electorate)
    if ranges is not None:
        both = deciding_in(ranges, rules, electorate, ways)
        if both is not None:
            return disjoint_in(both)
    enough = compiled(rules, electorate) if ranges is None else ranges.holds
    if not ways:
        return _by_trying(electorate.full, enough)
    carried = [_carried_by_all(rules, electorate, way) for way in ways]
    return _by_trying(electorate.full, lambda v: enough(v) and any(test(v) for test in carried))


def deciding_in(ranges: Heads, rules: Rules, electorate: Electorate, ways: Sequence[Way]) -> Heads | None:
    """When a body is quorate and can carry a matter in one of these ways, as ranges. None: not by a number
    of those who have a vote on it."""
    if not ways:
        return ranges
    decision, case = ways[0]
    voting = [i for i, cell in enumerate(electorate.cells) if cell.seat.role == "voting"]
    say = voices(rules, electorate, decision)
    plain = say.mute == say.out and all(electorate.cells[i].votes == 1 for i in voting)
    if len(ways) > 1 or case is not None or electorate.caps or not plain:
        return None
    cells = tuple(i for i in voting if i not in say.mute)
    everyone = sum(electorate.full[i] for i in cells)
    passes = passing(rules, electorate, decision)
    least = next((n for n in range(1, everyone + 1) if passes(n)(n, 0)), everyone + 1)
    return ranges.needing(cells, least)


def _carried_by_all(rules: Rules, electorate: Electorate, way: Way) -> Callable[[Vector], bool]:
    """Whether the votes of so many carry a matter in one way."""
    decision, case = way
    applied, votes = applies(rules, electorate, case), counted(electorate)
    passes, say = passing(rules, electorate, decision), voices(rules, electorate, decision)

    def carried(present: Vector) -> bool:
        cast = votes(electorate.less(present, say.mute))
        there = votes(electorate.less(present, say.out))
        return cast > 0 and applied(present) and passes(there)(cast, 0)

    return carried


def disjoint_in(ranges: Heads) -> tuple[Vector, Vector] | None:
    """The same of quorums that come to these ranges."""
    found = _in_ranges(ranges)
    return _by_trying(ranges.sizes, ranges.holds) if found is None else found


def _in_ranges(ranges: Heads) -> tuple[Vector, Vector] | None:
    """The same where quorums ask for so many at least, of seats within one another or apart. None: they do
    not."""
    pairs: list[tuple[Vector, Vector]] = []
    for one, other in product(ranges.quorate, repeat=2):
        if any(most < sum(ranges.sizes[i] for i in cells) for cells, _, most in (*one, *other)):
            return None
        needs = {cells: (0, 0) for cells, _, _ in (*one, *other)}
        needs |= {cells: (least, 0) for cells, least, _ in one}
        needs |= {cells: (needs[cells][0], least) for cells, least, _ in other}
        sets = [set(cells) for cells in needs]
        if any(a & b and not a <= b and not b <= a for n, a in enumerate(sets) for b in sets[:n]):
            return None
        pairs += _share_out(ranges.sizes, needs)
    order = sorted(pairs, key=lambda pair: (sum(pair[0]), [-n for n in pair[0]], sum(pair[1])))
    return order[0] if order else ((), ())


def _share_out(sizes: Vector, needs: Mapping[Vector, tuple[int, int]]) -> list[tuple[Vector, Vector]]:
    """Seats for one meeting and for another, so many at least of each set; the smaller sets first, since what
    is taken for them counts for those around them."""
    taken = ([0] * len(sizes), [0] * len(sizes))
    for cells, wanted in sorted(needs.items(), key=lambda item: len(item[0])):
        for own, least in zip(taken, wanted, strict=True):
            missing = least - sum(own[i] for i in cells)
            for i in cells:
                more = max(0, min(missing, sizes[i] - taken[0][i] - taken[1][i]))
                own[i] += more
                missing -= more
            if missing > 0:
                return []
    return [(tuple(taken[0]), tuple(taken[1]))]


def _by_trying(full: Vector, enough: Callable[[Vector], bool]) -> tuple[Vector, Vector] | None:
    vectors = up_to(full)
    if vectors is None:
        return None
    within: dict[Vector, Vector] = {}  # a quorate attendance among so many
    for vector in vectors:  # the fewest first, so that all smaller ones are known
        found = None
        for i, n in enumerate(vector):
            if n and (found := within.get((*vector[:i], n - 1, *vector[i + 1 :]))) is not None:
                break
        if found is None and enough(vector):
            found = vector
        if found is not None:
            within[vector] = found
    for vector in vectors:
        if within.get(vector) == vector:
            rest = tuple(n - m for n, m in zip(full, vector, strict=True))
            if rest in within:
                return vector, within[rest]
    return (), ()


def parts(rules: Rules, electorate: Electorate) -> tuple[QuorumRule, ...]:
    """The conditions that a quorum consists of, each as a quorum by itself and once. Raises NotCountable as
    `heads_of`."""
    found = [
        replace(rule, needs=needs)
        for rule in electorate.body.quorum
        for needs in _conjuncts(heads_of(rules, rule))
    ]
    seen: dict[object, QuorumRule] = {}
    for part in found:
        seen.setdefault((part.needs, part.rounding, part.counts), part)
    return tuple(seen.values())


def _conjuncts(condition: Condition) -> list[Condition]:
    if isinstance(condition, All):
        return [inner for item in condition.items for inner in _conjuncts(item)]
    return [condition]


def only(electorate: Electorate, quorum: Sequence[QuorumRule]) -> Electorate:
    """The same seats with another quorum."""
    return replace(electorate, body=replace(electorate.body, quorum=tuple(quorum)))


def idle(rules: Rules, electorate: Electorate) -> tuple[int, ...] | None:
    """The numbers of those `parts` that the other ones imply, and that do not say the same as another
    one. None: too many attendances."""
    every = parts(rules, electorate)
    found = _implied(rules, electorate, every)
    return _idle_by_trying(rules, electorate, every) if found is None else found


def _implied(rules: Rules, electorate: Electorate, every: Sequence[QuorumRule]) -> tuple[int, ...] | None:
    """The same where all parts come to ranges. None: they do not."""
    found = []
    for i, own in enumerate(every):
        others = [other for j, other in enumerate(every) if j != i]
        missed = some_meet(rules, electorate, others, (own,))
        if missed is None:
            return None
        if missed or not others:
            continue
        same = [
            (some_meet(rules, electorate, (own,), (other,)), some_meet(rules, electorate, (other,), (own,)))
            for other in others
        ]
        if any(None in pair for pair in same):
            return None
        if (False, False) not in same:
            found.append(i)
    return tuple(found)


def _idle_by_trying(
    rules: Rules, electorate: Electorate, every: Sequence[QuorumRule]
) -> tuple[int, ...] | None:
    vectors = attendances(electorate)
    if vectors is None:
        return None
    met = [
        {v for v in vectors if test(v)}
        for test in (compiled(rules, only(electorate, (part,))) for part in every)
    ]
    found = []
    for i, own in enumerate(met):
        others = [other for j, other in enumerate(met) if j != i]
        if others and own not in others and set.intersection(*others) <= own:
            found.append(i)
    return tuple(found)


def bare_quorum_carries(rules: Rules, electorate: Electorate, decision: DecisionRule) -> bool | None:
    """Whether some quorate attendance of the fewest can carry a matter with the votes of all who have one on
    it. None: not computed, or nobody is ever quorate."""
    ranges = heads(rules, electorate)
    if ranges is not None:  # a quorum that nobody's coming meets is asked of those to which somebody comes
        ranges = ranges.needing(tuple(range(len(electorate.cells))), 1)
    say = voices(rules, electorate, decision)
    kinds = turnouts(rules, electorate, say=say, ranges=ranges, chairs=False)
    if kinds is None:
        return None
    if 0 in kinds.sizes.values():  # a meeting of nobody: the next smallest are wanted
        bare = _smallest(rules, electorate, decision)
    else:
        least = min(kinds.sizes.values(), default=None)
        bare = {(cast, there) for (cast, there, _), size in kinds.sizes.items() if size == least}
    passes = passing(rules, electorate, decision)
    return any(passes(there)(cast, 0) for cast, there in bare if cast) if bare else None


def _smallest(rules: Rules, electorate: Electorate, decision: DecisionRule) -> set[tuple[int, int]]:
    """The votes that can be cast, and those a share is of, at the smallest meetings of anybody; empty: there
    are none, or too many."""
    enough, votes = compiled(rules, electorate), counted(electorate)
    say = voices(rules, electorate, decision)
    meetings = [v for v in attendances(electorate) or () if any(v) and enough(v)]
    return {
        (votes(electorate.less(v, say.mute)), votes(electorate.less(v, say.out)))
        for v in meetings
        if sum(v) == sum(meetings[0])
    }
