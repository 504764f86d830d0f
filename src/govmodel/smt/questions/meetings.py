"""Questions about one meeting of one body under one reading: quorum, withdrawals, ties, capture.

Seats are counted per cell. Every question is asked of the same text: `p{i}` present of cell i.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from govmodel.model.expressions import Condition, Threshold
from govmodel.model.rules import DecisionRule, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cells import Electorate, one_each
from govmodel.semantics.counting import VOTING, NotCountable, heads_in, heads_of
from govmodel.semantics.meeting import TIES, rounding, sittings
from govmodel.smt.ask import EFFORT, Numbers, Session
from govmodel.smt.heads import stated
from govmodel.smt.operators import every, some, times, total
from govmodel.smt.questions.answers import FLIPPED, fewest_possible, least_of, numbered, possible

NOBODY: frozenset[int] = frozenset()


def reachable(
    rules: Rules,
    electorate: Electorate,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
    fewest: bool = True,
) -> Answer:
    """FAILS iff no attendance of the filled voting seats meets every quorum of the body. HOLDS gives
    the fewest that do (`number`) where they are asked for."""
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    if not fewest:
        found = possible(session, numbered("p", electorate.full))  # with everybody there, if at all
        return Answer(FLIPPED.get(found.verdict, found.verdict), why=found.why)
    return least_of(session, _total(electorate, "p"), sum(electorate.full), guess)


def withdrawals(
    rules: Rules,
    electorate: Electorate,
    start: Sequence[int],
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
) -> Answer:
    """FAILS iff some of a quorate meeting can leave so that it is quorate no more; `number`: the fewest."""
    session = Session(_attendance(electorate, "p", start), effort, beside=beside)
    session.add(f"(assert (not {_quorate(rules, electorate, beside)}))")
    left = f"(- {sum(start)} {_total(electorate, 'p')})"
    return fewest_possible(session, left, sum(start), guess)


def fewest_to_carry(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
    case: Condition | None = None,
) -> Answer:
    """FAILS iff something can be carried at a quorate meeting (in a case) where all present vote;
    `number`: the fewest in favour, the chair's second vote included."""
    if decision.carried is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    session.add("(declare-const f Int)(declare-const a Int)(assert (and (>= f 1) (>= a 0)))")
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    session.add(f"(assert {_applies(rules, electorate, case)})")
    mute = _voiceless(rules, electorate, decision)
    session.add(f"(assert (= (+ f a) {_votes(electorate, 'p', mute)}))")
    threshold = decision.carried

    def equal(favour: str) -> str:
        one_more = _carried(rules, electorate, threshold, f"(+ {favour} 1)", "a")
        return f"(and (= {favour} a) {one_more})" if threshold.kind in TIES else "false"

    def counted(favour: str) -> str:
        by_text = equal(favour) if decision.equal_votes == "carried" else "false"
        return f"(or {_carried(rules, electorate, threshold, favour, 'a')} {by_text})"

    chair = _chair(electorate, mute)
    second = {"additional": counted("(+ f 1)"), "casting": equal("f")}.get(extra_vote or "", "false")
    passes = f"(or {counted('f')} (and {chair} {second}))"
    session.add(f"(assert {passes})")
    return fewest_possible(session, "f", electorate.votes(electorate.full), guess)


def equal_votes(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    limit: Sequence[int],
    *,
    additional: bool = False,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
    case: Condition | None = None,
) -> Answer:
    """FAILS iff at a quorate meeting (in a case) within `limit` the votes of all present can be equal, so
    that one more would carry; `number`: the fewest present. `additional`: somebody who may be chair
    presides there, with a second vote that always counts."""
    if decision.carried is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    if decision.carried.kind not in TIES:
        return Answer(
            Verdict.HOLDS, why="equal votes are no tie where all, nobody against or a number is asked for"
        )
    session = Session(_attendance(electorate, "p", limit), effort, beside=beside)
    session.add(f"(declare-const f Int)(assert (> f {int(additional)}))")
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    session.add(f"(assert {_applies(rules, electorate, case)})")
    mute = _voiceless(rules, electorate, decision)
    if additional:
        session.add(f"(assert {_chair(electorate, mute)})")
    session.add(f"(assert (= (* 2 f) (+ {int(additional)} {_votes(electorate, 'p', mute)})))")
    session.add(f"(assert (not {_carried(rules, electorate, decision.carried, 'f', 'f')}))")
    session.add(f"(assert {_carried(rules, electorate, decision.carried, '(+ f 1)', 'f')})")
    return fewest_possible(session, _total(electorate, "p"), sum(limit), guess)


