"""Whether two meetings without a common member can both decide (GM206)."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

BOARD = """govmodel: "1"
document: {{title: A Board, date: 2024-01}}
parties: {{police: {{name: Police, clause: "1"}}}}
matters: {{grant: {{name: a grant}}}}
bodies:
  board:
    name: the Board
    clause: "1"
    seats:
      members: {{seats: {seats}, clause: "1"}}
      police: {{party: police, votes: {votes}, clause: "1"}}
    quorum: {{needs: present >= {quorum}, clause: "2"}}
    decisions: [{{matter: any, carried_by: {any}, clause: "3"}}{more}]
clauses: {{"1": a, "2": b, "3": c, "4": d}}
"""


def asked(seats: str, quorum: int, carried: str, more: str = "", votes: int = 1) -> CheckResult:
    text = BOARD.format(seats=seats, quorum=quorum, any=carried, more=more, votes=votes)
    known = entry("GM206")
    assert known is not None
    return known.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))


@pytest.mark.parametrize(
    ("seats", "carried", "apart"),
    [
        ("8", "5 of members", False),
        ("9", "5 of members", True),
        ("7", "half of members", True),
        ("8", "half of members", False),
        ("7", "majority of members", False),
        ("8", "all of members", False),
        ("8", "two thirds of present", True),
        ("8", "consensus", True),
        ("8..", "half of members", True),  # with one more they are ten
        ("8..", "majority of members", False),
    ],
)
def test_both_decide_where_two_groups_apart_have_the_votes(seats: str, carried: str, apart: bool) -> None:
    found = asked(seats, 2, carried)
    assert found.undecided == ()
    assert bool(found.findings) is apart
    if apart and seats == "8..":
        assert found.findings[0].story[0] == "10 members sit there: the text leaves open how many there are."


def test_one_matter_on_which_both_can_decide_is_named() -> None:
    grant = ', {matter: grant, carried_by: majority of voting, clause: "4"}'
    (finding,) = asked("8", 3, "two thirds of members", grant).findings
    assert finding.message == "two meetings of the Board can both decide on a grant without a common member"
    assert finding.story[-1] == "Nobody was at both, and on a grant each can decide something else."
    assert finding.clauses == ("2", "4")


def test_a_seat_with_several_votes_is_at_one_of_both() -> None:
    assert len(asked("8", 2, "6 of members", votes=4).findings) == 1  # four and two, and six without
    assert asked("8", 2, "7 of members", votes=4).findings == ()
