"""Every question about norms that is put to the solver, as it is asked of drawn ones, with what trying
everything says of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from typing import Any, Literal

from govmodel.model.expressions import Not, Timed
from govmodel.model.rules import NormRule, Reading, Rulebook, Rules
from govmodel.model.verdict import Case, Fact, Verdict
from govmodel.semantics import cases, replay
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions import cases as single
from govmodel.smt.questions import comparing, norms
from strategies.agreement import compare_facts, failing
from strategies.agreement import replay as replayed
from strategies.asked import Asked, shows_nothing
from strategies.dice import Rolled
from strategies.situations import EVENT, LENGTHS, World, drawn_world, norm
from strategies.trying import Lost, Tried


@dataclass(frozen=True)
class Place:
    """A drawn world, everything that can be in it, one reading, and chance to choose among its norms."""

    tried: Tried
    theory: CaseTheory
    reading: Reading
    chance: random.Random

    @property
    def rules(self) -> Rules:
        return self.tried.rules(self.reading)

    @property
    def norms(self) -> tuple[NormRule, ...]:
        """The norms that stand in this reading."""
        return self.tried.binding(self.rules)

    @property
    def hard(self) -> list[NormRule]:
        """Those of them that are more than expectations: only these are asked about."""
        return [n for n in self.norms if not n.soft]

    @property
    def where(self) -> tuple[Rulebook, str, str | None]:
        return self.tried.world.rulebook, self.tried.world.situation, self.tried.world.body

    @property
    def grants(self) -> list[NormRule]:
        return [n for n in dict.fromkeys(self.tried.bound) if n.force == "may"]

    def in_force(self, norm: NormRule, case: Case) -> bool:
        return cases.in_force(norm, self.norms, case, self.rules.nation, self.rules.reading)

    def kept(self, norm: NormRule, case: Case) -> bool:
        return cases.kept(norm, self.norms, case, self.rules.nation, self.rules.reading)

    def true(self, condition: Any, case: Case) -> bool:
        return cases.true(condition, case, self.rules.nation, self.rules.reading)

    def every(self, day: date) -> Iterator[Case]:
        return (self.tried.case(day, facts) for facts in self.tried.every_case)

    @property
    def days(self) -> list[date]:
        """One day of each kind."""
        return [shape.first for shape in self.theory.shapes]

    def everything(self) -> Iterator[Case]:
        return (case for day in self.days for case in self.every(day))


def some_about_days(seed: int) -> World:
    """One in six has norms about days."""
    return drawn_world(Rolled(seed), timed=seed % 6 == 0)


def with_a_distance(seed: int) -> World:
    """There is a permission with a distance from the meeting."""
    dice = Rolled(seed)
    drawn = drawn_world(dice, timed=True)
    ways: tuple[tuple[str, Literal["before", "after"]], ...] = (
        ("meeting.notice", "before"),
        (f"{EVENT}.t", "before"),
        (f"{EVENT}.t", "after"),
    )
    event, way = dice.pick(ways)
    grant = norm("g", "may", Timed(event, ">=", dice.pick(LENGTHS), way, "meeting"), ("c1",))
    book = replace(drawn.rulebook, rules=(*drawn.rulebook.rules[:4], grant))
    return replace(drawn, rulebook=book)


def about_norms(
    ask: Callable[[Place], Iterable[Asked]], draw: Callable[[int], World] = some_about_days
) -> Callable[[int], list[Asked]]:
    """The questions of one kind about the norms of a seed."""

    def of(seed: int) -> list[Asked]:
        world = draw(seed)
        tried = Tried(world)
        chance = random.Random(seed)
        theory = CaseTheory(
            world.rulebook, world.situation, world.body, window=world.window, starts=world.starts
        )
        if theory.left_out:
            return []
        return list(ask(Place(tried, theory, chance.choice(tried.readings), chance)))

    return of


# what cannot be kept


def conflicts(place: Place) -> Iterator[Asked]:
    yield _lost(place, None, norms.conflicts, place.tried.conflicts)


def narrowed(place: Place) -> Iterator[Asked]:
    for grant in place.grants[:1]:
        yield _lost(place, grant, norms.narrowed, lambda grant=grant: place.tried.narrowed(grant))  # type: ignore[misc]


def dilemmas(place: Place) -> Iterator[Asked]:
    for grant in place.grants[:1]:
        yield _lost(place, grant, norms.dilemmas, lambda grant=grant: place.tried.dilemmas(grant))  # type: ignore[misc]


def _lost(
    place: Place, grant: NormRule | None, question: Callable[..., Any], lost: Callable[[], list[Lost]]
) -> Asked:
    book, *rest = place.where
    about = (book, *rest) if grant is None else (book, grant, *rest)

    def minimal(answer: Any) -> bool:
        """Every minimal set of clauses, no other, and of each only facts without which it goes."""
        found = lost()
        for blocked in answer.blocked:
            own = [one for one in found if one.clauses == frozenset(blocked.clauses)]
            compare_facts(place.tried, blocked, grant, own)
        return {frozenset(b.clauses) for b in answer.blocked} == {one.clauses for one in found}

    def replays(answer: Any) -> bool:
        for blocked in answer.blocked:
            replayed(place.tried, blocked, grant)
        return bool(answer.blocked) is (answer.verdict is Verdict.FAILS)

    return Asked(
        lambda **more: question(*about, theory=place.theory, **more),
        lambda: failing(lost()),
        minimal,
        replays,
    )


# how far a permission reaches


@dataclass(frozen=True)
class Bounds:
    """What `norms.bounds` says, with names."""

    verdict: Verdict
    found: tuple[norms.Bound, ...]
    why: str


def bounds(place: Place) -> Iterator[Asked]:
    for grant in place.norms:
        if grant.force == "may" and norms.timed_bound(grant) is not None:
            yield _bounds(place, grant)


def _bounds(place: Place, grant: NormRule) -> Asked:
    part = norms.timed_bound(grant)
    assert part is not None
    book, situation, body = place.where

    def ask(**more: Any) -> Bounds:
        return Bounds(
            *norms.bounds(book, grant, situation, body, reading=place.reading, theory=place.theory, **more)
        )

    def least(day: date) -> int | None:
        lawful = (c for c in place.every(day) if replay.exercised_lawfully(place.rules, c, grant))
        return min((_distance(case.facts[part.event]) for case in lawful), default=None)

    def stated(day: date) -> int:
        count = cases.offset_before if part.way == "before" else cases.offset_after
        return count(day, part.length, place.rules.nation, place.rules.reading)

    def verdict() -> Verdict:
        return failing(any(least(s.first) != stated(s.first) for s in place.theory.shapes))

    def replays(answer: Any) -> bool:
        for bound in answer.found:
            if bound.case is None:
                if bound.lawful is not None:
                    return False
            elif (
                not replay.exercised_lawfully(place.rules, bound.case, grant)
                or _distance(bound.case.facts[part.event]) != bound.lawful
            ):
                return False
        return bool(answer.found)

    return Asked(
        ask,
        verdict,
        lambda answer: all(b.lawful == least(b.first) and b.stated == stated(b.first) for b in answer.found),
        replays,
    )


def _distance(fact: Fact) -> int:
    assert isinstance(fact, int)
    return abs(fact)


# single cases


def grounds_apart(place: Place) -> Iterator[Asked]:
    for one, other in _pairs(place):

        def so(case: Case, one: NormRule = one, other: NormRule = other) -> bool:
            return replay.grounds_apart(place.rules, case, one, other)

        yield _single(place, so, single.grounds_apart, one, other)


def spoken_of(place: Place) -> Iterator[Asked]:
    """It fails where there is no such case."""
    for each in place.hard[:2]:

        def so(case: Case, each: NormRule = each) -> bool:
            return each.when is None or place.true(each.when, case)

        yield _single(place, so, single.spoken_of, each, flipped=True)


def ever_in_force(place: Place) -> Iterator[Asked]:
    """It fails where there is no such case."""
    for each in place.hard:

        def so(case: Case, each: NormRule = each) -> bool:
            return place.in_force(each, case)

        yield _single(place, so, single.ever_in_force, each, flipped=True)


def breaks_without(place: Place) -> Iterator[Asked]:
    for one, other in _pairs(place):
        asked, others = cases.duty(one), cases.duty(other)
        if asked is None or others is None:
            continue

        def so(
            case: Case, one: NormRule = one, asked: Any = asked, other: NormRule = other, others: Any = others
        ) -> bool:
            kept = not place.in_force(other, case) or place.true(others, case)
            return place.in_force(one, case) and place.true(Not(asked), case) and kept

        yield _single(place, so, single.breaks_without, one, asked, other, others)


def changed(place: Place) -> Iterator[Asked]:
    hard = place.hard
    before = {n.name for n in hard if place.chance.random() < 0.5}
    after = {n.name for n in hard} - before

    def so(case: Case) -> bool:
        kept = all(place.kept(n, case) for n in hard if n.name in before)
        return kept and not all(place.kept(n, case) for n in hard if n.name in after)

    yield _single(place, so, single.changed, before, after)


def _pairs(place: Place) -> Iterator[tuple[NormRule, NormRule]]:
    if len(place.hard) > 1:
        one, other = place.chance.sample(place.hard, 2)
        yield one, other


def subsumed(place: Place) -> Iterator[Asked]:
    standing = [n for n in place.hard if n.force != "may"]
    for one, other in list(permutations(standing, 2))[:6]:
        yield _subsumed(place, one, other)


def _subsumed(place: Place, norm: NormRule, other: NormRule) -> Asked:
    one, two = cases.duty(norm), cases.duty(other)
    assert one is not None
    assert two is not None

    def short(case: Case) -> bool:
        """The norm is kept and the other one is not."""
        kept = not place.in_force(norm, case) or place.true(one, case)
        return kept and place.in_force(other, case) and not place.true(two, case)

    def told(case: Case) -> bool:
        return place.in_force(norm, case) and short(case)

    def verdict() -> Verdict:
        there = list(place.everything())
        applies = [case for case in there if place.in_force(norm, case)]
        both = [case for case in applies if place.true(two, case)]
        implied = all(place.true(one, case) for case in both)
        within = all(place.in_force(other, case) for case in applies)
        return failing(both and implied and within and any(short(case) for case in there))

    def minimal(answer: Any) -> bool:
        if answer.witness is None:
            return shows_nothing(answer)
        so = told if any(told(case) for case in place.everything()) else short
        return _most_ordinary(place, so, answer.witness)

    return Asked(
        lambda **more: comparing.subsumed(place.theory, norm, one, other, two, place.reading, **more),
        verdict,
        minimal,
        lambda answer: answer.witness is None or short(answer.witness),
    )


def _single(
    place: Place, so: Callable[[Case], bool], question: Callable[..., Any], *about: Any, flipped: bool = False
) -> Asked:
    found, none = (Verdict.HOLDS, Verdict.FAILS) if flipped else (Verdict.FAILS, Verdict.HOLDS)

    def some() -> bool:
        return any(so(case) for case in place.everything())

    return Asked(
        lambda **more: question(place.theory, *about, place.reading, **more),
        lambda: found if some() else none,
        lambda answer: not some() if answer.witness is None else _most_ordinary(place, so, answer.witness),
        lambda answer: answer.witness is None or so(answer.witness),
    )


def _most_ordinary(place: Place, so: Callable[[Case], bool], witness: Case) -> bool:
    """The case shown is the most ordinary in which this is so: of the first kind of day, else of one at work,
    with as few things so or happening as can be, in declared order."""
    days, ordinary = place.days, place.theory.days.ordinary
    at_work = [days[n] for n in ordinary if place.theory.days.at_work(n)]
    for chosen in ([days[ordinary[0]]], at_work, days):
        left = [case.facts for day in chosen for case in place.every(day) if so(case)]
        if left:
            break
    else:
        return False
    for name, values in _preferred(place):
        for value in values:
            if fewer := [facts for facts in left if facts[name] == value]:
                left = fewer
                break
    shown = place.tried.least_alike(witness.facts)
    return witness.day in chosen and any(shown.items() <= facts.items() for facts in left)


def _preferred(place: Place) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """What is most ordinary of each thing, and what comes next, in declared order."""
    for name, kind in place.theory.kinds.items():
        match kind.kind:
            case "yes-no":
                yield name, (False,)
            case "one-of":
                yield name, kind.values
            case "amount":
                yield name, (0,)
            case "time":
                yield name, (None, 0)
    for name in place.theory.agreements:
        yield name, (False,)
