"""What one norm says beside another: the solver against the judge on every case of small worlds."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from govmodel.checks.norms.gm110_idle_bound import bound_in, without
from govmodel.model.rules import NormRule, Reading
from govmodel.model.verdict import Case, Verdict
from govmodel.model.walk import conditions
from govmodel.semantics import cases
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions.comparing import idle, subsumed
from strategies.dice import Rolled
from strategies.situations import drawn_world
from strategies.trying import Tried

FLAGS, TIMES = range(300, 420), range(300, 340)


def worlds() -> list[Tried]:
    drawn = [drawn_world(Rolled(seed)) for seed in FLAGS]
    return [Tried(world) for world in (*drawn, *(drawn_world(Rolled(seed), timed=True) for seed in TIMES))]


def theory(tried: Tried) -> CaseTheory | None:
    world = tried.world
    try:
        text = CaseTheory(
            world.rulebook, world.situation, world.body, window=world.window, starts=world.starts
        )
    except cases.NotDecidable:
        return None
    return None if text.left_out else text


def duties(norms: tuple[NormRule, ...]) -> list[NormRule]:
    return [n for n in norms if n.force in ("must", "must-not")]


def every_case(tried: Tried) -> list[Case]:
    return [tried.case(day, facts) for day in tried.days for facts in tried.every_case]


def says_it_all(tried: Tried, norm: NormRule, other: NormRule, reading: Reading) -> bool:
    """The judge, case by case."""
    rules = tried.rules(reading)
    bound, (one, two) = tried.binding(rules), (cases.duty(norm), cases.duty(other))
    assert one is not None
    assert two is not None
    can = short = False
    for case in every_case(tried):
        first, second = (cases.in_force(n, bound, case, rules.nation, rules.reading) for n in (norm, other))
        done, more = (cases.true(c, case, rules.nation, rules.reading) for c in (one, two))
        if first and (not second or (more and not done)):
            return False
        can = can or (first and more)
        short = short or (second and not more and (done or not first))
    return can and short


def test_whether_another_norm_says_it_all() -> None:
    seen = {True: 0, False: 0}
    for tried in worlds():
        text = theory(tried)
        if text is None:
            continue
        reading = tried.readings[0]
        standing = duties(tried.binding(tried.rules(reading)))
        for norm, other in list(permutations(standing, 2))[:6]:
            one, two = cases.duty(norm), cases.duty(other)
            assert one is not None
            assert two is not None
            answer = subsumed(text, norm, one, other, two, tried.rules(reading).reading)
            meant = says_it_all(tried, norm, other, reading)
            assert answer.verdict is (Verdict.FAILS if meant else Verdict.HOLDS)
            seen[meant] += 1
            if meant:
                replay(tried, norm, other, reading, answer.witness)
    assert seen[True] >= 10
    assert seen[False] >= 100


def replay(tried: Tried, norm: NormRule, other: NormRule, reading: Reading, witness: object) -> None:
    """In the case that is shown the norm is kept, and the other is not."""
    assert isinstance(witness, Case)
    rules = tried.rules(reading)
    bound = tried.binding(rules)
    assert cases.kept(norm, bound, witness, rules.nation, rules.reading)
    assert not cases.kept(other, bound, witness, rules.nation, rules.reading)


def lawful(tried: Tried, reading: Reading, old: NormRule | None, new: NormRule | None) -> list[bool]:
    rules = tried.rules(reading)
    norms = tuple(new if n is old and new is not None else n for n in tried.binding(rules))
    return [not cases.broken(norms, c, rules.nation, rules.reading) for c in every_case(tried)]


def test_whether_a_number_makes_a_difference() -> None:
    seen = {True: 0, False: 0}
    for tried in worlds():
        text = theory(tried)
        if text is None:
            continue
        breached = {name for n in tried.bound for name in n.breach_of}
        for norm in [n for n in duties(tried.bound) if n.name not in breached][:2]:
            part = next((p for c in conditions(norm.content) if (p := bound_in(c)) is not None), None)
            if part is None or norm.gate:
                continue
            left = replace(norm, content=without(norm.content, part))
            answer = idle(text, [norm], {id(norm): left})
            same = all(lawful(tried, r, None, None) == lawful(tried, r, norm, left) for r in tried.readings)
            seen[same] += 1
            if not same:
                assert answer.verdict is Verdict.HOLDS
            elif answer.verdict is Verdict.FAILS:
                assert answer.conflict is not None
                fewest(tried, norm, left, answer.conflict.clauses)
    assert seen[True] >= 5
    assert seen[False] >= 20


def fewest(tried: Tried, norm: NormRule, left: NormRule, clauses: tuple[str, ...]) -> None:
    """With these clauses alone nothing differs, and without any one of them something does."""
    own = set(norm.clauses)

    def differs(kept: set[str]) -> bool:
        for reading in tried.readings:
            rules = tried.rules(reading)
            bound = tried.binding(rules)
            judged = [n for n in bound if set(n.clauses) <= kept | own and not n.soft]
            changed = [left if n is norm else n for n in judged]
            everything = (bound, tuple(left if n is norm else n for n in bound))
            for case in every_case(tried):
                sides = [
                    all(cases.kept(n, every, case, rules.nation, rules.reading) for n in some)
                    for some, every in zip((judged, changed), everything, strict=True)
                ]
                if sides[0] != sides[1]:
                    return True
        return False

    assert not differs(set(clauses))
    assert all(differs(set(clauses) - {clause}) for clause in clauses)


def test_too_little_effort_is_unknown_and_cites_nothing() -> None:
    said = set()
    for tried in worlds()[:20]:
        text = theory(tried)
        pair = duties(tried.bound)[:2]
        if text is None or len(pair) < 2:
            continue
        one, two = (cases.duty(n) for n in pair)
        assert one is not None
        assert two is not None
        first = subsumed(text, pair[0], one, pair[1], two, {}, effort=1)
        second = idle(text, pair[:1], {id(pair[0]): pair[1]}, effort=1)
        for answer in (first, second):
            said.add(answer.verdict)
            if answer.verdict is Verdict.UNKNOWN:
                assert answer.why
                assert answer.witness is None
                assert answer.conflict is None
    assert Verdict.UNKNOWN in said
    assert Verdict.FAILS not in said
