"""Repairs of the examples on the pages: each that is offered was made, and the finding is gone with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from govmodel.checks import CATALOGUE, Entry, entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.constitution import Constitution
from govmodel.model.edit import applied
from govmodel.model.expressions import All
from govmodel.model.rules import QuorumRule
from govmodel.reading import read
from govmodel.repairs import REMEDIES, Draft, edits
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
                assert all(levels.index(f.level) > levels.index(found.finding.level) for f in each.comes)
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
