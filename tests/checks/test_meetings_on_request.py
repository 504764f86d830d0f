"""GM112 on meetings that have to be held within a time from their request, and where it has to be silent."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rulebook
from govmodel.model.verdict import Case, Fact
from govmodel.reading import read
from govmodel.semantics.cases import broken
from govmodel.study.preparing import EFFORT

TEXT = """govmodel: "1"
document: {title: A Board, date: 2024-01, nation: ENG}
readings: {which: {clause: "9", question: "Which?", options: {one: this, two: that}, base: one}}
bodies:
  board: {name: the board, meetings: [{kind: special, on_request_of: members, then: must}], clause: "1"}
  panel: {name: the panel, clause: "1"}
offices: {chair: {name: the chair, of: board, clause: "1"}}
norms:
"""
CLAUSES = 'clauses: {"1": a, "2": b, "3": c, "4": d, "9": e}\n'
SPECIAL = "when: kind is special"
OWN = "about: meeting of board"
SOON = f'id: soon, {OWN}, must: meeting within 10 days after requested, {SPECIAL}, clause: "2"'
NOTICE = f'id: notice, {OWN}, must: notice at least 10 working days before meeting, clause: "3"'
SHORTER = f'{OWN}, may: notice at least 2 days before meeting, {SPECIAL}, limit: yes, clause: "4"'


def asked(*norms: str, check: str = "GM112") -> CheckResult:
    found = entry(check)
    assert found is not None
    return found.load().run(Context(book(*norms), EFFORT))


def book(*norms: str) -> Rulebook:
    text = TEXT + "".join(f"  - {{{norm}}}\n" for norm in norms) + CLAUSES
    return read(load_text(text, "board.yaml"))


@pytest.mark.parametrize(
    ("norms", "level", "clauses"),
    [
        ((SOON, NOTICE), "error", ("2", "3")),
        ((SOON, NOTICE.replace("10 working", "12")), "error", ("2", "3")),
        ((SOON, NOTICE.replace("notice at", "papers at")), "error", ("2", "3")),
        ((SOON, NOTICE.replace('"3"', '"4"').replace("10", "1").replace("notice,", "a,"), NOTICE), "error",
         ("2", "3")),
        ((SOON, f"{NOTICE}, {SPECIAL}"), "error", ("2", "3")),
        ((SOON, f"{NOTICE}, reading: {{which: two}}"), "warning", ("2", "3")),
        ((SOON, NOTICE.replace("10 working", "8 working")), "warning", ("2", "3")),
        ((SOON, NOTICE.replace("10 working", "5 working")), "note", ("2", "3")),
    ],
)  # fmt: skip
def test_it_comes_too_late(norms: tuple[str, ...], level: str, clauses: tuple[str, ...]) -> None:
    result = asked(*norms)
    (finding,) = result.findings
    assert (finding.level, finding.clauses, finding.subject) == (level, clauses, "soon")
    assert result.undecided == ()


@pytest.mark.parametrize(
    "norms",
    [
        (SOON, NOTICE.replace("10 working", "10")),
        (SOON, NOTICE.replace("10 working", "3 working")),
        (SOON, f"{NOTICE}, waived_by: chair"),
        (SOON, f"{NOTICE}, unless: exempt"),
        (SOON, f"{NOTICE}, when: kind is ordinary"),
        (SOON, NOTICE.replace("of board", "of panel")),
        (SOON, NOTICE.replace("must", "should")),
        (f"{SOON}, overrides: notice", NOTICE),
        (SOON, f"{NOTICE}, subject_to: soon"),
        (SOON, NOTICE, SHORTER),
        (SOON, NOTICE.replace("notice at", "papers-drafted at")),
        (SOON.replace("must", "should"), NOTICE),
    ],
    ids=[
        "just in time", "in time at any time of the year", "can be waived", "with an exception",
        "for other meetings", "of another body", "should", "overridden", "gives way",
        "allowed at shorter notice", "can be done before", "should be held",
    ],
)  # fmt: skip
def test_it_can_be_held(norms: tuple[str, ...]) -> None:
    assert asked(*norms).findings == ()


def test_the_share_of_days_is_the_one_found_by_trying() -> None:
    """The time, the notice and how it is counted are drawn; the judge is asked about every day on which the
    meeting and its notice could be."""
    dice, late = Random(112), []
    for _ in range(6):
        soon = f"{dice.choice(['5', '4', '3 working', '2 clear', '6'])} days"
        notice = dice.choice(["4 days", "3 clear days", "3 working days", "2 clear working days", "72 hours"])
        norms = SOON.replace("10 days", soon), NOTICE.replace("10 working days", notice)
        tried = by_trying(*norms)
        found = asked(*norms).findings
        assert round(tried / 365, 3) == (found[0].evidence["share"] if found else 0), (soon, notice)
        late.append(tried)
    assert 0 in late
    assert 365 in late
    assert any(0 < days < 365 for days in late)


def by_trying(*norms: str) -> int:
    """On how many days of 2024's first 365 a request comes to which no meeting is in time."""
    rules = Context(book(*norms), EFFORT).rules()

    def lawful(asked_on: int, notice: int, at: int) -> bool:
        facts: dict[str, Fact] = {"meeting.kind": "special", "meeting.requested": asked_on - at}
        facts["meeting.notice"] = notice - at
        case = Case("meeting", "board", date(2024, 1, 1) + timedelta(days=at), facts)
        return not broken(rules.norms, case, rules.nation, rules.reading)

    def met(day: int) -> bool:
        window = range(day, day + 9)
        return any(lawful(day, sent, at) for at in window for sent in range(day, at + 1))

    return sum(not met(day) for day in range(365))


def test_of_every_meeting_it_is_a_conflict() -> None:
    norms = (SOON.replace(f", {SPECIAL}", ""), NOTICE)
    assert asked(*norms).findings == ()
    (finding,) = asked(*norms, check="GM101").findings
    assert {*finding.clauses} == {"2", "3"}
