"""The use case of `govmodel sweep`: a grid of simulations, recorded as they are done, and resumed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from govmodel.calendar import data_version
from govmodel.dataclass import dataclass
from govmodel.errors import InputError, Lost, Problem
from govmodel.loading import load
from govmodel.loading.grid import load_grid
from govmodel.model.constitution import Constitution
from govmodel.model.grid import Cell, Grid, SweepResult
from govmodel.model.record import SimulationResult
from govmodel.model.rules import Rulebook, Rules
from govmodel.model.scenario import Scenario
from govmodel.reading import read, under
from govmodel.sim import plan
from govmodel.spread import Hands, spread
from govmodel.spread.fingerprint import fingerprint
from govmodel.store import Store
from govmodel.study.digest import digest
from govmodel.study.naming import CALL, known_reading
from govmodel.study.simulating import OutOfRange, simulate


@dataclass(frozen=True, slots=True)
class _Work:
    """What every cell of a sweep shares."""

    models: tuple[Rules, ...]
    years: int
    replications: int
    seed: int
    first: date | None


Task = tuple[int, Scenario]
"""A cell to be run: which model, under which scenario."""


def sweep(
    models: Sequence[str | os.PathLike[str] | Constitution | Rulebook],
    grid: str | os.PathLike[str],
    store: str | os.PathLike[str],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    reading: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SweepResult:
    """Run every model under every point of a grid, and record each cell in a store as it is done.

    A cell that the store has is not run again, so that a sweep that was stopped, however roughly, goes on
    where it was. `workers`: processes; `scheduler`: the address of a Dask scheduler instead. Neither
    changes the result. `progress` is told how many cells are recorded, and of how many.

    Raises:
        InputError: the grid cannot be used with the models.
        Lost: the store cannot be written or the workers went away; what was recorded stays.
    """
    books = [_book(model) for model in models]
    twice = next((b.id for n, b in enumerate(books) if b.id in [other.id for other in books[:n]]), None)
    if twice:
        raise InputError((Problem(CALL, "model-twice", f"two models are called {twice}"),))
    rules = tuple(under(book, known_reading(book, reading or {})) for book in books)
    found = load_grid(grid, books)
    cells, tasks = _cells(found, books, rules)
    _try_plans(found, rules)
    work = _Work(rules, found.years, found.replications, found.seed, found.first)
    with Store(store) as records:
        records.begin(cell.key for cell in cells)
        there = records.recorded(cell.key for cell in cells)
        todo = [place for place, cell in enumerate(cells) if cell.key not in there]
        done = len(cells) - len(todo)
        if progress is not None:
            progress(done, len(cells))
        try:
            for place, answer in spread(_run, work, [tasks[n] for n in todo], Hands(workers, scheduler)):
                records.put(cells[todo[place]].done(answer))
                done += 1
                if progress is not None:
                    progress(done, len(cells))
        except Lost as error:
            raise Lost(
                f"{error}; {done} of {len(cells)} cells are recorded in {os.fspath(store)} and stay there: "
                "the same command goes on from them"
            ) from None
        finished = tuple(records.get(cell.key) for cell in cells)
    return SweepResult(
        grid=found.name, about=found.about, store=os.fspath(store), years=found.years,
        replications=found.replications, seed=found.seed, calendar=data_version(), varies=found.varies,
        cells=finished,
    )  # fmt: skip


def _book(model: str | os.PathLike[str] | Constitution | Rulebook) -> Rulebook:
    if isinstance(model, (str, os.PathLike)):
        model = load(model)
    book = read(model) if isinstance(model, Constitution) else model
    if book.texts:
        says = f"{book.id} is a landscape: it joins texts, and meeting years are those of one text"
        raise InputError((Problem(CALL, "landscape", says),))
    return book


def _cells(grid: Grid, books: Sequence[Rulebook], models: Sequence[Rules]) -> tuple[list[Cell], list[Task]]:
    """Every cell with what is to be run for it."""
    cells: list[Cell] = []
    tasks: list[Task] = []
    own = [digest(rules) for rules in models]
    call = (fingerprint(), grid.years, grid.replications, grid.seed, grid.first)
    for number, (book, rules) in enumerate(zip(books, models, strict=True)):
        chosen = {name: option for name, option in rules.reading.items() if option != book.base[name]}
        for point in grid.points:
            scenario = point.scenarios[number]
            said = replace(scenario, path="", about="", marks={})
            key = digest(*call, own[number], said, dict(point.settings))
            cells.append(
                Cell(
                    key=key,
                    model=rules.id,
                    scenario=scenario.name,
                    settings=point.settings,
                    reading=chosen,
                    years=grid.years,
                    replications=grid.replications,
                    seed=grid.seed,
                    first=grid.first or rules.first_day,
                )
            )
            tasks.append((number, scenario))
    return cells, tasks


def _try_plans(grid: Grid, models: Sequence[Rules]) -> None:
    """Tell before anything is run what a scenario cannot be with a model."""
    problems: list[Problem] = []
    for number, rules in enumerate(models):
        for point in grid.points:
            try:
                plan(rules, point.scenarios[number], years=grid.years, seed=grid.seed, first=grid.first)
            except InputError as error:
                problems.extend(p for p in error.problems if p not in problems)
            except ValueError as error:
                raise OutOfRange(str(error)) from error
    if problems:
        raise InputError(problems)


def _run(work: _Work, task: Task) -> SimulationResult:
    number, scenario = task
    return simulate(
        work.models[number], scenario, years=work.years, replications=work.replications, seed=work.seed,
        first=work.first,
    )  # fmt: skip
