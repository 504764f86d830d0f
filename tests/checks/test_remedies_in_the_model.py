"""“In the model”: what a repair says of a model, put into it, loads and is what was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.dataclass import replace
from govmodel.loading import load_text
from govmodel.model.constitution import Constitution
from govmodel.model.edit import Edit, applied
from govmodel.model.provision_rules import NormRule
from govmodel.model.rule import Rule
from govmodel.model.rules import DecisionRule, MeetingRule, PresidingRule, QuorumRule
from govmodel.reading import read
from govmodel.repairs import REMEDIES, Draft, edits
from govmodel.study.repairing import repair
from govmodel.words.speaking import Speaker

PLACES = {DecisionRule: "decisions", MeetingRule: "meetings", PresidingRule: "presiding"}
ADDED = re.compile(r"(\w+): (\{[^{}]*\})(, as the last link)?$")
IN_A_BLOCK = re.compile(r"(\w+: [^{}…`\[\]]+?)(, at .*)?$")
OVERRIDES = re.compile(r"(overrides: \[[\w, -]+\]), at ([^`]+?)(?:, with `(id: new)` at (.+))?$")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def of_clauses(blocks: Any, clauses: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for block in listed(blocks):
        own = block.get("clause", block.get("clauses"))
        if tuple(str(each) for each in listed(own)) == clauses:
            yield block


def made_by_hand(text: str, edit: Edit) -> str | None:
    """The model with the line put in. None: the line is about words that only the drafter knows."""
    data = yaml.load(text, yaml.BaseLoader)
    new = edit.new[-1]
    found = ADDED.match(edit.model)
    if found is not None and not edit.old:
        body = data["bodies"][new.body]  # type: ignore[attr-defined]
        block = {**yaml.load(found[2], yaml.BaseLoader), "clause": list(new.clauses)}
        body[found[1]] = [*listed(body.get(found[1])), block]
        return yaml.safe_dump(data)
    if found is not None and isinstance(new, QuorumRule) and " and what" not in edit.model:
        added = yaml.load(found[2], yaml.BaseLoader)
        for old in edit.old:
            for block in of_clauses(data["bodies"][old.body][found[1]], old.clauses):  # type: ignore[attr-defined]
                block.update(added)
        return yaml.safe_dump(data)
    found = OVERRIDES.match(edit.model)
    if found is not None:
        for key, place in ((found[1], found[2]), (found[3], found[4])):
            for block in data["norms"] if key else ():
                clauses = " and ".join(str(c) for c in listed(block.get("clause")))
                if place in (block.get("id"), f"the norm of clause {clauses}"):
                    block.update(yaml.load(key, yaml.BaseLoader))
        return yaml.safe_dump(data)
    place = PLACES.get(type(new))
    found = IN_A_BLOCK.match(edit.model)
    if found is None or place is None or " and " in edit.model or ";" in edit.model:
        return None
    keys = {}
    for part in found[1].split(", "):
        keys.update(yaml.load(part, yaml.BaseLoader))
    for old in edit.old:
        for block in of_clauses(data["bodies"][old.body][place], old.clauses):  # type: ignore[attr-defined]
            block.update(keys)
    return yaml.safe_dump(data)


def said(rules: tuple[Rule, ...], mark: Any) -> set[Rule]:
    """The rules whatever their place in the file and the names that norms have been given."""
    found = set()
    for rule in rules:
        plain = replace(rule, mark=mark)
        if isinstance(plain, NormRule):
            plain = replace(plain, name="", overrides=())
        found.add(plain)
    return found


def over(rules: tuple[Rule, ...]) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Which clauses' norms prevail over which."""
    norms = [rule for rule in rules if isinstance(rule, NormRule)]
    return {(n.clauses, other.clauses) for n in norms for other in norms if other.name in n.overrides}


def examples(id: str) -> Iterator[tuple[str, Constitution]]:
    check = entry(id)
    assert check is not None
    for text in re.findall(r"```yaml\n(.*?)```", check.page(), re.DOTALL):
        if f"finds: {id}" in text or f", {id}" in text:
            yield text, load_text(text, f"{id}.yaml")


BY_HAND = {
    "GM101", "GM103", "GM104", "GM106", "GM111", "GM112", "GM113", "GM114", "GM115", "GM116", "GM201",
    "GM202", "GM203", "GM204", "GM205", "GM206", "GM211", "GM212", "GM301", "GM302", "GM303", "GM304",
    "GM306", "GM310", "GM502",
}  # fmt: skip
"""Checks of which a line is put in here: the others tell only of words that the drafter knows."""


