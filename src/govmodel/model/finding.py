"""What the checks report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.model.rules import Reading

Level: TypeAlias = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A defect of the text.

    `clauses` is never empty. `readings` is empty for all readings, else minimal partial readings, any
    one of which suffices. `only_run`: no other reading was asked, so that `readings` is the one that was.
    `in_base`: it holds in the base reading. `told_in`: the reading in which the
    story is told. `subject`: the norm, matter, body or office asked about. `evidence`: figures and
    tables in plain data (str, int, float, list, dict).
    """

    check: str
    name: str
    level: Level
    clauses: tuple[str, ...]
    subject: str
    message: str
    mark: Mark
    story: tuple[str, ...] = ()
    help: str = ""
    readings: tuple[Reading, ...] = ()
    only_run: bool = False
    in_base: bool = True
    told_in: Reading = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.clauses:
            raise ValueError(f"a finding of {self.check} without a clause")

    @property
    def id(self) -> str:
        """Made of check, clauses and subject: survives reformatting and an unrelated new option."""
        return f"{self.check}:{'+'.join(self.clauses)}:{self.subject}".replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A question of a check that was not answered, and why."""

    check: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check says of one rulebook. `asked` counts its questions; 0: nothing to ask here."""

    check: str
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    asked: int = 0
