"""What checks say of texts in which two rules come together: a second meeting beside the first, an interest
of so many that nobody is left. Here is what the examples of the pages cannot claim: levels and words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

BOARD = """
govmodel: "1"
document: {title: A Flood Board, date: 2024-04}
classes:
  lead: {name: lead authorities, clause: "1"}
parties:
  county: {name: County Council, is: lead, clause: "1"}
  district: {name: District Council, is: lead, clause: "1"}
  water: {name: Severn Water, clause: "1"}
matters:
  dispute: {name: a dispute between members}
bodies:
  board:
    name: Flood Board
    clause: "1"
    seats:
      county: {party: county, clause: "1"}
      district: {party: district, clause: "1"}
      water: {party: water, clause: "1"}
      others: {seats: 5, clause: "1"}
    quorum: {needs: present >= 5 and present(lead) >= 1, measured: throughout, clause: "2"}
    decisions:
      - {matter: any, carried_by: majority of voting, clause: "3"}
    interests:
      - {kind: prejudicial, votes: no, withdraws: must, clause: "4"}
clauses: {"1": a, "2": b, "3": c, "4": d, "5": e, "6": f}
"""


def found(check: str, text: str, *changes: tuple[str, str]) -> tuple[Finding, ...]:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    rulebook = read(load_text(text, "text"))
    known = entry(check)
    assert known is not None
    return known.load().run(Context(rulebook, EFFORT)).findings


def only(findings: Iterable[Finding]) -> Finding:
    (finding,) = findings
    return finding


def told(finding: Finding) -> str:
    return re.sub(r"\s+", " ", " ".join((finding.message, *finding.story)))


SECOND = (
    'measured: throughout, clause: "2"}',
    'measured: throughout, clause: "2"}\n'
    '    inquorate: {when: never-reached, then: adjourn, second_quorum: present >= 3, clause: "5"}',
)


def test_who_withdraws_from_a_first_meeting_is_held_against_its_own_quorum() -> None:
    finding = only(found("GM211", BOARD, SECOND))
    assert "at the bare quorum of 5; two withdrawals at full attendance of 8" in told(finding)
    assert "five members come to the Flood Board, just enough for clause 2" in told(finding)
    assert finding.level == "warning"


def interested(names: str) -> tuple[str, str]:
    return "a dispute between members}", f"a dispute between members, interested: {names}}}"


def test_a_matter_in_which_too_many_have_an_interest_is_an_error() -> None:
    for names in ("members", "[county, district]", "lead"):
        finding = only(found("GM211", BOARD, interested(names)))
        assert finding.level == "error"
        assert finding.evidence["matters"] == ["dispute"]
        assert "can never decide on it" in told(finding)


def test_a_matter_in_which_as_many_have_an_interest_as_it_takes_elsewhere_is_none() -> None:
    """Two that leave end the quorum where they are the two of one class; these two are not."""
    finding = only(found("GM211", BOARD, interested("[county, water]")))
    assert finding.level == "warning"
    assert finding.evidence["matters"] == []


def test_a_matter_that_a_second_meeting_can_decide_is_none() -> None:
    assert only(found("GM211", BOARD, SECOND, interested("lead"))).level == "warning"


KINDS = """
govmodel: "1"
document: {title: A Board, date: 2024-04}
bodies:
  board:
    name: the board
    clause: "1"
    meetings:
      - {kind: ordinary, how_often: every quarter, clause: "1"}
      - {kind: special, on_request_of: members, clause: "1"}
norms:
  - {about: meeting of board, must: open-to-public, when: kind is ordinary, clause: "2"}
  - {about: meeting of board, must_not: open-to-public, when: kind is ordinary, clause: "3"}
