"""What GM110 and GM112 say of why something is so, where more than one thing could be the reason."""

from __future__ import annotations

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

TEXT = """govmodel: "1"
document: {{title: A Board, date: 2024-01, nation: ENG}}
bodies:
  board:
    name: the board
    clause: "1"
    meetings:
      - {{kind: ordinary, how_often: every quarter, clause: "2"}}
      - {{kind: special, called_by: chair, clause: "3"}}
offices: {{chair: {{name: the chair, of: board, clause: "1"}}}}
situations:
  complaint:
    name: a complaint
    attributes:
      received: {{type: time, says: the complaint comes in, given: yes}}
      answered: {{type: time, says: the answer, choice_of: board}}
norms:
{norms}
clauses: {{"1": a, "2": b, "3": c, "4": d, "5": e, "6": f}}
"""


def found(check: str, *norms: str) -> Finding:
    text = TEXT.format(norms="\n".join(f"  - {{{norm}}}" for norm in norms))
    asked = entry(check)
    assert asked is not None
    (finding,) = asked.load().run(Context(read(load_text(text, "board.yaml")), EFFORT)).findings
    return finding


def test_a_called_meeting_comes_too_late_by_the_clause_that_makes_it_so() -> None:
    """A day's notice does not, ten days for the papers do."""
    finding = found(
        "GM112",
        'about: complaint, who: board, must: answered within 5 working days after received, clause: "5"',
        'about: meeting of board, must: papers at least 10 working days before meeting, clause: "4"',
        'about: meeting of board, must: notice at least 1 day before meeting, clause: "6"',
    )
    assert finding.clauses == ("5", "2", "3", "4")
    (said,) = (line for line in finding.story if "called for it" in line)
    assert said.startswith("A meeting that is called for it, by clause 3, comes too late")
    assert said.endswith("with what clause 4 asks for before every meeting.")


def test_a_bound_is_idle_beside_what_else_its_own_clause_asks_for() -> None:
    shorter = 'about: meeting of board, must: agenda at least 3 working days before meeting, clause: "%s"'
    longer = 'about: meeting of board, must: agenda at least 9 working days before meeting, clause: "4"'
    assert "what else clause 4 asks for, or" in found("GM110", shorter % "4", longer).message
    assert found("GM110", shorter % "5", longer).message.endswith("clause 4 already settles it")
