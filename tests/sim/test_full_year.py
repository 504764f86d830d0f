"""With everything at once that a scenario may say: whoever works, and however many replications there are, it
comes out the same; every item comes to one end; what is told is what is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sim_worlds import HEAD

from govmodel.loading import load
from govmodel.loading.scenario import load_scenario
from govmodel.model.expressions import Length
from govmodel.model.rules import InquorateRule, Rules
from govmodel.model.scenario import Scenario
from govmodel.reading import read, under
from govmodel.sim import plan, replay, simulate_all
from govmodel.spread import Hands

ROOT = Path(__file__).parents[2]
MODELS = ("bcp-csp-2021", "oscp-2010", "sop-coordination-group-2016", "warwickshire-scp")


def full_year(model: str) -> tuple[Rules, Scenario]:
    book = read(load(ROOT / "models" / f"{model}.yaml"))
    given = load_scenario(ROOT / "scenarios" / "full-year" / f"{model}.yaml", book)
    return under(book, book.base), given


@pytest.mark.parametrize("model", MODELS)
def test_fewer_replications_are_the_first_of_more(model: str) -> None:
    """Blocks that are not whole draw the same, item by item."""
    rules, given = full_year(model)
    whole = plan(rules, given, years=3, seed=7)
    some, more = simulate_all(whole, 60), simulate_all(whole, 1024)
    assert np.array_equal(some.counts, more.counts[:, :, :60])


def test_two_workers_make_what_one_makes() -> None:
    rules, given = full_year("oscp-2010")
    whole = plan(rules, given, years=1, seed=3)
    one, two = (simulate_all(whole, 1100, Hands(workers)) for workers in (1, 2))
    assert np.array_equal(one.counts, two.counts)


@pytest.mark.parametrize("model", MODELS)
def test_every_item_comes_to_one_end_and_is_told_as_it_is_counted(model: str) -> None:
    rules, given = full_year(model)
    whole = plan(rules, given, years=3, seed=5)
    t = simulate_all(whole, 40)
    told = Counter((record.body, record.what) for record in replay(whole, 33))
    for body in whole.bodies:
        own = {name: t.of(body.number, name) for name in ("raised", "meetings", "called", "resumed")}
        ends = sum(t.of(body.number, name) for name in ("carried", "lost", "settled", "stuck", "pending"))
        assert np.array_equal(ends, own["raised"]), body.name
        held = own["meetings"] + own["called"] + own["resumed"]
        assert told[body.name, "meeting"] == held[32], body.name


def test_meetings_that_go_on_as_well() -> None:
    """The same with a text that adjourns, in a year that is thin: all that can be, at once."""
    rules, given = full_year("oscp-2010")
    body = rules.bodies["oscp"]
    goes_on = InquorateRule(
        **HEAD, body="oscp", when=None, wait=Length(1, "hour"), then="adjourn",
        second_quorum=None, second_notice=None, resumes=Length(2, "week"),
    )  # fmt: skip
    rules = replace(rules, bodies={**rules.bodies, "oscp": replace(body, inquorate=(goes_on,))})
    half = replace(given.attendance, default=given.attendance.default / 2, by_party={}, by_class={})
    thin = replace(given, attendance=half, uses=replace(given.uses, waiting=half))
    whole = plan(rules, thin, years=4, seed=5)
    some, more = simulate_all(whole, 60), simulate_all(whole, 1024)
    assert np.array_equal(some.counts, more.counts[:, :, :60])
    assert more.of(0, "resumed").sum() > 1000
    ends = sum(more.of(0, name) for name in ("carried", "lost", "settled", "stuck", "pending"))
    assert np.array_equal(ends, more.of(0, "raised"))
