"""A quorum that two clauses make together: a finding cites the one that is not met."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

BOARD = """
govmodel: "1"
document: {{title: A Board, date: 2024-04}}
parties:
  p: {{name: the Police, clause: "1"}}
  q: {{name: the Council, clause: "1"}}
bodies:
  board:
    name: board
    clause: "1"
    seats:
      p: {{party: p, seats: 3, clause: "1"}}
      q: {{party: q, seats: {council}, clause: "1"}}
      others: {{seats: 3, clause: "1"}}
    quorum:
      - {{needs: present >= {many}, clause: "2"}}
      - {{needs: present(p) >= 1, clause: "4"}}
    decisions:
      - {{matter: any, carried_by: majority of voting, clause: "3"}}
      - {{matter: any, equal_votes: not-carried, clause: "5"}}
    {rest}
clauses: {{"1": members, "2": so many, "3": majority, "4": one of the police, "5": falls, "6": gone}}
"""


def told(check: str, many: int, rest: str = "", council: str = "2") -> list[Finding]:
    asked = entry(check)
    assert asked is not None
    text = BOARD.format(many=many, rest=rest, council=council)
    return list(asked.load().run(Context(read(load_text(text, "board.yaml")), EFFORT)).findings)


@pytest.mark.parametrize(
    ("check", "many", "clauses"),
    [("GM201", 9, ("2",)), ("GM202", 4, ("4",)), ("GM203", 7, ("2",)), ("GM202", 6, ("2", "4"))],
)
def test_what_is_met_is_not_cited(check: str, many: int, clauses: tuple[str, ...]) -> None:
    """Of eight seats three are of the police. Without them five come: four of them would do, not six."""
    (found,) = told(check, many)
    assert found.clauses == clauses
    assert found.mark.line == (16 if clauses[0] == "2" else 17)


def test_nor_where_somebody_has_gone() -> None:
    (found,) = told("GM212", 7, 'membership: [{leaves: [q], notice: 3 months, clause: "6"}]', council="3")
    assert found.clauses == ("6", "2")
    assert not told("GM212", 6, 'membership: [{leaves: [q], clause: "6"}]', council="3")


def test_nor_where_seats_are_empty() -> None:
    (found,) = told("GM204", 7, council="0..3")
    assert found.clauses[0] == "2"
    assert "4" not in found.clauses
