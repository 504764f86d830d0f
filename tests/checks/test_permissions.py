"""What GM103 and GM104 say: each clause of what it asks itself, beside a conflict and beside one another."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

TEXT = """govmodel: "1"
document: {{title: A Board, date: 2023-04, nation: ENG}}
bodies:
  board:
    name: the board
    clause: "1"
    meetings: [{{kind: extraordinary, called_by: anyone, clause: "2"}}]
norms:
  - about: meeting of board
    may: {may}
    when: kind is extraordinary
    limit: yes
    clause: "2"
{norms}
clauses: {{"1": a, "2": b, "3": c, "4": d, "5": e}}
"""
PAPERS, AGENDA = (
    "papers at least 5 working days before meeting",
    "agenda at least 4 working days before meeting",
)


def found(may: str, **norms: str) -> list[Finding]:
    """The findings of both checks; of each norm its force, the number of its clause, and its content."""
    lines = []
    for key, content in norms.items():
        force, _, clause = key.rpartition("_")
        lines.append(f'  - {{about: meeting of board, {force}: {content}, clause: "{clause}"}}')
    context = Context(read(load_text(TEXT.format(may=may, norms="\n".join(lines)), "board.yaml")), EFFORT)
    told: list[Finding] = []
    for check in ("GM103", "GM104"):
        made = entry(check)
        assert made is not None
        result = made.load().run(context)
        assert result.undecided == ()
        told += result.findings
    return told


@pytest.mark.parametrize(("papers", "agenda"), [("3", "4"), ("4", "3")])
def test_of_two_clauses_the_one_is_named_whose_time_it_is(papers: str, agenda: str) -> None:
    norms = {f"must_{papers}": PAPERS, f"must_{agenda}": AGENDA}
    (finding,) = found("notice at least 48 hours before meeting", **dict(sorted(norms.items())))
    assert finding.clauses == ("2", "3", "4")
    assert finding.message.startswith(
        f"clause 2 allows 48 hours, but clause {papers} makes it 5 working days:"
    )
    assert f"By clause {papers}, the papers go out at least 5 working days before" in " ".join(finding.story)
    assert f"Clause {agenda} takes something from what clause 2 allows too." in finding.story


def test_what_takes_longer_now_and_then_is_told_as_the_clause_says_it() -> None:
    (finding,) = found("notice at least 10 days before meeting", must_3=PAPERS)
    assert finding.message.startswith("clause 2 allows 10 days, but clause 3 asks for 5 working days: ")
    assert "the papers go out at least 5 working days before the meeting" in finding.story[1]


@pytest.mark.parametrize(
    "conflict",
    [
        {"must_4": "minutes-public", "must_not_5": "minutes-public"},
        {"must_4": "agenda at least 9 days before meeting", "must_5": "agenda at most 2 days before meeting"},
    ],
)
def test_a_conflict_makes_no_permission_hollow(conflict: dict[str, str]) -> None:
    may = "notice at least 10 days before meeting"
    assert [(f.check, f.clauses) for f in found(may, **conflict)] == []
    (finding,) = found(may, must_3=PAPERS, **conflict)
    assert (finding.check, finding.clauses) == ("GM104", ("2", "3"))
    (alone,) = found(may, must_3=PAPERS)
    assert (finding.message, finding.story) == (alone.message, alone.story)


def test_what_is_hollow_is_so_beside_a_conflict() -> None:
    conflict = {"must_4": "minutes-public", "must_not_5": "minutes-public"}
    (finding,) = found("open-to-public", must_not_3="open-to-public", **conflict)
    assert (finding.check, finding.clauses) == ("GM103", ("2", "3"))
