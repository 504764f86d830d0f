"""Closed forms over cells against trying every attendance and every ballot."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govmodel.exact import coalitions, quorums
from govmodel.model.expressions import Comparison, Count, Share, Threshold
from govmodel.model.rules import BodyRules, Rulebook, Rules
from govmodel.semantics.cells import Electorate, casting_places, counts, electorate
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rule_for
from govmodel.semantics.meeting import counted_roles, most_votes, within_caps
from strategies import trying
from strategies.agreement import rules_of, seats_of, unless_refused
from strategies.books import book
from strategies.dice import drawn
from strategies.meetings import BODY, at_least, board, cap, decision, office, presides, quorum, rulebook, seat

MAJORITY = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")


def made(*rules: Any) -> tuple[Rules, Electorate]:
    return rules_of(book((board(), *rules)), {})


@settings(max_examples=150)
@given(drawn(rulebook))
def test_cells_are_the_places_and_count_as_the_judge_counts(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    body = rules.bodies[BODY]
    everyone = [p for cell in seats.cells for p in cell.places]
    assert sorted(everyone) == sorted(places(body, counted_roles(body)))
    countable = unless_refused(lambda: quorums.compiled(rules, seats)) is not None
    for room in trying.rooms(body):
        present = [counts(seats, room)[cell.places[0]] for cell in seats.cells]
        assert seats.votes(present) == most_votes(body, room)
        if countable:
            assert quorums.quorate(rules, seats, present) is trying.is_quorate(rules, body, room)


@settings(max_examples=150)
@given(drawn(rulebook))
def test_most_votes_is_the_best_of_all_ballots(drawn_book: Rulebook) -> None:
    rules, _ = rules_of(drawn_book, {})
    body = rules.bodies[BODY]
    for room in trying.rooms(body):
        best = trying.most_votes(body, [p for p in room if p in places(body)])
        assert most_votes(body, room) == best
        casting = casting_places(body, room)
        assert within_caps(body, casting)
        assert len(casting) == best


@settings(max_examples=200)
@given(st.data())
def test_most_votes_where_caps_overlap(data: st.DataObject) -> None:
    """Caps that cross each other are more than the solver takes, and no less than the judge does."""
    names = [f"p{i}" for i in range(4)]
    seats = [
        seat(f"s{i}", p, low=n, high=n) for i, p in enumerate(names) if (n := data.draw(st.integers(0, 2)))
    ]
    groups = [g for n in (1, 2, 3) for g in combinations(names, n)]
    caps = [cap(data.draw(st.sampled_from(groups)), data.draw(st.integers(0, 3))) for _ in range(3)]
    rules, _ = made(*seats, *caps)
    body = rules.bodies[BODY]
    assert most_votes(body, tuple(places(body))) == trying.most_votes(body, tuple(places(body)))


@settings(max_examples=100)
@given(drawn(rulebook))
def test_fewest_are_quorate_and_no_fewer(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    body = seats.body
    assume(seats.cells and unless_refused(lambda: quorums.compiled(rules, seats)))
    found = quorums.fewest_quorate(rules, seats)
    assert found is not None
    assert (sum(found) if found else None) == trying.fewest_quorate(rules, body)
    if found:
        assert trying.is_quorate(rules, body, seats.seat_names(found))
        left = quorums.fewest_leaving(rules, seats, found)
        assert left is not None
        assert (sum(left) if left else None) == trying.fewest_leaving(rules, body, seats.seat_names(found))


@settings(max_examples=100)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)), st.sampled_from(("ordinary", "major")))
def test_fewest_that_carry(drawn_book: Rulebook, matter: str) -> None:
    rules, seats = rules_of(drawn_book, {})
    rule = rule_for(seats.body, matter)
    assume(rule is not None and seats_of(rules) <= 5)
    assert rule is not None
    assume(case_of(seats.body, rule, matter) is None)
    for extra in (None, "casting", "additional"):
        held = _presided(rules, seats.body, extra)
        own = electorate(held, held.bodies[BODY])
        found = unless_refused(partial(coalitions.fewest_to_carry, held, own, rule, extra))
        if found is None:
            continue
        assert (found[0].in_favour if found[0] else None) == trying.fewest_to_carry(
            held, held.bodies[BODY], matter, "the-chair"
        )


def _presided(rules: Rules, body: BodyRules, extra: str | None) -> Rules:
    """The same body, the chair always presiding with this further vote."""
    own = replace(body, presiding=(presides(0, "the-chair", extra),))
    return replace(rules, bodies={**rules.bodies, BODY: own})


def test_a_casting_vote_breaks_a_tie_and_reaches_no_number() -> None:
    """Three in favour are asked for: two to two is not enough, and no tie that a vote could break."""
    rules, seats = made(seat("s", low=4, high=4), quorum(at_least(4)), office("the-chair"))
    three = decision(Threshold(kind="count", number=3))
    assert coalitions.equal_votes(rules, seats, three, seats.full) == ((), 0)
    found = coalitions.fewest_to_carry(rules, seats, three, "casting")
    assert found is not None
    assert found.in_favour == 3
    found = coalitions.fewest_to_carry(rules, seats, decision(MAJORITY), "casting")
    assert found is not None
    assert (found.in_favour, found.second_vote) == (2, True)


def test_equal_votes_that_carry_by_the_text_need_no_casting_vote() -> None:
    rules, seats = made(seat("s", low=4, high=4), quorum(at_least(4)))
    found = coalitions.fewest_to_carry(rules, seats, decision(MAJORITY, equal_votes="carried"), None)
    assert found is not None
    assert (found.in_favour, found.second_vote) == (2, False)


def test_a_chair_without_a_vote_under_the_caps_has_no_second_one() -> None:
    rules, seats = made(
        seat("s", "p0"), seat("t", "p1", low=2, high=2), cap(("p0",), 0), quorum(at_least(3)),
        office("the-chair", [("p0",)]), presides(0, "the-chair", "casting"),
    )  # fmt: skip
    found = coalitions.fewest_to_carry(rules, seats, decision(MAJORITY), "casting")
    assert found is not None
    assert found.in_favour == 2


def test_a_cap_holds_for_those_who_abstain() -> None:
    """Of three seats that have one vote between them, two who stay silent add nothing to the base."""
    rules, seats = made(
        seat("s", "p0", low=3, high=3), seat("t", "p1"), cap(("p0",), 1), quorum(at_least(4)),
        decision(Threshold(kind="share", share=Fraction(1, 2), base="taking-part")),
    )  # fmt: skip
    assert trying.fewest_to_carry(rules, seats.body, "any", None) == 1


def test_seats_with_several_votes_are_not_decided() -> None:
    rules, seats = made(seat("s", votes=3), seat("t"), quorum(at_least(1)))
    with pytest.raises(NotCountable, match="several votes"):
        coalitions.fewest_to_carry(rules, seats, decision(MAJORITY), None)
    with pytest.raises(NotCountable, match="several votes"):
        coalitions.equal_votes(rules, seats, decision(MAJORITY), seats.full)


def test_too_many_attendances_are_not_enumerated() -> None:
    needs = Comparison(Count("present", ("p0",)), ">=", Share(Fraction(1, 2), Count("present")))
    rules, seats = made(*(seat(f"s{i}", f"p{i}", low=9, high=9) for i in range(6)), quorum(needs))
    apart = replace(seats, cells=(seats.cells[0], *[seats.cells[1]] * 5))
    assert quorums.attendances(apart) is None
    assert quorums.fewest_quorate(rules, apart) is None
    assert quorums.fewest_leaving(rules, apart, apart.full) is None
    assert coalitions.fewest_to_carry(rules, apart, decision(MAJORITY), None) is None
    assert coalitions.equal_votes(rules, apart, decision(MAJORITY), apart.full) is None
