"""What a bare quorum carries (GM306) where a meeting of nobody meets it."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

BOARD = """govmodel: "1"
document: {{title: A Board, date: 2024-01}}
bodies:
  board:
    name: the Board
    clause: "1"
    seats: {{members: {{seats: 8, clause: "1"}}}}
    quorum: {{needs: present >= {quorum}, clause: "2"}}
    decisions: {{matter: any, carried_by: {carried}, clause: "3"}}
clauses: {{"1": a, "2": b, "3": c}}
"""


@pytest.mark.parametrize(
    ("quorum", "carried", "bare"),
    [(0, "majority of voting", None), (1, "majority of voting", None), (0, "3 of members", 1)],
)
def test_the_smallest_meeting_is_of_somebody(quorum: int, carried: str, bare: int | None) -> None:
    known = entry("GM306")
    assert known is not None
    text = BOARD.format(quorum=quorum, carried=carried)
    found = known.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))
    assert found.undecided == ()
    assert [f.evidence["bare_quorum"] for f in found.findings] == ([] if bare is None else [bare])
