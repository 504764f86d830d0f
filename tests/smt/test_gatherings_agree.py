"""Two disjoint quorums, idle conditions and bare quorums: solver, closed form and trying everything."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import product

from hypothesis import assume, example, given, settings

from govmodel.checks.decisions.ballots import carried_by_all
from govmodel.exact import gatherings as closed
from govmodel.exact.matters import matters
from govmodel.exact.quorums import compiled
from govmodel.model.expressions import All, Comparison, Count, Number, Share, Threshold
from govmodel.model.rules import Rulebook, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics import meeting as judge
from govmodel.semantics.cells import Electorate, casting_places, subjects
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rule_for, rules_for
from govmodel.semantics.meeting import tally
from govmodel.smt.ask import Session
from govmodel.smt.questions import gatherings as solver
from strategies import trying
from strategies.agreement import rules_of, shared
from strategies.books import book
from strategies.dice import Rolled, drawn
from strategies.meetings import BODY, at_least, board, decision, quorum, rulebook, seat
from strategies.stopping import without_search


def countable(rules: Rules, seats: Electorate) -> bool:
    """Whether it is known whom every quorum counts."""
    try:
        compiled(rules, seats)
    except NotCountable:
        return False
    return True


@settings(max_examples=120)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_disjoint_quorums_and_idle_conditions(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    assume(countable(rules, seats))
    assume(len(places(seats.body, judge.counted_roles(seats.body))) <= 6)
    beside = Session("")
    who = tuple(places(seats.body, judge.counted_roles(seats.body)))
    rooms = [tuple(p for p, n in zip(who, row, strict=True) if n) for row in product((0, 1), repeat=len(who))]
    enough = [set(r) for r in rooms if judge.quorate(rules, Gathering(body=BODY, present=r))]
    tried = any(not one & other for one in enough for other in enough)
    found = closed.disjoint(rules, seats)
    assert found is not None
    assert (found != ((), ()) or not seats.cells) is (tried or not seats.cells)
    answer = solver.disjoint(rules, seats, beside=beside)
    assert (answer.verdict is Verdict.FAILS) is tried
    ask = partial(solver.disjoint, rules, seats, beside=shared())
    assert ask(at=(seats.full, seats.full)) == answer, "what is no example changes nothing"
    if found != ((), ()):
        assert without_search(partial(ask, at=found)) == answer
    if len(judge.sittings(seats.body)) > 1:
        return
    every = closed.parts(rules, seats)
    unneeded = closed.idle(rules, seats)
    assert unneeded is not None
    for i, part in enumerate(every):
        others = [other for j, other in enumerate(every) if j != i]
        answer = solver.binds(rules, seats, part, others, beside=beside)
        if i in unneeded:
            assert answer.verdict is Verdict.HOLDS
            without = closed.only(seats, others)
            for room in rooms:
                # without the idle condition the same rooms are quorate
                there = tuple(sum(p in room for p in cell.places) for cell in seats.cells)
                assert compiled(rules, without)(there) is (set(room) in enough)


@settings(max_examples=120)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_two_meetings_apart_that_both_decide(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    who = tuple(places(seats.body, judge.counted_roles(seats.body)))
    assume(countable(rules, seats) and 0 < len(who) <= 6)
    rooms = [tuple(p for p, n in zip(who, row, strict=True) if n) for row in product((0, 1), repeat=len(who))]
    for matter in matters(seats.body):
        ways = tuple((rule, case_of(seats.body, rule, matter)) for rule in rules_for(seats.body, matter))
        about = next((p for rule, _ in ways for p in subjects(seats, rule)), None)
        own = seats if about is None else seats.about(about)
        if not ways:
            continue
        try:
            found = closed.disjoint(rules, own, ways)
            answer = solver.disjoint(rules, own, ways, beside=Session(""))
            enough = [set(r) for r in rooms if carried_by_all(rules, seats, r, matter, about)]
        except NotCountable:
            continue
        tried = any(not one & other for one in enough for other in enough)
        assert (answer.verdict is Verdict.FAILS) is tried
        assert found is not None
        assert (found != ((), ())) is tried
        if tried:
            ask = partial(solver.disjoint, rules, own, ways, beside=shared())
            assert without_search(partial(ask, at=found)) == answer


@settings(max_examples=120)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
@example(rulebook(Rolled(475), most_seats=5))  # some have no vote on it, and yet a share of it
@example(rulebook(Rolled(501), most_seats=5))  # another rule is for the case that is there
def test_what_a_bare_quorum_carries(drawn_book: Rulebook) -> None:
    """By the rule on any matter, where it is the only one: of cases nothing is asked."""
    rules, seats = rules_of(drawn_book, {})
    assume(countable(rules, seats))
    decision = rule_for(seats.body, "any")
    who = tuple(places(seats.body, judge.counted_roles(seats.body)))
    assume(decision is not None and decision.carried is not None and seats.cells and len(who) <= 6)
    assert decision is not None
    assume(rules_for(seats.body, "any") == (decision,))
    rooms = [tuple(p for p, n in zip(who, row, strict=True) if n) for row in product((0, 1), repeat=len(who))]
    enough = [r for r in rooms if r and judge.quorate(rules, Gathering(body=BODY, present=r))]
    try:
        found = closed.bare_quorum_carries(rules, seats, decision)
        least = min((len(r) for r in enough), default=None)
        assert (found is None) is (least is None)
        if least is None:
            return
        tried = False
        for room in (r for r in enough if len(r) == least):
            voting = trying.voters(rules, seats.body, "any", room, None)
            casting = casting_places(seats.body, voting)
            silent = tuple(p for p in voting if p not in casting)
            ballot = Gathering(body=BODY, present=room, in_favour=casting, abstaining=silent)
            tried = tried or (bool(casting) and tally(rules, ballot).outcome == "carried")
        answer = solver.bare_quorum_carries(rules, seats, decision, least)
        assert (answer.verdict is Verdict.FAILS) is tried
        assert found is tried
    except NotCountable:
        assume(False)


def test_a_thousand_seats_in_twenty_classes_are_answered_alike() -> None:
    names = [f"party-{i}" for i in range(20)]
    half = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")
    third = Comparison(Count("present"), ">=", Share(Fraction(1, 3), Count("seats")))
    of_each = All(tuple(Comparison(Count("present", (n,)), ">=", Number(Fraction(3))) for n in names[:12]))
    rules, seats = rules_of(
        book((
            board(), *(seat(f"s-{n}", n, low=50, high=50) for n in names),
            quorum(third), quorum(of_each), quorum(at_least(30)), decision(half),
        )), {},
    )  # fmt: skip
    beside = Session("")
    assert sum(seats.full) == 1_000
    every = closed.parts(rules, seats)
    assert closed.idle(rules, seats) == (len(every) - 1,)
    for i, part in enumerate(every):
        others = [other for j, other in enumerate(every) if j != i]
        idle = solver.binds(rules, seats, part, others, beside=beside).verdict is Verdict.HOLDS
        assert idle is (i == len(every) - 1)
    one = rule_for(seats.body, "any")
    assert one is not None
    assert closed.bare_quorum_carries(rules, seats, one) is True
    assert solver.bare_quorum_carries(rules, seats, one, 334).verdict is Verdict.FAILS
