"""Whether so many votes carry a matter, how many votes there are, and who has no say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, assert_never

from govmodel.dataclass import dataclass
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import reaches

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
    without = decision.carried.without if decision.carried else None
    if without is None and decision.without is None:
        return ALL
    out = electorate.named(rules, without)
    return Voices(electorate.named(rules, decision.without) | out, out)
