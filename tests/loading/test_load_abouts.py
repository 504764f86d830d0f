"""What a norm speaks of, and how strong it is, may depend on a reading."""

from __future__ import annotations

import pytest
from loading_help import good, one

from govmodel.model.rules import NormRule
from govmodel.reading import read, under

NORM = """norms:
  - id: papers-out
    about: {by_reading: minutes-clock, meeting: meeting of scp, approval: %s}
    must: papers at least 5 working days before meeting
    clause: '1'
  - id: later
    about: meeting
    may: papers at least 3 working days before meeting
    limit: no
    overrides: papers-out
    clause: '1'
"""


def norms_in(text: str) -> dict[tuple[str, str], str | None]:
    """(name, the option under which it stands) → the body of which it speaks."""
    found: dict[tuple[str, str], str | None] = {}
    for rule in read(good(text)).rules:
        if isinstance(rule, NormRule) and rule.gate:
            ((_, (option,)),) = rule.gate
            found[rule.name, option] = rule.body
    return found


def test_another_body_under_each_reading() -> None:
    assert norms_in(NORM % "meeting of road-safety") == {
        ("papers-out", "meeting"): "scp", ("papers-out", "approval"): "road-safety",
    }  # fmt: skip


def test_several_under_one_reading_have_names_of_their_own_and_are_meant_together() -> None:
    text = NORM % "[meeting of scp, meeting of road-safety]"
    assert set(norms_in(text)) == {
        ("papers-out", "meeting"), ("papers-out@scp", "approval"), ("papers-out@road-safety", "approval"),
    }  # fmt: skip
    (later,) = [r for r in read(good(text)).rules if isinstance(r, NormRule) and r.name == "later"]
    assert later.overrides == ("papers-out", "papers-out@scp", "papers-out@road-safety")


@pytest.mark.parametrize(("option", "force"), [("meeting", "must"), ("approval", "should")])
def test_how_strong_a_route_is(option: str, force: str) -> None:
    text = """routes:
  - who: scp
    scrutinises: road-safety
    force: {by_reading: minutes-clock, meeting: must, approval: should}
    clause: '1'
"""
    rules = under(read(good(text)), {"minutes-clock": option})
    assert [route.force for route in rules.routes] == [force]


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("{set_by: scp}", "about cannot have set_by"),
        ("{by_reading: minutes-clock, meeting: meeting of scp}", "what holds here under"),
        ("{by_reading: minutes-clock, meeting: meting, approval: meeting}", "no situation is called"),
        ("{by_reading: minutes-clok, meeting: meeting, approval: meeting}", "minutes-clock"),
    ],
)
def test_refused_with_a_reason(about: str, said: str) -> None:
    text = f"norms:\n  - {{about: {about}, must: held, clause: '1'}}\n"
    assert said in one(text)
