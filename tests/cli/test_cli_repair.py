"""`govmodel repair`, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_help import call

MODEL = """govmodel: "1"
document: {title: A Safety Partnership}
bodies:
  board:
    name: the board
    seats: {members: {seats: 3, clause: "1"}}
    meetings:
      - {kind: extraordinary, called_by: chair, clause: "7"}
    clause: "1"
norms:
  - {id: papers, about: meeting of board, who: secretariat, must: papers at least 5 working days before meeting, clause: "3"}
  - id: short
    about: meeting of board
    may: notice at least 48 hours before meeting
    when: kind is extraordinary
    limit: yes
    clause: "7"
offices:
  secretariat: {name: the secretary, of: board, clause: "3"}
clauses:
  "1": there is a board
  "3": papers go out five working days ahead
  "7": an extraordinary meeting needs 48 hours' notice
"""  # noqa: E501


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "board.yaml"
    path.write_text(MODEL, encoding="utf-8")
    return path


def test_it_offers_what_was_checked(model: Path) -> None:
    result = call("repair", str(model))
    assert result.code == 0
    assert "GM104" in result.out
    assert "Gone with it: GM104 (7, 3)." in result.out
    assert "lawful now" in result.out.lower()
    assert model.read_text(encoding="utf-8") == MODEL


def test_json_is_one_object(model: Path) -> None:
    result = call("repair", str(model), "--format", "json", "--most", "3")
    whole = json.loads(result.out)
    assert whole["schema"] == 1
    found = whole["models"][0]["findings"]
    assert [f["finding"] for f in found] == ["GM104:7+3:short"]
    repairs = found[0]["repairs"]
    assert {r["remedy"] for r in repairs} == {"precedence", "an exception", "the notice that it takes"}
    assert all(r["goes"] == ["GM104:7+3:short"] and r["comes"] == [] for r in repairs)
    noticed = next(r for r in repairs if r["remedy"] == "the notice that it takes")
    assert noticed["changes"] == ["No change in behaviour."]


def test_a_finding_that_is_not_there(model: Path) -> None:
    result = call("repair", str(model), "--finding", "GM140")
    assert result.code == 2
    assert "GM104" in result.out + result.err


def test_a_file_that_is_not_there() -> None:
    result = call("repair", "nowhere.yaml")
    assert result.code == 2
    assert "Traceback" not in result.out + result.err


def test_a_sound_model_needs_nothing(model: Path) -> None:
    model.write_text(MODEL.replace("5 working days", "24 hours"), encoding="utf-8")
    result = call("repair", str(model))
    assert result.code == 0
    assert "nothing to repair" in result.out


def test_clauses_to_change_for_clashes_that_share_one(tmp_path: Path) -> None:
    path = tmp_path / "board.yaml"
    shorter = MODEL.replace("offices:", OTHER + "offices:").replace("clauses:", 'clauses:\n  "8": at once')
    urgent = '- {kind: urgent, called_by: chair, clause: "8"}\n    clause: "1"\nnorms'
    path.write_text(shorter.replace('clause: "1"\nnorms', urgent.replace("- {", "  - {")), encoding="utf-8")
    result = call("repair", str(path), "--finding", "GM104", "--format", "json", "--most", "1")
    (correction,) = json.loads(result.out)["models"][0]["corrections"]
    assert correction == {
        "findings": ["GM104:7+3:short", "GM104:8+3:shorter"],
        "sets": [["3"], ["7", "8"]],
        "complete": True,
    }
    assert "redrafted: 3; or 7 and 8." in call("repair", str(path), "--finding", "GM104", "--most", "1").out


OTHER = """  - id: shorter
    about: meeting of board
    may: notice at least 24 hours before meeting
    when: kind is urgent
    limit: yes
    clause: "8"
"""
