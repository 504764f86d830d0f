"""`govmodel simulate`, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sim_worlds import at_least, board, constitution, decision, presides, quorum, scenario, seat, standin

from govmodel.cli.simulate import command
from govmodel.exact import chances
from govmodel.report import simulation
from govmodel.study.simulating import simulate

ROOT = Path(__file__).parents[2]
MODEL, BASELINE = ROOT / "models" / "oscp-2010.yaml", ROOT / "scenarios" / "baseline.yaml"

RULES = constitution(
    board(
        [seat(f"s{i}") for i in range(5)],
        quorum=(quorum(at_least(3)),),
        standins=(standin(),),
        presiding=(presides(0, "agreed"),),
    ),
    board([seat("x", body="idle")], name="idle", meetings=(), decisions=(decision(body="idle"),)),
)


def run(*words: str) -> Result:
    return CliRunner().invoke(
        command, [str(MODEL), "--scenario", str(BASELINE), *words], standalone_mode=False
    )


def test_the_text() -> None:
    text = simulation.as_text(simulate(RULES, scenario(standins=Fraction(1, 2)), years=2, replications=300))
    assert "2 years of meetings from 1 May 2010, 300 replications, seed 1" in text
    line = next(line for line in text.splitlines() if "inquorate meetings" in line)
    assert line.split("%")[-2].strip(), "the exact share stands beside"
    for words in (
        "decisions a year",
        "ties a year",
        "deferrals a year",
        "days to a decision",
        "95 % interval",
    ):
        assert words in text
    assert "  idle: the text does not say how often it meets" in text
    assert "Intervals: Wilson, clustered by replication;" in text
    assert "Again: govmodel simulate MODEL --scenario world.yaml --years 2" in text


def test_the_story() -> None:
    result = simulate(RULES, scenario(attendance=Fraction(1, 2)), years=2, replications=10, trace=3)
    text = "\n".join(simulation.story(result))
    assert text.startswith("Replication 3 of 10, meeting by meeting:")
    assert "Tuesday 4 May 2010: the board meets." in text
    assert "There is no quorum." in text
    assert "not heard, for want of a quorum; deferred for the first time." in text
    assert "raised on" in text
    assert simulate(RULES, scenario(attendance=Fraction(1, 2)), years=2, replications=10) == replace(
        result, traced=None, records=()
    )


def test_a_story_is_the_same_in_a_longer_list() -> None:
    few = simulate(RULES, scenario(), years=1, replications=10, trace=7)
    many = simulate(RULES, scenario(), years=1, replications=1100, trace=7)
    assert few.records == many.records


def test_rows_and_csv_and_json() -> None:
    result = simulate(RULES, scenario(), years=2, replications=50)
    rows = list(csv.DictReader(io.StringIO(simulation.as_csv(result))))
    assert [row["figure"] for row in rows] == [row["figure"] for row in result.rows()]
    assert rows[0]["exact"] == repr(result.rows()[0]["exact"])
    assert rows[1]["exact"] == ""
    whole = json.loads(simulation.as_json(result))["models"][0]
    assert whole["bodies"][0]["figures"][0]["value"] == result.rows()[0]["value"]
    assert whole["bodies"][1]["meets"] is False
    assert whole["agrees"] is True


def test_a_disagreement_is_said_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exact figure that is wrong (nobody ever comes) must not pass."""
    monkeypatch.setattr(chances, "_heads", lambda given: ([1] + [0] * len(given), 1))
    result = simulate(RULES, scenario(), years=2, replications=50)
    assert not result.agrees
    text = simulation.as_text(result)
    assert "DISAGREEMENT" in text
    assert "This is a defect of govmodel" in text
    found = run("--years", "1", "--replications", "20")
    assert found.return_value == 3


def test_the_document_itself() -> None:
    found = run("--years", "2", "--replications", "100")
    assert found.exception is None
    assert found.return_value == 0
    assert "oscp: Oxfordshire Safer Communities Partnership" in found.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--reading", "chairs-vote"), "--reading wants NAME=OPTION"),
        (("--reading", "chair-vote=casting"), "did you mean 'chairs-vote'?"),
        (("--reading", "chairs-vote=castin"), "did you mean 'casting'?"),
        (("--trace", "2000"), "There are replications 1 to 1000"),
        (("--trace", "1", "--format", "csv"), "A story has no columns"),
        (("--from", "1 May"), "is no day; write it as 2010-05-01"),
        (("--from", "2090-01-01", "--years", "20"), "bank holidays are known"),
        (("--years", "0"), "0 is not in the range"),
        (("--scenario", "none-such.yaml"), "there is no such file"),
        (("--replications", "1", "-o", "no-such-directory/x"), "cannot write"),
    ],
)
def test_wrong_arguments(words: tuple[str, ...], said: str) -> None:
    found = run(*words)
    assert found.exception is not None
    assert said in str(found.exception) or said in getattr(found.exception, "message", "")


def test_the_same_seed_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """With one worker and with two, and with another hash seed."""
    outputs = set()
    for number, (workers, hash_seed) in enumerate((("1", "0"), ("1", "4711"), ("2", "1"))):
        target = tmp_path / f"{number}.json"
        words = [
            sys.executable, "-m", "govmodel", "simulate", str(MODEL), "--scenario", str(BASELINE),
            "--years", "2", "--replications", "1100", "--seed", "5", "--workers", workers,
            "--trace", "1090", "--format", "json", "-o", str(target),
        ]  # fmt: skip
        paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
        subprocess.run(
            words, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths}
        )
        outputs.add(target.read_bytes())
    assert len(outputs) == 1
