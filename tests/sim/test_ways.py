"""Every witness about routes put on in the simulator: what is stuck stays stuck, what goes round goes round,
and where somebody is left who can settle it, it is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import takewhile
from typing import Any

import pytest
from sim_worlds import (
    at_least,
    board,
    constitution,
    decision,
    matter,
    meets,
    office,
    quorum,
    route,
    scenario,
    seat,
)

from govmodel.checks.context import Context
from govmodel.checks.decisions.stuck import Unsure, rigid_of, states
from govmodel.errors import InputError
from govmodel.graph.asked import Asked
from govmodel.graph.escalations import cycles, dead_ends
from govmodel.model.expressions import Threshold
from govmodel.model.rules import DecisionRule, Rulebook, Rules
from govmodel.model.scenario import Escalation, Receiver
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics import items as judge
from govmodel.semantics import meeting
from govmodel.semantics.actors import Actor, Ends, ends
from govmodel.semantics.cells import casting_places
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.items import Rigid
from govmodel.semantics.meeting import governing, interest_rules, left_out
from govmodel.semantics.presiding import chain, presiding
from govmodel.sim import plan, replay, simulate_all
from govmodel.sim.enacting import NotEnacted, enact
from govmodel.sim.walking import walk
from strategies.agreement import rules_of
from strategies.disputes import MATTER, world
from strategies.meetings import BODY


def decided(rules: Rules, body: str, rigid: Rigid) -> bool:
    """Whether one side carries at a meeting of the simulator that is as helpful as it can be."""
    own = rules.bodies[body]
    name, found = judge.rules_on(rules, body, MATTER)
    if not found or not places(own):
        return True
    first, second = ("vacant" if office in rigid.vacant else "present" for office in chain(own))
    link = presiding(own, first, second)
    if link is None and own.presiding:
        return False
    barred = judge.away(rules, body, rigid)
    leave = any(i.withdraws == "must" for i in interest_rules(own))
    present = tuple(p for p in places(own) if not (leave and p in barred))
    room = Gathering(
        body=body, present=present, barred=tuple(p for p in barred if p in present), matter=name,
        chair=first, deputy=second,
    )  # fmt: skip
    rule = governing(rules, room)
    if rule is not None:
        mute = left_out(rules, room, rule.without)
        mute |= left_out(rules, room, rule.carried.without if rule.carried else None)
        present = tuple(p for p in present if p not in barred and p not in mute)
    for presider in present if link is not None else (None,):
        casting = casting_places(own, present, (presider,) if presider else ())
        favour = set(rigid.favour.get(body, casting))
        sides = tuple(p for p in casting if p in favour), tuple(p for p in casting if p not in favour)
        silent = tuple(p for p in present if p not in casting)
        for one, other in (sides, sides[::-1]):
            ballot = replace(room, presider=presider, in_favour=one, against=other, abstaining=silent)
            outcome = enact(rules, ballot).outcome
            lot = outcome == "tied" and rule is not None and rule.equal_votes == "lot"
            # Where it is not said how it is decided, nothing keeps a quorate meeting from deciding it.
            if outcome == "carried" or lot or (outcome == "no rule" and rule is None):
                return True
    return False


def able(rules: Rules, all_ends: tuple[Ends, ...], at: Actor, rigid: Rigid) -> bool:
    """Whether somebody settles it: the text lets them, and they are in a position to."""
    own = rules.bodies.get(at.name) if at.kind == "body" else None
    if own is None or own.external or not judge.settles(rules, all_ends, at, MATTER):
        return judge.settled_at(rules, all_ends, at, MATTER, rigid)
    return decided(rules, at.name, rigid)


def walked(rules: Rules, start: Actor, rigid: Rigid, seen: Counter[str]) -> bool:
    """Put an item on every way that it can take. Gives whether it is settled on one of them."""
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    ways = judge.reach(rules, all_ends, start, MATTER, rigid)
    settling = {at.key for at in ways if able(rules, all_ends, at, rigid)}
    assert settling == {at.key for at in ways if judge.settled_at(rules, all_ends, at, MATTER, rigid)}
    meet = {at.key for at in ways if at.kind == "body" and not rules.bodies[at.name].external}
    ended: set[str | None] = set()
    for way in ways.values():
        path = [start.key, *(to.key for _, to, _ in way)]
        found = walk(rules, path, settling, meet)
        expected = [*takewhile(lambda name: name not in settling, path)]
        if len(expected) < len(path):
            expected.append(path[len(expected)])
        assert found.came_to[: len(expected)] == tuple(expected)
        assert set(found.came_to) == set(expected)
        assert found.settled_by == (expected[-1] if expected[-1] in settling else None)
        ended.add(found.settled_by)
        seen["ways"] += 1
    return ended != {None}


def stuck(book: Rulebook, rules: Rules) -> Iterator[tuple[Actor, Rigid]]:
    """The deadlocks that the check finds, confirmed by closed form and solver."""
    context = Context(book, 2_000_000)
    try:
        every = states(context, rules, MATTER)
    except (NotCountable, Unsure):
        return
    for found in every:
        yield found.start, rigid_of(context, rules, found)


def compare(seed: int, seen: Counter[str]) -> None:
    book = world(seed)
    rules, _ = rules_of(book, {})
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    try:
        for start, rigid in stuck(book, rules):
            assert not walked(rules, start, rigid, seen)
            seen["deadlocks"] += 1
        for start in judge.arises(rules, all_ends, MATTER):
            settled = walked(rules, start, Rigid(), seen)
            assert settled is not judge.deadlocked(rules, start, MATTER, Rigid())
            seen["settled" if settled else "never settled"] += 1
    except (NotEnacted, NotCountable):
        seen["not enacted"] += 1
    try:
        run_of(rules, seed, seen)
    except NotCountable:
        seen["not run"] += 1
    for own in (rules, powerless(rules)):
        for asked in dead_ends(own):
            ended(own, asked, seen)
        for asked in cycles(own):
            goes_round(own, asked, seen)


def nobody_asks(rules: Rules) -> bool:
    """Whether a meeting to which all come who can has no quorum, or nobody who may put it to the vote."""
    own = rules.bodies[BODY]
    everyone = Gathering(body=BODY, present=tuple(places(own, meeting.counted_roles(own))))
    unled = bool(own.presiding) and presiding(own, "present", "present") is None
    return unled or not meeting.quorate(rules, everyone)


def run_of(rules: Rules, seed: int, seen: Counter[str]) -> None:
    """Two replications of four years: what must be settled is settled by nobody whom the text does not let,
    and not at all where the judge says that nobody whom it can reach settles it. The judge speaks of meetings
    to which all come and at which somebody puts it to the vote; in a run, votes that are cast count though
    nobody may preside (decision 28), and fewer may come, which only a quorum that many spoil is served by."""
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    start = Actor("body", BODY)
    within = judge.reach(rules, all_ends, start, MATTER, Rigid())
    titles = {o.name: o.title for o in rules.offices.values()}
    titles |= {b.name: b.title for b in rules.bodies.values()}
    able = {
        titles.get(at.name, at.name.replace("-", " "))
        for at in within
        if judge.settles(rules, all_ends, at, MATTER)
    }
    own = replace(rules.bodies[BODY], meetings=(meets(),))
    # Of outsiders the scenario says whether they settle it: as the judge has it.
    answers = {
        at.name: Receiver(settles=Fraction(judge.settles(rules, all_ends, at, MATTER)), first=0, last=5)
        for at in within
    }
    ladder = Escalation(after=2, default=Receiver(settles=Fraction(0), first=0, last=0), by_receiver=answers)
    world = scenario(
        attendance=Fraction(9, 10), in_favour=Fraction(2, 3), matters={MATTER: Fraction(1)}, escalation=ladder
    )
    try:
        whole = plan(replace(rules, bodies={**rules.bodies, BODY: own}), world, years=4, seed=seed)
    except InputError:
        seen["not run"] += 1
        return
    dead = judge.deadlocked(rules, start, MATTER, Rigid())
    beyond = dead and nobody_asks(rules)
    for record in (*replay(whole, 1), *replay(whole, 2)):
        if record.what not in ("item", "referral"):
            continue
        by = [passed["to"] for passed in record.facts["passed_on"] if passed["answer"] == "settled"]
        if not record.facts["open"] and record.facts["outcome"] != "referred":
            by.append(rules.bodies[BODY].title)
        for name in by:
            assert not dead or (beyond and name == rules.bodies[BODY].title)
            assert name in able
            seen["settled in a run" if not dead else "settled by votes that nobody may ask for"] += 1
        seen["dead in a run"] += dead


def powerless(rules: Rules) -> Rules:
    """The same with nobody who may settle anything: then escalations lead round, or to an end."""
    routes = tuple(replace(r, effect=None) for r in rules.routes if r.verb == "escalates_to")
    bodies = {name: replace(body, decisions=()) for name, body in rules.bodies.items()}
    return replace(rules, routes=routes, bodies=bodies)


def path_of(asked: Asked) -> list[str]:
    steps = asked.path.steps
    return [steps[0][0], *(to for _, _, to, _ in steps if to != "nobody")]


def ended(rules: Rules, asked: Asked, seen: Counter[str]) -> None:
    """An escalation that comes to an end: the item comes to the last on the path, and to nobody else."""
    if asked.answer.verdict is not Verdict.FAILS:
        return
    path = path_of(asked)
    for meet in ((), path):
        found = walk(rules, path, (), meet)
        assert [*dict.fromkeys(found.came_to)] == path
        assert found.settled_by is None
        assert all(record.facts["open"] for record in found.records)
    seen["dead ends"] += 1


def goes_round(rules: Rules, asked: Asked, seen: Counter[str]) -> None:
    """A livelock: whoever is on the way hears it again and again, and nobody settles it."""
    if asked.answer.verdict is not Verdict.FAILS:
        return
    path = path_of(asked)
    assert path[0] == path[-1]
    found = walk(rules, path, (), path)
    round_ = path[:-1]
    assert len(found.came_to) > 3 * len(round_)
    assert all(name == round_[i % len(round_)] for i, name in enumerate(found.came_to))
    assert found.settled_by is None
    seen["circles"] += 1


def one_matter(*decisions: DecisionRule, settle: bool = False, **more: Any) -> Rules:
    """A board and an office of its own, and a grant, which is a kind of spending."""
    wider = matter("spending", settle=settle)
    grant = replace(matter("grant"), kind_of="spending")
    chair = replace(office("the-chair"), of="board")
    body = board([seat(f"s{i}") for i in range(3)], decisions=(decision(), *decisions))
    return constitution(body, offices=(chair,), matters=(wider, grant), **more)


def test_a_matter_is_decided_as_the_wider_one_of_which_the_text_speaks() -> None:
    """Spending needs all: so does a grant, of which the text says nothing else."""
    all_of_them = decision(Threshold(kind="all", base="members"), matters=("spending",))
    for rules, needs in ((one_matter(), 2), (one_matter(all_of_them), 3)):
        world = scenario(attendance=Fraction(1), in_favour=Fraction(2, 3), matters={"grant": Fraction(1)})
        items = [r for r in replay(plan(rules, world, years=4, seed=1), 1) if r.what == "item"]
        assert items
        for record in items:
            carried = record.facts["outcome"] == "carried"
            assert carried is (record.facts["votes_for"] >= needs)
            assert record.gathering is not None
            assert meeting.tally(rules, record.gathering).outcome == record.facts["outcome"]


def test_who_has_no_power_settles_nothing_that_must_be_settled() -> None:
    """The chair receives what must be settled, and the text gives the chair no power over it."""
    to_the_chair = route("board", "the-chair", ["grant"])
    cases: list[tuple[bool, Any, bool]] = [(True, None, False), (True, "final", True), (False, None, True)]
    for settle, effect, settled in cases:
        rules = one_matter(settle=settle, routes=[replace(to_the_chair, effect=effect)])
        world = scenario(attendance=Fraction(1), in_favour=Fraction(0), matters={"grant": Fraction(1)})
        nobody = replace(rules.bodies["board"], quorum=(quorum(at_least(4)),))
        whole = plan(replace(rules, bodies={"board": nobody}), world, years=4, seed=1)
        tallies = simulate_all(whole, 20)
        assert bool(tallies.of(0, "settled").sum()) is settled
        assert bool(tallies.of(0, "stuck").sum()) is not settled


WANTED = (
    *("ways", "deadlocks", "settled", "never settled", "dead ends", "circles"),
    *("settled in a run", "dead in a run"),
)


def test_ways_of_fifty_constitutions() -> None:
    seen: Counter[str] = Counter()
    for seed in range(50):
        compare(seed, seen)
    assert all(seen[what] > 1 for what in WANTED), seen


@pytest.mark.slow
@pytest.mark.parametrize("part", range(15))
def test_ways_of_two_thousand_constitutions(part: int) -> None:
    """With the fifty above."""
    seen: Counter[str] = Counter()
    for seed in range(50 + part * 130, 180 + part * 130):
        compare(seed, seen)
    assert all(seen[what] > 1 for what in WANTED), seen
