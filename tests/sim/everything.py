"""A model with something for every key of a scenario to act on, and scenarios that use every key. Run as a
program, it prints what comes of them: the same, to the byte, whoever runs it."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from govmodel import load
from govmodel.loading.scenario import load_scenario
from govmodel.model.rules import Rules
from govmodel.model.scenario import Scenario
from govmodel.reading import read, under
from govmodel.study.simulating import simulate

MODEL = """\
govmodel: "1"
document: {title: A board with everything, date: 2011-05, nation: ENG}
where_silent: {equal_votes: undecided, rounding: up}
classes: {statutory: {name: statutory members, clause: "1"}}
parties:
  police: {name: police, is: statutory, clause: "1"}
  fire: {name: fire service, is: statutory, clause: "1"}
  health: {name: health trust, is: statutory, clause: "1"}
  council: {name: council, clause: "1"}
  college: {name: college, clause: "1"}
  charity: {name: charity, clause: "1"}
bodies:
  board:
    name: the board
    clause: "1"
    seats:
      police: {party: police, clause: "1"}
      fire: {party: fire, clause: "1"}
      health: {party: health, term: 1 year, clause: "1"}
      council: {party: council, seats: 2, clause: "1"}
      college: {party: college, clause: "1"}
      charity: {party: charity, optional: yes, clause: "1"}
    quorum: {needs: present >= 4, clause: "2"}
    inquorate:
      - when: never-reached
        wait: 30 minutes
        then: adjourn
        resumes: 7 days
        second_quorum: present >= 2
        clause: "2"
    decisions:
      - {matter: any, carried_by: majority of voting, clause: "3"}
      - matter: grant
        carried_by: majority of voting
        consent_of: partners
        proxies: yes
        may_opt_out: members
        clause: "3"
      - matter: grant
        how: writing
        silence: assent
        carried_by: majority of members
        clause: "3"
    presiding:
      - {who: the-chair, extra_vote: casting, clause: "3"}
      - {who: agreed, when: chair is absent, clause: "3"}
    meetings:
      - {kind: ordinary, how_often: every quarter, clause: "4"}
      - {kind: extraordinary, called_by: the-chair, clause: "4"}
    interests:
      - {kind: prejudicial, votes: no, withdraws: should, waived_by: board, clause: "5"}
    standins:
      - {kind: substitute, named_by: member, votes: yes, counts_to_quorum: yes, clause: "5"}
    membership:
      - {leaves: members, notice: 6 months, clause: "5"}
      - {joins: anyone, agreed_by: board, force: may, clause: "5"}
  committee:
    name: the committee
    clause: "1"
    seats:
      police: {party: police, clause: "1"}
      council: {party: council, clause: "1"}
      college: {party: college, clause: "1"}
    quorum: {needs: present >= 2, clause: "2"}
    decisions: [{matter: any, carried_by: majority of voting, clause: "3"}]
    meetings: [{kind: ordinary, how_often: every month, clause: "4"}]
  forum:
    name: the forum
    clause: "1"
    seats: {members: {seats: 3, clause: "1"}}
    decisions: [{matter: any, carried_by: majority of voting, clause: "3"}]
    meetings: [{kind: ordinary, called_by: the-clerk, clause: "4"}]
  circle:
    name: a circle
    family: "1.."
    clause: "1"
    seats: {members: {seats: 3, clause: "1"}}
    decisions: [{matter: any, carried_by: majority of voting, clause: "3"}]
    meetings: [{kind: ordinary, how_often: every quarter, clause: "4"}]
  group:
    name: the group
    clause: "1"
    seats: {members: {seats: 3, clause: "1"}}
    decisions: [{matter: any, carried_by: majority of voting, clause: "3"}]
    meetings: [{kind: ordinary, at_least: 4 per year, ahead_of: board, clause: "4"}]
  partners: {name: partners elsewhere, external: yes, clause: "1"}
  tribunal: {name: a tribunal, external: yes, clause: "1"}
offices:
  the-chair:
    name: the chair
    of: board
    chosen: {by: election, every: every 2 years}
    term: 2 years
    clause: "3"
  the-clerk: {name: the clerk, of: board, clause: "3"}
matters:
  grant: {name: a grant, interested: council, clause: "3"}
  dispute: {name: a dispute, settle: yes, clause: "6"}
instruments:
  plan: {name: the plan, every: every year, steps: [{approved_by: board, clause: "6"}], clause: "6"}
norms:
  - {id: accounts, about: year, who: the-clerk, must: accounts-published, every: every year, clause: "6"}
situations: {year: {attributes: {accounts-published: {type: yes-no, choice_of: the-clerk}}}}
routes:
  - {who: committee, escalates_to: board, matter: dispute, clause: "6"}
  - {who: board, removes: board.members, when: attendance.absences >= 3 and not absence-notified, clause: "6"}
  - {who: board, escalates_to: {any_of: [partners, tribunal]}, matter: dispute, effect: resolves, clause: "6"}
