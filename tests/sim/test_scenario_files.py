"""Scenario files: what is read, and what is said of a bad one."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from scenario_help import GOOD, load, problems

from govmodel.loading.scenario import load_scenario

ROOT = Path(__file__).parents[2]


def test_a_whole_file(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    assert found.attendance.of("board", "council", "council", ()) == Fraction(1, 2)
    assert found.attendance.of("board", "police", "police", ("statutory",)) == Fraction(17, 20)
    assert found.attendance.of("board", "x", "y", ("statutory",)) == Fraction(9, 10)
    assert found.attendance.of("board", "x", "y", ()) == Fraction(4, 5)
    assert found.months == {8: Fraction(17, 20)}
    assert found.items.of("board").spread == "fixed"
    assert found.items.of("other").matters["funding"] == Fraction(3, 10)
    assert found.escalation.of("board").last == 5
    assert found.votes.casting is None
    assert found.mark("attendance", "by_party", "police").line == 7


CLOCK = "clock: {unit: month, first: {board: 3}, order: [board]}\n"


def test_a_clock(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD + CLOCK).clock
    assert found is not None
    assert (found.unit, dict(found.first), found.order) == ("month", {"board": 3}, ("board",))
    assert load(tmp_path, GOOD).clock is None
    for old, new, said in (
        ("month", "moon", 'not-a-choice: unit is day or month; found "moon"'),
        ("board: 3", "board: 0", "not-a-whole-number: the number of a month is a whole number from 1"),
        ("board: 3", "bord: 3", 'unknown-name: the model has no body "bord"; did you mean "board"?'),
        ("[board]", "[bord]", 'unknown-name: the model has no body "bord"; did you mean "board"?'),
        ("[board]", "[board, board]", 'name-twice: "board" stands here for the second time'),
        ("[board]", "board", 'not-a-list: a list of bodies is expected here; found "board"'),
    ):
        (problem,) = problems(tmp_path, GOOD + CLOCK.replace(old, new))
        assert said in problem


def test_the_scenarios_of_the_project() -> None:
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        assert load_scenario(path).about


def test_none_is_said(tmp_path: Path) -> None:
    text = GOOD.replace("{august: 0.85}", "none").replace("{chance: 0.1, attendance: 0.5}", "none")
    found = load(tmp_path, text)
    assert found.months == {}
    assert found.bad_meetings is None


SLIPS = {
    ("default: 0.8", "default: 1.2"): (
        '5:12 not-a-probability: a probability lies between 0 and 1; found "1.2"'
    ),
    ("default: 0.8", "default: often"): (
        '5:12 not-a-number: a probability from 0 to 1 is expected here; found "often"'
    ),
    ("police: 17/20", "polce: 17/20"): (
        '7:14 unknown-name: the model has no party "polce"; did you mean "police"?'
    ),
    ("statutory: 90%", "statutry: 90%"): (
        '6:14 unknown-name: the model has no class "statutry"; did you mean "statutory"?'
    ),
    ("{funding: 0.5}", "{fundng: 0.5}"): 'the model has no matter "fundng"; did you mean "funding"?',
    ("by_party", "by_partys"): (
        '7:3 unknown-key: attendance has no key "by_partys"; did you mean "by_party"?'
    ),
    ("standins: {default: 0}\n", ""): "1:1 missing-key: scenario says nothing of standins",
    ("casting: as-voted", "casting: 2"): "not-a-probability: as-voted, or a probability lies between",
    ("funding: 0.3}", "funding: 0.2}"): "not-one: the shares of the matters add to 0.9, not to 1",
    ("against: 0.4", "against: 0.5"): "21:8 not-one: for, against and abstain add to 1.1, not to 1",
    ("spread: poisson", "spread: poison"): 'not-a-choice: spread is poisson or fixed; found "poison"',
    ("days: 30..90", "days: 90..30"): 'not-days: a number of days is expected here; found "90..30"',
    ("{per_meeting: 2,", "{per_meeting: 2.5,"): "a fixed number of items a meeting is a whole number",
    ("chair: board.police", "chair: board.polis"): 'the model has no seat "board.polis"; did you mean',
    ("after: 3", "after: 0"): 'a number of deferrals is a whole number from 1 to 10000; found "0"',
    ("august", "agust"): 'months has no key "agust"; did you mean "august"?',
    ('govmodel: "1"', 'govmodel: "9"'): '1:11 version: this scenario is written for version "9"',
    ("about: a scenario for tests\n", "about:\n"): "3:7 no-words",
}


@pytest.mark.parametrize(("slip", "said"), SLIPS.items())
def test_one_slip_is_one_problem(tmp_path: Path, slip: tuple[str, str], said: str) -> None:
    old, new = slip
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert len(found) == 1, found
    assert said in found[0]


def test_every_problem_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("0.8\n", "8\n").replace("after: 3", "after: x").replace("standins:", "standin:")
    found = problems(tmp_path, text)
    assert [re.sub(r"^\S+ (\S+):.*", r"\1", line) for line in found] == [
        "missing-key", "not-a-probability", "unknown-key", "not-a-number",
    ]  # fmt: skip


def test_a_model_is_no_scenario(tmp_path: Path) -> None:
    assert problems(tmp_path, 'govmodel: "1"\nbodies: {}\n')[-1].endswith(
        "this is a model; a scenario is expected here"
    )


@pytest.mark.parametrize(
    "text", ["", "[]", "a", "attendance: []", "items: {by_body: {board: 3}}", "votes: {for: {}}"]
)
def test_never_a_traceback(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)
