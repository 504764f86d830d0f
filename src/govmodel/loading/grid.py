"""Grid files: many scenarios as one, for `govmodel sweep`. Every problem at once.

What varies is written in the shape of a scenario, with a list of values where the scenario has one.
Each value is laid over the scenario in its turn, and read there as if it stood in the scenario itself:
so a value that no scenario can have is told at its own place in the grid.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from math import prod
from pathlib import Path

from govmodel.errors import InputError, Problem
from govmodel.loading.laying import laid_over
from govmodel.loading.messages import Problems, canonical, did_you_mean, listed, q
from govmodel.loading.nodes import Mapping, Node, Scalar, read, said
from govmodel.loading.nodes import Sequence as List
from govmodel.loading.scenario import known, scenario_nodes, scenario_of
from govmodel.loading.scenario.shapes import date_of
from govmodel.model import rules as r
from govmodel.model.grid import Grid, Point, value_of
from govmodel.model.scenario import Scenario
from govmodel.model.vocabulary import VERSION

MOST_POINTS = 10_000
KEYS = ("govmodel", "grid", "about", "scenarios", "vary", "years", "replications", "seed")
MOST = {"years": (1, 80), "replications": (1, 1_000_000), "seed": (0, 2**63)}

Way = tuple[Scalar, ...]
"""The keys on the way to a place of a scenario."""


def load_grid(path: str | os.PathLike[str], models: Sequence[r.Rulebook | r.Rules]) -> Grid:
    """The grid in a file, with every scenario of it as each model reads it.

    Raises:
        InputError: with every problem of the file, and of what its scenarios become.
    """
    return _Reader(Path(path), models).grid(read(path))


class _Reader:
    def __init__(self, path: Path, models: Sequence[r.Rulebook | r.Rules]) -> None:
        self.path, self.models = path, models
        self.problems = Problems()

    def grid(self, top: Mapping) -> Grid:
        found = self._headings(top)
        words = {name: self._words(found[name]) for name in ("grid", "about") if name in found}
        numbers = {name: self._number(name, found[name]) for name in MOST if name in found}
        first = self._day(found["from"]) if "from" in found else None
        places = list(self._places(found["vary"], ())) if "vary" in found else []
        bases = self._scenarios(found["scenarios"]) if "scenarios" in found else []
        many = prod(len(values.items) for _, values in places) * max(len(bases), 1)
        if many > MOST_POINTS:
            self.problems.add(
                found["vary"].mark,
                "too-large",
                f"this grid has {many:,} points; at most {MOST_POINTS:,} are run",
            )
        if self.problems.errors:
            raise InputError(self.problems.found)
        points = [point for base in bases for point in self._points(base, places)]
        if self.problems.errors:
            raise InputError(self.problems.found)
        return Grid(
            name=words["grid"], about=words["about"], path=os.fspath(self.path), years=numbers["years"],
            replications=numbers["replications"], seed=numbers["seed"], first=first,
            varies=tuple(_named(way) for way, _ in places), points=tuple(points),
        )  # fmt: skip

    def _headings(self, top: Mapping) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key, value in top.entries:
            name = canonical(key.text)
            if name in found:
                self.problems.add(key.mark, "key-twice", f"{q(key.text)} stands here for the second time")
            elif name not in (*KEYS, "from"):
                near = self.problems.near(name, (*KEYS, "from"))
                self.problems.add(
                    key.mark, "unknown-key", f"a grid has no key {q(key.text)}{did_you_mean(near)}",
                    f"Its keys are {listed([*KEYS, 'from'], 'and')}.",
                )  # fmt: skip
            else:
                found[name] = value
        missing = [name for name in KEYS if name not in found]
        if "grid" in missing and {"attendance", "bodies", "document"} & {
            canonical(k.text) for k, _ in top.entries
        }:
            raise InputError((Problem(top.mark, "no-grid", "this is no grid; a grid is expected here"),))
        if missing:
            self.problems.add(
                top.mark, "missing-key", f"the grid says nothing of {listed(missing, 'and')}",
                "Nothing is assumed that the file does not say; docs/sweeps.md has every key.",
            )  # fmt: skip
        version = found.get("govmodel")
        if version is not None and not (isinstance(version, Scalar) and version.text.strip() == VERSION):
            self.problems.add(
                version.mark, "version",
                f"this grid is written for version {said(version)}; version {VERSION} is read",
                f'Write govmodel: "{VERSION}".',
            )  # fmt: skip
        return found

    def _words(self, node: Node) -> str:
        if isinstance(node, Scalar) and node.text.strip():
            return " ".join(node.text.split())
        self.problems.add(node.mark, "no-words", f"words are expected here; found {said(node)}")
        return ""

    def _number(self, name: str, node: Node) -> int:
        least, most = MOST[name]
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most:
            return int(text)
        self.problems.add(
            node.mark, "not-a-whole-number",
            f"{name} is a whole number from {least} to {most}; found {said(node)}",
        )  # fmt: skip
        return least

    def _day(self, node: Node) -> date | None:
        found = date_of(node)
        if found is None:
            self.problems.add(
                node.mark, "not-a-day", f"a day is expected here; found {said(node)}",
                "Write it as 2010-05-01.",
            )  # fmt: skip
        return found

    # what varies

    def _places(self, node: Node, way: Way) -> Iterator[tuple[Way, List]]:
        """Every list of values with the keys that lead to it."""
        where = _named(way) or "vary"
        if isinstance(node, Scalar) and node.text.strip() == "none" and not way:
            return
        if isinstance(node, Mapping) and node.entries:
            seen: set[str] = set()
            for key, value in node.entries:
                if canonical(key.text) in seen:
                    self.problems.add(key.mark, "key-twice", f"{q(key.text)} stands here for the second time")
                    continue
                seen.add(canonical(key.text))
                yield from self._places(value, (*way, key))
        elif isinstance(node, List) and way:
            if not node.items:
                self.problems.add(
                    node.mark, "empty-grid", f"{where} has no values, so there is nothing to run",
                    "Give it values, or leave it out.",
                )  # fmt: skip
            written: set[str] = set()
            values: dict[float | str | None, str] = {}
            for item in node.items:
                text = _text(item)
                before = values.setdefault(value_of(text), text)
                if text in written or before != text:
                    same = f"It is {q(before)} once more. " if before != text else ""
                    self.problems.add(
                        item.mark, "value-twice", f"{where} takes {q(text)} for the second time",
                        f"{same}Keep one.",
                    )  # fmt: skip
                written.add(text)
            yield way, node
        else:
            found = "an empty block" if isinstance(node, Mapping) else said(node)
            self.problems.add(
                node.mark, "not-a-list", f"a list of values is expected for {where}; found {found}",
                "Write [0.6, 0.8], in the shape of a scenario; or vary: none." if not way
                else "Write [0.6, 0.8].",
            )  # fmt: skip

    def _scenarios(self, node: Node) -> list[tuple[str, Mapping]]:
        """The scenarios of the grid, by their paths."""
        items = node.items if isinstance(node, List) else []
        if not items:
            instead = "an empty list" if isinstance(node, List) else said(node)
            self.problems.add(
                node.mark, "empty-grid", f"a list of scenario files is expected here; found {instead}",
                "Write [plain.yaml], by their paths from this file.",
            )  # fmt: skip
        found: list[tuple[str, Mapping]] = []
        seen: set[Path] = set()
        titles: set[str] = set()
        for item in items:
            name = item.text.strip() if isinstance(item, Scalar) else ""
            path = self.path.parent / name
            if not name or not path.is_file():
                self.problems.add(
                    item.mark, "no-such-file", f"a scenario file is expected here; found {said(item)}"
                )
            elif path.resolve() in seen:
                self.problems.add(item.mark, "value-twice", f"{q(name)} is listed twice")
            else:
                seen.add(path.resolve())
                try:
                    top = scenario_nodes(path)
                except InputError as error:
                    self._take(error)
                    continue
                title = _title(top)
                if title and title in titles:
                    self.problems.add(
                        item.mark, "value-twice", f"two scenarios are called {q(title)}",
                        "Name one otherwise, in its file: results are told apart by that name.",
                    )  # fmt: skip
                titles.add(title)
                found.append((os.fspath(path), top))
        return found

    def _points(self, base: tuple[str, Mapping], places: list[tuple[Way, List]]) -> Iterator[Point]:
        path, top = base
        names = [known(model, len(self.models) > 1) for model in self.models]
        for values in product(*(listed_values.items for _, listed_values in places)):
            made = top
            for (way, _), value in zip(places, values, strict=True):
                made = laid_over(made, _branch(way, value))
            made = Mapping(made.entries, top.source, top.start, top.flow)
            scenarios: list[Scenario] = []
            for own in names:
                try:
                    scenarios.append(scenario_of(made, path, own))
                except InputError as error:
                    self._take(error)
            settings = {_named(way): _text(value) for (way, _), value in zip(places, values, strict=True)}
            yield Point(settings=settings, scenarios=tuple(scenarios))

    def _take(self, error: InputError) -> None:
        """What is wrong with a point, once for all points and models that have it."""
        have = set(self.problems.found)
        for problem in error.problems:
            if problem not in have:
                self.problems.add(
                    problem.mark, problem.code, problem.message, problem.help, level=problem.level
                )


def _title(top: Mapping) -> str:
    """What a scenario calls itself."""
    title = next((value for key, value in top.entries if canonical(key.text) == "scenario"), None)
    return " ".join(title.text.split()) if isinstance(title, Scalar) else ""


def _branch(way: Way, value: Node) -> Mapping:
    """A file that says one thing."""
    node = value
    for key in reversed(way):
        node = Mapping([(key, node)], key.source, key.start, False)
    if not isinstance(node, Mapping):
        raise ValueError("a place of a scenario has a key")
    return node


def _named(way: Way) -> str:
    """A place in words: `attendance.by_party.gose`."""
    return ".".join(key.text.strip() for key in way)


def _text(node: Node) -> str:
    """A value as it is written, on one line."""
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, List):
        return f"[{', '.join(map(_text, node.items))}]"
    return "{" + ", ".join(f"{key.text.strip()}: {_text(value)}" for key, value in node.entries) + "}"
