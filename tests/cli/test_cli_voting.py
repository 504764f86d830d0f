"""`govmodel show MODEL coalitions` and `power`: figures that can be checked by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govmodel import show
from govmodel.cli.show import command
from govmodel.loading import load_text

MODELS = Path(__file__).parents[2] / "models"
BOARD = """\
govmodel: "1"
document: {title: A Harbour Partnership}
parties:
  town: {name: Town Council, clause: "2"}
  port: {name: Port Company, clause: "2"}
  fleet: {name: Fishing Fleet, clause: "2"}
bodies:
  board:
    name: Harbour Board
    clause: "2"
    seats:
      town: {party: town, seats: 3, clause: "2"}
      port: {party: port, clause: "2"}
      fleet: {party: fleet, clause: "2"}
    quorum: {needs: present >= 3, clause: "3"}
    decisions:
      - {matter: any, carried_by: majority of voting, clause: "4"}
      - {matter: budget, carried_by: all of members, clause: "5"}
    presiding:
      - {who: chair, extra_vote: casting, clause: "6"}
offices:
  chair: {name: Chair, of: board, clause: "6"}
matters:
  budget: {name: the budget, clause: "5"}
clauses:
  "2": who sits
  "3": three are a quorum
  "4": a majority
  "5": all for the budget
  "6": the chair has a casting vote
"""


def rows(what: str, table: str, **reading: str) -> list[dict[str, Any]]:
    shown = show(load_text(BOARD, "board.yaml"), what, reading=reading)
    found: list[dict[str, Any]] = shown.to_dict()[table]
    return found


def test_coalitions_of_five_by_hand() -> None:
    plain, alone, budget, _ = rows("coalitions", "coalitions")
    assert (plain["game"], plain["matter"]) == ("all attend", "any other matter")
    assert (plain["wins"], plain["winning_sets"], plain["fewest"]) == ("any 3 of the 5", comb(5, 3), 3)
    assert plain["blocks"] == "any 3 of the 5"
    assert plain["binding"].startswith("2 of 5, at a meeting of 3")
    assert alone["wins"] == "any 3 of the 5"
    assert (budget["matter"], budget["wins"], budget["winning_sets"]) == ("the budget", "all 5", 1)
    assert budget["blocks"] == "any 1 of the 5"
    assert "Port Company" in budget["vetoes"]


def test_a_quorum_by_hand() -> None:
    (quorum,) = rows("coalitions", "quorums")
    assert (quorum["seats"], quorum["fewest"], quorum["survives"]) == (5, 3, 2)
    assert quorum["hostage_to"] == "Town Council"


def test_power_by_hand() -> None:
    found = [row for row in rows("power", "power") if row["matters"] == "any" and row["game"] == "all attend"]
    assert {row["who"]: row["seats"] for row in found} == {
        "Town Council": 3, "Port Company": 1, "Fishing Fleet": 1,
    }  # fmt: skip
    town = next(row for row in found if row["who"] == "Town Council")
    assert (town["banzhaf"], town["shapley_shubik"], town["banzhaf_percent"]) == ("3/5", "3/5", "60.0 %")
    assert sum(Fraction(row["shapley_shubik"]) for row in found) == 1
    games = [row for row in rows("power", "games") if row["game"] == "all attend"]
    assert [(g["to_act"], g["nakamura"]) for g in games] == [("1/2", 3), ("1/32", None)]


@pytest.mark.parametrize("what", ["coalitions", "power"])
@pytest.mark.parametrize("model", sorted(path.name for path in MODELS.glob("*.yaml")))
@pytest.mark.parametrize("form", ["text", "json"])
def test_every_model_is_shown(what: str, model: str, form: str) -> None:
    answer = CliRunner().invoke(command, [str(MODELS / model), what, "--format", form])
    assert answer.exit_code == 0, answer.output
    assert "None" not in answer.output
    if form == "json":
        assert json.loads(answer.output)["what"] == what


def test_the_draft_of_2010_is_carried_by_any_eight() -> None:
    shown = show(MODELS / "oscp-2010.yaml", "coalitions").to_dict()["coalitions"]
    assert [row["wins"] for row in shown] == ["any 8 of the 15"] * 2
    assert shown[0]["binding"].startswith("4 of 15, at a meeting of 8")


def test_what_is_not_computed_says_so() -> None:
    shown = show(MODELS / "warwickshire-scp.yaml", "coalitions").to_dict()
    breach = [row for row in shown["coalitions"] if row["matters"] == "breach"]
    assert all(row["wins"] is None and "left out" in row["computed"] for row in breach)
    silent = show(MODELS / "sop-coordination-group-2016.yaml", "power").to_dict()
    assert silent["power"] == []
    assert all("does not say by what vote" in row["computed"] for row in silent["games"])


def test_an_adjourned_meeting_is_told_apart_from_one_as_it_is_called() -> None:
    """Five are a quorum of five members, and two when the meeting was adjourned."""
    text = BOARD.replace("needs: present >= 3", "needs: present >= 5").replace(
        "    decisions:",
        '    inquorate: {then: adjourn, second_quorum: present >= 2, clause: "6"}\n    decisions:',
        1,
    )
    shown = show(load_text(text, "board.yaml"), "coalitions").to_dict()
    (quorum,) = shown["quorums"]
    assert (quorum["fewest"], quorum["adjourned"], quorum["clauses"]) == (5, "2 (6)", "3")
    assert shown["coalitions"][0]["binding"] == "3 of 5, at a meeting of 5 where all vote"


def test_nobody_is_a_dummy_where_nothing_is_carried() -> None:
    text = BOARD.replace("needs: present >= 3", "needs: present >= 6")
    shown = show(load_text(text, "board.yaml"), "power").to_dict()
    assert "those present" not in {row["game"] for row in shown["power"]}
    assert {row["computed"] for row in shown["games"] if row["game"] == "those present"} == {
        "nothing is carried, whoever votes for it"
    }


def test_all_seats_of_an_organisation_are_named_by_it() -> None:
    needs = "present >= 3 and present(town) >= 1 and present(port or fleet) >= 1"
    text = BOARD.replace("needs: present >= 3", f"needs: {needs}")
    alone = show(load_text(text, "board.yaml"), "coalitions").to_dict()["coalitions"][1]
    assert alone["blocks"].split("; or ")[:2] == [
        "all of Port Company and Fishing Fleet",
        "all 3 of Town Council",
    ]
    assert "any 2 of the 3 of Town Council" in alone["wins"]
