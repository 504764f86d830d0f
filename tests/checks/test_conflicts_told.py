"""What GM101 and GM116 say of a conflict does not hang on rules that have no part in it."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

TEXT = """govmodel: "1"
document: {{title: A Board}}
bodies: {{board: {{name: the board, clause: "1"}}}}
norms:
  - {{about: meeting of board, {one}: open-to-public, clause: "2"}}
  - {{about: meeting of board, {other}: open-to-public, when: confidential, clause: "3"}}
{more}
clauses: {{"1": a, "2": b, "3": c, "4": d}}
"""
ATTENDANCE = (
    '  - {about: attendance of board, who: member, must: absence-notified, when: absent, clause: "4"}'
)
RECORDED = '  - {about: item of board, must: recorded, clause: "4"}'
IN_ONE_CLAUSE = RECORDED.replace('"4"', '"2"')
ALSO_A_DUTY = '  - {about: meeting of board, must: open-to-public, when: exempt, clause: "2"}'
OF_ITEMS = (
    '  - {about: item of board, must: recorded, clause: "4"}\n'
    '  - {about: item of board, must_not: recorded, clause: "3"}'
)


def told(check: str, one: str, other: str, more: str) -> tuple[Finding, ...]:
    found = entry(check)
    assert found is not None
    text = TEXT.format(one=one, other=other, more=more)
    result = found.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))
    assert result.undecided == ()
    return result.findings


@pytest.mark.parametrize("more", [ATTENDANCE, RECORDED, IN_ONE_CLAUSE, f"{ATTENDANCE}\n{RECORDED}"])
def test_a_conflict_about_meetings_is_one_whatever_else_is_ruled(more: str) -> None:
    (alone,) = told("GM101", "must", "must_not", "")
    (beside,) = told("GM101", "must", "must_not", more)
    assert beside.id == alone.id == "GM101:2+3:meeting-of-board"
    assert beside.story == alone.story


def test_a_conflict_about_items_is_told_of_an_item() -> None:
    found = {f.id for f in told("GM101", "must", "must_not", OF_ITEMS)}
    assert found == {"GM101:2+3:meeting-of-board", "GM101:3+4:item-of-board"}


@pytest.mark.parametrize(
    ("one", "other", "more", "which"),
    [
        ("should", "should_not", ATTENDANCE, "both being expectations only"),
        ("must", "should_not", ATTENDANCE, "one of them being an expectation only"),
        ("should", "should_not", IN_ONE_CLAUSE, "both being expectations only"),
        ("should", "should_not", ALSO_A_DUTY, "not all of them being duties"),
    ],
)
def test_which_of_them_are_expectations(one: str, other: str, more: str, which: str) -> None:
    (finding,) = told("GM116", one, other, more)
    assert finding.message == f"clauses 2 and 3 cannot all be followed, {which}"
    assert finding.id == "GM116:2+3:meeting-of-board"
