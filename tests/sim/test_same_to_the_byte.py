"""The same seed gives the same bytes, with every key that a scenario may have, whoever does the work; and a
seat more changes nothing that the others do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import everything
import numpy as np
import pytest
import yaml

from govmodel.errors import InputError
from govmodel.loading.scenario import load_scenario
from govmodel.model import chances, uses
from govmodel.model import scenario as declared
from govmodel.model.record import Record
from govmodel.sim import plan, replay, simulate_all

HERE = Path(__file__).parent
SEEDS = (("0", "UTC", "1"), ("1", "Pacific/Kiritimati", "2"), ("2", "X-14", "1"),
         ("3", "America/New_York", "2"), ("4", "UTC", "1"))  # fmt: skip
"""Hash seeds, time zones, workers."""
NOT_KEYS = {("Scenario", name) for name in ("name", "about", "path", "marks")} | {("Period", "name")}


@cache
def folder() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp())


@cache
def alone() -> str:
    return everything.told(*everything.written(folder()))


def used(value: Any) -> Iterator[tuple[str, str]]:
    """Every field below that says something: more than nothing, and otherwise than where it is left out."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for one in value:
            yield from used(one)
    elif is_dataclass(value):
        for field in fields(value):
            own = getattr(value, field.name)
            usual = None if field.default is MISSING else field.default
            if own not in (None, (), {}) and (own != usual or field.default is MISSING):
                yield type(value).__name__, field.name
            yield from used(own)


def test_every_key_is_used_here() -> None:
    """Whoever adds a key adds it to `everything.py`, and the tests below are its own."""
    wanted = {
        (kind.__name__, field.name)
        for room in (declared, uses, chances)
        for kind in vars(room).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == room.__name__
        for field in fields(kind)
    }
    _, scenarios = everything.written(folder())
    assert len(wanted) > 70
    assert wanted - NOT_KEYS - set(used(scenarios)) == set()


def keys() -> Any:
    """The scenario as blocks, lists and words."""
    return yaml.load(everything.BY_DAY, Loader=yaml.BaseLoader)


def paths(whole: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in whole.items() if isinstance(whole, dict) else ():
        yield (*way, key)
        yield from paths(value, (*way, key))


@pytest.mark.parametrize("deep", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_key_that_may_be_left_out_makes_a_difference(tmp_path: Path, deep: bool) -> None:
    """So that the model has something for each to act on. `deep`: keys within others, too."""
    rules, (day, _) = everything.written(tmp_path)
    before = simulate_all(plan(rules, day, years=3, seed=3), 20).counts
    idle: list[tuple[str, ...]] = []
    tried = 0
    for way in paths(keys()):
        if len(way) > 1 and not deep:
            continue
        whole = keys()
        inner = whole
        for key in way[:-1]:
            inner = inner[key]
        del inner[way[-1]]
        path = tmp_path / "less.yaml"
        path.write_text(yaml.safe_dump(whole), encoding="utf-8")
        try:
            less = load_scenario(path, rules)
            after = simulate_all(plan(rules, less, years=3, seed=3), 20).counts
        except InputError:
            continue  # it must be there
        tried += 1
        if np.array_equal(after, before):
            idle.append(way)
    assert tried > (30 if deep else 12)
    assert idle == []


@pytest.mark.parametrize(("seed", "zone", "workers"), SEEDS)
def test_no_hash_seed_no_zone_and_no_worker_changes_a_byte(seed: str, zone: str, workers: str) -> None:
    where = os.pathsep.join(filter(None, (str(HERE.parents[1] / "src"), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, str(HERE / "everything.py"), workers], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": where},
    )  # fmt: skip
    assert done.stdout.strip() == alone()


@pytest.mark.parametrize("processes", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_dask_changes_no_byte(processes: bool) -> None:
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=processes, host="127.0.0.1", dashboard_address=None,
        protocol="tcp",
    ) as cluster:  # fmt: skip
        rules, scenarios = everything.written(folder())
        assert everything.told(rules, scenarios, scheduler=cluster.scheduler_address) == alone()


NOT_ALONE = ("waiting", "lifting", "joining")
"""Keys by which others do something because of how many are there."""


def test_a_seat_more_changes_nothing_that_the_others_do(tmp_path: Path) -> None:
    seats = '      college: {party: college, clause: "1"}\n      charity'
    more = everything.MODEL.replace(
        seats, seats.replace("      charity", '      guest: {clause: "1"}\n      charity')
    )
    assert more != everything.MODEL
    runs = []
    for name, model in (("few", everything.MODEL), ("more", more)):
        (tmp_path / name).mkdir()
        rules, _ = everything.written(tmp_path / name, model)
        whole = keys()
        for left in NOT_ALONE:
            del whole[left]
        path = tmp_path / name / "day.yaml"
        path.write_text(yaml.safe_dump(whole), encoding="utf-8")
        ran = plan(rules, load_scenario(path, rules), years=4, seed=3)
        runs.append({own: record for n in range(1, 9) for own, record in keyed(n, replay(ran, n))})
    few, many = runs
    meetings = [key for key in few if key[1] == "meeting"]
    assert sum(key in many for key in meetings) > 0.9 * len(meetings)
    came = voted = 0
    for key in few.keys() & many.keys():
        one, other = few[key].gathering, many[key].gathering
        if one is None or other is None:
            continue
        old = set(other.present) - {"guest"}
        assert old == set(one.present), key
        assert set(other.standing_in) - {"guest"} == set(one.standing_in)
        came += len(old)
        if few[key].what == "item" and few[key].facts["deferred"] == many[key].facts["deferred"]:
            for side in ("in_favour", "against", "abstaining", "barred"):
                assert set(getattr(other, side)) - {"guest"} == set(getattr(one, side)), key
            voted += len(old)
    assert min(came, voted) > 500


def keyed(replication: int, records: tuple[Record, ...]) -> Iterator[tuple[tuple[Any, ...], Record]]:
    """Records by what they are of: a meeting by its day, an item by where and when it was raised too."""
    for record in records:
        facts = record.facts
        if record.what in ("meeting", "item"):
            own = (facts.get("raised"), facts.get("raised_at"), facts.get("serial"), facts.get("kind"))
            yield (replication, record.what, record.body, record.day, *own), record
