"""What engines answer with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from govmodel.dataclass import dataclass
from govmodel.model.rules import Reading

Fact: TypeAlias = "bool | int | str | Fraction | None"
"""A value in a story. Times are whole days from the meeting, negative before it; None: it does not happen."""


class Verdict(Enum):
    """HOLDS: what a sound text has, within the stated bounds. FAILS: it has not, and something shows it.
    UNKNOWN: not decided, never shown as fine. Not a bool, and refuses to be one."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values; compare it")


@dataclass(frozen=True, slots=True)
class Case:
    """One event of a situation with everything it depends on: a value for each attribute by full name.

    `day` is the day of the meeting (or of the event itself, where it belongs to no meeting).
    """

    situation: str
    body: str | None
    day: date
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who is in the room and how they vote. Seats are named `seat` or `seat#2`.

    `standing_in`: seats filled by a stand-in. `chair`, `deputy`: statuses out of
    `vocabulary.STATUSES`. `chair_seat`, `deputy_seat`: the seats whose holders have these offices.
    `presider`: the seat of who presides, None for nobody. `barred`: present, may not vote.
    `touching`: the clause that the proposal amends. `election_round`: of an election, from 1.
    `subject`: the seat of whom the matter is about, where that is a member. `by_proxy`: seats whose holders
    are not there and vote all the same. `in_writing`: there is no meeting; `present` are those whose answer,
    or whose silence, counts.
    """

    body: str
    present: tuple[str, ...]
    in_favour: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    standing_in: tuple[str, ...] = ()
    chair: str = "present"
    deputy: str = "present"
    presider: str | None = None
    matter: str = "any"
    touching: str | None = None
    election_round: int = 1
    subject: str | None = None
    by_proxy: tuple[str, ...] = ()
    in_writing: bool = False


Witness: TypeAlias = "Case | Gathering"


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from one body or office to the next: (from, verb, to, clauses)."""

    steps: tuple[tuple[str, str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A set of clauses, minimal, that cannot stand together in the circumstances `facts` (minimised:
    without any one of them the conflict goes) under the options `reading`."""

    clauses: tuple[str, ...]
    norms: tuple[str, ...]
    facts: Mapping[str, Fact]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict of one question, with what backs it. `why` says why UNKNOWN, or within what bounds."""

    verdict: Verdict
    witness: Witness | None = None
    conflict: Conflict | None = None
    number: int | None = None
    why: str = ""
