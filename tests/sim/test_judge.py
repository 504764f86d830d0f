"""Simulated meetings judged again by `semantics`, one by one: the two must say the same of each."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from sim_worlds import (
    HEAD,
    at_least,
    board,
    constitution,
    decision,
    interest,
    matter,
    office,
    presides,
    quorum,
    scenario,
    seat,
    standin,
)

from govmodel.errors import InputError
from govmodel.model import rules as r
from govmodel.model.chances import Chances
from govmodel.model.expressions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Count,
    Flag,
    Not,
    Number,
    Pick,
    Share,
    Sum,
    Threshold,
    Times,
)
from govmodel.model.record import Record
from govmodel.model.uses import Uses
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics import counting, meeting
from govmodel.semantics.presiding import chain, presiding
from govmodel.sim import Plan, plan, replay
from govmodel.sim.heads import holds

F = Fraction
CLASSES = ("red", "green")
SHARES = st.sampled_from([F(1, 3), F(1, 2), F(2, 3), F(3, 4)])
COUNTS = st.builds(
    Count,
    st.sampled_from(["present", "members", "seats"]),
    st.sampled_from([(), ("red",), ("green",), ("red", "green"), ("s0",)]),
    st.sampled_from([None, None, None, "red"]),
    st.sampled_from([False, False, True]),
)
SIMPLE = st.one_of(
    st.builds(Number, st.integers(0, 5).map(F)),
    COUNTS,
    st.builds(Share, SHARES, COUNTS, st.booleans()),
)
AMOUNTS = st.one_of(
    SIMPLE,
    st.builds(Times, SHARES, SIMPLE),
    st.builds(Pick, st.sampled_from(["greater", "lesser"]), SIMPLE, SIMPLE),
    st.builds(Sum, st.tuples(SIMPLE, SIMPLE), st.tuples(SIMPLE)),
)
COMPARISONS = st.builds(Comparison, AMOUNTS, st.sampled_from([">=", "<=", ">", "<", "="]), AMOUNTS)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.builds(All, st.tuples(inner, inner)),
        st.builds(AnyOf, st.tuples(inner, inner)),
        st.builds(Not, inner),
    ),
    max_leaves=3,
)
BASES = st.sampled_from([None, "voting", "present", "members", "seats", "entitled", "taking-part"])
THRESHOLDS = st.one_of(
    st.just(Threshold(kind="consensus")),
    st.just(Threshold(kind="plurality")),
    st.builds(lambda n: Threshold(kind="count", number=n), st.integers(1, 4)),
    st.builds(lambda n, b: Threshold(kind="all", number=n, base=b), st.integers(0, 1), BASES),
    st.builds(
        lambda s, t, b, w: Threshold(kind="share", share=s, strict=t, base=b, without=w),
        SHARES,
        st.booleans(),
        BASES,
        st.sampled_from([None, None, "red"]),
    ),
    st.just(
        Threshold(
            kind="formula",
            formula=Comparison(Count("for"), ">", Times(F(2), Count("against"))),
        )
    ),
)


@settings(deadline=None, max_examples=150)
@given(
    CONDITIONS,
    st.sampled_from(["up", "nearest", "down"]),
    st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=4),
)
def test_conditions_over_heads(condition: Condition, rounding: str, rooms: list[list[bool]]) -> None:
    sent = ("s0", "s0", "s2", "s3", None)
    seats = [replace(seat(f"s{i}", [CLASSES[i % 2]]), party=sent[i]) for i in range(5)]
    body = board(seats)
    groups = [counting.groups_of(s) for s in seats]
    here = np.array(rooms).T

    def count(what: Count) -> Any:
        rows = here if what.of == "present" else np.ones_like(here)
        among = [i for i, own in enumerate(groups) if not what.groups or own & set(what.groups)]
        among = [i for i in among if what.without not in groups[i]]
        if what.parties:  # s0 and s1 come from one organisation, s4 from none
            there = [rows[[i for i in among if i in own]].any(axis=0) for own in ((0, 1), (2,), (3,))]
            return np.array(there).sum(axis=0, dtype=np.int64)
        return rows[among].sum(axis=0, dtype=np.int64)

    found = np.broadcast_to(holds(condition, count, rounding), (len(rooms),))
    for column, row in enumerate(rooms):
        present = [s.name for s, there in zip(seats, row, strict=True) if there]
        assert counting.holds(condition, counting.room(body, present), rounding) == found[column]


def cap(parties: tuple[str, ...], at_most: int) -> r.CapRule:
    return r.CapRule(**HEAD, body="board", parties=parties, at_most=at_most)


@st.composite
def worlds(draw: st.DrawFn) -> Plan:
    """A board with everything that a meeting can depend on, and members who come, vote and leave."""
    number = draw(st.integers(2, 6))
    seats = [
        seat(f"s{i}", [draw(st.sampled_from(CLASSES))], votes=draw(st.sampled_from([1, 1, 1, 2])))
        for i in range(number)
    ]
    if draw(st.booleans()):
        seats[0] = replace(seats[0], low=2, high=2)
    names = [s.name for s in seats]
    late = AnyOf((Flag("chair.late"), Flag("chair.conflicted")))
    chain = (
        presides(0, "chair", draw(st.sampled_from(["casting", "additional", "none", None]))),
        presides(
            1, "deputy", draw(st.sampled_from(["casting", "none"])), draw(st.sampled_from([None, late]))
        ),
        presides(2, "agreed", draw(st.sampled_from(["casting", None]))),
    )
    body = board(
        seats,
        quorum=tuple(quorum(c) for c in draw(st.lists(CONDITIONS, max_size=1)))
        or draw(st.sampled_from([(), (quorum(at_least(2)),)])),
        decisions=(
            decision(draw(THRESHOLDS), without=draw(st.sampled_from([None, None, None, "green"]))),
            decision(
                draw(THRESHOLDS),
                matters=("grant",),
                equal_votes=draw(st.sampled_from([None, "deferred"])),
                proxies=draw(st.sampled_from([None, None, "yes", "should", "no"])),
            ),
        )[: draw(st.integers(1, 2))],
        presiding=chain[: draw(st.integers(0, 3))],
        standins=draw(
            st.sampled_from(
                [
                    (),
                    (standin(),),
                    (standin(counts_to_quorum=False),),
                    (standin(votes=False), standin("proxy", seats="red")),
                    (standin("proxy", matter="grant"),),
                ]
            )
        ),
        interests=draw(
            st.sampled_from(
                [
                    (),
                    (interest(),),
                    (interest(withdraws="no"),),
                    (interest(withdraws="no", counts_to_quorum=False),),
                    (interest(votes=None, withdraws="may"),),
                ]
            )
        ),
        caps=draw(
            st.sampled_from(
                [(), (cap(("s0",), 1),), (cap(("s0", "s1"), 1),), (cap(("s0",), 2), cap(("s0", "s1"), 2))]
            )
        ),
    )
    rules = constitution(
        body,
        reading={
            "equal-votes": draw(st.sampled_from(["not-carried", "undecided"])),
            "base-of-a-majority": draw(st.sampled_from(["voting", "present", "members"])),
            "quorum-measured": draw(st.sampled_from(["throughout", "start"])),
            "rounding": draw(st.sampled_from(["up", "nearest", "down"])),
        },
        offices=(
            office("chair", [[draw(st.sampled_from([*names, "outsider"]))], [draw(st.sampled_from(names))]]),
            office("deputy", follows="chair"),
        ),
        matters=(matter("grant", interested=["red"]),),
    )
    world = scenario(
        attendance=draw(st.sampled_from([F(1), F(7, 10), F(1, 2)])),
        standins=F(1, 2),
        per_meeting=3,
        in_favour=F(1, 2),
        abstain=draw(st.sampled_from([F(0), F(1, 5)])),
        consensus=F(1, 5),
        interests=draw(st.sampled_from([F(0), F(1, 4)])),
        matters={"other": F(1, 2), "grant": F(1, 2)},
        uses=Uses(proxies=draw(st.sampled_from([None, Chances(default=F(2, 3))]))),
    )
    try:
        return plan(rules, world, years=2, seed=draw(st.integers(0, 1000)))
    except InputError:
        reject()  # a quorum that leaves out somebody of whom it is not known who that is


def judge(whole: Plan, record: Record) -> None:
    rules, body, facts = whole.rules, whole.rules.bodies[record.body], record.facts
    gathering = record.gathering
    if gathering is None:
        return
    if record.what == "meeting":
        assert meeting.quorate(rules, gathering) == facts["quorate"]
        return
    rule = presiding(body, gathering.chair, gathering.deputy)
    offices = {o: p for o, p in zip(chain(body), (gathering.chair, gathering.deputy), strict=True) if o}
    if rule is None:
        assert gathering.presider is None
    elif rule.who in offices:
        assert offices[rule.who] == "present"
        assert gathering.presider in gathering.present
        assert gathering.presider not in gathering.standing_in
    measured = rules.reading["quorum-measured"]
    if measured == "throughout":
        assert meeting.quorate(rules, gathering) == (facts["outcome"] != "quorum lost")
    if facts["outcome"] == "quorum lost":
        return
    try:
        found = meeting.tally(rules, gathering)
    except counting.NotCountable:
        # The rule leaves out somebody of whom it is not known who that is: it decides nothing.
        assert facts["outcome"] == ("carried" if facts["agreed"] and facts["votes_for"] else "no rule")
        assert any("not known who has no vote" in said for said in whole.left_out)
        return
    assert found.outcome == facts["outcome"]
    assert found.casting_used == bool(facts["casting"])
    assert found.in_favour == facts["votes_for"] + (facts["casting"] > 0)
    assert found.against == facts["votes_against"] + (facts["casting"] < 0)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(worlds(), st.integers(1, 12))
def test_every_meeting_and_vote(whole: Plan, replication: int) -> None:
    records = replay(whole, replication)
    assert records
    for record in records:
        judge(whole, record)


def test_every_status_is_met() -> None:
    """The worlds above do reach what they are there for."""
    chair = office("chair", [["s0"], ["s1"]])
    body = board(
        [seat(f"s{i}") for i in range(4)],
        presiding=(presides(0, "chair", "casting"), presides(1, "deputy", "casting"), presides(2, "agreed")),
        interests=(interest(withdraws="may"),),
        standins=(standin(),),
        quorum=(quorum(at_least(2)),),
    )
    rules = constitution(body, offices=(chair, office("deputy", follows="chair")))
    whole = plan(rules, scenario(standins=F(1, 2), interests=F(1, 5), per_meeting=8), years=5, seed=3)
    gatherings = [
        record.gathering
        for replication in (1, 2, 3)
        for record in replay(whole, replication)
        if record.what == "item" and record.gathering
    ]
    assert {g.chair for g in gatherings} == set(STATUSES) - {"late", "vacant"}
    assert any(g.presider is None or g.standing_in for g in gatherings)


def test_votes_of_many_and_of_shares_with_large_numbers() -> None:
    """Numbers of votes are kept narrow; what does not fit is counted wide all the same."""
    for members, share in ((300, F(1, 2)), (40, F(501, 1000)), (200, F(9999, 20000))):
        carried = Threshold(kind="share", share=share, strict=True, base="members")
        body = board([seat(f"s{i}") for i in range(members)], decisions=(decision(carried),))
        whole = plan(constitution(body), scenario(attendance=F(1), per_meeting=20), years=2, seed=1)
        for record in replay(whole, 1):
            judge(whole, record)
    every = Threshold(kind="all", number=40_000, base="members")
    body = board([seat(f"s{i}") for i in range(5)], decisions=(decision(every),))
    for record in replay(plan(constitution(body), scenario(), years=1, seed=1), 1):
        judge(plan(constitution(body), scenario(), years=1, seed=1), record)
