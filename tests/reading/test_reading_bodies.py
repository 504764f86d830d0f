"""Every key of the blocks inside a body becomes part of a rule: what a model says there is never lost."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from govmodel.errors import Mark
from govmodel.loading import load_text
from govmodel.loading.build import block_class, keys
from govmodel.model import rules as r
from govmodel.reading import read, under

HEAD = """govmodel: "1"
document: {title: A Board}
readings:
  which: {clause: "1", question: "Which?", options: {one: this, two: that}, base: one}
classes:
  authority: {name: authorities, clause: "1"}
  elected: {name: elected members, clause: "1"}
parties:
  police: {name: Police, is: authority, clause: "1"}
  council: {name: Council, is: authority, clause: "1"}
offices:
  board-chair: {name: Chair, of: board, clause: "1"}
matters: {funding: {name: funds}, election: {name: an election}}
clauses: {"1": a, "2": b}
"""

BLOCKS = {
    "Seat": ("seats", "{seats: {s: {%s, clause: '1'}}}"),
    "Cap": ("caps", "[{%s, clause: '1'}]"),
    "CompositionRule": ("rules", "[{%s, clause: '1'}]"),
    "Quorum": ("quorum", "[{%s, clause: '1'}]"),
    "Inquorate": ("inquorate", "[{%s, clause: '1'}]"),
    "Decision": ("decisions", "[{%s, clause: '1'}]"),
    "Presiding": ("presiding", "[{%s, clause: '1'}]"),
    "Meetings": ("meetings", "[{%s, clause: '1'}]"),
    "Interest": ("interests", "[{%s, clause: '1'}]"),
    "StandIn": ("standins", "[{%s, clause: '1'}]"),
    "Membership": ("membership", "[{%s, clause: '1'}]"),
}
NEEDED = {
    "Seat": "seats: 2",
    "Cap": "at_most: 1 vote, each: authority",
    "CompositionRule": "rule: holder is member",
    "Quorum": "needs: present >= 1",
    "Inquorate": "wait: 1 hour",
    "Decision": "matter: any, how: [meeting, writing]",
    "Presiding": "who: board-chair",
    "Meetings": "kind: ordinary, on_request_of: member",
    "Interest": "kind: any",
    "StandIn": "kind: deputy",
    "Membership": "joins: anyone",
}
TRIED = {
    "Seat": (
        "party: police | for_each: authority | seats: 3 | role: attending | "
        "holder: a director | is: elected | ex_officio: panel.chair | nominated_by: panel | "
        "chosen_by: authority | by_invitation_of: board-chair | agreed_by: police | "
        "unless_represented: yes | optional: yes | term: 1 year | votes: 2"
    ),
    "Cap": "each: police | together: [police, council] | at_most: 2 votes",
    "CompositionRule": "rule: holder is elected",
    "Quorum": (
        "needs: present >= 2 | counts: [voting, attending] | gates: decision | "
        "measured: start | rounding: nearest"
    ),
    "Inquorate": (
        "when: lost | wait: 2 hours | then: adjourn | resumes: 7 days | "
        "second_quorum: present >= 1 | second_notice: 5 days"
    ),
    "Decision": (
        "matter: funding | first: consensus | carried_by: majority of voting | how: writing | "
        "proxies: yes | consent_of: panel | may_opt_out: police | binding_on: authority | "
        "without: police | equal_votes: lot | put_by: board-chair | silence: assent | "
        "within: 5 days | touching: '2' | round: 2 | when: present < 10"
    ),
    "Presiding": (
        "who: agreed | when: chair is late | late_after: 1 hour | chosen_by: board | "
        "lasts: item | extra_vote: casting | powers: yes | even_if: conflicted"
    ),
    "Meetings": (
        "kind: special | how_often: every month | at_least: 4 per year | ahead_of: panel | "
        "called_by: board-chair | on_request_of: authority | requesters: 4 | then: must | "
        "cancelled_by: board-chair | consults: members"
    ),
    "Interest": (
        "kind: prejudicial | declares: start | votes: no | takes_part: no | withdraws: must | "
        "counts_to_quorum: no | waived_by: board"
    ),
    "StandIn": (
        "kind: proxy | named_by: member | for: authority | who: elected | votes: yes | "
        "counts_to_quorum: no | matter: funding | force: may | notice: 2 days"
    ),
    "Membership": (
        "joins: [police, panel] | leaves: members | agreed_by: authority | "
        "consent_of: [panel, police] | notice: 6 months | told: board | force: may"
    ),
}
OTHER = {
    (name, part.partition(": ")[0]): part.partition(": ")[2]
    for name, parts in TRIED.items()
    for part in parts.split(" | ")
}
"""Another value for every key than silence, or than the value that a block needs."""

KEYS = [(name, spec.name) for name in BLOCKS for spec in keys(block_class(name)).values()]
VARIES = [
    (name, spec.name) for name in BLOCKS for spec in keys(block_class(name)).values() if spec.holds == "Value"
]
PLACE = Mark("m", 1, 1)


def body(name: str, block: str) -> r.Rulebook:
    heading, shape = BLOCKS[name]
    inner = shape % block
    inner = inner[len("{seats: ") : -1] if heading == "seats" else inner
    text = f"{HEAD}bodies:\n  panel: {{name: p, external: yes, clause: '1'}}\n"
    text += f"  board:\n    name: b\n    clause: '1'\n    {heading}: {inner}\n"
    return read(load_text(text, "m.yaml"))


def with_(name: str, key: str, value: str) -> r.Rulebook:
    parts = [p for p in NEEDED[name].split(", ") if not p.startswith(f"{key}:")]
    if (name, key) == ("Decision", "how"):
        parts = ["matter: any"]
    if (name, key) in (("Cap", "together"), ("Membership", "leaves")):
        parts = [p for p in parts if not p.startswith(("each:", "joins:"))]
    return body(name, ", ".join([*parts, f"{key}: {value}"]))


def unplaced(rules: tuple[r.Rule, ...]) -> list[tuple[str, Any]]:
    return [
        (type(rule).__name__, replace(rule, mark=PLACE))
        for rule in rules
        if not isinstance(rule, r.OfficeRule)
    ]


def test_every_key_has_a_value_to_try() -> None:
    assert sorted(KEYS) == sorted(OTHER)


@pytest.mark.parametrize(("name", "key"), KEYS)
def test_a_key_changes_a_rule(name: str, key: str) -> None:
    said = with_(name, key, OTHER[name, key])
    silent = body(name, NEEDED[name])
    assert unplaced(said.rules) != unplaced(silent.rules)
    assert said.also_cited == silent.also_cited == ("1",)  # the classes


@pytest.mark.parametrize(("name", "key"), VARIES)
def test_a_value_may_depend_on_a_reading(name: str, key: str) -> None:
    value = OTHER[name, key]
    made = with_(name, key, f"{{by_reading: which, one: {value}, two: {value}}}")
    plain = with_(name, key, value)
    for option in ("one", "two"):
        rules = under(made, {"which": option}).bodies["board"]
        for field in fields(rules):
            if field.name not in ("title", "clauses"):
                ours, theirs = getattr(rules, field.name), getattr(under(plain).bodies["board"], field.name)
                if isinstance(ours, tuple) and ours and isinstance(ours[0], r.Rule):
                    ours = tuple(replace(x, gate=(), mark=PLACE) for x in ours)
                    theirs = tuple(replace(x, gate=(), mark=PLACE) for x in theirs)
                assert ours == theirs


def test_rules_on_holders_are_there_under_their_readings() -> None:
    made = with_(
        "CompositionRule", "rule", "{by_reading: which, one: holder is elected, two: holder is member}"
    )
    (one,) = under(made, {"which": "one"}).composition
    (two,) = under(made, {"which": "two"}).composition
    assert (one.body, one.office, one.clauses) == ("board", None, ("1",))
    assert one.needs != two.needs
