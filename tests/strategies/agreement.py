"""Engines asked the same of one constitution, and held against each other and against brute force."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import TypeVar

from govmodel.exact import coalitions, quorums
from govmodel.model.rules import DecisionRule, NormRule, Reading, Rulebook, Rules
from govmodel.model.verdict import Verdict
from govmodel.reading import Reader, minimal, readings, under
from govmodel.semantics.cells import Electorate, electorate, subjects
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.presiding import presiding
from govmodel.semantics.replay import blocks, exercised_lawfully, promised
from govmodel.smt.ask import Numbers
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions import meetings, norms
from strategies import trying
from strategies.compared import COMPARED
from strategies.dice import Rolled
from strategies.meetings import BODY, rulebook
from strategies.situations import World, drawn_world

FEW = 100
"""Questions about so many bodies are put in one solver context, which is dear to make: only numbers are
compared, and these do not depend on what was asked before."""
_shared: list[Numbers] = []


def shared() -> Numbers:
    """A solver at which questions about bodies are asked."""
    if len(_shared) % FEW == 0:
        _shared[:] = [Numbers()]
    else:
        _shared.append(_shared[0])
    return _shared[0]


def failing(found: object) -> Verdict:
    return Verdict.FAILS if found else Verdict.HOLDS


A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


def answers(tried: Callable[[], A], closed: Callable[[], B], asked: Callable[[], C]) -> tuple[A, B, C] | None:
    """What brute force, closed form and solver say; None: the question cannot be asked of this text. Both
    engines say so, or none; and they do where the judge does, who may find an answer without looking at
    what cannot be counted."""
    one, two = unless_refused(closed), unless_refused(asked)
    assert (one is None) == (two is None)
    if one is None or two is None:
        COMPARED["refused"] += 1
        return None
    return tried(), one[0], two[0]


def unless_refused(call: Callable[[], A]) -> tuple[A] | None:
    try:
        return (call(),)
    except NotCountable:
        return None


# meetings


def rules_of(rulebook: Rulebook, reading: Reading) -> tuple[Rules, Electorate]:
    rules = Reader(rulebook).under(reading)
    return rules, electorate(rules, rules.bodies[BODY])


def compare_quorums(rules: Rules, seats: Electorate) -> None:
    """The fewest who are quorate, and the fewest whose leaving ends a quorum."""
    beside = shared()
    body = seats.body
    said = answers(
        lambda: trying.fewest_quorate(rules, body),
        lambda: quorums.fewest_quorate(rules, seats),
        lambda: meetings.reachable(rules, seats, beside=beside),
    )
    if said is None:
        return
    tried, closed, asked = said
    assert asked.verdict is failing(tried is None)
    assert asked.number == tried
    assert closed is not None
    if seats.cells:
        assert (sum(closed) if closed else None) == (tried or (0 if closed else None))
    COMPARED["quorum"] += 1
    for start in {closed, seats.full} - {()}:
        assert start is not None
        leaving = trying.fewest_leaving(rules, body, seats.seat_names(start))
        formula = quorums.fewest_leaving(rules, seats, start)
        answer = meetings.withdrawals(rules, seats, start, beside=beside)
        assert formula is not None
        assert answer.number == leaving == (sum(formula) if formula else None)
        assert answer.verdict is failing(leaving is not None)
        COMPARED["withdrawals"] += 1


def compare_votes(rules: Rules, seats: Electorate, matter: str, limit: Mapping[int, int]) -> None:
    """The fewest who carry a matter, and the fewest at a meeting that ends in equal votes, whomever it is
    about. `limit`: how many of a cell may be there, where not all."""
    found = rules_for(seats.body, matter)
    if not found:
        return
    compare_votes_about(rules, seats, matter, limit, found, None)
    for place in dict.fromkeys(place for decision in found for place in subjects(seats, decision)):
        compare_votes_about(rules, seats.about(place), matter, limit, found, place)
        COMPARED["subjects"] += 1
    COMPARED["cases of turnout"] += len(found) > 1


def compare_votes_about(
    rules: Rules,
    seats: Electorate,
    matter: str,
    limit: Mapping[int, int],
    found: tuple[DecisionRule, ...],
    subject: str | None,
) -> None:
    beside = shared()
    body = seats.body
    rule = presiding(body, "present", "present")
    extra = rule.extra_vote if rule else None
    presider = rule.who if rule else None  # whom those present agree on may be anybody
    cases = [(decision, case_of(body, decision, matter)) for decision in found]
    said = answers(
        lambda: trying.fewest_to_carry(rules, body, matter, presider, subject),
        lambda: [coalitions.fewest_to_carry(rules, seats, d, extra, case=case) for d, case in cases],
        lambda: [
            meetings.fewest_to_carry(rules, seats, d, extra, beside=beside, case=case) for d, case in cases
        ],
    )
    if said is None:
        return
    tried, closed, asked = said
    assert [a.number for a in asked] == [c.in_favour if c else None for c in closed]
    assert min((a.number for a in asked if a.number is not None), default=None) == tried
    assert all(a.verdict is failing(a.number is not None) for a in asked)
    COMPARED["carrying"] += 1
    COMPARED["carried"] += tried is not None
    if any(decision.equal_votes is not None for decision in found):
        return
    top = tuple(min(n, limit.get(i, n)) for i, n in enumerate(seats.full))
    cells = [cell.places for cell in seats.cells]
    for additional in {False, extra == "additional"}:
        office = presider if additional else None
        equal = trying.equal_votes(rules, body, matter, cells, top, office, subject)
        formulas, numbers = [], []
        for d, case in cases:
            formula = coalitions.equal_votes(rules, seats, d, top, additional=additional, case=case)
            answer = meetings.equal_votes(
                rules, seats, d, top, additional=additional, beside=beside, case=case
            )
            assert formula is not None
            assert answer.verdict is failing(answer.number is not None)
            formulas.append(sum(formula[0]) if formula[0] else None)
            numbers.append(answer.number)
        assert formulas == numbers
        assert min((n for n in numbers if n is not None), default=None) == equal
        COMPARED["ties"] += 1
        COMPARED["tied"] += equal is not None


def seats_of(rules: Rules) -> int:
    return len(places(rules.bodies[BODY]))


# norms


def compare_norms(world: World) -> None:
    """Conflicts, and what each permission promises in vain."""
    tried = trying.Tried(world)
    theory = CaseTheory(world.rulebook, world.situation, world.body, window=world.window, starts=world.starts)
    book, place = world.rulebook, (world.situation, world.body)
    compare_blocked(tried, norms.conflicts(book, *place, theory=theory), None, tried.conflicts())
    COMPARED["conflicts"] += 1
    for grant in dict.fromkeys(n for n in tried.bound if n.force == "may"):
        in_vain = norms.narrowed(book, grant, *place, theory=theory)
        compare_blocked(tried, in_vain, grant, tried.narrowed(grant))
        answer = norms.dilemmas(book, grant, *place, theory=theory)
        compare_blocked(tried, answer, grant, tried.dilemmas(grant), hollow=False)
        known = [set(b.clauses) for b in in_vain.blocked]
        if answer.verdict is Verdict.FAILS:
            rest = norms.dilemmas(book, grant, *place, theory=theory, known=known, fewest=2)
            wanted = {
                b.clauses
                for b in answer.blocked
                if len(set(b.clauses).difference(grant.clauses)) > 1
                and not any(one <= set(b.clauses) for one in known)
            }
            assert {b.clauses for b in rest.blocked} >= wanted or rest.verdict is Verdict.UNKNOWN
            assert {b.clauses for b in rest.blocked} <= {b.clauses for b in answer.blocked}
            COMPARED["dilemmas beside what is known"] += len(wanted)
        COMPARED["permissions"] += 1


def compare_blocked(
    tried: trying.Tried,
    answer: norms.NormAnswer,
    grant: NormRule | None,
    lost: list[trying.Lost],
    *,
    hollow: bool = True,
) -> None:
    if answer.verdict is Verdict.UNKNOWN:
        # Never wrong, and only where no story shows that a clause is needed while the permission is used.
        assert grant is not None
        assert lost
        assert answer.blocked == ()
        assert any(not shown(tried, grant, one) for one in lost), answer.why
        COMPARED["left undecided"] += 1
        return
    assert answer.verdict is failing(lost)
    sets = {one.clauses for one in lost}
    assert len({frozenset(b.clauses) for b in answer.blocked}) == len(answer.blocked)
    assert {frozenset(b.clauses) for b in answer.blocked} == sets
    COMPARED["clause sets there are"] += len(sets)
    COMPARED["clause sets found"] += len(answer.blocked)
    for blocked in answer.blocked:
        clauses = frozenset(blocked.clauses)
        own = [one for one in lost if one.clauses == clauses]
        assert own, f"{blocked.clauses} is no minimal set; these are: {sets}"
        where = [dict(r) for r in {one.reading: None for one in own}]
        assert blocked.readings == minimal(tried.space, where)
        base = tried.world.rulebook.base
        assert blocked.in_base is any(all(base[n] == o for n, o in r.items()) for r in where)
        compare_facts(tried, blocked, grant, own)
        replay(tried, blocked, grant)
    if grant is not None and answer.blocked and hollow:
        own_base = any(b.in_base for b in answer.blocked)
        reading = tried.world.rulebook.base if own_base else answer.blocked[0].reading
        assert answer.hollow is tried.hollow(grant, reading)
        COMPARED["hollow"] += answer.hollow


def shown(tried: trying.Tried, grant: NormRule, lost: trying.Lost) -> bool:
    """For each clause, some case in which the permission is used breaks it and none of the others."""
    rules = tried.rules(dict(lost.reading))
    there = [
        tried.case(lost.day, facts) for facts in tried.every_case if all(facts[n] == v for n, v in lost.outer)
    ]
    used = [case for case in there if promised(rules, case, grant)]
    everything = tuple(lost.clauses)
    return all(any(blocks(rules, case, c, everything, grant=grant) for case in used) for c in everything)


def compare_facts(
    tried: trying.Tried, blocked: norms.Blocked, grant: NormRule | None, own: list[trying.Lost]
) -> None:
    """The facts suffice under the reading of the story, and without any of them the conflict can go."""
    clauses = frozenset(blocked.clauses)
    day = next(iter(blocked.cases.values())).day
    days = [day] if blocked.day_matters else tried.days
    facts = tried.least_alike(blocked.facts)
    outer = [name for name, _ in own[0].outer]
    for other in days:
        assert tried.blocked(blocked.reading, clauses, other, facts, grant, outer)
    for name in facts:
        rest = {n: v for n, v in facts.items() if n != name}
        assert not all(
            tried.blocked(reading, clauses, other, rest, grant, outer)
            for reading in tried.readings
            for other in days
        ), f"{name} is not needed"


def replay(tried: trying.Tried, blocked: norms.Blocked, grant: NormRule | None) -> None:
    """The judge confirms every case: it breaks one clause, which shows that without it all is well."""
    rules = under(tried.world.rulebook, blocked.reading)
    assert set(blocked.cases) == set(blocked.clauses)
    for clause, case in blocked.cases.items():
        assert blocks(rules, case, clause, blocked.clauses, grant=grant)
        assert all(case.facts[name] == fact for name, fact in blocked.facts.items())
        if grant is not None:
            assert promised(rules, case, grant)
            assert not exercised_lawfully(rules, case, grant)
        COMPARED["replayed"] += 1


# drawn from seeds


def judge_meetings(seeds: range) -> None:
    for seed in seeds:
        book = rulebook(Rolled(seed))
        chance = random.Random(seed)
        own = [name for name, a in book.ambiguities.items() if not a.built_in]
        reading = dict(chance.choice(readings(book, own).all))
        reading["rounding"] = chance.choice(("up", "nearest", "down"))
        reading["base-of-a-majority"] = chance.choice(("voting", "present", "members"))
        rules, seats = rules_of(book, reading)
        compare_quorums(rules, seats)
        if seats_of(rules) <= 5:
            limit = {i: chance.randint(0, n) for i, n in enumerate(seats.full)}
            for matter in ("ordinary", "major"):
                compare_votes(rules, seats, matter, limit if chance.random() < 0.5 else {})
        COMPARED["constitutions"] += 1


def judge_norms(seeds: range, *, timed: bool) -> None:
    for seed in seeds:
        compare_norms(drawn_world(Rolled(seed), timed=timed))
        COMPARED["constitutions"] += 1
