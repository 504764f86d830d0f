"""One absence that ends a quorum (GM203), and a second vote beside a cap of several (GM210)."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

BOARD = """govmodel: "1"
document: {{title: A Board}}
parties: {{police: {{name: the Police, clause: "1"}}, council: {{name: the Council, clause: "1"}}}}
offices: {{head: {{name: the Head, clause: "1"}}}}
bodies:
  board:
    name: the Board
    clause: "1"
    seats: {{{seats}}}
    quorum: {{needs: {quorum}, clause: "2"}}
    {more}
clauses: {{"1": c, "2": c, "3": c, "4": c}}
"""
HEAD = 'head: {ex_officio: head, clause: "1"}, others: {seats: 7, clause: "1"}'


def asked(check: str, seats: str, quorum: str, more: str = "") -> CheckResult:
    found = entry(check)
    assert found is not None
    text = BOARD.format(seats=seats, quorum=quorum, more=more)
    return found.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))


@pytest.mark.parametrize(
    ("seats", "quorum", "away"),
    [
        (HEAD, "present >= 3 and present(head) >= 1", "head"),
        (
            'some: {seats: 7, clause: "1"}, others: {seats: 6, clause: "1"}',
            "present(some) >= 7",
            "some#1",
        ),
        (HEAD + ', clerk: {seats: 1, role: attending, clause: "1"}', "present(head) >= 1", "head"),
    ],
)
def test_the_absence_of_one_member_ends_it(seats: str, quorum: str, away: str) -> None:
    (finding,) = asked("GM203", seats, quorum).findings
    assert (finding.level, finding.evidence["breaks_it"]) == ("error", [away])


@pytest.mark.parametrize(
    ("seats", "quorum", "more"),
    [
        ('p: {party: police, clause: "1"}, c: {party: council, clause: "1"}, others: {seats: 3, clause: "1"}',
         "present >= 2 and present(police) >= 1", ""),
        (HEAD, "present >= 3 and present(head) >= 1",
         "standins: {kind: deputy, for: head, named_by: member, votes: yes, counts_to_quorum: yes, "
         'clause: "3"}'),
        ('open: {seats: 1.., clause: "1"}, others: {seats: 3, clause: "1"}',
         "present >= 2 and present(open) >= 1", ""),
    ],
    ids=["told by GM202", "a deputy comes", "there may be more of them"],
)  # fmt: skip
def test_whose_absence_is_another_matter(seats: str, quorum: str, more: str) -> None:
    found = asked("GM203", seats, quorum, more)
    assert not found.findings
    assert not found.undecided


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_second_vote_exceeds_a_cap_of_any_size(most: int) -> None:
    more = f"""decisions: {{matter: any, carried_by: majority of voting, clause: "3"}}
    presiding: {{who: agreed, chosen_by: board, extra_vote: casting, clause: "4"}}
    caps: {{together: police, at_most: {most} votes, clause: "2"}}"""
    seats = f'p: {{party: police, seats: {most}, clause: "1"}}, others: {{seats: 4, clause: "1"}}'
    (finding,) = asked("GM210", seats, "present >= 3", more).findings
    assert finding.evidence["at_most"] == most
