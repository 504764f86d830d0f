"""A whole scenario file for the tests, and what is said of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from sim_worlds import board, constitution, matter, office, route, seat

from govmodel.errors import InputError
from govmodel.loading.scenario import load_scenario
from govmodel.model.scenario import Scenario

GOOD = """\
govmodel: "1"
scenario: test
about: a scenario for tests
attendance:
  default: 0.8
  by_class: {statutory: 90%}
  by_party: {police: 17/20}
  by_seat: {board.council: 0.5}
standins: {default: 0}
months: {august: 0.85}
bad_meetings: {chance: 0.1, attendance: 0.5}
holders: {optional: empty, by_seat: {board.council: 2}}
offices: {otherwise: vacant, by_office: {chair: board.police}}
items:
  per_meeting: 6
  spread: poisson
  matters: {other: 0.7, funding: 0.3}
  by_body: {board: {per_meeting: 2, spread: fixed, matters: {other: 1}}}
interests: {default: 0.01, named: 0.5, leaves_if_should: 0.9, leaves_if_may: 0.5, by_matter: {funding: 0.1}}
consensus: {default: 0.9, by_matter: {funding: 0.5}}
votes: {for: 0.5, against: 0.4, abstain: 0.1, casting: as-voted}
escalation:
  after: 3
  default: {settles: 0.7, days: 30..90}
  by_receiver: {board: {settles: 1, days: 5}}
"""

MODEL = constitution(
    board([seat("police", ["statutory"]), seat("council")]),
    offices=(office("chair"),),
    matters=(matter("funding"),),
    routes=(route("board", "top", ["funding"]),),
)


def load(tmp_path: Path, text: str) -> Scenario:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path, MODEL)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        load(tmp_path, text)
    return [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}" for p in raised.value.problems]