@pytest.mark.parametrize("id", sorted(REMEDIES))
def test_the_line_put_into_the_model_is_what_was_checked(id: str) -> None:
    check = entry(id)
    assert check is not None
    put_in = 0
    for text, constitution in examples(id):
        rulebook = read(constitution)
        draft = Draft(rulebook, Speaker(constitution), rulebook.base)
        for finding in check.load().run(Context(rulebook, 2_000_000)).findings:
            for edit in edits(draft, finding):
                by_hand = made_by_hand(text, edit)
                if by_hand is None:
                    continue
                put_in += 1
                after = read(load_text(by_hand, f"{id}.yaml"))
                wanted = applied(rulebook, edit).rules
                mark = rulebook.rules[0].mark
                assert said(after.rules, mark) == said(wanted, mark), edit.model
                assert over(after.rules) == over(wanted), edit.model
    assert bool(put_in) == (id in BY_HAND)


CASTING = """govmodel: "1"
document: {title: A Board, date: 2024-01}
bodies:
  board:
    name: the Board
    clause: "1"
    seats: {members: {seats: 9, clause: "1"}}
    quorum: {needs: present >= 5, gates: meeting, measured: start, clause: "2"}
    decisions: {matter: any, carried_by: majority of voting, clause: "3"}
    presiding:
      - {who: chair, extra_vote: casting, even_if: conflicted, clause: "4"}
      - {who: vice-chair, when: chair is absent, extra_vote: casting, even_if: conflicted, clause: "4"}
offices:
  chair: {name: the Chair, of: board, chosen: {by: election, every: every year}, clause: "4"}
  vice-chair: {name: the Vice-Chair, of: board, chosen: {by: election, every: every year}, clause: "4"}
clauses: {"1": nine, "2": five, "3": a majority, "4": the chair or the vice-chair}
"""


def test_whoever_presides_for_the_day_has_what_is_said_and_nothing_else() -> None:
    """Done as told without the casting vote, it made an unbroken tie (GM301) that the repair did not have."""
    (found,) = repair(load_text(CASTING, "board.yaml"), findings=["GM502"]).findings
    (only,) = found.repairs
    assert only.edit.says.endswith("at that meeting, with a second vote where votes are equal”.")
    told = "presiding: {who: agreed, lasts: meeting, extra_vote: casting}, as the last link"
    assert only.edit.model == told
    by_hand = made_by_hand(CASTING, only.edit)
    assert by_hand is not None
    after = read(load_text(by_hand, "board.yaml"))
    wanted = applied(read(load_text(CASTING, "board.yaml")), only.edit).rules
    assert said(after.rules, wanted[0].mark) == said(wanted, wanted[0].mark)
    check = entry("GM301")
    assert check is not None
    assert not check.load().run(Context(after, 2_000_000)).findings


NORMS = """govmodel: "1"
document: {title: A Board, date: 2024-01}
bodies:
  board:
    name: the Board
    clause: "1"
    seats: {members: {seats: 9, clause: "1"}}
    meetings: [{kind: urgent, called_by: chair, clause: "4"}]
offices: {chair: {name: the Chair, of: board, clause: "1"}}
norms:
  - {about: meeting of board, must: papers at least 5 working days before meeting, clause: "2"}
  - {about: meeting of board, must: papers at least 2 days before meeting, clause: "3"}
  - id: short
    about: meeting of board
    may: notice at least 48 hours before meeting
    when: kind is urgent
    overrides: [other]
    limit: yes
    clause: "4"
  - {id: other, about: meeting of board, should: notice at least 9 days before meeting, clause: "5"}
clauses: {"1": nine, "2": papers, "3": more papers, "4": urgent, "5": notice}
"""


def test_a_norm_without_an_id_is_told_to_need_one_and_what_is_there_stays() -> None:
    (found,) = repair(load_text(NORMS, "board.yaml"), findings=["GM104"], most=5).findings
    over_it = [r.edit.model for r in found.repairs if r.edit.remedy == "precedence"]
    ids = "`id: new-1` at the norm of clause 2 and `id: new-2` at the norm of clause 3"
    assert over_it == [f"overrides: [other, new-1, new-2], at short, with {ids}"]
