"""Repairs of the examples on the pages: each that is offered was made, and the finding is gone with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from govmodel.checks import CATALOGUE, Entry, entry
from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.loading import load_text
from govmodel.model.constitution import Constitution
from govmodel.model.edit import applied
from govmodel.model.expressions import All
from govmodel.model.rules import QuorumRule
from govmodel.reading import read
from govmodel.repairs import REMEDIES, Draft, edits
from govmodel.report.repairing import as_text
from govmodel.study.repairing import repair
from govmodel.words.speaking import Speaker

EFFORT = 2_000_000


def failing(check: Entry) -> Iterator[Constitution]:
    """The examples of a page that have what it is about."""
    for text in re.findall(r"```yaml\n(.*?)```", check.page(), re.DOTALL):
        if f"finds: {check.id}" in text or f", {check.id}" in text:
            yield load_text(text, f"{check.id}.yaml")


def test_remedies_are_for_checks_of_the_catalogue() -> None:
    known = {check.id for check in CATALOGUE}
    assert set(REMEDIES) <= known


@pytest.mark.parametrize("id", REMEDIES)
def test_a_repair_of_an_example_removes_the_finding(id: str) -> None:
    """Every check with a remedy has an example that it mends; whatever is offered was rightly offered."""
    check = entry(id)
    assert check is not None
    offered = 0
    for constitution in failing(check):
        made = repair(constitution, findings=[id])
        rulebook = read(constitution)
        before = check.load().run(Context(rulebook, EFFORT)).findings
        assert {f.finding.id for f in made.findings} == {f.id for f in before}
        for found in made.findings:
            offered += len(found.repairs)
            for each in found.repairs:
                after = check.load().run(Context(applied(rulebook, each.edit), EFFORT)).findings
                assert not any((f.subject, f.check) == (found.finding.subject, id) for f in after)
                assert found.finding.id in {f.id for f in each.goes}
                levels = ("error", "warning", "note")
                assert all(
                    levels.index(f.level) > levels.index(found.finding.level)
                    for f in (*each.comes, *each.worsens)
                )
                assert set(each.edit.clauses) <= set(rulebook.clauses)
                assert each.edit.says.endswith((".", "”"))
                assert each.changes
    assert offered, f"no example of {id} is mended"


def test_smaller_edits_come_first_and_always_in_one_order() -> None:
    for id in REMEDIES:
        check = entry(id)
        assert check is not None
        for constitution in failing(check):
            rulebook = read(constitution)
            draft = Draft(rulebook, Speaker(constitution), rulebook.base)
            for finding in check.load().run(Context(rulebook, EFFORT)).findings:
                found = edits(draft, finding)
                assert [e.size for e in found] == sorted(e.size for e in found)
                assert [e.says for e in found] == [e.says for e in edits(draft, finding)]


def test_what_is_excepted_is_lawful_afterwards_and_nothing_else_is() -> None:
    """The exception for urgent meetings makes late papers lawful there, and says so with a case."""
    check = entry("GM104")
    assert check is not None
    constitution = next(failing(check))
    made = repair(constitution, findings=["GM104"], most=5)
    exceptions = [r for f in made.findings for r in f.repairs if r.edit.remedy == "an exception"]
    assert exceptions
    for each in exceptions:
        assert any(change.startswith("Lawful now: ") for change in each.changes)
        assert not any(change.startswith("No longer lawful") for change in each.changes)


QUORUMS = """govmodel: "1"
document: {title: A Board}
parties: {police: {name: Police, clause: "1"}}
bodies:
  board:
    name: Board
    clause: "1"
    seats: {police: {party: police, seats: 4}, members: {seats: 6}}
    quorum: {needs: present >= 4 and present(police) >= 1, clause: "2"}
    %s
    decisions: {matter: any, carried_by: majority of voting, equal_votes: not-carried, clause: "4"}
