"""Questions about meetings: against brute force, and what they say when they must not say anything."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.model.expressions import Threshold
from govmodel.model.rules import Rulebook, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.smt.questions.meetings import equal_votes, fewest_to_carry, reachable, withdrawals
from strategies.agreement import compare_quorums, compare_votes, rules_of, seats_of, unless_refused
from strategies.books import book
from strategies.dice import drawn
from strategies.meetings import at_least, board, cap, decision, office, quorum, rulebook, seat
from strategies.stopping import stop

MAJORITY = decision(Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting"))
READINGS = st.fixed_dictionaries(
    {
        "rounding": st.sampled_from(("up", "nearest", "down")),
        "base-of-a-majority": st.sampled_from(("voting", "present", "members")),
    }
)


@settings(max_examples=120)
@given(drawn(rulebook), READINGS)
def test_quorums_and_withdrawals(drawn_book: Rulebook, reading: dict[str, str]) -> None:
    compare_quorums(*rules_of(drawn_book, reading))


@settings(max_examples=120)
@given(
    drawn(lambda dice: rulebook(dice, most_seats=5)),
    READINGS,
    st.sampled_from(("ordinary", "major")),
    st.dictionaries(st.integers(0, 3), st.integers(0, 3)),
)
def test_carrying_and_ties(
    drawn_book: Rulebook, reading: dict[str, str], matter: str, limit: dict[int, int]
) -> None:
    rules, seats = rules_of(drawn_book, reading)
    if seats_of(rules) <= 5:
        compare_votes(rules, seats, matter, limit)


def small() -> tuple[Rules, Electorate]:
    return rules_of(book((board(), seat("s", low=4, high=4), quorum(at_least(2)), office("the-chair"))), {})


ASKED: dict[str, Callable[..., Answer]] = {
    "reachable": reachable,
    "withdrawals": lambda rules, seats, **more: withdrawals(rules, seats, seats.full, **more),
    "fewest to carry": lambda rules, seats, **more: fewest_to_carry(
        rules, seats, MAJORITY, "casting", **more
    ),
    "equal votes": lambda rules, seats, **more: equal_votes(rules, seats, MAJORITY, seats.full, **more),
}
NUMBERS = {"reachable": 2, "withdrawals": 3, "fewest to carry": 1, "equal votes": 2}


@pytest.mark.parametrize("name", ASKED)
def test_the_number_is_the_fewest(name: str) -> None:
    assert ASKED[name](*small()).number == NUMBERS[name]


@pytest.mark.parametrize("name", ["fewest to carry", "equal votes"])
@pytest.mark.parametrize("guess", [None, 0, 1, 2, 3, 4])
def test_a_guess_changes_nothing(name: str, guess: int | None) -> None:
    assert ASKED[name](*small(), guess=guess) == ASKED[name](*small())


@pytest.mark.parametrize("name", ASKED)
def test_without_effort_nothing_is_known(name: str) -> None:
    answer = ASKED[name](*small(), effort=1)
    assert answer.verdict is Verdict.UNKNOWN
    assert (answer.number, answer.witness, answer.conflict) == (None, None, None)
    assert answer.why


@settings(max_examples=60)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_without_effort_no_body_is_judged(drawn_book: Rulebook) -> None:
    """Where the text is plainly false before any search, the answer may stand; it is never another."""
    rules, seats = rules_of(drawn_book, {})
    said = unless_refused(lambda: reachable(rules, seats, effort=1))
    if said is None:
        return
    (answer,) = said
    if answer.verdict is Verdict.UNKNOWN:
        assert answer.number is None
    else:
        assert answer == reachable(rules, seats)
        assert answer.verdict is Verdict.FAILS


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("when", range(4))
def test_a_solver_that_stops_midway_decides_nothing(
    name: str, when: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = stop(monkeypatch, when)
    answer = ASKED[name](*small())
    if len(asked) > when:
        assert (answer.verdict, answer.number) == (Verdict.UNKNOWN, None)
    else:
        assert answer.number == NUMBERS[name]


def test_a_threshold_that_is_not_stated_is_not_asked_about() -> None:
    rules, seats = small()
    for answer in (
        fewest_to_carry(rules, seats, decision(None), None, effort=1),
        equal_votes(rules, seats, decision(None), seats.full, effort=1),
    ):
        assert answer.verdict is Verdict.HOLDS
        assert answer.why


def test_caps_that_cross_are_refused() -> None:
    rules, seats = rules_of(
        book(
            (
                board(), seat("s", "p0"), seat("t", "p1"), seat("u", "p2"), quorum(at_least(1)),
                cap(("p0", "p1"), 1), cap(("p1", "p2"), 1),
            )
        ),
        {},
    )  # fmt: skip
    with pytest.raises(NotCountable, match="overlap"):
        fewest_to_carry(rules, seats, MAJORITY, None)


def test_seats_with_several_votes_are_refused() -> None:
    rules, seats = rules_of(book((board(), seat("s", votes=2), quorum(at_least(1)))), {})
    with pytest.raises(NotCountable, match="several votes"):
        fewest_to_carry(rules, seats, MAJORITY, None)
    with pytest.raises(NotCountable, match="several votes"):
        equal_votes(rules, seats, MAJORITY, seats.full)
