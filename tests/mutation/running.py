"""Every slip of an operator in every sound text, and whether the intended check finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rulebook
from govmodel.reading import read
from govmodel.study.checking import run_checks
from govmodel.study.preparing import EFFORT
from mutation.operators import Operator
from mutation.trees import Tree, parsed, written

SOUND = sorted((Path(__file__).parents[1] / "sound").glob("*.yaml"))


@dataclass(frozen=True, slots=True)
class Survivor:
    """A slip that was not found. `open`: why the check says that it is not decided; empty: it is silent."""

    text: str
    place: str
    open: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all slips of an operator."""

    operator: Operator
    made: int
    survivors: tuple[Survivor, ...]

    @property
    def found(self) -> int:
        return self.made - len(self.survivors)


def outcome(operator: Operator) -> Outcome:
    """A slip is found where the intended check has a finding that the sound text does not have, or has it
    at another level. No other check is asked: none of them looks at what another one found."""
    made, survivors = 0, []
    checks = tuple(operator.check.split(" or "))
    for path in SOUND:
        before = {(f.id, f.level) for answer in sound(path, checks) for f in answer.findings}
        for place, mutant in operator.make(parsed(path)):
            made += 1
            answers = asked(book(mutant, path), checks)
            if not any((f.id, f.level) not in before for answer in answers for f in answer.findings):
                why = next((u.why for answer in answers for u in answer.undecided), "")
                survivors.append(Survivor(path.stem, place, why))
    return Outcome(operator, made, tuple(survivors))


@cache
def sound(path: Path, checks: tuple[str, ...]) -> Sequence[CheckResult]:
    return asked(sound_book(path), checks)


@cache
def sound_book(path: Path) -> Rulebook:
    return book(parsed(path), path)


def book(tree: Tree, path: Path) -> Rulebook:
    return read(load_text(written(tree), path.name))


def asked(rulebook: Rulebook, checks: tuple[str, ...]) -> Sequence[CheckResult]:
    entries = [found for check in checks if (found := entry(check)) is not None]
    return run_checks(Context(rulebook, EFFORT), entries, None)
