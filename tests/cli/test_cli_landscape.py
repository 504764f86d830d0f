"""`govmodel check`, `graph` and `simulate` on a landscape."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from cli_help import PLAIN, called

sys.path.insert(0, str(Path(__file__).parents[1] / "loading"))
from landscape_help import COUNTY, written

from govmodel.loading.schema import json_schema
from govmodel.study import check

SAME = """same:
  - {names: [city.committee, county.committee], seats_of: city.committee, clause: "1"}
  - {names: [county.board, city.board], clause: "1"}
"""
LATE = """norms:
  - about: meeting of county.board
    who: county.clerk
    must_not: papers at least 3 working days before meeting
    clause: "2"
"""


def report(*arguments: str) -> dict[str, Any]:
    done = called("check", "--format", "json", *arguments).clean()
    (model,) = json.loads(done.out)["models"]
    assert isinstance(model, dict)
    return model


def test_a_finding_of_one_text_is_in_its_own_report(tmp_path: Path) -> None:
    """The county's board decides without a quorum, and its disputes end with a committee that hears."""
    path = written(tmp_path, SAME)
    alone = {f["check"] for f in report(str(tmp_path / "county.yaml"))["findings"]}
    assert {"GM205", "GM401"} <= alone
    joined = report(str(path))
    assert [f["check"] for f in joined["findings"]] == ["GM607"], "clause 2 of the report says nothing here"
    done = called("check", str(path)).clean()
    out = " ".join(done.out.split())
    assert "what one text says by itself is in its own report: county (" in out
    assert "read under every combination of its one reading" in out
    assert "county.size: How many? few (base), many" in out


def test_norms_of_two_texts_clash(tmp_path: Path) -> None:
    """The county wants papers five days ahead (7), and the report forbids three (2)."""
    found = check(written(tmp_path, SAME, LATE), select=["GM1"]).findings
    assert [(f.check, set(f.clauses)) for f in found if f.level == "error"] == [("GM101", {"2", "county:7"})]
    assert all("2" in f.clauses for f in found)


def test_what_only_one_text_rules_is_not_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, SAME)
    assert check(path, select=["GM101"]).asked == {"GM101": 0}
    assert check(path, select=["GM205"]).asked == {"GM205": 0}
    assert check(tmp_path / "county.yaml", select=["GM101"]).asked["GM101"] > 0


def test_a_rule_that_the_landscape_adds_to_a_body_is_asked_about(tmp_path: Path) -> None:
    """A quorum for the county's board, out of its reach."""
    more = """bodies:
  board: {name: County Board, external: yes, quorum: {needs: present >= 20, clause: "2"}, clause: "1"}
same: {names: [county.board, board], clause: "1"}
"""
    found = check(written(tmp_path, more), select=["GM2"]).findings
    assert [(f.check, f.subject) for f in found] == [("GM201", "county.board")]
    assert {"2"} <= set(found[0].clauses)


def test_a_reading_of_another_text_can_be_fixed(tmp_path: Path) -> None:
    path = written(tmp_path, SAME)
    done = called("check", str(path), "--reading", "county.size=many").clean()
    assert "county.size (fixed: many)" in done.out
    wrong = called("check", str(path), "--reading", "size=many").clean()
    assert wrong.code == 2
    assert "'county.size'" in wrong.err


def test_its_own_clauses_are_read_like_any(tmp_path: Path) -> None:
    found = check(written(tmp_path, SAME), select=["GM607"]).findings
    assert [f.clauses for f in found] == [("2",)]


def test_clauses_set_aside_are_its_own(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        clauses='clauses: {"1": {says: hope, is: aspiration}, "2": {says: more, is: description}}\n',
        county=COUNTY.replace('"9": nine', '"9": nine, "10": {says: wish, is: aspiration}'),
    )
    assert check(path).not_encoded == (("1", "aspiration"), ("2", "description"))


def test_simulate_refuses(tmp_path: Path) -> None:
    done = called("simulate", str(written(tmp_path)), "--scenario", PLAIN).clean()
    assert done.code == 2
    assert "report is a landscape: it joins texts, and meeting years are those of one text" in done.err
    assert "county.yaml" in done.err


MORE = """norms:
  - about: meeting of county.board
    who: county.clerk
    must: minutes within 5 days after meeting
    reading: {county.size: many}
    clause: "2"
routes:
  - who: city.committee
    advises: [county.board, county.sub-group]
    effect: {by_reading: county.size, few: hears, many: advises}
    clause: "2"
"""


@pytest.mark.parametrize("what", ["sentences", "summary", "seats", "readings", "routes", "clocks"])
def test_show_reads_its_own_text_back(tmp_path: Path, what: str) -> None:
    done = called("show", str(written(tmp_path, SAME, MORE)), what).clean()
    assert done.code == 0
    out = " ".join(done.out.split())
    if what == "sentences":
        assert (
            "These are one and the same: the City Committee (in ‘city’) and the Committee (in ‘county’)"
            in out
        )
        assert "Where ‘county.size’ is read as ‘many’" in out
        assert "each sub-group" in out.lower()
    if what == "routes":
        assert "City Committee" in out
    if what == "seats":
        assert "police" not in out.lower(), "seats of another text are shown with that text"


def test_show_by_clause_has_its_own_clauses(tmp_path: Path) -> None:
    done = called("show", str(written(tmp_path, SAME, MORE)), "--by", "clause", "--format", "json").clean()
    assert [clause["clause"] for clause in json.loads(done.out)["clauses"]] == ["1", "2"]


def test_graph_draws_it(tmp_path: Path) -> None:
    picture = tmp_path / "graph.svg"
    done = called("graph", str(written(tmp_path, SAME)), "-o", str(picture)).clean()
    assert done.code == 0
    assert "County and City" in picture.read_text(encoding="utf-8")


def test_problems_of_several_files(tmp_path: Path) -> None:
    path = written(tmp_path, "same: {names: [county.bord, city.board], clause: '1'}", city="a: [b\n")
    done = called("check", str(path)).clean()
    assert done.code == 2
    lines = done.err.splitlines()
    assert [Path(line.split(":")[0]).name for line in lines if ": error: " in line] == [
        "city.yaml",
        "report.yaml",
    ]


@pytest.mark.parametrize(
    "more", [SAME, 'succeeds: {who: city, follows: county, from: "2016-03", clause: "1"}\n']
)
def test_the_schema_takes_it(tmp_path: Path, more: str) -> None:
    tree = yaml.safe_load(written(tmp_path, more).read_text(encoding="utf-8"))
    jsonschema.validate(tree, json_schema())
    tree["same"] = {"name": "x"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tree, json_schema())
