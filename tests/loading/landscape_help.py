"""Small texts to join: two boards, each with a model of its own, and a report on both."""

from __future__ import annotations

from pathlib import Path

from govmodel.errors import InputError
from govmodel.loading import load
from govmodel.model.constitution import Constitution

COUNTY = """govmodel: "1"
document: {title: County Board, date: 2016, nation: ENG}
readings:
  size: {question: "How many?", options: {few: a few, many: many}, base: few, clause: "2"}
classes:
  agency: {name: an agency, clause: "2"}
parties:
  police: {name: Police, is: agency, clause: "2"}
bodies:
  board:
    name: County Board
    clause: "1"
    seats:
      police: {party: police, clause: "2"}
      others: {seats: {by_reading: size, few: 3, many: 9}, clause: "2"}
    presiding: {who: chair, clause: "3"}
    decisions: {matter: any, carried_by: majority of voting, clause: "4"}
  committee: {name: Committee, external: yes, seats: {elders: {seats: 2, clause: "5"}}, clause: "5"}
  sub-group: {name: Sub-group, family: "0..", clause: "6"}
  wing: {name: Other Wing, external: yes, reading: {size: many}, clause: "6"}
offices:
  chair: {name: Chair, of: board, chosen: {by: election}, clause: "3"}
  clerk: {name: Clerk, of: board, clause: "3"}
matters:
  dispute: {name: a dispute, settle: yes}
situations:
  meeting:
    attributes:
      minuted: {type: yes-no, choice_of: clerk, says: minutes are taken}
  question:
    name: a question from the public
    part_of: meeting
    attributes:
      heard: {type: yes-no, choice_of: chair}
    clause: "7"
  visit:
    name: a visit
    attributes:
      welcome: {type: yes-no, choice_of: clerk}
    clause: "7"
instruments:
  plan: {name: yearly plan, every: every year, steps: {prepared_by: board}, clause: "8"}
norms:
  - id: early
    about: meeting of board
    who: clerk
    must: papers at least 5 working days before meeting
    clause: "7"
  - {id: noted, about: meeting, who: chair, must: minuted, clause: "7"}
  - {id: asked, about: question of board, who: chair, must: heard, clause: "7"}
  - {id: open, about: visit, who: clerk, must: welcome, clause: "7"}
routes:
  - {who: board, escalates_to: committee, matter: dispute, effect: hears, clause: "9"}
  - {who: members, informs: chair, clause: "9"}
  - {who: police, reports_to: board, clause: "9"}
  - {who: party(chair), funds: sub-group, clause: "9"}
clauses: {"1": one, "2": two, "3": three, "4": four, "5": five, "6": six, "7": seven, "8": eight, "9": nine}
"""

CITY = """govmodel: "1"
document: {title: City Committee, nation: ENG}
parties:
  police: {name: City Police, clause: "1"}
bodies:
  committee:
    name: the City Committee
    clause: "1"
    seats: {elders: {seats: 4, clause: "1"}}
    decisions: {matter: dispute, carried_by: majority of voting, clause: "2"}
  board: {name: County Board, external: yes, clause: "3"}
offices:
  clerk: {name: Clerk, of: committee, clause: "1"}
matters:
  dispute: {name: a quarrel, settle: yes}
instruments:
  strategy: {name: yearly strategy, every: every 2 years, external: yes, clause: "3"}
norms:
  - id: late
    about: meeting of committee
    who: clerk
    must_not: papers at least 2 days before meeting
    clause: "2"
routes:
  - {who: committee, determines: dispute, clause: "2"}
clauses: {"1": one, "2": two, "3": three}
"""

REPORT = """govmodel: "1"
document: {title: A Report, date: 2017-05, nation: ENG}
landscape: County and City
models: {county: county.yaml, city: city.yaml}
"""
INDEX = """clauses: {"1": one, "2": two}
"""


def written(where: Path, *parts: str, clauses: str = INDEX, **others: str) -> Path:
    """A landscape of the two texts with these headings, and other files beside it."""
    (where / "county.yaml").write_text(COUNTY, encoding="utf-8")
    (where / "city.yaml").write_text(CITY, encoding="utf-8")
    for name, text in others.items():
        (where / f"{name}.yaml").write_text(text, encoding="utf-8")
    main = where / "report.yaml"
    body = "".join(part if part.endswith("\n") else part + "\n" for part in parts)
    main.write_text(REPORT + body + clauses, encoding="utf-8")
    return main


def loaded(where: Path, *parts: str, clauses: str = INDEX, **others: str) -> Constitution:
    return load(written(where, *parts, clauses=clauses, **others))


def refused(path: Path) -> list[str]:
    """The problems of a file in one line each, without the directory."""
    try:
        load(path)
    except InputError as error:
        return [
            f"{Path(p.mark.file).name}:{p.mark.line}:{p.mark.column}: {p.code}: {p.message}"
            + (f" / {p.help}" if p.help else "")
            for p in error.problems
        ]
    return []
