"""Grid files: what is read, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sweep_help import FIRE, GRID, PLAIN, TOWN, grid

from govmodel import load
from govmodel.errors import InputError
from govmodel.loading.grid import load_grid
from govmodel.reading import read

MODELS = (read(load(TOWN)), read(load(FIRE)))


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        load_grid(grid(tmp_path, text), MODELS)
    return [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}" for p in raised.value.problems]


def test_a_whole_file(tmp_path: Path) -> None:
    found = load_grid(grid(tmp_path), MODELS)
    assert found.varies == ("attendance.default", "items.per_meeting")
    assert [tuple(p.settings.values()) for p in found.points][:4] == [
        ("0.6", "2"), ("0.6", "4"), ("0.6", "8"), ("0.8", "2"),
    ]  # fmt: skip
    for point in found.points:
        assert len(point.scenarios) == len(MODELS)
        for scenario in point.scenarios:
            assert float(scenario.attendance.default) == float(point.settings["attendance.default"])
            assert scenario.items.default.per_meeting == int(point.settings["items.per_meeting"])
            assert (
                scenario.standins.default
                == load_grid(grid(tmp_path), MODELS).points[0].scenarios[0].standins.default
            )


def test_nothing_varies(tmp_path: Path) -> None:
    text = GRID[: GRID.index("vary:")] + "vary: none\n" + GRID[GRID.index("years:") :]
    found = load_grid(grid(tmp_path, text), MODELS)
    assert [dict(point.settings) for point in found.points] == [{}]


def test_blocks_and_what_the_scenario_has_not(tmp_path: Path) -> None:
    text = GRID.replace("{default: [0.6, 0.8]}", "{by_body: {board: [0.5, 1/3]}}").replace(
        "items: {per_meeting: [2, 4, 8]}", "bad_meetings: [none, {chance: 0.1, attendance: 0.5}]"
    )
    found = load_grid(grid(tmp_path, text), MODELS[:1])
    assert [p.scenarios[0].bad_meetings is None for p in found.points] == [True, False, True, False]
    assert found.points[-1].settings["bad_meetings"] == "{chance: 0.1, attendance: 0.5}"
    assert str(found.points[-1].scenarios[0].attendance.by_body["board"]) == "1/3"


SLIPS = {
    ("[0.6, 0.8]", "[0.6, 1.8]"): '6:31 not-a-probability: a probability lies between 0 and 1; found "1.8"',
    (
        "[0.6, 0.8]",
        "[]",
    ): "6:25 empty-grid: attendance.default has no values, so there is nothing to run",
    ("[0.6, 0.8]", "[60%, 0.60]"): '6:31 value-twice: attendance.default takes "0.60" for the second time',
    (
        "attendance: {default: [0.6, 0.8]}",
        "votes: {for: [0.1, 0.2]}",
    ): "6:11 not-one: for, against and abstain add to 0.6, not to 1",
    ("[0.6, 0.8]", "[0.6, 0.6]"): '6:31 value-twice: attendance.default takes "0.6" for the second time',
    (
        "[0.6, 0.8]",
        "0.6",
    ): '6:25 not-a-list: a list of values is expected for attendance.default; found "0.6"',
    (
        "attendance:",
        "atendance:",
    ): '6:3 unknown-key: scenario has no key "atendance"; did you mean "attendance"?',
    (f"[{PLAIN}]", "[]"): "4:12 empty-grid: a list of scenario files is expected here; found an empty list",
    (f"[{PLAIN}]", "[x.yaml]"): '4:13 no-such-file: a scenario file is expected here; found "x.yaml"',
    ("years: 1", "years: 99"): '8:8 not-a-whole-number: years is a whole number from 1 to 80; found "99"',
    ("years: 1", "years: many"): '8:8 not-a-whole-number: years is a whole number from 1 to 80; found "many"',
    ("seed: 1\n", ""): "1:1 missing-key: the grid says nothing of seed",
    ("seed: 1\n", "seed: 1\nfrom: 1 May\n"): '11:7 not-a-day: a day is expected here; found "1 May"',
    (
        "replications",
        "replicatons",
    ): '9:1 unknown-key: a grid has no key "replicatons"; did you mean "replications"?',
    (
        'govmodel: "1"',
        'govmodel: "2"',
    ): '1:11 version: this grid is written for version "2"; version 1 is read',
    ("about: a grid for tests", "about:"): "3:7 no-words: words are expected here; found nothing",
}


@pytest.mark.parametrize(("slip", "said"), SLIPS.items())
def test_one_slip_is_told_at_its_place(tmp_path: Path, slip: tuple[str, str], said: str) -> None:
    old, new = slip
    assert old in GRID
    assert said in problems(tmp_path, GRID.replace(old, new, 1))


def test_an_unknown_party_is_told_once_for_all_models(tmp_path: Path) -> None:
    text = GRID.replace("{default: [0.6, 0.8]}", "{by_party: {plice: [0.6, 0.8]}}")
    found = problems(tmp_path, text)
    assert [line.partition(";")[0] for line in found] == [
        f'6:27 unknown-name: the model {model.id} has no party "plice"' for model in MODELS
    ]


def test_scenarios_are_told_apart_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(PLAIN.read_text())
    (said,) = problems(tmp_path, GRID.replace(f"[{PLAIN}]", f"[{PLAIN}, other.yaml]"))
    assert 'value-twice: two scenarios are called "plain"' in said


def test_a_scenario_and_a_model_are_no_grids(tmp_path: Path) -> None:
    for path in (PLAIN, TOWN):
        with pytest.raises(InputError, match="this is no grid; a grid is expected here"):
            load_grid(path, MODELS)


def test_too_large_a_grid_is_not_begun(tmp_path: Path) -> None:
    many = ", ".join(f"0.{n:04}" for n in range(200))
    text = GRID.replace("[0.6, 0.8]", f"[{many}]").replace(
        "[2, 4, 8]", f"[{', '.join(map(str, range(200)))}]"
    )
    assert "this grid has 40,000 points" in problems(tmp_path, text)[0]


@pytest.mark.parametrize(
    "text", ["[]", "a", "grid: []", 'govmodel: "1"\ngrid: {}\nvary: {a: {}}', "vary: [1]"]
)
def test_never_a_traceback(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)
