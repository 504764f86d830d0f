"""What the checks say of offices: their periods (GM109), their seats (GM209), their holders (GM503)."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import Finding
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

HEAD = """govmodel: "1"
document: {title: A Board}
readings: {which: {clause: "9", question: "Which?", options: {one: this, two: that}, base: one}}
classes: {authority: {name: authorities, clause: "1"}}
parties:
  police: {name: Police, is: authority, clause: "1"}
  council: {name: Council, clause: "1"}
  college: {name: College, clause: "1"}
"""
CLAUSES = 'clauses: {"1": a, "2": b, "3": c, "4": d, "5": e, "9": f}\n'


def found(check: str, text: str) -> tuple[Finding, ...]:
    known = entry(check)
    assert known is not None
    result = known.load().run(Context(read(load_text(HEAD + text + CLAUSES, "board.yaml")), EFFORT))
    assert result.undecided == ()
    return result.findings


# periods

TERMS = """bodies: {{board: {{name: the board, clause: "1"}}}}
offices:
  chair: {{name: the chair, of: board, {chair}, clause: "2"}}
  deputy: {{name: the deputy chair, of: board, {deputy}, clause: "4"}}
routes:
  - {{who: board, {route}, clause: "5"}}
"""


def terms(
    chair: str = "acting: nobody", deputy: str = "acting: nobody", route: str = "advises: police"
) -> list[tuple[str, str, tuple[str, ...]]]:
    text = TERMS.format(chair=chair, deputy=deputy, route=route)
    return [(f.level, f.subject, f.clauses) for f in found("GM109", text)]


YEARLY = 'chosen: {by: election, every: every year, clause: "3"}'


@pytest.mark.parametrize("term", ["2 years", "18 months", "3 quarters"])
def test_an_office_has_one_period(term: str) -> None:
    assert terms(f"{YEARLY}, term: {term}") == [("warning", "chair", ("3", "2"))]
    after = terms(YEARLY, f"chosen: {{by: rotation, follows: chair}}, term: {term}")
    assert after == [("warning", "deputy", ("4", "3"))]
    assert terms(f"term: {term}", route="appoints: chair, every: every year") == [
        ("warning", "chair", ("2", "5"))
    ]


def test_only_clauses_that_say_the_periods_are_cited() -> None:
    """Not clause 9, by which the chair is appointed; but by it the deputy takes over with the chair."""
    chair = 'chosen: {by: appointment, clause: "9"}, term: 3 years'
    assert terms(chair, route="appoints: chair, every: every 2 years") == [("warning", "chair", ("2", "5"))]
    linked = 'chosen: {by: agreement, follows: chair, clause: "9"}, term: 2 years'
    assert terms(YEARLY, linked) == [("warning", "deputy", ("4", "9", "3"))]


def test_a_period_in_another_reading_is_a_note() -> None:
    term = "term: {by_reading: which, one: 1 year, two: 2 years}"
    assert terms(f"{YEARLY}, {term}") == [("note", "chair", ("3", "2"))]


@pytest.mark.parametrize(
    ("chair", "deputy", "route"),
    [
        (f"{YEARLY}, term: 12 months", "", ""),
        (f"{YEARLY}, term: 4 quarters", "", ""),
        (f"{YEARLY}, term: 60 days", "", ""),
        ("chosen: {by: election, every: as needed}, term: 2 years", "", ""),
        ("term: 2 years", "", "appoints: chair, every: every year, force: may"),
        ("term: 2 years", "", "appoints: deputy, every: every year"),
        (YEARLY, "term: 2 years", ""),
    ],
)
def test_one_period_is_no_finding(chair: str, deputy: str, route: str) -> None:
    assert terms(chair, deputy or "acting: nobody", route or "advises: police") == []


# seats

SEATS = """bodies:
  board:
    name: the board
    clause: "1"
    seats:
      partners: {{seats: 6, clause: "1"}}
      first: {{ex_officio: adviser, clause: "2"}}
      second: {{{second}, clause: "3"}}
    {quorum}
  groups: {{name: the groups, family: 2.., clause: "1"}}
