"""The simulator and the solver on random constitutions: what one calls impossible never happens in the
other, and what one says can happen does, when it is put on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from sim_worlds import meets, scenario

from govmodel.errors import InputError
from govmodel.model.expressions import Frequency, Length, Threshold
from govmodel.model.record import Record
from govmodel.model.rules import Rules
from govmodel.model.scenario import Officers
from govmodel.model.verdict import Gathering
from govmodel.reading import under
from govmodel.semantics import meeting as judge
from govmodel.semantics.cells import Electorate, casting_places
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import rule_for, rules_for
from govmodel.semantics.items import Rigid, decides
from govmodel.semantics.presiding import chain, presiding
from govmodel.sim import plan, replay
from govmodel.sim.enacting import NotEnacted, enact
from govmodel.smt.ask import Session
from govmodel.smt.questions import meetings as solver
from strategies.agreement import rules_of
from strategies.books import book
from strategies.dice import Rolled
from strategies.meetings import BODY, MATTERS, board, decision, office, presides, rulebook, seat

F = Fraction
EXTRA = (None, "casting", "additional")
SHARED: list[Session] = []


def beside() -> Session:
    """A session whose context is shared: making one is dear."""
    if len(SHARED) % 100 == 0:
        SHARED[:] = [Session("")]
    else:
        SHARED.append(SHARED[0])
    return SHARED[0]


def simulated(rules: Rules, seed: int) -> tuple[Record, ...] | None:
    """What happens in two replications of four years; None: the simulator does not run this body."""
    body = rules.bodies[BODY]
    # Where the text has a second meeting, it is a week later.
    inquorate = tuple(replace(rule, resumes=Length(1, "week")) for rule in body.inquorate)
    # In every third constitution the offices that no rotation fills are filled by election, each year.
    yearly: dict[str, Any] = {
        "chosen_by": "election",
        "chosen_every": Frequency(1, "year"),
        "of": BODY,
        "matter": MATTERS[0],
    }
    chosen = {name: replace(o, **yearly) for name, o in rules.offices.items() if not o.rotation}
    offices = {**rules.offices, **chosen} if seed % 3 == 0 else rules.offices
    run = replace(
        rules, bodies={BODY: replace(body, meetings=(meets(),), inquorate=inquorate)}, offices=offices
    )
    world = scenario(
        attendance=F(6, 10), per_meeting=3, in_favour=F(1, 2), consensus=F(1, 10), spread="fixed",
        interests=F(1, 10), matters={"other": F(1, 3), **dict.fromkeys(MATTERS, F(1, 3))},
    )  # fmt: skip
    world = replace(world, officers=Officers(again=F(1, 2), stays=False, at_once=True))
    try:
        whole = plan(run, world, years=4, seed=seed)
    except InputError:
        return None
    return replay(whole, 1) + replay(whole, 2)


def fewest(rules: Rules, seats: Electorate, matter: str, extra: str | None) -> int | None:
    """The fewest votes that the solver says can carry a matter; None: it says that none can."""
    rule = rule_for(seats.body, matter)
    assert rule is not None
    return solver.fewest_to_carry(rules, seats, rule, extra, beside=beside()).number


def compare(seed: int, seen: Counter[str]) -> None:
    rules, seats = rules_of(rulebook(Rolled(seed), most_seats=6), {})
    body = seats.body
    try:
        quorum = solver.reachable(rules, seats, beside=beside()).number
    except NotCountable:
        seen["not countable"] += 1
        return
    records = simulated(rules, seed)
    if records is None:
        seen["not run"] += 1
    else:
        impossible(rules, seats, quorum, records, seen)
    rules = with_a_second_round(rules)
    for gathering in witnesses(rules, body.name, quorum):
        try:
            found = enact(rules, gathering)
        except NotEnacted:
            seen["not enacted"] += 1
            continue
        assert found.quorate == judge.quorate(rules, gathering), seed
        seen["enacted, a second time"] += len(judge.sittings(body)) > 1 and found.quorate
        if found.outcome == "inquorate":
            seen["enacted, inquorate"] += 1
            continue
        tally = judge.tally(rules, gathering)
        if tally.outcome == "not allowed":
            seen["not allowed"] += 1  # somebody votes who has no vote
            continue
        if found.outcome == "tied" and tally.outcome in ("lost", "carried"):
            assert judge.governing(rules, gathering).equal_votes is not None  # type: ignore[union-attr]
        else:
            assert found.outcome == tally.outcome, (seed, gathering, found, tally)
        seen[f"enacted, {found.outcome}"] += 1
        seen["enacted, in a second round"] += gathering.election_round == 2 and found.outcome == "carried"
        if found.outcome == "no rule":
            continue  # the judge counts no second vote where no rule says what votes do
        assert found.in_favour + (found.casting > 0) == tally.in_favour, (seed, gathering)
        assert found.against + (found.casting < 0) == tally.against, (seed, gathering)


def with_a_second_round(rules: Rules) -> Rules:
    """The last matter is that of an election, which has a second round by the rule on any."""
    body = rules.bodies[BODY]
    more = [replace(d, matters=(MATTERS[-1],), round=2) for d in body.decisions if "any" in d.matters]
    return replace(rules, bodies={**rules.bodies, BODY: replace(body, decisions=(*body.decisions, *more))})


def impossible(
    rules: Rules, seats: Electorate, quorum: int | None, records: tuple[Record, ...], seen: Counter[str]
) -> None:
    """Nothing that the solver calls impossible is among what happened."""
    known: dict[tuple[str, str | None], int | None] = {}
    for record in records:
        gathering, facts = record.gathering, record.facts
        if record.what == "office" and facts["outcome"] != "inquorate" and gathering is not None:
            seen["offices put to a vote"] += 1
        if record.what == "meeting":
            if facts["quorate"]:
                assert quorum is not None
                assert quorum <= facts["counted"]
                seen["quorate meetings"] += 1
                seen["second meetings"] += facts["goes_on"]
            continue
        if gathering is None or facts["outcome"] not in ("carried", "tied"):
            continue
        if not judge.quorate(rules, gathering) or judge.governing(rules, gathering) is None:
            continue  # business may go on without a quorum, and what nobody opposes without a rule
        presider = presiding(seats.body, gathering.chair, gathering.deputy)
        extra = presider.extra_vote if presider and gathering.presider in gathering.present else None
        if gathering.barred or gathering.abstaining:
            continue  # the solver's question is of a meeting where all present vote
        if extra in ("casting", "additional") and presider and presider.who != chain(seats.body)[0]:
            continue  # and where a second vote is that of the chair
        matter = "any" if gathering.matter == "other" else gathering.matter
        if len(rules_for(seats.body, matter)) > 1 or rule_for(seats.body, matter) is None:
            continue
        if facts["outcome"] == "tied":
            if extra != "additional":
                tied(rules, seats, matter, gathering, seen)
            continue
        key = matter, extra if extra != "none" else None
        try:
            if key not in known:
                known[key] = fewest(rules, seats, *key)
        except NotCountable:
            continue
        least = known[key]
        assert least is not None, (gathering, facts)
        votes = facts["votes_for"] - (extra == "additional" and gathering.presider in gathering.in_favour)
        assert least <= votes
        seen["carried items"] += 1


def tied(rules: Rules, seats: Electorate, matter: str, gathering: Gathering, seen: Counter[str]) -> None:
    rule = rule_for(seats.body, matter)
    assert rule is not None
    try:
        least = solver.equal_votes(rules, seats, rule, seats.full, beside=beside()).number
    except NotCountable:
        return
    assert least is not None
    assert least <= len(gathering.present)
    seen["equal votes"] += 1


def witnesses(rules: Rules, name: str, quorum: int | None) -> Iterator[Gathering]:
    """Gatherings that show what the solver says can be: the fewest who are quorate, all who may come, and
    at each of them votes one way, the other way and divided."""
    body = rules.bodies[name]
    who = tuple(places(body))
    rooms = [
        tuple(p for p, there in zip(who, row, strict=True) if there)
        for row in product((0, 1), repeat=len(who))
    ]
    small = [r for r in rooms if len(r) == quorum and judge.quorate(rules, Gathering(body=name, present=r))]
    chosen = [who, rooms[0], *small[:1]]
    for room in dict.fromkeys(chosen):
        casting = casting_places(body, room)
        silent = tuple(p for p in room if p not in casting)
        for matter in ("any", *MATTERS):
            for favour in sorted({0, len(casting) // 2, (len(casting) + 1) // 2, len(casting)}):
                for chair in ("present", "absent", "vacant"):
                    presided = chair != "vacant" and presiding(body, chair, "absent") is not None
                    once = Gathering(
                        body=name, present=room, in_favour=casting[:favour], against=casting[favour:],
                        abstaining=silent, chair=chair, deputy="absent", matter=matter,
                        presider=room[0] if presided and room else None,
                    )  # fmt: skip
                    yield once
                    if matter == MATTERS[-1]:
                        yield replace(once, election_round=2)


WANTED = (
    "quorate meetings", "second meetings", "enacted, a second time",
    "enacted, in a second round",
    "carried items", "equal votes", "enacted, carried", "enacted, lost",
    "enacted, tied", "offices put to a vote",
)  # fmt: skip

RARE = ("enacted, tied", "second meetings")
"""Too rare to be in every part of a larger run."""


def test_a_hundred_constitutions() -> None:
    seen: Counter[str] = Counter()
    for seed in range(100):
        compare(seed, seen)
    assert all(seen[what] > 3 for what in WANTED), seen


def test_votes_count_where_nobody_may_preside_and_yet_the_text_leads_to_none() -> None:
    """The chair presides, and nobody else: decision 28."""
    half = Threshold(kind="share", share=F(1, 2), strict=True, base="voting")
    made = book(
        (board(), seat("s", low=6, high=6), presides(0, "the-chair"), office("the-chair"), decision(half))
    )
    rules = under(made)
    here = tuple(places(rules.bodies[BODY]))[:4]
    room = Gathering(body=BODY, present=here, in_favour=here, chair="absent", deputy="absent")
    assert presiding(rules.bodies[BODY], "absent", "absent") is None
    assert judge.tally(rules, room).outcome == enact(rules, room).outcome == "carried"
    assert decides(rules, BODY, "any", Rigid())
    assert not decides(rules, BODY, "any", Rigid(vacant=frozenset({"the-chair"})))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(19))
def test_two_thousand_constitutions(part: int) -> None:
    """With the hundred above."""
    seen: Counter[str] = Counter()
    for seed in range(100 + part * 100, 200 + part * 100):
        compare(seed, seen)
    assert all(seen[what] > 3 for what in WANTED if what not in RARE), seen
