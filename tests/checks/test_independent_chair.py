"""A chair who sits beside the members: no vote but the one on a tie."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.exact.matters import played
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.reading import read
from govmodel.semantics.cells import electorate
from govmodel.semantics.counting import NotCountable
from govmodel.study.preparing import EFFORT

BOARD = """
govmodel: "1"
document: {title: An Adults Board, date: 2024-04}
parties:
  council: {name: the Council, clause: "1"}
  police: {name: the Police, clause: "1"}
  health: {name: the Health Board, clause: "1"}
offices:
  chair: {name: the Independent Chair, of: board, clause: "3"}
bodies:
  board:
    name: Board
    clause: "1"
    seats:
      council: {party: council, clause: "1"}
      police: {party: police, clause: "1"}
      chair: {ex_officio: chair, role: attending, clause: "3"}
    quorum: {needs: present >= 2, clause: "4"}
    decisions:
      - {matter: any, carried_by: majority of voting, clause: "5"}
    presiding:
      - {who: chair, extra_vote: casting, clause: "6"}
clauses: {"1": members, "3": the chair, "4": quorum, "5": majority, "6": casting vote}
"""
SITTING = BOARD.replace("role: attending, ", "")
NO_MEMBER = BOARD.replace('      chair: {ex_officio: chair, role: attending, clause: "3"}\n', "").replace(
    "of: board, clause", 'of: board, must_be: {rule: not holder is member, clause: "3"}, clause'
)
WEIGHTED = BOARD.replace("council: {party", "council: {votes: 2, party")


def answer(text: str, check: str) -> CheckResult:
    asked = entry(check)
    assert asked is not None
    return asked.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))


@pytest.mark.parametrize("check", ["GM301", "GM303", "GM304", "GM305", "GM306"])
def test_who_must_be_no_member_is_as_one_who_sits_beside_the_members(check: str) -> None:
    beside, outside = answer(BOARD, check), answer(NO_MEMBER, check)
    assert [f.message for f in beside.findings] == [f.message for f in outside.findings]
    assert beside.undecided == outside.undecided


def test_the_votes_of_members_are_not_worthless_beside_a_vote_that_is_nobodys_of_them() -> None:
    """If the chair were one of two members, the other's vote would never decide."""
    found = answer(BOARD, "GM305")
    assert not found.findings
    assert not found.undecided
    (undecided,) = answer(WEIGHTED, "GM305").undecided
    assert "no seat that votes" in undecided.why


def test_few_bind_all_with_the_vote_of_the_chair() -> None:
    (found,) = answer(BOARD, "GM303").findings
    assert found.message == "one member of 2 can bind the Board with the vote of the Independent Chair"
    assert found.story[-1].endswith("one member made it with the vote of the Independent Chair.")
    (found,) = answer(SITTING, "GM303").findings
    assert "with the vote of" not in found.message


@pytest.mark.parametrize("text", [BOARD, NO_MEMBER])
def test_no_power_is_given_to_a_member_that_is_the_chairs(text: str) -> None:
    rules = Context(read(load_text(text, "board.yaml")), EFFORT).rules()
    seats = electorate(rules, rules.bodies["board"])
    (way,) = played(seats)
    with pytest.raises(NotCountable, match="no seat that votes"):
        way.all_attend(rules, seats)
