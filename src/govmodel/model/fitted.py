"""What minutes say of who comes: attendance as counted, and the parameters that it gives."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from govmodel.dataclass import dataclass

Came: TypeAlias = Literal["came", "stand-in", "away", "vacant"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One place at one meeting: the member came, somebody stood in, nobody came, or nobody held it."""

    day: date
    body: str
    seat: str
    party: str | None
    classes: tuple[str, ...]
    came: Came


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One probability of a scenario, with the interval in which the truth lies.

    `heading` and `level` say where it stands (`attendance`, `by_seat`; level empty: the default), `name` of
    whom. `happened` of `asked` is the value; `written`: it has enough behind it to stand in the scenario.
    """

    heading: Literal["attendance", "standins"]
    level: str
    name: str
    happened: int
    asked: int
    low: float
    high: float
    confidence: float
    method: str
    written: bool

    @property
    def value(self) -> Fraction:
        return Fraction(self.happened, self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The parameters that a table gives.

    `spread`: how much more the number who came varies from meeting to meeting than it would if members
    came independently (1: as much; None: too few meetings to say). `vacant`: places that nobody held,
    which count for nothing.
    """

    model: str
    table: str
    meetings: int
    first: date
    last: date
    vacant: int
    spread: float | None
    parameters: tuple[Parameter, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row for each parameter, for `pandas.DataFrame`."""
        return [
            {
                "model": self.model,
                "heading": p.heading,
                "level": p.level or "default",
                "name": p.name,
                "value": float(p.value),
                "low": p.low,
                "high": p.high,
                "confidence": p.confidence,
                "method": p.method,
                "happened": p.happened,
                "asked": p.asked,
                "written": p.written,
            }
            for p in self.parameters
        ]
