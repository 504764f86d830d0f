"""Papers and their steps: what a model can say of them, and the rules that this becomes."""

from __future__ import annotations

import pytest
from loading_help import good, one

from govmodel.model.expressions import Frequency, Length, OnDate
from govmodel.model.rules import ContentRule, InstrumentNameRule, InstrumentRule, StepRule
from govmodel.reading import read, under

PAPERS = """instruments:
  assessment: {name: assessment, kind: assessment, every: every year, clause: '1'}
  plan:
    name: partnership plan
    kind: plan
    every: every year
    since: 2010
    after: assessment
    binds: members
    also:
      safety plan: {clause: '4.1'}
      the Plan: {defined: yes, clause: '1'}
    contains:
      priorities of the year: {clause: '4.2'}
    steps:
      - {prepared_by: secretariat, clause: '1'}
      - {consults: {any_of: [council, police]}, by: secretariat, clause: '4.1'}
      - {agreed_by: scp, consent_of: council, every: at each meeting of scp, clause: '4.2'}
      - {published: public, when: published in May, at: on the web, within: 10 working days, clause: '4.4'}
      - reviewed_by: {any_of: [scp, scp-chair]}
        force: should
        reading: {minutes-clock: meeting}
    clause: '1'
"""


def steps() -> list[StepRule]:
    return [r for r in read(good(PAPERS)).rules if isinstance(r, StepRule)]


def test_steps_become_rules_in_the_order_of_the_text() -> None:
    found = steps()
    assert [(s.instrument, s.order, s.verb, s.whom) for s in found] == [
        ("plan", 0, "prepared_by", ("secretariat",)),
        ("plan", 1, "consults", ("council", "police")),
        ("plan", 2, "agreed_by", ("scp",)),
        ("plan", 3, "published", ("public",)),
        ("plan", 4, "reviewed_by", ("scp", "scp-chair")),
    ]
    assert [s.any_of for s in found] == [False, True, False, False, True]
    assert [s.force for s in found] == ["must", "must", "must", "must", "should"]
    assert [s.clauses for s in found] == [("1",), ("4.1",), ("4.2",), ("4.4",), ("1",)]
    assert found[1].by == "secretariat"
    assert found[2].consent_of == ("council",)
    assert found[2].every == Frequency(0, None, at="each-meeting", of="scp")
    assert found[3].when == OnDate("instrument.published", "in", 5)
    assert (found[3].at, found[3].within) == ("on the web", Length(10, "day", "working"))
    assert found[4].gate == (("minutes-clock", ("meeting",)),)


def test_a_reading_leaves_out_its_steps() -> None:
    book = read(good(PAPERS))
    assert len(under(book).steps) == 5
    assert len(under(book, {"minutes-clock": "approval"}).steps) == 4


def test_a_paper_has_names_parts_and_a_place_in_the_year() -> None:
    rules = read(good(PAPERS)).rules
    (plan,) = [r for r in rules if isinstance(r, InstrumentRule) and r.name == "plan"]
    assert (plan.kind, plan.since, plan.after, plan.binds) == ("plan", "2010", "assessment", ("members",))
    names = [(r.called, r.defined, r.clauses) for r in rules if isinstance(r, InstrumentNameRule)]
    assert names == [("safety plan", False, ("4.1",)), ("the Plan", True, ("1",))]
    parts = [(r.says, r.clauses) for r in rules if isinstance(r, ContentRule)]
    assert parts == [("priorities of the year", ("4.2",))]


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            "{agreed_by: scp, every: at each meeting of scpp, clause: '1'}",
            'no body is called "scpp"; did you mean "scp"?',
        ),
        ("{agreed_by: scp, every: at each meeting, clause: '1'}", "at a meeting of which body?"),
        ("{agreed_by: party(secretary), clause: '1'}", 'agreed_by: nothing is called "party(secretary)"'),
        ("{agreed_by: scp, approved_by: scp, clause: '1'}", "this step says both agreed_by and approved_by"),
    ],
)
def test_refused(step: str, message: str) -> None:
    assert message in one(f"instruments:\n  plan: {{name: p, kind: plan, steps: [{step}], clause: '1'}}\n")


def test_whose_meeting_need_not_be_said_where_there_is_one_body_only() -> None:
    from govmodel.loading import load_text

    model = load_text(
        'govmodel: "1"\ndocument: {title: t}\nbodies: {board: {name: b, clause: "1"}}\n'
        "instruments: {plan: {name: p, kind: plan, steps: [{reviewed_by: board, every: at each meeting}],"
        ' clause: "1"}}\nclauses: {"1": one}\n'
    )
    (step,) = [r for r in read(model).rules if isinstance(r, StepRule)]
    assert step.every == Frequency(0, None, at="each-meeting", of="board")


def test_no_body_meets_as_often_as_it_meets() -> None:
    meetings = "[{kind: ordinary, how_often: at each meeting of b}]"
    body = f"bodies:\n  b: {{name: b, clause: '1', meetings: {meetings}}}\n"
    from loading_help import problems

    found = problems(f'govmodel: "1"\ndocument: {{title: t}}\n{body}clauses: {{"1": one}}\n')
    assert found == [
        "frequency: a meeting cannot be held as often as there are meetings / "
        "Say how often, or ahead_of whose meetings."
    ]
