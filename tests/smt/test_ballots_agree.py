"""What silence does, who can stop what, whose vote decides: solver, closed form and trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings

from govmodel.checks.decisions.ballots import abstained
from govmodel.exact import abstentions, blocs, no_show, silences
from govmodel.exact.power import all_attend
from govmodel.model.rules import DecisionRule, Rulebook, Rules
from govmodel.model.verdict import Answer, Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rule_for, rules_for
from govmodel.semantics.games import players, wins
from govmodel.semantics.meeting import (
    base_in_votes,
    counted_roles,
    governing,
    left_out,
    most_votes,
    quorate,
    reaches,
    tally,
    within_caps,
)
from govmodel.semantics.presiding import presiding
from govmodel.semantics.replay import carries
from govmodel.smt.ask import Session
from govmodel.smt.questions import ballots as solver
from strategies.agreement import rules_of, shared
from strategies.dice import Rolled, drawn
from strategies.meetings import BODY, PARTIES, rulebook
from strategies.stopping import NEVER, stop, without_search
from strategies.trying import fewest_with_abstentions as sparse_by_trying
from strategies.trying import may_chair


def ruled(book: Rulebook) -> tuple[Rules, Electorate, DecisionRule]:
    """A body whose general rule is always the same one and leaves nobody out who is not known."""
    rules, seats = rules_of(book, {})
    decision = rule_for(seats.body, "any")
    assume(decision is not None and decision.carried is not None and decision.when is None)
    assume(len([d for d in seats.body.decisions if d.when is not None]) == 0)
    assert decision is not None
    assume(len(places(seats.body, counted_roles(seats.body))) <= 5 and seats.cells)
    return rules, seats, decision


def silent_by_trying(
    rules: Rules, seats: Electorate, decision: DecisionRule, *, recused: bool, stays: bool
) -> int | None:
    """The fewest silent members whose votes a share counts, over every room and every vote."""
    body, threshold = seats.body, decision.carried
    assert threshold is not None
    if threshold.kind != "share":
        return None
    base = threshold.base or rules.reading["base-of-a-majority"]
    plain = Gathering(body=BODY, present=())
    out = left_out(rules, plain, threshold.without)
    mute = left_out(rules, plain, decision.without) | out
    who, voting = tuple(places(body, counted_roles(body))), places(body)
    uncapped = {p for i in silences.recusable(seats, frozenset()) for p in seats.cells[i].places} - mute
    best: int | None = None
    for row in product((0, 1), repeat=len(who)):
        room = tuple(p for p, n in zip(who, row, strict=True) if n)
        if not quorate(rules, Gathering(body=BODY, present=room)):
            continue
        casting = casting_places(body, tuple(p for p in room if p in voting and p not in mute))
        free = [p for p in uncapped if p not in room]
        for silent in range(1, len(who) + 1):
            if silent > (len(free) if recused else len(casting)):
                break
            barred = tuple(free[:silent]) if recused else ()
            for favour in range(1, len(casting) - (0 if recused else silent) + 1):
                last = len(casting) - (0 if recused else silent)
                idle = tuple(p for p in room if p in voting and p not in (*casting[:last], *mute))
                one = Gathering(
                    body=BODY, present=(*room, *barred) if stays else room, in_favour=casting[:favour],
                    against=casting[favour:last], abstaining=idle, barred=barred,
                )  # fmt: skip
                of = base_in_votes(body, base, favour, last - favour, one, out)
                counted = base != "voting" and not (recused and base in ("entitled", "taking-part"))
                counted = counted and not (recused and base == "present" and not stays)
                if counted and reaches(threshold, favour, of - silent) and not reaches(threshold, favour, of):
                    best = silent if best is None else min(best, silent)
    return best


@settings(max_examples=150)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_silence_that_counts_against(drawn_book: Rulebook) -> None:
    rules, seats, decision = ruled(drawn_book)
    beside = Session("")
    for recused, stays in ((False, False), (True, False), (True, True)):
        try:
            closed = silences.against_by_silence(rules, seats, decision, recused=recused, stays=stays)
            answer = solver.against_by_silence(
                rules, seats, decision, recused=recused, stays=stays, beside=beside
            )
            tried = silent_by_trying(rules, seats, decision, recused=recused, stays=stays)
        except NotCountable:
            assume(False)
            return
        assert closed is not None
        assert answer.number == (closed.silent if closed else None)
        assert (answer.verdict is Verdict.FAILS) is bool(closed)
        assert answer.number == tried


@settings(max_examples=300)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_how_few_carry_where_others_abstain(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    assume(seats.cells and len(places(seats.body, counted_roles(seats.body))) <= 5)
    rule = presiding(seats.body, "present", "present")
    extra = rule.extra_vote if rule else None
    for matter in ("ordinary", "major"):
        ways = [(d, case_of(seats.body, d, matter)) for d in rules_for(seats.body, matter)]
        try:
            closed = [abstentions.fewest_with_abstentions(rules, seats, d, extra, case=c) for d, c in ways]
            asked = [solver.fewest_with_abstentions(rules, seats, d, extra, case=c) for d, c in ways]
            tried = sparse_by_trying(rules, seats.body, matter, rule.who if rule else None)
        except NotCountable:
            continue
        assert [a.number for a in asked] == [c.in_favour if c else None for c in closed]
        assert all((a.verdict is Verdict.FAILS) is (a.number is not None) for a in asked)
        assert min((c.in_favour for c in closed if c), default=None) == tried
        for decision, found in zip((d for d, _ in ways), closed, strict=True):
            if found is not None:
                ballot = abstained(rules, seats, decision, found, matter)
                assert carries(rules, ballot) is (governing(rules, ballot) is decision)


def presiders(rules: Rules, seats: Electorate) -> list[str]:
    """Those who may preside, with a vote of their own under the caps."""
    rule, where = presiding(seats.body, "present", "present"), places(seats.body)
    return [
        p
        for p in where
        if rule is not None and may_chair(rules, rule.who, p, seats.body) and within_caps(seats.body, [p])
    ]


def carried_by_trying(rules: Rules, seats: Electorate, extra: str | None, bloc: set[str]) -> bool:
    """Whether votes of the others alone carry, of all ballots in which as many vote as can."""
    body = seats.body
    everyone = tuple(places(body))
    most, weight = seats.votes(seats.full), {p: seat.votes for p, seat in places(body).items()}
    chairs = presiders(rules, seats)
    outside = [p for p in chairs if p not in bloc]
    tried: list[str | None] = [*(outside or chairs)] if extra in ("casting", "additional") else []
    for presider in tried or [None]:
        for row in product("+-0", repeat=len(everyone)):
            favour = tuple(p for p, v in zip(everyone, row, strict=True) if v == "+")
            against = tuple(p for p, v in zip(everyone, row, strict=True) if v == "-")
            cast = sum(weight[p] for p in (*favour, *against))
            if set(favour) & bloc or cast != most:
                continue
            if presider is not None and presider not in (*favour, *against):
                continue
            if presider is not None and presider not in bloc and presider not in favour:
                continue
            silent = tuple(p for p in everyone if p not in (*favour, *against))
            room = Gathering(
                body=BODY, present=everyone, in_favour=favour, against=against, abstaining=silent,
                presider=presider,
            )  # fmt: skip
            if favour and tally(rules, room).outcome == "carried":
                return True
    return False


@settings(max_examples=150)
@given(drawn(lambda dice: rulebook(dice, most_seats=5, most_votes=3)))
def test_who_can_stop_what(drawn_book: Rulebook) -> None:
    rules, seats, decision = ruled(drawn_book)
    assume(decision.without is None and decision.carried is not None and decision.carried.without is None)
    rule = presiding(seats.body, "present", "present")
    extra = rule.extra_vote if rule else None
    everyone = tuple(places(seats.body))
    beside = Session("")
    for size in range(min(3, len(everyone))):
        for bloc in combinations(everyone, size):
            others = tuple(sum(p not in bloc for p in cell.places) for cell in seats.cells)
            try:
                closed = blocs.carried_without(rules, seats, decision, extra, others)
                answer = solver.carried_without(rules, seats, decision, extra, others, beside=beside)
            except NotCountable:
                assume(False)
                return
            assert (answer.verdict is Verdict.FAILS) is closed
            if not seats.caps:
                assert closed is carried_by_trying(rules, seats, extra, set(bloc))


@settings(max_examples=150)
@given(drawn(lambda dice: rulebook(dice, most_seats=5, most_votes=3)))
def test_whose_vote_decides(drawn_book: Rulebook) -> None:
    rules, seats, decision = ruled(drawn_book)
    rule = presiding(seats.body, "present", "present")
    extra = rule.extra_vote if rule and rule.extra_vote in ("casting", "additional") else None
    chairs = presiders(rules, seats)
    presider = chairs[0] if extra and chairs else None
    try:
        game = all_attend(rules, seats, decision, extra, presider)
        own = [(kind.size, kind.votes) for kind in game.kinds]
        chair = next((k for k, kind in enumerate(game.kinds) if kind.presides), None)
        who = players(rules, BODY, presider)
        for member, kind in enumerate(game.kinds):
            rest = [p for p in who if p != kind.places[0]]
            tried = any(
                not wins(rules, BODY, "any", some, presider)
                and wins(rules, BODY, "any", (*some, kind.places[0]), presider)
                for size in range(len(rest) + 1)
                for some in combinations(rest, size)
            )
            found = blocs.ever_decides(rules, seats, decision, extra, own, member, chair)
            answer = solver.ever_decides(rules, seats, decision, extra, own, member, chair)
            assert (answer.verdict is Verdict.FAILS) is (found is not None) is tried
            ask = partial(
                solver.ever_decides, rules, seats, decision, extra, own, member, chair, beside=shared()
            )
            assert ask(at=found) == ask(at=[n for n, _ in own]) == answer
            if found is not None:
                assert without_search(partial(ask, at=found)) == answer
    except NotCountable:
        assume(False)


def paradox_by_trying(rules: Rules, seats: Electorate, matter: str) -> bool:
    """Whether somewhere all vote, it is carried, and without one of those against it is not."""
    body = seats.body
    who = tuple(places(body, counted_roles(body)))
    for row in product("+-0", repeat=len(who)):
        present = tuple(p for p, v in zip(who, row, strict=True) if v != "0")
        room = Gathering(body=BODY, present=present, matter=matter)
        rule = governing(rules, room)
        if not quorate(rules, room) or rule is None:
            continue
        carried = rule.carried.without if rule.carried else None
        mute = left_out(rules, room, rule.without) | left_out(rules, room, carried)
        may = tuple(p for p in present if p in places(body) and p not in mute)
        favour = tuple(p for p, v in zip(who, row, strict=True) if v == "+" and p in may)
        against = tuple(p for p, v in zip(who, row, strict=True) if v == "-" and p in may)
        if any(v == "+" and p not in may for p, v in zip(who, row, strict=True)):
            continue  # who has no vote is there once
        one = replace(room, in_favour=favour, against=against)
        if tally(rules, one).outcome != "carried":
            continue
        for gone in against:
            left = tuple(p for p in present if p != gone)
            after = replace(one, present=left, against=tuple(p for p in against if p != gone))
            if quorate(rules, after) and tally(rules, after).outcome not in ("carried", "not allowed"):
                return True
    return False


@settings(max_examples=300)
@given(drawn(lambda dice: rulebook(dice, most_seats=5)))
def test_who_had_better_stay_away(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    assume(seats.cells and not seats.caps and len(places(seats.body, counted_roles(seats.body))) <= 5)
    for matter in ("any", "ordinary", "major"):
        ways = [(d, case_of(seats.body, d, matter)) for d in rules_for(seats.body, matter)]
        try:
            found = no_show.no_show(rules, seats, ways)
            answer = solver.no_show(rules, seats, ways)
        except NotCountable:
            continue
        assert found is not None
        assert (answer.verdict is Verdict.FAILS) is bool(found)
        assert bool(found) is paradox_by_trying(rules, seats, matter)


def over_by_trying(rules: Rules, seats: Electorate, party: str, at_most: int) -> bool:
    """Whether at full attendance the places of a party have a second vote too many, one of them presiding."""
    everyone = tuple(places(seats.body, counted_roles(seats.body)))
    if not quorate(rules, Gathering(body=BODY, present=everyone)):
        return False
    where = places(seats.body)
    own = [p for p in where if where[p].party == party]
    rule = presiding(seats.body, "present", "present")
    may = {p for p in where if rule is not None and may_chair(rules, rule.who, p, seats.body)}
    votes = min(at_most, sum(where[p].votes for p in own))
    return votes + 1 > at_most and any(p in may and where[p].votes <= at_most for p in own)


@settings(max_examples=150)
@given(drawn(lambda dice: rulebook(dice, most_seats=5, most_votes=2)))
def test_a_second_vote_over_a_cap(drawn_book: Rulebook) -> None:
    rules, seats = rules_of(drawn_book, {})
    assume(seats.cells and presiding(seats.body, "present", "present") is not None)
    beside = Session("")
    where = places(seats.body)
    for party in PARTIES:
        own = tuple(sum(where[p].party == party for p in c.places if p in where) for c in seats.cells)
        for at_most in (1, 2, 3):
            try:
                answer = solver.second_vote_over(rules, seats, own, at_most, beside=beside)
            except NotCountable:
                assume(False)
                return
            assert (answer.verdict is Verdict.FAILS) is over_by_trying(rules, seats, party, at_most)
            mine = [p for p in where if where[p].party == party]
            if len([c for c in seats.body.caps if party in c.parties]) == 0:
                assert most_votes(seats.body, mine) == sum(where[p].votes for p in mine)


def each(rules: Rules, seats: Electorate, decision: DecisionRule) -> Iterator[Callable[..., Answer]]:
    """Every question about ballots, as it is asked of one body."""
    for recused in (False, True):
        yield lambda recused=recused, **more: solver.against_by_silence(
            rules, seats, decision, recused=recused, stays=True, **more
        )
    others = tuple(max(0, n - 1) for n in seats.full)
    for extra in (None, "casting"):
        yield lambda extra=extra, **more: solver.carried_without(
            rules, seats, decision, extra, others, **more
        )
    for extra in (None, "casting"):
        yield lambda extra=extra, **more: solver.fewest_with_abstentions(
            rules, seats, decision, extra, **more
        )
    yield lambda **more: solver.ever_decides(rules, seats, decision, None, [(3, 2), (1, 1)], 1, None, **more)
    yield lambda **more: solver.no_show(rules, seats, [(decision, None)], **more)
    yield lambda **more: solver.second_vote_over(rules, seats, seats.full, 1, **more)


def test_a_solver_that_gives_up_decides_nothing() -> None:
    unknown = 0
    for seed in range(60):
        rules, seats = rules_of(rulebook(Rolled(seed), most_seats=5), {})
        decision = rule_for(seats.body, "any")
        if decision is None or not seats.cells:
            continue
        for ask in each(rules, seats, decision):
            try:
                answer = ask()
                little = ask(effort=1)
            except NotCountable:
                continue
            assert little.verdict is Verdict.UNKNOWN or little == answer, seed
            with pytest.MonkeyPatch.context() as patch:
                total = stop(patch, NEVER)
                ask()
            if total:
                with pytest.MonkeyPatch.context() as patch:
                    stop(patch, 0)
                    stopped = ask()
                assert stopped.verdict is Verdict.UNKNOWN, seed
                assert stopped.why
                unknown += 1
    assert unknown >= 20
