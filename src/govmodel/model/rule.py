"""What every rule has, and what a reading is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.model.language import Gate

Reading: TypeAlias = Mapping[str, str]
"""One option for every ambiguity (or for some: a partial reading)."""

Force: TypeAlias = Literal["must", "must-not", "may", "should", "should-not"]
Strength: TypeAlias = Literal["must", "should", "may"]


def stands(gate: Gate, reading: Reading) -> bool:
    """Whether a block with this gate is there under this reading, which names all its ambiguities."""
    return all(reading[name] in options for name, options in gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: the clauses that together say it, its place, and its guard."""

    clauses: tuple[str, ...]
    mark: Mark
    gate: Gate = ()