def no_side_carries(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    present: Sequence[int],
    extra_vote: str | None,
    *,
    presided: bool,
    voting: Sequence[int] | None = None,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
) -> Answer:
    """FAILS iff all who are present (or those `voting`) can vote so that neither what is proposed nor
    the contrary is carried, whoever presides; `number`: the fewest votes on one side."""
    if decision.carried is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    session.add("".join(f"(assert (= p{i} {n}))" for i, n in enumerate(present)))
    session.add(_attendance(electorate, "v", voting if voting is not None else present))
    session.add(
        "".join(f"(assert (= v{i} {n}))" for i, n in enumerate(present if voting is None else voting))
    )
    session.add("(declare-const f Int)(declare-const a Int)(assert (and (>= f 0) (<= f a) (>= a 1)))")
    mute = _voiceless(rules, electorate, decision)
    session.add(f"(assert (= (+ f a) {_votes(electorate, 'v', mute)}))")
    threshold = decision.carried
    broken = decision.equal_votes in ("carried", "lot") or (presided and extra_vote == "casting")

    def either(one: str, other: str) -> str:
        carried = [_carried(rules, electorate, threshold, *pair) for pair in ((one, other), (other, one))]
        more = _carried(rules, electorate, threshold, f"(+ {one} 1)", other)
        tie = f"(and (= {one} {other}) (> {one} 0) {more})" if threshold.kind in TIES and broken else "false"
        return f"(or {' '.join(carried)} {tie})"

    if presided and extra_vote == "additional":
        settled = f"(or (and (> f 0) {either('(+ f 1)', 'a')}) {either('f', '(+ a 1)')})"
    else:
        settled = either("f", "a")
    session.add(f"(assert (not {settled}))")
    return fewest_possible(session, "f", electorate.votes(present), guess)


# text


def _attendance(electorate: Electorate, name: str, top: Sequence[int] | None = None) -> str:
    limits = top if top is not None else electorate.full
    return "".join(
        f"(declare-const {name}{i} Int)(assert (and (<= 0 {name}{i}) (<= {name}{i} {n})))"
        for i, n in enumerate(limits)
    )


def _voiceless(rules: Rules, electorate: Electorate, decision: DecisionRule) -> frozenset[int]:
    """The cells whose votes do not count: those that do not vote, and those left out of the base."""
    carried = decision.carried
    return electorate.named(rules, decision.without, carried.without if carried else None)


def _chair(electorate: Electorate, mute: frozenset[int]) -> str:
    """Somebody is there who may be chair, and votes."""
    return some(f"(> p{i} 0)" for i in electorate.chairs if i not in mute)


def _total(electorate: Electorate, name: str) -> str:
    return total(f"{name}{i}" for i in range(len(electorate.cells)))


def _quorate(rules: Rules, electorate: Electorate, beside: Session | Numbers | None = None) -> str:
    """Those present are a meeting in one of the ways in which the text has one."""

    def make() -> str:
        ways = []
        for quorums in sittings(electorate.body):
            parts = [
                stated(heads_of(rules, q), electorate, "p", rounding(rules, q.rounding), q.counts)
                for q in quorums
            ]
            ways.append(every(parts))
        return some(ways)

    if not isinstance(beside, Numbers):
        return make()
    return beside.once(electorate, rules.reading["rounding"], make)


def _applies(rules: Rules, electorate: Electorate, case: Condition | None) -> str:
    """The case of a rule is there."""
    if case is None:
        return "true"
    condition = heads_in(rules, electorate.body, case)
    return stated(condition, electorate, "p", rounding(rules, None), VOTING)


def _votes(electorate: Electorate, name: str, out: frozenset[int] = NOBODY, *, at_once: bool = False) -> str:
    """The most votes those present can cast, without the cells `out`: one each, and caps nest, or this is
    not decided. `at_once`: all of them vote alike, so that a seat may have several votes."""
    if not at_once:
        one_each(electorate)
    groups = [
        frozenset(i for i, c in enumerate(electorate.cells) if k in c.caps)
        for k in range(len(electorate.caps))
    ]
    for one in groups:
        for other in groups:
            if one & other and not one <= other and not other <= one:
                raise NotCountable("two caps on votes overlap and neither lies within the other")
    terms: dict[frozenset[int], str] = {
        frozenset({i}): "0" if i in out else times(c.votes, f"{name}{i}")
        for i, c in enumerate(electorate.cells)
    }
    for group, most in sorted(zip(groups, electorate.caps, strict=True), key=lambda pair: len(pair[0])):
        inside = [key for key in terms if key <= group]
        votes = total(terms.pop(key) for key in inside)
        terms[group] = f"(ite (<= {votes} {most}) {votes} {most})"
    return total(terms.values())


def _carried(rules: Rules, electorate: Electorate, threshold: Threshold, favour: str, against: str) -> str:
    """The threshold over votes; the bases as `semantics.meeting.base_in_votes`."""
    match threshold.kind:
        case "consensus":
            return f"(and (> {favour} 0) (= {against} 0))"
        case "plurality":
            return f"(> {favour} {against})"
        case "count":
            return f"(>= {favour} {threshold.number})"
        case "formula":
            raise NotCountable("a formula over votes is left to the judge")
        case "share" | "all":
            base = threshold.base or rules.reading["base-of-a-majority"]
            out = electorate.named(rules, threshold.without)
            if base in ("seats", "members", "entitled"):
                of = str(electorate.votes(electorate.less(electorate.full, out)))
            elif base == "present":
                of = _votes(electorate, "p", out, at_once=True)
            else:
                of = f"(+ {favour} {against})"
            if threshold.kind == "all":
                return f"(and (> {favour} 0) (>= {favour} (- {of} {threshold.number})))"
            share = threshold.share
            op = ">" if threshold.strict else ">="
            enough = f"({op} {times(share.denominator, favour)} {times(share.numerator, of)})"
            return f"(and (> {favour} 0) {enough})"
        case _:
            assert_never(threshold.kind)
