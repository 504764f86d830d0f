"""What the quorums of a body allow, by enumeration of who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from govmodel.exact.coalitions import attendances, compiled, counted, passing
from govmodel.model.expressions import All, Condition
from govmodel.model.rules import DecisionRule, QuorumRule, Rules
from govmodel.semantics.cells import Electorate

Vector = tuple[int, ...]


def disjoint(rules: Rules, electorate: Electorate) -> tuple[Vector, Vector] | None:
    """Two quorate attendances without a common member, `((), ())` where there are none. None: too many."""
    vectors = attendances(electorate)
    if vectors is None:
        return None
    enough = compiled(rules, electorate)
    within: dict[Vector, Vector] = {}  # a quorate attendance among so many
    for vector in vectors:  # the fewest first, so that all smaller ones are known
        if enough(vector):
            within[vector] = vector
            continue
        for i, n in enumerate(vector):
            smaller = (*vector[:i], n - 1, *vector[i + 1 :])
            if n and smaller in within:
                within[vector] = within[smaller]
                break
    for vector in vectors:
        if enough(vector):
            rest = tuple(n - m for n, m in zip(electorate.full, vector, strict=True))
            if rest in within:
                return vector, within[rest]
    return (), ()


def parts(electorate: Electorate) -> tuple[QuorumRule, ...]:
    """The conditions that a quorum consists of, each as a quorum by itself and once."""
    found = [
        replace(rule, needs=needs) for rule in electorate.body.quorum for needs in _conjuncts(rule.needs)
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
    vectors = attendances(electorate)
    if vectors is None:
        return None
    every = parts(electorate)
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
    """Whether some quorate attendance of the fewest can carry a matter with all of its votes. None: not
    computed, or nobody is ever quorate."""
    vectors = attendances(electorate)
    if vectors is None:
        return None
    enough, votes = compiled(rules, electorate), counted(electorate)
    passes = passing(rules, electorate, decision)
    least = next((sum(v) for v in vectors if enough(v) and any(v)), None)
    if least is None:
        return None
    bare = {votes(v) for v in vectors if sum(v) == least and enough(v)}
    return any(passes(cast)(cast, 0) for cast in bare if cast)
