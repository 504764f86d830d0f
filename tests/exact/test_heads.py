"""Quorums as ranges against every attendance, and bodies too large for every attendance."""

from __future__ import annotations

import random
from fractions import Fraction
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.exact import coalitions, quorums
from govmodel.exact.heads import gathered, heads
from govmodel.exact.quorums import attendances, compiled
from govmodel.model.expressions import All, Comparison, Count, Number, Pick, Share, Sum, Threshold
from govmodel.model.rules import Rulebook
from govmodel.reading import readings
from govmodel.smt.questions import meetings
from strategies.agreement import rules_of, unless_refused
from strategies.books import book
from strategies.dice import Rolled, drawn
from strategies.meetings import board, decision, office, presides, quorum, rulebook, seat

PRESENT = Count("present")


def class_present(name: str, number: int) -> Comparison:
    return Comparison(Count("present", (name,)), ">=", Number(Fraction(number)))


@settings(max_examples=300)
@given(drawn(rulebook), st.randoms(use_true_random=False))
def test_ranges_say_what_every_attendance_says(drawn_book: Rulebook, chance: random.Random) -> None:
    own = [name for name, a in drawn_book.ambiguities.items() if not a.built_in]
    reading = dict(chance.choice(readings(drawn_book, own).all))
    reading["rounding"] = chance.choice(("up", "nearest", "down"))
    rules, seats = rules_of(drawn_book, reading)
    said = unless_refused(lambda: heads(rules, seats))
    found = said[0] if said else None
    if found is None:
        return
    enough, every = compiled(rules, seats), attendances(seats)
    assert every is not None
    kinds, merged = found.kinds(), found.merged(found.kinds())
    for present in every:
        assert found.holds(present) is enough(present) is merged.holds(gathered(present, kinds))
    assert found.fewest() == next((v for v in every if enough(v)), ())
    start = chance.choice(every)
    gone = attendances(seats, start)
    assert gone is not None
    left = [v for v in gone if not enough([a - b for a, b in zip(start, v, strict=True)])]
    assert found.leaving(start) == (left[0] if left else ())
    limit = tuple(chance.randint(0, n) for n in seats.full)
    least = tuple(chance.randint(0, min(n, 1)) for n in seats.full)
    within = [
        v for v in every if enough(v) and all(a <= n <= b for a, n, b in zip(least, v, limit, strict=True))
    ]
    assert found.totals(limit, least) == {sum(v) for v in within}
    for total in range(sum(seats.full) + 1):
        best = max((v for v in within if sum(v) == total), default=None)
        assert found.gathering(total, limit, least) == best


def test_the_lesser_of_two_counts_comes_to_ranges() -> None:
    """The council counts once, however many of its members are there."""
    once = Pick("lesser", Count("present", ("council",)), Number(Fraction(1)))
    needs = Comparison(Sum((once, Count("present", ("police",)))), ">=", Number(Fraction(2)))
    council, police = seat("a", "council", low=3, high=3), seat("b", "police", low=2, high=2)
    rules, seats = rules_of(book((board(), council, police, quorum(needs))), {})
    found = heads(rules, seats)
    assert found is not None
    assert found.fewest() == (1, 1)
    assert found.leaving((3, 2)) == (0, 2)
    assert found.leaving((1, 2)) == (1, 1)


def test_a_share_of_those_present_is_no_range() -> None:
    needs = Comparison(Count("present", ("p0",)), ">=", Share(Fraction(1, 2), PRESENT))
    rules, seats = rules_of(book((board(), seat("a", "p0"), seat("b", "p1"), quorum(needs))), {})
    assert heads(rules, seats) is None
    assert quorums.fewest_quorate(rules, seats) == (0, 0)


def test_sets_that_cross_one_another_are_left_to_enumeration() -> None:
    needs = All((class_present("red", 1), class_present("blue", 1)))
    both = (seat("a", "p0", ("red",)), seat("b", "p1", ("red", "blue")), seat("c", "p2", ("blue",)))
    rules, seats = rules_of(book((board(), *both, quorum(needs))), {})
    assert heads(rules, seats) is None
    assert quorums.fewest_quorate(rules, seats) == (0, 1, 0)


def test_a_body_of_a_thousand_seats_in_twenty_classes() -> None:
    """Solver and closed form agree where nobody could try every attendance; the sums are made by hand."""
    members = [seat(f"s{k}", f"p{k}", (f"c{k}",), low=50, high=50) for k in range(20)]
    counted = All(tuple(class_present(f"c{k}", 1 + k % 5) for k in range(13)))
    third = Comparison(PRESENT, ">=", Share(Fraction(1, 3), Count("members")))
    majority = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")
    how = decision(majority)
    rules, seats = rules_of(
        book(
            (
                board(),
                *members,
                quorum(counted),
                quorum(third),
                office("chair"),
                presides(0, "chair", "casting"),
                how,
            )
        ),
        {},
    )
    least = quorums.fewest_quorate(rules, seats)
    assert least is not None
    assert sum(least) == 334  # a third of a thousand, rounded up
    assert least[:2] == (50, 50)
    assert meetings.reachable(rules, seats).number == 334
    breaking = quorums.fewest_leaving(rules, seats, seats.full)
    assert breaking is not None
    assert sum(breaking) == 46  # all but four of a class of which five must be there
    assert meetings.withdrawals(rules, seats, seats.full).number == 46
    found = coalitions.fewest_to_carry(rules, seats, how, "casting")
    assert found is not None
    assert (found.in_favour, found.cast) == (
        167,
        334,
    )  # half of the least, and the Chair
    assert meetings.fewest_to_carry(rules, seats, how, "casting").number == 167
    tie = coalitions.equal_votes(rules, seats, how, seats.full)
    assert tie is not None
    assert (sum(tie[0]), tie[1]) == (334, 167)
    assert meetings.equal_votes(rules, seats, how, seats.full).number == 334


def test_rolled_bodies_mostly_come_to_ranges() -> None:
    """So that the test above tests something."""
    asked = [rules_of(rulebook(Rolled(seed)), {}) for seed in range(100)]
    found = [unless_refused(partial(heads, *pair)) for pair in asked]
    assert sum(h is not None and h[0] is not None for h in found) >= 60
