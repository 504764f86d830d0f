"""One question asked of every body under every reading, for checks that ask no more than that."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, Reading, Rules
from govmodel.reading import Readings
from govmodel.semantics.counting import NotCountable

T = TypeVar("T")


class Asked(NamedTuple, Generic[T]):
    """What was found, and under which readings, the base first; what was not decided, and why."""

    found: Sequence[tuple[Reading, T]]
    undecided: tuple[Undecided, ...]
    number: int
    space: Readings

    def where(self, context: Context) -> tuple[Reading, tuple[Reading, ...], bool]:
        """For a finding: the reading in which it is told, the minimal ones, whether it is so in the base."""
        return holding_in(context, self.space, self.found)


class Held(NamedTuple):
    """How a finding holds: its level, the reading it is told in, the minimal ones, whether in the base."""

    level: Level
    told_in: Reading
    readings: tuple[Reading, ...]
    in_base: bool


def holding_in(
    context: Context, space: Readings, found: Sequence[tuple[Reading, object]]
) -> tuple[Reading, tuple[Reading, ...], bool]:
    """The same of a part of what was found."""
    failing = [reading for reading, _ in found]
    return failing[0], holding(space, failing), in_base(context, failing)


def ask(
    context: Context,
    check: str,
    body: str,
    space: Readings,
    question: Callable[[Rules, BodyRules], T | str | None],
    *,
    in_base_only: bool = False,
) -> Asked[T]:
    """The answers of a question that gives what it finds, None, or in words why it cannot say.
    `in_base_only`: what is not so in the base reading, which comes first, would be silent: nothing more
    is asked then."""
    found: list[tuple[Reading, T]] = []
    why: dict[str, None] = {}
    number = 0
    for reading, rules, own in context.under(space, body):
        number += 1
        try:
            answer = question(rules, own)
        except NotCountable as error:
            answer = str(error)
        if isinstance(answer, str):
            why[answer] = None
        elif answer is not None:
            found.append((reading, answer))
        elif in_base_only and number == 1:
            break
    undecided = tuple(Undecided(check=check, subject=body, why=text) for text in why)
    return Asked(found, undecided, number, space)


def told_by_key(
    context: Context,
    check: str,
    space: Callable[[Context, str], Readings],
    question: Callable[[Rules, BodyRules], Sequence[T] | str | None],
    *,
    key: Callable[[T], Hashable],
    level: Callable[[T], Level],
    tell: Callable[[str, Sequence[T], Held], Finding | Undecided | None],
    bodies: Iterable[BodyRules] | None = None,
) -> CheckResult:
    """For a question that finds several things at a body: one finding for each key, told in the first reading
    in which it is so, with all that has this key there.

    Args:
        space: the readings on which the question depends, of a body.
        level: of a finding that is so in the base; one lower otherwise, and silent below the lowest.
        tell: given the name of the body; None where there is nothing to tell. Where the judge cannot count
            what it tells, that is undecided.
        bodies: all that meet when None.
    """
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context) if bodies is None else bodies:
        asked = ask(context, check, body.name, space(context, body.name), question)
        number += asked.number
        undecided += asked.undecided
        for one in dict.fromkeys(key(thing) for _, found in asked.found for thing in found):
            rows = [(r, thing) for r, found in asked.found for thing in found if key(thing) == one]
            reading, readings, base = holding_in(context, asked.space, rows)
            things = [thing for r, thing in rows if r == reading]
            shown = lowered(level(things[0]), base)
            if shown is None:
                continue
            try:
                made = tell(body.name, things, Held(shown, reading, readings, base))
            except NotCountable as error:
                made = Undecided(check=check, subject=body.name, why=str(error))
            if isinstance(made, Finding):
                findings.append(made)
            elif made is not None:
                undecided.append(made)
    return result(check, findings, undecided, number)