clauses: {"1": a, "2": b, "3": c}
"""


def test_duties_at_a_kind_of_meeting_that_has_to_be_held_conflict() -> None:
    finding = only(found("GM101", KINDS))
    assert finding.clauses == ("2", "3")
    assert "The kind of meeting is ordinary." in finding.story


def test_a_kind_of_meeting_that_nobody_has_to_hold_is_a_choice() -> None:
    assert found("GM101", KINDS, ("kind is ordinary", "kind is special")) == ()
    assert found("GM101", KINDS, (", how_often: every quarter", ", how_often: as needed")) == ()


def test_a_kind_of_meeting_that_a_norm_commands_is_a_choice() -> None:
    secret = '  - {about: meeting of board, must: kind is special, when: confidential, clause: "3"}\nclauses:'
    assert found("GM101", KINDS, ("clauses:", secret)) == ()


def test_a_first_quorum_that_does_not_intersect_is_found_beside_a_second() -> None:
    small = ("present >= 5", "present >= 3")
    finding = only(found("GM206", BOARD, SECOND, small))
    assert finding.clauses == ("2",)
    assert found("GM206", BOARD, SECOND) == ()  # three of eight are enough the second time only


def test_idle_parts_of_a_quorum_are_told_apart() -> None:
    parts = ("present >= 5 and", "present >= 7 and present(others) >= 2 and")
    one, other = found("GM207", BOARD, parts)
    assert {one.id, other.id} == {"GM207:2:board/2-of-others", "GM207:2:board/1-of-lead"}
    assert one.message.endswith("makes no difference: 2 of the others present")


def test_equal_votes_are_told_of_a_meeting_as_it_is_called() -> None:
    finding = only(found("GM301", BOARD, SECOND))
    assert finding.story[0].startswith("On Thursday 4 April 2024 six members come")
    assert finding.clauses == ("3",)


def test_equal_votes_at_an_adjourned_meeting_alone_are_told_so() -> None:
    """Where all eight have one vote less among them, the first meeting needs all seven."""
    seven = ("others: {seats: 5", "others: {seats: 4"), ("present >= 5 and", "present >= 7 and")
    finding = only(found("GM301", BOARD, SECOND, *seven))
    assert finding.story[0].startswith("After a meeting without a quorum, on Thursday 4 April 2024 four")
    assert finding.clauses == ("3", "5")


def test_equal_votes_of_more_members_than_there_must_be() -> None:
    """Three members are an odd number, and a quorum of all; the text allows a fourth."""
    three = ("others: {seats: 5", "others: {seats: 0..1"), ("present >= 5 and", "present >= 3 and")
    finding = only(found("GM301", BOARD, *three))
    assert finding.story[0] == "Seats whose number the text leaves open are filled as far as it allows."
    none = ('      others: {seats: 5, clause: "1"}\n', "")
    assert found("GM301", BOARD, none, three[1]) == ()


def test_of_several_quorums_those_that_nobody_meets_are_told() -> None:
    half = '      - {needs: present(lead) >= half of present, gates: decision, clause: "6"}'
    both = (
        'quorum: {needs: present >= 5 and present(lead) >= 1, measured: throughout, clause: "2"}',
        f'quorum:\n      - {{needs: present >= 5, clause: "2"}}\n{half}',
    )
    finding = only(found("GM201", BOARD, both))
    assert finding.story[1:] == (
        "Clause 6 is not met.",
        "Nor does a smaller meeting meet clauses 2 and 6 together: nothing can be decided.",
    )


def test_a_conflict_is_not_told_again_of_each_permission() -> None:
    norms = """
  - {about: meeting of board, must: minutes within 5 days after meeting, clause: "2"}
  - {about: meeting of board, must: minutes at least 9 days after meeting, clause: "3"}
  - {about: meeting of board, may: open-to-public, when: exempt, limit: no, clause: "1"}
"""
    start = KINDS.index("norms:\n") + len("norms:")
    text = KINDS[:start] + norms + KINDS[KINDS.index("clauses:") :]
    assert only(found("GM101", text)).clauses == ("2", "3")
    assert found("GM103", text) == ()
    kept = text.replace("minutes at least 9 days after meeting", "not open-to-public")
    assert only(found("GM103", kept)).clauses == ("1", "3")
