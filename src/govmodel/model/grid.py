"""Many simulations as one: scenarios, what varies in them, and what came of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, TypeAlias

from govmodel.dataclass import dataclass, replace
from govmodel.model.record import SimulationResult
from govmodel.model.scenario import Scenario

Settings: TypeAlias = Mapping[str, str]
"""What a point of a grid sets, by the place in a scenario, as written: `attendance.default` → `0.6`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a grid: a scenario with everything set that varies, for each model (by its place in
    the call), since the same words can mean other seats there."""

    settings: Settings
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A grid file, read for some models. `varies`: the places that vary, in the order of the file.
    `first` None: each model from the first day of its document."""

    name: str
    about: str
    path: str
    years: int
    replications: int
    seed: int
    first: date | None
    varies: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One simulation of a sweep and, once it was run, what came of it.

    `key` is made from all that the figures depend on, so that a cell is run once and never taken for
    another. `reading`: the options that differ from the model's base. `first`: the first day.
    `left_out`: what must be known to read the figures. `figures`: plain rows, one for each figure of each
    body that meets.
    """

    key: str
    model: str
    scenario: str
    settings: Settings
    reading: Mapping[str, str] = field(default_factory=dict)
    years: int
    replications: int
    seed: int
    first: date
    agrees: bool = True
    left_out: tuple[str, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()

    def done(self, result: SimulationResult) -> Cell:
        """The cell with what came of it."""
        named = ("model", "scenario")
        rows = tuple({k: v for k, v in row.items() if k not in named} for row in result.rows())
        return replace(self, agrees=result.agrees, left_out=result.asides, figures=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepResult:
    """All cells of a sweep, in the order of the models, scenarios and points of the call."""

    grid: str
    about: str
    store: str
    years: int
    replications: int
    seed: int
    calendar: str
    varies: tuple[str, ...]
    cells: tuple[Cell, ...] = field(default_factory=tuple)

    @property
    def agrees(self) -> bool:
        """Whether every exact figure agrees with the simulated one."""
        return all(cell.agrees for cell in self.cells)

    def rows(self) -> list[dict[str, Any]]:
        """One row for each figure of each body in each cell, for `pandas.DataFrame`. What varies has a
        column of its own, as a number where it is one."""
        return [
            {
                "model": cell.model,
                "scenario": cell.scenario,
                **{place: value_of(cell.settings.get(place)) for place in self.varies},
                **figure,
            }
            for cell in self.cells
            for figure in cell.figures
        ]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "grid": {"name": self.grid, "about": self.about, "varies": list(self.varies)},
            "years": self.years,
            "replications": self.replications,
            "seed": self.seed,
            "calendar": self.calendar,
            "agrees": self.agrees,
            "cells": [
                {
                    "key": cell.key,
                    "model": cell.model,
                    "scenario": cell.scenario,
                    "settings": dict(cell.settings),
                    "reading": dict(cell.reading),
                    "from": cell.first.isoformat(),
                    "agrees": cell.agrees,
                    "left_out": list(cell.left_out),
                    "figures": [dict(row) for row in cell.figures],
                }
                for cell in self.cells
            ],
        }


def value_of(text: str | None) -> float | str | None:
    """A number that was written as 0.85, 85% or 17/20; else the words."""
    if text is None:
        return None
    share, percent = text.removesuffix("%"), text.endswith("%")
    top, slash, bottom = share.partition("/")
    try:
        number = float(top) / float(bottom) if slash else float(share)
    except (ValueError, ZeroDivisionError):
        return text
    return number / 100 if percent else number
