"""A scenario file, whole: found, laid over the one that it is like, and read. Every problem at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from govmodel.errors import InputError, Problem
from govmodel.loading.laying import laid_over
from govmodel.loading.messages import canonical, q
from govmodel.loading.nodes import Mapping, Node, Scalar, read, said
from govmodel.loading.scenario.business import consensus, interests, items, votes
from govmodel.loading.scenario.happenings import HAPPENINGS, happenings
from govmodel.loading.scenario.known import Known, known
from govmodel.loading.scenario.passing import clock, escalation
from govmodel.loading.scenario.people import bad_meetings, holders, months, offices
from govmodel.loading.scenario.periods import periods
from govmodel.loading.scenario.shapes import ScenarioReader
from govmodel.loading.scenario.uses import USES, uses
from govmodel.model import rules as r
from govmodel.model.scenario import Scenario
from govmodel.model.vocabulary import VERSION

T = TypeVar("T")


def load_scenario(
    path: str | os.PathLike[str], model: r.Rulebook | r.Rules | None = None, by_name: bool = False
) -> Scenario:
    """The scenario in a file. With a model, the names in it must be the model's. `by_name`: messages name
    the model, as it is one of several.

    Raises:
        InputError: with every problem of the file.
    """
    names = known(model, by_name) if model is not None else None
    return scenario_of(scenario_nodes(path), os.fspath(path), names)


def scenario_of(top: Mapping, path: str, names: Known | None) -> Scenario:
    """The scenario in nodes that were read, whichever files they come from. Raises InputError."""
    reader = ScenarioReader(names)
    scenario = _scenario(reader, top, path)
    if reader.problems.errors or scenario is None:
        raise InputError(reader.problems.found)
    return scenario


def scenario_nodes(path: str | os.PathLike[str], way: tuple[Path, ...] = ()) -> Mapping:
    """The nodes of a scenario file, laid over those of the scenario that it is `like`. Raises InputError."""
    top, file = _read(path), Path(path)
    like = next((value for key, value in top.entries if canonical(key.text) == "like"), None)
    if like is None:
        return top
    own = [(key, value) for key, value in top.entries if canonical(key.text) != "like"]
    name = like.text.strip() if isinstance(like, Scalar) else ""
    if not name:
        raise _bad_like(like, "the name of another scenario file is expected here")
    other = file.parent / name
    way = (*way, file.resolve())
    if other.resolve() in way:
        raise _bad_like(like, f"{q(name)} is this file, or is itself like this file")
    if not other.is_file():
        raise _bad_like(like, f"there is no file {q(name)} beside this one")
    return laid_over(scenario_nodes(other, way), Mapping(own, top.source, top.start, top.flow), defaults=True)


def _read(path: str | os.PathLike[str]) -> Mapping:
    try:
        return read(path)
    except InputError as error:
        help_ = "govmodel new FILE"
        raise InputError([
            replace(p, help="docs/scenarios.md has every key; another scenario may be named with like.")
            if p.help.startswith(help_) else p
            for p in error.problems
        ]) from None  # fmt: skip


def _bad_like(node: Node, message: str) -> InputError:
    return InputError((Problem(node.mark, "like", message),))


def _scenario(reader: ScenarioReader, top: Mapping, path: str) -> Scenario | None:
    """What the headings say. Each that is there is read, for its problems; None where one says nothing."""
    _version(reader, top)
    found = reader.block(
        top, "scenario",
        ("govmodel", "scenario", "about", "attendance", "standins", "months", "bad-meetings", "holders",
         "offices", "items", "interests", "consensus", "votes", "escalation"),
        ("clock", "periods", *HAPPENINGS, *USES),
    )  # fmt: skip
    node = {name: value for name, (_, value) in (found or {}).items()}

    def there(name: str, read_one: Callable[[ScenarioReader, Node], T]) -> T | None:
        return read_one(reader, node[name]) if name in node else None

    name, about = there("scenario", ScenarioReader.sentence), there("about", ScenarioReader.sentence)
    attendance = there("attendance", partial(ScenarioReader.chances, heading="attendance"))
    standins = there("standins", partial(ScenarioReader.chances, heading="standins"))
    factors, bad = there("months", months), there("bad-meetings", bad_meetings)
    held, officers = there("holders", holders), there("offices", offices)
    agenda, stakes = there("items", items), there("interests", interests)
    agreed, voted = there("consensus", consensus), there("votes", votes)
    passed, when = there("escalation", escalation), there("clock", clock)
    times = there("periods", periods)
    beside, used = happenings(reader, node), uses(reader, node)
    if (
        name is None or about is None or attendance is None or standins is None or factors is None
        or held is None or officers is None or agenda is None or stakes is None or agreed is None
        or voted is None or passed is None
    ):  # fmt: skip
        return None
    return Scenario(
        name=name, about=about, path=path, attendance=attendance, standins=standins, months=factors,
        bad_meetings=bad, holders=held, offices=officers, items=agenda, interests=stakes,
        consensus=agreed, votes=voted, escalation=passed, clock=when, periods=times or (),
        **beside, uses=used, marks=reader.marks,
    )  # fmt: skip


def _version(reader: ScenarioReader, top: Mapping) -> None:
    node = next((value for key, value in top.entries if canonical(key.text) == "govmodel"), None)
    if node is not None and not (isinstance(node, Scalar) and node.text.strip() == VERSION):
        reader.problems.add(
            node.mark, "version",
            f"this scenario is written for version {said(node)} of the language; version {VERSION} is read",
            f'Write govmodel: "{VERSION}".',
        )  # fmt: skip
    if any(canonical(key.text) in ("document", "bodies", "clauses") for key, _ in top.entries):
        raise InputError(
            [
                *reader.problems.found,
                Problem(top.mark, "no-scenario", "this is a model; a scenario is expected here"),
            ]
        )
