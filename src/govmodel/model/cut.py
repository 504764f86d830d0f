"""The text of a document, cut into clauses."""

from __future__ import annotations

from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass

Why: TypeAlias = Literal["heading", "furniture", "no words"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as the text has it. `lines` count from 1 and are in order, each once."""

    ref: str
    lines: tuple[int, ...]
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text that is in no clause: left out, and why, or unknown where `why` is None."""

    number: int
    text: str
    why: Why | None


@dataclass(frozen=True, slots=True)
class Cut:
    """Every line with anything in it is in a piece, left out or unknown, and in one of the three only.
    Several pieces may share a line."""

    file: str
    pieces: tuple[Piece, ...]
    left_out: tuple[Line, ...]
    unknown: tuple[Line, ...]
    not_found: tuple[str, ...]
    """Parts and titles of the layout whose lines the text does not have."""
