"""What norms mention, and how they hang together by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set

from govmodel.model.constitution import Gate
from govmodel.model.expressions import Count, OnDate, Share, Timed
from govmodel.model.rules import NormRule
from govmodel.model.walk import all_amounts, conditions, names_in
from govmodel.reading.lower import together
from govmodel.semantics.cases import NotDecidable, conditions_of, prevails
from govmodel.semantics.cases import mentioned as spoken_of
from govmodel.smt.days import not_placed


class Mentions:
    """What norms mention and whether they can be placed, found once for all cases that look at them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[NormRule, frozenset[str], frozenset[str], str]] = {}

    def _of(self, norm: NormRule) -> tuple[NormRule, frozenset[str], frozenset[str], str]:
        found = self._known.get(id(norm))
        if found is None:  # the norm is kept, so that no other comes to have its identity
            names = frozenset(name for c in conditions_of(norm) for name in names_in(c))
            found = self._known[id(norm)] = norm, names, frozenset(spoken_of(norm)), _not_placed(norm)
        return found

    def names(self, norm: NormRule) -> frozenset[str]:
        """The attributes of its conditions."""
        return self._of(norm)[1]

    def mentioned(self, norm: NormRule) -> frozenset[str]:
        """Those and the choices that it speaks of."""
        return self._of(norm)[2]

    def why_not(self, norm: NormRule) -> str:
        """Why it cannot be placed in a case; empty where it can."""
        return self._of(norm)[3]


def apart(
    norms: Sequence[NormRule],
    axioms: Iterable[tuple[str, str]],
    fixed: Collection[str],
    mentioned: Callable[[NormRule], Set[str]],
) -> tuple[tuple[NormRule, ...], ...]:
    """Norms in groups that share nothing that they mention but what is `fixed`; `axioms`: pairs of attributes
    that belong together. Norms of one name, and those of which one speaks of another, stay together."""
    group: dict[str, str] = {}

    def root(name: str) -> str:
        group.setdefault(name, name)
        while group[name] != name:
            group[name] = group[group[name]]
            name = group[name]
        return name

    for first, second in axioms:
        if first not in fixed and second not in fixed:
            group[root(first)] = root(second)
    for norm in norms:
        own = root(f"norm {norm.name}")
        others = (*norm.overrides, *norm.subject_to, *norm.changes, *norm.breach_of)
        for name in (*(mentioned(norm) - {*fixed}), *(f"norm {other}" for other in others)):
            group[root(name)] = own
    found: dict[str, list[NormRule]] = {}
    for norm in norms:
        found.setdefault(root(f"norm {norm.name}"), []).append(norm)
    return tuple(tuple(own) for own in found.values())


def no_circle(norms: Iterable[NormRule]) -> None:
    """Raises NotDecidable where norms set each other aside in a circle: none of them comes first."""
    every = tuple(norms)
    above = {id(n): [o for o in every if prevails(o, n) or o.name in n.breach_of] for n in every}

    def follow(norm: NormRule, gate: Gate, path: tuple[NormRule, ...]) -> None:
        for other in above[id(norm)]:
            both = together(gate, other.gate)
            if both is None:
                continue
            if any(other is one for one in path):
                names = ", ".join(dict.fromkeys(n.name for n in path))
                raise NotDecidable(f"norms override each other in a circle, among {names}")
            follow(other, both, (*path, other))

    for norm in every:
        follow(norm, norm.gate, (norm,))


def _not_placed(norm: NormRule) -> str:
    """Why a norm cannot be placed in a case; empty where it can."""
    for condition in conditions_of(norm):
        for part in conditions(condition):
            if isinstance(part, Timed | OnDate) and (why := not_placed(part)):
                return why
        if any(isinstance(amount, (Count, Share)) for amount in all_amounts(condition)):
            return "heads are not counted in a case of norms"
    return ""
