"""Questions about which gatherings are quorate, and what a bare quorum can carry."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.model.expressions import Condition
from govmodel.model.rules import DecisionRule, QuorumRule, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import heads_of
from govmodel.semantics.meeting import rounding
from govmodel.smt.ask import EFFORT, Numbers, Session
from govmodel.smt.heads import renamed, stated
from govmodel.smt.operators import every, some
from govmodel.smt.questions.answers import numbered, possible
from govmodel.smt.questions.meetings import (
    _applies,
    _attendance,
    _carried,
    _quorate,
    _total,
    _voiceless,
    _votes,
)


def disjoint(
    rules: Rules,
    electorate: Electorate,
    ways: Sequence[tuple[DecisionRule, Condition | None]] = (),
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    at: tuple[Sequence[int], Sequence[int]] | None = None,
) -> Answer:
    """FAILS iff two gatherings without a common member can both be quorate, and each carry a matter by one of
    the `ways` (a rule, and its case) when all of them who have a vote on it vote for it. `at`: two, by a
    closed form."""
    session = Session(_attendance(electorate, "p") + _attendance(electorate, "q"), effort, beside=beside)
    apart = every(f"(<= (+ p{i} q{i}) {n})" for i, n in enumerate(electorate.full))
    session.add(f"(assert {apart})")
    quorate = _quorate(rules, electorate, beside)
    session.add(f"(assert {quorate})(assert {renamed(quorate, 'q')})")
    if ways:
        carried = some(_carried_by_all(rules, electorate, *way) for way in ways)
        session.add(f"(assert {carried})(assert {renamed(carried, 'q')})")
    return possible(session, {**numbered("p", at[0]), **numbered("q", at[1])} if at is not None else None)


def binds(
    rules: Rules,
    electorate: Electorate,
    part: QuorumRule,
    others: Sequence[QuorumRule],
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
) -> Answer:
    """FAILS iff some attendance meets the other conditions of a quorum and not this one: it binds."""
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    for other in others:
        session.add(f"(assert {_one(rules, electorate, other)})")
    session.add(f"(assert (not {_one(rules, electorate, part)}))")
    return possible(session)


def bare_quorum_carries(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    least: int,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    at: Sequence[int] | None = None,
) -> Answer:
    """FAILS iff `least` members are quorate in some way, and carry a matter when all of them who have a vote
    on it vote for it. `at`: so many who are quorate, by a closed form."""
    if decision.carried is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    session.add(f"(assert (= {_total(electorate, 'p')} {least}))")
    cast = _votes(electorate, "p", _voiceless(rules, electorate, decision))
    session.add(f"(assert (> {cast} 0))")
    session.add(f"(assert {_carried(rules, electorate, decision.carried, cast, '0')})")
    return possible(session, numbered("p", at) if at is not None else None)


def _carried_by_all(
    rules: Rules, electorate: Electorate, decision: DecisionRule, case: Condition | None
) -> str:
    if decision.carried is None:
        return "false"
    cast = _votes(electorate, "p", _voiceless(rules, electorate, decision), at_once=True)
    carried = _carried(rules, electorate, decision.carried, cast, "0")
    return every([f"(> {cast} 0)", _applies(rules, electorate, case), carried])


def _one(rules: Rules, electorate: Electorate, quorum: QuorumRule) -> str:
    return stated(heads_of(rules, quorum), electorate, "p", rounding(rules, quorum.rounding), quorum.counts)
