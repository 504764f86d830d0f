"""Questions about which gatherings are quorate, and what a bare quorum can carry."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.model.rules import DecisionRule, QuorumRule, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import heads_of
from govmodel.semantics.meeting import rounding
from govmodel.smt.ask import EFFORT, Numbers, Session
from govmodel.smt.questions.meetings import (
    _attendance,
    _carried,
    _condition,
    _quorate,
    _total,
    _voiceless,
    _votes,
)


def disjoint(
    rules: Rules, electorate: Electorate, *, effort: int = EFFORT, beside: Session | Numbers | None = None
) -> Answer:
    """FAILS iff two gatherings without a common member can both be quorate."""
    session = Session(_attendance(electorate, "p") + _attendance(electorate, "q"), effort, beside=beside)
    apart = " ".join(f"(<= (+ p{i} q{i}) {n})" for i, n in enumerate(electorate.full))
    session.add(f"(assert (and true {apart}))")
    for name in ("p", "q"):
        session.add(f"(assert {_quorate(rules, electorate, name)})")
    return _possible(session)


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
    return _possible(session)


def bare_quorum_carries(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    least: int,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
) -> Answer:
    """FAILS iff `least` members are quorate in some way, and carry a matter when all of them who have a vote
    on it vote for it."""
    if decision.carried is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    session.add(f"(assert {_quorate(rules, electorate, 'p')})")
    session.add(f"(assert (= {_total(electorate, 'p')} {least}))")
    cast = _votes(electorate, "p", _voiceless(rules, electorate, decision))
    session.add(f"(assert (> {cast} 0))")
    session.add(f"(assert {_carried(rules, electorate, decision.carried, cast, '0')})")
    return _possible(session)


def _one(rules: Rules, electorate: Electorate, quorum: QuorumRule) -> str:
    return _condition(
        heads_of(rules, quorum), electorate, "p", rounding(rules, quorum.rounding), quorum.counts
    )


def _possible(session: Session) -> Answer:
    result = session.ask()
    if result.status == "unknown":
        return Answer(Verdict.UNKNOWN, why=result.why)
    return Answer(Verdict.FAILS if result.status == "sat" else Verdict.HOLDS)