offices:
  adviser: {{name: the adviser, {chosen}, clause: "4"}}
  other: {{name: another, of: groups, chosen: {{by: election}}, clause: "4"}}
"""


def seats(second: str, quorum: str = "", chosen: str = "chosen: {by: appointment}") -> list[tuple[str, str]]:
    answers = found("GM209", SEATS.format(second=second, quorum=quorum, chosen=chosen))
    assert all(f.clauses == ("2", "3") for f in answers if f.subject == "board/adviser")
    return [(f.level, f.subject) for f in answers if f.subject == "board/adviser"]


COUNTS = 'quorum: {needs: present >= 4, counts: [voting, non-voting], clause: "5"}'


def test_one_person_has_one_seat() -> None:
    assert seats("ex_officio: adviser") == [("warning", "board/adviser")]
    assert seats("ex_officio: adviser, role: non-voting", COUNTS) == [("note", "board/adviser")]
    assert seats("ex_officio: adviser, reading: {which: two}") == [("note", "board/adviser")]


@pytest.mark.parametrize(
    "second",
    [
        "ex_officio: adviser, role: non-voting",
        "ex_officio: adviser, role: attending",
        "ex_officio: adviser, optional: yes",
        "ex_officio: adviser, unless_represented: yes",
        "ex_officio: other",
        "ex_officio: groups.chair",
        "party: police",
    ],
)
def test_two_seats_of_two_people_or_one_that_does_not_count(second: str) -> None:
    assert seats(second) == []


def test_a_team_may_fill_several_seats() -> None:
    assert seats("ex_officio: adviser", chosen="chosen: {by: provision}") == []


# holders

HOLDERS = """bodies:
  board:
    name: the board
    clause: "1"
    seats:
      police: {{party: police, clause: "1"}}
      council: {{party: council, clause: "1"}}
      college: {{party: college, {role}, clause: "1"}}
      {more}
offices:
  chair:
    name: the chair
    of: board
    chosen: {{{chosen}, clause: "2"}}
    must_be: {{rule: {rule}, clause: "3"}}
    clause: "2"
"""
ROUND = "by: rotation, every: every year, over: [police, council, college]"


def holders(
    rule: str, chosen: str = ROUND, role: str = "role: attending", more: str = ""
) -> list[tuple[str, str, tuple[str, ...]]]:
    text = HOLDERS.format(rule=rule, chosen=chosen, role=role, more=more)
    return [(f.level, f.subject, f.clauses) for f in found("GM503", text)]


BOTH = ("2", "3")


def test_a_turn_comes_to_somebody_who_may_hold_the_office() -> None:
    assert holders("holder is member") == [("warning", "chair/college", BOTH)]
    turns = [("warning", "chair/council", BOTH), ("warning", "chair/college", BOTH)]
    assert holders("party is authority") == turns
    assert holders("not party is police") == [("warning", "chair/police", BOTH)]


def test_somebody_who_is_elected_may_hold_the_office() -> None:
    elected = "by: election, every: every year"
    strange = "holder is member and not (party is police or party is council)"
    assert holders(strange, elected) == [("error", "chair", BOTH)]
    assert holders(strange, elected, role="role: voting") == []
    assert holders("not party is police", elected) == []
    assert holders(strange, "by: post, post: director") == []


@pytest.mark.parametrize(
    ("rule", "chosen", "more"),
    [
        ("holder is member", ROUND.replace("council, college", "[council, college]"), ""),
        ("holder is member", ROUND.replace(", college", ""), ""),
        ("holder is member", ROUND, 'others: {seats: 3, clause: "1"}'),
        ("holder is member or party is college", ROUND, ""),
        ("party(chair) is not party(chair)", ROUND, ""),
    ],
    ids=["a shared turn", "left out", "seats of nobody's", "an exception", "what is not known"],
)
def test_a_turn_that_somebody_can_take(rule: str, chosen: str, more: str) -> None:
    assert holders(rule, chosen, more=more) == []
