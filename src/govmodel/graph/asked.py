"""What a question about routes answers: each has one sentence that defines its answer.

Every question is asked of one reading and returns one `Asked` for each subject that it bears on, in
the order of the text; nothing to ask about returns nothing. What is uncertain is left alone: a text
that says nothing about the powers of an outside body has not denied them.
"""

from __future__ import annotations

from govmodel.dataclass import dataclass
from govmodel.model.verdict import Answer, Path, Verdict

OFFICE_OF = "office_of"
"""The verb of a step from an office to its body or back, which is no route."""


NO_PATH = Path(())


@dataclass(frozen=True, slots=True)
class Power:
    """Something that waits for an office: what it is, in the words of the model, and who says so."""

    what: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one subject.

    `reason` is one word out of those that the question lists (empty when it HOLDS); `path` and
    `clauses` back the verdict; `powers` are those of an office (`single_points` only).
    """

    subject: str
    answer: Answer
    reason: str = ""
    path: Path = NO_PATH
    clauses: tuple[str, ...] = ()
    powers: tuple[Power, ...] = ()


def holds(subject: str, why: str = "", clauses: tuple[str, ...] = (), path: Path = NO_PATH) -> Asked:
    return Asked(subject, Answer(Verdict.HOLDS, why=why), path=path, clauses=clauses)


def fails(
    subject: str, reason: str, why: str, path: Path, clauses: tuple[str, ...], powers: tuple[Power, ...] = ()
) -> Asked:
    return Asked(subject, Answer(Verdict.FAILS, why=why), reason, path, clauses, powers)


def cited(path: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for _, verb, _, clauses in path.steps if verb != OFFICE_OF for c in clauses))
