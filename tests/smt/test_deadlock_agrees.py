"""Deadlocks against trying every set of facts and every division of votes with the judge."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from govmodel.checks.context import Context
from govmodel.checks.decisions import gm302_deadlock as check
from govmodel.checks.decisions import stuck as stuck_states
from govmodel.model.rules import Rulebook, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.actors import Actor, ends
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.items import (
    Rigid,
    arises,
    deadlocked,
    only_tries,
    refilled,
    rule_on,
    rules_on,
    settles,
)
from govmodel.semantics.presiding import chain
from govmodel.smt.questions.meetings import no_side_carries
from strategies.agreement import rules_of
from strategies.disputes import MATTER, world
from strategies.meetings import BODY

WORLDS = 400


def tried(rules: Rules) -> set[tuple[Actor, frozenset[tuple[str, str]]]]:
    """Where an item arises, and one or two facts with all of which it is deadlocked, and not with fewer."""
    all_ends = tuple(ends(rules, r) for r in rules.routes)
    own = rules.bodies[BODY]
    offices = [o for o in rules.offices if not refilled(rules, all_ends, o)]
    found: set[tuple[Actor, frozenset[tuple[str, str]]]] = set()
    for start in arises(rules, all_ends, MATTER):
        if stuck(rules, start, (), (), divided=False):
            continue
        outsiders = [a for a in ("court", "panel", "parties") if _may_split(rules, a)]
        facts: list[tuple[str, str]] = [("vacant", o) for o in offices] + [("split", a) for a in outsiders]
        if rules_on(rules, BODY, MATTER)[1] and places(own):
            facts.append(("divided", BODY))
        for size in (1, 2):
            for chosen in combinations(facts, size):
                if any(at == start and less <= set(chosen) for at, less in found):
                    continue
                vacant = tuple(n for k, n in chosen if k == "vacant")
                split = tuple(n for k, n in chosen if k == "split")
                if stuck(rules, start, vacant, split, divided=("divided", BODY) in chosen):
                    found.add((start, frozenset(chosen)))
    return found


def _may_split(rules: Rules, name: str) -> bool:
    all_ends = tuple(ends(rules, r) for r in rules.routes)
    actor = Actor("body" if name in rules.bodies else "outsider", name)
    return settles(rules, all_ends, actor, MATTER) and only_tries(all_ends, actor, rules, MATTER)


def stuck(
    rules: Rules, start: Actor, vacant: tuple[str, ...], split: tuple[str, ...], *, divided: bool
) -> bool:
    own = rules.bodies[BODY]
    sides = product((True, False), repeat=len(places(own))) if divided else [None]
    for side in sides:
        favour = (
            {} if side is None else {BODY: tuple(p for p, yes in zip(places(own), side, strict=True) if yes)}
        )
        rigid = Rigid(vacant=frozenset(vacant), split=frozenset(split), favour=favour)
        if deadlocked(rules, start, MATTER, rigid):
            return True
    return False


@pytest.mark.parametrize("part", range(4))
def test_deadlocks_are_those_that_trying_finds(part: int) -> None:
    found = several = compared = 0
    for seed in range(part * WORLDS // 4, (part + 1) * WORLDS // 4):
        rulebook_ = world(seed)
        rules, _ = rules_of(rulebook_, {})
        chair, deputy = chain(rules.bodies[BODY])
        assert {chair, deputy} <= {"the-chair", "the-deputy", None}
        try:
            all_of_them = tried(rules)
            answers = stuck_states.states(Context(rulebook_, 2_000_000), rules, MATTER)
        except (NotCountable, stuck_states.Unsure):
            continue
        compared += 1
        shown = [(a.start, frozenset((f.kind, f.name) for f in a.facts)) for a in answers]
        assert len(set(shown)) == len(shown)
        assert set(shown) == all_of_them, seed
        assert [a.rank for a in answers] == sorted(a.rank for a in answers)
        found += bool(answers)
        several += len(answers) > 1
        for answer in answers:
            rigid = stuck_states.rigid_of(Context(rulebook_, 2_000_000), rules, answer)
            assert deadlocked(rules, answer.start, MATTER, rigid)
    assert compared > WORLDS // 8
    assert found >= 3
    assert several >= 3


def test_with_too_little_effort_nothing_is_decided() -> None:
    book_ = next(b for b in map(world, range(400)) if _asks(b))
    made = check.run(Context(book_, 1))
    assert made.findings == ()
    assert [u.check for u in made.undecided] == ["GM302"]


def _asks(rulebook_: Rulebook) -> bool:
    rules, seats = rules_of(rulebook_, {})
    rule = rule_on(rules, Gathering(body=BODY, present=tuple(places(rules.bodies[BODY]))), MATTER)
    if rule is None or rule.carried is None or not seats.cells:
        return False
    made = check.run(Context(rulebook_, 2_000_000))
    if not any("divided" in str(f.evidence["facts"]) for f in made.findings):
        return False
    answer = no_side_carries(rules, seats, rule, seats.full, None, presided=False, effort=1)
    return answer.verdict is Verdict.UNKNOWN
