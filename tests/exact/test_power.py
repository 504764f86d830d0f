"""Power in voting against trying every coalition with the judge, and against the literature."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import factorial

import pytest
from hypothesis import assume, given, settings

from govmodel.exact import power
from govmodel.exact.power import Game, Kind
from govmodel.model.rules import Rulebook
from govmodel.semantics import games
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rule_for
from govmodel.semantics.presiding import presiding
from strategies.agreement import rules_of
from strategies.dice import drawn
from strategies.meetings import BODY, rulebook


def subsets(who: tuple[str, ...]) -> Iterator[frozenset[str]]:
    for n in range(len(who) + 1):
        yield from (frozenset(c) for c in combinations(who, n))


def named(game: Game, coalition: frozenset[str]) -> tuple[int, ...]:
    return tuple(sum(p in coalition for p in kind.places) for kind in game.kinds)


def weighted(votes: tuple[int, ...], quota: int) -> Game:
    kinds = tuple(Kind((f"s{i}",), v) for i, v in enumerate(votes))
    return Game("all attend", kinds, lambda c: sum(n * v for n, v in zip(c, votes, strict=True)) >= quota)


@settings(max_examples=150)
@given(drawn(rulebook))
def test_both_games_are_as_the_judge_plays_them(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    body = seats.body
    decision = rule_for(body, "any")
    assume(decision is not None and seats.cells and len(places(body)) <= 6)
    assume(case_of(body, decision, "any") is None if decision else False)
    assert decision is not None
    rule = presiding(body, "present", "present")
    extra = rule.extra_vote if rule else None
    presider = next((p for c in seats.cells if c.may_chair for p in c.places), None) if rule else None
    try:
        one = power.all_attend(rules, seats, decision, extra, presider)
        two = power.those_present(rules, seats, decision, extra, presider)
        for coalition in subsets(games.players(rules, BODY, presider)):
            wins = games.wins(rules, BODY, "any", coalition, presider)
            assert one.wins(named(one, coalition)) is wins
        for coalition in subsets(tuple(places(body))):
            wins = games.wins_alone(rules, BODY, "any", coalition, presider)
            assert two.wins(named(two, coalition)) is wins
    except NotCountable:
        assume(False)
    for game in (one, two):
        compare_measures(game)
        fewer = power.joined(game)
        for coalition in subsets(tuple(p for kind in game.kinds for p in kind.places)):
            assert fewer.wins(named(fewer, coalition)) is game.wins(named(game, coalition))


def compare_measures(game: Game) -> None:
    who = tuple(p for kind in game.kinds for p in kind.places)
    won = {c for c in subsets(who) if game.wins(named(game, c))}
    everyone = frozenset(who)
    found = power.power(game)
    assert found is not None
    assert found.winning == len(won)
    assert found.to_act == Fraction(len(won), 2 ** len(who))
    for share in found.shares:
        player = share.kind.places[0]
        swings = [c for c in won if player in c and c - {player} not in won]
        assert share.swings == len(swings)
        orders = sum(factorial(len(c) - 1) * factorial(len(who) - len(c)) for c in swings)
        assert share.shapley_shubik == Fraction(orders, factorial(len(who)))
        assert share.veto is (everyone in won and everyone - {player} not in won)
    minimal = power.minimal_winning(game)
    assert minimal is not None
    least = {c for c in won if not any(c - {p} in won for p in c)}
    assert sum(power.ways(game, v) for v in minimal) == len(least)
    assert {named(game, c) for c in least} == set(minimal)
    blocking = power.minimal_blocking(game)
    assert blocking is not None
    blocks = {c for c in subsets(who) if everyone - c not in won}
    assert {named(game, c) for c in blocks if not any(c - {p} in blocks for p in c)} == set(blocking)
    if won and len(who) <= 4:
        assert found.nakamura == tried_nakamura(won)


def tried_nakamura(won: set[frozenset[str]]) -> int | None:
    sets = list(won)
    return next(
        (n for n in range(1, len(sets) + 1) for c in combinations(sets, n) if not frozenset.intersection(*c)),
        None,
    )


def test_the_council_of_six_in_1958() -> None:
    """Felsenthal and Machover (1998), table 5.3.1: France, Germany and Italy 4 votes each, Belgium and the
    Netherlands 2, Luxembourg 1; 12 of 17 to carry. Luxembourg was a dummy."""
    found = power.power(weighted((4, 4, 4, 2, 2, 1), 12))
    assert found is not None
    large, small, dummy = found.shares[0], found.shares[3], found.shares[5]
    assert (large.banzhaf_share, small.banzhaf_share) == (Fraction(5, 21), Fraction(3, 21))
    assert (large.shapley_shubik, small.shapley_shubik) == (Fraction(14, 60), Fraction(9, 60))
    assert dummy.dummy
    assert found.to_act == Fraction(14, 64)


def test_the_security_council() -> None:
    """Shapley and Shubik (1954), after the reform of 1965: 5 permanent, 10 others; nine and every veto."""
    kinds = (Kind(tuple(f"p{i}" for i in range(5)), 1), Kind(tuple(f"o{i}" for i in range(10)), 1))
    found = power.power(Game("all attend", kinds, lambda c: c[0] == 5 and sum(c) >= 9))
    assert found is not None
    assert [share.veto for share in found.shares] == [True, False]
    assert found.shares[0].shapley_shubik == Fraction(421, 2145)
    assert found.shares[1].shapley_shubik == Fraction(4, 2145)
    assert found.nakamura is None
    assert sum(s.shapley_shubik * s.kind.size for s in found.shares) == 1


@pytest.mark.parametrize(
    ("members", "quota", "number"), [(3, 2, 3), (4, 3, 4), (5, 3, 3), (9, 6, 3), (10, 9, 10)]
)
def test_nakamura_of_a_majority(members: int, quota: int, number: int) -> None:
    """Nakamura (1979): for a quota of q among n, n/(n - q) rounded up."""
    kinds = (Kind(tuple(f"s{i}" for i in range(members)), 1),)
    found = power.power(Game("all attend", kinds, lambda c: c[0] >= quota))
    assert found is not None
    assert found.nakamura == number


def test_a_thousand_seats() -> None:
    kinds = (Kind(tuple(f"s{i}" for i in range(999)), 1), Kind(("chair",), 1, presides=True))
    game = Game("all attend", kinds, lambda c: 2 * sum(c) > 1000 or (2 * sum(c) == 1000 and c[1] == 1))
    found = power.power(game)
    assert found is not None
    assert found.shares[1].banzhaf > found.shares[0].banzhaf
    assert sum(s.shapley_shubik * s.kind.size for s in found.shares) == 1
