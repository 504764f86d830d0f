"""What is asked of a model, and the model as it was read: all that can be wrong with a call is found here."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import govmodel.checks
from govmodel.checks import Entry
from govmodel.checks.context import MOST_CONFLICTS, Context
from govmodel.dataclass import dataclass
from govmodel.errors import InputError
from govmodel.loading import load
from govmodel.model.constitution import Constitution
from govmodel.model.rules import Reading, Rulebook
from govmodel.reading import read
from govmodel.study import sidebyside
from govmodel.study.dates import known_days
from govmodel.study.naming import known_reading, unknown, wrong

if TYPE_CHECKING:
    from govmodel.model.scenario import Scenario

EFFORT = 2_000_000
"""z3's `rlimit` for one call of the solver."""

WORTH_SHARING = 32_000
"""Bytes of files from which it pays to have them read beside this process, while it imports what checks need.
They take 20 thousandths of a second; another process, and what it gives back, takes a third of that."""

PRACTICE = "practice"
"""The family that asks nothing without a scenario."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of every model of a call: the arguments of `check` that bear its answer."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    reading: Reading = field(default_factory=dict)
    effort: int = EFFORT
    most_conflicts: int = MOST_CONFLICTS
    first_day: date | None = None
    scenario: str | os.PathLike[str] | None = None


@dataclass(frozen=True)
class Prepared:
    """A model that was read, with the checks that are asked of it."""

    rulebook: Rulebook
    entries: tuple[Entry, ...]
    fixed: Reading
    effort: int
    most_conflicts: int
    scenario: Scenario | None = None

    def context(self) -> Context:
        return Context(self.rulebook, self.effort, self.fixed, self.most_conflicts, scenario=self.scenario)


def prepare_each(
    models: Sequence[str | os.PathLike[str]], wanted: Wanted, by_name: bool, workers: int
) -> list[Prepared | InputError]:
    """Each model as it was read, or what is wrong with it. Where it pays others read them, the largest first,
    while this process imports what the checks need and then helps; what is lost with another is read here."""

    def prepared(place: int) -> Prepared | InputError:
        try:
            return prepare(models[place], wanted, by_name)
        except InputError as error:
            return error

    processes = min(workers, len(models) + 1, sidebyside.possible()) if workers > 1 else 1
    known = [size for size in map(_size, models) if size is not None]
    if processes == 1 or len(known) < len(models) or sum(known) < WORTH_SHARING:
        return [prepared(place) for place in range(len(models))]
    largest_first = sorted(range(len(models)), key=lambda place: -known[place])
    meanwhile = partial(_import, wanted)
    (told,) = sidebyside.share([largest_first], prepared, prepared, processes, meanwhile=meanwhile)
    found = dict(zip(largest_first, told, strict=True))
    return [found[place] for place in range(len(models))]


def _import(wanted: Wanted) -> None:
    """Import what the checks need that are asked for: the processes that share them have it then."""
    with contextlib.suppress(Exception):  # it will be told where it is asked for
        for entry in _chosen(wanted):
            entry.load()


def _chosen(wanted: Wanted) -> tuple[Entry, ...]:
    """The checks that are asked for; those of practice only with a scenario."""
    chosen = pick(wanted.select, wanted.ignore)
    return chosen if wanted.scenario is not None else tuple(e for e in chosen if e.family != PRACTICE)


def _size(model: str | os.PathLike[str]) -> int | None:
    """Bytes of a plain file. None: there is none, or it can be read but once, as a pipe can."""
    try:
        found = os.stat(model)
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def prepare(model: str | os.PathLike[str] | Constitution, wanted: Wanted, by_name: bool = False) -> Prepared:
    """All that can be wrong with a call is found here. `by_name`: messages about a scenario name the model,
    as it is one of several. Raises InputError."""
    constitution = model if isinstance(model, Constitution) else load(model)
    rulebook = read(constitution)
    if wanted.first_day is not None:
        rulebook = replace(rulebook, first_day=wanted.first_day)
    known_days(rulebook, constitution if wanted.first_day is None else None)
    fixed = known_reading(rulebook, wanted.reading)
    chosen = _chosen(wanted)
    if not chosen:
        raise wrong("checks of practice ask what people do", "Give a scenario with --scenario.")
    prepared = Prepared(rulebook, chosen, fixed, wanted.effort, wanted.most_conflicts)
    if wanted.scenario is None:
        return prepared
    return replace(prepared, scenario=_scenario(prepared.context(), wanted.scenario, by_name))


def _scenario(context: Context, path: str | os.PathLike[str], by_name: bool) -> Scenario:
    """The scenario in a file, tried with the rules before any check is run. Raises InputError."""
    from govmodel.checks.practice.asking import SEED, YEARS
    from govmodel.loading.scenario import load_scenario
    from govmodel.sim import plan

    rulebook = context.rulebook
    if rulebook.texts:
        raise wrong(f"{rulebook.id} is a landscape: meeting years are those of one text")
    scenario = load_scenario(path, rulebook, by_name)
    whose = f"{rulebook.id}: " if by_name else ""
    try:
        plan(context.rules(), scenario, years=2 * YEARS, seed=SEED)
    except ValueError as error:
        raise wrong(f"{whose}{error}") from error
    except InputError as error:
        if all(problem.code == "nothing-meets" for problem in error.problems):
            return scenario
        raise InputError([replace(p, message=f"{whose}{p.message}") for p in error.problems]) from error
    return scenario


def pick(select: Iterable[str], ignore: Iterable[str]) -> tuple[Entry, ...]:
    """The checks that are selected and not ignored; a family is the start of an id (`GM1`). Those that run
    on request only are selected by their full id."""
    ids = [e.id for e in govmodel.checks.CATALOGUE]

    def matching(names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for name in names:
            matched = {id for id in ids if id.startswith(name.upper())}
            if not matched:
                raise InputError((unknown("there is no check", name.upper(), ids),))
            found |= matched
        return found

    named = [name.upper() for name in select]
    asked = matching(named) or set(ids)
    unasked = {e.id for e in govmodel.checks.CATALOGUE if e.on_request and e.id not in named}
    wanted = asked - unasked - matching(ignore)
    if not wanted:
        raise wrong("no check is left: everything that is selected is ignored")
    return tuple(e for e in govmodel.checks.CATALOGUE if e.id in wanted)
