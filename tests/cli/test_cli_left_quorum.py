"""A quorum that the text leaves to somebody: said wherever its number is needed, and never a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_help import TOWN, main

from govmodel import check
from govmodel.loading import load_text
from govmodel.reading import read, under
from govmodel.semantics.cells import full_house
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import quorate

PLAIN = Path(__file__).parents[2] / "scenarios" / "plain.yaml"

BOARD = """
govmodel: "1"
document: {title: A Board, date: 2024-01}
readings:
  whose:
    clause: "4"
    question: Does the text say how many, or the members?
    options: {text: the text, members: the members}
    base: text
parties:
  police: {name: Police, clause: "1"}
  council: {name: Council, clause: "1"}
bodies:
  board:
    name: the board
    clause: "1"
    seats:
      police: {party: police}
      council: {party: council, seats: 3}
      experts: {seats: 0..2, optional: yes}
    quorum: {needs: {set_by: executive}, clause: "2"}
    inquorate: {when: never-reached, then: adjourn, resumes: 7 days, second_quorum: present >= 2, clause: "2"}
    decisions:
      - {matter: any, carried_by: majority of voting, clause: "3"}
      - {matter: any, when: present < 3, carried_by: consensus, clause: "3"}
    presiding: {who: chair, clause: "3"}
    meetings: {kind: ordinary, how_often: 4 per year, clause: "3"}
    interests: {kind: prejudicial, votes: no, withdraws: must, clause: "3"}
    membership: {leaves: members, notice: 3 months, clause: "3"}
  panel:
    name: the panel
    clause: "1"
    seats: {members: {seats: 5}}
    quorum:
      - {needs: present >= 9, clause: "4", reading: {whose: text}}
      - {needs: {set_by: members}, clause: "4", reading: {whose: members}}
    decisions: {matter: any, carried_by: majority of voting, clause: "3"}
    meetings: {kind: ordinary, how_often: 4 per year, clause: "3"}
  executive: {name: the executive, external: yes, clause: "2"}
offices:
  chair: {name: the chair, of: board, clause: "3"}
matters: {dispute: {name: a dispute, settle: yes}}
routes:
  - {who: panel, escalates_to: board, matter: dispute, effect: final, clause: "3"}
clauses:
  "1": the board and the panel
  "2": the executive sets the quorum of the board
  "3": how they meet and decide
  "4": the quorum of the panel
"""

RUN = (str(PLAIN), "--years", "1", "--replications", "8")
LEFT = "clause 2 leaves the quorum of the board to the executive, so it cannot be counted"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "board.yaml"
    path.write_text(BOARD)
    return path


def test_every_check_that_needs_the_number_says_that_it_is_not_known(model: Path) -> None:
    checked = check(model, scenario=PLAIN)
    whys = {(u.check, u.subject): u.why for u in checked.undecided}
    quorums, votes = (201, 202, 203, 204, 206, 207, 211, 212), (301, 303, 306, 307)
    for number in (*quorums, *votes, *range(701, 706)):
        assert whys[f"GM{number}", "board"] == LEFT
    assert whys["GM302", "dispute"] == LEFT
    assert not any("defect of govmodel" in why for why in whys.values())
    assert not any("GM2" in f.check and f.subject == "board" for f in checked.findings)


def test_what_the_judge_cannot_confirm_is_undecided_for_that_body_only(model: Path) -> None:
    """One party of three has most of the votes: a hidden veto, if there is ever a quorum."""
    start, end = BOARD.index("    seats:\n"), BOARD.index("    quorum:")
    votes = "seats: {police: {party: police, votes: 3}, council: {party: council}, resident: {}}"
    model.write_text(f"{BOARD[:start]}    {votes}\n{BOARD[end:]}")
    undecided = {(u.check, u.subject) for u in check(model, select=["GM3"]).undecided}
    assert ("GM304", "board") in undecided
    assert "all of it" not in {subject for _, subject in undecided}


def test_where_a_reading_states_the_number_it_is_counted(model: Path) -> None:
    checked = check(model, select=["GM201"])
    (finding,) = checked.findings
    assert finding.subject == "panel"
    assert finding.readings == ({"whose": "text"},)
    assert ("panel", "clause 4 leaves the quorum of the panel to the members, so it cannot be counted") in {
        (u.subject, u.why) for u in checked.undecided
    }


def test_the_judge_counts_nobody() -> None:
    rules = under(read(load_text(BOARD)), {})
    with pytest.raises(NotCountable, match="leaves the quorum of the board to the executive"):
        quorate(rules, full_house(rules, "board"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["show"], "the text leaves this to the executive: who must be present"),
        (["show", "MODEL", "summary"], "As the executive sets it"),
        (["show", "MODEL", "coalitions"], "clause 2 leaves the quorum of the board to the executive"),
        (["simulate", "MODEL", "--scenario", *RUN], f"board: {LEFT}"),
        (["repair"], "Not decided"),
        (["compare", "MODEL", str(TOWN)], LEFT),
    ],
)  # fmt: skip
def test_no_command_fails(model: Path, command: list[str], said: str) -> None:
    args = [str(model) if arg == "MODEL" else arg for arg in command]
    args = args if "MODEL" in command else [*args, str(model)]
    done = main(*args)
    assert "Traceback" not in done.err
    assert said in " ".join((done.out + done.err).split())


def test_a_picture_says_to_whom_it_is_left(model: Path, tmp_path: Path) -> None:
    assert main("graph", str(model), "-o", str(tmp_path / "board.svg")).code == 0
    assert "quorum left to the executive (2)" in (tmp_path / "board.svg").read_text()