clauses: {"1": one, "2": two, "3": three, "4": four}
"""
ADJOURNED = 'inquorate: {when: never-reached, then: adjourn, second_quorum: present >= 2, clause: "3"}'


def test_a_higher_quorum_keeps_what_else_the_quorum_asks_for() -> None:
    (found,) = repair(load_text(QUORUMS % "", "q.yaml"), findings=["GM303"]).findings
    first = found.repairs[0].edit
    assert first.says == "In clause 2, make the number of those present 6."
    (quorum,) = first.new
    assert isinstance(quorum, QuorumRule)
    assert isinstance(quorum.needs, All)
    assert quorum.needs.items[1:] == first.old[0].needs.items[1:]  # type: ignore[attr-defined]


def test_a_quorum_of_an_adjourned_meeting_is_raised_with_the_other() -> None:
    (found,) = repair(load_text(QUORUMS % ADJOURNED, "q.yaml"), findings=["GM303"]).findings
    assert found.repairs
    assert found.repairs[0].edit.clauses == ("2", "3")


def test_a_redraft_that_makes_another_finding_worse_is_none() -> None:
    """“Of the votes” makes the capture of the panel (GM303), a warning in other readings, an error in all."""
    (found,) = repair(load_text(PANEL, "panel.yaml"), findings=["GM309"], most=3).findings
    assert [r.edit.model for r in found.repairs] == ["carried_by: … of members"]
    assert found.failed == {"another finding is worse with it (GM303)": 2}


def test_a_lower_finding_that_is_worse_with_a_redraft_is_told() -> None:
    """No model of ours has one: the redraft is made here, from one that was checked."""
    made = repair(load_text(TWO_SHARES, "board.yaml"), findings=["GM308"])
    first = made.findings[0]
    (worse,) = [f for f in first.repairs[0].stays if f.level == "note"][:1]
    told = replace(first.repairs[0], worsens=(worse,))
    text = as_text([replace(made, findings=(replace(first, repairs=(told,)),))])
    assert f"Worse with it: note GM308 ({', '.join(worse.clauses)})." in text
    assert "Nothing new" not in text
    assert told.to_dict()["worsens"] == [worse.id]


def test_a_finding_that_is_not_touched_is_not_the_one_that_was_mended() -> None:
    made = repair(load_text(TWO_SHARES, "board.yaml"), findings=["GM308"])
    warnings = [found for found in made.findings if found.finding.level == "warning"]
    assert [found.finding.clauses for found in warnings] == [("4", "6"), ("5", "6")]
    for found in warnings:
        rule = found.finding.clauses[0]
        assert [r.edit.clauses for r in found.repairs] == [(rule,), (rule,)]
        assert {f.clauses for f in found.repairs[0].goes} == {(rule, "6"), (rule,)}
        assert {f.clauses for f in found.repairs[1].goes} == {(rule, "6")}


PANEL = """govmodel: "1"
document: {title: A Panel, date: 2024-01}
where_silent: {base_of_a_majority: members}
bodies:
  panel:
    name: the Panel
    clause: "1"
    seats: {members: {seats: 9, clause: "1"}}
    quorum: {needs: present >= 2, gates: meeting, clause: "2"}
    decisions:
      {matter: any, carried_by: majority, equal_votes: not-carried, binding_on: members, clause: "3"}
    presiding: {who: chair, extra_vote: additional, clause: "4"}
offices:
  chair: {name: the Chair, of: panel, chosen: {by: election, every: every year}, clause: "4"}
clauses: {"1": nine, "2": two, "3": a majority, "4": the chair}
"""
TWO_SHARES = """govmodel: "1"
document: {title: A Board, date: 2024-01}
bodies:
  board:
    name: the Board
    clause: "1"
    seats: {members: {seats: 9, clause: "1"}}
    quorum: {needs: present >= 5, gates: meeting, measured: start, clause: "2"}
    decisions:
      - {matter: any, carried_by: consensus, clause: "3"}
      - {matter: grant, carried_by: two thirds of members, clause: "4"}
      - {matter: plan, carried_by: three quarters of members, clause: "5"}
    interests: {kind: any, votes: no, withdraws: must, clause: "6"}
matters: {grant: {name: a grant}, plan: {name: the plan}}
clauses: {"1": nine, "2": five, "3": consensus, "4": two thirds, "5": three quarters, "6": leaves}
"""
