"""Difference graphs against trying every day of a window."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.exact.times import Difference, consistent, least_distance

EVENTS = ("a", "b", "c", "meeting")
CONSTRAINTS = st.lists(
    st.builds(Difference, st.sampled_from(EVENTS), st.sampled_from(EVENTS), st.integers(-3, 3)), max_size=6
)
WINDOW = 9
"""Three steps of three days reach from any event to any other; one event may stay where it is."""


def days(constraints: list[Difference]) -> list[dict[str, int]]:
    """Every way to place the events around the meeting that meets all constraints."""
    found = []
    for picked in product(range(-WINDOW, WINDOW + 1), repeat=3):
        at = dict(zip(EVENTS, (*picked, 0), strict=True))
        if all(at[c.later] - at[c.earlier] >= c.days for c in constraints):
            found.append(at)
    return found


@settings(max_examples=50)
@given(CONSTRAINTS)
def test_consistent_iff_some_days_will_do(constraints: list[Difference]) -> None:
    assert consistent(constraints) is bool(days(constraints))


@settings(max_examples=50)
@given(CONSTRAINTS, st.sampled_from(("a", "b")), st.sampled_from(("c", "meeting")))
def test_least_distance_is_the_least_of_all_days(
    constraints: list[Difference], event: str, anchor: str
) -> None:
    tried = [at[anchor] - at[event] for at in days(constraints) if at[anchor] >= at[event]]
    assert least_distance(constraints, event, anchor) == min(tried, default=None)


def test_a_circle_elsewhere_is_a_contradiction_too() -> None:
    circle = [Difference("x", "y", 1), Difference("y", "x", 1)]
    assert least_distance(circle, "notice") is None


def test_an_event_that_must_follow_its_anchor_has_no_distance_before_it() -> None:
    assert least_distance([Difference("meeting", "minutes", 1)], "minutes") is None


def test_nothing_asked_is_no_distance() -> None:
    assert least_distance([], "notice") == 0
    assert consistent([])