clauses:
  "1": who there is
  "2": how many must be there
  "3": how it decides
  "4": when it meets
  "5": who may not vote, who stands in, who leaves
  "6": plan, accounts, disputes
"""

BY_DAY = """\
govmodel: "1"
scenario: everything
about: every key that goes with the days of the calendar
attendance:
  default: 0.7
  by_body: {committee: 0.8}
  by_class: {statutory: 0.75}
  by_party: {college: 0.6}
  by_seat: {board.council: 0.65}
standins: {default: 0.3}
months: {august: 0.5, december: 0.8}
bad_meetings: {chance: 0.1, attendance: 0.5}
holders: {optional: held, by_seat: {committee.college: 0}}
offices: {otherwise: first-seat, by_office: {the-clerk: board.fire}}
items:
  per_meeting: 2
  spread: poisson
  matters: {other: 0.4, grant: 0.4, dispute: 0.2}
  by_body: {committee: {per_meeting: 1, spread: fixed, matters: {other: 0.5, dispute: 0.5}}}
interests: {default: 0.1, named: 0.5, leaves_if_should: 0.5, leaves_if_may: 0.5, by_matter: {dispute: 0.2}}
consensus: {default: 0.3, by_matter: {grant: 0.2}}
votes:
  for: 0.5
  against: 0.4
  abstain: 0.1
  casting: 0.7
  by_matter: {grant: {for: 0.6, against: 0.3, abstain: 0.1}}
escalation:
  after: 2
  several: evenly
  default: {settles: 0.7, days: 30..90}
  by_receiver: {partners: {settles: 0.5, days: 10..20}}
clock: {unit: day, first: {board: 20}, order: [committee, board]}
periods:
  winter: {from: 1 december, until: 28 february, attendance: {default: 0.7}, standins: {default: 0.8}}
  gap: {from: 2012-06-01, until: 2012-12-31, vacant: [board.health]}
  purdah: {from: 2013-04-01, until: 2013-05-05, meetings: not-held}
papers: {ready: 0.6}
urgent: {a_year: 3, called: 0.8, days: 5..15}
turnover: {leaves_a_year: 0.3, vacant_days: 60..180, notice_a_year: 0.05}
joining: {asks_a_year: 0.8, agreed: 0.7, most: 2}
officers: {again: 0.6, until_chosen: stays, vacancy: next-meeting}
absences: {acted_on: 0.5, also: 0.7, with_standin: present, vacant_days: 60..180}
duties:
  default: {kept: 0.8, late: 0.1, days: 5..40}
  by_who: {the-clerk: {kept: 0.7, late: 0.2, days: 5..20}}
mergers: [{on: 2013-07-01, parties: [fire], into: police}]
consents: {default: 0.9, by_giver: {partners: 0.7}, days: 10..30}
opting_out: {against: 0.3, others: 0.05}
lifting: 0.5
waiting: {default: 0.3}
proxies: {default: 0.4}
writing: {share: 0.5, answers: 0.8, days: 3..9}
meets: {forum: 3}
families: {circle: 2}
terms: {renewed: 0.5, vacant_days: 30..90}
ahead: 10
"""

BY_MONTH = """\
govmodel: "1"
scenario: months
about: the keys that go with a clock of months
attendance: {default: 0.7}
standins: {default: 0.3}
months: none
bad_meetings: none
holders: {optional: empty}
offices: {otherwise: vacant}
items: {per_meeting: 2, spread: poisson, matters: {other: 0.5, dispute: 0.5}}
interests: {default: 0, named: 0, leaves_if_should: 0, leaves_if_may: 0}
consensus: {default: 0.3}
votes: {for: 0.5, against: 0.5, abstain: 0, casting: as-voted}
escalation: {after: 2, default: {settles: 0.7, days: 30..90}}
clock: {unit: month, first: {board: 2, committee: 1}, order: [board, committee]}
"""


def written(folder: Path, model: str = MODEL) -> tuple[Rules, tuple[Scenario, Scenario]]:
    """The model and the two scenarios, read from files."""
    paths = {name: folder / f"{name}.yaml" for name in ("model", "day", "month")}
    for path, text in zip(paths.values(), (model, BY_DAY, BY_MONTH), strict=True):
        path.write_text(text, encoding="utf-8")
    book = read(load(paths["model"]))
    return under(book, {}), (load_scenario(paths["day"], book), load_scenario(paths["month"], book))


def told(rules: Rules, scenarios: tuple[Scenario, Scenario], **more: Any) -> str:
    """All figures and one story under each scenario, as one number."""
    whole = [
        simulate(rules, scenario, years=3, replications=1100, trace=1090, seed=7, **more).to_dict()
        for scenario in scenarios
    ]
    for result in whole:
        del result["scenario"]["path"]
        del result["path"]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(told(*written(Path(folder)), workers=int(sys.argv[1])))
