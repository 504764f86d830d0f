"""What can be wrong with the input, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Mark(NamedTuple):
    """A place in a file. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or, at level note, worth knowing) in the input.

    `code` is a stable kebab-case name (`unknown-key`), `message` says what was found and what was
    expected, `help` what to do about it (may be empty).
    """

    mark: Mark
    code: str
    message: str
    help: str = ""
    level: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        text = f"{self.mark}: {self.code}: {self.message}"
        return f"{text}\n  help: {self.help}" if self.help else text


class InputError(Exception):
    """The input cannot be used. Carries every problem that was found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.mark))
        super().__init__("\n".join(str(p) for p in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class Lost(Exception):
    """What the work needs cannot be reached or written, or went away while it was done: workers, a
    scheduler, the disk. Says so in words, without a full stop."""
