"""What must be known to read a run: days that it has not, no quorum in the text, places that nobody holds."""

from __future__ import annotations

import csv
import io
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sim_worlds import at_least, board, constitution, quorum, scenario, seat

from govmodel.errors import InputError
from govmodel.loading import load
from govmodel.loading.scenario import load_scenario
from govmodel.model.scenario import Merger, Period
from govmodel.report import simulation
from govmodel.sim import plan
from govmodel.study.simulating import OutOfRange, simulate

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "cli" / "models" / "town-board.yaml"

RULES = constitution(board([seat("a"), seat("b"), seat("b2", party="b")], quorum=(quorum(at_least(1)),)))


def test_days_that_the_run_has_not() -> None:
    """A boycott that never happens must not look like one that does no harm."""
    periods = (
        Period(name="early", first=date(1990, 1, 1), last=date(1991, 1, 1), vacant=("board.a",)),
        Period(name="late", first=date(2012, 5, 1), last=None, vacant=("board.a",)),
        Period(name="last", first=date(2012, 4, 30), last=None, vacant=("board.a",)),
        Period(name="yearly", first=(12, 1), last=(12, 2), vacant=("board.a",)),
    )
    mergers = (
        Merger(on=date(1999, 1, 1), parties=("x",), into="a"),
        Merger(on=date(2030, 1, 1), parties=("b",), into="a"),
    )
    result = simulate(RULES, scenario(periods=periods, mergers=mergers), years=2, replications=2)
    assert result.in_vain == (
        "no day of the period early is in the run",
        "no day of the period late is in the run",
        "the run ends before b and a merge",
    )
    assert "  no day of the period early is in the run" in simulation.as_text(result).splitlines()
    assert result.to_dict()["in_vain"] == list(result.in_vain)
    assert "of the scenario test, no day of the period late is in the run" in result.asides


def test_a_text_without_a_quorum_says_so() -> None:
    silent = simulate(constitution(board([seat("a")])), scenario(), years=1, replications=2)
    said = "the text states no quorum, so that no meeting lacks one"
    assert f"  {said}" in simulation.as_text(silent).splitlines()
    assert silent.asides == (f"board: {said}",)
    assert said not in simulation.as_text(simulate(RULES, scenario(), years=1, replications=2))


def test_an_empty_place_is_not_an_absence() -> None:
    """By a period, and by a merger; the other place of the party that is left is told apart."""
    empty = Period(name="empty", first=date(2010, 5, 1), last=date(2010, 6, 1), vacant=("board.b2",))
    merges = Merger(on=date(2010, 7, 1), parties=("b",), into="a")
    world = scenario(Fraction(0), periods=(empty,), mergers=(merges,))
    result = simulate(RULES, world, years=1, replications=1, trace=1)
    first, second, *_ = (r.facts for r in result.records if r.what == "meeting")
    assert (first["vacant"], first["absent"]) == (["B (b2)"], ["A", "B (b)"])
    assert (second["vacant"], second["absent"]) == (["B (b)", "B (b2)"], ["A"])
    story = "\n".join(simulation.story(result))
    assert "  Nobody holds the place of B (b) and B (b2).\n  Nobody comes for A." in story


def test_a_tie_before_nobody() -> None:
    text = "\n".join(
        simulation.story(
            simulate(
                constitution(board([seat("a"), seat("b")])), scenario(Fraction(1)),
                years=5, replications=1, trace=1,
            )
        )
    )  # fmt: skip
    assert "1 for, 1 against; nobody presides, who gives no casting vote" not in text
    assert "1 for, 1 against; nobody presides, so that there is no casting vote: lost" in text


def test_why_nothing_meets() -> None:
    never = Period(name="never", first=(1, 1), last=(12, 31), meetings=False)
    with pytest.raises(InputError, match="all its meetings fall into periods of the scenario in which none"):
        plan(RULES, scenario(periods=(never,)), years=1, seed=1)
    with pytest.raises(OutOfRange, match="no bank holidays are known for 10009"):
        simulate(RULES, scenario(), years=10, replications=1, first=date(9999, 1, 1))


def test_csv_says_of_what_run_it_is() -> None:
    result = simulate(TOWN, ROOT / "scenarios" / "plain.yaml", years=1, replications=3, seed=4,
                      reading={"chair-vote": "always"})  # fmt: skip
    for row in csv.DictReader(io.StringIO(simulation.as_csv(result))):
        run = {name: row[name] for name in ("years", "replications", "seed", "from", "reading")}
        assert run == {
            "years": "1", "replications": "3", "seed": "4", "from": "2023-09-01",
            "reading": "chair-vote=always",
        }  # fmt: skip


def test_another_kind_of_file(tmp_path: Path) -> None:
    """One sentence each way."""
    for path, said in (
        (ROOT / "scenarios" / "plain.yaml", "this is a scenario; a model is expected here"),
        (ROOT / "scenarios" / "grids" / "who-comes.yaml", "this is a grid; a model is expected here"),
    ):
        with pytest.raises(InputError) as found:
            load(path)
        assert [problem.message for problem in found.value.problems] == [said]
    empty = tmp_path / "empty.yaml"
    empty.write_text("")
    with pytest.raises(InputError) as nothing:
        load_scenario(empty)
    assert "govmodel new" not in nothing.value.problems[0].help


def test_what_is_laid_over_is_told_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    plain = ROOT / "scenarios" / "plain.yaml"
    file.write_text(f"like: {plain}\nscenario: mine\nvotes: {{for: 0.5, against: 0.5, abstain: 0.5}}\n")
    with pytest.raises(InputError) as found:
        load_scenario(file)
    (problem,) = found.value.problems
    assert str(problem.mark).startswith(f"{file}:3:8")
    assert problem.message == "for, against and abstain add to 1.5, not to 1"
