"""Checks of practice: asked with a scenario, and only then; with what they assume in every message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govmodel import check
from govmodel.errors import InputError
from govmodel.report.findings import as_text, readings_text
from govmodel.study.checking import check_each
from govmodel.study.preparing import Wanted

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "cli" / "models" / "town-board.yaml"
BCP = ROOT / "models" / "bcp-csp-2021.yaml"
PLAIN = ROOT / "scenarios" / "plain.yaml"


def few(tmp_path: Path) -> Path:
    """A scenario in which hardly anybody comes."""
    path = tmp_path / "few.yaml"
    path.write_text(f"like: {PLAIN}\nscenario: few\nattendance: {{default: 0.3}}\nstandins: {{default: 0}}\n")
    return path


def test_without_a_scenario_nothing_is_asked() -> None:
    checked = check(TOWN, ignore=["GM1", "GM2", "GM3"])
    assert not any(id.startswith("GM7") for id in checked.asked)
    assert "practice" not in checked.bounds
    with pytest.raises(InputError, match="Give a scenario with --scenario"):
        check(TOWN, select=["GM7"])


def test_every_message_names_its_scenario_and_the_bounds_say_what_was_run(tmp_path: Path) -> None:
    checked = check(TOWN, select=["GM7"], scenario=few(tmp_path))
    assert {f.check for f in checked.findings} >= {"GM701", "GM702"}
    for finding in checked.findings:
        assert finding.message.startswith("under the scenario few, ")
        assert "of which every number is an assumption" in finding.story[-1]
        assert finding.clauses
        assert finding.evidence["scenario"] == "few"
    assert checked.bounds["practice"].startswith("scenario few, the base reading only, 5 and 10 years")
    again = check(TOWN, select=["GM7"], scenario=few(tmp_path))
    assert json.dumps(again.to_dict()) == json.dumps(checked.to_dict())


def test_people_who_come_give_no_finding() -> None:
    assert check(TOWN, select=["GM701", "GM703"], scenario=PLAIN).findings == ()


def test_the_reading_that_was_run_is_named(tmp_path: Path) -> None:
    for finding in check(TOWN, select=["GM701"], scenario=few(tmp_path)).findings:
        assert finding.readings == (finding.told_in,)
        assert finding.told_in
        assert finding.only_run
        assert "rounding" in finding.told_in
        assert "read in one way, its base; whether it is so in others is not asked" in finding.story[-1]
    fixed = {"chair-vote": "always"}
    for finding in check(TOWN, select=["GM701"], scenario=few(tmp_path), reading=fixed).findings:
        assert fixed.items() <= finding.told_in.items()
        assert "is not asked" not in finding.story[-1]


SEVENTY = """
govmodel: "1"
document: {title: A Partnership}
bodies:
  board:
    name: Partnership
    clause: "1"
    seats: {members: {seats: 12}}
    quorum: {needs: present >= 70% of members}
    decisions: {matter: any, carried_by: majority of voting, equal_votes: not-carried}
    meetings: {kind: ordinary, how_often: every quarter}
clauses: {"1": all of it}
"""


def test_a_finding_of_practice_claims_no_other_reading(tmp_path: Path) -> None:
    """Nine of twelve where 8.4 are rounded up, eight where they are rounded down: then it is not found."""
    model = tmp_path / "seventy.yaml"
    model.write_text(SEVENTY)
    checked = check(model, select=["GM701"], scenario=PLAIN)
    (finding,) = checked.findings
    assert readings_text(finding) == "in the base reading; no other was run"
    assert finding.in_base
    assert not any(covered.findings for covered in checked.covered)
    text = as_text([checked])
    assert "Practice (GM7) was asked of one reading only" in text
    assert "practice: scenario plain, the base reading only, 5 and 10 years of meetings" in text
    assert "nothing above, but what is found of practice, depends on them" in " ".join(text.split())
    down = check(model, select=["GM701"], scenario=PLAIN, reading={"rounding": "down"})
    assert down.findings == ()
    assert down.bounds["practice"].startswith("scenario plain, one reading only")


@pytest.mark.parametrize(
    ("model", "text", "said"),
    [
        (TOWN, "nothing", "there is no such file"),
        (TOWN, "attendance: {default: 2}\n", "a probability lies between 0 and 1"),
        (ROOT / "models" / "oxfordshire-2016.yaml", "", "is a landscape"),
    ],
)
def test_a_scenario_that_cannot_be_used(tmp_path: Path, model: Path, text: str, said: str) -> None:
    path = tmp_path / "s.yaml"
    if text != "nothing":
        path.write_text(f"like: {PLAIN}\n{text}")
    with pytest.raises(InputError, match=said):
        check(model, select=["GM7"], scenario=path)


def test_what_is_wrong_with_a_scenario_names_its_model_where_there_are_several(tmp_path: Path) -> None:
    """A scenario with names of a third model, and a clock that one of the models cannot have."""

    def said(*models: Path, scenario: Path) -> list[str]:
        found = check_each(models, Wanted(select=["GM701"], scenario=scenario))
        return [p.message for error in found if isinstance(error, InputError) for p in error.problems]

    third = ROOT / "scenarios" / "baseline.yaml"
    both = said(TOWN, BCP, scenario=third)
    assert {next(m for m in ("town-board", "bcp-csp-2021") if m in message) for message in both} == {
        "town-board",
        "bcp-csp-2021",
    }
    assert not any("town-board" in message for message in said(TOWN, scenario=third))
    monthly = tmp_path / "monthly.yaml"
    monthly.write_text(f"like: {PLAIN}\nscenario: monthly\nclock: {{unit: month}}\n")
    assert said(TOWN, BCP, scenario=monthly)[0].startswith("bcp-csp-2021: psg does not")
    assert said(BCP, scenario=monthly)[0].startswith("psg does not")
