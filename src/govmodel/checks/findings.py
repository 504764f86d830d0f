"""From answers to findings: their clauses, readings and levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.model.finding import LEVELS, CheckResult, Finding, Level, Undecided
from govmodel.model.rules import (
    Reading,
    Rule,
)
from govmodel.reading import Readings, minimal

SHOWN = 8
"""Whole readings named by a finding where there are too many to enumerate."""


def clauses_of(*rules: Rule) -> tuple[str, ...]:
    """The clauses of some rules, each once, in this order."""
    return tuple(dict.fromkeys(c for rule in rules for c in rule.clauses))


def holding(space: Readings, holds: Iterable[Reading]) -> tuple[Reading, ...]:
    """For a finding: `()` where it holds under all readings, else the minimal partial readings. Where
    not all readings were enumerated, the first ones under which it holds, whole."""
    if not space.complete:
        return tuple(holds)[:SHOWN]
    found = minimal(space, holds)
    return () if found == ({},) else found


def in_base(context: Context, holds: Sequence[Reading]) -> bool:
    """Whether one of these readings is the base (with the user's options)."""
    wanted = context.rules().reading
    return any(all(wanted[name] == option for name, option in r.items()) for r in holds)


def lowered(level: Level, base: bool) -> Level | None:
    """The level of a finding, one lower where it does not hold in the base reading; None: silent."""
    place = LEVELS.index(level) + (0 if base else 1)
    return LEVELS[place] if place < len(LEVELS) else None


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one id as one: variants of a norm under different readings of its words. The one in
    the base reading tells the story; the readings are those of all."""
    found: dict[str, Finding] = {}
    for finding in findings:
        other = found.get(finding.id)
        if other is None:
            found[finding.id] = finding
            continue
        first, second = (finding, other) if finding.in_base and not other.in_base else (other, finding)
        level = min(first.level, second.level, key=LEVELS.index)
        both = (*first.readings, *(r for r in second.readings if r not in first.readings))
        readings = both if first.readings and second.readings else ()
        found[finding.id] = replace(first, level=level, readings=readings)
    return list(found.values())


def result(
    check: str, findings: Iterable[Finding], undecided: Iterable[Undecided] = (), asked: int = 0
) -> CheckResult:
    return CheckResult(check, tuple(findings), tuple(undecided), asked)
