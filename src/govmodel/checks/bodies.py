"""One question asked of a body under every reading, for checks that ask no more than that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from govmodel.checks.context import Context, holding, in_base
from govmodel.model.finding import Undecided
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
    for reading in space.all:
        rules = context.rules(reading)
        own = rules.bodies.get(body)
        if own is None:
            continue
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
