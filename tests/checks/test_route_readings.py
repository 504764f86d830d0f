"""Checks on routes and deadlocks enumerate the readings of those rules only on which their question depends:
what they find is what they would find over the readings of every rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govmodel.checks.context import Context
from govmodel.model.finding import Finding
from govmodel.model.rules import Rule
from govmodel.reading import Readings
from govmodel.study import check

ROUTES = ("GM401", "GM402", "GM404", "GM405", "GM407", "GM409")

MADE = """govmodel: "1"
document: {title: A Board, date: 2016, nation: ENG}
readings:
  a: {question: "a?", options: {x: x, y: y}, base: x, clause: "1"}
  b: {question: "b?", options: {x: x, y: y}, base: x, clause: "1"}
  c: {question: "c?", options: {x: x, y: y}, base: x, clause: "1"}
  d: {question: "d?", options: {x: x, y: y}, base: x, clause: "1"}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {members: {seats: 5, clause: "1"}}
    decisions: {matter: grant, carried_by: majority of voting, reading: {d: x}, clause: "2"}
  panel: {name: the panel, external: yes, clause: "1"}
  ghosts:
    name: the ghosts
    clause: "1"
    seats: {some: {seats: 2, reading: {a: x}, clause: "2"}}
    membership: {joins: anyone, agreed_by: board, reading: {b: x}, clause: "3"}
offices:
  chair: {name: the chair, of: board, chosen: {by: election}, clause: "1"}
matters:
  grant: {name: a grant, settle: yes}
  dispute: {name: a dispute, settle: yes, kind_of: grant}
  complaint: {name: a complaint}
norms:
  - {about: meeting of board, who: chair, may: cancelled, reading: {c: x}, clause: "4"}
routes:
  - who: board
    escalates_to: panel
    matter: dispute
    effect: {by_reading: a, x: hears, y: final}
    clause: "5"
  - {who: panel, escalates_to: board, matter: dispute, reading: {b: y}, clause: "6"}
  - {who: panel, determines: dispute, reading: {c: y}, clause: "7"}
  - {who: panel, informs: ghosts, reading: {d: y}, clause: "8"}
  - {who: ghosts, reports_to: panel, matter: grant, reading: {c: x}, clause: "9"}
  - {who: ghosts, reports_to: board, matter: grant, reading: {b: [x, y]}, clause: "10"}
  - {who: members, escalates_to: chair, about: chair, matter: complaint, reading: {d: x}, clause: "11"}
  - {who: chair, acts_as: ghosts.chair, reading: {a: y}, clause: "12"}
  - {who: board, funds: panel, consent_of: chair, reading: {b: x}, clause: "13"}
  - {who: board, appoints: ghosts, reading: {c: y, d: y}, clause: "14"}
clauses:
  {"1": a, "2": b, "3": c, "4": d, "5": e, "6": f, "7": g, "8": h, "9": i, "10": j, "11": k, "12": l,
   "13": m, "14": n}
"""

STUCK = """govmodel: "1"
document: {title: A Board, date: 2016, nation: ENG}
readings:
  a: {question: "a?", options: {x: x, y: y}, base: x, clause: "1"}
  b: {question: "b?", options: {x: x, y: y}, base: x, clause: "1"}
  c: {question: "c?", options: {x: x, y: y}, base: x, clause: "1"}
  d: {question: "d?", options: {x: x, y: y}, base: x, clause: "1"}
  e: {question: "e?", options: {x: x, y: y}, base: x, clause: "1"}
classes:
  council: {name: councils, clause: "1"}
parties:
  county: {name: the county, is: council, clause: "1"}
  trust: {name: the trust, clause: "1"}
bodies:
  board:
    name: the board
    clause: "1"
    seats:
      county: {party: county, seats: 3, clause: "1"}
      trust: {party: trust, seats: {by_reading: a, x: 2, y: 3}, clause: "1"}
      other: {nominated_by: {by_reading: b, x: county, y: trust}, clause: "1"}
    quorum: {needs: present >= 3, gates: meeting, clause: "2"}
    decisions:
      - matter: any
        carried_by: {by_reading: c, x: majority of voting, y: two thirds of voting}
        clause: "2"
      - {matter: dispute, carried_by: all of present, reading: {d: y}, clause: "3"}
    presiding:
      - {who: chair, extra_vote: {by_reading: b, x: casting, y: none}, clause: "4"}
      - who: deputy
        when: {by_reading: e, x: chair is vacant, y: chair is late}
        even_if: {by_reading: a, x: conflicted, y: none}
        powers: {by_reading: d, x: yes, y: no}
        clause: "5"
    interests:
      - {kind: any, votes: no, withdraws: {by_reading: a, x: must, y: may}, clause: "6"}
  panel: {name: the panel, external: yes, clause: "1"}
offices:
  chair:
    name: the chair
    of: board
    chosen: {by: election}
    acting: {by_reading: c, x: deputy, y: nobody}
    clause: "1"
  deputy: {name: the deputy, of: board, clause: "1"}
matters:
  dispute: {name: a dispute, settle: yes, interested: council, clause: "7"}
routes:
  - {who: members, escalates_to: board, matter: dispute, clause: "8"}
  - {who: board, escalates_to: panel, matter: dispute, effect: resolves, reading: {e: y}, clause: "9"}
clauses:
  {"1": a, "2": b, "3": c, "4": d, "5": e, "6": f, "7": g, "8": h, "9": i}
"""


def found(model: Path, name: str) -> list[tuple[Any, ...]]:
    def told(finding: Finding) -> tuple[Any, ...]:
        return finding.id, finding.level, finding.in_base, finding.clauses, finding.readings

    return [told(f) for f in check(model, select=[name]).findings]


@pytest.mark.parametrize("name", [*ROUTES, "GM302"])
def test_what_is_found_over_all_readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    model = tmp_path / "made.yaml"
    model.write_text(STUCK if name == "GM302" else MADE, encoding="utf-8")
    narrow = found(model, name)
    space = Context.space

    def wide(context: Context, about: Callable[[Rule], bool], *also: str, **more: Any) -> Readings:
        return space(context, lambda rule: True, *also)

    monkeypatch.setattr(Context, "space", wide)
    assert narrow == found(model, name)


def test_the_made_model_has_something_for_each(tmp_path: Path) -> None:
    model = tmp_path / "made.yaml"
    model.write_text(MADE, encoding="utf-8")
    assert {f.check for f in check(model, select=list(ROUTES)).findings} == set(ROUTES)
    model.write_text(STUCK, encoding="utf-8")
    deadlocks = check(model, select=["GM302"]).findings
    assert len(deadlocks) > 1
    assert len({deadlock.clauses for deadlock in deadlocks}) == len(deadlocks)
    assert all(deadlock.readings for deadlock in deadlocks)
