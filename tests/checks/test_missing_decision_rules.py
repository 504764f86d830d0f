"""GM310: what it takes for a body to decide a matter without a rule, and what is a rule."""

from __future__ import annotations

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

TEXT = """govmodel: "1"
document: {{title: A Board}}
readings: {{which: {{clause: "9", question: "Which?", options: {{one: this, two: that}}, base: one}}}}
matters:
  money: {{name: money}}
  grant: {{name: a grant, kind_of: money}}
  dispute: {{name: a dispute, settle: yes}}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {{members: {{{seats}}}}}
    decisions: [{decisions}]
routes:
  - {{{route}, clause: "2"}}
clauses: {{"1": a, "2": b, "3": c, "9": d}}
"""
GRANTS = "who: board, decides: grant"


def found(
    route: str = GRANTS, decisions: str = "", seats: str = "seats: 5"
) -> list[tuple[str, tuple[str, ...]]]:
    check = entry("GM310")
    assert check is not None
    text = TEXT.format(route=route, decisions=decisions, seats=seats)
    result = check.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))
    assert result.undecided == ()
    return [(f.level, f.clauses) for f in result.findings]


@pytest.mark.parametrize(
    ("route", "level"),
    [
        (GRANTS, "note"),
        ("who: board, approves: grant, force: may", "note"),
        ("who: board, determines: dispute", "warning"),
        ("who: members, escalates_to: board, matter: dispute, effect: final", "warning"),
        ("who: members, escalates_to: board, matter: grant, effect: resolves", "note"),
    ],
)
def test_the_text_says_that_the_body_decides(route: str, level: str) -> None:
    assert found(route) == [(level, ("2",))]


@pytest.mark.parametrize(
    "route",
    [
        "who: board, advises: members, matter: grant",
        "who: members, escalates_to: board, matter: dispute, effect: hears",
        "who: members, escalates_to: board, matter: dispute",
        "who: board, escalates_to: public, matter: dispute, effect: final",
    ],
)
def test_it_does_not_say_so(route: str) -> None:
    assert found(route) == []


@pytest.mark.parametrize(
    "rule",
    [
        'matter: any, carried_by: majority of voting, clause: "3"',
        'matter: grant, carried_by: consensus, clause: "3"',
        'matter: money, carried_by: most votes, clause: "3"',
        'matter: any, first: consensus, clause: "3"',
        'matter: any, how: writing, carried_by: all of members, clause: "3"',
    ],
)
def test_a_rule_is_said(rule: str) -> None:
    assert found(decisions=f"{{{rule}}}") == []


def test_a_rule_for_something_else_is_none() -> None:
    assert found(decisions='{matter: dispute, carried_by: consensus, clause: "3"}') == [("note", ("2",))]
    assert found(decisions='{matter: any, proxies: yes, clause: "3"}') == [("note", ("2",))]
    amendments = '{matter: any, touching: "1", carried_by: all of members, clause: "3"}'
    assert found(decisions=amendments) == [("note", ("2",))]


def test_decisions_of_which_nothing_else_is_said() -> None:
    bare = '{matter: dispute, clause: "3"}'
    assert found("who: board, advises: members", bare) == [("warning", ("3",))]


def test_one_person_needs_no_rule() -> None:
    assert found(seats="seats: 1") == []


def test_a_rule_under_one_reading() -> None:
    rule = 'matter: any, carried_by: consensus, reading: {which: %s}, clause: "3"'
    assert found(decisions=f"{{{rule % 'two'}}}") == [("note", ("2",))]
    assert found(decisions=f"{{{rule % 'one'}}}") == []  # a note in the other reading only


def test_a_duty_to_seek_agreement_is_a_rule_where_it_stands() -> None:
    """`about: vote of board`: of this body, and under the readings in which the clause is there."""
    for duty, level in (
        ("must: consensus-sought", []),
        ("about: vote of other, must: consensus-sought", ["note"]),
        ("may: consensus-sought", ["note"]),
        ("must: consensus-sought, reading: {which: two}", ["note"]),
    ):
        about = "" if "about" in duty else "about: vote of board, "
        norms = f'norms:\n  - {{{about}{duty}, clause: "3"}}\n'
        other = '  other: {name: the other, clause: "1", seats: {members: {seats: 2}}}\n'
        text = TEXT.format(route=GRANTS, decisions="", seats="seats: 5")
        text = text.replace("routes:", f"{other}routes:").replace("clauses:", f"{norms}clauses:")
        check = entry("GM310")
        assert check is not None
        answer = check.load().run(Context(read(load_text(text, "board.yaml")), EFFORT))
        assert [f.level for f in answer.findings] == level, duty
